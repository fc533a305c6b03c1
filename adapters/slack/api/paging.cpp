#include <set>
#include <utility>

#include "adapters/slack/api/calls.hpp"
#include "adapters/slack/api/json_read.hpp"

namespace rapport::slack {
namespace json = boost::json;

namespace {

std::string next_cursor(const json::object& answer) {
    const json::object* metadata = object_in(answer, "response_metadata");
    return metadata ? text_in(*metadata, "next_cursor") : std::string{};
}

constexpr int pages_to_search = 5;

/// Whether `message` carries the metadata that are sought.
bool is_sought(const json::value& message, const Sought& sought) {
    const json::object* object = message.if_object();
    const json::object* metadata = object ? object_in(*object, "metadata") : nullptr;
    const json::object* payload = metadata ? object_in(*metadata, "event_payload") : nullptr;
    return payload && text_in(*metadata, "event_type") == sought.event_type &&
           text_in(*payload, "id") == sought.id;
}

}  // namespace

Calling<bool> each_page(WebApi& api, std::string method, json::object params, std::string member,
                        TakePage take, Paging paging) {
    if (!params.contains("limit")) params["limit"] = page_limit(method, api.profile());
    std::set<std::string> seen;
    for (int page = 0; page < paging.pages; ++page) {
        ApiResult<json::object> answer = co_await api.call(method, params, paging.options);
        if (!answer) co_return answer.error();
        const std::string cursor = next_cursor(*answer);
        json::value* items = answer->if_contains(member);
        const bool is_list = items && items->is_array();
        if (!is_list) {
            co_return ApiError{ErrorKind::transient, method + ": Slack's answer lacks \"" + member + "\""};
        }
        const bool more = take(std::move(items->get_array()));
        if (cursor.empty()) co_return true;
        if (!more || !seen.insert(cursor).second) co_return false;
        params["cursor"] = cursor;
    }
    co_return false;
}

Calling<bool> users_list(WebApi& api, TakePage take, Paging paging) {
    return each_page(api, "users.list", {}, "members", std::move(take), std::move(paging));
}

Calling<bool> users_conversations(WebApi& api, TakePage take, Paging paging) {
    json::object params{{"types", "public_channel,private_channel,mpim,im"}, {"exclude_archived", true}};
    return each_page(api, "users.conversations", std::move(params), "channels", std::move(take),
                     std::move(paging));
}

Calling<std::optional<Posted>> find_posted(WebApi& api, Sought sought) {
    json::object params{{"channel", sought.channel}, {"include_all_metadata", true}, {"inclusive", true}};
    if (!sought.since.empty()) params["oldest"] = sought.since;
    std::string method = "conversations.history";
    if (!sought.thread.empty()) {
        method = "conversations.replies";
        params["ts"] = sought.thread;
    }
    std::optional<Posted> found;
    TakePage look = [&](json::array messages) {
        for (const json::value& message : messages) {
            if (!is_sought(message, sought)) continue;
            found = Posted{.channel = sought.channel, .ts = text_in(message.get_object(), "ts")};
        }
        return !found;
    };
    Paging paging;
    paging.pages = pages_to_search;
    paging.options.priority = Priority::alert;
    const ApiResult<bool> whole =
        co_await each_page(api, method, std::move(params), "messages", look, paging);
    if (!whole) co_return whole.error();
    if (!found && !*whole) {
        co_return ApiError{ErrorKind::transient,
                           method + ": too much was written since to say whether the message is there"};
    }
    co_return found;
}

}  // namespace rapport::slack
