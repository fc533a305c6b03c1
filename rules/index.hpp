#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "rules/condition.hpp"
#include "rules/literals.hpp"
#include "rules/rule_set.hpp"

namespace rapport::rules {

/// Tells from a message's facts which rules can hold at all.
///
/// For each fact with discrete values, and each rule, it is worked out beforehand which values the rule can
/// live with. A row of bits, one a rule, is kept for each value; the rules that survive the `and` of the rows
/// that belong to the message's facts are the candidates. Never leaves out a rule that holds; may let through
/// one that does not.
class Index {
public:
    static constexpr std::size_t most_words = (max_rules + 63) / 64;
    using Row = std::vector<std::uint64_t>;

    Index() = default;
    /// `conditions[i]` is that of rule i; rules with `enabled[i]` false are never candidates.
    Index(std::span<const Condition> conditions, std::span<const Test> tests,
          const std::vector<bool>& enabled);

    /// Sets the bits of the candidates in the first `words()` of `bits`.
    void candidates(const Facts& facts, std::span<std::uint64_t, most_words> bits) const;
    std::size_t words() const noexcept { return words_; }

private:
    /// The rules that ask for one value: as a row if they are many, one by one if they are few.
    struct Members {
        std::vector<std::uint32_t> few{};
        Row many{};
    };
    struct Hash : std::hash<std::string_view> {
        using is_transparent = void;
    };
    using ByText = std::unordered_map<std::string, std::vector<std::uint32_t>, Hash, std::equal_to<>>;

    /// A fact of few values: boolean, level, closed word. Row 0 is for unknown, row n + 1 for value n.
    struct Ordinals {
        Fact fact{};
        std::vector<Row> rows{};
    };
    /// A text, a word or a set: its value (`parts`: something in it) must be one that the rule names.
    struct Texts {
        Fact fact{};
        bool parts = false;
        Row free{};  ///< Rules that do not care.
        std::unordered_map<std::string, std::uint32_t, Hash, std::equal_to<>> numbers{};
        LiteralFinder finder{};  ///< With `parts`, instead of `numbers`.
        std::vector<Members> members{};
    };

    void add_ordinals(std::span<const Condition> conditions, std::span<const Test> tests, Fact fact);
    void add_texts(std::span<const Condition> conditions, std::span<const Test> tests, Fact fact, bool parts);
    Members pack(std::vector<std::uint32_t> rules) const;
    void restrict(const Texts& texts, const Facts& facts, std::span<std::uint64_t> bits) const;

    std::size_t words_ = 0;
    Row enabled_{};
    std::vector<Ordinals> ordinals_{};
    std::vector<Texts> texts_{};
};

}  // namespace rapport::rules
