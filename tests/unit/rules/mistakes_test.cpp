// What is refused, where it is said to be, and what is suggested.
#include <algorithm>

#include "rules_support.hpp"

namespace rapport::rules {
namespace {

using Lines = std::vector<std::string>;

Lines mistakes_of_file(std::string_view yaml) {
    return lines_of(load(yaml, "rules.yaml"));
}

}  // namespace

TEST_CASE("a file with ten different mistakes gives ten diagnostics, in order, with line and column") {
    const Lines found = mistakes_of_file(R"(rules:
  - name: first
    titel: One
    when: person.roel has champion
          and message.kind = qestion
    after: 15
    ask: [owner, strongest ties]
    cooldown: soon
  - name: first
    when: person.reach > 15m and message.text matches /a(b/
    urgency: hgh
    tests:
      - {given: {person.role: x}, expect: asks}
)");
    CHECK(
        found ==
        Lines{
            "rules.yaml:3:5: unknown key titel: did you mean title?",
            "rules.yaml:4:11: unknown fact person.roel: did you mean person.role?",
            "rules.yaml:5:30: message.kind is never qestion: did you mean question?",
            "rules.yaml:6:12: after should be a time of at most ten years, not 15: did you mean 15m?",
            "rules.yaml:7:18: ask cannot be strongest ties: did you mean strongest tie?",
            "rules.yaml:8:15: cooldown should be a time of at most ten years, not soon: write it as 30s, "
            "15m, 2h, 3d, 1w "
            "or 1h30m",
            "rules.yaml:9:11: there is a rule called first already, on line 2: give one of them another name",
            "rules.yaml:10:26: person.reach is compared with a number, not with 15m: write it in digits, "
            "such as 10000",
            "rules.yaml:10:56: bad pattern: missing ): a(b: a character with a meaning is written with \\ "
            "before it",
            "rules.yaml:11:14: urgency is never hgh: did you mean high?",
            "rules.yaml:13:43: expect is never asks: did you mean ask?"});
}

TEST_CASE("the column is right in every way that YAML has to write a text") {
    const std::string_view files[] = {
        "rules:\n  - name: a\n    when: message.late\n\n          and not\n            nonsense.fact\n",
        "rules:\n  - name: a\n    when: |\n      message.late\n      and not\n      \n      nonsense.fact\n",
        "rules:\n  - name: a\n    when: >-  # a comment\n      message.late\n      and not\n\n      "
        "nonsense.fact\n",
        "rules:\n  - name: a\n    when: \"message.text contains \\\"é\\\" and\n\n\n      nonsense.fact\"\n",
        "rules:\n  - name: a\n    when: 'message.text contains ''x'' and\n\n\n      nonsense.fact'\n",
        "rules:\r\n  - name: a\r\n    when: message.late\r\n      and\r\n      not\r\n      "
        "nonsense.fact\r\n",
    };
    const Position places[] = {{6, 13}, {7, 7}, {7, 7}, {6, 7}, {6, 7}, {6, 7}};
    for (std::size_t i = 0; i < std::size(files); ++i) {
        CAPTURE(files[i]);
        const LoadResult result = load(files[i], "rules.yaml");
        REQUIRE(result.diagnostics.size() == 1);
        CHECK(result.diagnostics[0].message == "unknown fact nonsense.fact");
        CHECK(Position{result.diagnostics[0].line, result.diagnostics[0].column} == places[i]);
    }
}

TEST_CASE("columns count characters, not bytes") {
    CHECK(mistakes_of_file("rules: [{name: a, when: person.name = \"Ünïcödé\" and nonsense.fact}]") ==
          Lines{"rules.yaml:1:53: unknown fact nonsense.fact"});
    CHECK(mistakes_of_file(
              "rules: [{name: a, when: \"message.text contains '\\u00e9\\x41' and nonsense.fact\"}]") ==
          Lines{"rules.yaml:1:65: unknown fact nonsense.fact"});
}

TEST_CASE("a mistake of type says what would be right") {
    const std::pair<std::string_view, std::string_view> cases[] = {
        {"person.role = champion",
         "= does not go with person.role, which is a set of words: it holds several words: "
         "write person.role has ..."},
        {"message.text has refund",
         "has does not go with message.text, which is a text: did you mean message.text contains \"...\"?"},
        {"message.needs_reply > 3",
         "> does not go with message.needs_reply, which is a boolean: write message.needs_reply or not "
         "message.needs_reply"},
        {"message.needs_reply = maybe",
         "message.needs_reply is true or false, not maybe: write message.needs_reply or "
         "not message.needs_reply"},
        {"person.reach",
         "person.reach is not true or false, so it cannot stand alone: add =, !=, <, <=, > or >="},
        {"person.reach > many",
         "person.reach is compared with a number, not with many: write it in digits, such as 10000"},
        {"conversation.waiting > 5",
         "conversation.waiting is compared with a duration, not with 5: write it as 30s, 15m, 2h, 3d or 1w"},
        {"person.depth >= freind",
         "person.depth is never freind: it is one of stranger, acquaintance, familiar, "
         "close, core"},
        {"person.depth >= clsoe", "person.depth is never clsoe: did you mean close?"},
        {"message.kind in question", "in needs a list: write in [question]"},
        {"message.kind = [question]", "= takes one value, not a list: write in [...]"},
        {"message.text matches refund", "matches needs a pattern between slashes: write matches /.../i"},
        {"message.text contains \"\"", "contains needs some text"},
        {"person.name = person.handle",
         "person.handle is a fact: facts are compared with values: if the text is meant, write "
         "\"person.handle\""},
        {"needs_reply", "unknown fact needs_reply: did you mean message.needs_reply?"},
        {"person.reach == 5", "== is not an operator here: did you mean =?"},
        {"message.late && message.edited", "&& is not an operator here: did you mean and?"},
        {"!message.late", "! is not an operator here: did you mean not?"},
        {"message.late AND message.edited",
         "and, or or the end should stand here, not AND: write it in small letters"},
        {"person.role not in [a]", "not cannot stand after a fact: write not person.role in [...]"},
        {"person.owner is ada", "is cannot stand after a fact: write = or !="},
        {"person.name = Ada Lovelace",
         "and, or or the end should stand here, not Lovelace: texts of several words stand in quotes"},
        {"(message.late", "this ( is never closed: write a ) where it should end"},
        {"message.late)", "this ) closes nothing"},
        {"message.late and",
         "a condition should stand here, not the end: it begins with a fact, such as person.role"},
        {"person.reach >", "a value is missing after >"},
        {"message.kind in []", "the list is empty"},
        {"message.kind in [question praise]",
         "in this list, praise should be a , or the closing ]: texts of several words stand in quotes"},
        {"message.text matches /[/",
         "bad pattern: missing ]: [: a character with a meaning is written with \\ "
         "before it"},
        {"message.text matches /a/ix",
         "unknown letter x after the pattern: only i is known: it ignores case"},
        {"message.text contains “refund”",
         "curly quotes do not enclose a text here: write straight ones: \"...\""},
    };
    for (const auto& [condition, message] : cases) {
        CAPTURE(condition);
        const Lines found = mistakes_in(condition);
        REQUIRE(!found.empty());
        CHECK(found.front() == message);
    }
}

TEST_CASE("one condition with several mistakes names them all") {
    CHECK(mistakes_in("person.roel has a and (message.kind = x or person.reach) and = 5 and message.lat")
              .size() == 5);
}

TEST_CASE("limits are told, and nothing overflows") {
    CHECK(mistakes_in(std::string(33, '(') + "message.late" + std::string(33, ')')) ==
          Lines{"nested more than 32 deep: split the rule"});
    CHECK(mistakes_in(std::string(32, '(') + "message.late" + std::string(32, ')')).empty());
    std::string nots;
    for (int i = 0; i < 3000; ++i) nots += "not ";
    CHECK(mistakes_in(nots + "message.late") == Lines{"nested more than 32 deep: split the rule"});
    CHECK(mistakes_in(std::string(17000, ' ') + "message.late" + std::string(17000, 'x')) ==
          Lines{"the condition is longer than 16 KB: split the rule"});
    CHECK(
        mistakes_in("message.text matches /" + std::string(1001, 'a') + "/") ==
        Lines{
            "bad pattern: longer than 1,000 bytes: a character with a meaning is written with \\ before it"});
    CHECK(mistakes_in("message.text matches /((a{100}){100}){100}/").size() == 1);

    const Lines deep = mistakes_of_file("rules: " + std::string(3000, '['));
    REQUIRE(deep.size() == 1);
    CHECK_THAT(deep.front(), ContainsSubstring("nested too deeply"));
    const Lines large = mistakes_of_file(std::string(max_file_size + 1, ' '));
    CHECK(large ==
          Lines{"rules.yaml:1:1: the file is larger than 16 MB: split the rules over several teams, or drop "
                "some"});

    std::string many = "rules:\n";
    for (int i = 0; i < 300; ++i) many += "  - nonsense\n";
    const Lines cut = mistakes_of_file(many);
    CHECK(cut.size() == max_diagnostics + 1);
    CHECK_THAT(cut.back(), ContainsSubstring("and at least 100 more mistakes"));
}

TEST_CASE("what is not a rules file is refused kindly") {
    CHECK(mistakes_of_file("") ==
          Lines{"rules.yaml:1:1: there is no key rules: the file begins with `rules:` and a "
                "list below it"});
    CHECK(mistakes_of_file("rules: {a: b}") ==
          Lines{"rules.yaml:1:8: rules should be a list, not a map: for no rules at all, write rules: []"});
    CHECK(mistakes_of_file("ruls: []") == Lines{"rules.yaml:1:1: unknown key ruls: did you mean rules?"});
    CHECK(mistakes_of_file("rules: [\xFF]") ==
          Lines{"rules.yaml:1:9: this is not valid UTF-8: save the file with the encoding UTF-8"});
    CHECK(mistakes_of_file(std::string_view{"rules: []\0", 10}) ==
          Lines{"rules.yaml:1:10: there is a NUL byte here: delete it"});
    CHECK(mistakes_of_file("rules: []\n---\nrules: []\n").size() == 1);
    CHECK(
        mistakes_of_file("rules:\n  - name: a\n    when: message.late\n    when: message.edited\n").front() ==
        "rules.yaml:4:5: the key \"when\" stands here twice: leave one out");
    CHECK(mistakes_of_file("rules:\n  - &a {name: x, when: message.late}\n  - *a\n").size() == 3);
    CHECK(mistakes_of_file("rules:\n  - !!map {name: x, when: message.late}\n") ==
          Lines{"rules.yaml:2:5: tags (!name) are not used in rules: leave it out"});
}

TEST_CASE("bad YAML is one mistake, and those in the rules before it are told as well") {
    const Lines found = mistakes_of_file(R"(rules:
  - name: one
    when: person.roel has champion
  - name: two
    when: message.text contains "a: b"
    ask: [owner
)");
    REQUIRE(found.size() == 2);
    CHECK(found[0] == "rules.yaml:3:11: unknown fact person.roel: did you mean person.role?");
    CHECK_THAT(found[1], ContainsSubstring("not valid YAML"));
    CHECK_THAT(mistakes_of_file("rules:\n  - name: one\n    when: message.late\n    ask: @ada\n").back(),
               ContainsSubstring("a text that begins with @ stands in quotes: \"@ada\""));
}

TEST_CASE("tests, escalations and names are checked") {
    const Lines found = mistakes_of_file(R"(rules:
  - name: Big Name
    when: [message.late]
    escalate: [{after: 2h, to: owner}, {after: 1h, to: channel}, {to: nobody}]
    tests:
      - given: {person.rol: x, person.reach: lots, message.late: perhaps, message.kind: why, person.depth: [a]}
  - 5
)");
    CHECK(found ==
          Lines{"rules.yaml:2:11: a name has small letters, digits and dashes only, and at most 64 of them: "
                "did you mean "
                "big-name?",
                "rules.yaml:3:11: when should be a condition, not a list: join conditions by and, or",
                "rules.yaml:4:40: escalations should come one after the other: after should be more than 2h",
                "rules.yaml:4:66: this escalation has no after: add after: 1h",
                "rules.yaml:4:71: to cannot be nobody: it is owner, strongest tie, expert, friend in common, "
                "on duty in GROUP, \"@name\" or channel",
                "rules.yaml:6:9: this test has no expect: add expect: ask or expect: silence",
                "rules.yaml:6:17: unknown fact person.rol: did you mean person.role?",
                "rules.yaml:6:46: person.reach is a number, not lots: write it in digits, such as 10000",
                "rules.yaml:6:66: message.late is true or false, not perhaps",
                fmt::format("rules.yaml:6:89: message.kind is never why: it is one of: {}",
                            fmt::join(info(Fact::message_kind).allowed, ", ")),
                "rules.yaml:6:108: person.depth should be a level, not a list",
                "rules.yaml:7:5: a rule should be a map, not text: it begins with - name: ..."});
}

}  // namespace rapport::rules
