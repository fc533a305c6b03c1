#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace rapport::rules {

/// A regular expression, compiled by RE2: linear time, whatever the text. Immutable and thread-safe.
class Pattern {
public:
    /// Compiles `source`; with `error` set (and no pattern made) if it is not valid or too large.
    /// `error_offset` is where in `source`.
    static std::shared_ptr<const Pattern> compile(std::string_view source, bool ignore_case,
                                                  std::string& error, std::size_t& error_offset);
    ~Pattern();
    Pattern(const Pattern&) = delete;
    Pattern& operator=(const Pattern&) = delete;

    /// Whether it is found anywhere in `text`.
    bool found_in(std::string_view text) const;
    const std::string& source() const noexcept { return source_; }

private:
    struct Impl;
    Pattern(std::string source, std::unique_ptr<Impl> impl);
    std::string source_;
    std::unique_ptr<Impl> impl_;
};

/// The patterns of one file, each compiled once.
using PatternCache = std::map<std::pair<std::string, bool>, std::shared_ptr<const Pattern>>;

}  // namespace rapport::rules
