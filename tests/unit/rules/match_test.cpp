// The index against the plain way: each rule on its own.
#include "random_rules.hpp"
#include "rules/explain.hpp"
#include "rules/literals.hpp"

namespace rapport::rules {
namespace {

std::string random_file(Random& random, std::size_t rules) {
    std::string yaml = "rules:\n";
    for (std::size_t i = 0; i < rules; ++i)
        yaml += fmt::format("  - name: r{}\n    enabled: {}\n    when: >-\n      {}\n", i, !random.one_in(10),
                            random.condition());
    return yaml;
}

std::vector<RuleId> one_by_one(const RuleSet& rules, const Facts& facts) {
    std::vector<RuleId> out;
    for (RuleId id = 0; id < rules.rules().size(); ++id)
        if (rules.rule(id).enabled && rules.holds(id, facts)) out.push_back(id);
    return out;
}

}  // namespace

TEST_CASE("match finds just the rules that hold one by one, with random rules and random facts") {
    std::size_t matched = 0;
    for (std::uint32_t seed = 1; seed <= 20; ++seed) {
        CAPTURE(seed);
        Random random{seed};
        const RuleSet rules = loaded(random_file(random, 1 + random.below(250)));
        Facts facts;
        std::vector<RuleId> found;
        for (int round = 0; round < 100; ++round) {
            CAPTURE(round);
            random.fill(facts);
            rules.match(facts, found);
            REQUIRE(found == one_by_one(rules, facts));
            matched += found.size();
        }
    }
    CHECK(matched > 10'000);  // or the test would show nothing
}

TEST_CASE("the explanation comes to the same end as the compiled condition") {
    for (std::uint32_t seed = 100; seed < 110; ++seed) {
        CAPTURE(seed);
        Random random{seed};
        const RuleSet rules = loaded(random_file(random, 50));
        Facts facts;
        for (int round = 0; round < 20; ++round) {
            random.fill(facts);
            for (RuleId id = 0; id < rules.rules().size(); ++id) {
                CAPTURE(rules.rule(id).when);
                REQUIRE(explain(rules, id, facts).holds == rules.holds(id, facts));
            }
        }
    }
}

TEST_CASE("a reused Facts matches like a fresh one") {
    const RuleSet rules = loaded(
        "rules:\n  - {name: a, when: message.text contains refund}\n"
        "  - {name: b, when: person.role has x}\n");
    Facts facts;
    std::vector<RuleId> found;
    for (int i = 0; i < 3; ++i) {
        facts.clear();
        facts.set(Fact::message_text, "REFUND, please");
        rules.match(facts, found);
        CHECK(found == std::vector<RuleId>{0});
        facts.clear();
        facts.set(Fact::person_role, "X");
        rules.match(facts, found);
        CHECK(found == std::vector<RuleId>{1});
    }
}

TEST_CASE("the index survives a text that repeats what many rules look for") {
    std::string yaml = "rules:\n";
    for (int i = 0; i < 1000; ++i)
        yaml += fmt::format("  - {{name: r{}, when: message.text contains aaa}}\n", i);
    const RuleSet rules = loaded(yaml);
    Facts facts;
    facts.set(Fact::message_text, std::string(64 * 1024, 'a'));
    std::vector<RuleId> found;
    rules.match(facts, found);
    CHECK(found.size() == 1000);
}

TEST_CASE("literals are told from a pattern only when they must be there") {
    using Literals = std::optional<std::vector<std::string>>;
    const auto needs = [](std::string_view pattern) { return necessary_literals(pattern); };
    CHECK(needs("Refund") == Literals{{"refund"}});
    CHECK(needs("\\b(refund|money back)\\b") == Literals{{"refund", "money back"}});
    CHECK(needs("refunds?") == Literals{{"refund"}});
    CHECK(needs("abc+defg") == Literals{{"defg"}});
    CHECK(needs("a\\.b\\.c") == Literals{{"a.b.c"}});
    CHECK(needs("(?i)export") == Literals{{"export"}});
    CHECK(needs("[a-z]+port|refund") == Literals{{"port", "refund"}});
    for (const std::string_view pattern :
         {"", "ab", "(refund)?", "(refund)*", "(refund){0}", "refund|", "a|refund", "abc{0}", "[refund]",
          "\\Qa|b\\E", "\\x61bcd", "\\pLabc", "x(?:refund|)", "éèà", "[[:alpha:]]abc", "....", "(?:a|refund)",
          "ab{1000}"})
        CHECK_FALSE(needs(pattern).has_value());
}

}  // namespace rapport::rules
