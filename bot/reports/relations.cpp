// Which relationships grew, and which went cold.

#include <algorithm>

#include "bot/people/rhythm.hpp"
#include "bot/people/ties.hpp"
#include "bot/reports/shares.hpp"

namespace rapport::reports {

namespace {

/// Takes one message out of the tie that it strengthened. Mentions beside the one who is answered, reactions
/// and shared conversations leave no trace in a message, and stay in.
void take_out(State& state, const World& world, const Line& line) {
    if (line.answers == AccountId::none || line.answers == line.author) return;
    const auto is_staff = [&](AccountId id) {
        return world.team.staffer_of(state.accounts.at(id).key, line.at) != nullptr;
    };
    if (!state.accounts.find(line.author) || !state.accounts.find(line.answers)) return;
    const bool by_staff = is_staff(line.author);
    if (by_staff == is_staff(line.answers)) return;
    const AccountId account = by_staff ? line.answers : line.author;
    const AccountId staff = by_staff ? line.author : line.answers;
    const double weight = weight_of(Interaction::reply, world.config.ties);
    for (StaffTie& tie : state.accounts.edit(account).ties) {
        if (tie.staff != staff) continue;
        double& fast = by_staff ? tie.in : tie.out;
        double& deep = by_staff ? tie.deep_in : tie.deep_out;
        fast = std::max(0.0, fast - weight * world.people.fast.grown(line.at));
        deep = std::max(0.0, deep - weight * world.people.deep.grown(line.at));
        // Sums of doubles leave crumbs; what is next to nothing is nothing.
        const double crumb = 1e-6 * weight;
        if (deep < crumb * world.people.deep.grown(line.at)) deep = fast = 0;
    }
}

/// First contact of anybody on the team with the person.
Time first_contact(const PersonView& person) {
    Time first = never;
    for (const AccountRow* account : person.accounts)
        for (const StaffTie& tie : account->ties)
            if (tie.first_in != never && (first == never || tie.first_in < first)) first = tie.first_in;
    return first;
}

Time last_contact(const PersonView& person) {
    Time last = never;
    for (const StafferTie& tie : person.ties) last = std::max({last, tie.last_in, tie.last_out});
    return last;
}

/// The moment at which the person's strongest relationship went silent for longer than usual.
Time went_cold(const State& state, const World& world, const PersonView& person, Time now) {
    if (person.ties.empty() || person.depth < Depth::familiar) return never;
    const Rhythm rhythm = rhythm_of(state, world.team, person, person.ties.front(), now);
    return silent_from(rhythm, world.config.letters.rhythm_factor);
}

}  // namespace

Then states_of(const Material& material, const World& world) {
    Then then{material.state, {}};
    for (const Line& line : material.lines)
        if (line.at >= material.until) take_out(then.end, world, line);
    then.start = then.end;
    for (const Line& line : material.lines)
        if (line.at >= material.from && line.at < material.until) take_out(then.start, world, line);
    return then;
}

void find_relations(WeeklyReport& report, const Material& material, const World& world, const Then& then) {
    for (const AccountId id : material.known) {
        const PersonView is = view_person(then.end, world.people, id, report.until);
        if (is.bot || is.accounts.empty() || world.team.is_brand(is.self().key) ||
            world.team.staffer_of(is.self().key, report.until))
            continue;
        const PersonView was = view_person(then.start, world.people, id, report.from);
        const Time first = first_contact(is);
        Relation relation{id, std::string(is.shown_name()), was.depth, is.depth, false, {}, last_contact(is)};
        relation.first_contact = first >= report.from && first < report.until;
        relation.staffer = !is.owner.empty() ? std::string(is.owner)
                           : is.ties.empty() ? std::string{}
                                             : is.ties.front().staffer->name;
        const Time cold = went_cold(then.start, world, was, report.from);
        if (relation.first_contact || relation.is > relation.was) {
            report.won.push_back(std::move(relation));
        } else if (cold != never && cold >= report.from && cold < report.until) {
            report.cold.push_back(std::move(relation));
        }
    }
    const auto deepest_first = [](auto depth) {
        return [depth](const Relation& a, const Relation& b) {
            return a.*depth != b.*depth ? a.*depth > b.*depth : a.person < b.person;
        };
    };
    std::sort(report.won.begin(), report.won.end(), deepest_first(&Relation::is));
    std::sort(report.cold.begin(), report.cold.end(), deepest_first(&Relation::was));
}

}  // namespace rapport::reports
