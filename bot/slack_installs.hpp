#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "adapters/net/tls.hpp"
#include "adapters/notebook.hpp"
#include "adapters/slack/slack_adapter.hpp"
#include "bot/slack_desks.hpp"

namespace rapport {

/// One Slack app in many workspaces (slack.oauth in rapport.yaml): the page by which it is installed, the
/// kept tokens, and the one connection over which Slack brings what happens in all of them. Lives on one
/// executor; not thread-safe.
class SlackInstalls {
public:
    struct Parts {
        Environment environment{};
        Notebook& notebook;  ///< This and `tls` must outlive it.
        net::TlsContext* tls = nullptr;
        std::function<std::string()> random{};  ///< 32 characters or more that nobody can guess.
        std::function<void(const std::string&)> log{};
        std::string authorize_url{};  ///< Instead of Slack's own; for tests.
    };
    /// An error names the variable that is missing or wrong.
    static Result<std::unique_ptr<SlackInstalls>> make(const SlackConfig& config, Parts parts);
    ~SlackInstalls();

    /// A workspace for each installation that is good; clock, log, roster and cursors are left for the
    /// caller. Each is called "slack-" and its realm, takes part as the file says of the first, and is `fed`.
    boost::asio::awaitable<Result<std::vector<slack::Config>>> workspaces();
    /// The same before anything else runs on `context`.
    Result<std::vector<slack::Config>> workspaces_now(boost::asio::io_context& context);
    /// What Slack brings for the workspace of that name goes there from now on, until `remove`.
    void add(slack::SlackAdapter& adapter);
    void remove(slack::SlackAdapter& adapter);

    /// Takes the port (slack.address, slack.port) of the page and, with HTTP, of Slack's requests.
    Result<> listen(boost::asio::any_io_executor executor);
    std::uint16_t port() const noexcept;
    /// Serves until cancelled; otherwise returns an error that only a person can mend.
    boost::asio::awaitable<Result<>> run();

private:
    struct Impl;
    explicit SlackInstalls(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace rapport
