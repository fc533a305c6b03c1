#include "bot/links/count_words.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "bot/links/words.hpp"

namespace rapport::links {

namespace {

/// Words of fewer messages, or of fewer dialogues, are not common. The second keeps out the names of people
/// who were spoken of for some days.
constexpr std::uint32_t least_messages = 10, least_days = 8;
/// Words that are learned about are in so many messages, of so many dialogues.
constexpr std::uint32_t least_learned_messages = 25;
constexpr std::uint32_t least_dialogues = 15;
/// A name that is also a word stands in so many messages at least, ...
constexpr std::uint32_t least_of_names = 50;
/// ... and at most every such one of them speaks to somebody with it.
constexpr std::uint32_t spoken_to = 10;

struct Count {
    std::uint32_t messages = 0, dialogues = 0, as_address = 0;
    std::size_t last_dialogue = std::size_t(-1);
};

using WordCounts = std::map<std::string, Count>;

void count_message(WordCounts& counts, const Message& message, std::size_t dialogue) {
    const std::string lower = in_lower_case(message.text);
    std::set<std::string> seen;
    bool first = true;
    std::string speaks_to;
    const std::vector<Token> tokens = tokens_of(lower);
    if (tokens.size() >= 2 && (tokens[1].text == ":" || tokens[1].text == ",")) speaks_to = tokens[0].text;
    for (const Token& token : tokens) {
        if (token.only_a_mark()) continue;
        seen.insert(token.text);
        if (std::exchange(first, false)) seen.insert('^' + token.text);
    }
    for (const std::string& word : seen) {
        Count& count = counts[word];
        ++count.messages;
        if (word == speaks_to) ++count.as_address;
        if (std::exchange(count.last_dialogue, dialogue) != dialogue) ++count.dialogues;
    }
}

std::string_view without_mark(std::string_view word) {
    return word.size() > 1 && word[0] == '^' ? word.substr(1) : word;
}

}  // namespace

Vocabulary count_words(std::span<const Dialogue> dialogues, std::size_t most_learned) {
    WordCounts counts;
    std::set<std::string> names;
    std::uint32_t messages = 0;
    for (std::size_t i = 0; i < dialogues.size(); ++i)
        for (const Marked& line : dialogues[i].lines) {
            names.insert(in_lower_case(line.message.author));
            if (line.message.notice) continue;
            ++messages;
            count_message(counts, line.message, i);
        }
    std::vector<Vocabulary::Word> words;
    for (const auto& [text, count] : counts) {
        const std::string plain{without_mark(text)};
        const auto found = counts.find(plain);
        const Count& of_plain = found == counts.end() ? count : found->second;
        const bool a_name = names.contains(plain) && (of_plain.messages < least_of_names ||
                                                      of_plain.as_address * spoken_to > of_plain.messages);
        if (a_name || count.messages < least_messages || count.dialogues < least_days) continue;
        const bool often = count.messages >= least_learned_messages && count.dialogues >= least_dialogues;
        if (!often && plain != text) continue;
        words.push_back({text, count.messages, often});
    }
    std::stable_sort(words.begin(), words.end(),
                     [](const auto& a, const auto& b) { return a.messages > b.messages; });
    std::size_t learned = 0;
    for (Vocabulary::Word& word : words) word.learned = word.learned && learned++ < most_learned;
    std::erase_if(words,
                  [](const auto& word) { return !word.learned && without_mark(word.text) != word.text; });
    return {std::move(words), messages};
}

}  // namespace rapport::links
