#pragma once

// What a text is. A reading is a guess from the words alone, honest about being simple; it stands behind
// `Reader` so that a better one can take its place. Pure.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace rapport {

/// What a message is above all, in the words of the fact `message.kind`. The first that fits, in this order.
enum class MessageKind : std::uint8_t {
    problem,    ///< Something does not work.
    complaint,  ///< They are unhappy with us.
    request,    ///< Asks for something to be done.
    question,
    announcement,  ///< Tells of something new: a release, a talk, an event.
    praise,
    thanks,
    greeting,
    chatter,  ///< None of the above.
};

/// "question", "problem", ...: the word used in rules and tables.
std::string_view name_of(MessageKind kind) noexcept;
/// The inverse of `name_of`; `chatter` for a word that is none.
MessageKind message_kind_of(std::string_view name) noexcept;

/// What a text is.
struct Reading {
    MessageKind kind = MessageKind::chatter;
    bool needs_reply = false;           ///< needs_reply_score >= 0.5
    float needs_reply_score = 0;        ///< 0 (plainly not) to 1 (plainly). Not a probability.
    float sentiment = 0;                ///< -4 (furious) to 4 (delighted); 0 is neutral.
    std::string language = "unknown";   ///< ISO 639-1 code ("en", "ja"), or "unknown".
    std::vector<std::string> topics{};  ///< At most 5 short words, lower case, most telling first.
    bool mentions_brand = false;        ///< By a brand name in the text, or as ReadingContext says.
    bool has_link = false;
    bool suspected_spam = false;
};

/// What is known of a message besides its text.
struct ReadingContext {
    bool direct = false;          ///< A direct message to the brand or to staff.
    bool mentions_brand = false;  ///< The platform itself marks the brand or a staffer as mentioned.
    bool answers_team =
        false;  ///< A reply to a message of staff or brand: "thanks!" ends a conversation here.
};

/// Reads texts. Implementations are immutable and may be used from several threads.
class Reader {
public:
    virtual ~Reader() = default;
    /// `text` may be anything: any language, any length, not even valid UTF-8. Never throws (but for lack of
    /// memory); the same text and context always give the same reading.
    virtual Reading read(std::string_view text, const ReadingContext& context) const = 0;
};

/// Reads by word lists in English, German, French, Spanish, Portuguese, Italian and Dutch, with a few words
/// of Japanese, Chinese, Korean, Arabic and Russian. Guesses the language by script and by small words: those
/// above, and Persian, Ukrainian, Greek, Hebrew, Thai, Hindi, Swedish, Danish, Norwegian, Polish, Czech,
/// Hungarian, Romanian, Finnish, Turkish and Indonesian; "unknown" for all others.
class SimpleReader final : public Reader {
public:
    /// `brand_names`: words by which people mention the brand (Team::brand_names); case does not matter.
    explicit SimpleReader(const std::vector<std::string>& brand_names);
    ~SimpleReader() override;
    SimpleReader(SimpleReader&&) noexcept;
    SimpleReader& operator=(SimpleReader&&) noexcept;
    Reading read(std::string_view text, const ReadingContext& context) const override;

private:
    struct Inside;
    std::unique_ptr<const Inside> inside_;
};

}  // namespace rapport
