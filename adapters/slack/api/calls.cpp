#include "adapters/slack/api/calls.hpp"

#include <utility>

#include "adapters/slack/api/json_read.hpp"

namespace rapport::slack {
namespace asio = boost::asio;
namespace json = boost::json;

namespace {

using Reply = ApiResult<json::object>;

ApiError incomplete(const std::string& method, const std::string& member) {
    return {ErrorKind::transient, method + ": Slack's answer lacks \"" + member + "\""};
}

/// The text `member` of the answer to `method`.
Calling<std::string> text_answer(WebApi& api, std::string method, json::object params, std::string member,
                                 CallOptions options = {}) {
    const Reply reply = co_await api.call(method, std::move(params), std::move(options));
    if (!reply) co_return reply.error();
    std::string text = text_in(*reply, member);
    if (text.empty()) co_return incomplete(method, member);
    co_return text;
}

/// The object `member` of the answer to `method`.
Calling<json::object> object_answer(WebApi& api, std::string method, json::object params,
                                    std::string member) {
    Reply reply = co_await api.call(method, std::move(params));
    if (!reply) co_return reply.error();
    const json::object* object = object_in(*reply, member);
    if (!object) co_return incomplete(method, member);
    json::object copy{*object};
    co_return copy;
}

/// A message was posted for sure, even if the answer does not say where.
Calling<Posted> posted(WebApi& api, std::string method, json::object message, CallOptions options) {
    const std::string asked = text_in(message, "channel");
    const Reply reply = co_await api.call(method, std::move(message), std::move(options));
    if (!reply) co_return reply.error();
    Posted where{.channel = text_in(*reply, "channel"), .ts = text_in(*reply, "ts")};
    if (where.channel.empty()) where.channel = asked;
    if (where.ts.empty()) {
        ApiError error = incomplete(method, "ts");
        error.unknown_outcome = true;
        co_return error;
    }
    co_return where;
}

}  // namespace

Calling<Installation> auth_test(WebApi& api) {
    const Reply reply = co_await api.call("auth.test", {}, {.priority = Priority::alert});
    if (!reply) co_return reply.error();
    Installation found;
    found.team = text_in(*reply, "team_id");
    found.enterprise = text_in(*reply, "enterprise_id");
    found.whole_organisation = true_in(*reply, "is_enterprise_install");
    found.name = text_in(*reply, "team");
    found.url = text_in(*reply, "url");
    found.bot_user = text_in(*reply, "user_id");
    found.bot = text_in(*reply, "bot_id");
    found.app = text_in(*reply, "app_id");
    if (found.realm().empty()) co_return incomplete("auth.test", "team_id");
    co_return found;
}

Calling<std::string> open_connection(WebApi& api) {
    ApiResult<std::string> url =
        co_await text_answer(api, "apps.connections.open", {}, "url", {.token = Token::app});
    if (!url) co_return url;
    const Result<> allowed = api.allowed().websocket_url(*url);
    if (!allowed) co_return ApiError{allowed.error()};
    co_return url;
}

Calling<Posted> post_message(WebApi& api, json::object message, CallOptions options) {
    for (const char* unfurl : {"unfurl_links", "unfurl_media"}) {
        if (!message.contains(unfurl)) message[unfurl] = false;
    }
    return posted(api, "chat.postMessage", std::move(message), std::move(options));
}

Calling<Posted> update_message(WebApi& api, json::object message, CallOptions options) {
    return posted(api, "chat.update", std::move(message), std::move(options));
}

Calling<Id> post_ephemeral(WebApi& api, json::object message, CallOptions options) {
    return text_answer(api, "chat.postEphemeral", std::move(message), "message_ts", std::move(options));
}

Calling<std::string> permalink(WebApi& api, Id channel, Id ts) {
    return text_answer(api, "chat.getPermalink", {{"channel", channel}, {"message_ts", ts}}, "permalink");
}

Calling<json::object> users_info(WebApi& api, Id user) {
    return object_answer(api, "users.info", {{"user", user}}, "user");
}

Calling<json::object> conversations_info(WebApi& api, Id channel) {
    return object_answer(api, "conversations.info", {{"channel", channel}}, "channel");
}

Calling<json::object> conversations_history(WebApi& api, Id channel, json::object range) {
    range["channel"] = channel;
    return api.call("conversations.history", std::move(range));
}

Calling<json::object> conversations_replies(WebApi& api, Id channel, Id root, json::object range) {
    range["channel"] = channel;
    range["ts"] = root;
    return api.call("conversations.replies", std::move(range));
}

Calling<Id> conversations_open(WebApi& api, std::vector<Id> users) {
    std::string list;
    for (const Id& user : users) list += (list.empty() ? "" : ",") + user;
    const ApiResult<json::object> channel =
        co_await object_answer(api, "conversations.open", {{"users", list}}, "channel");
    if (!channel) co_return channel.error();
    Id id = text_in(*channel, "id");
    if (id.empty()) co_return incomplete("conversations.open", "channel.id");
    co_return id;
}

Calling<json::object> conversations_join(WebApi& api, Id channel) {
    return object_answer(api, "conversations.join", {{"channel", channel}}, "channel");
}

Calling<std::vector<Id>> usergroup_members(WebApi& api, Id usergroup) {
    const Reply reply = co_await api.call("usergroups.users.list", {{"usergroup", usergroup}});
    if (!reply) co_return reply.error();
    const json::array* users = array_in(*reply, "users");
    if (!users) co_return incomplete("usergroups.users.list", "users");
    std::vector<Id> members;
    for (const json::value& user : *users) {
        if (user.is_string()) members.emplace_back(user.get_string());
    }
    co_return members;
}

Calling<json::object> dnd_info(WebApi& api, Id user) {
    return api.call("dnd.info", {{"user", user}});
}

Calling<std::string> presence(WebApi& api, Id user) {
    return text_answer(api, "users.getPresence", {{"user", user}}, "presence");
}

Calling<json::object> views_open(WebApi& api, std::string trigger, json::object view) {
    return object_answer(api, "views.open", {{"trigger_id", trigger}, {"view", std::move(view)}}, "view");
}

Calling<json::object> views_push(WebApi& api, std::string trigger, json::object view) {
    return object_answer(api, "views.push", {{"trigger_id", trigger}, {"view", std::move(view)}}, "view");
}

Calling<json::object> views_update(WebApi& api, Id view_id, json::object view, std::string hash) {
    json::object params{{"view_id", view_id}, {"view", std::move(view)}};
    if (!hash.empty()) params["hash"] = hash;
    return object_answer(api, "views.update", std::move(params), "view");
}

Calling<json::object> views_publish(WebApi& api, Id user, json::object view, std::string hash) {
    json::object params{{"user_id", user}, {"view", std::move(view)}};
    if (!hash.empty()) params["hash"] = hash;
    return object_answer(api, "views.publish", std::move(params), "view");
}

}  // namespace rapport::slack
