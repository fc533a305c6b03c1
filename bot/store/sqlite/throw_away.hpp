#pragma once

#include <memory>
#include <string_view>

#include "bot/store/store.hpp"

namespace rapport {

/// An empty store that nobody wants to keep, in a folder of its own "rapport-WHAT-..." under TMPDIR. The
/// folder is gone as soon as the last pointer to the store is. Not durable. Errors name the folder and what
/// to do.
Result<std::shared_ptr<Store>> open_throw_away(std::string_view what);

}  // namespace rapport
