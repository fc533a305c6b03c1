// Who suits an alert: knows about it, speaks the language, has an account there, has room for one more
// person.

#include "unit/alerts/office.hpp"

using namespace rapport;
using namespace rapport::test;
using namespace rapport::test::office;
using namespace std::chrono_literals;

TEST_CASE(
    "whoever knows about it is asked: by how many topics, then by tie, then by their place in the file") {
    Office office;
    office.says("How do I set up mirrors behind a proxy with IPv6?");
    const std::vector<std::string> ask{"expert", "channel"};
    CHECK(to_channel(office.route(ask)));
    CHECK_THAT(all(office.route(ask)),
               ContainsSubstring("nobody in the team has named what it is about as a topic"));
    office.ada().topics = {"mirror"};
    office.bea().topics = {"proxies", "DNS"};
    CHECK(office.route(ask).staffer == "ada");
    CHECK(office.route(ask).why.back() == "Ada: knows about mirror");
    office.tied({{"bea", 2}});
    CHECK(office.route(ask).staffer == "bea");
    office.cyd().topics = {"ipv6", "proxy", "accounting"};
    CHECK(office.route(ask).staffer == "cyd");
    CHECK(office.route(ask).why.back() == "Cyd: knows about ipv6, proxy");
    office.busy("cyd", 5);
    CHECK(office.route(ask).staffer == "bea");
}

TEST_CASE("who does not speak the language is passed over while somebody else in the chain does") {
    Office office;
    office.says("Como faço para instalar?", "pt");
    office.ada().languages = {"en", "de"};
    office.bea().languages = {"en", "pt"};
    office.person.owner = "ada";
    const Route route = office.route({"owner", "on duty in help", "channel"});
    CHECK(route.staffer == "bea");
    CHECK(route.why.front() == "Ada: owns this relationship, but does not speak Portuguese");

    SECTION("nobody in the chain does: the first again, and the reason says so") {
        const Route alone = office.route({"owner", "@ada"});
        CHECK(alone.staffer == "ada");
        CHECK(alone.why.back() ==
              "Ada: owns this relationship, and nobody else who can be asked speaks Portuguese");
    }
    SECTION("the team's channel stands for whoever of the team does") {
        CHECK(to_channel(office.route({"owner", "channel"})));
    }
    SECTION("nobody on the team does: it counts against nobody") {
        office.bea().languages = {"en"};
        office.cyd().languages = {"en"};
        const Route any = office.route({"owner", "on duty in help"});
        CHECK(any.staffer == "ada");
        CHECK(any.why.front() == "nobody on the team speaks Portuguese");
    }
    SECTION("whose languages are not known may speak it") {
        office.ada().languages.clear();
        CHECK(office.route({"owner", "on duty in help"}).staffer == "ada");
    }
    SECTION("nobody knows the language: nobody is passed over") {
        office.says("1.2.3?", "unknown");
        CHECK(office.route({"owner", "on duty in help"}).staffer == "bea");  // they spoke Portuguese before
        office.alert.quoted.erase(office.alert.quoted.begin());
        CHECK(office.route({"owner", "on duty in help"}).staffer == "ada");
    }
    SECTION("a later message in another language counts more than the first") {
        office.says("How do I install it?", "en");
        CHECK(office.route({"owner", "on duty in help"}).staffer == "ada");
    }
}

TEST_CASE("who suits better is waited for over a weekend, not longer, and not when it is urgent") {
    Office office;
    office.says("Como faço?", "pt");
    office.ada().languages = {"en"};
    office.ada().hours = WorkingHours::always();
    office.bea().languages = {"pt"};
    const std::vector<std::string> ask{"@ada", "@bea"};
    CHECK(office.route(ask).staffer == "bea");
    CHECK(office.route(ask, tonight).hold_until == moment("2026-03-03 09:00"));
    CHECK(office.route(ask, moment("2026-03-06 17:00")).hold_until == moment("2026-03-09 09:00"));
    office.bea().away = {{noon, noon + 80h, ""}};
    CHECK(office.route(ask).staffer == "ada");
    CHECK(office.route(ask).why.back() ==
          "Ada: named by the rule, and nobody else who can be asked speaks Portuguese");
    office.bea().away.clear();
    office.busy("bea", 5);
    CHECK(office.route(ask).staffer == "ada");
    office.busy("bea", 0);
    office.urgency = Urgency::high;
    CHECK(office.route(ask, tonight).staffer == "bea");
    office.bea().away = {{noon, noon + 24h, ""}};
    CHECK(office.route(ask).staffer == "ada");
}

TEST_CASE("who has no account on the platform is passed over while somebody has one") {
    Office office;
    office.ada().accounts = {{"mastodon", "home", "ada"}};
    office.person.owner = "ada";
    const Route route = office.route({"owner", "on duty in help"});
    CHECK(route.staffer == "bea");
    CHECK(route.why.front() == "Ada: owns this relationship, but has no account on chat");
    office.bea().accounts.clear();
    CHECK(office.route({"owner", "on duty in help"}).staffer == "ada");
    CHECK(office.route({"owner", "on duty in help"}).why.back() ==
          "Ada: owns this relationship, and nobody else who can be asked has an account on chat");
    office.cyd().accounts.clear();
    CHECK(
        office.route({"owner", "on duty in help"}).why ==
        std::vector<std::string>{"nobody on the team has an account on chat", "Ada: owns this relationship"});
}

