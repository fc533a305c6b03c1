// Several who wait in one conversation, and louder words after quiet ones: nobody is forgotten, and nothing
// urgent waits behind something that is not.

#include <algorithm>
#include <set>

#include "bot/alerts/card.hpp"
#include "support/catch.hpp"
#include "support/house.hpp"

using namespace rapport;
using namespace rapport::test;
using namespace std::chrono_literals;

namespace {

constexpr std::string_view urgent_asked_praised = R"(
rules:
  - name: broken
    title: Something is broken
    when: message.text contains "broken" and not conversation.answered_by_person
    ask: [owner, "@bea"]
    reply within: 1h
    urgency: high
    cooldown: 1d
  - name: asked
    title: A customer asks
    when: person.role in [customer] and message.needs_reply and not conversation.answered_by_person
    ask: [owner, channel]
    reply within: 4h
    cooldown: 0s
  - name: praised
    title: Kind words
    when: message.text contains "lovely"
    ask: [owner]
    reply within: 8h
    urgency: digest
    cooldown: 1d
)";

/// Sam and Kim are customers; Ada has Sam, Bea has Kim. It is Monday at ten, or `when`.
struct Two {
    House house{urgent_asked_praised};
    explicit Two(std::string_view when = "2026-03-02 10:00") {
        house.at(when);
        house.know("sam", {"customer"}, "ada");
        house.know("kim", {"customer"}, "bea");
    }
    /// Sam asks, and Kim in Sam's thread.
    std::string first, second;
    void both_ask() {
        first = house.say("sam", "Does it speak IPv6?");
        second = house.say("kim", "And how can I run it on a Mac?", {.reply_to = first});
        house.later(5min);
    }
    AlertRow newest() const { return house.alerts().back(); }
};

}  // namespace

TEST_CASE("two wait in one conversation: whatever ends the first one's alert, the second is asked about") {
    Two two;
    House& house = two.house;
    two.both_ask();
    REQUIRE(house.alerts().size() == 1);
    const AlertId sams = house.only_alert().id;
    SECTION("an answer to the first") {
        house.say("ada", "It does.", {.reply_to = two.first});
        CHECK(house.alert(sams).outcome == Outcome::verified);
    }
    SECTION("I replied") {
        house.press("ada", sams, "replied");
        CHECK(house.alert(sams).outcome == Outcome::attested);
    }
    SECTION("not needed") {
        house.press("ada", sams, "dismiss", "not_us");
        CHECK(house.alert(sams).state == AlertState::dismissed);
    }
    SECTION("the first takes the question back") {
        house.remove(two.first);
        CHECK(house.alert(sams).state == AlertState::withdrawn);
    }
    SECTION("the first is erased") {
        house.put(EraseAccount{house.key("sam"), "ada"});
        CHECK(house.alert(sams).state == AlertState::withdrawn);
        CHECK(house.text_of(two.second) == "And how can I run it on a Mac?");
    }
    SECTION("nobody answers the first in time") {
        house.later(24h * 7 + 1h);
        CHECK(house.alert(sams).state == AlertState::expired);
    }
    REQUIRE(house.alerts().size() == 2);
    const AlertRow kims = two.newest();
    CHECK(kims.about == house.account("kim").id);
    CHECK(kims.staffer == "bea");
    CHECK((kims.state == AlertState::open || kims.state == AlertState::held));
    CHECK(house.message(two.second).id == kims.quoted.front());
}

