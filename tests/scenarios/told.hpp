#pragma once

// What a card says, as text that a test can compare.

#include <string>
#include <vector>

#include "bot/store/rows.hpp"

namespace rapport::test {

/// "Who: sam, speaker\nWhere: ...\n".
inline std::string fields_of(const Card& card) {
    std::string text;
    for (const Field& field : card.fields) text += field.label + ": " + field.text + "\n";
    return text;
}

/// Ids of its buttons with blanks between.
inline std::string buttons_of(const Card& card) {
    std::string text;
    for (const Button& button : card.buttons) text += (text.empty() ? "" : " ") + button.id;
    return text;
}

inline std::vector<std::string> history_of(const Card& card) {
    std::vector<std::string> lines;
    for (const HistoryLine& line : card.history) lines.push_back(line.text);
    return lines;
}

inline std::vector<std::string> quotes_of(const Card& card) {
    std::vector<std::string> texts;
    for (const Quote& quote : card.quotes) texts.push_back(quote.text);
    return texts;
}

/// The closed alert once nobody watches its answer any more: nothing else of it changes.
inline AlertRow when_settled(AlertRow alert) {
    alert.expires_at = never;
    return alert;
}

}  // namespace rapport::test
