// Every button in every state.

#include <random>

#include "unit/alerts/table.hpp"

using namespace rapport;
using namespace rapport::test;
using namespace std::chrono_literals;

namespace {

struct Press {
    const char* by;
    const char* button;
    const char* choice;
};

bool open_to_presses(Where where) {
    return where < Where::verified;
}

/// Presses, and returns the words; fails if the alert is no longer as it was.
void check_changes_nothing(Where where, const Press& press, const std::string& words) {
    OneAlert one{where};
    const AlertRow before = one.row();
    const std::string told = one.house.press(press.by, one.id, press.button, press.choice);
    INFO("where " << int(where) << " " << press.button << " " << press.choice);
    CHECK_THAT(told, ContainsSubstring(words));
    CHECK(one.row() == before);
    check_books(one.house);
}

}  // namespace

TEST_CASE("the table begins where it says") {
    const AlertState states[] = {AlertState::waiting,   AlertState::held,    AlertState::open,
                                 AlertState::claimed,   AlertState::snoozed, AlertState::open,
                                 AlertState::replied,   AlertState::replied, AlertState::replied,
                                 AlertState::dismissed, AlertState::expired, AlertState::withdrawn};
    const Outcome outcomes[] = {Outcome::none,     Outcome::none, Outcome::none,     Outcome::none,
                                Outcome::none,     Outcome::none, Outcome::verified, Outcome::attested,
                                Outcome::attested, Outcome::none, Outcome::none,     Outcome::none};
    for (const Where where : everywhere) {
        OneAlert one{where};
        INFO(int(where));
        CHECK(one.row().state == states[int(where)]);
        CHECK(one.row().outcome == outcomes[int(where)]);
        CHECK(one.row().asking_about_answer == (where == Where::asking || where == Where::attested_asking));
        check_books(one.house);
    }
}

TEST_CASE("I'll reply claims it from wherever it is not claimed or closed") {
    for (const Where where : everywhere) {
        if (where == Where::claimed || !open_to_presses(where)) continue;
        OneAlert one{where};
        INFO(int(where));
        CHECK_THAT(one.house.press("bea", one.id, "claim"), ContainsSubstring("It's yours"));
        const AlertRow row = one.row();
        CHECK(row.state == AlertState::claimed);
        CHECK(row.staffer == "bea");
        CHECK(row.claimed == one.house.now());
        CHECK(row.snooze_until == never);
        CHECK(row.hold_until == never);
        CHECK(row.wait_until == never);
        CHECK(row.remind_at != never);
        CHECK(row.release_at > row.remind_at);
        check_books(one.house);
    }
    check_changes_nothing(Where::claimed, {"ada", "claim", ""}, "You have it already");
    check_changes_nothing(Where::claimed, {"bea", "claim", ""}, "Ada Winter was faster: they have it since");
}

TEST_CASE("I replied attests it from wherever it is not closed") {
    for (const Where where : everywhere) {
        if (!open_to_presses(where)) continue;
        OneAlert one{where};
        INFO(int(where));
        CHECK_THAT(one.house.press("bea", one.id, "replied"), ContainsSubstring("Thanks"));
        const AlertRow row = one.row();
        CHECK(row.state == AlertState::replied);
        CHECK(row.outcome == Outcome::attested);
        CHECK(row.staffer == "bea");
        CHECK(row.attest_check_at == one.house.now() + 30min);
        CHECK(row.closed == one.house.now());
        check_books(one.house);
    }
}

TEST_CASE("a snooze is understood in minutes, hours, days, weeks and until tomorrow") {
    const std::pair<const char*, Time> cases[] = {{"90m", moment("2026-03-02 11:30")},
                                                  {"3h", moment("2026-03-02 13:00")},
                                                  {"2d", moment("2026-03-04 10:00")},
                                                  {"tomorrow", moment("2026-03-03 08:00")}};
    for (const auto& [choice, until] : cases) {
        OneAlert one{Where::open};
        CHECK_THAT(one.house.press("ada", one.id, "snooze", choice), ContainsSubstring("Snoozed until"));
        CHECK(one.row().state == AlertState::snoozed);
        CHECK(one.row().snooze_until == until);
        check_books(one.house);
    }
    for (const char* choice : {"", "soon", "1", "h", "-1h", "0h", "1y", "1h30", "99999h", "1 h"})
        check_changes_nothing(Where::open, {"ada", "snooze", choice}, "I did not understand until when");
    check_changes_nothing(Where::open, {"ada", "snooze", "1w"}, "too long");
}

TEST_CASE("a snooze works wherever it is not closed, and takes it off the staffer's list") {
    for (const Where where : everywhere) {
        if (!open_to_presses(where)) continue;
        OneAlert one{where};
        INFO(int(where));
        one.house.press("ada", one.id, "snooze", "1h");
        CHECK(one.row().state == AlertState::snoozed);
        CHECK_FALSE(one.row().asking_about_answer);
        check_books(one.house);
        one.house.later(1h);
        CHECK(one.row().state == AlertState::open);
        CHECK(one.row().staffer == "ada");
        check_books(one.house);
    }
}

