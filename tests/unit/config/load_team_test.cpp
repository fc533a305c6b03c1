#include "bot/config/load.hpp"
#include "bot/people/working_time.hpp"
#include "support/catch.hpp"

using namespace rapport;
using namespace std::chrono_literals;
using std::chrono::sys_days;
using std::chrono::year;

namespace {

Team good(std::string_view text) {
    auto loaded = load_team(text, "t.yaml");
    for (const Problem& problem : loaded.problems) UNSCOPED_INFO(problem.text());
    REQUIRE(loaded.value);
    return *std::move(loaded.value);
}

std::vector<std::string> problems(std::string_view text) {
    const auto loaded = load_team(text, "t.yaml");
    CHECK(loaded.value.has_value() == loaded.problems.empty());
    std::vector<std::string> texts;
    for (const Problem& problem : loaded.problems) texts.push_back(problem.text());
    return texts;
}

/// The one problem of a team of one, with `line` in her entry (line 2).
std::string problem_of_team(const std::string& line) {
    const auto found = problems("staff:\n  ada: {" + line + "}\n");
    REQUIRE(found.size() == 1);
    return found.front();
}

}  // namespace

TEST_CASE("a whole team is read") {
    const Team team = good(
        "brand:\n"
        "  names: [Acme, \"acme rocket\"]\n"
        "  accounts: [\"bluesky:bsky.social:did:plc:brand\"]\n"
        "staff:\n"
        "  ada:\n"
        "    full_name: Ada Winter\n"
        "    accounts: [slack:T1:U1, \"matrix:matrix.org:@ada:matrix.org\"]\n"
        "    zone: Europe/Berlin\n"
        "    hours: {mon-thu: \"9-12, 13:00-17:30\", fri: [09:00-14:00], sat: off}\n"
        "    languages: [en, de]\n"
        "    capacity: 2\n"
        "    away: [{from: 2026-12-28, until: \"2027-01-04 12:00\", reason: winter}]\n"
        "    holidays: [2026-12-26, 2026-12-25, 2026-12-26]\n"
        "    backup: bea\n"
        "    joined: 2024-02-01\n"
        "    left: 2027-07-01\n"
        "    lead: true\n"
        "  bea:\n"
        "groups:\n"
        "  community: [bea, ada]\n");
    const Staffer& ada = *team.staffer("ada");
    CHECK(ada.full_name == "Ada Winter");
    CHECK(ada.accounts ==
          std::vector<AccountKey>{{"slack", "T1", "U1"}, {"matrix", "matrix.org", "@ada:matrix.org"}});
    CHECK(ada.hours.days[1] == std::vector<DaySpan>{{9h, 12h}, {13h, 17h + 30min}});
    CHECK(ada.hours.days[4] == ada.hours.days[1]);
    CHECK(ada.hours.days[5] == std::vector<DaySpan>{{9h, 14h}});
    CHECK(ada.hours.days[6].empty());
    CHECK(ada.hours.days[0].empty());
    CHECK(ada.languages == std::vector<std::string>{"en", "de"});
    CHECK(ada.capacity == 2);
    // Dates are midnights in Berlin.
    REQUIRE(ada.away.size() == 1);
    CHECK(ada.away[0].from == Time{sys_days{year{2026} / 12 / 27}} + 23h);
    CHECK(ada.away[0].until == Time{sys_days{year{2027} / 1 / 4}} + 11h);
    CHECK(ada.away[0].reason == "winter");
    CHECK(ada.holidays ==
          std::vector<std::chrono::year_month_day>{year{2026} / 12 / 25, year{2026} / 12 / 26});
    CHECK(ada.backup == "bea");
    CHECK(ada.joined == Time{sys_days{year{2024} / 1 / 31}} + 23h);
    CHECK(ada.left == Time{sys_days{year{2027} / 6 / 30}} + 22h);
    CHECK(ada.lead);

    const Staffer& bea = *team.staffer("bea");
    CHECK(bea.full_name == "bea");
    CHECK(bea.zone == "UTC");
    CHECK(bea.hours == WorkingHours::office());
    CHECK(bea.capacity == 5);
    CHECK_FALSE(bea.lead);

    CHECK(team.group("community")->members == std::vector<std::string>{"bea", "ada"});
    CHECK(team.brand_names() == std::vector<std::string>{"Acme", "acme rocket"});
    CHECK(team.is_brand({"bluesky", "bsky.social", "did:plc:brand"}));
    CHECK(team.staffer_of({"slack", "T1", "U1"}, Time{sys_days{year{2026} / 1 / 1}}) == &ada);
}

