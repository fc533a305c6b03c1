// The alert channel, and where we listen.

#include <fmt/core.h>
#include <fmt/ranges.h>

#include "adapters/slack/api/json_read.hpp"
#include "adapters/slack/check/look.hpp"
#include "adapters/slack/events/directory.hpp"

namespace rapport::slack {
namespace asio = boost::asio;
namespace json = boost::json;

namespace {

constexpr int most_pages = 25;
constexpr std::size_t most_named = 10;

constexpr std::string_view invite =
    "Open the channel in Slack, write /invite @Rapport, and send it. (The name is the bot's; yours may "
    "differ.)";

struct Seen {
    Id id{};
    std::string name{};
    bool archived = false;
    bool member = false;
    bool outsiders = false;
};

Seen seen_from(const json::object& channel, bool member) {
    Seen seen;
    seen.id = text_in(channel, "id");
    seen.name = text_in(channel, "name");
    seen.archived = true_in(channel, "is_archived");
    seen.member = member || true_in(channel, "is_member");
    seen.outsiders = true_in(channel, "is_ext_shared") || true_in(channel, "is_pending_ext_shared");
    return seen;
}

bool is(const Seen& seen, const std::string& wanted) {
    return seen.id == wanted || seen.name == wanted;
}

/// Channels that we are in; direct messages are left out.
Calling<std::vector<Seen>> our_channels(Look& look) {
    std::vector<Seen> found;
    TakePage take = [&](json::array page) {
        for (const json::value& one : page) {
            const json::object* channel = one.if_object();
            if (!channel || true_in(*channel, "is_im") || true_in(*channel, "is_mpim")) continue;
            found.push_back(seen_from(*channel, true));
        }
        return true;
    };
    Paging paging;
    paging.pages = most_pages;
    paging.options.deadline = look.options.call;
    const ApiResult<bool> all = co_await users_conversations(look.api, take, paging);
    if (!all) co_return all.error();
    co_return found;
}

/// The channel of that name or id among all that can be seen, the archived too.
Calling<std::optional<Seen>> find_anywhere(Look& look, std::string wanted) {
    std::optional<Seen> found;
    TakePage take = [&](json::array page) {
        for (const json::value& one : page) {
            const json::object* channel = one.if_object();
            if (!channel) continue;
            Seen seen = seen_from(*channel, false);
            if (is(seen, wanted)) found = std::move(seen);
        }
        return !found;
    };
    Paging paging;
    paging.pages = most_pages;
    paging.options.deadline = look.options.call;
    const ApiResult<bool> all =
        co_await each_page(look.api, "conversations.list", {{"types", "public_channel,private_channel"}},
                           "channels", take, paging);
    if (!all) co_return all.error();
    co_return found;
}

void judge_alert_channel(Look& look, const std::string& shown, const Seen& seen) {
    if (seen.archived) {
        look.problem(
            fmt::format("The alert channel {} is archived.", shown),
            "Unarchive it in Slack, or write another one under slack.alert_channel in rapport.yaml.");
    } else if (seen.outsiders) {
        look.problem(
            fmt::format("The alert channel {} is shared with people of another company: they would read "
                        "what Rapport says about them. No alert goes there.",
                        shown),
            "Write a channel of your own under slack.alert_channel in rapport.yaml.");
    } else if (!seen.member) {
        look.problem(fmt::format("Rapport is not in the alert channel {}.", shown), std::string{invite});
    } else {
        look.ok(fmt::format("The alert channel {} is there, and Rapport is in it.", shown));
        look.alert_channel = seen.id;
    }
}

asio::awaitable<void> look_at_alert_channel(Look& look, const std::vector<Seen>& ours) {
    const std::string& wanted = look.workspace.alert_channel;
    if (wanted.empty()) co_return;
    const std::string shown = channel_name(wanted);
    for (const Seen& seen : ours) {
        if (!is(seen, wanted)) continue;
        judge_alert_channel(look, shown, seen);
        co_return;
    }
    const ApiResult<std::optional<Seen>> found = co_await find_anywhere(look, wanted);
    if (!found) {
        look.unknown("Whether the alert channel is as it should be: " + found.error().what + ".");
        co_return;
    }
    if (*found) {
        judge_alert_channel(look, shown, **found);
        co_return;
    }
    look.problem(fmt::format("There is no channel {}, or it is private and Rapport is not in it.", shown),
                 "Check slack.alert_channel in rapport.yaml. " + std::string{invite});
}

void look_at_listening(Look& look, const std::vector<Seen>& ours) {
    if (!look.workspace.listens) return;
    std::vector<std::string> names;
    for (const Seen& seen : ours) {
        if (seen.id != look.alert_channel && !seen.archived)
            names.push_back(seen.name.empty() ? seen.id : "#" + seen.name);
    }
    if (names.empty()) {
        look.problem("Rapport is in no channel, so there is nobody that it could listen to.",
                     std::string{invite});
        return;
    }
    const std::size_t count = names.size();
    if (count > most_named) names.resize(most_named);
    look.ok(fmt::format("Rapport listens in {} channel{}: {}{}.", count, count == 1 ? "" : "s",
                        fmt::join(names, ", "), count > most_named ? ", ..." : ""));
}

}  // namespace

asio::awaitable<void> look_at_channels(Look& look) {
    const ApiResult<std::vector<Seen>> ours = co_await our_channels(look);
    if (!ours) {
        look.unknown("Which channels Rapport is in: " + ours.error().what + ".");
        co_return;
    }
    if (look.workspace.desk) {
        co_await look_at_alert_channel(look, *ours);
    }
    look_at_listening(look, *ours);
}

}  // namespace rapport::slack
