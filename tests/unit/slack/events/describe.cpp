#include "unit/slack/events/describe.hpp"

#include <boost/json/serialize.hpp>

namespace rapport::slack::events {
namespace {

std::string words(Time at) {
    return std::to_string(at.time_since_epoch().count());
}
std::string words(const AccountKey& key) {
    return key.realm + "/" + key.id;
}
std::string words(const ChannelKey& key) {
    return key.realm + "/" + key.id;
}
std::string words(const MessageKey& key) {
    return words(key.channel) + "/" + key.id;
}
std::string words(const Account& account) {
    std::string out = words(account.key);
    if (!account.handle.empty()) out += " @" + account.handle;
    if (!account.name.empty()) out += " '" + account.name + "'";
    if (!account.picture.empty()) out += " " + account.picture;
    return out + (account.bot ? " bot" : "");
}
std::string words(ChannelKind kind) {
    return kind == ChannelKind::open ? "open" : kind == ChannelKind::group ? "group" : "dm";
}
std::string words(const Message& said) {
    std::string out = words(said.channel.kind) + " " + words(said.key()) + " at " + words(said.at) + " by " +
                      words(said.author) + (said.via_app ? " via app" : "");
    if (!said.thread.empty()) out += " thread " + said.thread;
    if (said.reply_to != said.thread) out += " answers " + said.reply_to;
    for (const AccountKey& key : said.mentions) out += " mentions " + words(key);
    return out + " <" + said.link + ">: " + said.text;
}

struct Describe {
    std::string operator()(const MessagePosted& one) const {
        return (one.late ? "late " : "posted ") + words(one.message);
    }
    std::string operator()(const MessageEdited& one) const {
        return "edited " + words(one.message) + " at " + words(one.at) + ": " + one.text;
    }
    std::string operator()(const MessageDeleted& one) const {
        return "deleted " + words(one.message) + " at " + words(one.at);
    }
    std::string operator()(const ReactionAdded& one) const {
        return "reaction " + one.reaction + " to " + words(one.message) + " by " + words(one.by) + " at " +
               words(one.at);
    }
    std::string operator()(const AccountChanged& one) const {
        return "account " + words(one.account) + " at " + words(one.at);
    }
    template <class Other>
    std::string operator()(const Other&) const {
        return "not from Slack";
    }

    std::string operator()(const HomeOpened& one) const { return "home " + words(one.by); }
    std::string operator()(const DirectMessageToUs& one) const {
        return "to us " + words(one.message) + " | " + one.words;
    }
    std::string operator()(const OwnMessageSeen& one) const {
        return "own " + one.channel + "/" + one.ts + (one.thread.empty() ? "" : " thread " + one.thread) +
               (one.metadata_type.empty() ? ""
                                          : " " + one.metadata_type + boost::json::serialize(one.metadata));
    }
    std::string operator()(const OwnMessageGone& one) const {
        return "own gone " + one.channel + "/" + one.ts;
    }
    std::string operator()(const ChannelSharedChanged& one) const {
        return "channel " + one.channel + (one.shared ? " shared" : " unshared");
    }
    std::string operator()(const ChannelIdChanged& one) const {
        return "channel " + one.from + " is now " + one.to + " stays " + words(one.key);
    }
    std::string operator()(const MembershipChanged& one) const {
        return "we are " + std::string(one.joined ? "in " : "out of ") + one.channel;
    }
    std::string operator()(const ChannelClosed& one) const {
        return "channel " + one.channel + (one.closed ? " closed" : " open again");
    }
    std::string operator()(const GroupChanged& one) const { return "group " + one.group; }
    std::string operator()(const TokensRevoked& one) const {
        std::string out = one.bot ? "tokens revoked, ours" : "tokens revoked";
        for (const Id& user : one.users) out += " " + user;
        return out;
    }
    std::string operator()(const AppUninstalled&) const { return "uninstalled"; }
    std::string operator()(const RateLimited& one) const {
        return "limited " + words(one.from) + " until " + words(one.until);
    }

    std::string operator()(const Ignored& one) const {
        return (one.unknown ? "unknown: " : "ignored: ") + one.why;
    }
    std::string operator()(const Broken& one) const { return "broken: " + one.why; }
    std::string operator()(const Meaning& one) const {
        std::string out;
        for (const Event& event : one.events) out += (out.empty() ? "" : "; ") + describe(event);
        for (const Signal& signal : one.signals) out += (out.empty() ? "" : "; ") + describe(signal);
        return out;
    }
};

}  // namespace

std::string describe(const Understood& understood) {
    return std::visit(Describe{}, understood);
}
std::string describe(const Event& event) {
    return std::visit(Describe{}, event.body);
}
std::string describe(const Signal& signal) {
    return std::visit(Describe{}, signal);
}

}  // namespace rapport::slack::events
