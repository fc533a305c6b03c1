// Whatever happened: the numbers add up. And what does not is found.

#include <fmt/format.h>

#include <random>

#include "bot/reports/report.hpp"
#include "support/catch.hpp"
#include "week.hpp"

using namespace rapport;
using namespace rapport::test;
using namespace rapport::reports;
using namespace std::chrono_literals;

namespace {

constexpr int most_accounts = 30;

/// Material that no program would make: any state with any history at any time.
class Chaos {
public:
    explicit Chaos(unsigned seed) : random_(seed) {
        material.from = moment("2026-03-01 23:00");
        material.until = material.from + std::chrono::days{one_of(40) + 1};
        accounts();
        lines();
        alerts();
        for (int i = one_of(3); i > 0; --i) {
            const Time from = any_time();
            material.gaps.push_back({{"chat", "home", "help"}, from, from + 5h, "nobody knows"});
        }
    }

    Material material{};

private:
    int one_of(int count) { return std::uniform_int_distribution{0, count - 1}(random_); }
    bool perhaps(int percent) { return one_of(100) < percent; }
    Time any_time() { return material.from - std::chrono::days{8} + 1min * one_of(60 * 24 * 60); }
    Time perhaps_time() { return perhaps(50) ? any_time() : never; }
    std::string staffer() {
        const char* names[] = {"ada", "bea", "cyd", "gone", ""};
        return names[one_of(5)];
    }
    AccountId account() { return AccountId(1 + one_of(most_accounts)); }

    void accounts() {
        const char* team[] = {"ada", "bea", "cyd", "brand"};
        for (int id = 1; id <= most_accounts; ++id) {
            AccountRow row;
            row.id = AccountId(id);
            row.key = {"chat", "home", id <= 4 ? team[id - 1] : fmt::format("somebody{}", id)};
            // Some persons have two accounts.
            row.person = id > 10 && id % 4 == 0 ? AccountId(id - 1) : row.id;
            row.first_seen = any_time();
            if (perhaps(40)) row.roles.emplace_back("champion");
            if (perhaps(20)) row.roles.emplace_back("press");
            for (int staff = 1; id > 4 && staff <= 3; ++staff)
                if (perhaps(50)) row.ties.push_back(tie(AccountId(staff)));
            material.state.persons[row.person].push_back(row.id);
            if (id > 4 && perhaps(70)) material.known.push_back(row.person);
            material.state.accounts.load(std::move(row));
        }
        material.state.community.ties = {{-4, 3}, {0, 5}, {8, 2}};
    }

    StaffTie tie(AccountId staff) {
        StaffTie tie{staff, double(one_of(9)), double(one_of(9)), double(one_of(90)), double(one_of(90))};
        tie.last_out = perhaps_time();
        tie.last_in = perhaps_time();
        tie.first_in = perhaps_time();
        tie.contacts = std::uint32_t(one_of(9));
        for (int i = one_of(4); i > 0; --i) tie.gaps.push_back(std::uint32_t(one_of(900)));
        return tie;
    }

    void lines() {
        for (int id = 1; id <= 400; ++id) {
            Line line;
            line.id = MessageId(id);
            line.author = account();
            line.conversation = ConversationId(1 + one_of(40));
            if (perhaps(60)) {
                line.reply_to = MessageId(1 + one_of(id));
                line.answers = account();
            }
            line.at = any_time();
            const auto author = std::int64_t(line.author);
            line.speaker = author <= 3   ? Speaker::staff
                           : author == 4 ? Speaker::brand
                           : perhaps(5)  ? Speaker::bot
                           : perhaps(3)  ? Speaker::staff  // the platform says so, team.yaml does not
                                         : Speaker::person;
            line.via_app = perhaps(10);
            line.linked = perhaps(50);
            line.needs_reply = line.speaker == Speaker::person && perhaps(60);
            material.lines.push_back(line);
        }
    }

