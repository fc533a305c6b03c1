#include "support/catch.hpp"
#include "workshop.hpp"

namespace rapport::test {

namespace {

const std::string_view with_rotations = R"(
staff:
  ada: {full_name: Ada Winter, zone: Europe/Berlin}
  bea: {full_name: Bea Morgan, zone: America/New_York}
groups:
  community: {members: [ada, bea], rotation: weekly, starts: "2026-03-02 09:00", zone: Europe/Berlin,
              overrides: [{from: 2026-03-04, until: 2026-03-05, who: bea}]}
  sun: {members: [ada, bea], rotation: follow the sun}
  plain: [bea, ada]
  oncall: {rotation: duty/oncall.ics}
)";
const std::string_view oncall =
    "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Ada\nDTSTART:20260303T080000Z\nDTEND:20260303T120000Z\nEND:"
    "VEVENT\n"
    "END:VCALENDAR\n";

}  // namespace

TEST_CASE("team duty prints who is on duty when, by the reader's clock") {
    Workshop workshop;
    std::filesystem::create_directory(workshop.path("duty"));
    workshop.write("team.yaml", with_rotations);
    workshop.write("duty/oncall.ics", oncall);
    const Ran ran =
        workshop.run({"--zone", "Europe/Berlin", "team", "duty", "--from", "2026-03-02", "--days", "7"});
    INFO(ran.err);
    CHECK(ran.code == 0);
    CHECK_THAT(ran.out, ContainsSubstring("community (weekly, from Mon 09:00 Europe/Berlin)\n"
                                          "  Mon 2 Mar 2026, 00:00  to Mon 2 Mar 2026, 09:00  Bea Morgan\n"
                                          "  Mon 2 Mar 2026, 09:00  to Wed 4 Mar 2026, 00:00  Ada Winter\n"
                                          "  Wed 4 Mar 2026, 00:00  to Thu 5 Mar 2026, 00:00  Bea Morgan\n"
                                          "  Thu 5 Mar 2026, 00:00  to Mon 9 Mar 2026, 00:00  Ada Winter\n"));
    // New York begins at 15:00 of Berlin, whose day ends at 17:00.
    CHECK_THAT(ran.out, ContainsSubstring(
                            "sun (follow the sun)\n"
                            "  Mon 2 Mar 2026, 00:00  to Mon 2 Mar 2026, 09:00  nobody: the others stand in\n"
                            "  Mon 2 Mar 2026, 09:00  to Mon 2 Mar 2026, 15:00  Ada Winter\n"
                            "  Mon 2 Mar 2026, 15:00  to Mon 2 Mar 2026, 23:00  Bea Morgan\n"));
    CHECK_THAT(ran.out, ContainsSubstring(
                            "plain (no rotation, in this order)\n"
                            "  Mon 2 Mar 2026, 00:00  to Mon 9 Mar 2026, 00:00  Bea Morgan, Ada Winter\n"));
    CHECK_THAT(ran.out, ContainsSubstring("  Tue 3 Mar 2026, 09:00  to Tue 3 Mar 2026, 13:00  Ada Winter\n"));

    const Ran one = workshop.run({"team", "duty", "--group", "oncall", "--from", "2026-03-03", "--days", "1",
                                  "--zone", "UTC", "--json"});
    CHECK(one.code == 0);
    CHECK_THAT(one.out,
               ContainsSubstring("{\"group\":\"oncall\",\"from\":1772524800000,\"until\":1772539200000,"
                                 "\"staff\":[\"ada\"]}\n"));
    CHECK(workshop.run({"team", "duty", "--group", "nobody"}).code == 3);
    CHECK(workshop.run({"team", "duty", "--from", "tomorrow"}).code == 2);
    CHECK(workshop.run({"team", "duty", "--days", "0"}).code == 2);
}

TEST_CASE("check tells mistakes in calendars with their own file and line, and chains that lead back") {
    Workshop workshop;
    workshop.write("team.yaml", "holidays: [days.ics]\nstaff: {ada: , bea: }\n");
    workshop.write("days.ics", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Easter\nEND:VEVENT\nEND:VCALENDAR\n");
    const Ran bad = workshop.run({"check"});
    CHECK(bad.code == 1);
    CHECK_THAT(bad.out, ContainsSubstring("days.ics:2: this entry does not say when it begins"));
    workshop.write("team.yaml", "holidays: [other.ics]\nstaff: {ada: , bea: }\n");
    CHECK_THAT(workshop.run({"check"}).out,
               ContainsSubstring("team.yaml:1:12: the calendar other.ics cannot be read: No such file"));
    workshop.write("team.yaml", "staff: {ada: , bea: }\n");
    workshop.write("rules.yaml",
                   "rules:\n  - name: r\n    when: message.length > 0\n    ask: [\"@ada\"]\n"
                   "    escalate: [{after: 1h, to: \"@ada\"}]\n");
    CHECK_THAT(
        workshop.run({"check"}).out,
        ContainsSubstring("rules.yaml:5:32: escalate comes back to @ada, where the alert has been by then: "
                          "name somebody else, or the channel as the last step"));
}

}  // namespace rapport::test
