#pragma once

#include <boost/asio/steady_timer.hpp>
#include <optional>

#include "adapters/slack/hearing.hpp"

namespace rapport::slack {

/// Reads what was said while nobody listened: after a start, after a break of the connection, and when Slack
/// says that it held events back. What cannot be read is put into the inbox as a Gap.
class CatchUp {
public:
    /// All must outlive it.
    CatchUp(boost::asio::any_io_executor executor, Workspace& workspace, events::Directory& directory,
            Hearing& hearing);

    /// Something may have been missed since `from`; `why` is what a gap will say.
    void ask(Time from, std::string why);
    /// Since the last run: each channel from where it was heard, but not from before `listened`, when all was
    /// heard for certain (zero: not known).
    void ask_since_last_run(Time listened);
    /// Waits for what is asked, and reads it, until cancelled.
    boost::asio::awaitable<void> run(Inbox& inbox);

private:
    struct Asked {
        std::optional<Time> from{};  ///< Empty: from each channel's cursor.
        Time not_before{};
        std::string why{};
    };
    boost::asio::awaitable<void> read(Inbox& inbox, Asked asked);
    boost::asio::awaitable<void> read_channel(Inbox& inbox, const Id& channel, const Asked& asked);
    boost::asio::awaitable<Result<std::vector<boost::json::object>>> fetch(std::string method,
                                                                           boost::json::object params);
    boost::asio::awaitable<void> meet(const boost::json::object& page, const Id& channel);
    boost::asio::awaitable<Result<>> read_history(Inbox& inbox, const Id& channel, const Id& after);
    boost::asio::awaitable<Result<>> read_thread(Inbox& inbox, const Id& channel, const Id& root,
                                                 const Id& after);
    boost::asio::awaitable<void> gap(Inbox& inbox, const Id& channel, Time from, std::string why);

    Workspace& workspace_;
    events::Directory& directory_;
    Hearing& hearing_;
    std::vector<Asked> asked_{};
    bool more_ = false;  ///< Of the channel that is being read: there was more than is looked up at once.
    boost::asio::steady_timer wake_;
};

}  // namespace rapport::slack
