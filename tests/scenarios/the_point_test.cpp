// Scenarios 1-5: what Rapport is for.

#include "bot/alerts/card.hpp"
#include "bot/json/alert_json.hpp"
#include "scenarios/told.hpp"
#include "support/catch.hpp"
#include "support/house.hpp"

using namespace rapport;
using namespace rapport::test;
using namespace std::chrono_literals;

namespace {

const std::string_view speaker_rules = R"(
rules:
  - name: speaker-posts
    title: A speaker writes about us
    when: person.role in [speaker] and (message.mentions_brand or message.needs_reply)
          and not conversation.answered_by_person
    ask: [owner, strongest tie, on duty in community]
    reply within: 4h
    cooldown: 0s
)";

/// The same with a quarter of an hour in which things may settle by themselves.
const std::string_view patient_rules = R"(
rules:
  - name: speaker-posts
    title: A speaker writes about us
    when: person.role in [speaker] and (message.mentions_brand or message.needs_reply)
          and not conversation.answered_by_person
    after: 15m
    ask: [owner, strongest tie, on duty in community]
    reply within: 4h
    cooldown: 0s
)";

const std::string_view brand_counts_rules = R"(
rules:
  - name: speaker-posts
    title: A speaker writes about us
    when: person.role in [speaker] and message.mentions_brand
    ask: [owner]
    brand reply: counts
    cooldown: 0s
)";

const std::string_view books = "books";

/// A speaker whom Ada owns has just written about the book.
struct Posted {
    explicit Posted(std::string_view rules = speaker_rules) : house(rules) {
        house.know("sam", {"speaker"}, "ada");
        post =
            house.say("sam", "The Acme book kept me up all night. Is a second edition planned?", in_books());
    }
    static Saying in_books(std::string reply_to = "") {
        Saying how;
        how.channel = books;
        how.reply_to = std::move(reply_to);
        return how;
    }
    std::string answer(std::string_view who = "ada") {
        return house.say(who, "It is, for next spring!", in_books(post));
    }
    House house;
    std::string post;
};

}  // namespace

TEST_CASE("scenario 1: a speaker posts about the brand's book, and the owner, nobody else, gets one alert") {
    House house{speaker_rules};
    house.know("sam", {"speaker"}, "ada");
    // They have met twice.
    const auto hello = house.say("sam", "ada: great talk yesterday, will the slides be online?");
    house.say("ada", "sam: they are up since noon, thanks!", {.reply_to = hello});
    house.at("2026-03-03 10:00");
    const std::string post = house.say(
        "sam", "Just finished the Acme book. Chapter three on teams is wonderful!", {.channel = "books"});

    const AlertRow alert = house.alerts().back();
    CHECK(alert.staffer == "ada");
    CHECK(alert.asked == std::vector<std::string>{"ada"});
    const Card& card = house.card(alert.id);
    REQUIRE(card.quotes.size() == 1);
    CHECK(card.quotes[0].text == "Just finished the Acme book. Chapter three on teams is wonderful!");
    CHECK(card.quotes[0].link == house.link(post, {.channel = "books"}));
    CHECK(house.shown_to[card.id] == std::vector<AccountKey>{house.key("ada")});
    CHECK(house.sounds[card.id] == 1);
    CHECK_THAT(fields_of(card), ContainsSubstring("Who: sam, speaker"));
    CHECK_THAT(fields_of(card), ContainsSubstring("Why you: Ada Winter: owns this relationship"));
    CHECK_THAT(fields_of(card), ContainsSubstring("Last contact: Ada Winter, Mon 2 Mar 2026, 10:00"));
}

TEST_CASE("scenario 2: the owner's own answer closes the alert as verified, and the thanks raise nothing") {
    Posted at;
    House& house = at.house;
    const AlertId id = house.only_alert().id;
    if (GENERATE(false, true)) house.press("ada", id, "claim");
    house.later(25min);
    const std::string answer = at.answer();

    const AlertRow alert = house.only_alert();
    CHECK(alert.state == AlertState::replied);
    CHECK(alert.outcome == Outcome::verified);
    CHECK(alert.answer == house.message(answer, Posted::in_books()).id);
    CHECK(alert.answered_by == house.account("ada").id);
    CHECK(alert.closed - alert.created == 25min);
    const Card& card = house.card(id);
    CHECK(card.status == "Ada Winter answered in person after 25 min. Verified.");
    CHECK(card.tone == Tone::done);
    CHECK(card.quotes.back().link == house.link(answer, Posted::in_books()));
    CHECK(buttons_of(card) == "why");

    house.later(2min);
    house.say("sam", "thanks!", Posted::in_books(answer));
    house.say("sam", "thanks!", Posted::in_books());
    house.later(24h * 30);
    CHECK(house.only_alert() == when_settled(alert));
    CHECK(house.sounds[card.id] == 1);
}

