// Scenarios that need a platform between people and Rapport: 25, 26, 27, 28 and 34 through Slack.

#include <fmt/format.h>

#include <boost/json/parse.hpp>

#include "bot/alerts/card.hpp"
#include "doubles/slack/double.hpp"
#include "scenarios/told.hpp"
#include "support/catch.hpp"
#include "support/house.hpp"

using namespace rapport;
using namespace rapport::test;
using namespace std::chrono_literals;

namespace {

const std::string_view slack_rules = R"(
rules:
  - name: champion-waits
    title: A champion is waiting for an answer
    when: person.role in [champion] and message.needs_reply
    ask: [owner, on duty in community]
    cooldown: 0s
)";

/// Cards that stand in Slack before her by themselves, without double.
std::size_t cards_before(const House& house, std::string_view staffer) {
    return house.seen_by(staffer).size();
}

const std::string about_ipv6 = "Does it speak IPv6?";

/// Four messages, of which two want an answer; a crash after that many turns of the loop, and a new start
/// where the store rests before it works.
void crash_and_go_on(int turns, std::chrono::milliseconds store_rests) {
    House house{slack_rules};
    house.know("kim", {"champion"}, "ada");
    house.know("lou", {"champion"}, "bea");
    house.say("kim", "Good morning all");
    house.say_and_go("kim", about_ipv6);
    house.say_and_go("lou", "Can I mirror the repository?", {.channel = "mirrors"});
    house.say_and_go("kim", "And does it speak QUIC?");
    house.turn(turns);
    house.store_rests = store_rests;
    house.crash();
    house.later(10min);  // what had an unknown outcome is looked for in its own time
    CHECK(house.counts().messages == 4);
    CHECK(house.alerts().size() == 2);
    CHECK(cards_before(house, "ada") == 1);
    CHECK(cards_before(house, "bea") == 1);
    for (const slack::Delivery& one : house.slack().deliveries("message"))
        CHECK(one.state == slack::DeliveryState::acked);
}

}  // namespace

TEST_CASE("scenario 25: Slack delivers an event many times and as a mention: one message and one alert") {
    House house{slack_rules};
    house.know("kim", {"champion"}, "ada");
    house.slack().policy().duplicate = 2;
    house.slack().policy().copies = 11;
    house.say("kim", about_ipv6, {.mentions = {"rapport"}});
    CHECK(house.counts().messages == 1);
    CHECK(house.only_alert().messages == 1);
    CHECK(cards_before(house, "ada") == 1);
    CHECK(house.sounds[card_id(house.only_alert().id)] == 1);
}

TEST_CASE("scenario 26: down for ten minutes: history tells everything, marked late, and nothing is twice") {
    House house{slack_rules};
    house.know("kim", {"champion"}, "ada");
    house.know("lou", {"champion"}, "bea");
    const std::string before = house.say("kim", "Good morning all");
    house.say("lou", about_ipv6, {.channel = "mirrors"});
    REQUIRE(house.alerts().size() == 1);
    house.down();
    house.later(1min);
    house.say_and_go("kim", "Does it speak QUIC?");
    house.later(5min);
    house.say_and_go("kim", "Is there a mirror in Japan?", {.channel = "mirrors"});
    house.say_and_go("dan", "In the thread", {.reply_to = before});
    house.later(4min);
    house.up();
    constexpr int enough = 500;  // history is read in its own time
    for (int i = 0; i < enough && house.counts().messages < 5; ++i) {
        house.turn(5);
        house.settle();
    }
    CHECK(house.counts().messages == 5);
    REQUIRE(house.alerts().size() == 2);
    CHECK_FALSE(house.alerts()[0].late);
    CHECK(house.alerts()[1].late);
    CHECK(house.alerts()[1].messages == 2);
    CHECK(cards_before(house, "ada") == 1);
    CHECK(cards_before(house, "bea") == 1);
    // What Slack repeats later brings nothing back, and what is said now is not late.
    house.later(10min);
    house.settle();
    CHECK(house.counts().messages == 5);
    house.say("dan", "And now?");
    CHECK(house.counts().messages == 6);
}

