#include "adapters/slack/api/methods.hpp"

#include <algorithm>
#include <array>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

namespace rapport::slack {
namespace json = boost::json;
using namespace std::chrono_literals;

namespace {

/// `per_minute` on average, in small bursts: Slack counts over a minute and tolerates short ones.
constexpr net::Rate tier(int per_minute) {
    constexpr double burst_share = 0.1;
    const double burst = per_minute * burst_share;
    return {burst, 6s};
}

/// A little slower than allowed: two clocks never agree on when a second is over.
constexpr net::Rate each_second{1, 1100ms};
constexpr net::Rate each_minute{1, 61s};
constexpr net::Rate tier_2 = tier(20);
constexpr net::Rate tier_3 = tier(50);
constexpr net::Rate tier_4 = tier(100);
constexpr net::Rate generous = tier(600);
/// A response_url takes five; the limit is each url's own.
constexpr net::Rate answers{20, 1s};

struct Known {
    std::string_view name;
    Method method;
};

constexpr bool per_channel = true;
constexpr bool repeatable = true;

constexpr std::array known{
    Known{"auth.test", {generous, !per_channel, repeatable, Priority::home}},
    // Tier 1, but a connection that Slack asks to replace must not wait for a guess of ours at its burst: the
    // one reconnect loop with its back-off, and 429, are the limit.
    Known{"apps.connections.open", {generous, !per_channel, repeatable, Priority::click}},
    Known{"chat.getPermalink", {generous, !per_channel, repeatable, Priority::alert}},
    Known{"chat.postMessage", {each_second, per_channel, !repeatable, Priority::alert}},
    Known{"chat.postEphemeral", {tier_4, !per_channel, !repeatable, Priority::alert}},
    Known{"chat.update", {tier_3, !per_channel, repeatable, Priority::alert}},
    Known{"chat.delete", {tier_3, !per_channel, !repeatable, Priority::alert}},
    Known{"conversations.open", {tier_3, !per_channel, repeatable, Priority::alert}},
    Known{"conversations.join", {tier_3, !per_channel, repeatable, Priority::sync}},
    Known{"conversations.info", {tier_3, !per_channel, repeatable, Priority::sync}},
    Known{"conversations.history", {tier_3, !per_channel, repeatable, Priority::sync}},
    Known{"conversations.replies", {tier_3, !per_channel, repeatable, Priority::sync}},
    Known{"conversations.members", {tier_4, !per_channel, repeatable, Priority::sync}},
    Known{"conversations.list", {tier_2, !per_channel, repeatable, Priority::sync}},
    Known{"users.conversations", {tier_2, !per_channel, repeatable, Priority::sync}},
    Known{"users.list", {tier_2, !per_channel, repeatable, Priority::sync}},
    Known{"users.info", {tier_4, !per_channel, repeatable, Priority::sync}},
    Known{"users.getPresence", {tier_3, !per_channel, repeatable, Priority::sync}},
    Known{"usergroups.list", {tier_2, !per_channel, repeatable, Priority::sync}},
    Known{"usergroups.users.list", {tier_2, !per_channel, repeatable, Priority::sync}},
    Known{"dnd.info", {tier_3, !per_channel, repeatable, Priority::sync}},
    Known{"dnd.teamInfo", {tier_2, !per_channel, repeatable, Priority::sync}},
    Known{"team.info", {tier_3, !per_channel, repeatable, Priority::sync}},
    Known{"reactions.add", {tier_3, !per_channel, !repeatable, Priority::alert}},
    Known{"views.open", {tier_4, !per_channel, !repeatable, Priority::click}},
    Known{"views.push", {tier_4, !per_channel, !repeatable, Priority::click}},
    Known{"views.update", {tier_4, !per_channel, repeatable, Priority::click}},
    Known{"views.publish", {tier_4, !per_channel, repeatable, Priority::home}},
    // Asking twice leaves an address that nobody uses; Slack forgets it.
    Known{"files.getUploadURLExternal", {tier_4, !per_channel, repeatable, Priority::home}},
    Known{"upload_url", {tier_4, !per_channel, !repeatable, Priority::home}},
    Known{"files.completeUploadExternal", {tier_4, !per_channel, !repeatable, Priority::home}},
    Known{"oauth.v2.access", {tier_4, !per_channel, !repeatable, Priority::click}},
    Known{"response_url", {answers, !per_channel, !repeatable, Priority::click}},
};

bool reads_messages(std::string_view method) {
    return method == "conversations.history" || method == "conversations.replies";
}

void append_encoded(std::string& out, std::string_view text) {
    static constexpr std::string_view hex = "0123456789ABCDEF";
    for (const char c : text) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                           c == '-' || c == '_' || c == '.' || c == '*';
        if (plain) {
            out += c;
        } else if (c == ' ') {
            out += '+';
        } else {
            const auto byte = static_cast<unsigned char>(c);
            out += '%';
            out += hex[byte >> 4];
            out += hex[byte & 15];
        }
    }
}

}  // namespace

Method method_traits(std::string_view method, const json::object& params, Profile profile) {
    const auto found =
        std::find_if(known.begin(), known.end(), [&](const Known& it) { return it.name == method; });
    Method traits = found == known.end() ? Method{tier_2, false, false, Priority::sync} : found->method;
    // With the hash of what is shown, the second try would meet a view that the first has changed.
    if (params.contains("hash")) traits.repeatable = false;
    if (profile == Profile::restricted && reads_messages(method)) traits.rate = each_minute;
    return traits;
}

std::string queue_of(std::string_view method, const Method& traits, const json::object& params) {
    std::string name{method};
    if (!traits.per_channel) return name;
    if (const json::value* channel = params.if_contains("channel"); channel && channel->is_string()) {
        name += ' ';
        name += std::string_view{channel->get_string()};
    }
    return name;
}

int page_limit(std::string_view method, Profile profile) {
    return profile == Profile::restricted && reads_messages(method) ? 15 : 200;
}

std::string form_encode(const json::object& params) {
    std::string out;
    for (const auto& [name, value] : params) {
        if (value.is_null()) continue;
        if (!out.empty()) out += '&';
        append_encoded(out, name);
        out += '=';
        append_encoded(out, value.is_string() ? std::string{value.get_string()} : json::serialize(value));
    }
    return out;
}

}  // namespace rapport::slack