TEST_CASE("many wait in one conversation: who finds no room in its alert gets one of their own") {
    Two two;
    House& house = two.house;
    two.both_ask();
    for (const std::string who : {"lea", "mia", "noa", "ola"}) {
        house.know(who, {"customer"}, "bea");
        house.say(who, "Does it run on a Mac, too?", {.reply_to = two.first});
        house.say("sam", "Is somebody there?", {.reply_to = two.first});
    }
    std::size_t quoted = 0;
    for (const AlertRow& alert : house.alerts())
        for (const MessageId id : alert.quoted) quoted += id == house.message(two.second).id ? 1 : 0;
    CHECK(quoted == 1);
    house.say("ada", "It does.", {.reply_to = two.first});
    std::set<AccountId> about;
    for (const AlertRow& alert : house.alerts())
        for (const MessageId id : alert.quoted)
            if (!is_closed(alert.state)) {
                State state;
                REQUIRE(house.store().load({.messages = {id}}, state));
                about.insert(state.messages.at(id).author);
            }
    for (const std::string who : {"kim", "lea", "mia", "noa", "ola"})
        CHECK(about.contains(house.account(who).id));
}

TEST_CASE("words that are urgent do not wait behind what is not: the loudest rule that holds counts") {
    SECTION("a question is held over the weekend, and then it is broken") {
        Two two{"2026-03-07 10:00"};  // a Saturday
        House& house = two.house;
        house.say("sam", "Does it speak IPv6?");
        REQUIRE(house.only_alert().state == AlertState::held);
        house.later(20min);
        house.say("sam", "It is broken, all of it.");
        const AlertRow alert = house.only_alert();
        CHECK(alert.state == AlertState::open);
        CHECK(alert.rule == "broken");
        CHECK(alert.staffer == "ada");
        CHECK(alert.quoted.size() == 2);
        CHECK(house.sounds[card_id(alert.id)] == 1);
    }
    SECTION("praise is in the digest, and then it is broken") {
        Two two;
        House& house = two.house;
        house.say("sam", "A lovely thing you make there.");
        REQUIRE(house.only_alert().policy.urgency == Urgency::digest);
        house.later(5min);
        house.say("sam", "Now it is broken.");
        const AlertRow alert = house.only_alert();
        CHECK(alert.rule == "broken");
        CHECK(alert.due == house.now() + 1h);
        CHECK(house.sounds[card_id(alert.id)] == 1);
    }
    SECTION("somebody has promised to answer, and then it is broken") {
        Two two;
        House& house = two.house;
        house.say("sam", "Does it speak IPv6?");
        house.press("ada", house.only_alert().id, "claim");
        house.later(5min);
        house.say("sam", "Now it is broken.");
        const AlertRow alert = house.only_alert();
        CHECK(alert.state == AlertState::claimed);
        CHECK(alert.rule == "broken");
    }
    SECTION("it was put off, and then it is broken") {
        Two two;
        House& house = two.house;
        house.say("sam", "Does it speak IPv6?");
        house.press("ada", house.only_alert().id, "snooze", "3h");
        house.later(5min);
        house.say("sam", "Now it is broken.");
        const AlertRow alert = house.only_alert();
        CHECK(alert.state == AlertState::open);
        CHECK(alert.rule == "broken");
        CHECK(alert.due == house.now() + 1h);
    }
    SECTION("quieter words after louder ones change nothing") {
        Two two;
        House& house = two.house;
        house.say("sam", "It is broken.");
        house.later(5min);
        house.say("sam", "Otherwise it is a lovely thing. Does it speak IPv6?");
        CHECK(house.only_alert().rule == "broken");
    }
    SECTION("somebody else's, in a conversation that waits for Monday") {
        Two two{"2026-03-07 10:00"};
        House& house = two.house;
        const std::string first = house.say("sam", "Does it speak IPv6?");
        house.say("kim", "For me it is broken.", {.reply_to = first});
        REQUIRE(house.alerts().size() == 2);
        CHECK(house.alerts().front().state == AlertState::held);
        CHECK(two.newest().rule == "broken");
        CHECK(two.newest().staffer == "bea");
        CHECK(two.newest().state == AlertState::open);
    }
}

