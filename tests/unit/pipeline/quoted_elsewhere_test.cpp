// An alert may quote what the person said in another channel: that channel, too, has to be in memory when its
// time comes. (Found by the simulation, seed 2872.)

#include "support/catch.hpp"
#include "support/house.hpp"

using namespace rapport;
using namespace rapport::test;
using namespace std::chrono_literals;

TEST_CASE("after a restart, an alert that quotes another channel goes on when its time comes") {
    House house{R"(rules:
  - name: question
    when: message.needs_reply
    after: 30m
    ask: [on duty in community]
    cooldown: 0s
)"};
    house.at("2026-03-02 10:00");
    house.say("lena", "Does 2.0 speak IPv6?", {.channel = "help"});
    house.later(1min);
    house.say("lena", "Does anybody know whether 2.0 speaks IPv6?", {.channel = "general"});
    REQUIRE(house.only_alert().quoted.size() == 2);
    house.crash();
    house.later(30min);
    CHECK(house.counts().quarantine == 0);
    CHECK(house.only_alert().state == AlertState::open);
}
