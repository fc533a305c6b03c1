#include "rules/fields.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "rules/lexer.hpp"
#include "rules/utf8.hpp"

namespace rapport::rules {
namespace {

constexpr std::size_t longest_text = 2000;

void wrong_kind(const yaml::Node& node, std::string_view key, std::string_view wanted, Reporter& reporter) {
    reporter.add(node.offset, fmt::format("{} should be {}, not {}", key, wanted, yaml::describe(node)));
}

std::optional<Value> read_words(const yaml::Node& node, const FactInfo& fact, Reporter& reporter) {
    std::vector<std::string> words;
    if (node.is_scalar()) {
        words.push_back(node.text);
        return words;
    }
    for (const yaml::Node& item : node.items)
        if (auto word = read_text(item, fact.name, reporter)) words.push_back(std::move(*word));
    return words;
}

std::optional<Value> read_number(const yaml::Node& node, const FactInfo& fact, Reporter& reporter) {
    if (const auto number = parse_number(node.text)) return *number;
    reporter.add(node.offset, fmt::format("{} is a number, not {}", fact.name, cut(node.text, 40)),
                 "write it in digits, such as 10000");
    return std::nullopt;
}

bool is_name(std::string_view text) {
    return !text.empty() && text.size() <= 64 && text.find_first_of(" \t\n\",[]{}") == std::string_view::npos;
}

}  // namespace

void read_map(const yaml::Node& map, std::string_view what, std::span<const Key> keys, Reporter& reporter) {
    for (std::size_t i = 0; i + 1 < map.items.size(); i += 2) {
        const yaml::Node& key = map.items[i];
        const auto found = std::ranges::find(keys, std::string_view{key.text}, &Key::name);
        if (key.is_scalar() && found != keys.end()) {
            found->read(map.items[i + 1]);
            continue;
        }
        std::vector<std::string_view> names;
        for (const Key& known : keys) names.push_back(known.name);
        std::string suggestion = did_you_mean(key.text, names);
        if (suggestion.empty()) suggestion = fmt::format("{} has {}", what, fmt::join(names, ", "));
        reporter.add(key.offset,
                     fmt::format("unknown key {}", key.is_scalar() ? cut(key.text, 60) : "(not a text)"),
                     std::move(suggestion));
    }
}

std::optional<std::string> read_text(const yaml::Node& node, std::string_view key, Reporter& reporter) {
    if (!node.is_scalar()) {
        wrong_kind(node, key, "a text", reporter);
        return std::nullopt;
    }
    if (node.text.size() > longest_text) {
        reporter.add(node.offset, fmt::format("{} is longer than 2,000 bytes", key));
        return std::nullopt;
    }
    return node.text;
}

std::optional<bool> read_boolean(const yaml::Node& node, std::string_view key, Reporter& reporter) {
    if (node.is_scalar() && (node.text == "true" || node.text == "yes")) return true;
    if (node.is_scalar() && (node.text == "false" || node.text == "no")) return false;
    reporter.add(node.offset, fmt::format("{} is true or false, not {}", key,
                                          node.is_scalar() ? cut(node.text, 40) : yaml::describe(node)));
    return std::nullopt;
}

std::optional<Duration> read_duration(const yaml::Node& node, std::string_view key, Reporter& reporter) {
    if (!node.is_scalar()) {
        wrong_kind(node, key, "a time, such as 15m or 2h", reporter);
        return std::nullopt;
    }
    if (const auto duration = parse_duration(node.text)) return duration;
    const bool bare_number = parse_number(node.text).has_value() && !node.text.starts_with('-');
    reporter.add(node.offset,
                 fmt::format("{} should be a time of at most ten years, not {}", key, cut(node.text, 40)),
                 bare_number ? fmt::format("did you mean {}m?", node.text)
                             : "write it as 30s, 15m, 2h, 3d, 1w or 1h30m");
    return std::nullopt;
}

std::optional<Target> read_target(const yaml::Node& node, std::string_view key, Reporter& reporter) {
    constexpr std::string_view on_duty = "on duty in ";
    if (!node.is_scalar()) {
        wrong_kind(node, key, "whom to ask", reporter);
        return std::nullopt;
    }
    const Position at = reporter.at(node.offset);
    const std::string& text = node.text;
    if (text == "owner") return Target{TargetKind::owner, "", at};
    if (text == "strongest tie") return Target{TargetKind::strongest_tie, "", at};
    if (text == "expert") return Target{TargetKind::expert, "", at};
    if (text == "friend in common") return Target{TargetKind::friend_in_common, "", at};
    if (text == "channel") return Target{TargetKind::channel, "", at};
    if (text.starts_with(on_duty) && is_name(text.substr(on_duty.size())))
        return Target{TargetKind::on_duty, text.substr(on_duty.size()), at};
    if (text.starts_with('@') && is_name(text.substr(1)))
        return Target{TargetKind::staffer, text.substr(1), at};

    constexpr std::string_view plain[] = {"owner",   "strongest tie",   "expert", "friend in common",
                                          "channel", "on duty in GROUP"};
    std::string suggestion = did_you_mean(text, plain);
    if (suggestion.empty())
        suggestion =
            "it is owner, strongest tie, expert, friend in common, on duty in GROUP, \"@name\" or channel";
    reporter.add(node.offset, fmt::format("{} cannot be {}", key, cut(text, 40)), std::move(suggestion));
    return std::nullopt;
}

std::optional<std::size_t> read_choice(const yaml::Node& node, std::string_view key,
                                       std::span<const std::string_view> words, Reporter& reporter) {
    if (!node.is_scalar()) {
        wrong_kind(node, key, fmt::format("one of {}", fmt::join(words, ", ")), reporter);
        return std::nullopt;
    }
    const auto found = std::ranges::find(words, std::string_view{node.text});
    if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
    std::string suggestion = did_you_mean(node.text, words);
    if (suggestion.empty()) suggestion = fmt::format("it is one of: {}", fmt::join(words, ", "));
    reporter.add(node.offset, fmt::format("{} is never {}", key, cut(node.text, 40)), std::move(suggestion));
    return std::nullopt;
}

std::optional<Value> read_value(const yaml::Node& node, const FactInfo& fact, Reporter& reporter) {
    if (node.kind == yaml::Kind::null) return Value{};
    if (fact.type == Type::words && node.is_sequence()) return read_words(node, fact, reporter);
    if (!node.is_scalar()) {
        wrong_kind(node, fact.name, fmt::format("a {}", to_string(fact.type)), reporter);
        return std::nullopt;
    }
    if (!fact.allowed.empty()) {
        const auto place = read_choice(node, fact.name, fact.allowed, reporter);
        return place ? std::optional<Value>{std::string{fact.allowed[*place]}} : std::nullopt;
    }
    switch (fact.type) {
        case Type::boolean:
            return read_boolean(node, fact.name, reporter);
        case Type::number:
            return read_number(node, fact, reporter);
        case Type::duration:
            return read_duration(node, fact.name, reporter);
        case Type::words:
            return read_words(node, fact, reporter);
        default:
            return read_text(node, fact.name, reporter);
    }
}

}  // namespace rapport::rules
