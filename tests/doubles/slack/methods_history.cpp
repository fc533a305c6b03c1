// conversations.history and conversations.replies
#include "doubles/slack/api.hpp"

namespace rapport::test::slack {
namespace json = boost::json;

namespace {

/// "1700000000.000100" or "1700000000" made comparable as text.
std::string comparable(std::string ts) {
    if (ts.empty()) return ts;
    const std::size_t dot = ts.find('.');
    std::string whole = ts.substr(0, dot);
    std::string part = dot == std::string::npos ? "" : ts.substr(dot + 1);
    const auto digits = [](const std::string& text) {
        return text.find_first_not_of("0123456789") == std::string::npos;
    };
    if (!digits(whole) || !digits(part)) return "x";
    whole.insert(0, whole.size() < 10 ? 10 - whole.size() : 0, '0');
    part.resize(6, '0');
    return whole + "." + part;
}

struct Window {
    std::string oldest;
    std::string latest;
    bool inclusive;

    bool holds(const std::string& ts) const {
        if (!oldest.empty() && (inclusive ? ts < oldest : ts <= oldest)) return false;
        return latest.empty() || (inclusive ? ts <= latest : ts < latest);
    }
};

Window window_of(const Call& call) {
    Window window{comparable(call.text("oldest")), comparable(call.text("latest")), call.flag("inclusive")};
    if (window.oldest == "x") throw Refusal{"invalid_ts_oldest"};
    if (window.latest == "x") throw Refusal{"invalid_ts_latest"};
    return window;
}

json::array shown(const Call& call, const std::vector<const json::object*>& messages) {
    const bool metadata = call.flag("include_all_metadata");
    json::array list;
    for (const json::object* message : messages) {
        json::object one = *message;
        if (!metadata) one.erase("metadata");
        list.push_back(std::move(one));
    }
    return list;
}

json::object history(const Call& call) {
    Channel& channel = call.channel();
    call.scope_for(channel, "history");
    if (!channel.members.contains(call.self())) throw Refusal{"not_in_channel"};
    const Window window = window_of(call);
    std::vector<const json::object*> found;
    for (auto it = channel.messages.rbegin(); it != channel.messages.rend(); ++it) {
        const bool broadcast = text_of(it->second, "subtype") == "thread_broadcast";
        if (is_reply(it->second) && !broadcast) continue;  // Replies are for conversations.replies.
        if (window.holds(it->first)) found.push_back(&it->second);
    }
    json::object answer;
    const auto some = page(call, found, answer, 100, 999);
    const bool more = !text_of(answer["response_metadata"].get_object(), "next_cursor").empty();
    if (!more) answer.erase("response_metadata");
    answer["messages"] = shown(call, some);
    answer["has_more"] = more;
    answer["pin_count"] = 0;
    return answer;
}

json::object replies(const Call& call) {
    Channel& channel = call.channel();
    call.scope_for(channel, "history");
    if (!channel.members.contains(call.self())) throw Refusal{"not_in_channel"};
    const std::string& asked = call.need("ts");
    const auto message = channel.messages.find(asked);
    if (message == channel.messages.end()) throw Refusal{"thread_not_found"};
    std::string root{text_of(message->second, "thread_ts")};
    if (root.empty()) root = asked;
    const Window window = window_of(call);
    std::vector<const json::object*> found;
    for (const auto& [ts, one] : channel.messages) {
        const bool part = ts == root || text_of(one, "thread_ts") == root;
        if (part && (ts == root || window.holds(ts))) found.push_back(&one);  // The root always comes first.
    }
    json::object answer;
    const auto some = page(call, found, answer, 1000, 1000);
    answer["messages"] = shown(call, some);
    answer["has_more"] = !text_of(answer["response_metadata"].get_object(), "next_cursor").empty();
    return answer;
}

constexpr Method methods[] = {
    {"conversations.history", history, 50},
    {"conversations.replies", replies, 50},
};

}  // namespace

std::span<const Method> history_methods() {
    return methods;
}

}  // namespace rapport::test::slack
