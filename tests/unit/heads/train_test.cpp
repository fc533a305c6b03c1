#include "bot/heads/train.hpp"

#include <sstream>

#include <set>
#include "bot/heads/figures.hpp"

#include "support/catch.hpp"

using namespace rapport;
using namespace rapport::heads;

namespace {

std::vector<Example> examples(const std::string& lines) {
    std::istringstream in{lines};
    Extractor extractor;
    return with_features(read_labelled(in, "invented.jsonl").value(), extractor);
}

/// `line` with N replaced, `times` times.
std::string times(int times, const std::string& line) {
    std::string all;
    for (int i = 0; i < times; ++i) {
        std::string one = line;
        one.replace(one.find('N'), 1, std::to_string(i));
        all += one + "\n";
    }
    return all;
}

Material invented() {
    Material material;
    material.emotions = examples(times(20, R"({"text":"thank you so much N","labels":["gratitude"]})") +
                                 times(20, R"({"text":"this is awful N","labels":["anger"]})") +
                                 times(20, R"({"text":"the train leaves at N","labels":["neutral"]})"));
    material.messages = examples(times(20, R"({"text":"WIN cash now, call N","spam":1})") +
                                 times(20, R"({"text":"see you at N","spam":0})"));
    material.tweets = examples(times(20, R"({"text":"lovely day N","gold":2.5})") +
                               times(20, R"({"text":"horrible day N","gold":-2.5})"));
    material.reviews = examples(times(20, R"({"text":"great product N","gold":3})") +
                                times(20, R"({"text":"useless product N","gold":-3})"));
    material.technical = examples(times(20, R"({"text":"nice answer N","label":"positive"})") +
                                  times(20, R"({"text":"ugly hack N","label":"negative"})") +
                                  times(20, R"({"text":"call the function N","label":"neutral"})"));
    material.support = examples(times(10, R"({"text":"how do I do N?","needs_reply":1})") +
                                times(10, R"({"text":"thanks N","needs_reply":0})"));
    return material;
}

const Learnt& learnt_once() {
    static const Learnt learnt = learn(invented(), 1);
    return learnt;
}

std::string mistake(const std::string& lines) {
    std::istringstream in{lines};
    const auto read = read_labelled(in, "a.jsonl");
    return read ? "" : read.error().what;
}

}  // namespace

TEST_CASE("the same messages and seed give the same weights, byte for byte") {
    const std::string once = to_json(learnt_once().weights);
    CHECK(to_json(learn(invented(), 1).weights) == once);
    CHECK(to_json(learn(invented(), 2).weights) != once);
}

TEST_CASE("what is plain is learnt, and figures are given for each task") {
    const Weights& weights = learnt_once().weights;
    Extractor extractor;
    Features features;
    const auto sums = [&](std::string_view text) {
        extractor.extract(text, features);
        return sums_of(weights, features);
    };
    CHECK(sureness(weights, sums("thank you so much, all of you"), Head::gratitude) >= 0.5F);
    CHECK(sureness(weights, sums("the train leaves at noon"), Head::gratitude) < 0.5F);
    CHECK(sureness(weights, sums("WIN cash now, call 99"), Head::spam) >= 0.5F);
    CHECK(sureness(weights, sums("see you at home"), Head::spam) < 0.5F);
    const Sums glad = sums("lovely day today");
    CHECK(sentiment_of(weights, features, glad) > 0.5F);
    const Sums sad = sums("horrible day today");
    CHECK(sentiment_of(weights, features, sad) < -0.5F);
    std::set<std::string> tasks;
    for (const Figure& one : learnt_once().figures) tasks.insert(one.task);
    CHECK(tasks ==
          std::set<std::string>{"gratitude", "complaint", "pleased", "spam", "sentiment", "needs reply"});
}

TEST_CASE("weights are the same after writing and reading") {
    const std::string text = to_json(learnt_once().weights);
    const auto back = from_json(text);
    REQUIRE(back);
    CHECK(to_json(*back) == text);
    CHECK(back->rows == learnt_once().weights.rows);
}

