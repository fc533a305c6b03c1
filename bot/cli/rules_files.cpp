// `rapport rules check` and `rapport rules test`.

#include <fmt/format.h>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <ostream>
#include <sstream>

#include "bot/cli/commands.hpp"
#include "bot/cli/reading_facts.hpp"
#include "bot/cli/text.hpp"
#include "rules/self_test.hpp"

namespace rapport::cli {

namespace {

namespace json = boost::json;

std::string must_read(const std::filesystem::path& path) {
    std::ifstream file{path, std::ios::binary};
    std::ostringstream text;
    if (file && (text << file.rdbuf() || file.peek() == std::ifstream::traits_type::eof())) return text.str();
    throw Stop(Exit::failed,
               fmt::format("{} cannot be read ({}). Name the file, or the folder with --config.",
                           path.string(), std::strerror(errno)));
}

/// Names that a rule asks, against the team; only where there is a team to check against.
std::vector<std::string> unknown_names(const Context& context) {
    std::error_code ignored;
    if (!std::filesystem::exists(context.places.team_file(), ignored) ||
        !std::filesystem::exists(context.places.rapport_file(), ignored))
        return {};
    return load_world(context.places).problems;
}

json::object to_json(const rules::Diagnostic& mistake) {
    return {{"file", mistake.file},
            {"line", mistake.line},
            {"column", mistake.column},
            {"message", mistake.message},
            {"suggestion", mistake.suggestion}};
}

std::string mistakes(std::size_t count) {
    return counted(count, "mistake");
}

rules::RuleSet must_load_rules(const std::filesystem::path& path) {
    rules::LoadResult loaded = rules::load(must_read(path), path.string());
    if (loaded.rules) return std::move(*loaded.rules);
    std::string words;
    for (const rules::Diagnostic& mistake : loaded.diagnostics) words += to_string(mistake) + "\n";
    throw Stop(Exit::failed, words + mistakes(loaded.diagnostics.size()));
}

/// By the team's own brand names where there is a team; tests of a rule may speak of them.
SimpleReader reader_of(const Context& context) {
    const LoadedWorld loaded = load_world(context.places);
    return SimpleReader{loaded.world ? loaded.world->team.brand_names() : std::vector<std::string>{}};
}

}  // namespace

int rules_check(const Context& context) {
    const std::filesystem::path path = context.places.rules_file();
    const rules::LoadResult loaded = rules::load(must_read(path), path.string());
    const std::vector<std::string> names = loaded.rules ? unknown_names(context) : std::vector<std::string>{};
    const std::size_t count = loaded.diagnostics.size() + names.size();
    const std::size_t rules = loaded.rules ? loaded.rules->rules().size() : 0;
    if (context.json) {
        json::array all;
        for (const rules::Diagnostic& mistake : loaded.diagnostics) all.push_back(to_json(mistake));
        for (const std::string& words : names) all.push_back(json::object{{"message", words}});
        context.terminal.out << json::serialize(json::object{{"file", path.string()},
                                                             {"ok", count == 0},
                                                             {"rules", rules},
                                                             {"mistakes", all}})
                             << "\n";
    } else {
        for (const rules::Diagnostic& mistake : loaded.diagnostics)
            context.terminal.out << to_string(mistake) << "\n";
        for (const std::string& words : names) context.terminal.out << words << "\n";
        context.terminal.out << (count == 0 ? fmt::format("✓ {}: {}, no mistakes\n", path.string(),
                                                          counted(rules, "rule"))
                                            : fmt::format("✗ {}: {}\n", path.string(), mistakes(count)));
    }
    return int(count == 0 ? Exit::fine : Exit::failed);
}

int rules_test(const Context& context) {
    const rules::RuleSet rules = must_load_rules(context.places.rules_file());
    const SimpleReader reader = reader_of(context);
    const std::vector<rules::TestResult> results = run_tests(rules, facts_by_reading(reader));
    std::size_t failed = 0;
    for (const rules::TestResult& result : results) {
        failed += result.passed ? 0 : 1;
        if (context.json) {
            context.terminal.out << json::serialize(
                                        json::object{{"rule", result.rule},
                                                     {"test", result.number},
                                                     {"line", result.at.line},
                                                     {"passed", result.passed},
                                                     {"expected", result.expected_ask ? "ask" : "silence"},
                                                     {"explanation", to_text(result.explanation)}})
                                 << "\n";
        } else if (!result.passed) {
            context.terminal.out << "✗ " << to_text(result);
        }
    }
    if (!context.json)
        context.terminal.out << fmt::format("{} {} passed, {} failed\n", failed == 0 ? "✓" : "✗",
                                            results.size() - failed, failed);
    return int(failed == 0 ? Exit::fine : Exit::failed);
}

}  // namespace rapport::cli
