#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rules/diagnostic.hpp"
#include "rules/rule.hpp"

namespace rapport::rules {

struct Compiled;

/// All rules of one file, compiled once. Immutable; copies share one body, and many threads may use one at a
/// time.
class RuleSet {
public:
    /// No rules: nothing ever matches.
    RuleSet();
    explicit RuleSet(std::shared_ptr<const Compiled> compiled) noexcept;

    /// In the order of the file; `RuleId` is the place here. Lives as long as any copy of this set.
    std::span<const Rule> rules() const noexcept;
    const Rule& rule(RuleId id) const { return rules()[id]; }
    std::optional<RuleId> find(std::string_view name) const;

    /// Puts into `out` (emptied first) the enabled rules whose condition holds, in the order of the file.
    /// Just what `holds` says of each enabled rule, but by the index, so that thousands cost little.
    void match(const Facts& facts, std::vector<RuleId>& out) const;

    /// Whether the rule's condition holds, enabled or not.
    bool holds(RuleId id, const Facts& facts) const;

    /// Whether any enabled rule asks about `fact`: others need not be worked out.
    bool uses(Fact fact) const noexcept;

    /// The file's text, as it was loaded, and what it was called.
    const std::string& source() const noexcept;
    const std::string& file() const noexcept;
    /// Of `source()`: 16 hexadecimal digits (64-bit FNV-1a), to tell versions apart. Not proof against
    /// forgery.
    const std::string& hash() const noexcept;

    const Compiled& compiled() const noexcept { return *compiled_; }

private:
    std::shared_ptr<const Compiled> compiled_;
};

/// Past these a file is refused with a clear message.
inline constexpr std::size_t max_file_size = 16 * 1024 * 1024;
inline constexpr std::size_t max_rules = 20'000;
inline constexpr std::size_t max_condition_size = 16 * 1024;
inline constexpr int max_condition_depth = 32;
inline constexpr std::size_t max_list_size = 1'000;
inline constexpr std::size_t max_diagnostics = 200;

struct LoadResult {
    std::optional<RuleSet> rules{};         ///< Set if, and only if, there are no diagnostics.
    std::vector<Diagnostic> diagnostics{};  ///< Every mistake found, in the order of the file.
};

/// Reads and compiles a rules file. `file_name` is for messages only. Never throws on bad input.
LoadResult load(std::string_view yaml, std::string_view file_name);

}  // namespace rapport::rules
