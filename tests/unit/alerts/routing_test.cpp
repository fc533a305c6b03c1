#include <algorithm>

#include "unit/alerts/office.hpp"

using namespace rapport;
using namespace rapport::test;
using namespace rapport::test::office;
using namespace std::chrono_literals;

TEST_CASE("the owner is asked before the strongest tie, the tie before who is on duty") {
    Office office;
    const std::vector<std::string> ask{"owner", "strongest tie", "on duty in help"};
    CHECK(office.route(ask).staffer == "bea");
    office.tied({{"cyd", 3}, {"ada", 1}});
    CHECK(office.route(ask).staffer == "cyd");
    office.person.owner = "ada";
    CHECK(office.route(ask).staffer == "ada");
    CHECK(office.route({"on duty in help", "owner"}).staffer == "bea");
}

TEST_CASE("the reason for whom is asked comes last, those against the others before it") {
    Office office;
    office.person.owner = "ada";
    office.ada().away = {{noon - 1h, noon + 24h, "holiday"}};
    office.tied({{"bea", 2}, {"cyd", 1}});
    office.busy("bea", 5);
    const Route route = office.route({"owner", "strongest tie"});
    CHECK(route.staffer == "cyd");
    REQUIRE(route.why.size() == 3);
    CHECK_THAT(route.why[0],
               ContainsSubstring("Ada: owns this relationship, but is not working until Tue 3 Mar"));
    CHECK_THAT(route.why[1], ContainsSubstring("Bea: strongest tie (2 contacts), but has 5 alerts already"));
    CHECK(route.why[2] == "Cyd: next strongest tie (1 contact)");
}

TEST_CASE("nobody is named for what is not there") {
    Office office;
    office.person.owner = "zoe";
    const Route route = office.route({"owner", "strongest tie", "on duty in nowhere", "@zoe"});
    CHECK(to_channel(route));
    CHECK_THAT(all(route), ContainsSubstring("the owner, zoe, is not in the team"));
    CHECK_THAT(all(route), ContainsSubstring("nobody in the team has talked with them yet"));
    CHECK_THAT(all(route), ContainsSubstring("there is no group nowhere"));
    CHECK_THAT(all(route), ContainsSubstring("zoe is not in the team"));
    CHECK_THAT(route.why.back(), ContainsSubstring("goes to the team's channel"));
    office.person.owner = "";
    CHECK_THAT(all(office.route({"owner"})), ContainsSubstring("nobody owns this relationship"));
}

TEST_CASE("a tie without any contact is none to ask for") {
    Office office;
    office.tied({{"ada", 0}});
    CHECK(to_channel(office.route({"strongest tie"})));
}

TEST_CASE("staffers can be named, and the lead be meant") {
    Office office;
    CHECK(office.route({"@bea"}).staffer == "bea");
    CHECK(office.route({"@lead"}).staffer == "cyd");
    office.cyd().lead = false;
    CHECK(to_channel(office.route({"@lead"})));
    CHECK_THAT(all(office.route({"@lead"})), ContainsSubstring("nobody leads the team"));
}

TEST_CASE("on duty means the group in its order") {
    Office office;
    CHECK(office.route({"on duty in help"}).staffer == "bea");
    office.busy("bea", 5);
    CHECK(office.route({"on duty in help"}).staffer == "ada");
}

TEST_CASE("capacity is reached at its number, not before") {
    Office office;
    office.bea().capacity = 2;
    office.busy("bea", 1);
    CHECK(office.route({"@bea"}).staffer == "bea");
    office.busy("bea", 2);
    CHECK(to_channel(office.route({"@bea"})));
}

TEST_CASE("who has been asked already is left out, and the reason says so") {
    Office office;
    office.except = {"bea"};
    const Route route = office.route({"on duty in help"});
    CHECK(route.staffer == "ada");
    CHECK(route.why.front() == "Bea: on duty in help, but has been asked already");
}

TEST_CASE("who has left or not yet come is not asked") {
    Office office;
    office.bea().left = noon;
    office.ada().joined = noon + 1ms;
    const Route route = office.route({"on duty in help"});
    CHECK(to_channel(route));
    CHECK_THAT(all(route), ContainsSubstring("Bea: on duty in help, but is not on the team now"));
    CHECK_THAT(all(route), ContainsSubstring("Ada: on duty in help, but is not on the team now"));
    office.ada().joined = noon;
    CHECK(office.route({"on duty in help"}).staffer == "ada");
}

