#include "adapters/slack/catch_up.hpp"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "adapters/slack/api/calls.hpp"
#include "adapters/slack/events/moment.hpp"
#include "adapters/slack/lookup.hpp"

namespace rapport::slack {

namespace asio = boost::asio;
namespace json = boost::json;

namespace {

/// Slack's clock and ours may differ, and events may come out of order: look back that much further.
constexpr std::chrono::minutes overlap{2};
/// A thread that began so long before the break is looked at for new replies.
constexpr std::chrono::days thread_life{2};
/// 200 messages a page.
constexpr int most_pages = 50;

}  // namespace

CatchUp::CatchUp(asio::any_io_executor executor, Workspace& workspace, events::Directory& directory,
                 Hearing& hearing)
    : workspace_(workspace),
      directory_(directory),
      hearing_(hearing),
      wake_(executor, asio::steady_timer::time_point::max()) {}

void CatchUp::ask(Time from, std::string why) {
    // One look from the earliest moment finds what several would.
    const auto waiting =
        std::find_if(asked_.begin(), asked_.end(), [](const Asked& one) { return one.from; });
    if (waiting != asked_.end())
        waiting->from = std::min(*waiting->from, from);
    else
        asked_.push_back({from, {}, std::move(why)});
    hearing_.hold_cursors(true);
    wake_.cancel();
}

void CatchUp::ask_since_last_run(Time listened) {
    asked_.push_back({std::nullopt, listened, "Rapport was not running"});
    hearing_.hold_cursors(true);
    wake_.cancel();
}

asio::awaitable<void> CatchUp::run(Inbox& inbox) {
    for (;;) {
        while (asked_.empty()) {
            co_await wake_.async_wait(asio::as_tuple(asio::use_awaitable));
            const auto state = co_await asio::this_coro::cancellation_state;
            if (state.cancelled() != asio::cancellation_type::none)
                throw boost::system::system_error(asio::error::operation_aborted);
        }
        Asked next = std::move(asked_.front());
        asked_.erase(asked_.begin());
        co_await read(inbox, std::move(next));
        if (asked_.empty()) hearing_.hold_cursors(false);
    }
}

asio::awaitable<void> CatchUp::read(Inbox& inbox, Asked asked) {
    if (!workspace_.config.listens) co_return;
    for (const Id& channel : directory_.memberships()) co_await read_channel(inbox, channel, asked);
}

asio::awaitable<void> CatchUp::gap(Inbox& inbox, const Id& channel, Time from, std::string why) {
    Event event;
    event.body =
        Gap{directory_.channel_key(workspace_.installation, channel), from, workspace_.now(), std::move(why)};
    event.seen = workspace_.now();
    event.source = workspace_.config.name;
    co_await inbox.put(std::move(event), [] {});
}

asio::awaitable<void> CatchUp::read_channel(Inbox& inbox, const Id& channel, const Asked& asked) {
    const Id heard = hearing_.heard_until(directory_.first_id(channel));
    Time from{};
    if (asked.from) {
        from = *asked.from;
    } else if (const auto at = events::to_time(heard); !heard.empty() && at) {
        from = std::max(*at, asked.not_before);
    } else {
        co_return;  // never heard before: it begins now
    }
    from -= overlap;
    const Time earliest = workspace_.now() - workspace_.config.backfill;
    if (from < earliest) {
        co_await gap(inbox, channel, from, asked.why + ", for longer than slack.backfill looks back");
        from = earliest;
    }
    const Result<> done = co_await read_history(inbox, channel, events::to_ts(from));
    if (!done)
        co_await gap(inbox, channel, from,
                     asked.why + "; its history could not be read: " + done.error().what);
}

/// All pages of `method`, in Slack's order; `more_` is set if there are more than we look up at once.
asio::awaitable<Result<std::vector<json::object>>> CatchUp::fetch(std::string method, json::object params) {
    std::vector<json::object> pages;
    TakePage take = [&pages](json::array items) {
        pages.push_back(json::object{{"messages", std::move(items)}});
        return true;
    };
    Paging paging;
    paging.pages = most_pages;
    const ApiResult<bool> all = co_await each_page(workspace_.api, std::move(method), std::move(params),
                                                   "messages", std::move(take), paging);
    if (!all) co_return Error{all.error()};
    more_ = more_ || !*all;
    co_return pages;
}

/// Who and what a page names is asked for first.
asio::awaitable<void> CatchUp::meet(const json::object& page, const Id& channel) {
    events::Needs needs = events::what_history_needs(page, channel, workspace_.installation, directory_);
    if (!needs.empty()) co_await look_up(workspace_, directory_, std::move(needs));
}

asio::awaitable<Result<>> CatchUp::read_history(Inbox& inbox, const Id& channel, const Id& after) {
    const Time oldest = events::to_time(after).value_or(Time{}) - thread_life;
    more_ = false;
    json::object params{{"channel", directory_.current_id(channel)},
                        {"oldest", events::to_ts(oldest)},
                        {"include_all_metadata", true}};
    const Result<std::vector<json::object>> pages =
        co_await fetch("conversations.history", std::move(params));
    if (!pages) co_return pages.error();
    std::vector<Id> threads;
    // Newest first, as Slack gives them: put in the order in which it was said.
    for (auto page = pages->rbegin(); page != pages->rend(); ++page) {
        co_await meet(*page, channel);
        events::HistoryPage read = events::read_history(*page, channel, after, hearing_.knowledge());
        threads.insert(threads.end(), read.threads.begin(), read.threads.end());
        co_await hearing_.put_history(inbox, std::move(read), channel);
    }
    for (const Id& root : threads)
        if (Result<> done = co_await read_thread(inbox, channel, root, after); !done) co_return done;
    if (more_) co_return Error{ErrorKind::rejected, "more was said than is looked up at once"};
    co_return Result<>{};
}

asio::awaitable<Result<>> CatchUp::read_thread(Inbox& inbox, const Id& channel, const Id& root,
                                               const Id& after) {
    json::object params{{"channel", directory_.current_id(channel)}, {"ts", root}, {"oldest", after}};
    const Result<std::vector<json::object>> pages =
        co_await fetch("conversations.replies", std::move(params));
    if (!pages) co_return pages.error();
    for (const json::object& page : *pages) {
        co_await meet(page, channel);
        co_await hearing_.put_history(inbox, events::read_replies(page, channel, after, hearing_.knowledge()),
                                      channel);
    }
    co_return Result<>{};
}

}  // namespace rapport::slack
