#include "bot/heads/reader.hpp"

#include "support/catch.hpp"

using namespace rapport;
using namespace rapport::heads;

namespace {

FullReading reading_of(std::string_view text) {
    MessageReader reader{shipped_weights()};
    return reader.read({"help", "omar", text});
}

}  // namespace

TEST_CASE("the shipped weights read what is plain") {
    const FullReading question = reading_of("How do I change the address on my invoices?");
    CHECK(question.kind == MessageKind::question);
    CHECK(question.needs_reply);
    CHECK(!question.gratitude);
    CHECK(!question.complaint);
    CHECK(!question.spam);
    CHECK(question.language == "en");

    const FullReading thanks = reading_of("Thank you so much, that worked!");
    CHECK(thanks.gratitude);
    CHECK(!thanks.needs_reply);
    CHECK(thanks.sentiment > neutral_until);
    CHECK(thanks.kind == MessageKind::thanks);

    const FullReading complaint =
        reading_of("This is the worst service ever, I am so angry and disappointed.");
    CHECK(complaint.complaint);
    CHECK(complaint.sentiment < -neutral_until);
    CHECK(!complaint.gratitude);

    const FullReading spam =
        reading_of("URGENT! You have WON a £2000 prize. Call 09061743811 now to claim. T&Cs apply 150p/min");
    CHECK(spam.spam);
    CHECK(spam.spam_score > 0.9F);
}

TEST_CASE("scores agree with answers and stay within their bounds") {
    for (const char* text : {"", "ok", "!!!", "AMAZING AMAZING AMAZING!!!! \U0001F600", "kill it with fire",
                             "\xff\xfe", "Wann kommt die neue Version?"}) {
        const FullReading reading = reading_of(text);
        CAPTURE(text);
        CHECK(reading.needs_reply == (reading.needs_reply_score >= 0.5F));
        CHECK(reading.spam == (reading.spam_score >= 0.5F));
        CHECK((reading.needs_reply_score >= 0 && reading.needs_reply_score <= 1));
        CHECK((reading.spam_score >= 0 && reading.spam_score <= 1));
        CHECK((reading.sentiment >= -4 && reading.sentiment <= 4));
    }
}

TEST_CASE("technical text without a feeling is neutral") {
    for (const char* text : {"You can use std::vector::reserve before the loop.",
                             "The second argument is the path of the file, see http://example.org/doc."})
        CHECK(std::abs(reading_of(text).sentiment) <= neutral_until);
}

TEST_CASE("a stream is read in order: what was said before counts, what comes later does not") {
    MessageReader first{shipped_weights()}, second{shipped_weights()};
    const Said asks{"help", "ada", "omar: does it start now?"}, answers{"help", "omar", "ada sure"};
    const FullReading alone = first.read(answers);
    second.read(asks);
    const FullReading after = second.read(answers);
    CHECK(after.needs_reply_score >= alone.needs_reply_score);
    CHECK(after.sentiment == alone.sentiment);
}
