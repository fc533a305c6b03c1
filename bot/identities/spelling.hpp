#pragma once

// An account's names as they are compared: folded, without what platforms do not allow in handles.

#include <string>
#include <string_view>
#include <vector>

namespace rapport::identities {

/// An account as somebody sees it from outside. Handle and name may be empty, not both.
struct Account {
    std::string id{};
    std::string platform{};
    std::string handle{};  ///< "@ana.lima:example.org"
    std::string name{};    ///< "Ana Lima"
};

struct Spelling {
    std::string handle{};              ///< "analima"; empty for a number or a key that nobody has chosen.
    std::string without_end{};         ///< The handle without digits at its end; whole if it is digits only.
    std::vector<std::string> words{};  ///< Of the name: "ana", "lima".
    std::string name{};                ///< The words in one: "analima".
    std::string digits{};              ///< Those of the handle, in order.

    /// The handle and the name, without empty ones and doubles.
    std::vector<std::string_view> forms() const;
};

Spelling spell(const Account& account);

/// Without the beginnings with which people say what they are ("sen", "the", "dr"); at least three letters
/// stay.
std::string_view without_title(std::string_view form);

/// What such a beginning means: "sen" for "senator" too; empty: there is none.
std::string_view title_of(std::string_view form);

/// The letters that both have at the same place in a row, at most that many.
std::string_view longest_common(std::string_view a, std::string_view b);

/// Insertions, deletions and replacements from one to the other (Levenshtein 1966), by bytes; `most` + 1 for
/// more than `most`.
std::size_t edits(std::string_view a, std::string_view b, std::size_t most);

}  // namespace rapport::identities