TEST_CASE(
    "scenario 27: killed at any point: every acknowledged message is there and every card stands once") {
    const int turns = GENERATE(0, 1, 2, 3, 5, 8, 13, 20, 30, 45);
    CAPTURE(turns);
    crash_and_go_on(turns, 0ms);
}

TEST_CASE("scenario 27: the same where the store takes its time after the start") {
    const int turns = GENERATE(13, 20);
    CAPTURE(turns);
    crash_and_go_on(turns, 30ms);
}

TEST_CASE("scenario 28: Slack answers 429, 500, garbage or nothing for an hour: then cards go out once") {
    using slack::Fault;
    const int kind = GENERATE(0, 1, 2, 3);
    const Fault faults[] = {Fault::rate_limited(30), Fault::server_error(500), Fault::html(), Fault::reset()};
    CAPTURE(kind);
    House house{slack_rules};
    house.know("kim", {"champion"}, "ada");
    house.know("lou", {"champion"}, "ada");
    house.say("kim", "Good morning all");
    constexpr int plenty = 1'000;
    for (const char* method :
         {"chat.postMessage", "chat.update", "conversations.open", "conversations.history"})
        house.slack().next_calls(method, plenty, faults[kind]);
    house.say("kim", about_ipv6);
    house.later(1min);
    house.say("lou", "Can I mirror the repository?", {.channel = "mirrors"});
    for (int minutes = 0; minutes < 60; minutes += 6) house.later(6min);
    CHECK(house.alerts().size() == 2);
    CHECK(cards_before(house, "ada") == 0);
    house.slack().clear_faults();
    house.later(10min);
    house.later(10min);
    const std::vector<std::string> seen = house.seen_by("ada");
    REQUIRE(seen.size() == 2);
    CHECK_THAT(seen[0], ContainsSubstring("IPv6"));
    CHECK_THAT(seen[1], ContainsSubstring("mirror"));
    for (const AlertRow& alert : house.alerts()) CHECK(house.sounds[card_id(alert.id)] == 1);
}

TEST_CASE("scenario 34: nasty texts stand on the card safely and ping nobody") {
    House house{slack_rules};
    house.know("kim", {"champion"}, "ada");
    const std::string nasty = GENERATE(
        as<std::string>{}, "<!channel> <@U0BEA> <https://evil.example|Slack> does it speak IPv6?",
        "*bold* `code` ~gone~ > quote does it speak IPv6?", std::string(39'000, 'a') + " does it speak IPv6?",
        "Does it\u200b\u200b speak \u202eIPv6\u202c\u2066 now?",
        "\U0001F469\u200D\U0001F4BB\U0001F469\u200D\U0001F4BB\U0001F469\u200D\U0001F4BB does it speak IPv6?");
    house.say("kim", nasty);
    REQUIRE(house.alerts().size() == 1);
    const std::vector<std::string> seen = house.seen_by("ada");
    REQUIRE(seen.size() == 1);
    const std::string text{boost::json::parse(seen[0]).at("text").as_string()};
    for (const char* bad : {"<!channel>", "<@U0BEA>", "<https://evil", "\u202e"})
        CHECK(text.find(bad) == std::string::npos);
    CHECK(seen[0].find("\"broadcast\"") == std::string::npos);
    CHECK(house.slack().complaints().empty());
}

TEST_CASE(
    "scenario 22, in Slack: the e-mail of a guest, which Slack has verified, links their other account") {
    House house{slack_rules};
    house.say("cleo", "Good morning");
    CHECK(house.account("cleo").bonds.empty());
    Event elsewhere = house.saying("cleo-reads", "Hello", {.platform = "forum"});
    std::get<MessagePosted>(elsewhere.body).message.author.email = "cleo@people.example";
    house.put(std::move(elsewhere));
    CHECK(house.account("cleo").person == house.account("cleo-reads", "forum").person);
    for (const std::string& row : house.all_rows()) CHECK(row.find("people.example") == std::string::npos);
}
