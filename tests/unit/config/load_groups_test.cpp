// Groups with rotations, calendars, and what else team.yaml says of who may be asked when.

#include <map>

#include "bot/config/load.hpp"
#include "bot/people/working_time.hpp"
#include "support/catch.hpp"

using namespace rapport;
using namespace std::chrono_literals;
using std::chrono::year;

namespace {

const std::map<std::string, std::string> files{
    {"berlin.ics",
     "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Tag der Arbeit\nDTSTART;VALUE=DATE:20200501\nRRULE:FREQ=YEARLY\n"
     "END:VEVENT\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20260403\nDTEND;VALUE=DATE:20260407\nEND:VEVENT\nEND:"
     "VCALENDAR\n"},
    {"party.ics",
     "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Party\nDTSTART:20260501T160000Z\nDTEND:20260501T180000Z\nEND:"
     "VEVENT\n"
     "END:VCALENDAR\n"},
    {"duty.ics",
     "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:On call: Bea "
     "Morgan\nDTSTART;TZID=Europe/Berlin:20260302T090000\n"
     "DTEND;TZID=Europe/Berlin:20260309T090000\nRRULE:FREQ=WEEKLY;INTERVAL=2\nEND:VEVENT\n"
     "BEGIN:VEVENT\nSUMMARY:On call\nATTENDEE;CN=Ada Winter:mailto:a@b.example\nDTSTART:20260309T090000\n"
     "DTEND:20260316T090000\nRRULE:FREQ=WEEKLY;INTERVAL=2\nEND:VEVENT\nEND:VCALENDAR\n"},
    {"zoe.ics",
     "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Zoe\nDTSTART;VALUE=DATE:20260302\nRRULE:FREQ=DAILY\nEND:VEVENT\n"
     "END:VCALENDAR\n"},
    {"bad.ics", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:x\nEND:VEVENT\nEND:VCALENDAR\n"},
};

std::map<std::string, int> times_read;

Result<std::string> read(const std::string& name) {
    ++times_read[name];
    const auto found = files.find(name);
    if (found == files.end()) return Error{ErrorKind::rejected, "No such file or directory"};
    return found->second;
}

const std::string three =
    "staff:\n"
    "  ada: {full_name: Ada Winter, zone: Europe/Berlin}\n"
    "  bea: {full_name: Bea Morgan, zone: Europe/Berlin}\n"
    "  cyd:\n";

Team team(const std::string& text) {
    auto loaded = load_team(text, "config/team.yaml", read);
    for (const Problem& problem : loaded.problems) UNSCOPED_INFO(problem.text());
    REQUIRE(loaded.value);
    return std::move(*loaded.value);
}
std::vector<std::string> mistakes(const std::string& text) {
    std::vector<std::string> all;
    for (const Problem& problem : load_team(text, "config/team.yaml", read).problems)
        all.push_back(problem.text());
    return all;
}
std::string mistake(const std::string& text) {
    const std::vector<std::string> all = mistakes(text);
    REQUIRE(all.size() == 1);
    return all.front();
}
/// Line 5, behind the three staffers.
std::string group(const std::string& value) {
    return three + "groups:\n  help: " + value + "\n";
}

Time berlin(std::chrono::year_month_day day, std::chrono::minutes minute) {
    return local_moment("Europe/Berlin", day, minute);
}
std::string first_on_duty(const Team& of, Time at) {
    const std::vector<OnDuty> duty = on_duty(of, *of.group("help"), at);
    return duty.empty() || !duty.front().on ? "" : duty.front().staffer->name;
}

}  // namespace

TEST_CASE(
    "holidays come from dates and calendars, a staffer's own and everybody's, and a file is read once") {
    times_read.clear();
    const Team all = team(
        "holidays: [2026-12-31]\n"
        "staff:\n"
        "  ada: {zone: Europe/Berlin, holidays: [berlin.ics, 2026-12-24]}\n"
        "  bea: {zone: Europe/Berlin, holidays: berlin.ics}\n"
        "  cyd: {zone: Europe/Berlin}\n");
    const auto off = [&](const char* who, std::chrono::year_month_day day) {
        return !is_working(*all.staffer(who), berlin(day, 12h));
    };
    CHECK(off("ada", year{2026} / 5 / 1));
    CHECK(off("ada", year{2029} / 5 / 1));
    CHECK(off("bea", year{2026} / 4 / 6));  // Easter Monday
    CHECK_FALSE(off("bea", year{2026} / 4 / 7));
    CHECK(off("ada", year{2026} / 12 / 24));
    CHECK_FALSE(off("bea", year{2026} / 12 / 24));
    CHECK_FALSE(off("cyd", year{2026} / 5 / 1));
    CHECK(off("cyd", year{2026} / 12 / 31));
    CHECK(times_read["berlin.ics"] == 1);
}

TEST_CASE("mistakes about calendars name the file that has them") {
    CHECK(
        mistake("holidays: [nowhere.ics]\nstaff: {ada: }\n") ==
        "config/team.yaml:1:12: the calendar nowhere.ics cannot be read: No such file or directory. Its path "
        "counts from the folder of this file.");
    CHECK(mistake("holidays: bad.ics\nstaff: {ada: }\n") ==
          "config/bad.ics:2: this entry does not say when it begins. Each entry needs a DTSTART.");
    CHECK(mistake("holidays: party.ics\nstaff: {ada: }\n") ==
          "config/party.ics:2: the entry \"Party\" is not about whole days, one year at most. Days off are "
          "whole "
          "ones. What is shorter belongs below `away` or `hours`.");
}

TEST_CASE("do not disturb, topics and a number of relationships") {
    const Team all = team(
        "staff:\n"
        "  ada: {zone: Europe/Berlin, do_not_disturb: \"12:00-13:00\", topics: [IPv6, mirror setup], "
        "relationships: 5}\n"
        "  bea: {zone: Europe/Berlin, do_not_disturb: {mon-thu: \"22:00-06:00\", fri: \"16:00-17:00\"}}\n"
        "  cyd:\n");
    const Staffer& ada = *all.staffer("ada");
    CHECK(ada.topics == std::vector<std::string>{"IPv6", "mirror setup"});
    CHECK(ada.relationships == 5);
    CHECK(all.staffer("cyd")->relationships == 0);
    const auto wednesday = year{2026} / 3 / 4;
    CHECK(is_working(ada, berlin(wednesday, 12h - 1min)));
    CHECK_FALSE(is_working(ada, berlin(wednesday, 12h)));
    CHECK(next_reachable(ada, berlin(wednesday, 12h)) == berlin(wednesday, 13h));
    CHECK(next_reachable(*all.staffer("bea"), berlin(wednesday, 23h)) == berlin(year{2026} / 3 / 5, 6h));
    CHECK(working_between(*all.staffer("bea"), berlin(year{2026} / 3 / 6, 0h),
                          berlin(year{2026} / 3 / 7, 0h)) == 7h);
}

TEST_CASE("somebody who is never to be disturbed while they work is a mistake") {
    CHECK(mistake("staff: {ada: {do_not_disturb: \"00:00-24:00\"}}\n") ==
          "config/team.yaml:1:31: staff.ada.do_not_disturb covers all of their hours: they could never be "
          "asked. "
          "Leave some of their hours out of it, or set `away` for a time off.");
    CHECK_THAT(mistake("staff: {ada: {hours: office, do_not_disturb: \"08:00-18:00\"}}\n"),
               ContainsSubstring("covers all of their hours"));
    CHECK_THAT(
        mistake("staff: {ada: {hours: {sat: \"23:00-02:00\"}, do_not_disturb: {sat: \"22:00-24:00\", sun: "
                "\"00:00-03:00\"}}}\n"),
        ContainsSubstring("covers all of their hours"));
    CHECK(team("staff: {ada: {hours: office, do_not_disturb: \"09:00-16:59\"}}\n").staffer("ada") != nullptr);
}

TEST_CASE("a weekly rotation starts on a weekday, or on the day on which the first begins") {
    const Team dated = team(
        group("{members: [ada, bea], rotation: weekly, starts: \"2026-03-02 09:00\", zone: Europe/Berlin}"));
    CHECK(first_on_duty(dated, berlin(year{2026} / 3 / 2, 9h)) == "ada");
    CHECK(first_on_duty(dated, berlin(year{2026} / 3 / 9, 9h)) == "bea");
    const Team named =
        team(group("{members: [ada, bea], rotation: weekly, starts: Wed 14:00, zone: Europe/Berlin}"));
    const Time wednesday = berlin(year{2026} / 3 / 4, 14h);
    CHECK(first_on_duty(named, wednesday) != first_on_duty(named, wednesday - 1ms));
    CHECK(first_on_duty(named, wednesday) == first_on_duty(named, wednesday + 7 * 24h - 1ms));
}

TEST_CASE("overrides and swaps are read on the rotation's clock") {
    const Team all = team(
        group("{members: [ada, bea], rotation: weekly, starts: \"2026-03-02 09:00\", zone: Europe/Berlin,\n"
              "         overrides: [{from: \"2026-03-03 12:00\", until: 2026-03-05, who: cyd}],\n"
              "         swaps: [{week: 2026-03-16, with: 2026-03-25}]}"));
    CHECK(first_on_duty(all, berlin(year{2026} / 3 / 3, 12h) - 1ms) == "ada");
    CHECK(first_on_duty(all, berlin(year{2026} / 3 / 3, 12h)) == "cyd");
    CHECK(first_on_duty(all, berlin(year{2026} / 3 / 5, 0h)) == "ada");
    CHECK(first_on_duty(all, berlin(year{2026} / 3 / 17, 12h)) == "bea");  // Ada's week
    CHECK(first_on_duty(all, berlin(year{2026} / 3 / 24, 12h)) == "ada");  // Bea's
}

TEST_CASE("a calendar names who is on duty, by title or guest, and times without a zone go by the group's") {
    const Team all = team(group("{rotation: duty.ics, zone: Europe/Berlin}"));
    CHECK(first_on_duty(all, berlin(year{2026} / 3 / 2, 9h)) == "bea");
    CHECK(first_on_duty(all, berlin(year{2026} / 3 / 9, 9h)) == "ada");
    CHECK(first_on_duty(all, berlin(year{2026} / 3 / 30, 9h)) == "bea");  // after clocks went forward
    CHECK(first_on_duty(all, berlin(year{2026} / 3 / 30, 9h) - 1ms) == "ada");
    CHECK(first_on_duty(all, berlin(year{2026} / 3 / 2, 9h) - 1ms) == "");
    CHECK(all.group("help")->members == std::vector<std::string>{"bea", "ada"});
    CHECK(mistake(group("{rotation: zoe.ics}")) ==
          "config/zoe.ics:2: the entry \"Zoe\" names nobody of the team. Let its title or its guests name a "
          "staffer. Who has left stays in team.yaml, with `left`.");
}

TEST_CASE("mistakes in groups are told with place and help") {
    const auto [value, expected] = GENERATE(table<std::string, std::string>({
        {"{members: [ada], rotation: weakly}",
         "config/team.yaml:6:36: groups.help.rotation cannot be \"weakly\". Did you mean \"weekly\"?"},
        {"{rotation: weekly}",
         "config/team.yaml:6:3: groups.help.members must be a list of staffers. Write [ada, bea], in the "
         "order in "
         "which they are asked."},
        {"{members: [ada], starts: Mon 09:00}",
         "config/team.yaml:6:34: groups.help.starts says something only with `rotation: weekly`. Take it "
         "out."},
        {"{members: [ada], rotation: weekly, starts: Someday}",
         "config/team.yaml:6:52: groups.help.starts must be a day and a clock, not \"Someday\". Write Mon "
         "09:00, or "
         "the day on which the first begins: \"2026-03-02 09:00\"."},
        {"{members: [ada], rotation: weekly, overrides: [{from: 2026-03-03, until: 2026-03-02, who: bea}]}",
         "config/team.yaml:6:56: groups.help.overrides ends before it begins. until is the first moment "
         "after it."},
        {"{members: [ada], rotation: weekly, overrides: [{from: 2026-03-03, until: 2026-03-04, who: eda}]}",
         "config/team.yaml:6:99: groups.help: there is no staffer \"eda\". Did you mean \"ada\"?"},
        {"{members: [ada, bea], rotation: weekly, swaps: [{week: 2026-03-03, with: 2026-03-04}]}",
         "config/team.yaml:6:57: groups.help.swaps names the same week twice. Write swaps: [{week: "
         "2026-04-06, with: "
         "2026-04-13}], a day of each week."},
        {"{members: [ada], zone: Europe/Berln}",
         "config/team.yaml:6:32: groups.help.zone names no time zone of this system: \"Europe/Berln\". Did "
         "you mean "
         "\"Europe/Berlin\"?"},
        {"{members: [ada], rotation: nowhere.ics}",
         "config/team.yaml:6:36: the calendar nowhere.ics cannot be read: No such file or directory. Its "
         "path counts "
         "from the folder of this file."},
    }));
    CAPTURE(value);
    CHECK(mistakes(group(value)) == std::vector<std::string>{expected});
}

TEST_CASE("groups that lead back to themselves are told, each circle once") {
    CHECK(mistakes(three +
                   "groups:\n"
                   "  one: [ada, two]\n"
                   "  two: {members: [bea, three], rotation: weekly}\n"
                   "  three: {members: [cyd], rotation: weekly, overrides: [{from: 2026-03-01, until: "
                   "2026-03-02, who: one}]}\n"
                   "  four: [four]\n"
                   "  five: [one, two]\n") ==
          std::vector<std::string>{
              "config/team.yaml:8:100: groups run in a circle: one -> two -> three -> one. Name staffers in "
              "one of them.",
              "config/team.yaml:9:10: groups run in a circle: four -> four. Name staffers in one of them.",
          });
}