TEST_CASE("an account weighs more than a language, and both are told") {
    Office office;
    office.says("Como faço?", "pt");
    office.ada().languages = {"pt"};
    office.ada().accounts.clear();
    office.bea().languages = {"en"};
    const Route route = office.route({"@ada", "@bea"});
    CHECK(route.staffer == "bea");
    CHECK(route.why.back() == "Bea: named by the rule, and nobody else who can be asked speaks Portuguese");
    office.bea().accounts.clear();
    CHECK(office.route({"@bea", "@ada"}).staffer == "ada");
    CHECK(office.route({"@bea", "@ada"}).why.front() ==
          "Bea: named by the rule, but has no account on chat and does not speak Portuguese");
}

TEST_CASE("not to be disturbed: even with high urgency, by the clock and for a while") {
    Office office;
    office.urgency = Urgency::high;
    office.ada().do_not_disturb.days.fill({{22h, 30h}});
    CHECK(office.route({"@ada", "@bea"}, tonight).staffer == "bea");
    CHECK(office.route({"@ada"}, tonight).hold_until == moment("2026-03-03 06:00"));
    CHECK(office.route({"@ada"}, tonight).why.back() ==
          "Ada: named by the rule, but is not to be disturbed until Tue 3 Mar 2026, 06:00");
    office.ada().do_not_disturb = {};
    office.state.staffers["ada"] = {"ada", {}, 0, "", "", {}, tonight + 2h, {}};
    CHECK(office.route({"@ada"}, tonight).hold_until == tonight + 2h);
    CHECK_THAT(all(office.route({"@ada"}, tonight)), ContainsSubstring("is not to be disturbed until"));
    CHECK(office.route({"@ada"}, tonight + 2h).staffer == "ada");
    office.urgency = Urgency::normal;
    office.state.staffers["ada"].quiet_until = noon + 1h;
    CHECK(office.route({"@ada"}, noon).hold_until == noon + 1h);
    office.state.staffers.clear();
    office.ada().do_not_disturb.days.fill({{12h, 13h}});
    CHECK_THAT(all(office.route({"@ada", "@bea"})),
               ContainsSubstring("is not to be disturbed until Mon 2 Mar 2026, 13:00"));
    CHECK_THAT(all(office.route({"@ada", "@bea"}, tonight)),
               ContainsSubstring("Ada: named by the rule, but is not working until"));
}

TEST_CASE(
    "a number of relationships a week: different persons, and whoever is among them already costs nothing") {
    Office office;
    office.ada().relationships = 2;
    StafferRow& row = office.state.staffers["ada"];
    const AccountId kim{1}, lou{2}, max{3};
    note_given(row, kim, noon - 6 * 24h);
    note_given(row, kim, noon - 24h);
    CHECK(office.route({"@ada", "@bea"}).staffer == "ada");
    note_given(row, lou, noon - 23h);
    CHECK(row.given.size() == 2);
    const Route route = office.route({"@ada", "@bea"});
    CHECK(route.staffer == "bea");
    CHECK(route.why.front() ==
          "Ada: named by the rule, but was asked about 2 people within a week, as many as "
          "they can be there for");
    AccountRow known;
    known.id = lou;
    office.person.accounts = {&known};
    CHECK(office.route({"@ada", "@bea"}).staffer == "ada");
    known.id = max;
    CHECK(office.route({"@ada", "@bea"}).staffer == "bea");
    CHECK(office.route({"@ada", "@bea"}, moment("2026-03-09 12:00")).staffer == "ada");  // a week later
    office.ada().relationships = 0;
    CHECK(office.route({"@ada", "@bea"}).staffer == "ada");
    for (int i = 10; i < 1000; ++i) note_given(row, AccountId{i}, noon);
    CHECK(row.given.size() == max_given);
    CHECK(row.given.back().about == AccountId{999});
    note_given(row, kim, noon + 8 * 24h);
    CHECK(row.given == std::vector<Given>{{kim, noon + 8 * 24h}});
}

TEST_CASE("whose turn it is in a group is asked first, the others stand in") {
    Office office;
    Rotation rotation;
    rotation.kind = RotationKind::weekly;
    rotation.first = std::chrono::year{2026} / 3 / 2;
    office.groups = {{"help", {"bea", "ada", "cyd"}, rotation}};
    CHECK(office.route({"on duty in help"}).why ==
          std::vector<std::string>{"Bea: on duty in help until Mon 9 Mar 2026, 00:00"});
    CHECK(office.route({"on duty in help"}, moment("2026-03-09 12:00")).staffer == "ada");
    office.busy("bea", 5);
    const Route route = office.route({"on duty in help"});
    CHECK(route.staffer == "ada");
    CHECK(route.why.back() == "Ada: stands in for who is on duty in help");
}

TEST_CASE("what would be held until after it has expired goes to the channel") {
    Office office;
    office.ada().away = {{noon, noon + 5 * 24h, ""}};
    office.alert.expires_at = noon + 10 * 24h;
    CHECK(office.route({"@ada"}).hold_until == moment("2026-03-09 09:00"));
    office.alert.expires_at = noon + 6 * 24h;
    CHECK(to_channel(office.route({"@ada"})));
}