TEST_CASE(
    "scenario 2: an answer by another staffer, or by a tool with the owner's token, is not the owner's") {
    Posted at;
    House& house = at.house;
    SECTION("a colleague") {
        at.answer("bea");
        CHECK(house.only_alert().outcome == Outcome::other_staff);
        CHECK(house.card(house.only_alert().id).status ==
              "Bea Morgan from the team answered in less than a minute.");
    }
    SECTION("a tool") {
        Saying how = Posted::in_books(at.post);
        how.via_app = true;
        house.say("ada", "It is, for next spring!", how);
        CHECK(house.only_alert().state == AlertState::open);
        CHECK(house.only_alert().app_answered == house.now());
        CHECK(house.only_alert().brand_answered == never);
    }
}

TEST_CASE(
    "scenario 3: 'I replied' without a reply to be seen is attested, and asked about once, 30 minutes "
    "later") {
    Posted at;
    House& house = at.house;
    const AlertId id = house.only_alert().id;
    house.later(5min);
    house.press("ada", id, "replied");
    const AlertRow attested = house.only_alert();
    CHECK(attested.state == AlertState::replied);
    CHECK(attested.outcome == Outcome::attested);
    CHECK(name_of(attested.outcome) == "attested");
    CHECK(house.card(id).status == "Ada Winter says they replied.");
    State state;
    house.person("sam", state);
    CHECK_THAT(alert_json(attested, house.account("sam"), ChannelRow{}, {}),
               ContainsSubstring(R"("outcome":"attested")"));

    house.later(30min - 1ms);
    CHECK_FALSE(house.only_alert().asking_about_answer);
    CHECK(house.sounds[card_id(id)] == 1);

    SECTION("asked exactly then, and never again") {
        house.later(1ms);
        CHECK(house.only_alert().asking_about_answer);
        CHECK(buttons_of(house.card(id)) == "answered_yes answered_no why");
        CHECK_THAT(house.card(id).status,
                   ContainsSubstring("nothing is to be seen here. Was it somewhere else?"));
        CHECK(house.sounds[card_id(id)] == 2);
        const auto revision = house.card(id).revision;
        house.later(24h * 6);
        CHECK(house.card(id).revision == revision);
        house.later(24h * 60);
        CHECK(house.sounds[card_id(id)] == 2);
        CHECK(house.only_alert().outcome == Outcome::attested);
        CHECK_FALSE(house.only_alert().asking_about_answer);
    }
    SECTION("yes: it stays attested") {
        house.later(1ms);
        CHECK(house.press("ada", id, "answered_yes") == "Thanks.");
        CHECK(house.only_alert().outcome == Outcome::attested);
        CHECK(buttons_of(house.card(id)) == "why");
        house.later(24h * 60);
        CHECK(house.sounds[card_id(id)] == 2);
    }
    SECTION("no: open again, with the one who said so") {
        house.later(1ms);
        CHECK(house.press("ada", id, "answered_no") == "All right, it stays open.");
        const AlertRow open = house.only_alert();
        CHECK(open.state == AlertState::open);
        CHECK(open.outcome == Outcome::none);
        CHECK(open.staffer == "ada");
        CHECK(open.due != never);
        at.answer();
        CHECK(house.only_alert().outcome == Outcome::verified);
    }
    SECTION("the answer shows up before the question: verified, and nothing is asked") {
        at.answer();
        CHECK(house.only_alert().outcome == Outcome::verified);
        house.later(24h * 30);
        CHECK(house.sounds[card_id(id)] == 1);
        CHECK_FALSE(house.only_alert().asking_about_answer);
    }
    SECTION("the answer shows up after the question: verified") {
        house.later(2h);
        const std::string answer = at.answer();
        CHECK(house.only_alert().outcome == Outcome::verified);
        CHECK(house.only_alert().answer == house.message(answer, Posted::in_books()).id);
        CHECK(buttons_of(house.card(id)) == "why");
        CHECK_THAT(house.card(id).status, ContainsSubstring("Verified."));
    }
    SECTION("a colleague's answer proves nothing about the owner's") {
        at.answer("bea");
        CHECK(house.only_alert().outcome == Outcome::attested);
    }
}

