#pragma once

// What Slack refuses, written anew from its documentation and knowing nothing of the code under test: each
// limit is Slack's own, in code points (docs.slack.dev, "Block Kit reference").

#include <boost/json/object.hpp>
#include <string>
#include <vector>

namespace rapport::slack::test {

/// Complaints about a message {text, blocks?, metadata?}; none: Slack takes it.
std::vector<std::string> complaints_about_message(const boost::json::object& message);
/// Complaints about a modal or a Home.
std::vector<std::string> complaints_about_view(const boost::json::object& view);
/// Code points, or -1 if it is not UTF-8 as RFC 3629 has it.
long code_points(std::string_view text);
/// All as one text, for INFO.
std::string listed(const std::vector<std::string>& complaints);

}  // namespace rapport::slack::test