TEST_CASE("an edit changes an alert's rule only if what stands asks for another") {
    Two two;
    House& house = two.house;
    SECTION("the second message becomes praise, and the first still asks") {
        house.say("sam", "Does it speak IPv6?");
        const std::string second = house.say("sam", "Is somebody there?");
        house.edit(second, "A lovely thing you make there.");
        CHECK(house.only_alert().rule == "asked");
    }
    SECTION("the second becomes urgent") {
        house.say("sam", "Does it speak IPv6?");
        const std::string second = house.say("sam", "Is somebody there?");
        house.edit(second, "It is broken.");
        CHECK(house.only_alert().rule == "broken");
    }
    SECTION("what was urgent is so no more, and the question stands") {
        house.say("sam", "Does it speak IPv6?");
        const std::string second = house.say("sam", "It is broken.");
        REQUIRE(house.only_alert().rule == "broken");
        house.edit(second, "It works again.");
        CHECK(house.only_alert().rule == "asked");
    }
    SECTION("somebody else's words become urgent: an alert of their own") {
        two.both_ask();
        house.edit(two.second, "For me it is broken.");
        REQUIRE(house.alerts().size() == 2);
        CHECK(house.alerts().front().rule == "asked");
        CHECK(two.newest().rule == "broken");
        CHECK(two.newest().about == house.account("kim").id);
        CHECK(house.account("sam").cooldowns.empty());
    }
}

TEST_CASE(
    "what was urgent is deleted before anybody was asked: the question that was there before still counts") {
    Two two{"2026-03-07 10:00"};
    House& house = two.house;
    // Nobody of the chain is to be disturbed now.
    for (const char* who : {"ada", "bea"})
        house.put(StaffChange{std::string("away-") + who, who, SetAway{who, house.now() + 24h}});
    house.say("sam", "Does it speak IPv6?");
    const std::string loud = house.say("sam", "It is broken.");
    REQUIRE(house.only_alert().state == AlertState::held);
    house.remove(loud);
    house.at("2026-03-09 10:00");
    const AlertRow last = two.newest();
    CHECK(last.state == AlertState::open);
    CHECK(last.rule == "asked");
}

TEST_CASE("what is urgent passes on by the clock on the wall, also out of hours") {
    Two two{"2026-03-07 10:00"};
    House& house = two.house;
    house.say("sam", "It is broken.");
    REQUIRE(house.only_alert().staffer == "ada");
    SECTION("nobody takes it") {
        house.later(2h + 1min);
        CHECK(house.only_alert().staffer == "bea");
    }
    SECTION("it was claimed, and nothing came of it") {
        house.press("ada", house.only_alert().id, "claim");
        house.later(std::chrono::milliseconds{house.world().config.alerts.claim_release} + 1min);
        CHECK(house.only_alert().staffer == "bea");
    }
}

TEST_CASE("several voices in one urgent conversation are one card, not one each") {
    Two two;
    House& house = two.house;
    const std::string first = house.say("sam", "Does it speak IPv6?");
    house.say("kim", "For me it is broken.", {.reply_to = first});
    for (const std::string who : {"lea", "mia"}) {
        house.know(who, {"customer"}, "bea");
        house.say(who, "For me it is broken, too.", {.reply_to = first});
    }
    REQUIRE(house.alerts().size() == 2);
    CHECK(two.newest().rule == "broken");
    CHECK(two.newest().quoted.size() == 3);
}

TEST_CASE("whoever gets an alert of their own leaves the other's, with all that they said") {
    Two two;
    House& house = two.house;
    two.both_ask();
    house.say("kim", "For me it is broken.", {.reply_to = two.first});
    REQUIRE(house.alerts().size() == 2);
    CHECK(house.alerts().front().quoted.size() == 1);
    CHECK(two.newest().quoted.size() == 2);
    house.press("bea", two.newest().id, "replied");
    house.press("ada", house.alerts().front().id, "replied");
    CHECK(house.alerts().size() == 2);
}