TEST_CASE("out of hours it is held until the first of them works") {
    Office office;
    CHECK(office.route({"@bea"}, tonight).hold_until == moment("2026-03-03 09:00"));
    CHECK(office.route({"@bea"}, tonight).staffer == "");
    office.ada().zone = "America/New_York";  // 22:00 UTC is 17:00 there: just gone
    office.bea().zone = "Asia/Tokyo";        // at work from 00:00 UTC
    CHECK(office.route({"@ada", "@bea"}, tonight).hold_until == moment("2026-03-03 00:00"));
    CHECK(office.route({"@ada", "@bea"}, moment("2026-03-02 21:00")).staffer == "ada");
    CHECK(office.route({"@bea"}, moment("2026-03-07 03:00")).hold_until == moment("2026-03-09 00:00"));
}

TEST_CASE("somebody later in the chain who works now is asked rather than held for an earlier one") {
    Office office;
    office.cyd().hours = WorkingHours::always();
    CHECK(office.route({"@ada", "@cyd"}, tonight).staffer == "cyd");
}

TEST_CASE("high urgency asks out of hours, but not who is away") {
    Office office;
    office.urgency = Urgency::high;
    CHECK(office.route({"@ada", "@bea"}, tonight).staffer == "ada");
    office.ada().away = {{noon, noon + 48h, ""}};
    CHECK(office.route({"@ada", "@bea"}, tonight).staffer == "bea");
    CHECK(office.route({"@ada"}, tonight).hold_until == noon + 48h);
    office.state.staffers["bea"] = {"bea", tonight + 3h, 0};
    CHECK(office.route({"@ada", "@bea"}, tonight).hold_until == tonight + 3h);
}

TEST_CASE("away counts from its first moment to its last, whether in the file or said today") {
    Office office;
    office.ada().away = {{noon, noon + 1h, ""}};
    CHECK(office.route({"@ada"}, noon - 1ms).staffer == "ada");
    CHECK(office.route({"@ada"}, noon).hold_until == noon + 1h);
    CHECK(office.route({"@ada"}, noon + 1h).staffer == "ada");
    office.state.staffers["bea"] = {"bea", noon + 2h, 0};
    CHECK(office.route({"@bea"}, noon).hold_until == noon + 2h);
    CHECK(office.route({"@bea"}, noon + 2h).staffer == "bea");
}

TEST_CASE("a backup steps in for who is away or full, and for a backup another, but never in a circle") {
    Office office;
    office.ada().backup = "bea";
    office.bea().backup = "cyd";
    office.cyd().backup = "ada";
    office.busy("ada", 5);
    CHECK(office.route({"@ada"}).staffer == "bea");
    CHECK(office.route({"@ada"}).why.back() == "Bea: steps in for Ada");
    office.bea().away = {{noon, noon + 48h, ""}};
    CHECK(office.route({"@ada"}).staffer == "cyd");
    office.busy("cyd", 5);
    const Route route = office.route({"@ada"});
    CHECK(route.hold_until == noon + 48h);
    CHECK(std::count_if(route.why.begin(), route.why.end(),
                        [](const std::string& line) { return line.starts_with("Ada"); }) == 1);
}

TEST_CASE("a chain that would hold for longer than a fortnight ends in the channel") {
    Office office;
    office.ada().hours = WorkingHours::always();
    office.ada().away = {{noon, noon + longest_hold, ""}};
    CHECK(office.route({"@ada"}).hold_until == noon + longest_hold);
    office.ada().away = {{noon, noon + longest_hold + 1ms, ""}};
    CHECK(to_channel(office.route({"@ada"})));
}

TEST_CASE("all full: the channel, with everybody's reason") {
    Office office;
    office.busy("ada", 5);
    office.busy("bea", 6);
    const Route route = office.route({"on duty in help"});
    CHECK(to_channel(route));
    REQUIRE(route.why.size() == 3);
    CHECK_THAT(route.why[0], ContainsSubstring("Bea"));
    CHECK_THAT(route.why[1], ContainsSubstring("Ada"));
}

TEST_CASE("the channel is asked while somebody works, and held while nobody does") {
    Office office;
    CHECK(to_channel(office.route({"channel"})));
    CHECK_THAT(all(office.route({"channel"})), ContainsSubstring("the rule asks the team's channel"));
    CHECK(office.route({"channel"}, tonight).hold_until == moment("2026-03-03 09:00"));
    office.urgency = Urgency::high;
    CHECK(to_channel(office.route({"channel"}, tonight)));
}

TEST_CASE("an empty chain ends in the channel") {
    Office office;
    CHECK(to_channel(office.route({})));
}
