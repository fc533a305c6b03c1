// Scenarios 12, 13, 31 and 33: who has room for one more person, can answer there, speaks their language,
// knows about it.

#include "bot/alerts/card.hpp"
#include "scenarios/champions.hpp"
#include "scenarios/told.hpp"
#include "support/catch.hpp"
#include "support/house.hpp"

using namespace rapport;
using namespace rapport::test;
using namespace std::chrono_literals;

TEST_CASE("scenario 12: a week has only so many relationships: the next is asked for a third person") {
    House house{champion_rules("owner, on duty in community"), R"(
staff:
  ada: {full_name: Ada Winter, accounts: ["chat:home:ada"], zone: Europe/Berlin, relationships: 2}
  bea: {full_name: Bea Morgan, accounts: ["chat:home:bea"], zone: Europe/Berlin}
groups:
  community: [ada, bea]
)"};
    for (const char* who : {"kim", "lou", "max"}) house.know(who, {"champion"}, "ada");
    const auto asks = [&](const char* who, const std::string& channel) {
        const std::string id = house.say(who, "Can I mirror the repository, please?", {.channel = channel});
        const AlertRow alert = house.alerts().back();
        if (alert.staffer == "ada") house.say("ada", "You can!", {.channel = channel, .reply_to = id});
        house.later(30min);
        return alert;
    };
    CHECK(asks("kim", "one").staffer == "ada");
    CHECK(asks("lou", "two").staffer == "ada");
    const AlertRow third = asks("max", "three");
    CHECK(third.staffer == "bea");
    CHECK_THAT(house.press("bea", third.id, "why"),
               ContainsSubstring(
                   "Ada Winter: owns this relationship, but was asked about 2 people within a week, as "
                   "many as they can be there for"));
    CHECK(asks("kim", "four").staffer == "ada");  // whom she is there for already
    house.press("bea", third.id, "dismiss", "other");
    house.at("2026-03-09 14:00");
    CHECK(asks("max", "five").staffer == "ada");
}

TEST_CASE("scenario 12: what a staffer was given is remembered over a crash") {
    House house{champion_rules("owner, on duty in community"), R"(
staff:
  ada: {accounts: ["chat:home:ada"], zone: Europe/Berlin, relationships: 1}
  bea: {accounts: ["chat:home:bea"], zone: Europe/Berlin}
groups:
  community: [ada, bea]
)"};
    for (const char* who : {"kim", "lou"}) house.know(who, {"champion"}, "ada");
    house.say("kim", question);
    house.crash();
    house.later(20min);
    house.say("lou", "Can I mirror the repository, please?", {.channel = "mirrors"});
    CHECK(house.alerts().back().staffer == "bea");
}

