#pragma once

// Pieces that cards, pages and forms have in common.

#include <string>
#include <string_view>
#include <vector>

#include "adapters/event.hpp"
#include "adapters/slack/blocks/block_list.hpp"

namespace rapport::slack::blocks {

/// How much of long texts is shown.
struct Room {
    std::size_t field = 1000;       ///< Of one field.
    std::size_t fields = 20;        ///< How many of them.
    std::size_t quote = 1500;       ///< Of one quote.
    std::size_t all_quotes = 4000;  ///< Of all quotes together.
    std::size_t quotes = 10;        ///< How many of them.
};

/// Plain words over as many sections as they need, at most five. The first bears the picture, if there is
/// one.
void add_words(BlockList& list, std::string_view words, std::string_view picture = {},
               std::string_view picture_text = {});

/// "Label: text" on a line each, the label in bold.
void add_fields(BlockList& list, const std::vector<Field>& fields, const Room& room = {});

/// Who, when, and what they said, as a quotation.
void add_quotes(BlockList& list, const std::vector<Quote>& quotes, const Room& room = {});

/// The buttons of a page or form.
void add_buttons(BlockList& list, const std::vector<Button>& buttons);

// The same as one text, for notifications and screen readers: tamed, not yet escaped.
std::string spoken(const Field& field, std::size_t most);
std::string spoken(const Quote& quote, std::size_t most);
/// Adds a line if there is something on it.
void add_line(std::string& text, std::string_view line);

}  // namespace rapport::slack::blocks