TEST_CASE("hours are read in every form that is documented") {
    CHECK(good("staff: {ada: {hours: always}}").staffer("ada")->hours == WorkingHours::always());
    CHECK(good("staff: {ada: {hours: office}}").staffer("ada")->hours == WorkingHours::office());
    const Team night = good("staff: {ada: {hours: {daily: '22:00-06:00'}}}");
    for (const auto& day : night.staffer("ada")->hours.days) CHECK(day == std::vector<DaySpan>{{22h, 30h}});
    const Team weekend = good("staff: {ada: {hours: {Fri-Sunday: '00:00-24:00', mon: '10-11'}}}");
    const WorkingHours& hours = weekend.staffer("ada")->hours;
    CHECK(hours.days[5] == std::vector<DaySpan>{{0h, 24h}});
    CHECK(hours.days[0] == hours.days[5]);
    CHECK(hours.days[1] == std::vector<DaySpan>{{10h, 11h}});
    CHECK(hours.days[2].empty());
}

TEST_CASE("mistakes in one staffer's entry are told with place and help") {
    const auto [line, expected] = GENERATE(table<const char*, const char*>({
        {"zone: Europe/Berlim",
         "t.yaml:2:15: staff.ada.zone names no time zone of this system: \"Europe/Berlim\". Did you mean "
         "\"Europe/Berlin\"?"},
        {"zone: here",
         "t.yaml:2:15: staff.ada.zone names no time zone of this system: \"here\". Write a zone such as "
         "Europe/Berlin, America/New_York or UTC."},
        {"hours: {mno: 9-17}",
         "t.yaml:2:17: staff.ada.hours does not know the days \"mno\". Did you mean \"mon\"?"},
        {"hours: {mon: 9-25}",
         "t.yaml:2:22: staff.ada.hours does not understand \"9-25\". Write \"09:00-17:00\", or "
         "\"09:00-12:00, 13:00-17:00\", or \"off\"."},
        {"hours: {mon: 9-9}",
         "t.yaml:2:22: staff.ada.hours does not understand \"9-9\". Write \"09:00-17:00\", or \"09:00-12:00, "
         "13:00-17:00\", or \"off\"."},
        {"hours: {mon-fri: 9-17, wed: 9-12}",
         "t.yaml:2:32: staff.ada.hours gives Wednesday twice. Name each day once."},
        {"hours: sometimes",
         "t.yaml:2:16: staff.ada.hours must be always, office, or days with their hours. Write hours: "
         "{mon-fri: \"09:00-17:00\"}."},
        {"languages: [english]",
         "t.yaml:2:21: staff.ada.languages must be codes of two or three letters, not \"english\". Write en "
         "for English, de for German, ja for Japanese."},
        {"capacity: 0", "t.yaml:2:19: staff.ada.capacity must be from 1 to 1000, not 0"},
        {"holidays: [2026-02-29]",
         "t.yaml:2:20: staff.ada.holidays must be dates or calendars, not \"2026-02-29\". Write 2026-12-25, "
         "or the "
         "name of a file: de-berlin.ics."},
        {"away: [{from: 2026-12-24}]",
         "t.yaml:2:16: staff.ada.away needs both from and until. Write 2026-12-24, or \"2026-12-24 13:00\" "
         "on their own clock."},
        {"away: [{from: 2026-12-24, until: 2026-12-24}]",
         "t.yaml:2:16: staff.ada.away ends before it begins. until is the first day back."},
        {"away: [{from: tomorrow, until: 2026-12-24}]",
         "t.yaml:2:23: staff.ada.away.from must be a date, not \"tomorrow\". Write 2026-12-24, or "
         "\"2026-12-24 13:00\" on their own clock."},
        {"joined: 2026-01-02, left: 2026-01-01", "t.yaml:2:35: staff.ada.left is not after joined"},
        {"accounts: [slack:U1]",
         "t.yaml:2:20: staff.ada.accounts names no account: \"slack:U1\". Write platform:realm:id, as in "
         "slack:T024BE7LD:U02A3B4C5."},
        {"acounts: []", "t.yaml:2:9: unknown key \"acounts\" in staff.ada. Did you mean \"accounts\"?"},
        {"backup: bea", "t.yaml:2:17: staff.ada.backup: there is no staffer \"bea\". Known here: ada."},
        {"backup: ada",
         "t.yaml:2:17: backups run in a circle: ada -> ada. Take one of them out: when nobody in a chain is "
         "there, the team's channel is asked."},
        {"accounts: [a:b:c, a:b:c]", "t.yaml:2:27: ada lists the account a:b:c twice. Keep one."},
        {"lead: sure", "t.yaml:2:15: staff.ada.lead must be true or false, not \"sure\""},
    }));
    CAPTURE(line);
    CHECK(problem_of_team(line) == expected);
}

