#include "bot/alerts/card.hpp"

#include <algorithm>

#include "unit/alerts/table.hpp"

using namespace rapport;
using namespace rapport::test;
using namespace std::chrono_literals;

namespace {

using Ids = std::vector<std::string>;

Ids buttons_of(const Card& card) {
    Ids ids;
    for (const Button& button : card.buttons) ids.push_back(button.id);
    return ids;
}

const Button& button(const Card& card, std::string_view id) {
    return *std::find_if(card.buttons.begin(), card.buttons.end(),
                         [&](const Button& one) { return one.id == id; });
}

std::string words_of(const Card& card) {
    std::string all = card.title + "\n" + card.status + "\n";
    for (const Field& field : card.fields) all += field.label + ": " + field.text + "\n";
    for (const Quote& quote : card.quotes) all += quote.author + ": " + quote.text + "\n";
    for (const HistoryLine& line : card.history) all += line.text + "\n";
    return all;
}

}  // namespace

TEST_CASE("a card's id names its alert, and nothing else does") {
    for (const std::int64_t id : {1L, 12L, 9'223'372'036'854'775'807L})
        CHECK(alert_of_card(card_id(AlertId(id))) == AlertId(id));
    CHECK(card_id(AlertId(12)) == "alert:12");
    for (const char* text : {"", "alert:", "alert:0", "alert:-3", "alert:12x", "alert: 12", "Alert:12", "12",
                             "form:12", "alert:9223372036854775808", "alert:1.5", "alert:+1"})
        CHECK(alert_of_card(text) == AlertId::none);
}

TEST_CASE("each state has its tone, its line and its buttons") {
    struct Expected {
        Where where;
        Tone tone;
        const char* status;
        Ids buttons;
    };
    const Expected table[] = {
        {Where::open,
         Tone::asking,
         "Waiting for Ada Winter, due Mon 2 Mar 2026, 13:00",
         {"claim", "open", "replied", "snooze", "hand_over", "dismiss", "why"}},
        {Where::claimed,
         Tone::claimed,
         "Ada Winter will reply",
         {"open", "replied", "snooze", "hand_over", "dismiss", "why"}},
        {Where::snoozed,
         Tone::waiting,
         "Ada Winter put it off until Mon 2 Mar 2026, 12:00",
         {"claim", "open", "replied", "wake", "hand_over", "dismiss", "why"}},
        {Where::asking,
         Tone::asking,
         "Was this your answer?",
         {"answered_yes", "answered_no", "claim", "open", "replied", "snooze", "hand_over", "dismiss",
          "why"}},
        {Where::verified,
         Tone::done,
         "Ada Winter answered in person in less than a minute. Verified.",
         {"why"}},
        {Where::attested, Tone::done, "Ada Winter says they replied.", {"why"}},
        {Where::attested_asking,
         Tone::done,
         "Ada Winter says they replied, but nothing is to be seen here. Was it somewhere else?",
         {"answered_yes", "answered_no", "why"}},
        {Where::dismissed, Tone::closed, "Not needed: it is not about us", {"why"}},
        {Where::expired, Tone::closed, "Nobody answered in time", {"why"}},
        {Where::withdrawn, Tone::closed, "Withdrawn", {"why"}},
    };
    for (const Expected& expected : table) {
        OneAlert one{expected.where};
        const Card& card = one.house.card(one.id);
        CHECK(card.tone == expected.tone);
        CHECK(card.status == expected.status);
        CHECK(buttons_of(card) == expected.buttons);
        CHECK(card.title == "A champion waits");
        CHECK(card.conversation == "chat:home:help");
        CHECK(card.history.size() == one.row().history.size());
        CHECK(card.revision == one.row().revision);
    }
}

TEST_CASE("nobody sees a card of what waits or is held before anybody was asked") {
    for (const Where where : {Where::waiting, Where::held}) {
        OneAlert one{where};
        CHECK_FALSE(one.house.was_shown(one.id));
    }
}

TEST_CASE("the menus offer what their buttons understand") {
    for (const char* menu : {"snooze", "hand_over", "dismiss"}) {
        OneAlert look{Where::open};
        const std::vector<Option> options = button(look.house.card(look.id), menu).options;
        REQUIRE(!options.empty());
        for (const Option& option : options) {
            OneAlert one{Where::open};
            const AlertRow before = one.row();
            one.house.press("ada", one.id, menu, option.value);
            INFO(menu << " " << option.value);
            CHECK_FALSE(one.row() == before);
            CHECK(option.value != "ada");  // she has it
        }
    }
}

TEST_CASE("the open button leads to the last message and comes back with no action") {
    OneAlert one{Where::open};
    CHECK(button(one.house.card(one.id), "open").url == "https://example.org/q1");
    one.house.say("sam", "Please, anybody?", {.id = "q2"});
    CHECK(button(one.house.card(one.id), "open").url == "https://example.org/q2");
}

