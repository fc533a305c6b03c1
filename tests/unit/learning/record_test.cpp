// A rule's record, week by week.

#include "bot/learning/record.hpp"

#include "support/catch.hpp"

using namespace rapport;
using namespace rapport::learning;
using std::chrono::days;
using std::chrono::hours;

namespace {

// A Wednesday.
const std::chrono::sys_days today{std::chrono::year{2026} / 3 / 4};

AlertRow alert(Time opened, AlertState state, Outcome outcome = Outcome::none, std::string reason = "",
               AccountId about = AccountId{1}) {
    AlertRow row;
    row.opened = opened;
    row.state = state;
    row.outcome = outcome;
    row.reason = std::move(reason);
    row.about = about;
    return row;
}

}  // namespace

TEST_CASE("alerts count in the week in which somebody was asked, twelve weeks back, and the weeks add up") {
    const Time now = today + hours{10};
    const Time monday = today - days{2};
    const std::vector<AlertRow> alerts{
        alert(now - hours{1}, AlertState::open),
        alert(monday, AlertState::replied, Outcome::verified),
        alert(monday - std::chrono::milliseconds{1}, AlertState::replied, Outcome::attested),
        alert(monday - days{7 * 11}, AlertState::dismissed, Outcome::none, "automated"),
        alert(monday - days{7 * 11} - hours{1}, AlertState::dismissed, Outcome::none, "automated"),
        alert(never, AlertState::replied, Outcome::verified),  // answered before anybody was asked
    };
    const RuleRecord record = record_of(alerts, now);
    REQUIRE(record.weeks.size() == 12);
    CHECK(record.weeks.back().begin == std::chrono::sys_days{monday.time_since_epoch() / days{1} * days{1}});
    CHECK(record.weeks.front().begin == std::chrono::floor<days>(record_begin(now)));
    CHECK(record.weeks[11].counts.asked == 2);
    CHECK(record.weeks[11].counts.answered == 1);
    CHECK(record.weeks[10].counts.answered == 1);
    CHECK(record.weeks[0].counts.not_needed == 1);
    CHECK(record.all.asked == 4);
    CHECK(record.all.answered == 2);
    CHECK(record.all.not_needed == 1);
}

TEST_CASE("what was not needed is counted by reason, by what it lies with, and by whom it was about") {
    const Time now = today + hours{10};
    const auto dismissed = [&](std::string reason, int about) {
        return alert(now - hours{1}, AlertState::dismissed, Outcome::none, std::move(reason),
                     AccountId{about});
    };
    const std::vector<AlertRow> alerts{dismissed("automated", 7),    dismissed("no_reply_wanted", 7),
                                       dismissed("not_us", 3),       dismissed("answered", 3),
                                       dismissed("my own words", 3), dismissed("other", 5)};
    const RuleRecord record = record_of(alerts, now);
    using Reasons = std::map<std::string, std::uint32_t>;
    CHECK(record.by_reason ==
          Reasons{{"automated", 1}, {"no_reply_wanted", 1}, {"not_us", 1}, {"answered", 1}, {"other", 2}});
    using ByTarget = std::map<Against, std::uint32_t>;
    CHECK(record.against == ByTarget{{Against::rule, 3}, {Against::person, 2}, {Against::topic, 1}});
    using About = std::vector<std::pair<AccountId, std::uint32_t>>;
    CHECK(record.about == About{{AccountId{3}, 3}, {AccountId{7}, 2}});
}
