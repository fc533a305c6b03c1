#include "bot/letters/digest.hpp"

#include "bot/letters/due.hpp"
#include "support/catch.hpp"
#include "support/house.hpp"

using namespace rapport;
using namespace rapport::test;
using namespace std::chrono_literals;

namespace {

constexpr std::string_view ask_rules = R"(rules:
  - name: question
    title: Somebody asked
    when: person.role has champion and message.needs_reply
    ask: [owner]
    reply within: 8h
  - name: praise
    title: Somebody is happy
    when: person.role has fan
    ask: [owner]
    urgency: digest
)";
constexpr std::string_view only_digest = "letters: {rhythm: false, weekly: false}\n";

std::string words_of(const Letter& letter) {
    std::string text = letter.page.title + "\n";
    for (const Part& part : letter.page.parts) {
        text += part.heading + "\n";
        for (const Field& field : part.fields) text += "- " + field.label + ": " + field.text + "\n";
        if (!part.text.empty()) text += part.text + "\n";
    }
    return text;
}

/// Champions who ask, each an alert for Ada.
void ask(PlainHouse& house, int count) {
    for (int i = 0; i < count; ++i) {
        const std::string who = "champion" + std::to_string(100 + i);
        house.know(who, {"champion"}, "ada");
        house.say(who, "How do I install Acme on my laptop?", {.channel = who});
    }
}

}  // namespace

TEST_CASE("the digest comes in the first working hours of each staffer's day, once, and not without a word") {
    PlainHouse house{ask_rules, team_yaml, only_digest};
    house.at("2026-03-03 08:05");
    house.look_for_letters();
    CHECK(house.letters.empty());
    house.at("2026-03-03 10:00");
    ask(house, 1);
    house.look_for_letters();  // at eleven in Berlin the morning is over
    CHECK(house.letters.empty());
    house.at("2026-03-04 07:59");
    house.look_for_letters();
    CHECK(house.letters.empty());
    house.at("2026-03-04 08:00");
    house.look_for_letters();
    REQUIRE(house.letters.size() == 1);
    CHECK(house.letters.at("digest:ada:2026-03-04").second == std::vector{house.key("ada")});
    house.at("2026-03-04 09:59");
    house.look_for_letters();
    CHECK(house.letters.size() == 1);
    house.at("2026-03-05 08:00");
    house.look_for_letters();
    CHECK(house.letters.size() == 2);
}

TEST_CASE("the digest says what waits, those that waited for it first, and what was closed, and by whom") {
    PlainHouse house{ask_rules, team_yaml, only_digest};
    house.at("2026-03-03 09:00");
    house.know("kim", {"champion"}, "ada");
    house.know("lou", {"champion"}, "ada");
    house.know("max", {"fan"}, "ada");
    const std::string question = house.say("kim", "How do I install Acme on my laptop?", {.channel = "a"});
    house.say("lou", "How do I install Acme on my phone?", {.channel = "b"});
    house.say("max", "Acme is the best thing I have bought in years.", {.channel = "c"});
    house.later(10min);
    house.say("ada", "Like this.", {.channel = "a", .reply_to = question});
    house.at("2026-03-04 08:30");
    house.look_for_letters();
    CHECK(words_of(house.letter("digest:ada:2026-03-04")) ==
          "Good morning, Ada Winter\n"
          "Waiting for you (2)\n"
          "- max: Somebody is happy; asked of you\n"
          "- lou: Somebody asked; asked of you, due Wed 10:00\n"
          "Closed since Tue 09:00\n"
          "- kim: Somebody asked; answered by you\n");
}

TEST_CASE("the digest of whoever was asked first and answered after all says so") {
    PlainHouse house{ask_rules, team_yaml, only_digest};
    house.at("2026-03-03 09:00");
    house.know("kim", {"champion"}, "ada");
    const std::string question = house.say("kim", "How do I install Acme on my laptop?");
    house.press("ada", house.only_alert().id, "hand_over", "bea");
    house.say("ada", "Like this.", {.reply_to = question});
    REQUIRE(house.only_alert().outcome == Outcome::other_staff);
    house.at("2026-03-04 08:30");
    house.look_for_letters();
    CHECK_THAT(words_of(house.letter("digest:ada:2026-03-04")),
               ContainsSubstring("- kim: Somebody asked; answered by you"));
}

TEST_CASE("on Monday the digest looks back to Friday, weekends and holidays have none") {
    PlainHouse house{ask_rules, team_yaml, only_digest};
    house.at("2026-03-06 10:00");  // a Friday
    house.know("kim", {"champion"}, "ada");
    const std::string question = house.say("kim", "How do I install Acme on my laptop?");
    house.later(10min);
    house.say("ada", "Like this.", {.reply_to = question});
    for (const char* weekend : {"2026-03-07 08:00", "2026-03-08 08:00"}) {
        house.at(weekend);
        house.look_for_letters();
    }
    CHECK(house.letters.empty());
    house.at("2026-03-09 08:00");
    house.look_for_letters();
    CHECK_THAT(words_of(house.letter("digest:ada:2026-03-09")),
               ContainsSubstring("Closed since Fri 09:00\n- kim: Somebody asked; answered by you"));
}

