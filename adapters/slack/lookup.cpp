#include "adapters/slack/lookup.hpp"

#include "adapters/slack/api/calls.hpp"

namespace rapport::slack {

namespace asio = boost::asio;
namespace json = boost::json;

namespace {

/// Slack says for good that it does not know it or will not tell.
bool final(const ApiError& error) {
    return error.kind == ErrorKind::rejected || error.code == "missing_scope";
}

}  // namespace

asio::awaitable<void> look_up(Workspace& workspace, events::Directory& directory, events::Needs needs) {
    for (const Id& user : needs.users) {
        const ApiResult<json::object> answer = co_await users_info(workspace.api, user);
        if (answer)
            directory.learn(json::object{{"user", *answer}});
        else if (final(answer.error()))
            directory.cannot_tell_user(user);
    }
    for (const Id& channel : needs.channels) {
        const ApiResult<json::object> answer =
            co_await conversations_info(workspace.api, directory.current_id(channel));
        if (answer)
            directory.learn(json::object{{"channel", *answer}});
        else if (final(answer.error()))
            directory.cannot_tell_channel(channel);
    }
    for (const Id& bot : needs.bots) {
        json::object params{{"bot", bot}};
        const ApiResult<json::object> answer = co_await workspace.api.call("bots.info", std::move(params));
        if (answer)
            directory.learn(*answer);
        else if (final(answer.error()))
            directory.cannot_tell_bot(bot);
    }
}

asio::awaitable<Result<>> look_around(Workspace& workspace, events::Directory& directory) {
    TakePage take_members = [&directory](json::array items) {
        directory.learn(json::object{{"members", std::move(items)}});
        return true;
    };
    const ApiResult<bool> users = co_await users_list(workspace.api, std::move(take_members));
    if (!users) co_return Error{users.error()};
    TakePage take_channels = [&directory](json::array items) {
        for (json::value& item : items)  // these are where we are members; Slack need not say so again
            if (item.is_object()) item.get_object()["is_member"] = true;
        directory.learn(json::object{{"channels", std::move(items)}});
        return true;
    };
    const ApiResult<bool> channels = co_await users_conversations(workspace.api, std::move(take_channels));
    if (!channels) co_return Error{channels.error()};
    co_return Result<>{};
}

Id find_alert_channel(const Workspace& workspace, const events::Directory& directory) {
    const std::string& wanted = workspace.config.alert_channel;
    if (wanted.empty()) return {};
    for (const Id& id : directory.memberships()) {
        const events::Conversation* channel = directory.channel(id);
        if (!channel || (channel->id != wanted && channel->name != wanted)) continue;
        if (!channel->outsiders()) return directory.current_id(id);
        workspace.log(
            "#" + channel->name +
            " is shared with another company, so no alerts go there. Choose a channel of your own under "
            "slack.alert_channel.");
        return {};
    }
    workspace.log("I am not in the alert channel " + wanted + ". Type /invite @Rapport there.");
    return {};
}

}  // namespace rapport::slack
