#include "rules/reference.hpp"

#include <yaml-cpp/yaml.h>

#include "rules_support.hpp"

namespace rapport::rules {

TEST_CASE("the vocabulary as text and as Markdown names every fact and every closed word") {
    const std::string text = vocabulary_text();
    const std::string markdown = vocabulary_markdown();
    for (const FactInfo& row : vocabulary()) {
        CHECK_THAT(text, ContainsSubstring(std::string{row.name}));
        CHECK_THAT(markdown, ContainsSubstring(fmt::format("| `{}` | {}", row.name, to_string(row.type))));
        CHECK_THAT(markdown, ContainsSubstring(std::string{row.meaning}));
        for (const std::string_view word : row.allowed)
            CHECK_THAT(text, ContainsSubstring(std::string{word}));
    }
    CHECK(std::count(markdown.begin(), markdown.end(), '\n') == static_cast<long>(fact_count) + 2);
}

TEST_CASE("the JSON Schema is well formed and knows what the parser knows") {
    const YAML::Node schema = YAML::Load(json_schema());  // JSON is YAML
    const YAML::Node given = schema["$defs"]["given"]["properties"];
    CHECK(given.size() == fact_count);
    for (const FactInfo& row : vocabulary())
        CHECK(given[std::string{row.name}]["description"].as<std::string>() == row.meaning);
    CHECK(given["person.depth"]["enum"].size() == 5);

    // Each key in the schema is one that the parser takes: otherwise it would say "unknown key".
    for (const auto& entry : schema["$defs"]["rule"]["properties"]) {
        const auto key = entry.first.as<std::string>();
        const LoadResult result = load("rules: [{" + key + ": [[]]}]", "rules.yaml");
        for (const Diagnostic& diagnostic : result.diagnostics)
            CHECK_THAT(diagnostic.message, !ContainsSubstring("unknown key"));
    }
    // And the parser's own list, as an unknown key is answered, is all in the schema.
    const LoadResult unknown = load("rules: [{name: a, when: message.late, zzzzzzzzz: 1}]", "rules.yaml");
    REQUIRE(unknown.diagnostics.size() == 1);
    std::string keys = "a rule has ";
    for (const auto& entry : schema["$defs"]["rule"]["properties"])
        keys += (keys.ends_with("has ") ? "" : ", ") + entry.first.as<std::string>();
    CHECK(unknown.diagnostics[0].suggestion == keys);
}

}  // namespace rapport::rules