TEST_CASE("scenario 4: the brand answers first, and the rule decides whether a person is still wanted") {
    SECTION("does not count: the alert says so and goes on") {
        Posted at;
        House& house = at.house;
        house.later(5min);
        at.answer("brand");
        const AlertRow alert = house.only_alert();
        CHECK(alert.state == AlertState::open);
        CHECK(alert.staffer == "ada");
        CHECK(alert.brand_answered == house.now());
        CHECK_THAT(fields_of(house.card(alert.id)),
                   ContainsSubstring("Brand: The brand's account answered Mon 2 Mar 2026, 10:05"));
        CHECK(history_of(house.card(alert.id)).back() ==
              "The brand's account answered. A person is still wanted.");
        at.answer("ada");
        CHECK(house.only_alert().outcome == Outcome::verified);
        CHECK(house.only_alert().brand_answered != never);
    }
    SECTION("counts: a brand reply, told apart from a person's") {
        Posted at{brand_counts_rules};
        House& house = at.house;
        house.later(5min);
        const std::string answer = at.answer("brand");
        const AlertRow alert = house.only_alert();
        CHECK(alert.state == AlertState::replied);
        CHECK(alert.outcome == Outcome::brand);
        CHECK(alert.answer == house.message(answer, Posted::in_books()).id);
        CHECK(house.card(alert.id).status == "The brand's account answered after 5 min.");
        CHECK_THAT(alert_json(alert, house.account("sam"), ChannelRow{}, {}),
                   ContainsSubstring(R"("outcome":"brand")"));
    }
    SECTION("before anybody is asked: the alert that comes says so") {
        Posted at{patient_rules};
        House& house = at.house;
        house.later(5min);
        at.answer("brand");
        house.later(10min);
        const AlertRow alert = house.only_alert();
        CHECK(alert.state == AlertState::open);
        CHECK_THAT(fields_of(house.card(alert.id)), ContainsSubstring("Brand: The brand's account answered"));
    }
}

TEST_CASE(
    "scenario 5: answered before the alert's `after` has run, nothing is sent and the record shows "
    "verified") {
    Posted at{patient_rules};
    House& house = at.house;
    CHECK(house.only_alert().state == AlertState::waiting);
    house.later(10min);
    const std::string answer = at.answer();
    const AlertRow alert = house.only_alert();
    CHECK(alert.state == AlertState::replied);
    CHECK(alert.outcome == Outcome::verified);
    CHECK(alert.answer == house.message(answer, Posted::in_books()).id);
    CHECK(alert.closed - alert.created == 10min);
    CHECK(alert.opened == never);
    house.later(24h * 30);
    CHECK(house.only_alert() == when_settled(alert));
    CHECK(house.cards.empty());
    CHECK(house.sounds.empty());
    CHECK(house.notices.empty());
}

TEST_CASE("scenario 5: without an answer the alert comes when `after` has run, not before") {
    Posted at{patient_rules};
    at.house.later(15min - 1ms);
    CHECK(at.house.cards.empty());
    at.house.later(1ms);
    CHECK(at.house.was_shown(at.house.only_alert().id));
    CHECK(at.house.only_alert().state == AlertState::open);
}

TEST_CASE(
    "scenario 5: an answer that only stands nearby, before `after` has run: the rule sees it, nobody is "
    "asked") {
    Posted at{patient_rules};
    House& house = at.house;
    house.later(10min);
    house.say("ada", "sam: it is, for next spring!", Posted::in_books());
    CHECK(house.only_alert().state == AlertState::waiting);
    house.later(5min);
    CHECK(house.only_alert().state == AlertState::withdrawn);
    house.later(24h * 30);
    CHECK(house.cards.empty());
}
