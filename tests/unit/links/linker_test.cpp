#include "bot/links/linker.hpp"

#include <algorithm>

#include "invented.hpp"
#include "support/catch.hpp"

namespace rapport::links::test {

TEST_CASE("a model that likes the message before links each to the one before") {
    const Model model = previous_model();
    Linker linker{model};
    CHECK(linker.next(says("1", "ana", "hello")).starts);
    const Link link = linker.next(says("2", "bob", "hello"));
    CHECK(link.parent == "1");
    CHECK_FALSE(link.starts);
    CHECK(link.confidence > 0.9);
    Message elsewhere = says("3", "bob", "hello");
    elsewhere.channel = "kitchen";
    CHECK(linker.next(elsewhere).parent == "3");
}

TEST_CASE("notices answer nothing and are answered by nobody") {
    const Model model = previous_model();
    Linker linker{model};
    linker.next(says("1", "ana", "hello"));
    Message joined = says("2", "bob", "bob has joined");
    joined.notice = true;
    CHECK(linker.next(joined).parent == "2");
    CHECK(linker.next(says("3", "bob", "hello")).parent == "1");
}

TEST_CASE("what the platform says is believed, even about a message that is not there") {
    const Model model = previous_model();
    Linker linker{model};
    linker.next(says("1", "ana", "hello"));
    linker.next(says("2", "bob", "hello"));
    Message reply = says("3", "ana", "yes");
    reply.reply_to = "1";
    CHECK(linker.next(reply).parent == "1");
    reply = says("4", "ana", "yes");
    reply.reply_to = "long ago";
    CHECK(linker.next(reply).parent == "long ago");
    reply = says("5", "ana", "yes");
    reply.reply_to = "5";
    CHECK(linker.next(reply).parent == "4");
}

TEST_CASE("a message without a time is as late as the last, and a day back is another day") {
    const Model model = previous_model();
    Linker linker{model};
    linker.next(says("1", "ana", "hello", 1'000'000));
    Message late = says("2", "bob", "hello");
    late.at.reset();
    CHECK(linker.next(late).parent == "1");
    CHECK(linker.next(says("3", "ana", "hello", 1'000'000 - 86'400)).starts);
}

TEST_CASE("only the last channels are kept") {
    const Model model = previous_model();
    Linker linker{model, 2};
    const auto say = [&](const std::string& id, const std::string& channel) {
        Message message = says(id, "ana", "hello");
        message.channel = channel;
        return linker.next(message);
    };
    say("1", "a");
    say("2", "b");
    CHECK(say("3", "a").parent == "1");
    say("4", "c");
    CHECK(linker.channels() == 2);
    CHECK(say("5", "a").parent == "3");
    CHECK(say("6", "b").starts);
}

TEST_CASE("only the last messages, authors and conversations of a channel are kept, however many come") {
    const Model model = previous_model();
    Channel channel;
    const int many = 3000;
    for (int i = 0; i < many; ++i) {
        Message message =
            says(std::to_string(i), "author " + std::to_string(i), "begonia " + std::to_string(i));
        auto said = channel.arrive(message, model.vocabulary);
        REQUIRE(said);
        read_as_candidate(model, *said);
        channel.keep(std::move(*said), i % 3 == 0 ? std::nullopt : std::optional<Number>{i - 1});
        Message joined = says("", "visitor " + std::to_string(i), "");
        joined.notice = true;
        channel.arrive(joined, model.vocabulary);
    }
    CHECK(channel.authors().size() == std::size_t(Authors::most_authors));
    CHECK(channel.oldest() == many - window);
    CHECK(channel.find(std::to_string(many - window)) == many - window);
    CHECK_FALSE(channel.find(std::to_string(many - window - 1)));
    CHECK(channel.messages_with(hash_of("begonia")) == window);
    for (Number number = channel.oldest(); number < channel.next_number(); ++number)
        CHECK(channel.authors()[channel[number].author].name == hash_of("author " + std::to_string(number)));
}

TEST_CASE("a conversation lives as long as one of its messages is there") {
    const Model model = silent_model();
    Channel channel;
    const auto say = [&](int i, std::optional<Number> parent) {
        auto said =
            channel.arrive(says(std::to_string(i), i % 2 == 0 ? "ana" : "bob", "hm"), model.vocabulary);
        channel.keep(std::move(*said), parent);
    };
    say(0, std::nullopt);
    // Each answers the oldest that is still there, which leaves in the same moment.
    for (int i = 1; i < 500; ++i) say(i, std::max<Number>(0, i - window));
    const Conversation& one = channel.conversation(channel[499].conversation);
    CHECK(one.said == 500);
    CHECK(one.in_window == window);
    CHECK(one.speaker_count == 2);
}

TEST_CASE("cues say who names whom, and how far back") {
    const Model model = silent_model();
    Channel channel;
    const auto arrive = [&](const Message& message) { return *channel.arrive(message, model.vocabulary); };
    channel.keep(arrive(says("1", "ana", "how do roses grow?")), std::nullopt);
    channel.keep(arrive(says("2", "bob", "good morning")), std::nullopt);
    const Said said = arrive(says("3", "bob", "ana: roses grow by themselves"));
    CueFinder finder;
    Cues cues;
    finder.find(channel, said, cues);
    REQUIRE(cues.candidates.size() == 2);
    const auto has = [](const auto& rows, int row) {
        return std::find(rows.begin(), rows.end(), row) != rows.end();
    };
    const Candidate& own = cues.candidates[0];
    const Candidate& question = cues.candidates[1];
    CHECK(question.number == 0);
    CHECK(has(question.rows, cue::distance.row(1)));
    CHECK(has(question.rows, cue::overlap_best.row(1)));
    CHECK(has(question.rows, cue::relation.row(2 * 6 + 0)));
    CHECK(has(own.rows, cue::relation.row(6 * 6 + 0)));
    CHECK(has(own.rows, cue::overlap.row(0)));
    CHECK(has(cues.answering, cue::address.row(2)));
    CHECK(has(cues.starting, cue::address.row(2) + cue::about_message));
    for (const std::uint16_t row : question.rows) CHECK(row < cue::rows);
}

}  // namespace rapport::links::test
