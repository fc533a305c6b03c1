#pragma once

#include <string_view>

#include "adapters/console/render.hpp"

namespace rapport::console {

/// What the environment says about a terminal; empty where a variable is not set.
struct TerminalFacts {
    bool is_terminal = false;
    int columns = 0;              ///< 0: not known.
    std::string_view no_color{};  ///< NO_COLOR: not empty means no colour (no-color.org).
    std::string_view term{};      ///< TERM
    std::string_view locale{};    ///< The first of LC_ALL, LC_CTYPE, LANG that is not empty.
};

/// Colour only on a terminal that has it and whose owner wants it; Unicode only in a UTF-8 locale. Pure.
Look look_for(const TerminalFacts& facts);

/// The same for an open descriptor of this process, from its environment.
Look look_of(int descriptor);

/// Writes all of it, also where the descriptor does not block. Gives up silently when nobody takes it for 5
/// seconds or the terminal is gone.
void write_all(int descriptor, std::string_view text);

}  // namespace rapport::console
