#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

#include "bot/cli/backtest_text.hpp"
#include "support/catch.hpp"
#include "workshop.hpp"

namespace rapport::test {

namespace json = boost::json;

TEST_CASE("backtest shows a candidate beside today's rules") {
    Workshop workshop;
    workshop.fill();
    workshop.write("new.yaml",
                   "rules:\n  - name: anyone-asks\n    when: message.kind = question\n    ask: [\"@bea\"]\n"
                   "    urgency: high\n");
    const std::string file = workshop.path("new.yaml").string();
    const Ran text = workshop.run({"backtest", "--rules", file, "--since", "all"});
    CHECK(text.code == 0);
    CHECK_THAT(text.out,
               ContainsSubstring("From Mon 2 Mar 2026, 10:01 to Mon 2 Mar 2026, 11:30: 4 messages."));
    CHECK_THAT(text.out, ContainsSubstring("Today's rules would have raised 1 alert, the candidate 2."));
    CHECK_THAT(text.out,
               ContainsSubstring("Only with the candidate: 1\n  Mon 2 Mar 2026, 11:00  omar, for bea"));
    CHECK_THAT(text.out, ContainsSubstring("With both: 1"));
    const json::value object = json::parse(workshop.run({"backtest", "--rules", file, "--json"}).out);
    CHECK(object.at("candidate").at("by_staffer").at("bea") == 2);
    CHECK(object.at("today").at("by_staffer").at("ada") == 1);
    CHECK(object.at("only_today").as_array().empty());
}

TEST_CASE("backtest refuses bad rules and bad times") {
    Workshop workshop;
    workshop.fill();
    workshop.write("bad.yaml", "rules:\n  - name: a\n    when: person.roel = x\n");
    const Ran bad = workshop.run({"backtest", "--rules", workshop.path("bad.yaml").string()});
    CHECK(bad.code == 1);
    CHECK_THAT(bad.err, ContainsSubstring("person.role"));
    const std::string good = workshop.path("rules.yaml").string();
    CHECK(workshop.run({"backtest", "--rules", good, "--since", "soon"}).code == 2);
    CHECK(workshop.run({"backtest"}).code == 2);
}

TEST_CASE("how far back") {
    CHECK(cli::parse_since("90d") == std::chrono::days{90});
    CHECK(cli::parse_since("1d 12h") == std::chrono::hours{36});
    CHECK(cli::parse_since("all") > std::chrono::days{30'000});
    CHECK(!cli::parse_since("0s"));
    CHECK(!cli::parse_since("-3d"));
    CHECK(!cli::parse_since(""));
}

}  // namespace rapport::test
