#include "bot/alerts/connection.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "bot/alerts/candidates.hpp"
#include "bot/alerts/privacy.hpp"

namespace rapport {

namespace {

/// Whom somebody has addressed once is no friend yet.
constexpr std::uint32_t friend_from = 2;

/// The person's friends, one account for each person.
std::vector<const AccountRow*> friends_of(const State& state, const std::vector<AccountId>& accounts) {
    std::vector<const AccountRow*> all;
    std::set<AccountId> persons;
    for (const AccountId id : accounts)
        for (const Friend& one : state.accounts.at(id).friends)
            if (const AccountRow* row = one.times >= friend_from ? state.accounts.find(one.who) : nullptr)
                if (persons.insert(row->person).second) all.push_back(row);
    return all;
}

bool is_of_community(const World& world, const AccountRow& account, Time now) {
    return !account.bot && !world.team.is_brand(account.key) && !world.team.staffer_of(account.key, now);
}

/// Keeps the stronger of two ways to the same colleague.
class Ways {
public:
    Ways(const State& state, const World& world, Time now) : state_(state), world_(world), now_(now) {}

    void add(const AccountRow& friend_of_both, AccountId other) {
        for (const StaffTie& tie : friend_of_both.ties) {
            const AccountRow* staff = tie.contacts > 0 ? state_.accounts.find(tie.staff) : nullptr;
            const Staffer* staffer = staff ? world_.team.staffer_of(staff->key, now_) : nullptr;
            if (!staffer) continue;
            const double strength = mutual_strength(tie.out, tie.in);
            const auto known = std::find_if(ways_.begin(), ways_.end(), [&](const Way& way) {
                return way.connection.staffer == staffer;
            });
            const Way way{{staffer, friend_of_both.id, other, tie.contacts}, strength};
            if (known == ways_.end())
                ways_.push_back(way);
            else if (strength > known->strength)
                *known = way;
        }
    }
    std::vector<Connection> take() {
        std::stable_sort(ways_.begin(), ways_.end(),
                         [](const Way& a, const Way& b) { return a.strength > b.strength; });
        std::vector<Connection> all;
        all.reserve(ways_.size());
        for (const Way& way : ways_) all.push_back(way.connection);
        return all;
    }

private:
    struct Way {
        Connection connection;
        double strength;  ///< In forward scale, where all fade alike.
    };
    const State& state_;
    const World& world_;
    Time now_;
    std::vector<Way> ways_{};
};

/// The one that is told to whoever the alert asks: their own, else the closest.
std::optional<Connection> told(const State& state, const World& world, const AlertRow& alert, Time now) {
    const auto& ask = alert.policy.ask;
    if (std::find(ask.begin(), ask.end(), friend_in_common) == ask.end() || is_private(state, alert))
        return {};
    const std::vector<Connection> all =
        connections(state, world, alert.about, state.conversations.at(alert.conversation), now);
    for (const Connection& one : all)
        if (one.staffer->name == alert.staffer) return one;
    if (all.empty()) return {};
    return all.front();
}

}  // namespace

bool asks_who_connects(const rules::RuleSet& rules) {
    const auto is_friend = [](const rules::Target& target) {
        return target.kind == rules::TargetKind::friend_in_common;
    };
    return rules.uses(rules::Fact::conversation_connected_by) ||
           std::any_of(rules.rules().begin(), rules.rules().end(), [&](const rules::Rule& rule) {
               return rule.enabled &&
                      (std::any_of(rule.ask.begin(), rule.ask.end(), is_friend) ||
                       std::any_of(rule.escalate.begin(), rule.escalate.end(),
                                   [&](const rules::Escalation& step) { return is_friend(step.to); }));
           });
}

std::vector<Connection> connections(const State& state, const World& world, AccountId person,
                                    const ConversationRow& conversation, Time now) {
    const std::vector<AccountId>& accounts = state.accounts_of_person(person);
    const std::vector<const AccountRow*> friends = friends_of(state, accounts);
    Ways ways{state, world, now};
    const std::size_t count = std::min(conversation.people.size(), most_met);
    for (std::size_t i = 0; i < count; ++i) {
        const AccountRow& other = state.accounts.at(conversation.people[i].who);
        if (std::find(accounts.begin(), accounts.end(), other.id) != accounts.end()) continue;
        if (!is_of_community(world, other, now)) continue;
        for (const AccountRow* theirs : friends_of(state, {other.id}))
            for (const AccountRow* own : friends)
                if (own->person == theirs->person && own->person != other.person && own->id != person &&
                    is_of_community(world, *own, now))
                    ways.add(*own, other.id);
    }
    return ways.take();
}

std::string connection_line(const State& state, const World& world, const AlertRow& alert, Time now) {
    const std::optional<Connection> one = told(state, world, alert, now);
    if (!one) return {};
    const std::string_view name = shown_name(state.accounts.at(one->friend_of_both));
    return fmt::format(
        "{} talks with {} and with {}; {} {} ({})", name, shown_name(state.accounts.at(alert.about)),
        shown_name(state.accounts.at(one->other)),
        one->staffer->name == alert.staffer ? std::string("you know") : one->staffer->full_name + " knows",
        name, counted_of(one->contacts, "contact"));
}

bool is_connected_by(const State& state, const World& world, const AlertRow& alert, AccountId account,
                     Time now) {
    const std::optional<Connection> one = told(state, world, alert, now);
    return one && (one->friend_of_both == account || one->other == account);
}

}  // namespace rapport
