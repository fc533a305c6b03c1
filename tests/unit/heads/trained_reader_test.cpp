#include "bot/heads/trained_reader.hpp"

#include <algorithm>
#include <atomic>
#include <thread>

#include "support/catch.hpp"

using namespace rapport;
using heads::TrainedReader;

namespace {

Reading read(std::string_view text, const ReadingContext& context = {}) {
    static const TrainedReader reader{{"Acme"}, {"Mirror setup", "QUIC"}};
    return reader.read(text, context);
}

constexpr ReadingContext direct{true, false, false}, to_team{false, false, true},
    to_brand{false, true, false};

}  // namespace

TEST_CASE("what word lists say of questions and problems stays") {
    CHECK(read("Does it speak IPv6?").kind == MessageKind::question);
    CHECK(read("Does it speak IPv6?").needs_reply);
    CHECK(read("It crashes when I open it").kind == MessageKind::problem);
    CHECK(read("Good morning everybody!").kind == MessageKind::greeting);
    CHECK_FALSE(read("The cake is in the kitchen.").needs_reply);
}

TEST_CASE("in support talk, what does not close it waits for an answer") {
    const std::string_view more = "I get a 402 on the second charge, with the key from the dashboard";
    CHECK(read(more, to_team).needs_reply);
    CHECK(read(more, direct).needs_reply);
    for (const char* closing :
         {"makes sense, thanks", "thank you so much!", "ok cool", "got it", "perfect :)"}) {
        CAPTURE(closing);
        CHECK_FALSE(read(closing, to_team).needs_reply);
    }
}

TEST_CASE("a complaint is one only if it is said to us") {
    const std::string_view angry = "This is ridiculous, I hate how slow everything got";
    CHECK(read(angry, to_brand).kind == MessageKind::complaint);
    CHECK(read("Acme is ridiculous, I hate how slow everything got").kind == MessageKind::complaint);
    CHECK(read("My neighbour is a fool and I am so sad").kind != MessageKind::complaint);
}

TEST_CASE("feelings are those of the trained head, within their bounds") {
    CHECK(read("I love it, this is wonderful!").sentiment > 1);
    CHECK(read("This is terrible and I hate it").sentiment < -1);
    for (const char* text : {"", "!!!!!!!!", "love love love love love love love love"}) {
        const float sentiment = read(text).sentiment;
        CHECK(sentiment >= -4);
        CHECK(sentiment <= 4);
    }
}

TEST_CASE("spam with a link waits for nobody, and honest words with a link do") {
    const Reading spam = read(
        "WINNER!! You have been selected to receive a free prize, claim now at http://win.example.com or "
        "call "
        "09061701461, txt STOP to end");
    CHECK(spam.suspected_spam);
    CHECK_FALSE(spam.needs_reply);
    const Reading honest =
        read("How do I install it? I followed https://docs.example.com/install and it fails");
    CHECK_FALSE(honest.suspected_spam);
    CHECK(honest.needs_reply);
}

TEST_CASE("topics are key phrases, the team's own words first and as the team writes them") {
    const Reading reading = read("Our database dump fails since the mirror setups changed");
    REQUIRE_FALSE(reading.topics.empty());
    CHECK(reading.topics.front() == "Mirror setup");
    CHECK(reading.topics.size() <= 5);
    CHECK(std::count(reading.topics.begin(), reading.topics.end(), "database") == 1);
}

TEST_CASE("in another language the word lists alone decide") {
    const SimpleReader simple{{"Acme"}};
    for (const char* text :
         {"Wie installiere ich das auf meinem Rechner? Es geht leider nicht", "ありがとうございます",
          "Muito obrigado pela ajuda, agora funciona muito bem", "لماذا لا يعمل هذا؟"}) {
        CAPTURE(text);
        const Reading ours = read(text, to_team), theirs = simple.read(text, to_team);
        CHECK(ours.kind == theirs.kind);
        CHECK(ours.sentiment == theirs.sentiment);
        CHECK(ours.needs_reply_score == theirs.needs_reply_score);
        CHECK(ours.language == theirs.language);
    }
}

TEST_CASE("any bytes are read, by several threads, always the same") {
    const std::string_view text = "Does the mirror setup work with QUIC? \xff\xfe It crashes here";
    const Reading once = read(text);
    std::vector<std::thread> threads;
    std::atomic<int> different = 0;
    for (int i = 0; i < 4; ++i)
        threads.emplace_back([&] {
            for (int k = 0; k < 100; ++k) {
                const Reading again = read(text);
                if (again.topics != once.topics || again.sentiment != once.sentiment ||
                    again.needs_reply_score != once.needs_reply_score)
                    ++different;
            }
        });
    for (std::thread& one : threads) one.join();
    CHECK(different == 0);
}
