#include "adapters/slack/events/message.hpp"

#include <algorithm>

#include "adapters/slack/events/fields.hpp"
#include "adapters/slack/events/moment.hpp"
#include "adapters/slack/events/personal.hpp"

namespace rapport::slack::events {
namespace {

constexpr std::size_t most_wanted = 50;

const json::object& nothing() {
    static const json::object empty;
    return empty;
}

const json::object& inner(const json::object& object, std::string_view name) {
    const json::object* found = object_in(object, name);
    return found == nullptr ? nothing() : *found;
}

/// A message without a user, or under a made-up name: the bot is its author.
Account bot_author(const json::object& message, const Id& bot, const Knowledge& knowledge) {
    Account account;
    account.key = {"slack", knowledge.installation.realm(), bot};
    account.bot = true;
    account.name = visible(text(message, "username"), 256);
    if (account.name.empty()) account.name = visible(text(inner(message, "bot_profile"), "name"), 256);
    if (const Bot* known = knowledge.directory.bot(bot); known != nullptr && account.name.empty())
        account.name = known->name;
    return account;
}

Account author_of(const json::object& message, const Spot& spot, const Knowledge& knowledge) {
    const Id user = id_in(message, "user");
    Id bot = id_in(message, "bot_id");
    if (bot.empty()) bot = id_in(inner(message, "bot_profile"), "id");
    const bool machine = text(message, "subtype") == "bot_message";
    if (!bot.empty() && (machine || user.empty())) return bot_author(message, bot, knowledge);
    const bool ours = knowledge.installation.whole_organisation && spot.no_outsiders;
    Account account =
        knowledge.directory.account(knowledge.installation, user, ours ? Id{} : said_team(message));
    account.bot = account.bot || machine || flag(inner(message, "bot_profile"), "is_workflow_bot");
    return account;
}

/// Ids of an author's files, to tell an edit by.
std::vector<Id> files_of(const json::object& message) {
    std::vector<Id> ids;
    if (const json::array* files = array_in(message, "files"))
        for (const json::value& file : *files) ids.push_back(id_of(file));
    return ids;
}

}  // namespace

bool says_something(std::string_view subtype) noexcept {
    return subtype.empty() || subtype == "file_share" || subtype == "thread_broadcast" ||
           subtype == "me_message";
}

bool of_our_app(const json::object& message, const Installation& installation) {
    const Id& app = installation.app;
    return !app.empty() &&
           (text(message, "app_id") == app || text(inner(message, "bot_profile"), "app_id") == app);
}

bool is_own(const json::object& message, const Id& channel, const Knowledge& knowledge) {
    const Id user = id_in(message, "user");
    if (!user.empty() && user == knowledge.installation.bot_user) return true;
    if (of_our_app(message, knowledge.installation)) return true;
    return knowledge.ours && knowledge.ours(channel, Id{text(message, "ts")});
}

Id said_team(const json::object& message) {
    Id team = id_in(message, "user_team");
    return team.empty() ? id_in(message, "team") : team;
}

Id thread_of(const json::object& message) {
    const std::string_view thread = text(message, "thread_ts");
    return thread == text(message, "ts") || !valid_ts(thread) ? Id{} : Id{thread};
}

Names names_of(const Directory& directory) {
    Names names;
    names.user = [&directory](const Id& id) {
        const User* user = directory.user(id);
        if (user == nullptr) return std::string{};
        return user->name().empty() ? user->handle : user->name();
    };
    names.channel = [&directory](const Id& id) {
        const Conversation* channel = directory.channel(id);
        return channel == nullptr ? std::string{} : channel->name;
    };
    names.group = [&directory](const Id& id) {
        const Group* group = directory.group(id);
        return group == nullptr ? std::string{} : group->handle;
    };
    return names;
}

Message message_of(const json::object& from, const Spot& spot, const Knowledge& knowledge, Time at) {
    const Installation& installation = knowledge.installation;
    Directory& directory = knowledge.directory;
    Message message;
    message.channel = directory.channel_of(installation, spot.channel, spot.type);
    message.id = text(from, "ts");
    message.at = to_time(message.id).value_or(at);
    message.author = author_of(from, spot, knowledge);
    Plain plain = text_of(from, names_of(directory));
    message.text = std::move(plain.text);
    for (const Id& user : plain.users)
        if (user != installation.bot_user)
            message.mentions.push_back(directory.account_key(installation, user));
    message.thread = thread_of(from);
    message.reply_to = message.thread;
    message.via_app = via_app(from);
    message.link = permalink(installation, spot.channel, message.id, message.thread);
    return message;
}

OwnMessageSeen own_message(const json::object& message, const Id& channel) {
    OwnMessageSeen seen;
    seen.channel = channel;
    seen.ts = text(message, "ts");
    seen.thread = thread_of(message);
    const json::object& metadata = inner(message, "metadata");
    seen.metadata_type = text(metadata, "event_type");
    seen.metadata = inner(metadata, "event_payload");
    return seen;
}

DirectMessageToUs to_us(const json::object& from, Message understood, const Knowledge& knowledge) {
    Names names = names_of(knowledge.directory);
    names.user = [&](const Id& id) {
        const AccountKey key = knowledge.directory.account_key(knowledge.installation, id);
        return key.platform + ":" + key.realm + ":" + key.id;
    };
    DirectMessageToUs direct;
    direct.user = id_in(from, "user");
    direct.words = text_of(from, names).text;
    direct.message = std::move(understood);
    return direct;
}

void add_needs(Needs& needs, const json::object& message, const Directory& directory) {
    const auto want = [&](const Id& user) {
        if (needs.users.size() < most_wanted && directory.user_wanted(user)) needs.users.insert(user);
    };
    want(id_in(message, "user"));
    const Plain plain = text_of(message, {});
    for (const Id& user : plain.users) want(user);
    const Id bot = id_in(message, "bot_id");
    const bool named = !text(message, "username").empty() || object_in(message, "bot_profile") != nullptr;
    if (id_in(message, "user").empty() && !named && directory.bot_wanted(bot)) needs.bots.insert(bot);
}

bool is_edit(const json::object& message, const json::object* before, const Names& names) {
    if (via_app(message) || !says_something(text(message, "subtype"))) return false;
    if (before != nullptr)
        return text_of(message, names).text != text_of(*before, names).text ||
               files_of(message) != files_of(*before);
    const json::object* edited = object_in(message, "edited");
    return edited != nullptr && !text(*edited, "ts").empty();
}

}  // namespace rapport::slack::events
