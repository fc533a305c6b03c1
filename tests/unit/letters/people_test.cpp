// Reminders and successions: what they say, to whom, and what they keep to themselves.

#include "bot/letters/due.hpp"
#include "bot/letters/succession.hpp"
#include "bot/letters/touch.hpp"
#include "support/catch.hpp"
#include "support/house.hpp"

using namespace rapport;
using namespace rapport::test;
using namespace std::chrono_literals;

namespace {

constexpr std::string_view no_rules = "rules: []\n";
constexpr std::string_view only_people = R"(
letters: {digest: false, weekly: false}
depth: {percentiles: {acquaintance: 1, familiar: 2, close: 3, core: 4}, floors: {acquaintance: 0.5, familiar: 1, close: 2, core: 50}}
)";

void talk(PlainHouse& house, std::string_view person, std::string_view staffer, int times, Saying how = {}) {
    for (int i = 0; i < times; ++i) {
        Saying answer = how;
        answer.reply_to = house.say(person, "Words of " + std::string(person) + ".", how);
        house.say(staffer, "Words of " + std::string(staffer) + ".", answer);
    }
}

/// In touch every Monday of March 2026.
void every_monday(PlainHouse& house, std::string_view person, std::string_view staffer, Saying how = {}) {
    for (const char* monday :
         {"2026-03-02 10:00", "2026-03-09 10:00", "2026-03-16 10:00", "2026-03-23 10:00"}) {
        house.at(monday);
        talk(house, person, staffer, 2, how);
    }
}

std::string quotes_of(const Letter& letter) {
    std::string text;
    for (const Part& part : letter.page.parts)
        for (const Quote& quote : part.quotes) text += quote.author + ": " + quote.text + "\n";
    return text;
}

std::string text_of(const Letter& letter) {
    std::string text = letter.page.title + "\n";
    for (const Part& part : letter.page.parts) {
        text += "# " + part.heading + "\n" + part.text + "\n";
        for (const Field& field : part.fields) text += field.label + ": " + field.text + "\n";
        for (const Button& button : part.buttons) text += "[" + button.label + "]\n";
    }
    return text;
}

const Letter& only(const PlainHouse& house) {
    REQUIRE(house.letters.size() == 1);
    return house.letters.begin()->second.first;
}

}  // namespace

TEST_CASE("a reminder quotes no words of a direct message but the reader's own") {
    PlainHouse house{no_rules, team_yaml, only_people};
    house.know("kim", {"champion"}, "ada");
    every_monday(house, "kim", "ada", {.channel = "dm-kim", .kind = ChannelKind::dm});
    house.at("2026-04-10 10:00");
    house.look_for_letters();
    CHECK(quotes_of(only(house)) == "ada: Words of ada.\n");
    CHECK(house.letters.begin()->second.second == std::vector{house.key("ada")});
}

TEST_CASE("the owner is reminded even where a colleague was in touch last, and shown no words of theirs") {
    PlainHouse house{no_rules, team_yaml, only_people};
    every_monday(house, "kim", "bea", {.channel = "dm-kim", .kind = ChannelKind::dm});
    house.know("kim", {}, "ada");
    house.at("2026-04-10 10:00");
    house.look_for_letters();
    CHECK(quotes_of(only(house)).empty());
    CHECK(house.letters.begin()->second.second == std::vector{house.key("ada")});
}

TEST_CASE("nobody is reminded of a person who is muted, not close, or about whom an alert is open") {
    PlainHouse house{R"(rules:
  - name: question
    title: Somebody asked
    when: message.needs_reply
    ask: [owner]
)",
                     team_yaml, only_people};
    house.know("kim", {"champion"}, "ada");
    every_monday(house, "kim", "ada");
    std::size_t reminders = 0;
    SECTION("none of that") {
        reminders = 1;
    }
    SECTION("muted") {
        house.put(StaffChange{"mute", "ada", MutePerson{house.key("kim"), moment("2026-05-01 00:00")}});
    }
    SECTION("an alert is open") {
        house.at("2026-04-09 10:00");
        house.say("kim", "How do I install Acme on my laptop?");
    }
    SECTION("a rhythm that staff have set is longer") {
        house.put(StaffChange{
            "seldom", "ada",
            SetRhythm{house.key("kim"), std::chrono::milliseconds{std::chrono::days{90}}.count()}});
    }
    SECTION("not close: they have met twice") {
        PlainHouse other{no_rules, team_yaml, only_people};
        other.know("lou", {}, "ada");
        talk(other, "lou", "ada", 1);
        other.later(std::chrono::days{1});
        talk(other, "lou", "ada", 1);
        other.at("2026-04-10 10:00");
        other.look_for_letters();
        CHECK(other.letters.empty());
        reminders = 1;
    }
    house.at("2026-04-10 10:00");
    house.look_for_letters();
    CHECK(house.letters.size() == reminders);
}

