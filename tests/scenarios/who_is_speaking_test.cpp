// Scenarios 15-21: who is who.

#include "bot/alerts/card.hpp"
#include "scenarios/told.hpp"
#include "support/catch.hpp"
#include "support/house.hpp"

using namespace rapport;
using namespace rapport::test;
using namespace std::chrono_literals;

namespace {

const std::string_view mention_rules = R"(
rules:
  - name: mention
    title: Somebody talks about us
    when: message.mentions_brand or person.role in [champion] and message.needs_reply
    ask: [owner, strongest tie, on duty in community]
    cooldown: 0s
)";

}  // namespace

TEST_CASE("scenario 15: a colleague mentions the brand: no alert, recorded as staff") {
    House house{mention_rules};
    const std::string said = house.say("bea", "Acme 2.0 is out. Who wants to try it?");
    CHECK(house.alerts().empty());
    CHECK(house.cards.empty());
    CHECK(house.message(said).speaker == Speaker::staff);
    // The very same words by somebody else do raise one.
    house.say("kim", "Acme 2.0 is out. Who wants to try it?", {.channel = "news"});
    CHECK(house.alerts().size() == 1);
}

TEST_CASE("scenario 15: the brand's own account raises nothing either") {
    House house{mention_rules};
    const std::string said = house.say("brand", "Acme 2.0 is out. Who wants to try it?");
    CHECK(house.alerts().empty());
    CHECK(house.message(said).speaker == Speaker::brand);
}

TEST_CASE(
    "scenario 16: a staffer leaves and becomes a customer: new messages count, the old ones stay staff's") {
    House house{mention_rules, R"(
brand: {names: [Acme]}
staff:
  ada: {accounts: ["chat:home:ada"], zone: UTC}
  bea: {accounts: ["chat:home:bea"], zone: UTC, left: 2026-03-10}
groups:
  community: [ada]
)"};
    const std::string before = house.say("bea", "Acme 2.0 is out. Who wants to try it?");
    CHECK(house.alerts().empty());
    house.at("2026-03-10 10:00");
    const std::string after = house.say("bea", "Does Acme 2.1 speak IPv6?");
    CHECK(house.only_alert().staffer == "ada");
    CHECK(house.message(before).speaker == Speaker::staff);
    CHECK(house.message(after).speaker == Speaker::person);
}

TEST_CASE("scenario 17: a bot quotes a champion: no alert") {
    House house{mention_rules};
    house.know("kim", {"champion"}, "ada");
    const std::string said = house.say("kim", "Does Acme 2.0 speak IPv6?");
    REQUIRE(house.alerts().size() == 1);
    const AlertRow before = house.only_alert();
    SECTION("in another channel, far from the flood window") {
        house.later(1h);
    }
    SECTION("right away") {}
    const Saying by_flag{.channel = "digest", .bot = true};
    const Saying by_role{.channel = "digest", .role = "bot"};
    const std::string quoted = house.say("relay", "kim wrote: Does Acme 2.0 speak IPv6?", by_flag);
    house.say("herald", "kim wrote: Does Acme 2.0 speak IPv6?", by_role);
    Saying in_thread = by_flag;
    in_thread.channel = "help";
    in_thread.reply_to = said;
    in_thread.mentions = {"kim"};
    house.say("relay", "Does Acme 2.0 speak IPv6? See the manual.", in_thread);
    // Neither a request nor an answer.
    CHECK(house.only_alert() == before);
    CHECK(house.message(quoted, by_flag).speaker == Speaker::bot);
    CHECK(house.account("relay").bot);
    // Even a champion's own account, once it is known to be a machine's.
    house.know("kim2", {"champion"}, "ada");
    house.say("kim2", "Does Acme 2.0 speak IPv6?", {.channel = "other", .bot = true});
    CHECK(house.only_alert() == before);
}

