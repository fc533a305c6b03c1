#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace rapport::rules {

/// Shorter literals are of no use to `LiteralFinder`.
inline constexpr std::size_t shortest_literal = 3;

/// Literals of which at least one must be part of the folded text wherever the RE2 pattern `source` is found,
/// with or without /i; or nothing, if none can be told. Looks at ASCII letters, digits and marks only, and
/// gives up on what it does not know: too few literals cost time, a wrong one would lose alerts.
std::optional<std::vector<std::string>> necessary_literals(std::string_view source);

/// Finds which of many literals are in a text, in one pass over it.
class LiteralFinder {
public:
    /// Adds a literal of at least `shortest_literal` bytes; returns its number, from 0.
    std::uint32_t add(std::string literal);

    /// Calls `visit(number)` for each literal in `text`, perhaps more than once.
    template <class Visit>
    void scan(std::string_view text, Visit&& visit) const {
        for (std::size_t i = 0; i + shortest_literal <= text.size(); ++i) {
            const std::uint32_t gram = gram_at(text, i);
            const std::uint32_t bit = hash(gram);
            if ((filter_[bit / 64] >> bit % 64 & 1U) == 0) continue;
            const auto found = by_gram_.find(gram);
            if (found == by_gram_.end()) continue;
            for (const Entry& entry : found->second)
                if (i >= entry.offset && text.substr(i - entry.offset).starts_with(literals_[entry.literal]))
                    visit(entry.literal);
        }
    }

private:
    static constexpr std::size_t filter_bits = 1 << 17;
    struct Entry {
        std::uint32_t literal = 0;
        std::uint32_t offset = 0;  ///< Of the three bytes in the literal.
    };

    static std::uint32_t gram_at(std::string_view text, std::size_t i) noexcept {
        const auto byte = [&](std::size_t k) {
            return std::uint32_t{static_cast<unsigned char>(text[i + k])};
        };
        return byte(0) | byte(1) << 8 | byte(2) << 16;
    }
    static std::uint32_t hash(std::uint32_t gram) noexcept { return (gram * 0x9E3779B1U) >> 15; }

    std::vector<std::string> literals_{};
    std::unordered_map<std::uint32_t, std::vector<Entry>> by_gram_{};
    std::vector<std::uint64_t> filter_ = std::vector<std::uint64_t>(filter_bits / 64);
};

}  // namespace rapport::rules
