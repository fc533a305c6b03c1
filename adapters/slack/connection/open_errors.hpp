#pragma once

#include <optional>
#include <string_view>

#include "adapters/net/error.hpp"

namespace rapport::slack {

/// What an error code of apps.connections.open means if trying again cannot mend it, with what to do and
/// where: an Error of kind unauthorized. Empty: worth trying again.
std::optional<Error> fatal_open_error(std::string_view code);

}  // namespace rapport::slack