TEST_CASE("groups name staffers that exist, each once") {
    CHECK(problems("staff: {ada: , bea: }\n"
                   "groups:\n"
                   "  one: [ada, eba]\n"
                   "  two: [ada, ada]\n"
                   "  three: []\n"
                   "  four: ada\n"
                   "  bea: [bea]\n"
                   "  Big Ones: [bea]\n") ==
          std::vector<std::string>{
              "t.yaml:3:14: groups.one: there is no staffer \"eba\". Did you mean \"bea\"?",
              "t.yaml:4:14: groups.two names ada twice. Name each member once.",
              "t.yaml:5:3: groups.three must be a list of staffers. Write [ada, bea], in the order in which "
              "they are asked.",
              "t.yaml:6:3: groups.four must be a list of staffers. Write [ada, bea], in the order in which "
              "they are asked.",
              "t.yaml:7:3: group bea is called like a staffer. Give it another name.",
              "t.yaml:8:3: \"Big Ones\" cannot name a group. Use a short word of lower-case letters, digits, "
              "- and _. What people read is full_name.",
          });
}

TEST_CASE("each circle of backups is told once, by name") {
    const auto found = problems(
        "staff:\n"
        "  ada: {backup: bea}\n"
        "  bea: {backup: cyd}\n"
        "  cyd: {backup: bea}\n"
        "  dan: {backup: eve}\n"
        "  eve: {backup: dan}\n"
        "  fay: {backup: dan}\n");
    REQUIRE(found.size() == 2);
    CHECK_THAT(found[0], ContainsSubstring("t.yaml:3:17: backups run in a circle: bea -> cyd -> bea."));
    CHECK_THAT(found[1], ContainsSubstring("t.yaml:5:17: backups run in a circle: dan -> eve -> dan."));
    CHECK(problems("staff: {ada: {backup: bea}, bea: {backup: cyd}, cyd: }").empty());
}

TEST_CASE("an account belongs to one staffer, and not to the brand too") {
    CHECK(problems("brand: {accounts: [\"x:y:brand\"]}\n"
                   "staff:\n"
                   "  ada: {accounts: [\"x:y:1\", \"x:y:brand\"]}\n"
                   "  bea: {accounts: [\"x:z:1\", \"x:y:1\"]}\n") ==
          std::vector<std::string>{
              "t.yaml:3:29: the account x:y:brand belongs to the brand already, not to ada. An account "
              "speaks for one: take it out of one of the two.",
              "t.yaml:4:29: the account x:y:1 belongs to ada already, not to bea. An account speaks for one: "
              "take it out of one of the two.",
          });
}

TEST_CASE("names are words that rules can use, and stand once") {
    const auto found = problems("staff:\n  Ada Winter: {}\n  lead: {}\n  bea: {}\n  bea: {}\n");
    REQUIRE(found.size() == 3);
    CHECK_THAT(found[0], ContainsSubstring("t.yaml:2:3: \"Ada Winter\" cannot name a staffer"));
    CHECK_THAT(found[1], ContainsSubstring("t.yaml:3:3: \"lead\" cannot name a staffer: rules use it"));
    CHECK_THAT(found[2],
               ContainsSubstring("t.yaml:5:3: staff.bea stands here again; it is in line 4 already"));
}

TEST_CASE("a team without staff is told to add somebody") {
    for (const char* text : {"", "staff:\n", "staff: {}\n", "brand: {names: [x]}\n"}) {
        CAPTURE(text);
        const auto found = problems(text);
        REQUIRE(found.size() == 1);
        CHECK_THAT(found.front(), ContainsSubstring("there is no staffer"));
    }
    CHECK(problems("staff: [ada]").size() >= 1);
    CHECK(problems("staff: {ada: 7}").size() == 1);
    CHECK(problems("stuff: {ada: }\nstaff: {bea: }").front() ==
          "t.yaml:1:1: unknown key \"stuff\". Did you mean \"staff\"?");
}
