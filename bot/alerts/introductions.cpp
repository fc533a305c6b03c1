#include "bot/alerts/introductions.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "bot/alerts/candidates.hpp"
#include "bot/alerts/life.hpp"
#include "bot/alerts/privacy.hpp"
#include "bot/alerts/suits.hpp"

namespace rapport {

namespace {

bool knows(const PersonView& person, const Staffer& staffer) {
    return std::any_of(person.ties.begin(), person.ties.end(),
                       [&](const StafferTie& tie) { return tie.staffer == &staffer && tie.contacts > 0; });
}

/// Whether the colleague is new to the alert.
bool may_be_asked(const AlertRow& alert, const Staffer& staffer, const Staffer* to) {
    return &staffer != to &&
           std::find(alert.asked.begin(), alert.asked.end(), staffer.name) == alert.asked.end();
}

/// The colleague who knows the person best, of those who can introduce `to`.
const StafferTie* acquainted(const PersonView& person, const AlertRow& alert, const Staffer* to) {
    for (const StafferTie& tie : person.ties)
        if (tie.contacts > 0 && may_be_asked(alert, *tie.staffer, to)) return &tie;
    return nullptr;
}

/// Through somebody who talks in the conversation too. Whoever presses the button has had their persons
/// loaded.
std::optional<Introduction> through_a_friend(const State& state, const World& world, const AlertRow& alert,
                                             const Staffer* to, Time now) {
    std::optional<Introduction> best;
    double strongest = 0;
    const AccountId person = state.accounts.at(alert.about).person;
    const auto& people = state.conversations.at(alert.conversation).people;
    for (std::size_t i = 0; i < std::min(people.size(), most_met); ++i) {
        const AccountRow& one = state.accounts.at(people[i].who);
        if (one.person == person || one.bot || world.team.is_brand(one.key) ||
            world.team.staffer_of(one.key, now))
            continue;
        const PersonView there = view_person(state, world.people, one.id, now);
        for (const StafferTie& tie : there.ties) {
            if (tie.contacts == 0 || !may_be_asked(alert, *tie.staffer, to)) continue;
            if (best && tie.strength <= strongest) continue;
            strongest = tie.strength;
            best = Introduction{tie.staffer, std::string(shown_name(one)), tie.contacts};
        }
    }
    return best;
}

/// The colleague who knows the person best, if whoever is asked does not know them.
const StafferTie* known_to_another(const PersonView& person, const Staffer* asked) {
    if (!asked || knows(person, *asked)) return nullptr;
    for (const StafferTie& tie : person.ties)
        if (tie.contacts > 0) return &tie;
    return nullptr;
}

const std::string& platform_of(const State& state, const AlertRow& alert) {
    return state.channels.at(alert.channel).key.platform;
}

}  // namespace

std::optional<Introduction> introduction(const State& state, const World& world, const AlertRow& alert,
                                         const Staffer* to, Time now) {
    const PersonView person = view_person(state, world.people, alert.about, now);
    if (const StafferTie* tie = acquainted(person, alert, to))
        return Introduction{tie->staffer, {}, tie->contacts};
    return through_a_friend(state, world, alert, to, now);
}

bool offers_introduction(const State& state, const World& world, const AlertRow& alert, Time now) {
    if (is_closed(alert.state) || is_private(state, alert)) return false;
    if (!anybody_has_account(world, platform_of(state, alert), now)) return true;
    const PersonView person = view_person(state, world.people, alert.about, now);
    const Staffer* asked = world.team.staffer(alert.staffer);
    return known_to_another(person, asked) != nullptr && acquainted(person, alert, asked) != nullptr;
}

void add_introduction_fields(std::vector<Field>& fields, const State& state, const World& world,
                             const AlertRow& alert, Time now) {
    if (is_closed(alert.state)) return;
    const std::string& platform = platform_of(state, alert);
    const Staffer* asked = world.team.staffer(alert.staffer);
    if (!anybody_has_account(world, platform, now))
        fields.push_back({"Account", fmt::format("Nobody on the team has an account on {}", platform)});
    else if (asked && !asked->has_account_on(platform))
        fields.push_back({"Account", fmt::format("You have no account on {}", platform)});
    const PersonView person = view_person(state, world.people, alert.about, now);
    if (const StafferTie* tie = known_to_another(person, asked))
        fields.push_back(
            {"Introduction", fmt::format("You don't know them, but {} does ({})", tie->staffer->full_name,
                                         counted_of(tie->contacts, "contact"))});
}

std::string ask_for_introduction(Deciding& d, AlertRow& alert, const Staffer& by) {
    const std::optional<Introduction> found = introduction(d.state, d.world, alert, &by, d.now);
    if (is_private(d.state, alert) || !found)
        return "I know of nobody who could introduce you: nobody else on the team knows them, or somebody "
               "who "
               "talks with them here.";
    const bool direct = found->through.empty();
    const std::string contacts = counted_of(found->contacts, "contact");
    // Without the friend's name: whoever is forgotten later must not go on standing here.
    alert.brief = fmt::format("{} asks {} for an introduction, who knows {} ({}).", by.full_name,
                              found->by->full_name, direct ? "them" : "somebody who talks here", contacts);
    alert.asked.push_back(found->by->name);  // so that they see the card
    note(d, alert, fmt::format("{} asked {} for an introduction.", by.full_name, found->by->full_name));
    show(d, alert, true);
    return fmt::format("{} is asked to introduce you: they know {} ({}). They see this card now.",
                       found->by->full_name, direct ? "them" : found->through, contacts);
}

}  // namespace rapport
