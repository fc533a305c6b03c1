#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

#include "support/catch.hpp"
#include "workshop.hpp"

namespace rapport::test {

namespace {

/// Three people ask, about mirrors and about something else; Lou answers all, Kim's second question nobody.
void hear_questions(const Workshop& workshop) {
    const char* who[] = {"kim", "sam", "max"};
    for (int i = 0; i < 3; ++i) {
        const std::string asked = "q" + std::to_string(i), answered = "a" + std::to_string(i);
        workshop.commit({said(who[i], asked, i == 2 ? "How do I install quic?" : "Which mirrors speak rsync?",
                              moment("2026-03-02 10:0" + std::to_string(2 * i)))});
        workshop.commit({said("lou", answered, "The one in Bern does, since spring",
                              moment("2026-03-02 10:0" + std::to_string(2 * i + 1)), asked)});
    }
    workshop.commit({said("kim", "q4", "Which mirrors have pictures?", moment("2026-03-02 14:00"))});
    workshop.commit({said("ada", "n1", "Good evening", moment("2026-03-02 18:00"))});
}

}  // namespace

TEST_CASE("people roles: who helps and who waits, and why") {
    Workshop workshop;
    hear_questions(workshop);
    const Ran table = workshop.run({"people", "roles"});
    CHECK(table.err == "");
    CHECK(table.code == 0);
    CHECK_THAT(table.out, ContainsSubstring("answered questions of 3 people, asked 0") &&
                              ContainsSubstring("1 question without an answer since"));
    const Ran helpers = workshop.run({"people", "roles", "--role", "helper", "--json"});
    const auto helper = boost::json::parse(helpers.out).as_object();
    CHECK(helper.at("role") == "helper");
    CHECK_THAT(std::string{helper.at("id").as_string()}, ContainsSubstring("lou"));
}

TEST_CASE("people roles: on one topic only what is about it, and what answers that") {
    Workshop workshop;
    hear_questions(workshop);
    const Ran waiting = workshop.run({"people", "roles", "--topic", "mirrors"});
    CHECK_THAT(waiting.out, ContainsSubstring("waiting") && !ContainsSubstring("helper"));
    const Ran nothing = workshop.run({"people", "roles", "--topic", "gardening"});
    CHECK(nothing.code == 0);
    CHECK_THAT(nothing.out, ContainsSubstring("Nobody plays a part there"));
    CHECK(workshop.run({"people", "roles", "--role", "king"}).code == 2);
    CHECK(workshop.run({"people", "roles", "--since", "yesterday"}).code == 2);
}

}  // namespace rapport::test
