#pragma once

#include <string>

#include <boost/json/object.hpp>

#include "bot/alerts/world.hpp"
#include "bot/cli/lookup.hpp"

namespace rapport::cli {

/// Who somebody is, for people: accounts, roles, owner, depth, value with its terms, ties to staff, last
/// contact, alerts that something may still happen to. Times by the clock of `zone`.
std::string person_page(const PersonView& person, const World& world, std::string_view zone);

/// The same for programs.
boost::json::object person_json(const PersonView& person, const World& world);

/// One account: {"account", "handle", "name", ...}.
boost::json::object account_json(const AccountRow& account);

}  // namespace rapport::cli
