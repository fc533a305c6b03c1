#pragma once

#include <boost/json/object.hpp>
#include <string>

#include "doubles/slack/core.hpp"

namespace rapport::test::slack {

/// The most views of one person that can lie on one another (docs.slack.dev, Modals).
inline constexpr std::size_t most_views = 3;

/// A view as payloads and answers show it.
boost::json::object view_json(Core& core, const View& view);
/// Puts a new view (checked before) on that person's stack.
View& stack_view(Core& core, const Team& team, const std::string& user, const boost::json::object& body);
/// Replaces what a view shows; inputs with unchanged ids keep their values.
void replace_view(Core& core, View& view, const boost::json::object& body);
/// Takes it from the stack; with all above it.
void drop_view(Core& core, const std::string& id);
void clear_views(Core& core, const std::string& user);

}  // namespace rapport::test::slack
