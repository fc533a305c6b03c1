// The fuzzer's function on seeded inputs, so that every test run tries some.
#include <fstream>
#include <sstream>

#include "fuzz/rules_input.hpp"
#include "random_rules.hpp"

namespace rapport::rules {
namespace {

constexpr std::array<std::string_view, 28> tokens = {
    "rules:\n", "  - name: x\n", "    when: ", "person.role",  " in ",       "[",  "]", "(",          ")",
    " and ",    " or ",          "not ",       "message.text", " contains ", "\"", "'", " matches /", "/i",
    ">=",       "familiar",      "\n",         ": ",           "- ",         "{",  "}", "15m",        "&a ",
    "\xFF"};

std::string mutated(std::string text, Random& random) {
    for (std::size_t i = random.below(4); i > 0; --i) {
        const std::size_t at = random.below(text.size() + 1);
        const std::size_t length = std::min(random.below(12), text.size() - at);
        switch (random.below(4)) {
            case 0:
                text.erase(at, length);
                break;
            case 1:
                text.insert(at, random.of(tokens));
                break;
            case 2:
                text.insert(at, 1, static_cast<char>(random.below(256)));
                break;
            default:
                text.insert(random.below(text.size() + 1), text.substr(at, length));
                break;
        }
    }
    return text;
}

}  // namespace

TEST_CASE("no bytes make the rules crash: mutated rules") {
    Random random{7};
    std::size_t good = 0;
    for (int i = 0; i < 3000; ++i) {
        const std::string seed = fmt::format(
            "rules:\n  - name: a\n    when: {}\n    tests: [{{given: {{person.role: a}}, expect: ask}}]\n"
            "  - name: b\n    when: >-\n      {}\n    ask: [owner, \"@ada\"]\n    after: 5m\n",
            random.condition(), random.condition());
        good += try_rules_input(mutated(seed, random)) ? 1 : 0;
    }
    CHECK(good > 100);
    CHECK(good < 2900);
}

TEST_CASE("no bytes make the rules crash: random tokens and the shipped file, mutated") {
    Random random{8};
    for (int i = 0; i < 2000; ++i) {
        std::string text = random.one_in(2) ? "rules:\n  - name: x\n    when: " : "";
        for (std::size_t n = random.below(20); n > 0; --n) text += random.of(tokens);
        try_rules_input(text);
    }
    std::ifstream file{RAPPORT_SOURCE_DIR "/config/rules.yaml"};
    std::stringstream shipped;
    shipped << file.rdbuf();
    REQUIRE(try_rules_input(shipped.str()));
    for (int i = 0; i < 100; ++i) try_rules_input(mutated(shipped.str(), random));
}

}  // namespace rapport::rules
