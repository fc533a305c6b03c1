// A platform tells of everybody whose profile changes; only those who were heard, or stated, are kept.

#include "support/catch.hpp"
#include "support/house.hpp"

using namespace rapport;
using namespace rapport::test;

TEST_CASE("a changed profile of somebody who was never heard is not kept") {
    House house{"rules: []\n"};
    house.at("2026-03-02 10:00");
    const auto changed = [&](std::string_view who) {
        Event event;
        event.seen = house.now();
        event.body =
            AccountChanged{{house.key(who), "new-handle", "New Name", false, {}, {}, ""}, house.now()};
        house.together({event});
    };
    changed("passer-by");
    CHECK(house.counts().accounts == 0);
    house.say("lena", "Hello");
    changed("lena");
    CHECK(house.account("lena").name == "New Name");
}
