#pragma once

// Invented channels for the tests of links.

#include <string>
#include <vector>

#include "bot/links/dialogue.hpp"
#include "bot/links/model.hpp"

namespace rapport::links::test {

inline Message says(std::string id, std::string author, std::string text, std::int64_t at = 0) {
    Message message;
    message.id = std::move(id);
    message.channel = "garden";
    message.author = std::move(author);
    message.text = std::move(text);
    message.at = at;
    return message;
}

/// Two pairs talk at once, turn by turn; each answer names whom it answers.
inline Dialogue two_pairs(int turns) {
    Dialogue dialogue{"garden", {}};
    const char* const names[4] = {"Ana", "Bob", "Cleo", "Dirk"};
    const char* const first[2] = {"how do roses grow here?", "does the red train run today?"};
    for (int turn = 0; turn < turns; ++turn)
        for (int pair = 0; pair < 2; ++pair) {
            const int speaker = pair * 2 + turn % 2, other = pair * 2 + (turn + 1) % 2;
            const std::size_t index = dialogue.lines.size();
            const std::string text = turn == 0 ? first[pair] : std::string{names[other]} + ": yes and no";
            dialogue.lines.push_back({says("g:" + std::to_string(index), names[speaker], text,
                                           std::int64_t(1'000'000 + 60 * std::int64_t(index))),
                                      {turn == 0 ? index : index - 2}});
        }
    return dialogue;
}

/// One part whose every weight is zero, so that starting something always wins.
inline Model silent_model() {
    Model model;
    model.vocabulary = Vocabulary{{}, 9000};
    Part part;
    part.rows.resize(std::size_t(row_count(model.vocabulary)));
    part.out[width - 1] = 1;
    model.parts.push_back(part);
    return model;
}

/// Likes the message just before.
inline Model previous_model() {
    Model model = silent_model();
    model.parts[0].rows[std::size_t(cue::distance.row(0))][width - 1] = 5;
    return model;
}

}  // namespace rapport::links::test
