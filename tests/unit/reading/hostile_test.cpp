// Texts that were not written to be read.

#include <chrono>
#include <random>

#include "bot/reading/code_points.hpp"
#include "bot/reading/reading.hpp"
#include "support/catch.hpp"

using namespace rapport;

namespace {

const SimpleReader& reader() {
    static const SimpleReader simple{{"Acme", "acme rocket", "ラポート"}};
    return simple;
}

bool is_sane(const Reading& reading) {
    bool sane = reading.needs_reply_score >= 0 && reading.needs_reply_score <= 1;
    sane = sane && reading.sentiment >= -4 && reading.sentiment <= 4 && reading.topics.size() <= 5;
    sane = sane && reading.needs_reply == (reading.needs_reply_score >= 0.5F);
    for (const std::string& topic : reading.topics) sane = sane && !topic.empty() && topic.size() <= 128;
    return sane;
}

}  // namespace

TEST_CASE("64 KB of one word, of one sign, or of nothing are read") {
    constexpr std::size_t size = 64 * 1024;
    for (const char sign :
         {'a', 'A', '?', '!', ' ', '\'', '@', ':', '.', '\0', '\n', '_', '9', '\xFF', '\xC3'}) {
        CAPTURE(static_cast<int>(sign));
        CHECK(is_sane(reader().read(std::string(size, sign), {})));
    }
    for (const char* piece : {"ア", "漢", "😀", "\u200B", "a'", "acme ", "https://", "e\u0301", "م"}) {
        CAPTURE(piece);
        std::string text;
        while (text.size() < size) text += piece;
        CHECK(is_sane(reader().read(text, {})));
        text.resize(size);
        CHECK(is_sane(reader().read(text, {})));
    }
    const Reading one = reader().read(std::string(size, 'a'), {});
    CHECK(one.topics.empty());
    CHECK(one.kind == MessageKind::chatter);
}

TEST_CASE("invalid UTF-8 separates words and hides none") {
    CHECK(reader().read("\xFF\xFEthanks\x80!", {}).kind == MessageKind::thanks);
    CHECK(reader().read("acme\xC3", {}).mentions_brand);
    CHECK(reader().read("\xED\xA0\x80 acme \xF4\x90\x80\x80", {}).mentions_brand);
    for (const std::string& topic : reader().read("webhook\xFF postgres\xC3", {}).topics) {
        for (const char byte : topic) CHECK(static_cast<unsigned char>(byte) < 0x80);
    }
}

TEST_CASE("any bytes are read, and the same bytes always alike") {
    const unsigned seed = GENERATE(range(0U, 20U));
    CAPTURE(seed);
    std::mt19937 random{seed};
    const char* const pieces[] = {"acme", "rocket",   "why ",     "?",   "@", "'",    "\u200B",
                                  "日本", "ラポート", "https://", "не ", "ñ", "\xE3", "\xF0\x9F",
                                  "\n",   "can you ", "<",        "3",   ":)"};
    for (int round = 0; round < 200; ++round) {
        std::string text;
        for (unsigned length = random() % 40; length > 0; --length) {
            if (random() % 2 == 0) {
                text += static_cast<char>(random());
            } else {
                text += pieces[random() % std::size(pieces)];
            }
        }
        const Reading first = reader().read(text, {});
        const Reading second = reader().read(text, {});
        CHECK(is_sane(first));
        CHECK(first.needs_reply_score == second.needs_reply_score);
        CHECK(first.topics == second.topics);
    }
}

TEST_CASE("folding takes case and accents away and keeps other letters") {
    const auto folded = [](std::string_view text) {
        std::string result;
        for (std::size_t at = 0; at < text.size();) {
            const reading::CodePoint point = reading::code_point_at(text, at);
            char bytes[4];
            result.append(bytes, reading::fold(point, bytes));
            at += point.length;
        }
        return result;
    };
    CHECK(folded("ÀÉÎÕÜÇÑ") == "aeioucn");
    CHECK(folded("ßæœþ") == "ssaeoeth");
    CHECK(folded("ŁĐŠŽ") == "ldsz");
    CHECK(folded("ЁЖЙ") == "ёжй");
    CHECK(folded("ΑΒΓ") == "αβγ");
    CHECK(folded("ＡｃＭ９") == "acm9");
    CHECK(folded("أإآ") == "ااا");
    CHECK(folded("日本") == "日本");
    CHECK(reading::lower_case("ÁÉ Ção\u200B") == "áé ção");
}

TEST_CASE("a text of 200 bytes is read in microseconds, 64 KB in milliseconds") {
    // Generous by a factor of a hundred, since tests are built without optimisation and may share the
    // machine: it is there to catch what grows with the square of the length.
    std::string text;
    while (text.size() < 64 * 1024) text += "acme rocke acme why does it not work, could you help? ";
    const auto begin = std::chrono::steady_clock::now();
    for (int i = 0; i < 5; ++i) CHECK(is_sane(reader().read(text, {})));
    CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds{5});
}
