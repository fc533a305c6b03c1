#pragma once

// Reads JSON that comes from outside: nothing here throws, whatever the shape. Absent, null and of another
// type are all the same: empty.

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "adapters/slack/slack.hpp"

namespace rapport::slack::events {

namespace json = boost::json;

/// A string. The view lives as long as `object`.
std::string_view text(const json::object& object, std::string_view name) noexcept;
/// Whether it is `true`; the string "true" counts too.
bool flag(const json::object& object, std::string_view name) noexcept;
/// A whole number, or a string of digits.
std::optional<std::int64_t> number(const json::object& object, std::string_view name) noexcept;

/// Null if it is not an object, or not an array. They live as long as `object`.
const json::object* object_in(const json::object& object, std::string_view name) noexcept;
const json::array* array_in(const json::object& object, std::string_view name) noexcept;

/// An id: letters, digits, '_', '-' and '.', at most 64 of them. Some events give a string where others give
/// an object with an `id`. Anything else: empty.
Id id_of(const json::value& value);
Id id_in(const json::object& object, std::string_view name);
bool valid_id(std::string_view id) noexcept;

}  // namespace rapport::slack::events
