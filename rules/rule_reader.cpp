#include "rules/rule_reader.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "rules/fields.hpp"
#include "rules/utf8.hpp"

namespace rapport::rules {
namespace {

constexpr std::size_t longest_name = 64;
constexpr std::size_t most_entries = 100;  // of ask, escalate, tests
constexpr std::string_view urgencies[] = {"normal", "high", "digest"};
constexpr std::string_view brand_replies[] = {"does not count", "counts"};
constexpr std::string_view expectations[] = {"ask", "silence"};

bool good_name(std::string_view name) {
    const auto small = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
    return !name.empty() && name.size() <= longest_name && small(name.front()) &&
           std::ranges::all_of(name, [&](char c) { return small(c) || c == '-'; });
}

/// "Champion waits" -> "champion-waits", to suggest a name that may be.
std::string as_name(std::string_view text) {
    std::string name;
    for (const char c : text.substr(0, longest_name)) {
        if (c >= 'A' && c <= 'Z')
            name += static_cast<char>(c + 32);
        else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            name += c;
        else if (!name.empty() && name.back() != '-')
            name += '-';
    }
    return name;
}

template <class T>
void put(std::optional<T> value, T& target) {
    if (value) target = std::move(*value);
}

}  // namespace

std::string_view to_string(Urgency urgency) noexcept {
    return urgencies[static_cast<std::size_t>(urgency)];
}

std::string to_string(const Target& target) {
    switch (target.kind) {
        case TargetKind::owner:
            return "owner";
        case TargetKind::strongest_tie:
            return "strongest tie";
        case TargetKind::expert:
            return "expert";
        case TargetKind::friend_in_common:
            return "friend in common";
        case TargetKind::on_duty:
            return "on duty in " + target.name;
        case TargetKind::staffer:
            return "@" + target.name;
        case TargetKind::channel:
            return "channel";
    }
    return "";
}

bool RuleReader::is_list(const yaml::Node& node, std::string_view key) {
    if (!node.is_sequence())
        reporter_.add(node.offset, fmt::format("{} should be a list, not {}", key, yaml::describe(node)));
    else if (node.items.size() > most_entries)
        reporter_.add(node.offset, fmt::format("{} has more than {} entries", key, most_entries));
    return node.is_sequence() && node.items.size() <= most_entries;
}

void RuleReader::read_file(const yaml::Node& root) {
    bool found = false;
    const Key keys[] = {
        {"rules", [&](const yaml::Node& list) {
             found = true;
             if (!list.is_sequence())
                 return reporter_.add(list.offset,
                                      fmt::format("rules should be a list, not {}", yaml::describe(list)),
                                      "for no rules at all, write rules: []");
             if (list.items.size() > max_rules)
                 return reporter_.add(list.offset, fmt::format("more than {} rules", max_rules));
             for (const yaml::Node& node : list.items) read_rule(node);
         }}};
    if (root.is_map()) read_map(root, "the file", keys, reporter_);
    if (!found && reporter_.empty())
        reporter_.add(root.offset, "there is no key rules",
                      "the file begins with `rules:` and a list below it");
}

void RuleReader::read_rule(const yaml::Node& node) {
    if (!node.is_map())
        return reporter_.add(node.offset, fmt::format("a rule should be a map, not {}", yaml::describe(node)),
                             "it begins with - name: ...");
    Rule rule;
    rule.at = reporter_.at(node.offset);
    Condition condition;
    bool has_when = false;
    bool has_name = false;
    const auto text = [&](std::string_view key, std::string& target) {
        return Key{key,
                   [this, key, &target](const yaml::Node& n) { put(read_text(n, key, reporter_), target); }};
    };
    const auto duration = [&](std::string_view key, Duration& target) {
        return Key{key, [this, key, &target](const yaml::Node& n) {
                       put(read_duration(n, key, reporter_), target);
                   }};
    };
    const Key keys[] = {
        {"name", [&](const yaml::Node& n) { has_name = true, read_name(n, rule); }},
        text("title", rule.title),
        {"when", [&](const yaml::Node& n) { has_when = true, condition = read_when(n, rule); }},
        duration("after", rule.after),
        {"ask", [&](const yaml::Node& n) { read_ask(n, rule); }},
        duration("reply within", rule.reply_within),
        {"escalate", [&](const yaml::Node& n) { read_escalate(n, rule); }},
        {"brand reply",
         [&](const yaml::Node& n) {
             const auto place = read_choice(n, "brand reply", brand_replies, reporter_);
             rule.brand_reply_counts = place == 1U;
         }},
        duration("cooldown", rule.cooldown),
        {"urgency",
         [&](const yaml::Node& n) {
             const auto place = read_choice(n, "urgency", urgencies, reporter_);
             rule.urgency = static_cast<Urgency>(place.value_or(0));
         }},
        {"enabled", [&](const yaml::Node& n) { put(read_boolean(n, "enabled", reporter_), rule.enabled); }},
        {"tests", [&](const yaml::Node& n) { read_tests(n, rule); }}};
    read_map(node, "a rule", keys, reporter_);
    if (!has_name) reporter_.add(node.offset, "this rule has no name", "add name: some-short-name");
    if (!has_when) reporter_.add(node.offset, "this rule has no when", "add when: and a condition");
    if (rule.title.empty()) {
        rule.title = rule.name;
        std::ranges::replace(rule.title, '-', ' ');
    }
    if (rule.ask.empty())
        rule.ask = {{TargetKind::owner}, {TargetKind::strongest_tie}, {TargetKind::channel}};
    out_.rules.push_back(std::move(rule));
    out_.conditions.push_back(std::move(condition));
}

void RuleReader::read_name(const yaml::Node& node, Rule& rule) {
    put(read_text(node, "name", reporter_), rule.name);
    if (!node.is_scalar()) return;
    if (!good_name(rule.name)) {
        const std::string better = as_name(rule.name);
        return reporter_.add(node.offset,
                             "a name has small letters, digits and dashes only, and at most 64 of them",
                             better.empty() ? "" : fmt::format("did you mean {}?", better));
    }
    const auto [earlier, is_new] = out_.by_name.emplace(rule.name, static_cast<RuleId>(out_.rules.size()));
    if (!is_new)
        reporter_.add(node.offset,
                      fmt::format("there is a rule called {} already, on line {}", rule.name,
                                  out_.rules[earlier->second].at.line),
                      "give one of them another name");
}

Condition RuleReader::read_when(const yaml::Node& node, Rule& rule) {
    if (!node.is_scalar()) {
        reporter_.add(node.offset, fmt::format("when should be a condition, not {}", yaml::describe(node)),
                      node.is_sequence() ? "join conditions by and, or" : "");
        return {};
    }
    const Condition condition = parse_condition(
        node.text, out_.tests, patterns_, [&](std::size_t at, std::string message, std::string suggestion) {
            reporter_.add(yaml::source_offset(node, source_, at), std::move(message), std::move(suggestion));
        });
    rule.when = node.text;
    std::ranges::replace(rule.when, '\n', ' ');  // one for one: the condition's places stay right
    return condition;
}

void RuleReader::read_ask(const yaml::Node& node, Rule& rule) {
    if (node.is_scalar()) {
        if (auto target = read_target(node, "ask", reporter_)) rule.ask.push_back(std::move(*target));
        return;
    }
    if (!is_list(node, "ask")) return;
    for (const yaml::Node& item : node.items)
        if (auto target = read_target(item, "ask", reporter_)) rule.ask.push_back(std::move(*target));
    if (node.items.empty()) reporter_.add(node.offset, "ask is empty", "leave it out for the usual order");
}

void RuleReader::read_escalate(const yaml::Node& node, Rule& rule) {
    if (!is_list(node, "escalate")) return;
    for (const yaml::Node& item : node.items) {
        if (!item.is_map()) {
            reporter_.add(item.offset,
                          fmt::format("an escalation should be a map, not {}", yaml::describe(item)),
                          "write {after: 1h, to: channel}");
            continue;
        }
        std::optional<Duration> after;
        std::optional<Target> to;
        bool has_after = false;
        bool has_to = false;
        const Key keys[] = {
            {"after",
             [&](const yaml::Node& n) { has_after = true, after = read_duration(n, "after", reporter_); }},
            {"to", [&](const yaml::Node& n) { has_to = true, to = read_target(n, "to", reporter_); }}};
        read_map(item, "an escalation", keys, reporter_);
        if (!has_after) reporter_.add(item.offset, "this escalation has no after", "add after: 1h");
        if (!has_to) reporter_.add(item.offset, "this escalation has no to", "add to: channel");
        if (!after || !to) continue;
        if (!rule.escalate.empty() && rule.escalate.back().after >= *after)
            reporter_.add(item.offset, "escalations should come one after the other",
                          fmt::format("after should be more than {}", to_text(rule.escalate.back().after)));
        rule.escalate.push_back({*after, std::move(*to)});
    }
}

void RuleReader::read_tests(const yaml::Node& node, Rule& rule) {
    if (!is_list(node, "tests")) return;
    for (const yaml::Node& item : node.items) {
        if (!item.is_map()) {
            reporter_.add(item.offset, fmt::format("a test should be a map, not {}", yaml::describe(item)),
                          "write given: and expect:");
            continue;
        }
        RuleTest test;
        test.at = reporter_.at(item.offset);
        bool has_expect = false;
        const Key keys[] = {{"given", [&](const yaml::Node& n) { read_given(n, test); }},
                            {"expect", [&](const yaml::Node& n) {
                                 has_expect = true;
                                 test.expect_ask = read_choice(n, "expect", expectations, reporter_) == 0U;
                             }}};
        read_map(item, "a test", keys, reporter_);
        if (!has_expect)
            reporter_.add(item.offset, "this test has no expect", "add expect: ask or expect: silence");
        rule.tests.push_back(std::move(test));
    }
}

void RuleReader::read_given(const yaml::Node& node, RuleTest& test) {
    if (!node.is_map())
        return reporter_.add(node.offset, fmt::format("given should be a map, not {}", yaml::describe(node)),
                             "write given: {person.role: champion}");
    for (std::size_t i = 0; i + 1 < node.items.size(); i += 2) {
        const yaml::Node& key = node.items[i];
        const std::optional<Fact> fact = find_fact(key.text);
        if (!fact) {
            reporter_.add(key.offset, fmt::format("unknown fact {}", cut(key.text, 60)),
                          suggest_fact(key.text));
            continue;
        }
        if (auto value = read_value(node.items[i + 1], info(*fact), reporter_))
            test.given.emplace_back(*fact, std::move(*value));
    }
}

}  // namespace rapport::rules
