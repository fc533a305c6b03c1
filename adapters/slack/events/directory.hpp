#pragma once

// Who and what Slack has told us of: users, channels, user groups, bots.

#include <boost/json/object.hpp>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "adapters/slack/events/bounded.hpp"
#include "adapters/slack/slack.hpp"

namespace rapport::slack::events {

/// Slackbot's user. Slack says of it that it is no bot.
inline constexpr std::string_view slackbot = "USLACKBOT";

/// When somebody does not want to be disturbed, as far as Slack tells.
struct QuietHours {
    bool on = false;  ///< They have such hours at all.
    std::optional<Time> from{};
    std::optional<Time> until{};
    std::optional<Time> snoozed_until{};
};

/// A person or a bot user. Everything but `id` may be unknown.
struct User {
    Id id{};
    Id team{};        ///< Home workspace "T...", or an organisation "E...".
    Id enterprise{};  ///< The organisation they belong to.
    std::string handle{};
    std::string display_name{};
    std::string real_name{};
    std::string title{};
    std::string email{};
    std::string picture{};  ///< An https address.
    std::string zone{};     ///< "Europe/Berlin".
    bool bot = false;       ///< A bot user, a workflow, or Slackbot.
    bool guest = false;     ///< Of one or of several channels: shares our team and may be a customer.
    bool deleted = false;
    bool stranger = false;  ///< Shares no channel with us. False for ordinary Connect customers.
    QuietHours quiet{};
    bool asked = false;  ///< Slack was asked for them, whatever it answered: no use to ask again.

    /// The display name, else the real name; empty if neither is known.
    const std::string& name() const noexcept { return display_name.empty() ? real_name : display_name; }
};

/// A channel, a group or a direct message. Private or shared is what the flags say, never the id's letter.
struct Conversation {
    Id id{};
    std::string name{};
    bool im = false;
    bool mpim = false;
    bool is_private = false;
    bool ext_shared = false;          ///< Slack Connect: people of other companies read it.
    bool pending_ext_shared = false;  ///< About to be.
    bool org_shared = false;          ///< With other workspaces of the same organisation.
    bool archived = false;
    bool member = false;  ///< We are in it.
    Id user{};            ///< Who a direct message is with.
    bool asked = false;   ///< Slack was asked for it, whatever it answered.
    bool known = false;   ///< Slack answered: the flags are facts.

    ChannelKind kind() const noexcept;
    /// Whether outsiders read it, or soon will: no place for alerts.
    bool outsiders() const noexcept { return ext_shared || pending_ext_shared; }
};

struct Group {
    Id id{};
    std::string handle{};
    std::string name{};
    std::set<Id> members{};
};

struct Bot {
    Id id{};
    std::string name{};
    Id app{};
    Id user{};
    bool asked = false;
};

struct DirectoryLimits {
    std::size_t users = 50'000;
    std::size_t channels = 20'000;
    std::size_t groups = 2'000;
    std::size_t bots = 5'000;
    std::size_t moved = 20'000;
};

/// What one installation knows of its surroundings. Bounded: what was not used for longest is let go and
/// asked for again. No I/O; not thread-safe.
class Directory {
public:
    explicit Directory(const DirectoryLimits& limits = {});

    /// Learns from an answer of users.info, users.list, users.lookupByEmail, bots.info, conversations.info,
    /// .list, .open, .join, users.conversations, usergroups.list or dnd.teamInfo. Members that are absent
    /// change nothing.
    void learn(const boost::json::object& answer);
    /// usergroups.users.list does not say which group it is.
    void learn_members(const Id& group, const boost::json::object& answer);
    /// dnd.info and the dnd_status of dnd_updated_user.
    void learn_quiet(const Id& user, const boost::json::object& status);
    /// What Slack does not know, or does not tell: not to be asked for again.
    void cannot_tell_user(const Id& user);
    void cannot_tell_channel(const Id& channel);
    void cannot_tell_bot(const Id& bot);

    /// Learns from the inner event of user_change, team_join, user_profile_changed, user_status_changed,
    /// channel_rename, channel_id_changed, channel_shared, channel_archive, member_joined_channel,
    /// subteam_members_changed and their kin; and from a message's `user_profile`. `our_bot`: our own user.
    void learn_event(const boost::json::object& event, const Id& our_bot);

    /// Null if never heard of. Valid until the next learning.
    const User* user(const Id& id) const { return users_.peek(id); }
    const Conversation* channel(const Id& id) const { return channels_.peek(first_id(id)); }
    const Group* group(const Id& id) const { return groups_.peek(id); }
    const Bot* bot(const Id& id) const { return bots_.peek(id); }
    /// Channels that we are in, not archived.
    std::vector<Id> memberships() const;
    /// Whether Slack must still be asked.
    bool user_wanted(const Id& id) const;
    bool channel_wanted(const Id& id) const;
    bool bot_wanted(const Id& id) const;

    /// A channel's id may change (when it is shared, or no longer). For us it stays the same channel: the id
    /// that we knew it by first. For calls of the Web API: the id that it has now.
    Id first_id(const Id& channel) const;
    Id current_id(const Id& channel) const;
    /// Says so; false if that is nothing new.
    bool moved(const Id& old_id, const Id& new_id);
    /// Later id -> first id, to be kept over a restart (give them back with `moved(first, later)`).
    std::map<Id, Id> all_moved() const;

    /// Where somebody is at home: our realm for our own people; for those of other workspaces or
    /// organisations, theirs. `said_team` is what a payload says (user_team, else team), for those of whom
    /// nothing else is known; it is remembered, so that one person stays one account.
    Id home(const Installation& installation, const Id& user, const Id& said_team = {});
    AccountKey account_key(const Installation& installation, const Id& user, const Id& said_team = {});
    Account account(const Installation& installation, const Id& user, const Id& said_team = {});
    /// Of another company: another team and no organisation in common.
    bool external(const Installation& installation, const Id& user) const;

    ChannelKey channel_key(const Installation& installation, const Id& channel) const;
    /// `said_type` is the payload's channel_type, for a channel of which nothing else is known. Known neither
    /// way, it counts as a direct message: text of unknown reach is shown to nobody who may not read it. A
    /// direct message among several counts as one too.
    Channel channel_of(const Installation& installation, const Id& channel,
                       std::string_view said_type = {}) const;
    /// Whether it is a direct message with us alone.
    bool is_im(const Id& channel, std::string_view said_type) const;

private:
    User& user_at(const Id& id);
    Conversation& channel_at(const Id& id);
    void learn_user(const boost::json::object& user, bool asked);
    void learn_profile(const Id& user, const boost::json::object& profile);
    void learn_channel(const boost::json::object& channel, bool asked);
    void learn_group(const boost::json::object& group);
    void learn_bot(const boost::json::object& bot, bool asked);
    void learn_channel_event(std::string_view type, const boost::json::object& event, const Id& our_bot);

    Bounded<Id, User> users_;
    Bounded<Id, Conversation> channels_;
    Bounded<Id, Group> groups_;
    Bounded<Id, Bot> bots_;
    Bounded<Id, Id> first_;    ///< Later id -> first id.
    Bounded<Id, Id> current_;  ///< First id -> the id of now.
};

}  // namespace rapport::slack::events
