#include "bot/alerts/check_chains.hpp"

#include <fmt/format.h>

#include "support/catch.hpp"

using namespace rapport;

namespace {

Staffer one_called(const std::string& name) {
    Staffer one;
    one.name = name;
    return one;
}

/// What is wrong with a rule that has these two keys.
std::vector<std::string> told(const std::string& ask, const std::string& escalate) {
    const Team team{{one_called("ada"), one_called("bea"), one_called("cyd")},
                    {{"two", {"ada", "bea"}, {}}, {"alone", {"ada"}, {}}},
                    {},
                    {}};
    const rules::LoadResult loaded =
        rules::load("rules:\n  - name: r\n    when: message.length > 0\n    ask: [" + ask +
                        "]\n    escalate: [" + escalate + "]\n",
                    "r.yaml");
    REQUIRE(loaded.rules);
    std::vector<std::string> all;
    for (const ChainMistake& mistake : check_chains(*loaded.rules, team))
        all.push_back(fmt::format("{}:{} {}: {}", mistake.at.line, mistake.at.column, mistake.message,
                                  mistake.suggestion));
    return all;
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("names that nobody bears are told, with what was probably meant") {
    CHECK(told("\"@eda\", on duty in too", "{after: 1h, to: \"@zacharias\"}") ==
          Lines{"4:11 @eda is not in the team: did you mean ada?",
                "4:19 group too is not in the team: did you mean two?",
                "5:32 @zacharias is not in the team: add it to team.yaml or ask somebody else"});
}

TEST_CASE("an escalation that comes back to whom it comes from is told") {
    const std::string back =
        "escalate comes back to {}, where the alert has been by then: name somebody else, or "
        "the channel as the last step";
    const auto lines = [&](const std::string& at, const std::string& who) {
        return Lines{at + " " + fmt::format(fmt::runtime(back), who)};
    };
    CHECK(told("\"@ada\"", "{after: 1h, to: \"@ada\"}") == lines("5:32", "@ada"));
    CHECK(told("on duty in alone", "{after: 1h, to: \"@ada\"}") == lines("5:32", "@ada"));
    CHECK(told("\"@ada\"", "{after: 1h, to: on duty in alone}") == lines("5:32", "on duty in alone"));
    CHECK(told("channel", "{after: 1h, to: channel}") == lines("5:32", "channel"));
    CHECK(told("owner", "{after: 1h, to: \"@ada\"}, {after: 2h, to: \"@bea\"}, {after: 3h, to: \"@ada\"}") ==
          lines("5:82", "@ada"));
    CHECK(told("owner",
               "{after: 1h, to: \"@ada\"}, {after: 2h, to: \"@bea\"}, {after: 3h, to: on duty in two}") ==
          lines("5:82", "on duty in two"));
}

TEST_CASE("an escalation that may still reach somebody is none of that") {
    CHECK(told("owner, strongest tie, on duty in two, channel",
               "{after: 1h, to: on duty in two}, {after: 2h, to: channel}") == Lines{});
    CHECK(told("on duty in two", "{after: 1h, to: on duty in two}, {after: 2h, to: on duty in two}") ==
          Lines{});
    CHECK(told("\"@ada\", \"@bea\"", "{after: 1h, to: \"@ada\"}") == Lines{});
    CHECK(told("expert", "{after: 1h, to: expert}, {after: 2h, to: owner}") == Lines{});
    CHECK(told("\"@lead\"", "{after: 1h, to: \"@lead\"}") == Lines{});
}
