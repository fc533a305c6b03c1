#include "bot/office/rule_check.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "bot/alerts/check_chains.hpp"
#include "bot/config/values.hpp"
#include "bot/office/text.hpp"

namespace rapport::office {

namespace {

std::string words_of(const rules::Diagnostic& diagnostic) {
    return diagnostic.message + (diagnostic.suggestion.empty() ? "" : ": " + diagnostic.suggestion);
}

/// The key whose value stands on that line of the rule's text.
std::string key_at(std::string_view text, int line) {
    std::string key;
    int number = 0;
    for (std::size_t from = 0; from < text.size() && number < line;) {
        const std::size_t end = std::min(text.find('\n', from), text.size());
        std::string_view one = text.substr(from, end - from);
        from = end + 1;
        if (++number == 1 && one.starts_with("- "))
            one.remove_prefix(2);
        else if (one.starts_with("  ") && !one.starts_with("   "))
            one.remove_prefix(2);
        else
            continue;
        if (const std::size_t colon = one.find(':'); colon != std::string_view::npos)
            key = one.substr(0, colon);
    }
    return key;
}

/// Whom the rule asks, but nobody knows, and escalations that lead back.
void check_targets(const rules::RuleSet& rules, const World& world, CheckedRule& checked) {
    for (const ChainMistake& one : check_chains(rules, world.team)) {
        if (one.rule->name != checked.name) continue;
        checked.mistakes.push_back(
            {1, 1, one.escalation ? "escalate" : "ask", fmt::format("{}: {}", one.message, one.suggestion)});
    }
}

}  // namespace

std::string RuleMistake::place() const {
    return fmt::format("Line {}, column {}: {}", line, column, text);
}

CheckedRule check_rule(const World& world, const rules::RuleSet& file, std::string_view old_name,
                       std::string_view text) {
    CheckedRule checked;
    checked.file_hash = file.hash();
    // By itself first, so that lines and columns are those of its own text.
    const rules::LoadResult alone = rules::load("rules:\n" + std::string(text), "rule");
    for (const rules::Diagnostic& one : alone.diagnostics) {
        const int line = std::max(1, one.line - 1);
        checked.mistakes.push_back({line, one.column, key_at(text, line), words_of(one)});
    }
    if (!alone.rules) return checked;
    if (alone.rules->rules().size() != 1) {
        checked.mistakes.push_back({1, 1, "", "This must be one rule, beginning with \"- name:\"."});
        return checked;
    }
    checked.name = alone.rules->rules().front().name;
    if (checked.name != old_name && file.find(checked.name)) {
        checked.mistakes.push_back(
            {1, 1, "name",
             fmt::format("There is another rule called {}. Choose another name.", checked.name)});
        return checked;
    }
    const auto whole = with_rule(file, old_name, text);
    if (!whole) {
        checked.mistakes.push_back(
            {1, 1, "",
             "rules.yaml is written in a way that I cannot change piece by piece. Change it there."});
        return checked;
    }
    rules::LoadResult loaded = rules::load(*whole, file.file());
    for (const rules::Diagnostic& one : loaded.diagnostics)
        checked.mistakes.push_back({one.line, one.column, "", words_of(one)});
    if (!loaded.rules) return checked;
    check_targets(*loaded.rules, world, checked);
    if (!checked.mistakes.empty()) return checked;
    checked.file = *whole;
    checked.world = std::make_shared<const World>(world.team, std::move(*loaded.rules), world.config);
    return checked;
}

std::string mistake_in_condition(std::string_view condition) {
    const rules::LoadResult loaded =
        rules::load("rules:\n- name: x\n  when: " + yaml_text(condition) + "\n", "rule");
    return loaded.diagnostics.empty() ? std::string{} : words_of(loaded.diagnostics.front());
}

std::string duration_words(std::chrono::milliseconds length) {
    std::string text;
    for (const auto& [name, unit] : std::initializer_list<std::pair<const char*, std::chrono::milliseconds>>{
             {"d", std::chrono::days{1}},
             {"h", std::chrono::hours{1}},
             {"m", std::chrono::minutes{1}},
             {"s", std::chrono::seconds{1}}}) {
        if (length < unit) continue;
        text += fmt::format("{}{}", length / unit, name);
        length %= unit;
    }
    return text.empty() ? "0s" : text;
}

}  // namespace rapport::office
