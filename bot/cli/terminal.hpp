#pragma once

#include <iosfwd>

namespace rapport::cli {

/// Where a command writes and whom it may ask. The streams outlive it.
struct Terminal {
    std::ostream& out;
    std::ostream& err;
    std::istream& in;
    bool asks = false;      ///< A person is there to answer: `in` and `err` are a terminal.
    bool progress = false;  ///< `err` is a terminal: a line on it may be drawn over.
    int width = 80;         ///< Of `err`, in columns.
};

}  // namespace rapport::cli