TEST_CASE(
    "scenario 13: nobody has an account on that platform: the card says so and offers an introduction") {
    House house{champion_rules("owner, on duty in community, channel")};
    const Saying there{.channel = "timeline", .platform = "mastodon"};
    house.know("kim", {"champion"}, "ada", "mastodon");
    const std::string said = house.say("kim", question, there);
    const AlertRow alert = house.only_alert();
    CHECK(alert.staffer == "ada");
    CHECK_THAT(fields_of(house.card(alert.id)),
               ContainsSubstring("Account: Nobody on the team has an account on mastodon"));
    CHECK_THAT(buttons_of(house.card(alert.id)), ContainsSubstring("introduce"));
    CHECK_THAT(house.press("ada", alert.id, "why"),
               ContainsSubstring("nobody on the team has an account on mastodon"));

    SECTION("nobody knows anybody there") {
        CHECK(house.press("ada", alert.id, "introduce") ==
              "I know of nobody who could introduce you: nobody else on the team knows them, or somebody who "
              "talks "
              "with them here.");
    }
    SECTION("a colleague knows them from elsewhere") {
        house.say("kim", "Hello!", {.channel = "lobby"});
        house.say("bea", "Hello Kim!", {.channel = "lobby", .mentions = {"kim"}});
        house.put(LinkAccounts{house.key("kim"), house.key("kim", "mastodon"), "ada"});
        CHECK(house.press("ada", alert.id, "introduce") ==
              "Bea Morgan is asked to introduce you: they know them (1 contact). They see this card now.");
        const Card& card = house.card(alert.id);
        CHECK_THAT(fields_of(card),
                   ContainsSubstring("Brief: Ada Winter asks Bea Morgan for an introduction, who "
                                     "knows them (1 contact)."));
        CHECK(history_of(card).back() == "Ada Winter asked Bea Morgan for an introduction.");
        CHECK(house.shown_to[card.id] == std::vector<AccountKey>{house.key("ada"), house.key("bea")});
        CHECK(house.sounds[card.id] == 2);
        CHECK(house.only_alert().staffer == "ada");
        CHECK_THAT(house.press("ada", alert.id, "introduce"), ContainsSubstring("I know of nobody"));
    }
    SECTION("a colleague knows somebody who talks with them") {
        house.say("max", "I'd like to know that too",
                  {.channel = "timeline", .platform = "mastodon", .reply_to = said});
        house.say("max", "Hello!", {.channel = "lobby"});
        house.say("cyd", "Hello Max!", {.channel = "lobby", .mentions = {"max"}});
        house.put(LinkAccounts{house.key("max"), house.key("max", "mastodon"), "ada"});
        CHECK(house.press("ada", alert.id, "introduce") ==
              "Cyd Tanaka is asked to introduce you: they know max (1 contact). They see this card now.");
        CHECK_THAT(
            fields_of(house.card(alert.id)),
            ContainsSubstring("Brief: Ada Winter asks Cyd Tanaka for an introduction, who knows somebody who "
                              "talks here (1 contact)."));
    }
}

TEST_CASE("scenario 13: somebody on the team has an account there: they are asked instead") {
    House house{champion_rules("owner, on duty in community, channel"), R"(
staff:
  ada: {full_name: Ada Winter, accounts: ["chat:home:ada"], zone: Europe/Berlin}
  bea: {full_name: Bea Morgan, accounts: ["chat:home:bea", "mastodon:home:bea"], zone: Europe/Berlin}
groups:
  community: [ada, bea]
)"};
    house.know("kim", {"champion"}, "ada", "mastodon");
    house.say("kim", question, {.channel = "timeline", .platform = "mastodon"});
    const AlertRow alert = house.only_alert();
    CHECK(alert.staffer == "bea");
    CHECK_THAT(house.press("bea", alert.id, "why"),
               ContainsSubstring("Ada Winter: owns this relationship, but has no account on mastodon"));
    CHECK_THAT(buttons_of(house.card(alert.id)), !ContainsSubstring("introduce"));
    house.press("bea", alert.id, "hand_over", "ada");
    CHECK_THAT(fields_of(house.card(alert.id)),
               ContainsSubstring("Account: You have no account on mastodon"));
}

TEST_CASE("scenario 13: whoever is asked does not know them, but a colleague does: the card says so") {
    House house{champion_rules("on duty in community")};
    house.know("kim", {"champion"});
    house.say("kim", "Hello!", {.channel = "lobby"});
    house.say("cyd", "Hello Kim!", {.channel = "lobby", .mentions = {"kim"}});
    house.later(2h);
    house.say("kim", question);
    const AlertRow alert = house.only_alert();
    REQUIRE(alert.staffer == "ada");
    CHECK_THAT(fields_of(house.card(alert.id)),
               ContainsSubstring("Introduction: You don't know them, but Cyd Tanaka does (1 contact)"));
    CHECK_THAT(buttons_of(house.card(alert.id)), ContainsSubstring("introduce"));
    CHECK_THAT(house.press("ada", alert.id, "introduce"),
               ContainsSubstring("Cyd Tanaka is asked to introduce you"));
    CHECK(house.shown_to[card_id(alert.id)].size() == 2);
    CHECK_THAT(buttons_of(house.card(alert.id)), !ContainsSubstring("introduce"));
    house.say("ada", "Hello Kim, it does!", {.mentions = {"kim"}});
    CHECK_THAT(fields_of(house.card(alert.id)), !ContainsSubstring("You don't know them"));
}

