// Scenarios 15-21: who is who.

#include "bot/alerts/card.hpp"
#include "bot/people/person.hpp"
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

namespace {

/// What the platforms say of two accounts from now on.
void claims(House& house, std::string_view who, std::string_view platform, std::string email,
            std::string page = {}, std::optional<std::vector<ProfileLink>> links = {}) {
    Event event;
    Account account;
    account.key = house.key(who, platform);
    account.email = std::move(email);
    account.page = std::move(page);
    account.links = std::move(links);
    event.body = AccountChanged{std::move(account), house.now()};
    event.seen = house.now();
    house.put(std::move(event));
}

/// Kim, a champion on the forum; and somebody called kk on IRC.
void two_are_heard(House& house) {
    house.know("kim", {"champion"}, "ada");
    house.say("kim", "Good morning all");
    house.say("kk", "Good morning here, too", {.platform = "irc"});
}

bool one_person(const House& house) {
    return house.account("kim").person == house.account("kk", "irc").person;
}

std::string why(House& house) {
    State state;
    const auto bonds = why_one_person(house.person("kim", state));
    return bonds.empty() ? "" : bonds.front().bond->how;
}

}  // namespace

TEST_CASE("scenario 22: the same verified e-mail on both makes one person, and says so") {
    House house{mention_rules};
    two_are_heard(house);
    claims(house, "kim", "chat", "Kim@Mail.example");
    CHECK_FALSE(one_person(house));
    claims(house, "kk", "irc", "kim@mail.example");
    CHECK(one_person(house));
    CHECK(why(house) == "the same verified e-mail");
    house.say("kk", "Is the manual translated?", {.platform = "irc"});  // the champion asks, elsewhere
    CHECK(house.only_alert().staffer == "ada");
    for (const std::string& row : house.all_rows()) CHECK(row.find("mail.example") == std::string::npos);
}

TEST_CASE("scenario 22: a mutual rel=me makes one person, one that is not returned does not") {
    House house{mention_rules};
    two_are_heard(house);
    const std::string kims = "https://chat.example/@kim";
    const std::string kks = "https://www.irc.example/kk/";
    claims(house, "kim", "chat", "", kims, {{{"https://irc.example/kk", false}}});
    claims(house, "kk", "irc", "", kks);
    CHECK_FALSE(one_person(house));
    SECTION("returned, as we see ourselves") {
        claims(house, "kk", "irc", "", kks, {{{"http://Chat.example/@kim#me", false}}});
        CHECK(one_person(house));
        CHECK(why(house).starts_with("each profile names the other"));
    }
    SECTION("returned, as the platform has verified") {
        claims(house, "kim", "chat", "", kims, {{{kks, true}}});
        CHECK(one_person(house));
        CHECK(why(house).find("has verified") != std::string::npos);
    }
    SECTION("taken from the profile before it is returned") {
        claims(house, "kim", "chat", "", kims, std::vector<ProfileLink>{});
        claims(house, "kk", "irc", "", kks, {{{kims, false}}});
        CHECK_FALSE(one_person(house));
    }
    SECTION("both name a third page: that is no proof") {
        claims(house, "kim", "chat", "", kims, {{{"https://company.example/", true}}});
        claims(house, "kk", "irc", "", kks, {{{"https://company.example/", true}}});
        CHECK_FALSE(one_person(house));
    }
}

TEST_CASE("scenario 22: a human who says that they are two has the last word over the same proof") {
    House house{mention_rules};
    two_are_heard(house);
    claims(house, "kim", "chat", "kim@mail.example");
    claims(house, "kk", "irc", "kim@mail.example");
    REQUIRE(one_person(house));
    house.put(UnlinkAccount{house.key("kk", "irc"), "ada"});
    CHECK_FALSE(one_person(house));
    CHECK(why(house).empty());
    house.crash();
    claims(house, "kk", "irc", "kim@mail.example");
    claims(house, "kim", "chat", "kim@mail.example");
    CHECK_FALSE(one_person(house));
    house.put(LinkAccounts{house.key("kim"), house.key("kk", "irc"), "bea"});
    CHECK(one_person(house));
    CHECK(why(house) == "linked by bea");
}

TEST_CASE("scenario 22: what several have, what is staff's, and where the terms forbid it link nobody") {
    House house{mention_rules};
    two_are_heard(house);
    SECTION("a mailbox that several read") {
        claims(house, "kim", "chat", "info@mail.example");
        claims(house, "kk", "irc", "info@mail.example");
        CHECK_FALSE(one_person(house));
    }
    SECTION("two of one place have it") {
        house.say("lou", "Good morning");
        claims(house, "kim", "chat", "home@mail.example");
        claims(house, "lou", "chat", "home@mail.example");
        claims(house, "kk", "irc", "home@mail.example");
        CHECK_FALSE(one_person(house));
        CHECK(house.account("lou").person != house.account("kim").person);
    }
    SECTION("a staffer") {
        house.say("bea", "Good morning");
        claims(house, "bea", "chat", "bea@mail.example");
        claims(house, "kk", "irc", "bea@mail.example");
        CHECK(house.account("bea").person != house.account("kk", "irc").person);
    }
    SECTION("X, where people must agree first") {
        house.say("kk", "Good morning", {.platform = "x"});
        claims(house, "kim", "chat", "kim@mail.example");
        claims(house, "kk", "x", "kim@mail.example");
        CHECK(house.account("kim").person != house.account("kk", "x").person);
    }
    SECTION("who was forgotten") {
        claims(house, "kim", "chat", "kim@mail.example");
        house.put(EraseAccount{house.key("kim"), "ada"});
        claims(house, "kk", "irc", "kim@mail.example");
        CHECK(house.account("kk", "irc").bonds.empty());
    }
}