TEST_CASE("weights that are none are refused with words") {
    const std::string good = to_json(learnt_once().weights);
    const auto refused = [&](std::string_view from, std::string_view to) {
        std::string bad = good;
        const std::size_t at = bad.find(from);
        REQUIRE(at != std::string::npos);
        bad.replace(at, from.size(), to);
        const auto read = from_json(bad);
        return read ? std::string{} : read.error().what;
    };
    CHECK_THAT(from_json("").error().what, ContainsSubstring("no JSON object"));
    CHECK_THAT(from_json("[]").error().what, ContainsSubstring("no JSON object"));
    CHECK_THAT(refused("reading 1", "reading 0"), ContainsSubstring("its kind is not \"reading 1\""));
    CHECK_THAT(refused("\"heads\"", "\"hats\""), ContainsSubstring("it has no heads"));
    CHECK_THAT(refused("\"spam\"", "\"ham\""), ContainsSubstring("there is no head for spam"));
    CHECK_THAT(refused("\"traits\": [", "\"traits\": [1,"), ContainsSubstring("is incomplete"));
    CHECK_THAT(refused("\"says_little\"", "\"little\""),
               ContainsSubstring("there is no weight for says_little"));
    CHECK_THAT(refused("\"hidden\": 20", "\"hidden\": 21"),
               ContainsSubstring("a net for sentiment is incomplete"));
    CHECK_THAT(refused("\"hidden\": 20", "\"hidden\": 2000000000"), ContainsSubstring("a net for sentiment"));
    CHECK_THAT(refused("\"sentiment\": [", "\"sentiments\": ["), ContainsSubstring("no nets for sentiment"));
    CHECK_THAT(refused("\"rows\": [\n    \"", "\"rows\": [\n    \"AAAA"), ContainsSubstring("its rows"));
    CHECK_THAT(refused("\"rows\": [\n    \"", "\"rows\": [\n    \"!"), ContainsSubstring("its rows"));
}

TEST_CASE("labelled lines that are none are refused with file and line") {
    CHECK(mistake("{\"text\":\"a\",\"spam\":1}\n\n{\"text\":\"b\",\"gold\":-1.5}\n").empty());
    CHECK(mistake("{\"text\":\"a\",\"spam\":1}\nno\n") == "a.jsonl:2: this is no JSON object.");
    CHECK(mistake("{\"spam\":1}\n") == "a.jsonl:1: there is no \"text\".");
    CHECK(mistake("{\"text\":\"a\"}\n") == "a.jsonl:1: there is no label.");
    CHECK(mistake("{\"text\":\"a\",\"spam\":\"yes\"}\n") == "a.jsonl:1: there is no label.");
}

TEST_CASE("figures are counted right") {
    const std::vector<float> scores{0.9F, 0.8F, 0.7F, 0.3F, 0.2F};
    const std::vector<bool> truth{true, false, true, false, false};
    const Counts counts = counted_from(scores, truth, 0.5F);
    CHECK(counts.precision() == Approx(2.0 / 3));
    CHECK(counts.recall() == 1);
    CHECK(counts.f1() == Approx(0.8));
    CHECK(counts.macro_f1() == Approx(0.8));
    CHECK(counts.lost() == Approx(1.0 / 3));
    CHECK(area_under_curve(scores, truth) == Approx(5.0 / 6));
    const std::vector<float> same{1, 1, 1, 0};
    CHECK(area_under_curve(same, {true, false, true, false}) == Approx(3.0 / 4));
    CHECK(area_under_curve(same, {false, true, true, false}) == Approx(3.0 / 4));
    CHECK(best_least(scores, truth) == Approx(0.5));
    CHECK(best_least(scores, truth, 0) == Approx(0.85));
    CHECK(correlation(std::vector<float>{1, 2, 3}, std::vector<float>{2, 4, 6}) == Approx(1));
    CHECK(macro_f1_of_three(std::vector<int>{1, 0, -1, 1}, std::vector<int>{1, 0, -1, 0}) ==
          Approx((2.0 / 3 + 2.0 / 3 + 1) / 3));
}
