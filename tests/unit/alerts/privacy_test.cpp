#include "bot/alerts/privacy.hpp"

#include "unit/alerts/office.hpp"

using namespace rapport;
using namespace rapport::test;
using namespace rapport::test::office;

TEST_CASE("a direct message whose only reader is in the team's file no more is shown to nobody") {
    Office office;
    office.alert.channel = ChannelId{2};
    ChannelRow direct;
    direct.id = office.alert.channel;
    direct.key = {"chat", "home", "dm"};
    direct.kind = ChannelKind::dm;
    office.state.channels.add(direct);
    office.says("My card number is private.");
    office.alert.asked = {"gone"};
    rules::LoadResult loaded = rules::load(
        "rules:\n  - {name: r, title: R, when: message.length > 0, ask: [channel], reply within: 1h}\n",
        "r.yaml");
    REQUIRE(loaded.rules);
    const World world{Team{office.staff, office.groups, {}, {}}, std::move(*loaded.rules), Config{}};
    REQUIRE(is_private(office.state, office.alert));
    // No desk reaches them, so the card goes to everybody: without its words.
    CHECK_FALSE(all_may_read(office.state, world, office.alert, noon));
    office.alert.asked = {""};
    CHECK_FALSE(all_may_read(office.state, world, office.alert, noon));
}