TEST_CASE("one look sends fifty letters at most, the next one sends the rest") {
    PlainHouse house{no_rules, team_yaml, only_people};
    for (int week = 0; week < 3; ++week) {
        for (int i = 0; i < 70; ++i) talk(house, "p" + std::to_string(i), "ada", 2);
        house.later(std::chrono::days{7});
    }
    house.at("2026-04-20 10:00");
    letters::Looked looked;
    const auto look = [&] {
        Lookup lookup{house.store()};
        letters::Look now{house.store(), lookup, house.world(), house.now()};
        const auto due = letters::due_letters(now, looked);
        for (const SendLetter& letter : due) house.put(letter);
        return due.size();
    };
    CHECK(look() == letters::most_letters);
    CHECK(look() == 70 - letters::most_letters);
    CHECK(look() == 0);
    CHECK(house.letters.size() == 70);
}

TEST_CASE("people of somebody whom team.yaml does not name any more are noticed as well") {
    PlainHouse house{no_rules, team_yaml, only_people};
    house.know("kim", {"customer"}, "zoe");
    house.know("lou", {"customer"}, "zoe");
    house.know("max", {"customer"}, "bea");
    talk(house, "kim", "bea", 1);
    house.later(1h);
    house.look_for_letters();
    CHECK(house.letters.begin()->first == "succession:zoe:0");
    CHECK(house.letters.begin()->second.second == std::vector{house.key("cyd")});
    const std::string text = text_of(only(house));
    CHECK_THAT(text,
               ContainsSubstring("zoe is not on the team any more. Who should look after the 2 people"));
    CHECK_THAT(text, ContainsSubstring("[Bea Morgan for kim]"));
    CHECK_THAT(text, ContainsSubstring("Cyd Tanaka: leads the team; nobody on it knows them or those whom "
                                       "they talk with\n[Cyd Tanaka for lou]\n[Somebody else]"));
    CHECK(text.find("max") == std::string::npos);
}

TEST_CASE("a succession waits for the lead's working hours, without a lead the team's channel gets it") {
    const std::string left = R"(
staff:
  ada: {full_name: Ada Winter, accounts: ["chat:home:ada"], zone: Europe/Berlin, left: 2026-03-10}
  bea: {full_name: Bea Morgan, accounts: ["chat:home:bea"], zone: Europe/Berlin)";
    SECTION("a lead") {
        PlainHouse house{no_rules, left + ", lead: true}\n", only_people};
        house.know("kim", {"customer"}, "ada");
        house.at("2026-03-10 05:00");
        house.look_for_letters();
        CHECK(house.letters.empty());
        house.at("2026-03-10 09:00");
        house.look_for_letters();
        CHECK(house.letters.begin()->second.second == std::vector{house.key("bea")});
    }
    SECTION("none") {
        PlainHouse house{no_rules, left + "}\n", only_people};
        house.know("kim", {"customer"}, "ada");
        house.at("2026-03-10 05:00");
        house.look_for_letters();
        CHECK(only(house).page.title == "Who follows Ada Winter?");
        CHECK(house.letters.begin()->second.second.empty());
    }
}

TEST_CASE("of the same group and language, whoever speaks the person's language comes first") {
    PlainHouse house{no_rules, R"(
staff:
  ada: {full_name: Ada Winter, accounts: ["chat:home:ada"], left: 2026-03-10}
  bea: {full_name: Bea Morgan, accounts: ["chat:home:bea"], languages: [en]}
  cyd: {full_name: Cyd Tanaka, accounts: ["chat:home:cyd"], languages: [de]}
  dan: {full_name: Dan Okoro, accounts: ["chat:home:dan"], languages: [de]}
groups: {community: [ada, bea, dan]}
)",
                     only_people};
    house.know("uwe", {"customer"}, "ada");
    house.say("uwe", "Guten Tag zusammen, ich habe eine Frage zu dem neuen Buch und der Anleitung.");
    house.know("sue", {"customer"}, "ada");
    house.at("2026-03-10 10:00");
    Lookup lookup{house.store()};
    letters::Look look{house.store(), lookup, house.world(), house.now()};
    const auto leavers = letters::leavers(look);
    REQUIRE(leavers.size() == 1);
    std::map<std::string, std::string> who;
    for (const letters::Proposal& one : letters::propose(look, leavers.front()))
        who[one.name] = one.successor->name + ": " + one.reason;
    CHECK(who["uwe"] == "dan: is in community, as Ada Winter was, and speaks their language (de)");
    CHECK(who["sue"] == "bea: is in community, as Ada Winter was");
}

TEST_CASE("of many who are left alone, the closest are shown, and how many more there are") {
    PlainHouse house{no_rules, team_yaml, only_people};
    for (int i = 0; i < 25; ++i) house.know("p" + std::to_string(i), {"customer"}, "zoe");
    house.know("kim", {"customer"}, "zoe");
    talk(house, "kim", "ada", 4);
    house.look_for_letters();
    const std::string text = text_of(only(house));
    CHECK_THAT(text, ContainsSubstring("And 6 more."));
    CHECK(text.find("# kim") < text.find("# p0"));
    CHECK(letters::listed({"a", "b", "c", "d"}, 3) == "a, b, c and 1 more");
    CHECK(letters::listed({"a", "b", "c"}, 3) == "a, b and c");
    CHECK(letters::listed({"a"}, 3) == "a");
}
