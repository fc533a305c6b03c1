// What each staffer was asked, did, and had on their hands.

#include <algorithm>
#include <set>

#include "bot/people/working_time.hpp"
#include "bot/reports/shares.hpp"

namespace rapport::reports {

namespace {

using std::chrono::milliseconds;

/// From when until when somebody had an alert on their hands.
struct Held {
    Time from{}, until{};
};

/// What is gathered about one staffer before it is counted.
struct Hands {
    std::vector<milliseconds> calendar{}, working{};
    std::vector<Held> held{};
};

/// How the alert passed on. Of alerts older than this bookkeeping, what can be told from the rest of the row.
std::vector<AlertMove> moves_of(const AlertRow& alert) {
    if (!alert.moves.empty() || alert.opened == never) return alert.moves;
    std::vector<AlertMove> moves;
    moves.reserve(alert.asked.size() + 1);
    for (const std::string& name : alert.asked) moves.push_back({alert.opened, MoveKind::asked, name});
    if (alert.claimed != never) moves.push_back({alert.claimed, MoveKind::claimed, alert.staffer});
    return moves;
}

bool takes_it(MoveKind kind) {
    return kind == MoveKind::asked || kind == MoveKind::claimed || kind == MoveKind::handed_over ||
           kind == MoveKind::woke;
}

/// Counts one alert in each staffer's line.
class Passing {
public:
    Passing(const WeeklyReport& report, const AlertRow& alert) : report_(report), alert_(alert) {}

    template <class LineOf, class HandsOf>
    void count(LineOf line_of, HandsOf hands_of) {
        const std::vector<AlertMove> moves = moves_of(alert_);
        const Time closed = is_closed(alert_.state) ? alert_.closed : Time::max();
        std::string has;
        for (std::size_t i = 0; i < moves.size(); ++i) {
            const AlertMove& move = moves[i];
            const bool here = move.at >= report_.from && move.at < report_.until;
            if (here) note(move, has, line_of);
            has = takes_it(move.kind) ? move.staffer : std::string{};
            if (has.empty()) continue;
            const Time until = i + 1 < moves.size() ? std::min(closed, moves[i + 1].at) : closed;
            hands_of(has).held.push_back({std::max(move.at, report_.from), std::min(until, report_.until)});
        }
    }

private:
    template <class LineOf>
    void note(const AlertMove& move, const std::string& had, LineOf line_of) {
        const auto once = [&](const std::string& who, std::size_t StafferLine::* what, MoveKind kind) {
            if (!who.empty() && seen_.emplace(who, kind).second) ++(line_of(who).*what);
        };
        if (move.kind == MoveKind::asked) once(move.staffer, &StafferLine::asked, move.kind);
        if (move.kind == MoveKind::claimed) once(move.staffer, &StafferLine::claimed, move.kind);
        if (move.kind == MoveKind::released) once(move.staffer, &StafferLine::released, move.kind);
        if (move.kind == MoveKind::handed_over) {
            once(move.staffer, &StafferLine::asked, MoveKind::asked);
            once(had, &StafferLine::handed_over, move.kind);
        }
    }

    const WeeklyReport& report_;
    const AlertRow& alert_;
    std::set<std::pair<std::string, MoveKind>> seen_{};
};

/// The greatest number of them at one moment.
std::size_t most_at_once(const std::vector<Held>& all) {
    std::vector<std::pair<Time, int>> steps;
    for (const Held& one : all) {
        if (one.until <= one.from) continue;
        steps.emplace_back(one.from, 1);
        steps.emplace_back(one.until, -1);
    }
    std::sort(steps.begin(), steps.end());  // what ends at a moment ends before what begins then
    int now = 0, most = 0;
    for (const auto& [at, step] : steps) most = std::max(most, now += step);
    return std::size_t(most);
}

void count_waits(WeeklyReport& report, std::map<std::string, StafferLine>& lines,
                 std::map<std::string, Hands>& hands, const World& world, const std::vector<Wait>& waits) {
    Hands all;
    for (const Wait& wait : waits) {
        if (wait.end == WaitEnd::attested) ++lines[wait.staffer].attested;
        if (wait.end != WaitEnd::verified) continue;
        ++lines[wait.staffer].verified;
        Hands& one = hands[wait.staffer];
        one.calendar.push_back(wait.person - wait.since);
        all.calendar.push_back(wait.person - wait.since);
        if (const Staffer* staffer = world.team.staffer(wait.staffer)) {
            const milliseconds worked = working_between(*staffer, wait.since, wait.person);
            one.working.push_back(worked);
            all.working.push_back(worked);
        }
    }
    report.times = {spread_of(std::move(all.calendar)), spread_of(std::move(all.working))};
}

void count_messages_of(std::map<std::string, StafferLine>& lines, const Material& material,
                       const World& world) {
    for (const Line& line : material.lines) {
        if (line.speaker != Speaker::staff || line.via_app) continue;
        if (line.at < material.from || line.at >= material.until) continue;
        const Staffer* staffer = world.team.staffer_of(material.state.accounts.at(line.author).key, line.at);
        ++lines[staffer ? staffer->name : ""].said;
    }
}

}  // namespace

void count_staffers(WeeklyReport& report, const Material& material, const World& world,
                    const std::vector<Wait>& waits) {
    std::map<std::string, StafferLine> lines;
    std::map<std::string, Hands> hands;
    count_waits(report, lines, hands, world, waits);
    count_messages_of(lines, material, world);
    for (const AlertRow& alert : material.alerts)
        Passing{report, alert}.count([&](const std::string& name) -> StafferLine& { return lines[name]; },
                                     [&](const std::string& name) -> Hands& { return hands[name]; });
    for (auto& [name, hand] : hands) {
        StafferLine& line = lines[name];
        line.most_at_once = most_at_once(hand.held);
        line.times = {spread_of(std::move(hand.calendar)), spread_of(std::move(hand.working))};
    }
    const auto take = [&](const std::string& name, const std::string& full_name, unsigned capacity) {
        StafferLine line = lines.contains(name) ? std::move(lines[name]) : StafferLine{};
        lines.erase(name);
        line.name = name;
        line.full_name = full_name;
        line.capacity = capacity;
        report.staffers.push_back(std::move(line));
    };
    for (const Staffer& staffer : world.team.staffers()) {
        const bool was_here = (!staffer.joined || *staffer.joined < report.until) &&
                              (!staffer.left || report.from < *staffer.left);
        if (was_here || lines.contains(staffer.name)) take(staffer.name, staffer.full_name, staffer.capacity);
    }
    // Those who were taken out of team.yaml since, and staff whom the platform alone knows.
    while (!lines.empty()) {
        const std::string name = lines.begin()->first;
        take(name, name.empty() ? "others on the team" : name, 0);
    }
}

}  // namespace rapport::reports
