#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "bot/alerts/world.hpp"

namespace rapport::bench {

/// Ten rules as a team would write them; one of them, and only one, asks about `alarm_text` and raises
/// alerts.
extern const std::string_view ten_rules;

/// `count` rules that differ in role, kind, reach, channel and words, and of which about one in a thousand
/// holds for a message.
std::string synthetic_rules(std::size_t count);

/// A team of three that never sleeps, with those rules. Throws if they do not load.
std::shared_ptr<const World> make_world(std::string_view rules);
/// The same with that team.yaml.
std::shared_ptr<const World> make_world(std::string_view rules, std::string_view team);

}  // namespace rapport::bench
