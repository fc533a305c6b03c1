// Scenarios 14 and 35: what becomes of relationships over time.

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "scenarios/told.hpp"
#include "support/catch.hpp"
#include "support/house.hpp"

using namespace rapport;
using namespace rapport::test;
using namespace std::chrono_literals;

namespace {

constexpr std::string_view quiet_rules = R"(rules:
  - name: champion-waits
    title: A champion waits for an answer
    when: person.role has champion and message.needs_reply
    ask: [owner, strongest tie, channel]
    reply within: 2h
)";
/// Nothing but what the test is about; and closeness that a few contacts reach.
constexpr std::string_view calm = R"(
letters: {digest: false, weekly: false}
depth: {percentiles: {acquaintance: 1, familiar: 2, close: 3, core: 4}, floors: {acquaintance: 0.2, familiar: 0.5, close: 1, core: 50}}
)";

/// The person says something, and the staffer answers them.
void talk(House& house, std::string_view person, std::string_view staffer, Saying how = {}) {
    Saying answer = how;
    answer.reply_to = house.say(person, "A word about Acme and the weather.", how);
    house.later(1min);
    house.say(staffer, "Nice to hear from you.", answer);
}

std::string ids_of(const House& house) {
    std::string ids;
    for (const auto& [id, letter] : house.letters) ids += (ids.empty() ? "" : " ") + id;
    return ids;
}

std::string words_of(const Letter& letter) {
    std::string text = letter.page.title + "\n";
    for (const Part& part : letter.page.parts) {
        text += part.heading + "\n" + part.text + "\n";
        for (const Field& field : part.fields) text += field.label + ": " + field.text + "\n";
        for (const Quote& quote : part.quotes) text += quote.author + " said: " + quote.text + "\n";
    }
    return text;
}

std::string key_of(const House& house, std::string_view who) {
    const AccountKey key = house.key(who);
    return key.platform + ":" + key.realm + ":" + key.id;
}

/// Kim and Ada in touch each Monday, five times; the last is on 30 March 2026.
void five_mondays(House& house) {
    house.know("kim", {"champion"}, "ada");
    for (const char* monday : {"2026-03-02 10:00", "2026-03-09 10:00", "2026-03-16 10:00", "2026-03-23 10:00",
                               "2026-03-30 10:00"}) {
        house.at(monday);
        talk(house, "kim", "ada");
    }
}

}  // namespace

TEST_CASE("scenario 35: longer silence than is usual with a close person: one reminder, in working hours") {
    House house{quiet_rules, team_yaml, calm};
    five_mondays(house);
    house.at("2026-04-10 10:00");  // eleven days: longer than usual, not clearly
    house.look_for_letters();
    CHECK(ids_of(house).empty());
    house.at("2026-04-13 05:00");  // a fortnight almost, and long before Ada works
    house.look_for_letters();
    CHECK(ids_of(house).empty());
    house.at("2026-04-14 05:00");  // a fortnight, at seven in the morning
    house.look_for_letters();
    CHECK(ids_of(house).empty());
    house.at("2026-04-14 07:30");
    house.look_for_letters();
    REQUIRE(house.letters.size() == 1);
    const std::string id = house.letters.begin()->first;
    CHECK_THAT(id, ContainsSubstring("rhythm:"));
    CHECK(house.letters.at(id).second == std::vector<AccountKey>{house.key("ada")});
    const std::string words = words_of(house.letter(id));
    CHECK_THAT(words, ContainsSubstring("Time for a word with kim?"));
    CHECK_THAT(words,
               ContainsSubstring("You and kim are usually in touch about every week. It has been 14 days."));
    CHECK_THAT(words, ContainsSubstring("Last contact: Mon 30 Mar 2026, 12:01"));
    CHECK_THAT(words, ContainsSubstring("kim said: A word about Acme and the weather."));
    CHECK_THAT(words, ContainsSubstring("ada said: Nice to hear from you."));

    SECTION("once only, however often it is looked for, and over a crash") {
        house.later(1h);
        house.look_for_letters();
        house.crash();
        house.at("2026-05-20 09:00");
        house.look_for_letters();
        CHECK(house.letters.size() == 1);
    }
    SECTION("a contact resets it, and the next long silence is a new one") {
        house.at("2026-05-04 09:00");
        talk(house, "kim", "ada");
        house.at("2026-05-11 09:00");
        house.look_for_letters();
        CHECK(house.letters.size() == 1);
        house.at("2026-06-15 09:00");
        house.look_for_letters();
        CHECK(house.letters.size() == 2);
    }
    SECTION("in a week again, if Ada says so") {
        house.press_letter("ada", id, "remind_later/" + key_of(house, "kim"));
        house.at("2026-04-17 08:00");
        house.look_for_letters();
        CHECK(house.letters.size() == 1);
        house.at("2026-04-21 10:00");
        house.look_for_letters();
        CHECK(house.letters.size() == 2);
        house.later(1h);
        house.look_for_letters();
        CHECK(house.letters.size() == 2);
    }
    SECTION("not any more, if Ada says so") {
        house.press_letter("ada", id, "rhythm/" + key_of(house, "kim"), "never");
        house.at("2026-05-04 09:00");
        talk(house, "kim", "ada");
        house.at("2026-08-03 09:00");
        house.look_for_letters();
        CHECK(house.letters.size() == 1);
    }
}

