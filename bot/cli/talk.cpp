#include "bot/cli/talk.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <unordered_map>
#include <unordered_set>

#include "bot/cli/backtest_text.hpp"
#include "bot/cli/context.hpp"
#include "bot/links/authors.hpp"
#include "bot/people/person.hpp"

namespace rapport::cli {

namespace {

using network::Node;

/// Memory for about a gigabyte; a team that has more asks for a shorter time.
constexpr std::size_t most_pairs = 2'000'000;

class Gatherer {
public:
    Gatherer(Store& store, const World& world, const std::string& topic)
        : lookup_(store), world_(world), topic_(topic) {}

    network::Talk run(Time from) {
        gather(from);
        return std::move(talk_);
    }
    SpokenLines run_lines(Time from) {
        gather(from);
        return {talk_.people(), std::move(lines_), {}};
    }

private:
    void gather(Time from) {
        must(lookup_.store().each_message(
            from, [&](const MessageRow& row, const AccountRow& author, const ChannelRow& channel) {
                return take(row, author, channel);
            }));
        if (talk_.pairs() > most_pairs)
            throw Stop(Exit::failed,
                       fmt::format("More than {} pairs have talked. Ask for less with --since.", most_pairs));
    }

    bool take(const MessageRow& row, const AccountRow& author, const ChannelRow& channel) {
        if (channel.kind == ChannelKind::dm || row.author == AccountId::none) return true;
        if (row.deleted || author.bot || row.speaker == Speaker::bot) return true;
        const Node from = number_of(author);
        const auto before = said_by_.find(row.reply_to);
        const std::optional<Node> to = before != said_by_.end() ? std::optional<Node>{before->second}
                                                                : last_other(row.conversation, from);
        add(from, to, row);
        said_by_[row.id] = from;
        auto& [latest, other] = speakers_[row.conversation];
        if (latest != from) other = latest;
        latest = from;
        return talk_.pairs() <= most_pairs;
    }

    void add(Node from, std::optional<Node> to, const MessageRow& row) {
        std::vector<std::string> topics = world_.reader->read(row.text, {}).topics;
        if (to) leave_out_name(topics, talk_.people()[*to].name);
        const bool about = topic_.empty() || std::find(topics.begin(), topics.end(), topic_) != topics.end();
        if (about && to) talk_.said(from, *to, row.at, topics);
        if (!about && !about_it_.contains(row.reply_to)) return;
        about_it_.insert(row.id);
        lines_.push_back({from, to.value_or(network::nobody), row.at, row.reading.needs_reply});
    }

    /// Whom one speaks to is not what one speaks about.
    static void leave_out_name(std::vector<std::string>& topics, std::string_view name) {
        const std::string small = links::in_lower_case(name);
        std::erase_if(topics, [&](const std::string& topic) { return links::in_lower_case(topic) == small; });
    }

    Node number_of(const AccountRow& author) {
        const auto [at, added] = numbers_.try_emplace(author.id, 0);
        if (added) at->second = talk_.person(talker_of(author, lookup_, world_));
        return at->second;
    }

    /// Who spoke last in the conversation and is somebody else.
    std::optional<Node> last_other(ConversationId conversation, Node from) const {
        const auto at = speakers_.find(conversation);
        if (at == speakers_.end()) return std::nullopt;
        const Node one = at->second.first == from ? at->second.second : at->second.first;
        return one == network::nobody ? std::nullopt : std::optional<Node>{one};
    }

    /// The latest speaker of a conversation, and the latest one who is not that one.
    struct Speakers : std::pair<Node, Node> {
        Speakers() : pair(network::nobody, network::nobody) {}
    };
    Lookup lookup_;
    const World& world_;
    const std::string& topic_;
    network::Talk talk_{};
    std::vector<network::Line> lines_{};
    std::unordered_set<MessageId> about_it_{};  ///< Messages about the topic, and what answers them.
    std::unordered_map<AccountId, Node> numbers_{};
    std::unordered_map<MessageId, Node> said_by_{};
    std::unordered_map<ConversationId, Speakers> speakers_{};
};

}  // namespace

network::Talker talker_of(const AccountRow& account, Lookup& lookup, const World& world) {
    if (const Staffer* staffer = world.team.staffer_of(account.key, account.last_seen))
        return {staffer->name, staffer->full_name, true};
    const AccountRow* standing = account.person == account.id ? &account : lookup.account(account.person);
    const AccountRow& person = standing ? *standing : account;
    return {key_text(person.key), std::string(shown_name(person)), false};
}

namespace {

/// The moment of the store, and from when on messages are wanted.
std::pair<Time, Time> now_and_from(Store& store, const std::string& since) {
    const auto back = parse_since(since);
    if (!back)
        throw Stop(Exit::usage,
                   fmt::format("--since \"{}\" is no time. Write 90d, 12h or 2w, or all.", since));
    State state;
    must(store.open(state));
    return {state.now, state.now - *back};
}

}  // namespace

network::Talk must_gather_talk(Store& store, const World& world, const std::string& since,
                               const std::string& topic) {
    const auto [now, from] = now_and_from(store, since);
    return Gatherer{store, world, topic}.run(from);
}

SpokenLines must_gather_lines(Store& store, const World& world, const std::string& since,
                              const std::string& topic) {
    const auto [now, from] = now_and_from(store, since);
    SpokenLines lines = Gatherer{store, world, topic}.run_lines(from);
    lines.now = now;
    return lines;
}

}  // namespace rapport::cli
