#pragma once

#include <span>
#include <string>
#include <string_view>

namespace rapport::rules {

/// A place in a file; lines and columns count from 1, columns in characters (code points).
struct Position {
    int line = 1;
    int column = 1;
    bool operator==(const Position&) const = default;
};

/// One mistake in a rules file.
struct Diagnostic {
    std::string file{};
    int line = 1;
    int column = 1;
    std::string message{};     ///< "unknown fact person.roel".
    std::string suggestion{};  ///< "did you mean person.role?", or empty.
};

/// "rules.yaml:4:11: unknown fact person.roel: did you mean person.role?"
std::string to_string(const Diagnostic& diagnostic);

/// "did you mean X?" for the candidate nearest to `word` by edit distance, or empty if none is near.
std::string did_you_mean(std::string_view word, std::span<const std::string_view> candidates);

/// The place of byte `offset` of `source`.
Position position_at(std::string_view source, std::size_t offset) noexcept;

}  // namespace rapport::rules
