#include "adapters/slack/api/schedule.hpp"

#include <boost/json/array.hpp>

#include "support/catch.hpp"

using namespace rapport;
using namespace rapport::slack;
using namespace std::chrono_literals;
namespace json = boost::json;

namespace {

const Time start{480'000h};

Method method(std::string_view name, const json::object& params = {}) {
    return method_traits(name, params, Profile::standard);
}

}  // namespace

TEST_CASE("parameters are form-encoded with nested values as JSON") {
    const json::object params{
        {"channel", "C1"},       {"text", "a b&c=d+e%\n\xC3\xA9"},
        {"unfurl_links", false}, {"limit", 15},
        {"cursor", nullptr},     {"blocks", json::array{json::object{{"type", "divider"}}}}};
    CHECK(form_encode(params) ==
          "channel=C1&text=a+b%26c%3Dd%2Be%25%0A%C3%A9&unfurl_links=false&limit=15"
          "&blocks=%5B%7B%22type%22%3A%22divider%22%7D%5D");
    CHECK(form_encode({}).empty());
}

TEST_CASE("what may be done twice, and what may not") {
    for (const char* fine : {"auth.test", "users.info", "conversations.history", "views.publish",
                             "chat.update", "conversations.open", "views.update"}) {
        INFO(fine);
        CHECK(method(fine).repeatable);
    }
    for (const char* never : {"chat.postMessage", "chat.postEphemeral", "views.open", "views.push",
                              "oauth.v2.access", "unheard.of"}) {
        INFO(never);
        CHECK_FALSE(method(never).repeatable);
    }
    CHECK_FALSE(method("views.update", {{"hash", "1"}}).repeatable);
    CHECK(queue_of("chat.postMessage", method("chat.postMessage"), {{"channel", "C1"}}) ==
          "chat.postMessage C1");
    CHECK(queue_of("chat.update", method("chat.update"), {{"channel", "C1"}}) == "chat.update");
    CHECK(page_limit("conversations.history", Profile::restricted) == 15);
    CHECK(page_limit("users.list", Profile::restricted) == 200);
}

TEST_CASE("on average no queue is faster than its tier") {
    struct Tier {
        const char* name;
        int per_minute;
    };
    for (const Tier tier : {Tier{"unheard.of", 20}, Tier{"users.list", 20}, Tier{"conversations.info", 50},
                            Tier{"users.info", 100}, Tier{"views.open", 100}, Tier{"auth.test", 600}}) {
        INFO(tier.name);
        Schedule schedule{{.waiting = 5000, .per_queue = 5000}};
        for (int i = 0; i < 4000; ++i) schedule.enter(tier.name, method(tier.name), Priority::sync, start);
        int made = 0;
        for (auto at = 0ms; at < 5min; at += 50ms) {
            while (const auto ticket = schedule.next(start + at)) {
                ++made;
                schedule.leave(*ticket);
            }
        }
        CHECK(made <= tier.per_minute * 5.2);
        CHECK(made >= tier.per_minute * 4.8);
    }
}

TEST_CASE("one channel takes a message a second, and another channel does not wait for it") {
    Schedule schedule{{}};
    const Method post = method("chat.postMessage");
    const auto first = schedule.enter("chat.postMessage C1", post, Priority::alert, start);
    schedule.enter("chat.postMessage C1", post, Priority::alert, start);
    const auto other = schedule.enter("chat.postMessage C2", post, Priority::alert, start);
    CHECK(schedule.next(start) == first);
    CHECK(schedule.next(start) == other);
    CHECK_FALSE(schedule.next(start));
    CHECK_FALSE(schedule.wake(start));  // only the end of the first one can change something
    schedule.leave(*first);
    CHECK_FALSE(schedule.next(start + 999ms));
    CHECK(schedule.wake(start + 999ms) == start + 1100ms);
    CHECK(schedule.next(start + 1100ms));
}

TEST_CASE("a channel's messages go out one after the other, in their order") {
    Schedule schedule{{}};
    const Method post = method("chat.postMessage");
    const auto first = schedule.enter("q", post, Priority::alert, start);
    const auto second = schedule.enter("q", post, Priority::alert, start);
    CHECK(schedule.next(start) == first);
    CHECK_FALSE(schedule.next(start + 1h));
    schedule.leave(*first);
    CHECK(schedule.next(start + 1h) == second);
}

TEST_CASE("clicks go first, then alerts, then Home, then catching up") {
    Schedule schedule{{.at_once = 1}};
    std::vector<std::optional<Schedule::Ticket>> tickets;
    const auto sync = schedule.enter("users.info", method("users.info"), Priority::sync, start);
    const auto home = schedule.enter("views.publish", method("views.publish"), Priority::home, start);
    const auto alert = schedule.enter("chat.update", method("chat.update"), Priority::alert, start);
    const auto click = schedule.enter("views.open", method("views.open"), Priority::click, start);
    const auto urgent_info = schedule.enter("users.info", method("users.info"), Priority::click, start);
    for (const auto expected : {click, urgent_info, alert, home, sync}) {
        const auto ticket = schedule.next(start);
        CHECK(ticket == expected);
        if (ticket) schedule.leave(*ticket);
    }
}

TEST_CASE("while all slots are taken, two more are there for clicks") {
    Schedule schedule{{.at_once = 1}};
    schedule.enter("users.info", method("users.info"), Priority::sync, start);
    CHECK(schedule.next(start));
    schedule.enter("chat.update", method("chat.update"), Priority::alert, start);
    CHECK_FALSE(schedule.next(start));
    for (int i = 0; i < 3; ++i) schedule.enter("views.open", method("views.open"), Priority::click, start);
    CHECK(schedule.next(start));
    CHECK(schedule.next(start));
    CHECK_FALSE(schedule.next(start));
}

TEST_CASE("edge case 9: a pause stops its own queue alone") {
    Schedule schedule{{}};
    const auto open =
        schedule.enter("apps.connections.open", method("apps.connections.open"), Priority::click, start);
    schedule.pause("apps.connections.open", start + 30s);
    const auto info = schedule.enter("users.info", method("users.info"), Priority::sync, start);
    CHECK(schedule.next(start) == info);
    CHECK_FALSE(schedule.next(start + 29'999ms));
    CHECK(schedule.wake(start) == start + 30s);
    CHECK(schedule.next(start + 30s) == open);
}

TEST_CASE("queues are bounded, and those who leave make room") {
    Schedule schedule{{.waiting = 3, .per_queue = 2}};
    const Method info = method("users.info");
    const auto first = schedule.enter("a", info, Priority::sync, start);
    CHECK(schedule.enter("a", info, Priority::sync, start));
    CHECK_FALSE(schedule.enter("a", info, Priority::sync, start));
    CHECK(schedule.enter("b", info, Priority::sync, start));
    CHECK_FALSE(schedule.enter("b", info, Priority::sync, start));
    schedule.leave(*first);
    CHECK(schedule.waiting() == 2);
    CHECK(schedule.enter("a", info, Priority::sync, start));
}

TEST_CASE("channels that were quiet for long are forgotten") {
    Schedule schedule{{}};
    const Method post = method("chat.postMessage");
    for (int i = 0; i < 2000; ++i) {
        const auto ticket = schedule.enter("C" + std::to_string(i), post, Priority::alert, start + i * 10s);
        CHECK(schedule.next(start + i * 10s) == ticket);
        schedule.leave(*ticket);
    }
    CHECK(schedule.queues() <= 257);
}

TEST_CASE("the restricted profile reads history once a minute") {
    const Method history = method_traits("conversations.history", {}, Profile::restricted);
    Schedule schedule{{}};
    schedule.enter("h", history, Priority::sync, start);
    schedule.enter("h", history, Priority::sync, start);
    const auto first = schedule.next(start);
    REQUIRE(first);
    schedule.leave(*first);
    CHECK_FALSE(schedule.next(start + 60s));
    CHECK(schedule.next(start + 61s));
}
