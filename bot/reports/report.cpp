#include "bot/reports/report.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "bot/reports/shares.hpp"

namespace rapport::reports {

namespace {

constexpr std::array<std::string_view, 5> end_names{"verified", "attested", "brand", "others", "none"};

/// Somebody on the team says that they answered this one.
const AlertRow* attested_for(const Wait& wait, const Material& material) {
    const State& state = material.state;
    for (const AlertRow& alert : material.alerts) {
        if (alert.outcome != Outcome::attested || alert.conversation != wait.conversation) continue;
        if (alert.closed < wait.since || alert.closed >= material.until) continue;
        const AccountRow* about = state.accounts.find(alert.about);
        if (about && about->person == state.accounts.at(wait.who).person) return &alert;
    }
    return nullptr;
}

/// The waits that began within the report's time, each with whom of the team answered it.
std::vector<Wait> waits_in(const Material& material, const World& world) {
    std::vector<Wait> waits = waits_of(material.lines, material.until);
    std::erase_if(waits, [&](const Wait& wait) { return wait.since < material.from; });
    for (Wait& wait : waits) {
        if (wait.end == WaitEnd::verified) {
            const AccountKey& key = material.state.accounts.at(wait.person_by).key;
            const Staffer* staffer = world.team.staffer_of(key, wait.person);
            wait.staffer = staffer ? staffer->name : "";
        } else if (const AlertRow* alert = attested_for(wait, material)) {
            wait.end = WaitEnd::attested;
            wait.staffer = alert->staffer;
        }
    }
    return waits;
}

/// By depth and by role, as the person was at the end.
void count_tiers(WeeklyReport& report, const World& world, const State& end, const std::vector<Wait>& waits) {
    std::map<AccountId, PersonView> persons;
    for (const Wait& wait : waits) {
        const AccountId id = end.accounts.at(wait.who).person;
        auto at = persons.find(id);
        if (at == persons.end())
            at = persons.emplace(id, view_person(end, world.people, id, report.until)).first;
        const PersonView& person = at->second;
        report.answers.add(wait.end);
        report.by_depth[std::size_t(person.depth)].add(wait.end);
        for (const std::string_view role : person.roles) report.by_role[std::string(role)].add(wait.end);
        if (person.roles.empty()) report.by_role[""].add(wait.end);
    }
}

void count_conversations(WeeklyReport& report, const std::vector<Wait>& waits) {
    std::map<ConversationId, bool> answered;
    for (const Wait& wait : waits) {
        const bool here = wait.end == WaitEnd::verified || wait.end == WaitEnd::attested;
        const auto at = answered.try_emplace(wait.conversation, here).first;
        at->second = at->second || here;
    }
    report.conversations = answered.size();
    report.conversations_answered = std::size_t(
        std::count_if(answered.begin(), answered.end(), [](const auto& one) { return one.second; }));
}

void count_messages(WeeklyReport& report, const Material& material) {
    std::set<AccountId> persons;
    for (const Line& line : material.lines) {
        if (line.speaker != Speaker::person || line.at < material.from || line.at >= material.until) continue;
        ++report.messages;
        persons.insert(material.state.accounts.at(line.author).person);
    }
    report.persons = persons.size();
}

void count_brand(WeeklyReport& report, const Material& material, const std::vector<Wait>& waits) {
    for (const Wait& wait : waits) {
        report.brand.answered += wait.brand != never;
        report.brand.only += wait.end == WaitEnd::brand;
    }
    for (const AlertRow& alert : material.alerts) {
        const Time at = alert.brand_answered;
        if (at == never || at < material.from || at >= material.until || alert.policy.brand_counts) continue;
        ++report.brand.instead;
        const bool by_person = alert.outcome == Outcome::verified || alert.outcome == Outcome::attested ||
                               alert.outcome == Outcome::other_staff;
        report.brand.then_person += by_person && alert.closed < material.until;
    }
}

}  // namespace

std::string_view name_of(WaitEnd end) noexcept {
    return end_names[std::size_t(end)];
}

std::size_t Answers::total() const {
    std::size_t sum = 0;
    for (const std::size_t count : ends) sum += count;
    return sum;
}

Answers& Answers::operator+=(const Answers& more) {
    for (std::size_t i = 0; i < ends.size(); ++i) ends[i] += more.ends[i];
    return *this;
}

std::size_t AlertCounts::closed() const {
    return verified + attested + other_staff + brand + not_needed + expired + withdrawn;
}

AlertCounts& AlertCounts::operator+=(const AlertCounts& more) {
    raised += more.raised;
    verified += more.verified;
    attested += more.attested;
    other_staff += more.other_staff;
    brand += more.brand;
    not_needed += more.not_needed;
    expired += more.expired;
    withdrawn += more.withdrawn;
    return *this;
}

Spread spread_of(std::vector<std::chrono::milliseconds> lengths) {
    Spread spread;
    spread.count = lengths.size();
    if (lengths.empty()) return spread;
    std::sort(lengths.begin(), lengths.end());
    // The least of them that so large a part does not exceed (nearest rank).
    const auto rank = [&](double part) { return std::size_t(std::ceil(part * double(lengths.size()))) - 1; };
    spread.median = lengths[rank(0.5)];
    spread.ninetieth = lengths[rank(0.9)];
    return spread;
}

WeeklyReport make_report(const Material& material, const World& world, std::string_view zone) {
    WeeklyReport report;
    report.from = material.from;
    report.until = material.until;
    report.zone = zone;
    report.gaps = material.gaps;
    const Then then = states_of(material, world);
    const std::vector<Wait> waits = waits_in(material, world);
    count_messages(report, material);
    count_conversations(report, waits);
    count_tiers(report, world, then.end, waits);
    report.course = course_of(report.from, report.until, zone, waits, material.gaps);
    count_staffers(report, material, world, waits);
    count_brand(report, material, waits);
    count_alerts(report, material);
    find_relations(report, material, world, then);
    return report;
}

}  // namespace rapport::reports
