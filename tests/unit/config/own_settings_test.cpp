#include "bot/config/own_settings.hpp"

#include "bot/config/load.hpp"
#include "support/catch.hpp"

using namespace rapport;
using std::chrono::hours;

namespace {

Team a_team() {
    return *load_team(R"(
brand: {accounts: ["chat:home:brand"]}
staff:
  ada: {accounts: ["chat:home:ada"], zone: Europe/Berlin, hours: office}
  bea: {accounts: ["chat:home:bea"], zone: Europe/Berlin, hours: always}
)",
                      "team.yaml")
                .value;
}

StafferRow row(std::string name) {
    StafferRow row;
    row.name = std::move(name);
    return row;
}

}  // namespace

TEST_CASE("hours are read as team.yaml writes them, and written back") {
    const std::string text =
        GENERATE("always", "office", "{mon-thu: \"09:00-12:30, 13:30-17:00\", fri: \"09:00-14:00\"}",
                 "{sat-sun: \"22:00-06:00\"}", "{wed: \"00:00-24:00\"}");
    const auto hours = parse_hours(text);
    REQUIRE(hours);
    CHECK(hours_text(*hours) == text);
}

TEST_CASE("hours that nobody can read are nothing") {
    const std::string text =
        GENERATE("", "whenever", "{mon-fri: 9}", "{mon: \"9-17\"", "{someday: \"9-17\"}", "[a]");
    CHECK_FALSE(parse_hours(text));
}

TEST_CASE("what a staffer sets holds over team.yaml") {
    StafferRow ada = row("ada");
    ada.hours = "{sat: \"10:00-12:00\"}";
    ada.zone = "Asia/Tokyo";
    ada.accounts = {{"mastodon", "home", "7"}};
    const Team before = a_team();
    const Team team = with_own_settings(before, {{"ada", ada}});
    const Staffer& with = *team.staffer("ada");
    CHECK(with.hours.days[6] == std::vector<DaySpan>{{hours{10}, hours{12}}});
    CHECK(with.hours.days[1].empty());
    CHECK(with.zone == "Asia/Tokyo");
    CHECK(team.staffer_of({"mastodon", "home", "7"}, Time{}) == &with);
    CHECK(team.staffer_of({"chat", "home", "ada"}, Time{}) == &with);
    CHECK(team.staffer("bea")->hours == WorkingHours::always());
    CHECK(team.is_brand({"chat", "home", "brand"}));
}

TEST_CASE("settings that cannot hold any more are left out") {
    StafferRow ada = row("ada");
    ada.hours = "whenever";
    ada.zone = "Mars/Olympus";
    ada.accounts = {{"chat", "home", "bea"}, {"chat", "home", "brand"}};
    StafferRow gone = row("gone");
    gone.accounts = {{"chat", "home", "gone"}};
    const Team team = with_own_settings(a_team(), {{"ada", ada}, {"gone", gone}});
    CHECK(team.staffer("ada")->hours == WorkingHours::office());
    CHECK(team.staffer("ada")->zone == "Europe/Berlin");
    CHECK(team.staffer("ada")->accounts.size() == 1);
    CHECK(team.staffer_of({"chat", "home", "bea"}, Time{})->name == "bea");
    CHECK_FALSE(team.staffer_of({"chat", "home", "gone"}, Time{}));
}
