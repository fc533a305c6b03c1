#pragma once

// Looking into payloads that may hold anything: what is absent or of another type is empty.

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <map>
#include <string>
#include <string_view>

#include "adapters/slack/blocks/interaction.hpp"

namespace rapport::slack::blocks {

/// Never null: an empty object stands for what is not there.
const boost::json::object& object_at(const boost::json::object& in, std::string_view key);
/// Never null: an empty array stands for what is not there.
const boost::json::array& array_at(const boost::json::object& in, std::string_view key);
std::string text_at(const boost::json::object& in, std::string_view key);
/// true, or "true" as slash commands say it.
bool flag_at(const boost::json::object& in, std::string_view key);
/// An id that is a string here and an object with an `id` there.
std::string id_at(const boost::json::object& in, std::string_view key);

/// Who did it, in the realm under which they are kept. The people of the workspace (or organisation) that
/// installed us are kept under it; anybody else under their own workspace.
AccountKey presser(const boost::json::object& payload, const Installation& installation,
                   const Lookups& lookups);
/// A user whom a payload names by id alone.
AccountKey account_for(const Id& user, const Installation& installation, const Lookups& lookups);

/// What one input or menu holds, as a value of Action or Ask.
std::string value_of(const boost::json::object& element, const Installation& installation,
                     const Lookups& lookups);
/// All that stands in a view's fields: field -> value. A date and a time are joined.
std::map<std::string, std::string> values_of(const boost::json::object& view,
                                             const Installation& installation, const Lookups& lookups);

}  // namespace rapport::slack::blocks
