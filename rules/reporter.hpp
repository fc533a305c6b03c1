#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "rules/diagnostic.hpp"

namespace rapport::rules {

/// Finds places in one text quickly: the starts of its lines, remembered. Borrows the text.
class LineMap {
public:
    explicit LineMap(std::string_view source);
    Position at(std::size_t offset) const noexcept;

private:
    std::string_view source_;
    std::vector<std::size_t> starts_{0};
};

/// Gathers the mistakes of one file, at most `max_diagnostics`. Borrows the text.
class Reporter {
public:
    Reporter(std::string_view source, std::string_view file) : lines_(source), file_(file) {}

    void add(std::size_t offset, std::string message, std::string suggestion = {});
    bool full() const noexcept;
    bool empty() const noexcept { return diagnostics_.empty(); }
    Position at(std::size_t offset) const noexcept { return lines_.at(offset); }

    /// In the order of the file; with a last word on those left out, if there were too many.
    std::vector<Diagnostic> take();

private:
    LineMap lines_;
    std::string_view file_;
    std::vector<Diagnostic> diagnostics_{};
    std::size_t left_out_ = 0;
};

}  // namespace rapport::rules
