#pragma once

// The one table of everything a rule can ask about. The parser, its error messages, the manual, the editors'
// JSON Schema and the rule builder are all made from it.

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace rapport::rules {

/// A named value that a rule can ask about. The order is that of `vocabulary()`.
enum class Fact : std::uint16_t {
    person_role,
    person_depth,
    person_reach,
    person_value,
    person_name,
    person_handle,
    person_owner,
    person_closest,
    person_tie,
    person_messages,
    person_known_for,
    person_last_contact,
    person_platforms,
    person_is_new,
    person_bot,
    message_text,
    message_kind,
    message_needs_reply,
    message_sentiment,
    message_language,
    message_topics,
    message_mentions_brand,
    message_mentions_staff,
    message_length,
    message_late,
    message_edited,
    message_has_link,
    conversation_answered_by_person,
    conversation_answered_by_brand,
    conversation_answered_by_other,
    conversation_waiting,
    conversation_messages,
    conversation_people,
    conversation_is_new,
    conversation_staff,
    conversation_channel,
    conversation_kind,
    conversation_platform,
    conversation_realm,
    conversation_connected_by,
};

inline constexpr std::size_t fact_count = static_cast<std::size_t>(Fact::conversation_connected_by) + 1;

/// What kind of value a fact has, and so which operators it takes.
enum class Type : std::uint8_t {
    boolean,   ///< Stands alone, or `= true`, `= false`.
    number,    ///< `= != < <= > >=`.
    duration,  ///< The same, with `30s 15m 2h 3d 1w`.
    text,      ///< `= != in contains matches`.
    word,      ///< `= != in`; one word, from a closed set if the fact has `allowed` words.
    words,     ///< `has` and `in`: any of them.
    level,     ///< `= != < <= > >= in`; one of the `allowed` words, in rising order.
};

/// How close a person is to the team, rising.
enum class Level : std::uint8_t { stranger, acquaintance, familiar, close, core };

/// One row of the table. All views are to static storage.
struct FactInfo {
    Fact fact;
    std::string_view name;  ///< "person.role".
    Type type;
    std::string_view unit;                        ///< "people", "0-100"; empty if there is none.
    std::string_view meaning;                     ///< One sentence.
    std::string_view example;                     ///< A condition that uses it.
    std::span<const std::string_view> allowed{};  ///< The closed set of words, or empty.
};

/// The table, in the order of `Fact`.
std::span<const FactInfo, fact_count> vocabulary() noexcept;

/// The row of one fact.
const FactInfo& info(Fact fact) noexcept;

/// The fact called `name` ("person.role"), if there is one.
std::optional<Fact> find_fact(std::string_view name) noexcept;

/// "boolean", "number", "duration", "text", "word", "words" or "level".
std::string_view to_string(Type type) noexcept;

/// "stranger" ... "core".
std::string_view to_string(Level level) noexcept;

}  // namespace rapport::rules
