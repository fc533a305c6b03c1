#include "adapters/slack/events/directory.hpp"

#include "adapters/slack/events/fields.hpp"

namespace rapport::slack::events {

ChannelKind Conversation::kind() const noexcept {
    if (im || mpim) return ChannelKind::dm;
    return is_private ? ChannelKind::group : ChannelKind::open;
}

Directory::Directory(const DirectoryLimits& limits)
    : users_(limits.users),
      channels_(limits.channels),
      groups_(limits.groups),
      bots_(limits.bots),
      first_(limits.moved),
      current_(limits.moved) {}

User& Directory::user_at(const Id& id) {
    User& user = users_.at(id);
    user.id = id;
    user.bot = user.bot || id == slackbot;
    return user;
}

Conversation& Directory::channel_at(const Id& id) {
    const Id first = first_id(id);
    Conversation& channel = channels_.at(first);
    channel.id = first;
    return channel;
}

// ------------------------------------------------------------------------------------------ what is still
// unknown

bool Directory::user_wanted(const Id& id) const {
    const User* known = user(id);
    return !id.empty() && id != slackbot && (known == nullptr || !known->asked);
}

bool Directory::channel_wanted(const Id& id) const {
    const Conversation* known = channel(id);
    return !id.empty() && (known == nullptr || !known->asked);
}

bool Directory::bot_wanted(const Id& id) const {
    const Bot* known = bot(id);
    return !id.empty() && (known == nullptr || !known->asked);
}

void Directory::cannot_tell_user(const Id& id) {
    user_at(id).asked = true;
}
void Directory::cannot_tell_channel(const Id& id) {
    channel_at(id).asked = true;
}
void Directory::cannot_tell_bot(const Id& id) {
    Bot& bot = bots_.at(id);
    bot.id = id;
    bot.asked = true;
}

// --------------------------------------------------------------------------------------- ids of channels
// that change

Id Directory::first_id(const Id& channel) const {
    const Id* first = first_.peek(channel);
    return first == nullptr ? channel : *first;
}

Id Directory::current_id(const Id& channel) const {
    const Id* current = current_.peek(first_id(channel));
    return current == nullptr ? channel : *current;
}

bool Directory::moved(const Id& old_id, const Id& new_id) {
    const Id first = first_id(old_id);
    if (old_id.empty() || new_id.empty() || new_id == first || first_id(new_id) == first) return false;
    first_.at(new_id) = first;
    current_.at(first) = new_id;
    channels_.erase(new_id);
    return true;
}

std::map<Id, Id> Directory::all_moved() const {
    std::map<Id, Id> all;
    for (const auto& [later, first] : first_.entries()) all.emplace(later, first);
    return all;
}

std::vector<Id> Directory::memberships() const {
    std::vector<Id> all;
    for (const auto& [id, channel] : channels_.entries())
        if (channel.member && !channel.archived) all.push_back(id);
    return all;
}

// ------------------------------------------------------------------------------------------------- accounts

namespace {

bool ours(const Installation& installation, const Id& team) {
    return team == installation.realm() || (!team.empty() && team == installation.team) ||
           (!installation.enterprise.empty() && team == installation.enterprise);
}

bool same_organisation(const Installation& installation, const User& user) {
    return !installation.enterprise.empty() && user.enterprise == installation.enterprise;
}

}  // namespace

Id Directory::home(const Installation& installation, const Id& id, const Id& said_team) {
    const User* known = user(id);
    const bool has_team = known != nullptr && !known->team.empty();
    if (!has_team && !said_team.empty() && !(known != nullptr && same_organisation(installation, *known))) {
        user_at(id).team = said_team;
        known = user(id);
    }
    if (known == nullptr || id == slackbot || id == installation.bot_user) return installation.realm();
    if (installation.whole_organisation) {
        if (same_organisation(installation, *known)) return installation.realm();
        if (!known->enterprise.empty()) return known->enterprise;
    }
    return known->team.empty() || ours(installation, known->team) ? installation.realm() : known->team;
}

AccountKey Directory::account_key(const Installation& installation, const Id& user, const Id& said_team) {
    return {"slack", home(installation, user, said_team), user};
}

Account Directory::account(const Installation& installation, const Id& id, const Id& said_team) {
    Account account;
    account.key = account_key(installation, id, said_team);
    account.bot = id == slackbot || id == installation.bot_user;
    if (const User* known = user(id)) {
        account.handle = known->handle;
        account.name = known->name();
        account.bot = account.bot || known->bot;
        account.picture = known->picture;
        // Of its own members, guests included, Slack has verified the address; of other companies' people
        // their workspace has, which we cannot know.
        if (!account.bot && !external(installation, id)) account.email = known->email;
    }
    return account;
}

bool Directory::external(const Installation& installation, const Id& id) const {
    const User* known = user(id);
    if (known == nullptr || id == slackbot || same_organisation(installation, *known)) return false;
    return !known->team.empty() && !ours(installation, known->team);
}

ChannelKey Directory::channel_key(const Installation& installation, const Id& channel) const {
    return {"slack", installation.realm(), first_id(channel)};
}

Channel Directory::channel_of(const Installation& installation, const Id& id,
                              std::string_view said_type) const {
    Channel place;
    place.key = channel_key(installation, id);
    const Conversation* known = channel(id);
    if (known != nullptr) place.name = known->name;
    if (known != nullptr && known->known)
        place.kind = known->kind();
    else if (said_type == "channel")
        place.kind = ChannelKind::open;
    else
        place.kind = said_type == "group" ? ChannelKind::group : ChannelKind::dm;
    return place;
}

bool Directory::is_im(const Id& id, std::string_view said_type) const {
    const Conversation* known = channel(id);
    if (known != nullptr && known->known) return known->im;
    return said_type == "im" || said_type == "app_home";
}

}  // namespace rapport::slack::events
