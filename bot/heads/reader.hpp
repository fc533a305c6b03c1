#pragma once

// The whole reading of a message in its channel.

#include <string>
#include <string_view>

#include "bot/heads/asking.hpp"
#include "bot/heads/company.hpp"
#include "bot/heads/features.hpp"
#include "bot/heads/weights.hpp"
#include "bot/reading/reading.hpp"
#include "bot/topics/key_phrases.hpp"

namespace rapport::heads {

/// A message as it comes by. Anything but the text may be empty.
struct Said {
    std::string_view channel{};
    std::string_view author{};
    std::string_view text{};
};

struct FullReading {
    MessageKind kind = MessageKind::chatter;
    bool needs_reply = false;  ///< needs_reply_score >= 0.5
    bool gratitude = false;
    bool complaint = false;       ///< Unhappy, angry or sad, with us or with anything.
    bool spam = false;            ///< spam_score >= 0.5
    float needs_reply_score = 0;  ///< 0 to 1.
    float spam_score = 0;         ///< 0 to 1.
    float sentiment = 0;          ///< -4 (furious) to 4 (delighted); neutral within `neutral_until` of 0.
    std::string language = "unknown";   ///< ISO 639-1.
    std::vector<std::string> topics{};  ///< The most telling first.
};

/// Reads messages in the order in which they were written. Remembers who spoke with whom (`Company`), so one
/// reader is for one stream and one thread.
class MessageReader {
public:
    /// `weights` must live as long.
    explicit MessageReader(const Weights& weights);
    FullReading read(const Said& said);

private:
    const Weights& weights_;
    SimpleReader simple_;
    Extractor extractor_{};
    Asking asking_{};
    Company company_{};
    Features features_{};
    topics::KeyPhrases phrases_{topics::shipped_weights()};
    topics::Usage usage_{};  ///< Of whoever writes these messages.
};

}  // namespace rapport::heads
