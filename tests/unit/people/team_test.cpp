#include "bot/people/team.hpp"

#include "support/catch.hpp"

using namespace rapport;
using namespace std::chrono_literals;

namespace {

const AccountKey ada_on_slack{"slack", "T1", "U1"};
const AccountKey bea_on_slack{"slack", "T1", "U2"};
const AccountKey brand_on_slack{"slack", "T1", "U9"};

Team small_team() {
    Staffer ada;
    ada.name = "ada";
    ada.accounts = {ada_on_slack};
    Staffer bea;
    bea.name = "bea";
    bea.accounts = {bea_on_slack};
    bea.joined = Time{100s};
    bea.left = Time{200s};
    bea.lead = true;
    return Team{{ada, bea}, {{"community", {"ada", "bea"}}}, {brand_on_slack}, {"Acme"}};
}

}  // namespace

TEST_CASE("a team finds staffers, groups and the brand") {
    const Team team = small_team();
    REQUIRE(team.staffer("ada") != nullptr);
    CHECK(team.staffer("ada")->accounts.front() == ada_on_slack);
    CHECK(team.staffer("eda") == nullptr);
    CHECK(team.staffer("") == nullptr);
    REQUIRE(team.group("community") != nullptr);
    CHECK(team.group("community")->members == std::vector<std::string>{"ada", "bea"});
    CHECK(team.group("ada") == nullptr);
    CHECK(team.is_brand(brand_on_slack));
    CHECK_FALSE(team.is_brand(ada_on_slack));
}

TEST_CASE("an account is a staffer's only in its own platform and realm") {
    const Team team = small_team();
    CHECK(team.staffer_of(ada_on_slack, Time{}) == team.staffer("ada"));
    CHECK(team.staffer_of({"slack", "T2", "U1"}, Time{}) == nullptr);
    CHECK(team.staffer_of({"web", "T1", "U1"}, Time{}) == nullptr);
    CHECK(team.staffer_of(brand_on_slack, Time{}) == nullptr);
}

TEST_CASE("an account is a staffer's from the day they join until the day they leave") {
    const Team team = small_team();
    CHECK(team.staffer_of(bea_on_slack, Time{100s} - 1ms) == nullptr);
    CHECK(team.staffer_of(bea_on_slack, Time{100s}) == team.staffer("bea"));
    CHECK(team.staffer_of(bea_on_slack, Time{200s} - 1ms) == team.staffer("bea"));
    CHECK(team.staffer_of(bea_on_slack, Time{200s}) == nullptr);
    CHECK(team.lead(Time{150s}) == team.staffer("bea"));
    CHECK(team.lead(Time{200s}) == nullptr);
}

TEST_CASE("a desk's account can be added once, and never to two") {
    Team team = small_team();
    const AccountKey desk{"console", "local", "staff:ada"};
    CHECK(team.add_account("ada", desk));
    CHECK(team.staffer_of(desk, Time{}) == team.staffer("ada"));
    CHECK(team.staffer("ada")->accounts.back() == desk);
    CHECK_FALSE(team.add_account("bea", desk));
    CHECK_FALSE(team.add_account("cyd", {"console", "local", "staff:cyd"}));
    CHECK_FALSE(team.add_account("ada", brand_on_slack));
    CHECK(team.staffer("bea")->accounts.size() == 1);
}

TEST_CASE("a copy of a team has its own lookups") {
    const Team copy = [] {
        const Team original = small_team();
        return original;
    }();
    CHECK(copy.staffer_of(ada_on_slack, Time{}) == &copy.staffers().front());
}

TEST_CASE("office hours are five days of eight hours, always is every minute") {
    const WorkingHours office = WorkingHours::office();
    CHECK(office.days[0].empty());
    CHECK(office.days[6].empty());
    for (std::size_t day = 1; day <= 5; ++day) CHECK(office.days[day] == std::vector<DaySpan>{{9h, 17h}});
    for (const auto& day : WorkingHours::always().days) CHECK(day == std::vector<DaySpan>{{0h, 24h}});
}
