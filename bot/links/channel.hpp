#pragma once

// What the linker keeps of a channel: its last messages, who said them, and the conversations they are in.

#include <array>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "bot/links/authors.hpp"
#include "bot/links/message.hpp"
#include "bot/links/words.hpp"

namespace rapport::links {

/// Parents are looked for among so many messages of a channel, notices not counted.
inline constexpr Number window = 80;
/// Numbers in one part of the model's inner layer.
inline constexpr std::size_t width = 32;

/// A place in `Channel`'s table of conversations.
using ConversationSlot = int;

struct Conversation {
    static constexpr int most_speakers = 4;

    int said = 0;                                      ///< Messages in all.
    int in_window = 0;                                 ///< Of these, how many are still remembered.
    Number last = never;                               ///< Its last message.
    std::array<AuthorSlot, most_speakers> speakers{};  ///< The first of them.
    int speaker_count = 0;
    bool has(AuthorSlot author) const;
};

/// A message in the window, or the one whose parent is looked for.
struct Said {
    std::string id{};
    Number number = never;
    std::int64_t at = 0;
    AuthorSlot author = nobody;
    bool first_of_author = false;
    Words words{};

    Number parent = never;  ///< Its own number: it starts something. A parent may have left the window.
    AuthorSlot parent_author = nobody;  ///< `nobody` if it starts something.
    ConversationSlot conversation = 0;
    int continued = 0;  ///< Answers to it by its own author.
    int answered = 0;   ///< Answers to it by others.
    std::array<AuthorSlot, 2> last_answerers{nobody, nobody};
    /// What its words add to the inner layer of each part of the model, if it is a candidate.
    std::vector<float> as_candidate{};
    bool starts() const { return parent == number; }
};

class Channel {
public:
    Channel();

    /// The message as it is before its parent is known, and its author remembered. Nothing for notices.
    std::optional<Said> arrive(const Message& message, const Vocabulary& vocabulary);
    /// Puts it into the window, below `parent` if that is still there.
    void keep(Said said, std::optional<Number> parent);

    /// The number that the next message gets.
    Number next_number() const { return next_; }
    Number oldest() const { return next_ > window ? next_ - window : 0; }
    bool holds(Number number) const { return number >= oldest() && number < next_; }
    const Said& operator[](Number number) const { return ring_[std::size_t(number % window)]; }
    std::optional<Number> find(const std::string& id) const;
    const Authors& authors() const { return authors_; }
    const Conversation& conversation(ConversationSlot slot) const {
        return conversations_[std::size_t(slot)];
    }
    /// Some time in it had seconds; minutes alone say less.
    bool knows_seconds() const { return knows_seconds_; }
    /// In how many messages of the window a telling word is.
    int messages_with(std::uint32_t word) const;

private:
    Said& at(Number number) { return ring_[std::size_t(number % window)]; }
    void forget(Said& said);
    void attach(Said& said, Number parent);
    void remember_author(const Said& said);
    ConversationSlot free_conversation() const;

    std::vector<Said> ring_;
    std::vector<Conversation> conversations_;
    Authors authors_;
    std::unordered_map<std::uint32_t, int> word_counts_;
    Number next_ = 0;
    std::int64_t last_at_ = 0;
    bool knows_seconds_ = false;
};

}  // namespace rapport::links
