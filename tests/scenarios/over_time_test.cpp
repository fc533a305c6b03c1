// Over time: close relationships that go silent, and staffers who leave (scenarios 14 and 35).

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "scenarios/told.hpp"
#include "support/catch.hpp"
#include "support/house.hpp"

using namespace rapport;
using namespace rapport::test;
using namespace std::chrono_literals;

namespace {

constexpr std::string_view quiet_rules = R"(
rules:
  - name: asked
    title: Somebody asks
    when: person.role in [champion] and message.needs_reply and not conversation.answered_by_person
    ask: [owner, on duty in community, channel]
    reply within: 4h
    cooldown: 0s
)";

/// A few talks make a relationship close.
constexpr std::string_view easily_close = R"(
depth:
  percentiles: {acquaintance: 1, familiar: 2, close: 3, core: 99}
  floors: {acquaintance: 0.05, familiar: 0.1, close: 0.2, core: 90}
letters: {weekly: false}
)";

/// Ada and Sam talk every ten days from 2 March on, the last time on 22 March.
void talk_for_weeks(House& house, std::string_view staffer = "ada") {
    house.at("2026-03-02 10:00");
    house.know("sam", {"champion"}, staffer);
    for (int i = 0; i < 3; ++i) {
        house.say("sam", "Good morning, I like the new release very much!", {.channel = "lobby"});
        house.later(1min);
        house.say(staffer, "sam: so glad to hear that", {.channel = "lobby"});
        house.later(24h * 10);
    }
}

std::vector<std::string> ids_of(const House& house, std::string_view prefix) {
    std::vector<std::string> ids;
    for (const auto& [id, letter] : house.letters)
        if (id.starts_with(prefix)) ids.push_back(id);
    return ids;
}

const Letter& only_letter(const House& house, std::string_view prefix) {
    const std::vector<std::string> ids = ids_of(house, prefix);
    REQUIRE(ids.size() == 1);
    return house.letters.at(ids.front()).first;
}

std::string text_of_letter(const Letter& letter) {
    std::string text = letter.page.title + "\n";
    for (const Part& part : letter.page.parts) {
        text += part.heading + "\n" + part.text + "\n";
        for (const Field& field : part.fields) text += field.label + ": " + field.text + "\n";
    }
    return text;
}

}  // namespace

TEST_CASE("scenario 35: silent for longer than their rhythm: one reminder, in working hours") {
    House house{quiet_rules, team_yaml, easily_close};
    talk_for_weeks(house);
    house.at("2026-04-09 07:30");  // 18 days: not yet twice the ten
    house.look_for_letters();
    CHECK(ids_of(house, "rhythm:").empty());
    house.at("2026-04-26 10:00");  // a Sunday
    house.look_for_letters();
    CHECK(ids_of(house, "rhythm:").empty());
    house.at("2026-04-27 05:00");  // 07:00 in Berlin
    house.look_for_letters();
    CHECK(ids_of(house, "rhythm:").empty());
    house.at("2026-04-27 07:30");
    house.look_for_letters();
    const Letter letter = only_letter(house, "rhythm:");
    CHECK(house.letters.at(ids_of(house, "rhythm:").front()).second ==
          std::vector<AccountKey>{house.key("ada")});
    CHECK(letter.page.title == "You have not heard from sam for a while");
    CHECK_THAT(text_of_letter(letter), ContainsSubstring("Last contact: Sun 22 Mar 2026"));
    CHECK_THAT(text_of_letter(letter), ContainsSubstring("so glad to hear that"));
    for (int i = 0; i < 5; ++i) {
        house.later(24h);
        house.look_for_letters();
    }
    CHECK(ids_of(house, "rhythm:").size() == 1);

    SECTION("contact resets it, and a new silence is reminded of once again") {
        house.say("ada", "Dear Sam, how are you?", {.channel = "lobby", .mentions = {"sam"}});
        house.at("2026-05-04 07:30");
        house.look_for_letters();
        CHECK(ids_of(house, "rhythm:").size() == 1);
        house.at("2026-07-20 07:30");
        house.look_for_letters();
        CHECK(ids_of(house, "rhythm:").size() == 2);
    }
}

TEST_CASE("scenario 35: staff say how often, or never") {
    House house{quiet_rules, team_yaml, easily_close};
    talk_for_weeks(house);
    const int days = GENERATE(0, 90);
    const std::int64_t rhythm = days == 0 ? no_rhythm : std::int64_t(days) * 24 * 3600 * 1000;
    house.put(StaffChange{"r1", "ada", SetRhythm{house.key("sam"), rhythm}});
    house.at("2026-05-04 07:30");
    house.look_for_letters();
    CHECK(ids_of(house, "rhythm:").empty());
    house.at("2026-10-05 07:30");
    house.look_for_letters();
    CHECK(ids_of(house, "rhythm:").size() == (days == 0 ? 0 : 1));
}

#ifndef RAPPORT_SLACK_HOUSE  // there all accounts are of one workspace
TEST_CASE("scenario 35: contact on any platform resets it") {
    House house{quiet_rules, team_yaml, easily_close};
    talk_for_weeks(house);
    house.say("sam", "Here I am, too, and I like it here.", {.channel = "timeline", .platform = "mastodon"});
    house.put(LinkAccounts{house.key("sam"), house.key("sam", "mastodon"), "ada"});
    house.at("2026-04-24 09:00");
    house.say("sam", "Good to see you here as well!",
              {.channel = "timeline", .platform = "mastodon", .mentions = {}});
    Event said =
        house.saying("ada", "sam: so good to see you here", {.channel = "timeline", .platform = "mastodon"});
    std::get<MessagePosted>(said.body).message.author.key = house.key("ada");
    std::get<MessagePosted>(said.body).message.mentions = {house.key("sam", "mastodon")};
    house.put(std::move(said));
    house.at("2026-04-27 07:30");
    house.look_for_letters();
    CHECK(ids_of(house, "rhythm:").empty());
}
#endif

