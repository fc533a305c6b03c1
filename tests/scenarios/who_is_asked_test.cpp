// Scenarios 6-13 and 31: the right person, at the right hour, where they can answer, in a language they
// speak.

#include <algorithm>

#include "bot/alerts/card.hpp"
#include "scenarios/champions.hpp"
#include "scenarios/told.hpp"
#include "support/catch.hpp"
#include "support/house.hpp"

using namespace rapport;
using namespace rapport::test;
using namespace std::chrono_literals;

namespace {

std::string lines_of(const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines) text += line + "\n";
    return text;
}

std::string notice_for(const House& house, const Event& press) {
    for (const Notice& notice : house.notices)
        if (notice.action == std::get<Action>(press.body).id) return notice.text;
    return "";
}

}  // namespace

TEST_CASE("scenario 6: two staffers press I'll reply in the same second, one wins, and the other sees who") {
    House house{champion_rules("owner, on duty in community")};
    house.know("kim", {"champion"}, "ada");
    house.say("kim", question);
    const AlertId id = house.only_alert().id;
    house.later(3min);
    const Event ada = house.pressing("ada", id, "claim");
    const Event bea = house.pressing("bea", id, "claim");

    SECTION("the asked one is first") {
        house.together({ada, bea});
        CHECK(house.only_alert().staffer == "ada");
        CHECK(notice_for(house, ada) ==
              "It's yours. Answer from your own account, and the alert closes by itself.");
        CHECK(notice_for(house, bea) == "Ada Winter was faster: they have it since Mon 10:03.");
    }
    SECTION("the other one is first") {
        house.together({bea, ada});
        CHECK(house.only_alert().staffer == "bea");
        CHECK(notice_for(house, bea) ==
              "It's yours. Answer from your own account, and the alert closes by itself.");
        CHECK(notice_for(house, ada) == "Bea Morgan was faster: they have it since Mon 10:03.");
    }
    SECTION("the same press twice is one press") {
        house.together({ada, bea});
        house.together({ada, bea});
        CHECK(house.notices.size() == 2);
    }
    CHECK(house.only_alert().state == AlertState::claimed);
    const auto history = history_of(house.card(id));
    CHECK(std::count_if(history.begin(), history.end(),
                        [](const std::string& line) { return line.ends_with("will reply."); }) == 1);
}

TEST_CASE(
    "scenario 7: the owner and the next in `ask` are away: the third gets it, with why the others do not") {
    House house{champion_rules("owner, \"@bea\", \"@cyd\""), R"(
staff:
  ada: {accounts: ["chat:home:ada"], zone: Europe/Berlin, away: [{from: 2026-03-01, until: 2026-03-20}]}
  bea: {accounts: ["chat:home:bea"], zone: Europe/Berlin, away: [{from: 2026-03-01, until: 2026-03-20}]}
  cyd: {accounts: ["chat:home:cyd"], zone: Europe/Berlin}
)"};
    house.know("kim", {"champion"}, "ada");
    house.say("kim", question);
    CHECK(house.only_alert().staffer == "cyd");
    CHECK(house.only_alert().asked == std::vector<std::string>{"cyd"});
    const std::string why = lines_of(house.only_alert().why);
    CHECK_THAT(why, ContainsSubstring("ada: owns this relationship, but is not working until"));
    CHECK_THAT(why, ContainsSubstring("bea: named by the rule, but is not working until"));
}

TEST_CASE("scenario 7: a chain that ends nowhere ends in the team's channel, and the history says so") {
    House house{champion_rules("owner"), R"(
staff:
  ada: {accounts: ["chat:home:ada"], backup: bea, away: [{from: 2026-03-01, until: 2026-09-01}]}
  bea: {accounts: ["chat:home:bea"], away: [{from: 2026-03-01, until: 2026-09-01}]}
  cyd: {accounts: ["chat:home:cyd"]}
)"};
    SECTION("nobody owns them") {
        house.know("kim", {"champion"});
    }
    SECTION("the owner is away for half a year, and so is who steps in") {
        house.know("kim", {"champion"}, "ada");
    }
    house.say("kim", question);
    const AlertRow alert = house.only_alert();
    CHECK(alert.state == AlertState::open);
    CHECK(alert.staffer.empty());
    CHECK(house.shown_to[card_id(alert.id)].empty());
    CHECK(alert.why.back() == "nobody else can be asked, so it goes to the team's channel");
    CHECK(history_of(house.card(alert.id)).back() == "Asked the team's channel.");
}

