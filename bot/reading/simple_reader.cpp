#include <algorithm>
#include <array>
#include <cmath>

#include "bot/reading/evidence.hpp"
#include "bot/reading/reading.hpp"

namespace rapport {

using namespace reading;

namespace {

constexpr std::array<std::string_view, 9> kind_names{
    "problem", "complaint", "request", "question", "announcement", "praise", "thanks", "greeting", "chatter"};

/// "ok", "thanks!", "got it, cheers": every word says little.
bool says_little(const Evidence& found) {
    return found.words <= 8 && found.filler_words >= found.words;
}

bool asks_something(const Evidence& found) {
    return found.question_marks > 0 || found.leads > 0 || found.requests > 0 || found.has(seeks) ||
           (found.has(please) && found.words > 1);
}

bool has_trouble(const Evidence& found) {
    return found.failures > 0 || found.has(broken) || found.own_trouble;
}

bool looks_like_spam(const Evidence& found) {
    const bool loud = found.has_link || found.has_number || found.exclamations >= 2 || found.shouted >= 4;
    return found.spam_words >= 4 || (found.spam_words >= 2 && loud);
}

/// Signs are taken as independent: each leaves its share of what the others left open.
float needs_reply_score(const Evidence& found, const ReadingContext& context, bool is_spam) {
    float open = context.direct ? 0.5F : context.mentions_brand ? 0.55F : context.answers_team ? 0.6F : 0.8F;
    if (found.question_marks > 0) open *= 0.4F;
    if (found.leads > 0) open *= 0.55F;
    if (found.requests > 0) open *= 0.55F;
    if (found.has(seeks)) open *= 0.6F;
    if (found.has(please) && found.words > 1) open *= 0.6F;
    if (has_trouble(found)) open *= 0.6F;
    if (found.has(problem | complaint)) open *= 0.75F;

    float score = 1 - open;
    const bool asking = asks_something(found);
    if (found.has(thanks) && !asking) score *= has_trouble(found) && found.words > 8 ? 0.9F : 0.4F;
    if (found.words == 0 && found.question_marks == 0) score *= 0.2F;
    if (found.words > 0 && says_little(found) && found.question_marks == 0) {
        // A bare "hello" in a direct message waits for a hello.
        score *= found.has(greeting) && !found.has(thanks) ? 1.0F : 0.4F;
    }
    if (found.has(praise) && !asking && !has_trouble(found)) score *= 0.8F;
    if (is_spam) score *= 0.3F;
    return std::clamp(score, 0.0F, 1.0F);
}

/// Bounded like VADER's compound value (Hutto and Gilbert 2014), stretched to -4 to 4.
float sentiment_of(const Evidence& found) {
    float sum = found.valence;
    if (sum != 0) sum += std::copysign(0.3F * static_cast<float>(std::min(found.exclamations, 3U)), sum);
    return 4 * sum / std::sqrt(sum * sum + 15);
}

MessageKind kind_of(const Evidence& found, float sentiment) {
    const bool asking = asks_something(found);
    if (has_trouble(found) || (found.has(problem) && !asking)) return MessageKind::problem;
    if (found.has(complaint) && sentiment < -0.5F) return MessageKind::complaint;
    if (found.requests > 0 || (found.has(please) && found.question_marks == 0 && found.words > 1)) {
        return MessageKind::request;
    }
    if (asking) return MessageKind::question;
    if (found.has(announces) && found.words > 4) return MessageKind::announcement;
    if (found.has(thanks))
        return found.has(praise) && found.words > 12 ? MessageKind::praise : MessageKind::thanks;
    if (found.has(praise) && sentiment > 0.5F) return MessageKind::praise;
    if (found.has(greeting) && found.words <= 8) return MessageKind::greeting;
    return MessageKind::chatter;
}

}  // namespace

std::string_view name_of(MessageKind kind) noexcept {
    return kind_names[static_cast<std::size_t>(kind)];
}

MessageKind message_kind_of(std::string_view name) noexcept {
    const auto* const found = std::find(kind_names.begin(), kind_names.end(), name);
    return found == kind_names.end() ? MessageKind::chatter
                                     : static_cast<MessageKind>(found - kind_names.begin());
}

/// Built once, then only read.
struct SimpleReader::Inside {
    explicit Inside(const std::vector<std::string>& brand_names) : brands(brand_names) {}
    Lexicon lexicon{};
    Brands brands;
};

SimpleReader::SimpleReader(const std::vector<std::string>& brand_names)
    : inside_(std::make_unique<const Inside>(brand_names)) {}
SimpleReader::~SimpleReader() = default;
SimpleReader::SimpleReader(SimpleReader&&) noexcept = default;
SimpleReader& SimpleReader::operator=(SimpleReader&&) noexcept = default;

Reading SimpleReader::read(std::string_view text, const ReadingContext& context) const {
    Evidence found;
    gather(text, inside_->lexicon, inside_->brands, found);

    Reading result;
    result.suspected_spam = looks_like_spam(found);
    result.sentiment = sentiment_of(found);
    result.kind = kind_of(found, result.sentiment);
    result.needs_reply_score = needs_reply_score(found, context, result.suspected_spam);
    result.needs_reply = result.needs_reply_score >= 0.5F;
    result.language = language_of(found, text);
    result.topics = found.topics.best(text);
    result.mentions_brand = found.mentions_brand || context.mentions_brand;
    result.has_link = found.has_link;
    return result;
}

}  // namespace rapport