TEST_CASE("whoever is away, or not to be disturbed, gets no letter until that is over") {
    PlainHouse house{ask_rules, team_yaml, only_digest};
    house.at("2026-03-03 10:00");
    ask(house, 1);
    const bool away = GENERATE(true, false);
    const Time until = moment("2026-03-04 08:30");  // half past nine in Berlin
    if (away)
        house.put(StaffChange{"a1", "ada", SetAway{"ada", until}});
    else
        house.put(StaffChange{"a1", "ada", SetQuiet{"ada", until}});
    house.at("2026-03-04 08:15");
    house.look_for_letters();
    CHECK_FALSE(house.letters.contains("digest:ada:2026-03-04"));
    house.at("2026-03-04 08:45");
    house.look_for_letters();
    CHECK(house.letters.contains("digest:ada:2026-03-04"));
}

TEST_CASE("long lists in the digest are cut, and say how much is missing") {
    PlainHouse house{ask_rules, team_yaml, only_digest};
    house.at("2026-03-03 10:00");
    ask(house, 20);
    house.at("2026-03-04 08:00");
    house.look_for_letters();
    std::size_t waiting = 0;
    for (const AlertRow& alert : house.alerts()) waiting += alert.staffer == "ada" && !is_closed(alert.state);
    REQUIRE(waiting > 0);
    const std::string words = words_of(house.letter("digest:ada:2026-03-04"));
    CHECK_THAT(words, ContainsSubstring("Waiting for you (" + std::to_string(waiting) + ")"));
    if (waiting > 12) CHECK_THAT(words, ContainsSubstring("And " + std::to_string(waiting - 12) + " more."));
}

TEST_CASE(
    "nothing is sent that the settings do not want, and what is known of earlier looks changes nothing") {
    PlainHouse quiet{ask_rules, team_yaml, "letters: {rhythm: false, weekly: false, digest: false}\n"};
    quiet.at("2026-03-03 10:00");
    ask(quiet, 1);
    quiet.at("2026-03-04 08:00");
    quiet.look_for_letters();
    CHECK(quiet.letters.empty());

    PlainHouse house{ask_rules, team_yaml, only_digest};
    house.at("2026-03-03 10:00");
    ask(house, 1);
    house.at("2026-03-04 08:00");
    letters::Looked looked;
    const auto due = [&] {
        Lookup lookup{house.store()};
        letters::Look look{house.store(), lookup, house.world(), house.now()};
        return letters::due_letters(look, looked);
    };
    REQUIRE(due().size() == 1);
    CHECK(due().empty());  // the same looks remember; what they put in may be on its way
    looked = {};
    CHECK(due().size() == 1);
    house.look_for_letters();
    looked = {};
    CHECK(due().empty());  // the store knows
}

TEST_CASE(
    "the week's report comes on Monday in the lead's first hours, to the team's channel, with its picture") {
    PlainHouse house{ask_rules, team_yaml, "letters: {rhythm: false, digest: false}\n"};
    house.at("2026-03-03 10:00");
    ask(house, 1);
    house.at("2026-03-06 09:00");
    house.look_for_letters();
    house.at("2026-03-09 07:59");
    house.look_for_letters();
    CHECK(house.letters.empty());
    house.at("2026-03-09 08:00");
    house.look_for_letters();
    REQUIRE(house.letters.size() == 1);
    const auto& [letter, to] = house.letters.at("weekly:2026-W10");
    CHECK(to.empty());
    CHECK(letter.image.starts_with("\x89PNG"));
    CHECK(letter.image.size() <= max_image);
    CHECK_FALSE(letter.image_text.empty());
    CHECK_FALSE(letter.page.parts.empty());
    house.at("2026-03-09 12:00");
    house.look_for_letters();
    CHECK(house.letters.size() == 1);
    house.at("2026-03-23 08:00");  // nothing was said last week, and no alert closed
    house.look_for_letters();
    CHECK(house.letters.size() == 1);
}

TEST_CASE("weeks begin by the lead's clock, without a lead, by that of the first who is on the team") {
    const std::string team = R"(
staff:
  ada: {full_name: Ada Winter, accounts: ["chat:home:ada"], zone: Asia/Tokyo}
  bea: {full_name: Bea Morgan, accounts: ["chat:home:bea"], zone: Europe/Berlin)";
    const bool with_lead = GENERATE(true, false);
    PlainHouse house{ask_rules, team + (with_lead ? ", lead: true}\n" : "}\n"),
                     "letters: {rhythm: false, digest: false}\n"};
    house.at("2026-03-03 10:00");
    ask(house, 1);
    house.at("2026-03-09 00:30");  // half past nine in Tokyo
    house.look_for_letters();
    CHECK(house.letters.size() == (with_lead ? 0 : 1));
    house.at("2026-03-09 08:30");  // half past nine in Berlin
    house.look_for_letters();
    CHECK(house.letters.size() == 1);
}