TEST_CASE("scenario 7: the one whose week it is is away: the others of the group stand in, and say so") {
    House house{champion_rules("on duty in community"), R"(
staff:
  ada: {full_name: Ada Winter, accounts: ["chat:home:ada"], zone: Europe/Berlin}
  bea: {full_name: Bea Morgan, accounts: ["chat:home:bea"], zone: Europe/Berlin, away: [{from: 2026-03-09, until: 2026-03-13}]}
groups:
  community: {members: [ada, bea], rotation: weekly, starts: "2026-03-02 09:00", zone: Europe/Berlin}
)"};
    house.know("kim", {"champion"});
    house.know("lou", {"champion"});
    house.say("kim", question);
    CHECK(house.only_alert().staffer == "ada");
    CHECK_THAT(fields_of(house.card(house.only_alert().id)),
               ContainsSubstring("Why you: Ada Winter: on duty in community until Mon 9 Mar 2026, 09:00"));
    house.at("2026-03-10 10:00");  // Bea's week
    house.say("lou", "Can I mirror the repository, please?", {.channel = "mirrors"});
    const AlertRow alert = house.alerts().back();
    CHECK(alert.staffer == "ada");
    const std::string why = house.press("ada", alert.id, "why");
    CHECK_THAT(why,
               ContainsSubstring("Bea Morgan: on duty in community until Mon 16 Mar 2026, 09:00, but is not "
                                 "working until Fri 13 Mar 2026, 09:00"));
    CHECK_THAT(why, ContainsSubstring("Ada Winter: stands in for who is on duty in community"));
}

TEST_CASE("scenario 7: what nobody could take before it has expired goes to the team's channel") {
    House house{champion_rules("owner"), R"(
staff:
  ada: {accounts: ["chat:home:ada"], zone: Europe/Berlin, away: [{from: 2026-03-01, until: 2026-03-14}]}
  bea: {accounts: ["chat:home:bea"], zone: Europe/Berlin}
)"};
    house.know("kim", {"champion"}, "ada");
    house.say("kim", question);
    const AlertRow alert = house.only_alert();
    CHECK(alert.state == AlertState::open);
    CHECK(alert.staffer.empty());
    CHECK(house.was_shown(alert.id));
}

TEST_CASE("scenario 7: a chain in a loop is refused when the team is read") {
    const std::string_view team = R"(
staff:
  ada: {accounts: ["chat:home:ada"], backup: bea}
  bea: {accounts: ["chat:home:bea"], backup: ada}
)";
    CHECK_THROWS_WITH((House{champion_rules("owner"), team}),
                      ContainsSubstring("backups run in a circle: ada -> bea -> ada"));
}

TEST_CASE("scenario 8: Saturday 03:00 for the owner: held until Monday 09:00 their time") {
    struct Weekend {
        std::string saturday, before, monday;  // UTC
        std::string shown;
    };
    const auto weekend = GENERATE(values<Weekend>({
        {"2026-03-07 02:00", "2026-03-09 07:59", "2026-03-09 08:00", "winter"},
        {"2026-03-28 02:00", "2026-03-30 06:59", "2026-03-30 07:00", "clocks go forward on the Sunday"},
        {"2026-10-24 01:00", "2026-10-26 07:59", "2026-10-26 08:00", "clocks go back on the Sunday"},
    }));
    const auto ask =
        GENERATE(as<std::string>{}, "owner", "owner, channel", "owner, on duty in community, channel");
    CAPTURE(weekend.shown, ask);
    House house{champion_rules(ask)};
    house.know("kim", {"champion"}, "ada");
    house.at(weekend.saturday);
    house.say("kim", question);
    CHECK(house.only_alert().state == AlertState::held);
    CHECK(house.only_alert().hold_until == moment(weekend.monday));
    house.at(weekend.before);
    CHECK(house.cards.empty());
    CHECK(house.sounds.empty());
    house.at(weekend.monday);
    const AlertRow alert = house.only_alert();
    CHECK(alert.state == AlertState::open);
    CHECK(alert.staffer == "ada");
    CHECK(alert.opened == moment(weekend.monday));
    CHECK(house.sounds[card_id(alert.id)] == 1);
}

