#include "bot/office/rule_file.hpp"

#include <algorithm>

namespace rapport::office {

namespace {

struct Line {
    std::size_t begin = 0;
    std::size_t end = 0;  ///< After its newline.
    std::string_view text{};
    std::size_t indent() const { return std::min(text.find_first_not_of(' '), text.size()); }
    bool blank_or_comment() const {
        const std::size_t first = text.find_first_not_of(" \t\r");
        return first == std::string_view::npos || text[first] == '#';
    }
};

std::vector<Line> lines_of(std::string_view text) {
    std::vector<Line> lines;
    for (std::size_t from = 0; from < text.size();) {
        const std::size_t newline = text.find('\n', from);
        const std::size_t end = newline == std::string_view::npos ? text.size() : newline + 1;
        std::string_view line = text.substr(from, end - from);
        while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.remove_suffix(1);
        lines.push_back({from, end, line});
        from = end;
    }
    return lines;
}

/// The lines of `text` behind `indent` blanks; empty lines stay empty.
std::string indented(std::string_view text, std::size_t indent) {
    std::string out;
    for (const Line& line : lines_of(text)) {
        if (!line.text.empty()) out += std::string(indent, ' ') + std::string(line.text);
        out += '\n';
    }
    return out;
}

bool begins_item(const Line& line, std::size_t indent) {
    return line.indent() == indent && line.text.substr(indent).starts_with("-") &&
           (line.text.size() == indent + 1 || line.text[indent + 1] == ' ');
}

}  // namespace

std::optional<RuleBlock> find_block(const rules::RuleSet& rules, std::string_view name) {
    const auto id = rules.find(name);
    if (!id) return std::nullopt;
    const std::vector<Line> lines = lines_of(rules.source());
    std::size_t first = std::size_t(std::max(1, rules.rule(*id).at.line) - 1);
    if (first >= lines.size()) return std::nullopt;
    // The rule may be said to begin at its first key, on the dash's line.
    const std::size_t indent = lines[first].indent();
    if (!begins_item(lines[first], indent)) return std::nullopt;
    std::size_t last = first;
    for (std::size_t i = first + 1; i < lines.size(); ++i) {
        if (lines[i].blank_or_comment()) {
            // A comment as deep as the rule's keys is the rule's own.
            if (!lines[i].text.empty() && lines[i].indent() > indent &&
                lines[i].indent() < lines[i].text.size())
                last = i;
            continue;
        }
        if (lines[i].indent() <= indent) break;
        last = i;
    }
    return RuleBlock{lines[first].begin, lines[last].end, int(first) + 1, indent};
}

std::string block_text(std::string_view file, const RuleBlock& block) {
    std::string out;
    for (const Line& line : lines_of(file.substr(block.begin, block.end - block.begin))) {
        out += line.text.substr(std::min(block.indent, line.indent()));
        out += '\n';
    }
    return out;
}

std::optional<std::string> with_rule(const rules::RuleSet& rules, std::string_view old_name,
                                     std::string_view text) {
    const std::string& file = rules.source();
    if (!old_name.empty() && rules.find(old_name)) {
        const auto block = find_block(rules, old_name);
        if (!block) return std::nullopt;
        return file.substr(0, block->begin) + indented(text, block->indent) + file.substr(block->end);
    }
    if (rules.rules().empty()) {
        // "rules: []" or nothing at all: what stands there has no rule to lose.
        std::string kept;
        for (const Line& line : lines_of(file))
            if (line.blank_or_comment()) kept += std::string(line.text) + "\n";
        return kept + "rules:\n" + indented(text, 2);
    }
    const auto last = find_block(rules, rules.rules().back().name);
    if (!last) return std::nullopt;
    std::string before = file.substr(0, last->end);
    if (!before.ends_with('\n')) before += '\n';
    return before + "\n" + indented(text, last->indent) + file.substr(last->end);
}

std::string with_key(std::string_view rule, std::string_view key, std::string_view value) {
    const std::vector<Line> lines = lines_of(rule);
    if (lines.empty()) return std::string(rule);
    std::size_t depth = lines[0].text.starts_with("- ") ? lines[0].text.find_first_not_of(' ', 1) : 2;
    const auto is_key = [&](const Line& line, std::size_t at) {
        std::string_view text = line.text;
        if (at == 0 && text.starts_with("-")) {
            text.remove_prefix(std::min(depth, text.size()));
        } else {
            if (line.indent() != depth) return false;
            text.remove_prefix(depth);
        }
        return text.starts_with(key) && text.substr(key.size()).starts_with(":");
    };
    std::size_t found = 0;
    while (found < lines.size() && !is_key(lines[found], found)) ++found;
    const std::string line = value.empty() ? std::string{}
                                           : std::string(found == 0 ? "- " : std::string(depth, ' ')) +
                                                 std::string(key) + ": " + std::string(value) + "\n";
    if (found == lines.size()) {
        std::string out{rule};
        if (!out.empty() && out.back() != '\n') out += '\n';
        return out + line;
    }
    std::size_t end = found + 1;
    while (end < lines.size() && !lines[end].blank_or_comment() && lines[end].indent() > depth) ++end;
    return std::string(rule.substr(0, lines[found].begin)) + line +
           std::string(rule.substr(lines[end - 1].end));
}

std::string yaml_text(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        out += c == '\n' || c == '\r' || c == '\t' ? ' ' : c;
    }
    return out + "\"";
}

}  // namespace rapport::office
