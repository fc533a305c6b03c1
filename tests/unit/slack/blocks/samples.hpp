#pragma once

#include <boost/json/object.hpp>
#include <optional>
#include <string>

namespace rapport::slack::test {

/// A payload of Slack's SDKs, read in place; nothing where the shared folder is absent.
std::optional<std::string> sample_text(const std::string& path);
/// The same as JSON. Throws if it is none.
std::optional<boost::json::object> sample(const std::string& path);

/// A form body's fields, decoded.
boost::json::object form_fields(const std::string& body);

}  // namespace rapport::slack::test
