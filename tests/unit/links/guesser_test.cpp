#include "bot/links/guesser.hpp"

#include <atomic>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "bot/links/channel.hpp"
#include "bot/links/linker.hpp"
#include "invented.hpp"
#include "support/catch.hpp"

namespace rapport::links::test {

namespace {

struct Line {
    std::int64_t id = 0;
    std::string author{}, text{};
    std::int64_t at = 0, parent = 0;
};

std::vector<Placed> placed(const std::vector<Line>& lines) {
    std::vector<Placed> all;
    for (const Line& one : lines) all.push_back({one.id, one.author, one.text, one.at, one.parent});
    return all;
}

/// Talk of a few people with names, questions and words in common.
Line invented_line(std::mt19937& chance, std::int64_t id, std::int64_t at) {
    static const std::vector<std::string> people{"ana", "bob", "cleo", "dan", "eva"};
    static const std::vector<std::string> words{"how", "do",    "i",      "mount",  "the",  "disk",
                                                "it",  "works", "thanks", "kernel", "2.6?", "error"};
    const auto any = [&](const auto& of) { return of[chance() % of.size()]; };
    Line line{id, any(people), chance() % 3 == 0 ? any(people) + ": " : "", at, 0};
    for (std::size_t i = 0; i < 2 + chance() % 6; ++i) line.text += any(words) + " ";
    return line;
}

}  // namespace

TEST_CASE("a guess is what the linker says after the same messages") {
    std::mt19937 chance{7};  // NOLINT: the same each time
    Guesser guesser;
    Linker linker{shipped_model()};
    std::vector<Line> lines;
    for (std::int64_t id = 1; id <= 60; ++id) {
        Line line = invented_line(chance, id, 1'000'000 + id * 20);
        const Guess guess = guesser.guess(1, placed(lines), {0, line.author, line.text, line.at, 0});
        const Link link = linker.next(says(std::to_string(id), line.author, line.text, line.at));
        CHECK(std::to_string(guess.parent == 0 ? id : guess.parent) == link.parent);
        CHECK(guess.confidence == link.confidence);
        line.parent = guess.parent;
        lines.push_back(line);
    }
}

TEST_CASE(
    "what is kept between guesses changes none: not after edits, nor where the beginning is forgotten") {
    std::mt19937 chance{11};  // NOLINT: the same each time
    Guesser keeps;
    std::vector<Line> lines;
    std::size_t answers = 0;
    for (std::int64_t id = 1; id <= 400; ++id) {
        if (lines.size() >= 64) lines.erase(lines.begin(), lines.begin() + 32);
        if (id % 17 == 0 && !lines.empty()) lines[chance() % lines.size()].text = "never mind";
        if (id % 23 == 0 && !lines.empty()) lines[chance() % lines.size()].author = "zoe";
        if (id % 41 == 0) lines.pop_back();
        Line line = invented_line(chance, id, 1'000'000 + id * 20);
        const std::vector<Placed> earlier = placed(lines);
        const Placed now{0, line.author, line.text, line.at, 0};
        const std::int64_t channel = id % 29 == 0 ? 2 : 1;
        const Guess guess = keeps.guess(channel, earlier, now);
        const Guess afresh = Guesser{}.guess(9, earlier, now);
        REQUIRE(guess.parent == afresh.parent);
        REQUIRE(guess.confidence == afresh.confidence);
        answers += guess.parent != 0 ? 1 : 0;
        if (id % 13 == 0) continue;  // it was never kept
        line.parent = guess.parent;
        lines.push_back(line);
    }
    CHECK(answers > 100);
}

TEST_CASE("several threads may guess at once, in the same channel and in others") {
    std::mt19937 chance{3};  // NOLINT: the same each time
    std::vector<Line> lines;
    for (std::int64_t id = 1; id <= 40; ++id) {
        lines.push_back(invented_line(chance, id, 1'000'000 + id * 20));
        lines.back().parent = id / 2;
    }
    const std::vector<Placed> earlier = placed(lines);
    const Placed now{0, "ana", "bob: the disk works, thanks", 1'001'000, 0};
    const Guess once = Guesser{}.guess(1, earlier, now);
    const Guesser guesser;
    std::atomic<int> different = 0;
    std::vector<std::thread> threads;
    for (std::int64_t thread = 0; thread < 4; ++thread)
        threads.emplace_back([&, thread] {
            for (std::int64_t i = 0; i < 50; ++i) {
                const Guess guess = guesser.guess(thread * i % 3, earlier, now);
                if (guess.parent != once.parent || guess.confidence != once.confidence) ++different;
            }
        });
    for (std::thread& one : threads) one.join();
    CHECK(different == 0);
}

TEST_CASE("more channels than are kept, and more messages than are looked at") {
    const Model model = previous_model();
    Guesser guesser{&model};
    std::vector<Line> lines;
    for (std::int64_t id = 1; id <= 3 * window; ++id)
        lines.push_back({id, id % 2 == 0 ? "ana" : "bob", "hello", 1'000'000 + id, id - 1});
    for (std::int64_t channel = 1; channel <= std::int64_t(3 * Guesser::most_channels); ++channel)
        CHECK(guesser.guess(channel, placed(lines), {0, "ana", "hello", 2'000'000, 0}).parent == 3 * window);
    CHECK(guesser.guess(1, {}, {0, "ana", "hello", 1, 0}).parent == 0);
    CHECK(guesser.guess(1, {}, {0, "", "", 0, 0}).parent == 0);
}

}  // namespace rapport::links::test
