#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/adapter.hpp"
#include "adapters/net/tls.hpp"
#include "adapters/notebook.hpp"
#include "adapters/office.hpp"
#include "adapters/slack/api/timing.hpp"
#include "adapters/slack/connection/lines.hpp"

namespace rapport::slack {

/// One workspace: what it is for, and what it takes to reach it.
struct Config {
    std::string name = "slack";  ///< For logs; begins the keys of what is remembered. Never changes.
    bool desk = true;            ///< Staff meet Rapport here.
    bool listens = true;         ///< People are listened to here.
    /// Cards go to the alert channel, mentioning who is asked; otherwise to each of them as a direct message.
    bool cards_in_channel = false;
    std::string alert_channel{};  ///< Id or name; empty: none. Then what is for all goes to the leads.

    std::string bot_token{};
    /// Instead of `bot_token`, where it changes (an installation by OAuth). May be empty.
    std::function<boost::asio::awaitable<Result<std::string>>()> bot_token_source{};
    /// No connection of its own: deliveries come in by `SlackAdapter::receiver`, from a connection that
    /// several workspaces share.
    bool fed = false;
    std::string app_token{};       ///< With Socket Mode.
    std::string signing_secret{};  ///< With HTTP.
    bool http = false;
    std::string address = "127.0.0.1";
    std::uint16_t port = 8081;
    unsigned connections = 1;  ///< With Socket Mode; 1-3.

    std::string api_url = "https://slack.com/api/";
    bool app_posts_count = false;  ///< What a tool posts with a person's token counts as their own words.
    std::chrono::milliseconds backfill = std::chrono::days{1};

    /// Whether that account is a staffer's now. Required.
    std::function<bool(const AccountKey&, Time)> is_staff{};
    /// Accounts of those who are asked when nobody else is left. May be empty.
    std::function<std::vector<AccountKey>()> leads{};
    /// Told what a person who runs Rapport should know; never holds a token. May be empty.
    std::function<void(const std::string&)> log{};
    /// What is heard and kept is stamped with it. Empty: `timing`'s clock.
    std::function<Time()> now{};
    Timing timing = Timing::real();  ///< Of the Web API.
    LineTimes line_times{};          ///< Of Socket Mode; the defaults are right for Slack.
    /// How far each channel was heard in earlier runs, as the store has it (Event::cursor_name -> cursor).
    std::map<std::string, std::string> cursors{};
};

/// Slack, in one workspace: listens, shows cards, and lets staff talk with the office. Lives on one executor;
/// not thread-safe.
class SlackAdapter final : public Adapter, public Desk {
public:
    /// `office`, `notebook` and `tls` must outlive it; `tls` may be null if `api_url` is plain http on this
    /// machine.
    SlackAdapter(boost::asio::any_io_executor executor, Config config, Office& office, Notebook& notebook,
                 net::TlsContext* tls);
    ~SlackAdapter() override;

    std::string_view name() const noexcept override;

    /// With HTTP: takes the port, so that one in use is known before anything else starts.
    Result<> listen();
    /// With HTTP, after `listen`: the port taken.
    std::uint16_t port() const noexcept;

    /// Where deliveries go in, if `Config::fed`. Lives as long as the adapter.
    Receiver& receiver() noexcept;

    /// Finds out who we are, what was missed, and then receives until cancelled. Returns an error that trying
    /// again cannot mend (a wrong token), or one that can (nobody there), in words. `inbox` must outlive the
    /// call.
    boost::asio::awaitable<Result<>> run(Inbox& inbox) override;

    /// Any Slack account of this workspace's realm, if it is a desk. Until it is known who we are: any of
    /// Slack.
    bool reaches(const AccountKey& staff) const noexcept override;
    /// Cards are posted once and edited in place; where they are is kept in the notebook. transient: Slack
    /// cannot be reached just now, or it is not known yet whether the card arrived; the same again will find
    /// out.
    boost::asio::awaitable<Result<>> deliver(Outgoing outgoing) override;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace rapport::slack