TEST_CASE("back to me wakes what sleeps and nothing else") {
    OneAlert one{Where::snoozed};
    CHECK(one.house.press("ada", one.id, "wake") == "Back on your list.");
    CHECK(one.row().state == AlertState::open);
    CHECK(one.row().snooze_until == never);
    check_books(one.house);
    for (const Where where : {Where::waiting, Where::held, Where::open, Where::claimed, Where::asking})
        check_changes_nothing(where, {"bea", "wake", ""}, "not asleep");
}

TEST_CASE("handed over, it is open with the other and carries the words") {
    for (const Where where : everywhere) {
        if (!open_to_presses(where)) continue;
        OneAlert one{where};
        INFO(int(where));
        CHECK(one.house.press("ada", one.id, "hand_over", "bea") == "Handed over to Bea Morgan.");
        CHECK(one.row().state == AlertState::open);
        CHECK(one.row().staffer == "bea");
        CHECK(one.row().brief == "Handed over by Ada Winter.");
        check_books(one.house);
    }
    check_changes_nothing(Where::open, {"ada", "hand_over", "ada"}, "has it already");
    check_changes_nothing(Where::open, {"ada", "hand_over", "zoe"}, "I don't know that colleague");
    check_changes_nothing(Where::open, {"ada", "hand_over", ""}, "I don't know that colleague");
}

TEST_CASE("not needed closes it with its reason from wherever it is not closed") {
    for (const Where where : everywhere) {
        if (!open_to_presses(where)) continue;
        OneAlert one{where};
        INFO(int(where));
        one.house.press("bea", one.id, "dismiss", "automated");
        CHECK(one.row().state == AlertState::dismissed);
        CHECK(one.row().reason == "automated");
        CHECK(one.house.card(one.id).status == "Not needed: it was automated");
        CHECK(next_step(one.row(), one.house.world().team) == never);
        check_books(one.house);
    }
}

TEST_CASE("what is closed answers every button with words and stays as it is") {
    for (const Where where :
         {Where::verified, Where::attested, Where::dismissed, Where::expired, Where::withdrawn}) {
        for (const char* button : {"claim", "replied", "wake", "nonsense"})
            check_changes_nothing(where, {"ada", button, ""}, "closed already");
        check_changes_nothing(where, {"bea", "snooze", "1h"}, "closed already");
        check_changes_nothing(where, {"bea", "hand_over", "cyd"}, "closed already");
        check_changes_nothing(where, {"bea", "dismiss", "other"}, "closed already");
    }
}

TEST_CASE("yes and no mean something only while the question is asked") {
    for (const Where where : everywhere) {
        if (where == Where::asking || where == Where::attested_asking) continue;
        check_changes_nothing(where, {"ada", "answered_yes", ""}, "settled");
        check_changes_nothing(where, {"ada", "answered_no", ""}, "settled");
    }
}

TEST_CASE("yes, that was it closes what was open, no leaves it open with its deadlines") {
    OneAlert yes{Where::asking};
    yes.house.press("ada", yes.id, "answered_yes");
    CHECK(yes.row().state == AlertState::replied);
    CHECK(yes.row().outcome == Outcome::attested);
    CHECK(next_step(yes.row(), yes.house.world().team) == yes.house.now() + 48h);  // the answer is watched
    check_books(yes.house);
    OneAlert no{Where::asking};
    no.house.press("ada", no.id, "answered_no");
    CHECK(no.row().state == AlertState::open);
    CHECK(no.row().answer == MessageId::none);
    CHECK(no.row().due != never);
    CHECK_FALSE(no.row().asking_about_answer);
    check_books(no.house);
}

TEST_CASE("asked whether I replied was so: yes ends it, no opens it again for who says so") {
    OneAlert yes{Where::attested_asking};
    yes.house.press("ada", yes.id, "answered_yes");
    CHECK(yes.row().state == AlertState::replied);
    CHECK(yes.row().outcome == Outcome::attested);
    CHECK(next_step(yes.row(), yes.house.world().team) == never);
    OneAlert no{Where::attested_asking};
    no.house.press("ada", no.id, "answered_no");
    CHECK(no.row().state == AlertState::open);
    CHECK(no.row().outcome == Outcome::none);
    CHECK(no.row().staffer == "ada");
    CHECK(no.row().closed == never);
    check_books(no.house);
}

TEST_CASE("why says why, in every state, and changes nothing") {
    for (const Where where : everywhere) check_changes_nothing(where, {"cyd", "why", ""}, "person.role");
}

TEST_CASE("an unknown button is told so and changes nothing") {
    for (const Where where : {Where::waiting, Where::held, Where::open, Where::claimed, Where::snoozed})
        check_changes_nothing(where, {"ada", "nonsense", ""}, "I don't know the button");
}

