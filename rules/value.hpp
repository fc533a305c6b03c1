#pragma once

#include <array>
#include <chrono>
#include <concepts>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "rules/vocabulary.hpp"

namespace rapport::rules {

using Duration = std::chrono::milliseconds;

/// What one fact was, owned and readable: `std::monostate` is "unknown"; words and levels are strings.
using Value = std::variant<std::monostate, bool, double, Duration, std::string, std::vector<std::string>>;

/// As people read it: "unknown", "yes", "12.5", "1h 30m", "champion", "[champion, customer]". Long text is
/// cut at 120 bytes, never inside a character.
std::string to_text(const Value& value);

/// A duration as the rule language writes it, largest unit first: "1h 30m", "0s".
std::string to_text(Duration duration);

/// The values of all facts for one message.
///
/// A fact that was not set is *unknown*: every comparison with it is false, `!=` too, so only `not` makes a
/// rule hold because something is unknown.
///
/// Owns what it is given (texts are copied into one buffer that `clear` keeps), so filling a reused object
/// allocates nothing once it has grown. Copyable; not to be changed while another thread reads it.
class Facts {
public:
    /// Makes everything unknown and keeps the memory.
    void clear() noexcept;
    /// Makes one fact unknown.
    void forget(Fact fact) noexcept;

    /// Each `set` replaces the fact's value. A value of a wrong type, a word outside a closed set or a NaN
    /// leaves the fact unknown.
    template <std::same_as<bool> Boolean>
    void set(Fact fact, Boolean value) noexcept {
        set_number(fact, value ? 1 : 0, Type::boolean);
    }
    template <class Number>
        requires(std::is_arithmetic_v<Number> && !std::same_as<Number, bool>)
    void set(Fact fact, Number value) noexcept {
        set_number(fact, static_cast<double>(value), Type::number);
    }
    template <class Rep, class Period>
    void set(Fact fact, std::chrono::duration<Rep, Period> value) noexcept {
        set_number(fact, static_cast<double>(std::chrono::duration_cast<Duration>(value).count()),
                   Type::duration);
    }
    void set(Fact fact, Level level) noexcept { set_number(fact, static_cast<double>(level), Type::level); }
    /// A text, a word, a level by its name, or a set of a single word.
    void set(Fact fact, std::string_view text);
    void set(Fact fact, std::span<const std::string> words);
    void set(Fact fact, const std::vector<std::string>& words) { set(fact, std::span{words}); }
    /// Adds one word to a set, which is then known. Call `set_empty` first to say "known, and nothing in it".
    void add(Fact fact, std::string_view word);
    void set_empty(Fact fact) noexcept;
    void assign(Fact fact, const Value& value);

    bool known(Fact fact) const noexcept { return (known_ >> static_cast<unsigned>(fact) & 1U) != 0; }
    /// The value, owned; `std::monostate` if unknown.
    Value get(Fact fact) const;

    // What the rules themselves read; only for known facts of the right type.

    /// Booleans as 0 or 1, durations in milliseconds, levels and closed words as their place in `allowed`.
    double number(Fact fact) const noexcept { return slot(fact).number; }
    /// The text as it was given.
    std::string_view text(Fact fact) const noexcept { return view(slot(fact).first); }
    /// The text as it is compared: `fold`ed.
    std::string_view folded(Fact fact) const noexcept { return view(slot(fact).folded); }
    /// Calls `visit(folded word)` for each word of a set until it returns true; says whether one did.
    template <class Visit>
    bool any_word(Fact fact, Visit&& visit) const {
        for (std::uint32_t at = slot(fact).first.offset; at != none; at = words_[at].next)
            if (visit(view(words_[at].folded))) return true;
        return false;
    }

private:
    static constexpr std::uint32_t none = 0xffffffff;
    struct Ref {
        std::uint32_t offset = 0;
        std::uint32_t size = 0;
    };
    struct Slot {
        double number = 0;
        Ref first{};  ///< The text; of a set: offset = its first word, size = its last.
        Ref folded{};
    };
    struct Word {
        Ref text{};
        Ref folded{};
        std::uint32_t next = none;
    };
    static_assert(fact_count <= 64, "known_ has one bit a fact");

    const Slot& slot(Fact fact) const noexcept { return slots_[static_cast<std::size_t>(fact)]; }
    Slot& slot(Fact fact) noexcept { return slots_[static_cast<std::size_t>(fact)]; }
    std::string_view view(Ref ref) const noexcept {
        return std::string_view{buffer_}.substr(ref.offset, ref.size);
    }
    void set_number(Fact fact, double value, Type type) noexcept;
    void mark(Fact fact) noexcept { known_ |= std::uint64_t{1} << static_cast<unsigned>(fact); }
    Ref keep(std::string_view text);
    Ref keep_folded(Ref text);

    std::uint64_t known_ = 0;
    std::array<Slot, fact_count> slots_{};
    std::string buffer_{};
    std::vector<Word> words_{};
};

}  // namespace rapport::rules
