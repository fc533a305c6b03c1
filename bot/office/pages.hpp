#pragma once

// What staff read. Each page is made from a Room and changes nothing.

#include "bot/office/room.hpp"
#include "bot/office/words.hpp"

namespace rapport::office {

/// So many parts a page has at most; a last one says how much was left out.
inline constexpr std::size_t most_parts = 40;
/// So long a text is taken at most, in bytes.
inline constexpr std::size_t longest_text = 3'000;

/// A page with one part of plain words.
Page words_page(std::string id, std::string title, std::string text);
/// The page with a line above all others: what was just done.
Page with_line(std::string line, Page page);
Page bounded(Page page);

Page help_page(Room& room, const std::string& line = {});
Page unclear_page(const Intent& intent);
/// The room's staffer's open alerts, or all.
Page alerts_page(Room& room, bool mine);
Page why_page(Room& room, std::int64_t alert);
/// Why the message raised what it raised, or nothing: every rule with the values it saw (scenario 41).
Page why_message_page(Room& room, const MessageKey& message);
Page person_page(Room& room, AccountId account);
Page team_page(Room& room);
Page hours_page(Room& room);
Page me_page(Room& room);
Page report_page(Room& room);
Page home_page(Room& room);
Page rules_page(Room& room);
/// What the candidate would have done beside today's rules (scenario 40).
std::vector<Part> backtest_parts(Room& room, const Backtest& result);

/// One alert as a part of a page, with buttons that act on it.
Part alert_part(Room& room, const AlertRow& alert);

Button button(std::string id, std::string label, ButtonStyle style = ButtonStyle::normal,
              std::string confirm = {});

}  // namespace rapport::office
