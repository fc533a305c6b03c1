#include "bot/cli/reading_facts.hpp"

#include <algorithm>

namespace rapport::cli {

rules::Complete facts_by_reading(const Reader& reader) {
    return [&reader](rules::Facts& facts) {
        using rules::Fact;
        if (!facts.known(Fact::message_text)) return;
        const std::string text{facts.text(Fact::message_text)};
        const Reading reading = reader.read(text, {});
        facts.set(Fact::message_kind, name_of(reading.kind));
        facts.set(Fact::message_needs_reply, reading.needs_reply);
        facts.set(Fact::message_sentiment, reading.sentiment);
        facts.set(Fact::message_language, std::string_view{reading.language});
        facts.set(Fact::message_topics, reading.topics);
        facts.set(Fact::message_mentions_brand, reading.mentions_brand);
        facts.set(Fact::message_has_link, reading.has_link);
        const auto characters =
            std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; });
        facts.set(Fact::message_length, characters);
    };
}

}  // namespace rapport::cli