TEST_CASE("urgent words after an alert to the team's channel ask whom their rule names, with a sound") {
    std::string rules(urgent_asked_praised);
    rules.replace(rules.find("[owner, channel]"), 16, "[channel]");
    House house{rules};
    house.at("2026-03-02 10:00");
    house.know("sam", {"customer"}, "ada");
    for (int i = 0; i < 4; ++i) house.say("sam", "Does it speak IPv6?");
    const AlertId id = house.only_alert().id;
    REQUIRE(house.only_alert().staffer.empty());
    const int before = house.sounds[card_id(id)];
    house.say("sam", "It is broken.");
    CHECK(house.only_alert().staffer == "ada");
    CHECK(house.only_alert().due == house.now() + 1h);
    CHECK(house.sounds[card_id(id)] == before + 1);
}

TEST_CASE("of several rules that hold the urgent one asks, wherever it stands in the file") {
    std::string rules(urgent_asked_praised);
    const std::size_t from = rules.find("  - name: broken"), to = rules.find("  - name: asked");
    rules = rules.substr(0, from) + rules.substr(to) + rules.substr(from, to - from);
    House house{rules};
    house.at("2026-03-07 10:00");
    house.know("sam", {"customer"}, "ada");
    SECTION("as it is said") {
        house.say("sam", "Does it speak IPv6? It is broken.");
    }
    SECTION("as it is edited") {
        const std::string id = house.say("sam", "Does it speak IPv6?");
        house.edit(id, "Does it speak IPv6? It is broken.");
    }
    CHECK(house.only_alert().rule == "broken");
    CHECK(house.only_alert().state == AlertState::open);
}

TEST_CASE("what is edited to be urgent wakes an alert that was put off") {
    Two two;
    House& house = two.house;
    const std::string id = house.say("sam", "Does it speak IPv6?");
    house.press("ada", house.only_alert().id, "snooze", "3d");
    house.edit(id, "It is broken.");
    CHECK(house.only_alert().state == AlertState::open);
    CHECK(house.only_alert().due == house.now() + 1h);
}

TEST_CASE("what an urgent alert rests on stays on its card, however much they add") {
    Two two;
    House& house = two.house;
    house.say("sam", "Does it speak IPv6?");
    const std::string loud = house.say("sam", "It is broken.");
    for (const char* more : {"Hm.", "Well.", "So.", "And now.", "There.", "Right."})
        house.say("sam", std::string(more) + " Is somebody there?");
    const std::vector<MessageId> quoted = house.only_alert().quoted;
    CHECK(std::find(quoted.begin(), quoted.end(), house.message(loud).id) != quoted.end());
}

TEST_CASE("deleted before anybody was asked, and said again: the rule is not silent about it") {
    std::string rules(urgent_asked_praised);
    const std::string before = "reply within: 4h\n    cooldown: 0s";
    rules.replace(rules.find(before), before.size(), "reply within: 4h\n    after: 15m\n    cooldown: 1d");
    House house{rules};
    house.at("2026-03-02 10:00");
    house.know("sam", {"customer"}, "ada");
    const std::string typo = house.say("sam", "Does it seak IPv6?");
    house.remove(typo);
    house.say("sam", "Does it speak IPv6?");
    house.later(20min);
    REQUIRE(house.alerts().size() == 2);
    CHECK(house.alerts().back().state == AlertState::open);
}

TEST_CASE("two wait in one thread: whom an answer names has it, and the other still waits") {
    Two two;
    House& house = two.house;
    const std::string first = house.say("sam", "Does it speak IPv6?");
    house.say("kim", "And how can I run it on a Mac?", {.thread = first});
    const std::string spoken = house.account("kim").handle;
    house.later(5min);
    house.say("ada", spoken + ", on a Mac it runs.", {.thread = first});
    CHECK(house.only_alert().state == AlertState::open);
    CHECK(house.only_alert().quoted.size() == 1);
    house.later(5min);
    house.say("ada", "And it does.", {.thread = first});
    CHECK(house.only_alert().outcome == Outcome::verified);
}