TEST_CASE("scenario 8: a public holiday on that Monday, and an hour in which nobody is to disturb them") {
    House house{champion_rules("owner"), R"(
holidays: [2026-03-09]
staff:
  ada: {full_name: Ada Winter, accounts: ["chat:home:ada"], zone: Europe/Berlin, do_not_disturb: {tue: "08:00-10:00"}}
)"};
    house.know("kim", {"champion"}, "ada");
    house.at("2026-03-07 02:00");
    house.say("kim", question);
    CHECK(house.only_alert().state == AlertState::held);
    house.at("2026-03-10 08:59");
    CHECK(house.cards.empty());
    house.at("2026-03-10 09:00");  // ten o'clock in Berlin
    CHECK(house.only_alert().staffer == "ada");
}

TEST_CASE("scenario 8: with urgency high: at once") {
    House house{champion_rules("owner, channel", "high")};
    house.know("kim", {"champion"}, "ada");
    house.at("2026-03-07 02:00");
    house.say("kim", question);
    const AlertRow alert = house.only_alert();
    CHECK(alert.state == AlertState::open);
    CHECK(alert.staffer == "ada");
    CHECK(alert.opened == moment("2026-03-07 02:00"));
    CHECK(house.sounds[card_id(alert.id)] == 1);
}

TEST_CASE("scenario 8: held, and by Monday nobody needs to be asked any more") {
    House house{champion_rules("owner")};
    house.know("kim", {"champion"}, "ada");
    house.at("2026-03-07 02:00");
    const std::string asked = house.say("kim", question);
    house.at("2026-03-08 12:00");
    house.say("bea", "It does!", {.reply_to = asked});
    house.at("2026-03-09 08:00");
    CHECK(is_closed(house.only_alert().state));
    CHECK(house.cards.empty());
}

TEST_CASE("scenario 9: claimed, then four working hours of silence: a reminder, then release to the next") {
    House house{champion_rules("owner, on duty in community")};
    house.know("kim", {"champion"}, "ada");

    SECTION("within a day") {
        house.say("kim", question);
        const AlertId id = house.only_alert().id;
        house.press("ada", id, "claim");  // Monday 10:00 in Berlin
        house.at("2026-03-02 12:59");
        CHECK(house.sounds[card_id(id)] == 1);
        house.at("2026-03-02 13:00");
        CHECK(house.sounds[card_id(id)] == 2);
        CHECK(house.alert(id).state == AlertState::claimed);
        CHECK(history_of(house.card(id)).back() == "Ada Winter was reminded: no answer is to be seen yet.");
        house.at("2026-03-02 14:59");
        CHECK(house.alert(id).staffer == "ada");
        house.at("2026-03-02 15:00");
        CHECK(house.alert(id).state == AlertState::open);
        CHECK(house.alert(id).staffer == "bea");
        CHECK(house.shown_to[card_id(id)] == std::vector<AccountKey>{house.key("ada"), house.key("bea")});
        CHECK(house.sounds[card_id(id)] == 3);
        const auto history = history_of(house.card(id));
        CHECK(history[history.size() - 2] == "No answer from Ada Winter, so the next is asked.");
        CHECK(history.back() == "Asked Bea Morgan.");
    }
    SECTION("over a weekend") {
        house.at("2026-03-06 14:00");
        house.say("kim", question);
        const AlertId id = house.only_alert().id;
        house.press("ada", id, "claim");  // Friday 15:00 in Berlin: two hours are left of the week
        house.at("2026-03-09 09:59");
        CHECK(house.sounds[card_id(id)] == 1);
        house.at("2026-03-09 10:00");
        CHECK(house.sounds[card_id(id)] == 2);
        house.at("2026-03-09 12:00");
        CHECK(house.alert(id).staffer == "bea");
    }
    SECTION("never if a reply came") {
        const std::string asked = house.say("kim", question);
        const AlertId id = house.only_alert().id;
        house.press("ada", id, "claim");
        house.at("2026-03-02 12:59");
        house.say("ada", "It does!", {.reply_to = asked});
        const AlertRow closed = house.alert(id);
        house.at("2026-04-02 12:00");
        CHECK(house.alert(id) == when_settled(closed));
        CHECK(house.sounds[card_id(id)] == 1);
    }
    SECTION("a reply that may be the answer keeps the others out until they say no") {
        house.say("kim", question);
        const AlertId id = house.only_alert().id;
        house.press("ada", id, "claim");
        house.later(10min);
        house.say("ada", "kim: it does");
        CHECK(house.card(id).status == "Was this your answer?");
        house.at("2026-03-02 15:30");
        CHECK(house.alert(id).staffer == "ada");
        house.press("ada", id, "answered_no");
        house.at("2026-03-03 13:29");
        CHECK(house.alert(id).staffer == "ada");
        house.at("2026-03-03 13:30");  // six working hours later
        CHECK(house.alert(id).staffer == "bea");
    }
}