    void alerts() {
        for (int id = 1; id <= 60; ++id) {
            AlertRow alert;
            alert.id = AlertId(id);
            alert.rule = fmt::format("rule{}", one_of(6));
            alert.title = alert.rule;
            alert.about = account();
            alert.conversation = ConversationId(1 + one_of(40));
            alert.created = std::min(any_time(), material.until - 1ms);
            alert.state = AlertState(one_of(int(AlertState::withdrawn) + 1));
            if (alert.state == AlertState::replied) alert.outcome = Outcome(one_of(5));
            if (is_closed(alert.state)) alert.closed = std::max({any_time(), alert.created, material.from});
            alert.reason = perhaps(50) ? "spam" : "automated";
            alert.staffer = staffer();
            alert.brand_answered = perhaps_time();
            alert.policy.brand_counts = perhaps(50);
            alert.opened = perhaps_time();
            for (int i = one_of(6); i > 0; --i)
                alert.moves.push_back({any_time(), MoveKind(one_of(int(MoveKind::held) + 1)), staffer()});
            if (alert.moves.empty()) alert.asked = {staffer(), staffer()};
            material.alerts.push_back(std::move(alert));
        }
    }

    std::mt19937 random_;
};

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("the numbers of any report add up: sums over tiers, over staffers, over rules and over time") {
    const House house{week_rules};
    constexpr unsigned runs = 1'000;
    std::size_t waits = 0, moved = 0, attested = 0, won = 0, cold = 0;
    for (unsigned seed = 1; seed <= runs; ++seed) {
        CAPTURE(seed);
        const Chaos chaos{seed};
        const WeeklyReport report =
            make_report(chaos.material, const_cast<House&>(house).world(), "Europe/Berlin");
        REQUIRE(check(report) == Lines{});
        // Counted once more, in the plainest way.
        std::size_t began = 0;
        for (const Wait& wait : waits_of(chaos.material.lines, chaos.material.until))
            began += wait.since >= chaos.material.from;
        REQUIRE(report.answers.total() == began);
        std::size_t answered = 0, asked = 0, claimed = 0;
        for (const StafferLine& line : report.staffers) {
            answered += line.verified + line.attested;
            asked += line.asked;
            claimed += line.claimed;
        }
        REQUIRE(answered == report.answers.in_person());
        moved += asked + claimed;
        waits += began;
        attested += report.answers[WaitEnd::attested];
        won += report.won.size();
        cold += report.cold.size();
    }
    // It was not all about nothing.
    CHECK(waits > 20'000);
    CHECK(moved > 10'000);
    CHECK(attested > 20);
    CHECK(won > 100);
    CHECK(cold > 10);
}

TEST_CASE("what does not add up is found, wherever it is") {
    CHECK(check(full_report()) == Lines{});
    using Spoil = void (*)(WeeklyReport&);
    const Spoil spoil = GENERATE(
        Spoil{[](WeeklyReport& r) { ++r.answers.ends[4]; }},
        Spoil{[](WeeklyReport& r) { ++r.by_depth[2].ends[1]; }},
        Spoil{[](WeeklyReport& r) { r.by_role["press"].ends[0] = 1'000; }},
        Spoil{[](WeeklyReport& r) { r.by_role.clear(); }},
        Spoil{[](WeeklyReport& r) { r.course.pop_back(); }},
        Spoil{[](WeeklyReport& r) { ++r.staffers[0].verified; }},
        Spoil{[](WeeklyReport& r) { --r.staffers[1].attested; }},
        Spoil{[](WeeklyReport& r) { ++r.staffers[1].times.calendar.count; }},
        Spoil{[](WeeklyReport& r) { r.times.working.count = 0; }},
        Spoil{[](WeeklyReport& r) { r.times.calendar.median = 100h; }},
        Spoil{[](WeeklyReport& r) { ++r.alerts.not_needed; }}, Spoil{[](WeeklyReport& r) { ++r.open_after; }},
        Spoil{[](WeeklyReport& r) { ++r.alerts.raised; }}, Spoil{[](WeeklyReport& r) { r.rules.pop_back(); }},
        Spoil{[](WeeklyReport& r) { r.rules[0].reasons.clear(); }}, Spoil{[](WeeklyReport& r) {
            --r.rules[0].alerts.verified;
            ++r.rules[0].alerts.brand;
        }},
        Spoil{[](WeeklyReport& r) { r.brand.then_person = 9; }},
        Spoil{[](WeeklyReport& r) { r.brand.only = 3; }},
        Spoil{[](WeeklyReport& r) { r.conversations_answered = 100; }});
    WeeklyReport report = full_report();
    spoil(report);
    CHECK_FALSE(check(report).empty());
}
