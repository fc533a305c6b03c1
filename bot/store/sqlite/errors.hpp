#pragma once

#include <string>

#include "adapters/net/error.hpp"
#include "bot/store/sqlite/statement.hpp"

namespace rapport::sqlite {

/// What to tell of a failure: which file, what happened, what to do. `doing` completes "Could not ...".
Error in_words(const SqliteError& failure, const std::string& path, const std::string& doing);

/// Runs `work`; a SqliteError in it becomes an Error.
template <class Work>
auto guarded(const std::string& path, const char* doing, Work&& work) -> Result<std::invoke_result_t<Work>> {
    try {
        if constexpr (std::is_void_v<std::invoke_result_t<Work>>) {
            work();
            return {};
        } else {
            return work();
        }
    } catch (const SqliteError& failure) {
        return in_words(failure, path, doing);
    }
}

}  // namespace rapport::sqlite
