#pragma once

// Understands an Events API body (docs.slack.dev, "The Events API"; Socket Mode's payload is the same).

#include <boost/json/object.hpp>
#include <functional>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "adapters/event.hpp"
#include "adapters/slack/events/directory.hpp"
#include "adapters/slack/events/once.hpp"
#include "adapters/slack/slack.hpp"

namespace rapport::slack::events {

// ------------------------------------------------------------------------- what concerns the adapter itself

/// Somebody looks at our Home. Happens at every visit.
struct HomeOpened {
    Id user{};
    AccountKey by{};
};
/// Somebody wrote to our bot in its own direct message. If they are staff, it is a word to Rapport (`words`);
/// otherwise pass `message` on as a MessagePosted.
struct DirectMessageToUs {
    Id user{};
    Message message{};
    std::string words{};  ///< As Ask::text: mentioned accounts stand in it as "@platform:realm:id".
};
/// A message that we posted ourselves: tells whether a post whose answer was lost has arrived.
struct OwnMessageSeen {
    Id channel{};  ///< As Slack calls it now.
    Id ts{};
    Id thread{};                     ///< Empty if not in a thread.
    std::string metadata_type{};     ///< metadata.event_type, or empty.
    boost::json::object metadata{};  ///< metadata.event_payload.
};
/// Somebody deleted a message of ours.
struct OwnMessageGone {
    Id channel{};
    Id ts{};
};
/// Who reads a channel has changed: look at conversations.info again before alerts go there.
struct ChannelSharedChanged {
    Id channel{};
    bool shared = false;  ///< With other companies, now.
};
struct ChannelIdChanged {
    Id from{};
    Id to{};
    ChannelKey key{};  ///< What it stays for us.
};
/// Our bot was added to a channel, or removed from it.
struct MembershipChanged {
    Id channel{};
    bool joined = false;
};
/// Archived or deleted (true), or back again.
struct ChannelClosed {
    Id channel{};
    bool closed = false;
};
/// A user group has other members now.
struct GroupChanged {
    Id group{};
};
struct TokensRevoked {
    std::vector<Id> users{};  ///< Whose user tokens.
    bool bot = false;         ///< Our bot token is void.
};
struct AppUninstalled {};
/// More happened than Slack was willing to send: look at history.
struct RateLimited {
    Time from{};
    Time until{};
};

using Signal = std::variant<HomeOpened, DirectMessageToUs, OwnMessageSeen, OwnMessageGone,
                            ChannelSharedChanged, ChannelIdChanged, MembershipChanged, ChannelClosed,
                            GroupChanged, TokensRevoked, AppUninstalled, RateLimited>;

// ---------------------------------------------------------------------------------------- the understanding

/// Nothing to do, on purpose.
struct Ignored {
    std::string why{};
    bool unknown = false;  ///< We do not know this kind of event at all: count it.
};
/// Not what Slack promises. Acknowledge it, and keep it for a person to look at.
struct Broken {
    std::string why{};  ///< What is missing, where.
};
/// What it means: usually one thing. Events have only their body; the adapter adds seen, source, cursor, raw.
struct Meaning {
    std::vector<Event> events{};
    std::vector<Signal> signals{};
};
using Understood = std::variant<Meaning, Ignored, Broken>;

/// What understanding needs to know. Refers to what outlives the call.
struct Knowledge {
    const Installation& installation;
    Directory& directory;
    /// Whether we posted that message (the channel's id as Slack says it). May be empty.
    std::function<bool(const Id& channel, const Id& ts)> ours{};
    NewestEdit* edits = nullptr;  ///< Null: edits are taken in whatever order they come.
};

/// Which installation a body is for: authorizations[0], then context_*, then the outer ids; in a shared
/// channel the outer ones may be the sender's.
struct Recipient {
    Id team{};
    Id enterprise{};
    bool whole_organisation = false;
    Id user{};  ///< Whose authorization it is; usually our bot user.
};
Recipient recipient(const boost::json::object& payload);
bool is_for(const Recipient& recipient, const Installation& installation);

/// Ids that Slack must be asked for (users.info, conversations.info, bots.info) before the body can be
/// understood well; only what the directory does not know. At most 50 users.
struct Needs {
    std::set<Id> users{};
    std::set<Id> channels{};
    std::set<Id> bots{};
    bool empty() const noexcept { return users.empty() && channels.empty() && bots.empty(); }
};
Needs what_it_needs(const boost::json::object& payload, const Installation& installation,
                    const Directory& directory);

/// What a body says. Also teaches the directory what it tells of users and channels. Understanding the same
/// body again gives the same (but for profiles, where only a change counts); copies are told apart by
/// `keys_of`, and messages by `Message::key()`. A delete may come before its message, and an edit too:
/// nothing is kept back for that, whoever stores messages must take both orders.
Understood understand(const boost::json::object& payload, const Knowledge& knowledge);

/// Where a person can read and answer it: "https://acme.slack.com/archives/C1/p1700000000000100", with the
/// thread if it stands in one. Empty if the workspace's address is not known.
std::string permalink(const Installation& installation, const Id& channel, const Id& ts, const Id& thread);

}  // namespace rapport::slack::events
