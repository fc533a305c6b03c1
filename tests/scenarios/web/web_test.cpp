// What only the website can show: visitors on its page, staff at its desk, and both coming back.

#include "bot/alerts/card.hpp"
#include "scenarios/told.hpp"
#include "support/catch.hpp"
#include "support/house.hpp"

using namespace rapport;
using namespace rapport::test;
using namespace std::chrono_literals;

namespace {

const std::string_view any_question = R"(
rules:
  - name: question
    title: Somebody asks
    when: message.needs_reply and not conversation.answered_by_person
    ask: [on duty in community]
    reply within: 4h
    cooldown: 0s
)";

const Saying on_the_site{.channel = "vera", .kind = ChannelKind::ticket, .platform = "web"};

Saying answering(std::string id) {
    Saying how = on_the_site;
    how.reply_to = std::move(id);
    return how;
}

std::vector<std::string> texts_of(const std::vector<ShownLine>& lines) {
    std::vector<std::string> texts;
    for (const ShownLine& line : lines) texts.push_back(line.who + ": " + line.text);
    return texts;
}

}  // namespace

TEST_CASE("scenario 2, on the website: a visitor asks, the staffer answers at the desk, and it is verified") {
    House house{any_question};
    const std::string asked = house.say("vera", "Does the new edition have an index?", on_the_site);
    const AlertRow alert = house.only_alert();
    REQUIRE(alert.staffer == "ada");
    CHECK(quotes_of(house.card(alert.id)) == std::vector<std::string>{"Does the new edition have an index?"});
    house.press("ada", alert.id, "claim");
    house.desk("ada").look_at(house.key("vera", "web").id);
    house.later(10min);
    house.say("ada", "It does, of forty pages.", answering(asked));

    CHECK(house.only_alert().outcome == Outcome::verified);
    CHECK(house.only_alert().answered_by == house.account("ada", "web").id);
    const std::vector<std::string> both{"visitor: Does the new edition have an index?",
                                        "staff: It does, of forty pages."};
    CHECK(texts_of(house.visitor("vera").lines) == both);
    CHECK(texts_of(house.desk("ada").lines) == both);
    CHECK(house.desk("bea").conversations.at(house.key("vera", "web").id) == "It does, of forty pages.");
}

TEST_CASE("scenario 4, on the website: the brand answers at the desk, and a person is still wanted") {
    House house{any_question};
    const std::string asked = house.say("vera", "Does the new edition have an index?", on_the_site);
    house.say("brand", "Thanks for asking!", answering(asked));
    const AlertRow alert = house.only_alert();
    CHECK(alert.state == AlertState::open);
    CHECK(alert.brand_answered == house.now());
    CHECK(house.visitor("vera").lines.back().who == "brand");
}

TEST_CASE("the program crashes: the desks come back by themselves and see all that is open") {
    House house{any_question};
    house.say("kim", "Does it speak IPv6?");
    house.say("lou", "Is there an index?", {.channel = "books"});
    house.say("vera", "Do you ship to Peru?", on_the_site);
    REQUIRE(house.alerts().size() == 3);
    const auto all = house.alerts();
    for (const AlertRow& alert : all)
        if (alert.about == house.account("kim").id) house.press("ada", alert.id, "dismiss", "not_us");
    house.crash();
    CHECK(house.desk("ada").cards.size() == 2);  // `settle` has compared what they say
    CHECK(texts_of(house.visitor("vera").lines) == std::vector<std::string>{"visitor: Do you ship to Peru?"});
    for (const AlertRow& alert : house.alerts())
        if (alert.about == house.account("lou").id)
            CHECK_THAT(house.press("ada", alert.id, "claim"), ContainsSubstring("It's yours."));
}

