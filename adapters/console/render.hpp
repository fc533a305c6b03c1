#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "adapters/event.hpp"

namespace rapport::console {

/// How things are to look on this terminal.
struct Look {
    int width = 80;       ///< Columns; taken as at least 30 and at most 120.
    bool unicode = true;  ///< False: ASCII only.
    bool colour = false;
    std::chrono::minutes zone{};  ///< Added to UTC to give the time that is shown.
};

/// A card as a box of text, ready to print, with a line end. Nothing in the card can act on the terminal.
/// `number` is what the staffer calls it; the buttons are shown as the commands that press them.
std::string render(const Card& card, std::size_t number, Time now, const Look& look);

/// The card in one line: number, status, title.
std::string render_line(const Card& card, std::size_t number, const Look& look);

/// `14:02` on the same day as `now`, else `2026-11-22 14:02`.
std::string render_time(Time at, Time now, const Look& look);

/// A letter as lines, ready to print; its picture is told in words.
std::string render(const Letter& letter, const Look& look);

/// What Rapport itself says: tamed, and wrapped to the terminal's width, with a line end.
std::string render_words(std::string_view words, const Look& look);

}  // namespace rapport::console
