#include "bot/letters/touch.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace rapport::letters {

std::string text_of(const AccountKey& key) {
    return fmt::format("{}:{}:{}", key.platform, key.realm, key.id);
}

std::vector<PersonView> people_of(WritingDesk& desk, const Staffer& staffer) {
    constexpr std::size_t most_looked_at = 500;
    std::vector<PersonView> people;
    std::vector<AccountId> done;
    for (const AccountKey& own : staffer.accounts) {
        const AccountRow* account = desk.lookup.account(own);
        if (!account) continue;
        const auto known = desk.store.known_to(account->id, most_looked_at);
        if (!known) throw StoreUnreadable(known.error().what);
        for (const AccountId id : *known) {
            const AccountRow* row = desk.lookup.account(id);
            if (!row || row->bot || desk.world.team.staffer_of(row->key, desk.now) ||
                desk.world.team.is_brand(row->key))
                continue;
            if (std::find(done.begin(), done.end(), row->person) != done.end()) continue;
            done.push_back(row->person);
            desk.lookup.load_person(id);
            people.push_back(view_person(desk.lookup.state(), desk.world.people, id, desk.now));
        }
    }
    return people;
}

namespace {

/// Somebody is asked about them anyway.
bool is_asked_about(WritingDesk& desk, const PersonView& person) {
    for (const AccountRow* account : person.accounts)
        for (const AlertId id : account->alerts)
            if (const AlertRow* alert = desk.lookup.alert(id); alert && !is_closed(alert->state)) return true;
    return false;
}

}  // namespace

std::vector<Silence> silences(WritingDesk& desk, const Staffer& staffer, Depth least) {
    std::vector<Silence> all;
    for (const PersonView& person : people_of(desk, staffer)) {
        if (person.depth < least || person.suspected || person.muted_until > desk.now) continue;
        const auto tie = std::find_if(person.ties.begin(), person.ties.end(), [&](const StafferTie& one) {
            return one.staffer->name == staffer.name;
        });
        if (tie == person.ties.end() || last_contact(*tie) == never) continue;
        const auto rhythm = rhythm_of(person, *tie);
        if (!rhythm) continue;
        const Time last = last_contact(*tie);
        const double times = double((desk.now - last).count()) / double(rhythm->count());
        if (times <= desk.world.config.letters.rhythm_factor || is_asked_about(desk, person)) continue;
        const StafferTie* keeper = keeper_of(person);
        all.push_back({person.account, person.self().key, std::string(person.shown_name()), person.depth,
                       keeper && keeper->staffer->name == staffer.name, last, *rhythm, times});
    }
    std::sort(all.begin(), all.end(), [](const Silence& a, const Silence& b) {
        return a.times != b.times ? a.times > b.times : a.account < b.account;
    });
    return all;
}

}  // namespace rapport::letters
