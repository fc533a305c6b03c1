#pragma once

// Which words are common, and which of them the model has learned something about.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace rapport::links {

class Vocabulary {
public:
    struct Word {
        std::string text{};          ///< In lower case; "^hello" is "hello" as the first word of a message.
        std::uint32_t messages = 0;  ///< How many messages have it.
        bool learned = false;        ///< It has weights of its own.
    };

    Vocabulary() = default;
    /// `messages`: of how many the words were counted. The learned ones are numbered in this order.
    Vocabulary(std::vector<Word> words, std::uint32_t messages);

    /// The logarithm of how seldom a word is; the highest for words that are not known.
    float rarity(std::uint32_t word) const;
    /// Too common to be taken for a name where nothing else says so.
    bool everyday(std::uint32_t word) const;
    std::optional<int> learned(std::uint32_t word) const;
    /// The same of "^word".
    std::optional<int> learned_first(std::uint32_t word) const;

    int learned_words() const { return learned_words_; }
    std::span<const Word> words() const { return words_; }
    std::uint32_t messages() const { return messages_; }

private:
    struct Known {
        float rarity = 0;
        bool everyday = false;
        int learned = -1, learned_first = -1;
    };
    const Known* known(std::uint32_t word) const;

    std::vector<Word> words_;
    std::uint32_t messages_ = 0;
    int learned_words_ = 0;
    float highest_ = 0;
    std::unordered_map<std::uint32_t, Known> by_hash_;
};

}  // namespace rapport::links