TEST_CASE("scenario 35: contact on any platform resets it") {
    constexpr std::string_view team = R"(
brand: {names: [Acme], accounts: ["chat:home:brand"]}
staff:
  ada: {full_name: Ada Winter, accounts: ["chat:home:ada", "forum:home:ada_w"], zone: Europe/Berlin}
  cyd: {full_name: Cyd Tanaka, accounts: ["chat:home:cyd"], zone: Europe/Berlin, lead: true}
)";
    House house{quiet_rules, team, calm};
    five_mondays(house);
    const Saying elsewhere{.channel = "square", .platform = "forum"};
    house.at("2026-04-08 10:00");
    Saying answer = elsewhere;
    answer.reply_to = house.say("kim_w", "Hello from over here.", elsewhere);
    house.put(LinkAccounts{house.key("kim"), house.key("kim_w", "forum"), "ada"});
    house.say("ada_w", "Good to see you here.", answer);
    house.at("2026-04-15 10:00");
    house.look_for_letters();
    CHECK(ids_of(house).empty());

    SECTION("a week later it would have been due") {
        house.at("2026-04-22 11:00");
        house.look_for_letters();
        CHECK(house.letters.size() == 1);
    }
    SECTION("un-linked, that was somebody else") {
        house.put(UnlinkAccount{house.key("kim_w", "forum"), "ada"});
        house.look_for_letters();
        CHECK(house.letters.size() == 1);
    }
}