TEST_CASE("a card quotes what they said, and never what was deleted") {
    OneAlert one{Where::open};
    one.house.say("sam", "Is it secret that I am leaving?", {.id = "q2"});
    REQUIRE(one.house.card(one.id).quotes.size() == 2);
    CHECK(one.house.card(one.id).quotes[0].text == "Does it speak IPv6?");
    CHECK(one.house.card(one.id).quotes[0].author == "sam");
    one.house.remove("q2");
    const Card& card = one.house.card(one.id);
    REQUIRE(card.quotes.size() == 1);
    CHECK_THAT(words_of(card), !ContainsSubstring("secret"));
    one.house.press("ada", one.id, "claim");
    CHECK_THAT(words_of(one.house.card(one.id)), !ContainsSubstring("secret"));
}

TEST_CASE("an answer is quoted after the question, and goes when it is deleted") {
    OneAlert one{Where::asking};
    REQUIRE(one.house.card(one.id).quotes.size() == 2);
    CHECK(one.house.card(one.id).quotes[1].text == "sam: it does");
    one.house.remove("a1");
    CHECK(one.house.card(one.id).quotes.size() == 1);
    CHECK_THAT(words_of(one.house.card(one.id)), !ContainsSubstring("it does"));
    check_books(one.house);
}

TEST_CASE("who has been asked sees what became of it") {
    OneAlert one{Where::open};
    using Keys = std::vector<AccountKey>;
    const std::string card = card_id(one.id);
    CHECK(one.house.shown_to[card] == Keys{{"chat", "home", "ada"}});
    one.house.press("ada", one.id, "hand_over", "bea");
    CHECK(one.house.shown_to[card] == Keys{{"chat", "home", "ada"}, {"chat", "home", "bea"}});
    one.house.say("bea", "it does", {.reply_to = "q1"});
    CHECK(one.house.shown_to[card].size() == 2);
}

TEST_CASE("every change shows a newer revision") {
    OneAlert one{Where::open};
    std::uint32_t revision = one.house.card(one.id).revision;
    for (const char* press : {"claim", "snooze", "wake", "hand_over", "dismiss"}) {
        one.house.press("ada", one.id, press, press == std::string("hand_over") ? "bea" : "1h");
        CHECK(one.house.card(one.id).revision > revision);
        revision = one.house.card(one.id).revision;
    }
}

TEST_CASE("a card tells what the last contact was about, what they said before and whom you both know") {
    House house{table_rules};
    house.know("sam", {"champion"}, "ada");
    house.at("2026-03-02 10:00");
    const auto slides = house.say("sam", "ada: will the slides of your talk be online?", {.channel = "news"});
    house.say("ada", "They are up since noon.", {.channel = "news", .reply_to = slides});
    house.say("sam", "hi", {.channel = "news"});
    house.say("sam", "We moved our whole archive to version two.", {.channel = "news"});
    house.say("kim", "Nice to have met you", {.channel = "other", .mentions = {"ada"}});
    house.at("2026-03-03 10:00");
    const auto asked = house.say("kim", "sam: tell them about IPv6", {.id = "k1"});
    house.say("sam", "Does it speak IPv6?", {.reply_to = asked, .id = "q1"});
    const Card& card = house.card(house.alerts().back().id);
    const std::string words = words_of(card);
    CHECK_THAT(words,
               ContainsSubstring("Last contact: Ada Winter, Mon 2 Mar 2026, 11:00, about \"ada: will the "
                                 "slides of your talk be online?\""));
    CHECK_THAT(words, ContainsSubstring("Friends in common: kim\n"));
    CHECK_THAT(words, ContainsSubstring("Why now: A question that waits for an answer since Tue 3 Mar 2026, "
                                        "11:00"));
    CHECK_THAT(words,
               ContainsSubstring("Said before: \"We moved our whole archive to version two.\" (Mon 2 Mar "
                                 "2026, 11:00) https://example.org/"));
    CHECK_THAT(words, !ContainsSubstring("\"hi\""));
    CHECK_THAT(words, !ContainsSubstring("Said before: \"Does it"));  // that is what the alert is about
    CHECK(card.picture.empty());
}

TEST_CASE("a card bears the person's picture, if it can be shown safely") {
    for (const char* picture :
         {"https://example.org/sam.png", "http://example.org/sam.png", "javascript:1"}) {
        House house{table_rules};
        house.know("sam", {"champion"}, "ada");
        Event event;
        event.body = AccountChanged{{house.key("sam"), "", "", false, {}, {}, picture}, house.now()};
        event.seen = house.now();
        house.put(std::move(event));
        house.say("sam", "Does it speak IPv6?");
        const std::string shown = std::string_view{picture}.starts_with("https:") ? picture : "";
        CHECK(house.card(AlertId{1}).picture == shown);
    }
}

TEST_CASE("a time on a card that others see too names the clock") {
    OneAlert one{Where::open};
    CHECK(one.house.card(one.id).status == "Waiting for Ada Winter, due Mon 2 Mar 2026, 13:00");
    one.house.press("ada", one.id, "hand_over", "bea");
    CHECK(one.house.card(one.id).status == "Waiting for Bea Morgan, due Mon 2 Mar 2026, 13:00 (Berlin)");
}
