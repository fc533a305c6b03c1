#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <optional>
#include <string>

#include "adapters/event.hpp"

// Pages and what stands in them as JSON: for the browser, and for what is remembered over a restart. Pure.

namespace rapport::web {

boost::json::object to_json(const Button& button);
boost::json::object to_json(const Field& field);
boost::json::object to_json(const Quote& quote);
boost::json::object to_json(const Page& page);
boost::json::array to_json(const std::vector<Option>& options);

/// What `to_json` made. What is missing or of another type is empty.
Page page_of(const boost::json::object& from);
/// A text in a JSON object; empty if there is none.
std::string text_of(const boost::json::object& from, std::string_view name);
/// A time in a JSON object, in milliseconds since 1970.
std::optional<Time> time_of(const boost::json::object& from, std::string_view name);

}  // namespace rapport::web