TEST_CASE("a desk whose connection breaks sees, when it is back, what has happened meanwhile") {
    House house{any_question};
    house.say("kim", "Does it speak IPv6?");
    const AlertId id = house.only_alert().id;
    house.desk("bea").cut();
    house.press("ada", id, "hand_over", "bea", "Kim met you in Oslo.");
    house.reconnect(house.desk("bea"));
    REQUIRE(house.desk("bea").cards.contains(card_id(id)));
    CHECK_THAT(in_words(house.desk("bea").cards.at(card_id(id))), ContainsSubstring("Kim met you in Oslo."));
}

TEST_CASE("a press whose confirmation is lost is sent again, and is one press") {
    House house{any_question};
    house.say("kim", "Does it speak IPv6?");
    const AlertId id = house.only_alert().id;
    house.press_and_go("ada", id, "claim");
    house.reconnect(house.desk("ada"));
    CHECK(house.only_alert().state == AlertState::claimed);
    CHECK(history_of(house.card(id)).back() == "Ada Winter will reply.");
    CHECK(house.desk("ada").unconfirmed.empty());
}

TEST_CASE("scenario 6, on the website: two desks press in one moment, one wins, the other reads who") {
    House house{any_question};
    house.say("kim", "Does it speak IPv6?");
    const AlertId id = house.only_alert().id;
    house.press("ada", id, "hand_over", "bea");  // now it stands before both
    const std::string first = house.press_and_go("ada", id, "claim");
    const std::string second = house.press_and_go("bea", id, "claim");
    house.settle();
    const std::string ada = house.desk("ada").notices.at(first), bea = house.desk("bea").notices.at(second);
    const bool ada_won = house.only_alert().staffer == "ada";
    CHECK(house.only_alert().state == AlertState::claimed);
    CHECK_THAT(ada_won ? ada : bea, ContainsSubstring("It's yours."));
    CHECK_THAT(ada_won ? bea : ada,
               ContainsSubstring(ada_won ? "Ada Winter was faster" : "Bea Morgan was faster"));
    CHECK(house.desk("ada").notices.size() == 2);  // of the hand-over and of the claim; none is another's
    CHECK(house.desk("bea").notices.size() == 1);
}

TEST_CASE("a visitor who writes while the connection is broken is heard once it is back, and once") {
    House house{any_question};
    house.say("vera", "Hello", on_the_site);
    house.visitor("vera").cut();
    house.visitor("vera").say("1772442000000-00000000cafe0000", "Do you ship to Peru?");
    house.reconnect(house.visitor("vera"));
    house.reconnect(house.visitor("vera"));
    CHECK(house.visitor("vera").lines.size() == 2);
    CHECK(house.only_alert().messages == 2);
    CHECK(quotes_of(house.card(house.only_alert().id)) ==
          std::vector<std::string>{"Hello", "Do you ship to Peru?"});
}

TEST_CASE("scenario 22, on the website: who is signed in on the site is known by their verified e-mail") {
    House house{any_question};
    Event elsewhere = house.saying("vera-d", "Hello", {.platform = "forum"});
    std::get<MessagePosted>(elsewhere.body).message.author.email = "vera@example.org";
    house.put(std::move(elsewhere));
    house.say("vera", "Does the new edition have an index?", on_the_site);
    const auto one = [&] {
        return house.account("vera", "web").person == house.account("vera-d", "forum").person;
    };
    CHECK_FALSE(one());
    VisitorPage& page = house.visitor("vera");
    const auto comes_back = [&](std::string_view secret, Time until) {
        const std::string seconds =
            std::to_string(std::chrono::floor<std::chrono::seconds>(until).time_since_epoch().count());
        page.vouch = {"vera@example.org", seconds, web::vouch_proof(secret, "vera@example.org", seconds)};
        house.reconnect(page);
        house.settle();
    };
    comes_back("a secret that somebody made up", house.now() + 1h);
    CHECK_FALSE(one());
    comes_back(site_secret, house.now() - 1s);
    CHECK_FALSE(one());
    comes_back(site_secret, house.now() + 1h);
    CHECK(one());
}
