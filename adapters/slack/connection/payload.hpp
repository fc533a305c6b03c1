#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "adapters/event.hpp"

// Small helps for what Slack delivers, however it came.

namespace rapport::slack {

/// `text` as JSON; nothing if it is not, or nests too deeply.
std::optional<boost::json::value> parse_json(std::string_view text);

/// The string member of that name, or an empty view. Lives as long as `object`.
std::string_view text_of(const boost::json::object& object, std::string_view name);

/// A repetition's number out of a number or digits: 0 to 1,000, and 0 for anything else.
int retry_number(const boost::json::value* value);
int retry_number(std::string_view digits);

struct Blackout {
    Time from{};
    Time until{};
};

/// If this Events API body says that Slack held deliveries back for a minute: which. It comes with the type
/// app_rate_limited outside, or inside an event. (docs.slack.dev, "app_rate_limited".)
std::optional<Blackout> held_back(const boost::json::object& body, Time now);

}  // namespace rapport::slack