TEST_CASE(
    "scenario 31: Portuguese, Japanese, Arabic go to a staffer who speaks it, unknown words to the first") {
    House house{champion_rules("on duty in community, channel"), R"(
staff:
  ada: {accounts: ["chat:home:ada"], zone: Europe/Berlin, languages: [en, de]}
  bea: {accounts: ["chat:home:bea"], zone: Europe/Berlin, languages: [en, es, pt]}
  cyd: {accounts: ["chat:home:cyd"], zone: Europe/Berlin, languages: [ja, en]}
  dan: {accounts: ["chat:home:dan"], zone: Europe/Berlin, languages: [ar]}
groups:
  community: [ada, bea, cyd, dan]
)"};
    struct Said {
        std::string text, staffer, against;
    };
    const auto said = GENERATE(values<Said>({
        {"Como é que eu posso instalar a versão nova, por favor?", "bea", "does not speak Portuguese"},
        {"新しいバージョンをインストールする方法を教えてください。", "cyd", "does not speak Japanese"},
        {"كيف يمكنني تثبيت الإصدار الجديد من فضلك؟", "dan", "does not speak Arabic"},
        {"How can I install the new version, please?", "ada", ""},
        {"???", "ada", ""},
    }));
    CAPTURE(said.text);
    house.know("kim", {"champion"});
    house.say("kim", said.text);
    const AlertRow alert = house.only_alert();
    CHECK(alert.staffer == said.staffer);
    if (!said.against.empty())
        CHECK_THAT(house.press(said.staffer, alert.id, "why"), ContainsSubstring("but " + said.against));
}

TEST_CASE("whoever knows about it is asked, and the card says about what") {
    House house{champion_rules("expert, channel"), R"(
staff:
  ada: {full_name: Ada Winter, accounts: ["chat:home:ada"], zone: Europe/Berlin, topics: [billing]}
  bea: {full_name: Bea Morgan, accounts: ["chat:home:bea"], zone: Europe/Berlin, topics: [proxies, IPv6]}
)"};
    house.know("kim", {"champion"});
    house.say("kim", "Does version 2.0 speak IPv6 behind a proxy?");
    CHECK(house.only_alert().staffer == "bea");
    CHECK_THAT(fields_of(house.card(house.only_alert().id)),
               ContainsSubstring("Why you: Bea Morgan: knows about proxies, IPv6"));
}

TEST_CASE("scenario 33: of those who can be asked, whoever may read it is, with why the others are not") {
    House house{R"(
rules:
  - name: customer-waits
    title: A customer waits
    when: person.role in [customer] and message.needs_reply
    ask: ["@ada", "@bea", channel]
    cooldown: 0s
)"};
    house.know("kim", {"customer"});
    house.say("kim", "Bea, where is the refund for my zanzibar plan?",
              {.channel = "d1", .kind = ChannelKind::dm, .mentions = {"bea"}});
    const AlertRow alert = house.only_alert();
    CHECK(alert.staffer == "bea");
    CHECK(house.card(alert.id).quotes.size() == 1);
    CHECK_THAT(house.press("bea", alert.id, "why"),
               ContainsSubstring("Ada Winter: named by the rule, but may not read that direct message"));
}

TEST_CASE("scenario 37: whom a staffer was given is forgotten with the person") {
    House house{champion_rules("owner")};
    house.know("kim", {"champion"}, "ada");
    house.say("kim", question);
    const AccountId kim = house.account("kim").id;
    const auto given = [&] { return house.store().staffers().value().at("ada").given; };
    REQUIRE(given().size() == 1);
    CHECK(given().front().about == kim);
    house.put(EraseAccount{house.key("kim"), "ada"});
    CHECK(given().empty());
}
