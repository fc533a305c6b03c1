#pragma once

#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "adapters/console/board.hpp"

namespace rapport::console {

/// What a typed line asks for.
struct Nothing {};
struct ListCards {
    bool all = false;
};
struct ShowCard {
    std::size_t number = 0;
};
struct OpenLink {
    std::string url{};
};
struct Help {};
struct WhoAmI {};
struct Quit {};
/// A button is pressed. If `confirm` is not empty, it is to be asked first.
struct Press {
    std::string card{};
    std::string button{};
    std::map<std::string, std::string> values{};
    std::string confirm{};
};
/// The line was not understood; `text` says why and what to type instead.
struct Complaint {
    std::string text{};
};

using Intent = std::variant<Nothing, ListCards, ShowCard, OpenLink, Help, WhoAmI, Quit, Press, Complaint>;

/// Understands one line: `list`, `show 3`, `open 3`, `help`, `who am i`, `quit`, and each card's buttons by
/// their id or label or the first letters of either, then the card's number, then a menu's choice: `claim 3`,
/// `snooze 3 1h`. Pure.
Intent understand(std::string_view line, const Board& board);

/// What `help` prints.
std::string_view help_text();

/// Finds the option that `word` means: by value or label, whole or the first letters, in any case. Null, and
/// why in `complaint`, if it is none or more than one.
const Option* choose(std::string_view word, const std::vector<Option>& options, std::string& complaint);

}  // namespace rapport::console
