#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "rules/rule.hpp"
#include "rules/yaml.hpp"

namespace rapport::rules {

/// A key that a map of the rules file may have, and what to do with its value.
struct Key {
    std::string_view name;
    std::function<void(const yaml::Node& value)> read;
};

/// Calls the reader of each key of `map`; unknown keys are reported with a suggestion. `what` names the map.
void read_map(const yaml::Node& map, std::string_view what, std::span<const Key> keys, Reporter& reporter);

// One value each. What does not fit is reported, with `key` to name it, and gives nothing.

std::optional<std::string> read_text(const yaml::Node& node, std::string_view key, Reporter& reporter);
std::optional<bool> read_boolean(const yaml::Node& node, std::string_view key, Reporter& reporter);
std::optional<Duration> read_duration(const yaml::Node& node, std::string_view key, Reporter& reporter);
std::optional<Target> read_target(const yaml::Node& node, std::string_view key, Reporter& reporter);
/// The place of the scalar among `words`.
std::optional<std::size_t> read_choice(const yaml::Node& node, std::string_view key,
                                       std::span<const std::string_view> words, Reporter& reporter);
/// The value of a fact, as in `given`; `~` stands for unknown.
std::optional<Value> read_value(const yaml::Node& node, const FactInfo& fact, Reporter& reporter);

}  // namespace rapport::rules