TEST_CASE("a press by somebody who is not on the team does nothing and tells them nothing") {
    for (const Where where : everywhere) {
        OneAlert one{where};
        const AlertRow before = one.row();
        const std::size_t notices = one.house.notices.size();
        for (const char* who : {"sam", "brand", "nobody"})
            for (const char* button : {"claim", "replied", "why", "dismiss"})
                CHECK(one.house.press(who, one.id, button) == "");
        CHECK(one.row() == before);
        CHECK(one.house.notices.size() == notices);
    }
}

TEST_CASE("the counters never drift and every alert has a next step, whatever is pressed and said") {
    static const char* const staff[] = {"ada", "bea", "cyd"};
    static const char* const buttons[] = {"claim",   "replied",      "snooze",      "wake", "hand_over",
                                          "dismiss", "answered_yes", "answered_no", "why"};
    static const char* const choices[] = {"1h", "3d", "tomorrow", "ada", "bea", "cyd", "", "other"};
    static const char* const people[] = {"sam", "kim", "lea", "joe"};
    for (unsigned seed = 1; seed <= 8; ++seed) {
        std::mt19937 random{seed};
        const auto pick = [&](auto& from) { return from[random() % std::size(from)]; };
        House house{table_rules};
        house.know("sam", {"champion"}, "ada");
        house.know("kim", {"champion"}, "bea");
        house.know("lea", {"customer"}, "ada");
        house.know("joe", {"customer"});
        std::vector<std::string> said;
        for (int step = 0; step < 150; ++step) {
            const std::size_t alerts = house.alerts().size();
            const unsigned what = random() % 10;
            if (what < 2) {
                said.push_back(
                    house.say(pick(people), "Does it speak IPv6?",
                              {.channel = random() % 2 ? "help" : "dev", .id = "s" + std::to_string(step)}));
            } else if (what == 2 && !said.empty()) {
                house.say(pick(staff), "it does", {.reply_to = said[random() % said.size()]});
            } else if (what == 3) {
                house.say(pick(staff), std::string(pick(people)) + ": it does");
            } else if (what == 4) {
                house.later(std::chrono::minutes{random() % 600});
            } else if (what == 5 && !said.empty() && random() % 3 == 0) {
                house.remove(said[random() % said.size()]);
            } else if (alerts > 0) {
                house.press(pick(staff), AlertId(std::int64_t(1 + random() % alerts)), pick(buttons),
                            pick(choices));
            }
            INFO("seed " << seed << ", step " << step);
            check_books(house);
        }
        CHECK(house.alerts().size() > 5);
    }
}

TEST_CASE("snooze understands a moment on the presser's own clock") {
    OneAlert one{Where::open};
    CHECK_THAT(one.house.press("ada", one.id, "snooze", "2026-03-04 09:30"),
               ContainsSubstring("Snoozed until Wed 4 Mar 2026, 09:30"));
    CHECK(one.row().snooze_until == moment("2026-03-04 08:30"));
    OneAlert other{Where::open};
    other.house.press("bea", other.id, "snooze", "2026-03-04T09:30");
    CHECK(other.row().snooze_until == moment("2026-03-04 08:30"));
    CHECK(other.row().staffer == "bea");
    check_changes_nothing(Where::open, {"ada", "snooze", "2026-03-01 09:30"}, "is over already");
    check_changes_nothing(Where::open, {"ada", "snooze", "2027-03-01 09:30"}, "too long");
    for (const char* bad : {"2026-02-30 09:30", "2026-03-04 24:00", "2026-03-04 09:60", "2026-03-04 9:30",
                            "2026-03-0a 09:30", "2026-03-04_09:30"})
        check_changes_nothing(Where::open, {"ada", "snooze", bad}, "did not understand");
}

TEST_CASE("it can be handed over to a colleague's account, with a brief") {
    OneAlert one{Where::open};
    CHECK_THAT(one.house.press("ada", one.id, "hand_over", "chat:home:bea", "They know each other."),
               ContainsSubstring("Handed over to Bea Morgan"));
    CHECK(one.row().staffer == "bea");
    CHECK(one.row().brief == "Handed over by Ada Winter: They know each other.");
    for (const char* nobody : {"chat:home:sam", "chat:home", "chat:other:bea", "bea:", ":::"})
        check_changes_nothing(Where::open, {"ada", "hand_over", nobody}, "don't know that colleague");
}

TEST_CASE("not needed keeps the reason in the presser's own words") {
    OneAlert one{Where::open};
    Event event = one.house.pressing("ada", one.id, "dismiss", "other");
    std::get<Action>(event.body).values["reason"] = "  We met\nyesterday ";
    one.house.put(std::move(event));
    CHECK(one.row().reason == "We met yesterday");
    CHECK(one.house.card(one.id).status == "Not needed: We met yesterday");
}
