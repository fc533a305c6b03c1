#include "bot/links/channel.hpp"

#include <algorithm>

namespace rapport::links {

bool Conversation::has(AuthorSlot author) const {
    const auto end = speakers.begin() + std::min(speaker_count, most_speakers);
    return std::find(speakers.begin(), end, author) != end;
}

Channel::Channel() : ring_(window), conversations_(window) {}

std::optional<Said> Channel::arrive(const Message& message, const Vocabulary& vocabulary) {
    if (message.at) {
        last_at_ = *message.at;
        knows_seconds_ = knows_seconds_ || *message.at % 60 != 0;
    }
    const std::uint32_t name = hash_of(in_lower_case(message.author));
    if (message.notice) {
        // Whoever came may be spoken to; who is only heard of so is the first to be forgotten.
        authors_.find_or_add(name, never, oldest());
        return std::nullopt;
    }
    Said said;
    said.id = message.id;
    said.number = next_;
    said.at = last_at_;
    said.author = authors_.find_or_add(name, next_, oldest());
    said.first_of_author = authors_[said.author].said == 0;
    said.words = read_words(message.text, vocabulary, authors_);
    return said;
}

std::optional<Number> Channel::find(const std::string& id) const {
    for (Number number = next_ - 1; number >= oldest(); --number)
        if ((*this)[number].id == id) return number;
    return std::nullopt;
}

int Channel::messages_with(std::uint32_t word) const {
    const auto found = word_counts_.find(word);
    return found == word_counts_.end() ? 0 : found->second;
}

void Channel::forget(Said& said) {
    --conversations_[std::size_t(said.conversation)].in_window;
    for (const WeighedWord& word : said.words.telling)
        if (const auto found = word_counts_.find(word.word); --found->second == 0) word_counts_.erase(found);
}

ConversationSlot Channel::free_conversation() const {
    // There are as many places as messages, so one is free whenever a message comes.
    return ConversationSlot(std::find_if(conversations_.begin(), conversations_.end(),
                                         [](const Conversation& one) { return one.in_window == 0; }) -
                            conversations_.begin());
}

void Channel::attach(Said& said, Number parent) {
    Said& above = at(parent);
    said.parent = parent;
    said.parent_author = above.author;
    said.conversation = above.conversation;
    if (above.author == said.author) {
        ++above.continued;
        return;
    }
    above.last_answerers[std::size_t(++above.answered) % 2] = said.author;
    ++authors_[above.author].answered;
    authors_[said.author].partner = above.author;
}

void Channel::remember_author(const Said& said) {
    Author& author = authors_[said.author];
    const AuthorSlot target = said.words.target();
    if (target != nobody && target != said.author) {
        author.partner = target;
        ++author.named_others;
        Author& called = authors_[target];
        if (called.called <= called.last) called.calls = 0;
        called.called = said.number;
        ++called.calls;
    }
    for (int i = 0; i < said.words.named_count; ++i)
        authors_[said.words.named[std::size_t(i)]].touched = said.number;
    ++author.said;
    author.last = said.number;
    author.last_at = said.at;
}

void Channel::keep(Said said, std::optional<Number> parent) {
    const bool below = parent && holds(*parent);
    // The parent may be the very message that makes room.
    if (below) attach(said, *parent);
    if (next_ >= window) forget(at(next_));
    if (!below) {
        said.parent = said.number;
        said.conversation = free_conversation();
        conversations_[std::size_t(said.conversation)] = {};
    }
    Conversation& conversation = conversations_[std::size_t(said.conversation)];
    ++conversation.said;
    ++conversation.in_window;
    conversation.last = said.number;
    if (!conversation.has(said.author)) {
        if (conversation.speaker_count < Conversation::most_speakers)
            conversation.speakers[std::size_t(conversation.speaker_count)] = said.author;
        ++conversation.speaker_count;
    }
    remember_author(said);
    for (const WeighedWord& word : said.words.telling) ++word_counts_[word.word];
    at(next_) = std::move(said);
    ++next_;
}

}  // namespace rapport::links
