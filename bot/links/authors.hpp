#pragma once

// Who speaks in a channel: what the linker remembers of each.

#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace rapport::links {

/// Counts the messages of a channel that are not notices, from 0.
using Number = std::int64_t;
inline constexpr Number never = -1;

/// FNV-1a (Fowler, Noll and Vo), of what is already in lower case.
std::uint32_t hash_of(std::string_view text);
/// ASCII letters made small, the rest as it is.
std::string in_lower_case(std::string_view text);

/// A place in `Authors`; below 0: nobody.
using AuthorSlot = int;
inline constexpr AuthorSlot nobody = -1;

struct Author {
    std::uint32_t name = 0;
    Number touched = never;       ///< The last message that is theirs or names them.
    Number last = never;          ///< Their last message.
    std::int64_t last_at = 0;     ///< Its time.
    int said = 0;                 ///< How many messages.
    int answered = 0;             ///< How many answers of others they had.
    int named_others = 0;         ///< How many of their messages named somebody.
    AuthorSlot partner = nobody;  ///< With whom they spoke last, by name or by answer.
    Number called = never;        ///< The last message that named them.
    int calls = 0;                ///< How many did since they spoke.
    bool like_a_bot() const { return said >= 5 && named_others == 0; }
};

/// At most `most_authors`; whoever was not heard of for longest is forgotten first, but nobody who is in the
/// window.
class Authors {
public:
    static constexpr int most_authors = 512;

    /// `nobody` if unknown.
    AuthorSlot find(std::uint32_t name) const;
    /// Finds or adds; `now` is the number of the message. `nobody` only if all places are taken by authors
    /// that were touched at `oldest_needed` or later.
    AuthorSlot find_or_add(std::uint32_t name, Number touched, Number oldest_needed);

    Author& operator[](AuthorSlot slot) { return all_[std::size_t(slot)]; }
    const Author& operator[](AuthorSlot slot) const { return all_[std::size_t(slot)]; }
    std::size_t size() const { return all_.size(); }

private:
    AuthorSlot replace_oldest(std::uint32_t name, Number oldest_needed);

    std::vector<Author> all_;
    std::unordered_map<std::uint32_t, AuthorSlot> by_name_;
};

}  // namespace rapport::links
