#include "bot/people/person.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace rapport {

namespace {

constexpr std::array<std::string_view, 5> depth_names{"stranger", "acquaintance", "familiar", "close",
                                                      "core"};

/// Sums of one staffer over several accounts, still in forward scale.
struct TieSum {
    const Staffer* staffer = nullptr;
    StaffTie sum{};
};

void collect(std::vector<TieSum>& sums, const State& state, const PeopleContext& context,
             const AccountRow& account, Time now) {
    for (const StaffTie& tie : account.ties) {
        const Staffer* staffer = context.team.staffer_of(state.accounts.at(tie.staff).key, now);
        if (!staffer) continue;
        const auto same = [&](const TieSum& one) { return one.staffer == staffer; };
        auto at = std::find_if(sums.begin(), sums.end(), same);
        if (at == sums.end()) at = sums.insert(sums.end(), TieSum{staffer, {}});
        at->sum.out += tie.out;
        at->sum.in += tie.in;
        at->sum.deep_out += tie.deep_out;
        at->sum.deep_in += tie.deep_in;
        at->sum.last_out = std::max(at->sum.last_out, tie.last_out);
        at->sum.last_in = std::max(at->sum.last_in, tie.last_in);
        at->sum.contacts += tie.contacts;
    }
}

void add_roles(PersonView& person, const AccountRow& account) {
    for (const std::string& role : account.roles)
        if (std::find(person.roles.begin(), person.roles.end(), role) == person.roles.end())
            person.roles.push_back(role);
}

}  // namespace

std::string_view name_of(Depth depth) noexcept {
    return depth_names[std::size_t(depth)];
}

bool known_to_team(const AccountRow& account) {
    return !account.roles.empty() || !account.owner.empty() || account.contact != MessageId::none;
}

std::vector<Bonded> why_one_person(const PersonView& person) {
    std::vector<Bonded> all;
    for (const AccountRow* a : person.accounts)
        for (const AccountRow* b : person.accounts)
            for (const Bond& bond : a->bonds)
                if (a->id < b->id && bond.with == b->id) all.push_back({a, b, &bond});
    return all;
}

std::string_view shown_name(const AccountRow& account) {
    if (!account.name.empty()) return account.name;
    return account.handle.empty() ? std::string_view{account.key.id} : std::string_view{account.handle};
}

std::string key_text(const AccountKey& key) {
    return fmt::format("{}:{}:{}", key.platform, key.realm, key.id);
}

const AccountRow& PersonView::self() const {
    const auto mine = [&](const AccountRow* row) { return row->id == account; };
    return **std::find_if(accounts.begin(), accounts.end(), mine);
}

std::string_view PersonView::shown_name() const {
    return rapport::shown_name(self());
}

Time PersonView::last_contact() const {
    Time last = never;
    for (const StafferTie& tie : ties) last = std::max(last, tie.last_in);
    return last;
}

DepthThresholds depth_thresholds(const CommunityRow& community, const DepthConfig& config, const Decay& deep,
                                 Time now) {
    DepthThresholds thresholds = config.floors;
    std::uint64_t total = 0;
    for (const auto& [bucket, count] : community.ties) total += count;
    if (total == 0) return thresholds;
    const double grown = deep.grown(now);
    for (std::size_t level = 0; level < thresholds.size(); ++level) {
        const auto wanted = std::uint64_t(std::ceil(double(total) * config.percentiles[level] / 100));
        std::uint64_t below = 0;
        for (const auto& [bucket, count] : community.ties) {
            below += count;
            if (below < wanted) continue;
            thresholds[level] = std::max(thresholds[level], std::exp2(bucket / 4.0) / grown);
            break;
        }
    }
    return thresholds;
}

Depth depth_of(double deep_strength, const DepthThresholds& thresholds) {
    std::size_t level = 0;
    while (level < thresholds.size() && deep_strength >= thresholds[level]) ++level;
    return Depth(level);
}

std::vector<ValueTerm> value_terms(const PersonView& person, const ValueConfig& config) {
    std::vector<ValueTerm> terms;
    for (const std::string_view role : person.roles)
        if (const auto at = config.roles.find(std::string(role)); at != config.roles.end() && at->second != 0)
            terms.push_back({"role " + at->first, at->second});
    if (person.depth != Depth::stranger)
        terms.push_back({"depth " + std::string(name_of(person.depth)), config.depth * double(person.depth)});
    if (person.reach > 1)
        terms.push_back(
            {"reach " + std::to_string(person.reach), config.reach * std::log10(double(person.reach))});
    if (!person.ties.empty() && person.ties.front().strength > 0)
        terms.push_back({"tie to " + person.ties.front().staffer->full_name,
                         config.tie * std::log2(1 + person.ties.front().strength)});
    return terms;
}

double value_of(const std::vector<ValueTerm>& terms, const ValueConfig& config) {
    double sum = 0;
    for (const ValueTerm& term : terms) sum += term.points;
    return std::clamp(sum, 0.0, config.cap);
}

PersonView view_person(const State& state, const PeopleContext& context, AccountId account, Time now) {
    PersonView person;
    person.account = account;
    person.first_seen = Time::max();
    std::vector<TieSum> sums;
    for (const AccountId id : state.accounts_of_person(account)) {
        const AccountRow& row = state.accounts.at(id);
        person.accounts.push_back(&row);
        add_roles(person, row);
        if (person.owner.empty()) person.owner = row.owner;
        if (person.rhythm_ms == 0) person.rhythm_ms = row.rhythm_ms;
        if (row.reach >= 0) person.reach = std::max<std::int64_t>(person.reach, 0) + row.reach;
        person.messages += row.messages;
        person.first_seen = std::min(person.first_seen, row.first_seen);
        person.bot = person.bot || row.bot;
        person.suspected = person.suspected || !row.suspicion.empty();
        person.muted_until = std::max(person.muted_until, row.muted_until);
        collect(sums, state, context, row, now);
    }
    double deepest = 0;
    for (const TieSum& one : sums) {
        const StaffTie& sum = one.sum;
        const double strength = context.fast.read(mutual_strength(sum.out, sum.in), now);
        const double deep = context.deep.read(mutual_strength(sum.deep_out, sum.deep_in), now);
        person.ties.push_back({one.staffer, strength, deep, sum.last_out, sum.last_in, sum.contacts});
        deepest = std::max(deepest, deep);
    }
    std::sort(person.ties.begin(), person.ties.end(), [](const StafferTie& a, const StafferTie& b) {
        return a.strength != b.strength ? a.strength > b.strength : a.staffer->name < b.staffer->name;
    });
    if (deepest > 0)
        person.depth =
            depth_of(deepest, depth_thresholds(state.community, context.config.depth, context.deep, now));
    person.value = value_of(value_terms(person, context.config.value), context.config.value);
    return person;
}

}  // namespace rapport