TEST_CASE("scenario 17: a suspected bot waits in a review list, and is released if it is none") {
    House house{mention_rules};
    const auto say = [&](std::string channel) {
        return house.say("news-bot", "Is Acme 2.0 out yet, does anybody know?",
                         {.channel = std::move(channel)});
    };
    say("one");
    REQUIRE(house.alerts().size() == 1);  // a name alone proves nothing
    const AlertId first = house.only_alert().id;
    house.later(1h);
    say("two");
    house.later(1h);
    say("three");
    const AccountRow waiting = house.account("news-bot");
    CHECK(waiting.suspicion == std::vector<std::string>{"calls itself a bot (0.6)",
                                                        "said the same in 3 places within a day (0.5)"});
    CHECK(house.alert(first).state == AlertState::withdrawn);
    for (const AlertRow& alert : house.alerts()) CHECK(is_closed(alert.state));
    const std::size_t before = house.alerts().size();
    house.later(1h);
    house.say("news-bot", "Is there an Acme for phones?", {.channel = "four"});
    CHECK(house.alerts().size() == before);
    SECTION("it is one: never an alert about it") {
        house.put(MarkBot{house.key("news-bot"), true, "ada"});
        CHECK(house.account("news-bot").bot);
        CHECK(house.account("news-bot").suspicion.empty());
        house.later(1h);
        house.say("news-bot", "Is there an Acme for cars?", {.channel = "five"});
        CHECK(house.alerts().size() == before);
    }
    SECTION("it is none: what was held is raised, and it is not suspected again") {
        house.crash();
        house.put(MarkBot{house.key("news-bot"), false, "ada"});
        CHECK(house.alerts().size() > before);
        CHECK_FALSE(is_closed(house.alerts().back().state));
        CHECK(house.account("news-bot").held.empty());
        for (const char* channel : {"five", "six", "seven"}) say(channel);
        CHECK(house.account("news-bot").suspicion.empty());
    }
}

TEST_CASE("scenario 18: a day-old account says the same in 40 channels: one suppressed entry, no alert") {
    House house{mention_rules};
    for (int i = 0; i < 40; ++i) {
        Event event = house.saying("zed", "Acme is over, read https://example.org/win instead!",
                                   {.channel = "c" + std::to_string(i)});
        std::get<MessagePosted>(event.body).message.author.created = house.now() - 24h;
        house.put(std::move(event));
        house.later(1s);
    }
    house.later(1h);
    CHECK(house.cards.empty());
    for (const AlertRow& alert : house.alerts()) CHECK(alert.state == AlertState::withdrawn);
    CHECK(house.alerts().size() <= 1);
    CHECK(house.account("zed").suspicion.size() == 2);
    CHECK(house.account("zed").held.size() == max_held);
}

TEST_CASE("scenario 18: a day-old account that asks once is heard, a moment later") {
    House house{mention_rules};
    Event event = house.saying("zed", "Does Acme 2.0 speak IPv6?");
    std::get<MessagePosted>(event.body).message.author.created = house.now() - 24h;
    house.put(std::move(event));
    CHECK(house.cards.empty());
    house.later(2min);
    CHECK(house.only_alert().state == AlertState::open);
}

TEST_CASE("scenario 19: a handle changes: the same person, and another takes the old handle: a new person") {
    House house{mention_rules};
    house.know("u1", {"champion"}, "ada");
    const auto rename = [&](std::string_view id, std::string handle, std::string name) {
        Event event;
        event.body = AccountChanged{{house.key(id), std::move(handle), std::move(name), false, {}, {}, ""},
                                    house.now()};
        event.seen = house.now();
        house.put(std::move(event));
    };
    rename("u1", "grace", "Grace");
    const std::string hello = house.say("u1", "Does Acme 2.0 speak IPv6?");
    house.say("ada", "It does!", {.reply_to = hello});
    const AccountRow before = house.account("u1");
    REQUIRE(before.ties.size() == 1);

    house.later(24h);
    rename("u1", "grace-h", "Grace H");
    const AccountRow after = house.account("u1");
    CHECK(after.id == before.id);
    CHECK(after.person == before.person);
    CHECK(after.handle == "grace-h");
    CHECK(after.roles == before.roles);
    CHECK(after.owner == before.owner);
    CHECK(after.ties == before.ties);

    house.say("u2", "Hello", {.channel = "docs"});
    rename("u2", "grace", "Grace");
    const AccountRow other = house.account("u2");
    CHECK(other.id != after.id);
    CHECK(other.person != after.person);
    CHECK(other.roles.empty());
    CHECK(other.owner.empty());
    CHECK(other.ties.empty());
    State state;
    CHECK(house.person("u2", state).accounts.size() == 1);

    house.later(1h);
    house.say("u2", "Is the manual translated?", {.channel = "docs"});
    CHECK(house.alerts().size() == 1);  // no champion
    house.say("u1", "Is the manual translated?", {.channel = "docs"});
    CHECK(house.alerts().size() == 2);
    CHECK(house.alerts().back().staffer == "ada");
}

TEST_CASE("scenario 20: two people bear the same name: each stays a person of their own") {
    House house{mention_rules};
    house.know("kim", {"champion"}, "ada");
    house.say("kim", "Good morning all");
    house.say("kim", "Does it speak IPv6?", {.platform = "irc"});
    CHECK(house.alerts().empty());  // the champion is the other one
    CHECK(house.account("kim").person != house.account("kim", "irc").person);
    CHECK(house.account("kim", "irc").roles.empty());
    house.say("kim", "Does it speak QUIC?");
    CHECK(house.only_alert().about == house.account("kim").id);
}
