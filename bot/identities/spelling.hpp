#pragma once

// An account's names as they are compared: folded, without what platforms do not allow in handles.

#include <string>
#include <string_view>
#include <vector>

namespace rapport::identities {

/// An account as somebody sees it from outside. With neither handle nor name it is like no other.
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

/// The longest run of bytes that stands in both; the first of several in `a`. Into `a`.
std::string_view longest_common(std::string_view a, std::string_view b);

}  // namespace rapport::identities
