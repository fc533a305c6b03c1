#pragma once

#include <stdexcept>
#include <string>

#include "adapters/net/error.hpp"
#include "bot/app.hpp"
#include "bot/cli/terminal.hpp"

namespace rapport::cli {

enum class Exit { fine = 0, failed = 1, usage = 2, not_found = 3 };

/// Ends a command: words for stderr and the exit code. Thrown by commands, caught in `run`.
class Stop : public std::runtime_error {
public:
    Stop(Exit exit, const std::string& words) : std::runtime_error(words), code(exit) {}
    Exit code;
};

/// What every command works with.
struct Context {
    Places places{};
    std::string zone{};  ///< Whose clock people read times by; an IANA name.
    bool json = false;   ///< For a program instead of a person.
    Terminal& terminal;
};

/// The value, or Stop with the error's words.
template <class T>
T must(Result<T> result) {
    if (!result) throw Stop(Exit::failed, result.error().what);
    if constexpr (!std::is_void_v<T>) return std::move(*result);
}

}  // namespace rapport::cli