TEST_CASE(
    "scenario 10: snoozed until tomorrow, the person writes again: awake at once, both messages shown") {
    House house{champion_rules("owner")};
    house.know("kim", {"champion"}, "ada");
    house.say("kim", question);
    const AlertId id = house.only_alert().id;
    CHECK_THAT(house.press("ada", id, "snooze", "tomorrow"),
               ContainsSubstring("Snoozed until Tue 3 Mar 2026, 09:00"));
    CHECK(house.only_alert().state == AlertState::snoozed);
    CHECK(house.only_alert().snooze_until == moment("2026-03-03 08:00"));

    SECTION("nobody writes: it sleeps until then") {
        house.at("2026-03-03 07:59");
        CHECK(house.only_alert().state == AlertState::snoozed);
        house.at("2026-03-03 08:00");
        CHECK(house.only_alert().state == AlertState::open);
        CHECK(house.sounds[card_id(id)] == 2);
    }
    SECTION("they write again") {
        const auto pause = GENERATE(2min, 120min);  // in the same conversation, and in a new one
        CAPTURE(pause.count());
        house.later(pause);
        const std::string again = house.say("kim", "And does it work behind a proxy?");
        const AlertRow alert = house.only_alert();
        CHECK(alert.state == AlertState::open);
        CHECK(alert.staffer == "ada");
        CHECK(alert.snooze_until == never);
        CHECK(quotes_of(house.card(id)) ==
              std::vector<std::string>{std::string(question), "And does it work behind a proxy?"});
        CHECK(house.sounds[card_id(id)] == 2);
        house.say("ada", "It does both!", {.reply_to = again});
        CHECK(house.only_alert().outcome == Outcome::verified);
    }
}

TEST_CASE("scenario 12: a staffer at capacity: the next is asked, and both reasons are in Why?") {
    House house{champion_rules("owner, on duty in community"), R"(
staff:
  ada: {full_name: Ada Winter, accounts: ["chat:home:ada"], zone: Europe/Berlin, capacity: 1}
  bea: {full_name: Bea Morgan, accounts: ["chat:home:bea"], zone: Europe/Berlin}
groups:
  community: [ada, bea]
)"};
    house.know("kim", {"champion"}, "ada");
    house.know("lou", {"champion"}, "ada");
    const std::string first = house.say("kim", question);
    house.later(20min);
    house.say("lou", "Can I mirror the repository, please?", {.channel = "mirrors"});
    const std::vector<AlertRow> alerts = house.alerts();
    REQUIRE(alerts.size() == 2);
    CHECK(alerts[0].staffer == "ada");
    CHECK(alerts[1].staffer == "bea");
    const std::string why = house.press("bea", alerts[1].id, "why");
    CHECK_THAT(why, ContainsSubstring(
                        "Ada Winter: owns this relationship, but has 1 alert already, as many as they take"));
    CHECK_THAT(why, ContainsSubstring("Bea Morgan: on duty in community"));
    CHECK_THAT(fields_of(house.card(alerts[1].id)),
               ContainsSubstring("Why you: Bea Morgan: on duty in community"));

    SECTION("room again once the first is answered") {
        house.say("ada", "It does!", {.reply_to = first});
        house.later(20min);
        house.say("kim", "Great. And does it speak QUIC?", {.channel = "quic"});
        CHECK(house.alerts().back().staffer == "ada");
    }
}
