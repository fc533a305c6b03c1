// Whom a rule leaves in peace.

#include "bot/learning/quiet.hpp"

#include "bot/learning/verdict.hpp"
#include "support/catch.hpp"

using namespace rapport;
using namespace rapport::learning;
using std::chrono::days;

namespace {

const Time start{days{20'000}};

/// A person with so many accounts.
struct Person {
    explicit Person(std::size_t accounts = 1) : rows(accounts) {}
    std::vector<const AccountRow*> all() const {
        std::vector<const AccountRow*> pointers;
        for (const AccountRow& row : rows) pointers.push_back(&row);
        return pointers;
    }
    std::optional<Quiet> quiet(LearningConfig config = {}) const {
        return quiet_about(all(), "rule", config);
    }
    std::vector<AccountRow> rows;
};

}  // namespace

TEST_CASE("three 'not needed' within the time make a rule quiet, two do not, and it stays so") {
    Person kim;
    CHECK_FALSE(kim.quiet());
    add_unwanted(kim.rows[0], "rule", start);
    add_unwanted(kim.rows[0], "rule", start + days{80});
    CHECK_FALSE(kim.quiet());
    add_unwanted(kim.rows[0], "other", start + days{81});
    CHECK_FALSE(kim.quiet());
    add_unwanted(kim.rows[0], "rule", start + days{90});
    REQUIRE(kim.quiet());
    CHECK(kim.quiet()->since == start + days{90});
    CHECK(quiet_words(*kim.quiet(), "today") == "muted by three \"not needed\" (today)");
    // Later ones make no difference, however late.
    add_unwanted(kim.rows[0], "rule", start + days{900});
    CHECK(kim.quiet()->since == start + days{90});
    CHECK(all_quiet(kim.all(), {}).size() == 1);
}

TEST_CASE("'not needed' too far apart make nothing quiet, and a setting of 0 never does") {
    Person kim;
    for (const int day : {0, 45, 91, 140, 182}) add_unwanted(kim.rows[0], "rule", start + days{day});
    CHECK_FALSE(kim.quiet());
    CHECK(kim.quiet({2, days{90}}));
    CHECK(kim.quiet({3, days{91}}));
    CHECK_FALSE(kim.quiet({0, days{90}}));
}

TEST_CASE(
    "a person's 'not needed' are those of all their accounts, and an answer takes back what was before") {
    Person kim{2};
    add_unwanted(kim.rows[0], "rule", start);
    add_unwanted(kim.rows[0], "rule", start + days{1});
    add_unwanted(kim.rows[1], "rule", start + days{2});
    CHECK(kim.quiet());
    const AccountRow before = kim.rows[0];

    const std::vector<const AccountRow*> first{&kim.rows[0]};
    forget_unwanted(kim.rows[1], first, "rule", start + days{3});
    CHECK_FALSE(kim.quiet());
    CHECK(kim.rows[0] == before);  // of another person, if the two are un-linked
    for (const int day : {4, 5, 6}) add_unwanted(kim.rows[1], "rule", start + days{day});
    CHECK(kim.quiet()->since == start + days{6});

    forget_unwanted(kim.rows[1], {}, "rule", start + days{7});
    CHECK(kim.rows[1].unwanted.empty());
}

TEST_CASE("what is kept of an account is bounded") {
    AccountRow row;
    for (int i = 0; i < 100; ++i) add_unwanted(row, "rule", start + days{i});
    CHECK(row.unwanted.front().at.size() == max_unwanted);
    CHECK(row.unwanted.front().at.back() == start + days{99});
    for (int i = 0; i < 100; ++i) add_unwanted(row, "rule-" + std::to_string(i), start + days{i});
    CHECK(row.unwanted.size() == 16);
    CHECK(row.unwanted.back().rule == "rule-99");
}

TEST_CASE("the reason says what a 'not needed' counts against, and what became of an alert how it counts") {
    CHECK(against("no_reply_wanted") == Against::person);
    CHECK(against("automated") == Against::person);
    CHECK(against("not_us") == Against::topic);
    CHECK(against("answered") == Against::rule);
    CHECK(against("it was my birthday") == Against::rule);
    AlertRow alert;
    alert.state = AlertState::dismissed;
    CHECK(verdict_of(alert) == Verdict::neither);  // nobody was asked
    alert.opened = start;
    CHECK(verdict_of(alert) == Verdict::not_needed);
    alert.state = AlertState::replied;
    for (const auto& [outcome, verdict] :
         {std::pair{Outcome::verified, Verdict::good}, std::pair{Outcome::attested, Verdict::good},
          std::pair{Outcome::other_staff, Verdict::good}, std::pair{Outcome::brand, Verdict::neither}}) {
        alert.outcome = outcome;
        CHECK(verdict_of(alert) == verdict);
    }
}