TEST_CASE("scenario 14: a staffer leaves, each of their close relationships gets a proposed successor") {
    constexpr std::string_view team = R"(
brand: {names: [Acme], accounts: ["chat:home:brand"]}
staff:
  ada: {full_name: Ada Winter, accounts: ["chat:home:ada"], zone: Europe/Berlin, left: 2026-04-01}
  bea: {full_name: Bea Morgan, accounts: ["chat:home:bea"], zone: Europe/Berlin}
  cyd: {full_name: Cyd Tanaka, accounts: ["chat:home:cyd"], zone: Europe/Berlin, lead: true}
groups: {community: [ada, bea]}
)";
    House house{quiet_rules, team, std::string(calm) + "\n"};
    five_mondays(house);  // Kim: Ada's own, and Cyd has met her once
    talk(house, "kim", "cyd");
    for (int i = 0; i < 6; ++i) talk(house, "lena", "ada");  // Lena: nobody's, closest to Ada
    for (int i = 0; i < 3; ++i) talk(house, "sam", "bea");   // Sam: Bea's
    Saying to_sam;
    to_sam.mentions = {"sam"};
    house.say("lena", "@sam have you seen this?", to_sam);  // and Lena talks with Sam
    house.know("omar", {"customer"}, "ada");                // Omar: Ada's, and never heard
    house.at("2026-03-31 10:00");
    house.look_for_letters();
    CHECK(ids_of(house).empty());

    house.at("2026-04-01 10:00");
    house.look_for_letters();
    REQUIRE(house.letters.size() == 1);
    const std::string id = house.letters.begin()->first;
    CHECK_THAT(id, ContainsSubstring("succession:ada:"));
    CHECK(house.letters.at(id).second == std::vector<AccountKey>{house.key("cyd")});
    const std::string words = words_of(house.letter(id));
    CHECK_THAT(words, ContainsSubstring("Ada Winter is not on the team any more. Who should look after the 3 "
                                        "people who were theirs now?"));
    CHECK_THAT(words, ContainsSubstring("Cyd Tanaka: knows them best of those who are here"));
    CHECK_THAT(words, ContainsSubstring("Bea Morgan: knows sam, whom they talk with"));
    CHECK_THAT(words, ContainsSubstring("Bea Morgan: is in community, as Ada Winter was"));
    house.later(2h);
    house.look_for_letters();
    CHECK(house.letters.size() == 1);

    SECTION("one by one") {
        house.press_letter("cyd", id, "succeed/bea/" + key_of(house, "lena"));
        CHECK(house.account("lena").owner == "bea");
        CHECK(house.account("kim").owner == "ada");
    }
    SECTION("all as proposed") {
        house.press_letter("cyd", id, "succeed_all/ada");
        CHECK(house.account("kim").owner == "cyd");
        CHECK(house.account("lena").owner == "bea");
        CHECK(house.account("omar").owner == "bea");
        CHECK(house.account("sam").owner.empty());
    }
    SECTION("who has somebody else by then is left to them") {
        house.know("lena", {}, "cyd");
        house.press_letter("cyd", id, "succeed_all/ada");
        CHECK(house.account("lena").owner == "cyd");
    }
}

TEST_CASE("scenario 35: staff say how often, or never") {
    House house{quiet_rules, team_yaml, calm};
    five_mondays(house);
    const int days = GENERATE(0, 45);
    const std::int64_t rhythm = days == 0 ? no_rhythm : std::int64_t(days) * 24 * 3600 * 1000;
    house.put(StaffChange{"r1", "ada", SetRhythm{house.key("kim"), rhythm}});
    house.at("2026-05-04 07:30");
    house.look_for_letters();
    CHECK(ids_of(house).empty());
    house.at("2026-07-06 07:30");
    house.look_for_letters();
    CHECK(house.letters.size() == (days == 0 ? 0 : 1));
}

TEST_CASE("scenario 14: what was open with who left goes to the next") {
    std::string team{team_yaml};
    const std::size_t ada = team.find("  ada:");
    const std::size_t brace = team.find('{', ada);
    const std::size_t line = team.find('\n', ada);
    if (brace != std::string::npos && brace < line)
        team.insert(brace + 1, "left: \"2026-03-03\", ");
    else
        team.insert(line + 1, "    left: 2026-03-03\n");
    constexpr std::string_view rules = R"(rules:
  - name: asked
    title: Somebody asks
    when: person.role has champion and message.needs_reply
    ask: [owner, on duty in community, channel]
    reply within: 4h
)";
    House house{rules, team};
    house.at("2026-03-02 15:00");
    house.know("kim", {"champion"}, "ada");
    house.say("kim", "Does it speak IPv6?");
    CHECK(house.only_alert().staffer == "ada");
    house.at("2026-03-03 10:00");
    CHECK(house.only_alert().staffer == "bea");
    CHECK_THAT(fmt::format("{}", fmt::join(history_of(house.card(house.only_alert().id)), "\n")),
               ContainsSubstring("Ada Winter is not on the team any more, so the next is asked."));
}

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
    CHECK(ids_of(house) == "weekly:2026-W10");  // of the next there is nothing to say
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
    CHECK(ids_of(house) == "digest:ada:2026-03-03");
    const std::string words = words_of(house.letter("digest:ada:2026-03-03"));
    CHECK_THAT(words, ContainsSubstring("Waiting for you (1)"));
    CHECK_THAT(words, ContainsSubstring("sam: A champion waits for an answer; asked of you, due"));
}