TEST_CASE("scenario 14: a staffer leaves: each of their close relationships gets a proposed successor") {
    std::string team{team_yaml};
    const std::size_t ada = team.find("  ada:");
    const std::size_t brace = team.find('{', ada);
    const std::size_t line = team.find('\n', ada);
    const std::string left = "left: 2026-04-15";
    if (brace != std::string::npos && brace < line)
        team.insert(brace + 1, left + ", ");
    else
        team.insert(line + 1, "    " + left + "\n");
    House house{quiet_rules, team, easily_close};
    talk_for_weeks(house);
    house.know("max", {}, "ada");
    house.say("max", "I have a word to say, and it is long enough.", {.channel = "lobby"});
    house.say("ada", "max: thanks a lot for that", {.channel = "lobby"});
    house.say("sam", "And so do I, if anybody listens.", {.channel = "lobby"});
    house.say("bea", "sam: I liked that, too", {.channel = "lobby"});
    house.at("2026-04-14 08:00");
    house.look_for_letters();
    CHECK(ids_of(house, "succession:").empty());
    house.at("2026-04-16 07:30");  // 09:30 in Berlin, a Thursday
    house.look_for_letters();
    const Letter letter = only_letter(house, "succession:");
    CHECK(house.letters.at(ids_of(house, "succession:").front()).second ==
          std::vector<AccountKey>{house.key("cyd")});  // who leads
    const std::string text = text_of_letter(letter);
    CHECK_THAT(text, ContainsSubstring("Ada Winter has left"));
    CHECK_THAT(text, ContainsSubstring("sam\nBea Morgan knows them best (1 contact)."));
    CHECK_THAT(text, ContainsSubstring("max\nBea Morgan"));
    house.later(24h);
    house.look_for_letters();
    CHECK(ids_of(house, "succession:").size() == 1);
    CHECK(house.account("sam").owner == "ada");  // nothing changes until somebody says so
}

#ifndef RAPPORT_WEB_HOUSE  // there whoever leaves loses their desk, and what stands on it is nobody's matter
TEST_CASE("scenario 14: what was open with who left goes to the next") {
    std::string team{team_yaml};
    const std::size_t ada = team.find("  ada:");
    const std::size_t brace = team.find('{', ada);
    const std::size_t line = team.find('\n', ada);
    if (brace != std::string::npos && brace < line)
        team.insert(brace + 1, "left: \"2026-03-03\", ");
    else
        team.insert(line + 1, "    left: 2026-03-03\n");
    House house{quiet_rules, team};
    house.at("2026-03-02 15:00");
    house.know("kim", {"champion"}, "ada");
    house.say("kim", "Does it speak IPv6?");
    CHECK(house.only_alert().staffer == "ada");
    house.at("2026-03-03 10:00");
    CHECK(house.only_alert().staffer == "bea");
    CHECK_THAT(fmt::format("{}", fmt::join(history_of(house.card(house.only_alert().id)), "\n")),
               ContainsSubstring("Ada Winter is not on the team any more, so the next is asked."));
}
#endif

TEST_CASE("the week's report comes once, on the first working morning of the lead, with its picture") {
    House house{quiet_rules, team_yaml, "letters: {digest: false, rhythm: false}"};
    house.at("2026-03-02 10:00");
    house.know("sam", {"champion"}, "ada");
    const std::string asked = house.say("sam", "Does it speak IPv6?");
    house.later(10min);
    house.say("ada", "It does.", {.reply_to = asked});
    for (const char* when : {"2026-03-07 09:00", "2026-03-08 09:00", "2026-03-09 08:30", "2026-03-09 09:30",
                             "2026-03-10 08:30", "2026-03-16 08:30"}) {
        house.at(when);
        house.look_for_letters();
    }
    CHECK(ids_of(house, "weekly:") == std::vector<std::string>{"weekly:2026-W10", "weekly:2026-W11"});
    const auto& [letter, to] = house.letters.at("weekly:2026-W10");
    CHECK(to.empty());
    CHECK(letter.image.starts_with("\x89PNG"));
    CHECK_FALSE(letter.image_text.empty());
}

TEST_CASE("the morning's digest says what is open, and nothing to say is no letter") {
    House house{quiet_rules, team_yaml, "letters: {weekly: false}"};
    house.at("2026-03-02 08:30");
    house.look_for_letters();
    CHECK(house.letters.empty());
    house.know("sam", {"champion"}, "ada");
    house.at("2026-03-02 15:00");
    house.say("sam", "Does it speak IPv6?");
    house.at("2026-03-03 08:30");
    house.look_for_letters();
    CHECK(ids_of(house, "digest:") == std::vector<std::string>{"digest:ada:2026-03-03"});
    const std::string text = text_of_letter(house.letters.at("digest:ada:2026-03-03").first);
    CHECK_THAT(text, ContainsSubstring("1 waits for you"));
    CHECK_THAT(text, ContainsSubstring("sam: Somebody asks, due Tue 3 Mar 2026"));
}
