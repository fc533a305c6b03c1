// What time alone does to an alert.

#include "unit/alerts/table.hpp"

using namespace rapport;
using namespace rapport::test;
using namespace std::chrono_literals;

namespace {

void check_at(OneAlert& one, std::string_view when, AlertState state, std::string_view staffer) {
    one.house.at(when);
    INFO(when);
    CHECK(one.row().state == state);
    CHECK(one.row().staffer == staffer);
    check_books(one.house);
}

}  // namespace

TEST_CASE("the next step is the earliest of all clocks") {
    AlertRow row;
    CHECK(next_step(row, Team{}) == never);
    const Time midday = moment("2026-03-02 12:00");
    Time AlertRow::* const clocks[] = {
        &AlertRow::wait_until,      &AlertRow::hold_until, &AlertRow::due,
        &AlertRow::escalate_at,     &AlertRow::remind_at,  &AlertRow::release_at,
        &AlertRow::attest_check_at, &AlertRow::expires_at, &AlertRow::snooze_until};
    Time next = midday;
    for (const auto clock : clocks) {
        next -= 1min;
        row.*clock = next;
        CHECK(next_step(row, Team{}) == next);
    }
}

TEST_CASE("after the wait it is asked if it is still true, to the minute") {
    OneAlert one{Where::waiting};
    check_at(one, "2026-03-02 10:29", AlertState::waiting, "");
    check_at(one, "2026-03-02 10:30", AlertState::open, "ada");
}

TEST_CASE("answered during the wait it is withdrawn or verified, and nobody was disturbed") {
    OneAlert one{Where::waiting};
    one.house.say("bea", "sam: it does");
    one.house.at("2026-03-02 11:00");
    CHECK(is_closed(one.row().state));
    CHECK_FALSE(one.house.was_shown(one.id));
    check_books(one.house);
}

TEST_CASE("what is held opens at the first working minute") {
    OneAlert one{Where::held};
    check_at(one, "2026-03-03 07:59", AlertState::held, "");
    check_at(one, "2026-03-03 08:00", AlertState::open, "ada");  // 09:00 in Berlin
}

TEST_CASE("nobody takes it: a reminder when it is due, and as long again later the next is asked") {
    OneAlert one{Where::open};
    const std::string card = one.house.cards.begin()->first;
    check_at(one, "2026-03-02 11:59", AlertState::open, "ada");
    CHECK(one.house.sounds[card] == 1);
    check_at(one, "2026-03-02 12:00", AlertState::open, "ada");
    CHECK(one.house.sounds[card] == 2);
    check_at(one, "2026-03-02 13:59", AlertState::open, "ada");
    check_at(one, "2026-03-02 14:00", AlertState::open, "bea");
}

TEST_CASE("silence after a claim: a reminder after four working hours, release after six") {
    OneAlert one{Where::claimed};
    const std::string card = one.house.cards.begin()->first;
    const int before = one.house.sounds[card];
    check_at(one, "2026-03-02 13:59", AlertState::claimed, "ada");
    CHECK(one.house.sounds[card] == before);
    check_at(one, "2026-03-02 14:00", AlertState::claimed, "ada");
    CHECK(one.house.sounds[card] == before + 1);
    check_at(one, "2026-03-02 15:59", AlertState::claimed, "ada");
    one.house.at("2026-03-02 16:00");  // 17:00 in Berlin: everybody has just gone home
    CHECK(one.row().state == AlertState::held);
    check_books(one.house);
    check_at(one, "2026-03-03 08:00", AlertState::open, "bea");
}

TEST_CASE("I replied, and nothing is to be seen: asked once after half an hour, then left as it is") {
    OneAlert one{Where::attested};
    check_at(one, "2026-03-02 10:29", AlertState::replied, "ada");
    CHECK_FALSE(one.row().asking_about_answer);
    check_at(one, "2026-03-02 10:30", AlertState::replied, "ada");
    CHECK(one.row().asking_about_answer);
    check_at(one, "2026-03-09 10:31", AlertState::replied, "ada");
    CHECK_FALSE(one.row().asking_about_answer);
    CHECK(next_step(one.row(), one.house.world().team) == never);
    CHECK(one.row().outcome == Outcome::attested);
}

TEST_CASE("an answer that shows up later proves what was only attested") {
    for (const Where where : {Where::attested, Where::attested_asking}) {
        OneAlert one{where};
        one.house.say("ada", "it does", {.reply_to = "q1"});
        CHECK(one.row().outcome == Outcome::verified);
        CHECK(next_step(one.row(), one.house.world().team) == one.house.now() + 48h);  // it is watched
        check_books(one.house);
    }
}

TEST_CASE("whatever is not closed after a week is closed by itself") {
    for (const Where where : everywhere) {
        OneAlert one{where};
        one.house.later(std::chrono::days{20});
        INFO(int(where));
        CHECK(is_closed(one.row().state));
        CHECK(next_step(one.row(), one.house.world().team) == never);
        check_books(one.house);
    }
}

TEST_CASE("what is closed for good is not touched by time") {
    for (const Where where : {Where::verified, Where::dismissed, Where::expired, Where::withdrawn}) {
        OneAlert one{where};
        AlertRow before = one.row();
        before.expires_at = never;  // by then nobody watches the answer any more
        one.house.later(std::chrono::days{30});
        CHECK(one.row() == before);
    }
}
