// Topics by examples, groups, the model's file and its training.

#include <set>
#include <sstream>

#include "bot/topics/chance.hpp"
#include "bot/topics/classifier.hpp"
#include "bot/topics/clusters.hpp"
#include "bot/topics/measure.hpp"
#include "bot/topics/rows.hpp"
#include "bot/topics/train.hpp"
#include "support/catch.hpp"

using namespace rapport::topics;

namespace {

/// Titles of three gardens: each has words of its own, some are everybody's.
std::vector<Example> gardens(std::size_t count) {
    const std::vector<std::vector<std::string>> own{{"rose", "petal", "thorn", "blossom"},
                                                    {"carrot", "radish", "beetroot", "harvest"},
                                                    {"apple", "orchard", "cider", "pruning"}};
    const std::vector<std::string> names{"flowers", "vegetables", "fruit"};
    const std::vector<std::string> all{"watering", "garden", "soil", "how", "spring", "when"};
    std::mt19937 chance{3};  // NOLINT: the same each time
    std::vector<Example> examples;
    for (std::size_t i = 0; i < count; ++i) {
        std::string text;
        for (int word = 0; word < 3; ++word) text += own[i % 3][chance() % 4] + " " + all[chance() % 6] + " ";
        examples.push_back({text, names[i % 3]});
    }
    return examples;
}

std::vector<std::string> texts_of(const std::vector<Example>& examples) {
    std::vector<std::string> texts;
    for (const Example& one : examples) texts.push_back(one.text);
    return texts;
}

template <class Read>
std::string mistake_of(const std::string& text, Read read) {
    std::istringstream in{text};
    const auto result = read(in, "mine.jsonl");
    return result ? "" : result.error().what;
}

}  // namespace

TEST_CASE("a few examples define a topic") {
    const auto examples = gardens(30);
    const Classifier classifier{examples};
    CHECK(classifier.topics().size() == 3);
    CHECK(classifier.predict("When do I prune the orchard?").topic == "fruit");
    CHECK(classifier.predict("radishes in spring").topic == "vegetables");
    const Prediction rose = classifier.predict("rose petals, thorns and blossoms");
    CHECK(rose.topic == "flowers");
    CHECK(rose.score > 0.5);
    CHECK(rose.score <= 1);
    CHECK(accuracy(gardens(300), classifier) > 0.97);
}

TEST_CASE("what no example has, or what is not likely enough, is unknown") {
    const auto examples = gardens(30);
    CHECK(Classifier{examples}.predict("quantum chromodynamics").topic.empty());
    CHECK(Classifier{examples}.predict("").topic.empty());
    CHECK(Classifier{examples, 1, 1.0}.predict("rose garden carrot").topic.empty());
    CHECK(Classifier{std::vector<Example>{}}.predict("rose").topic.empty());
    const std::vector<Example> one{{"rose", "flowers"}};
    CHECK(Classifier{one}.topics().size() == 1);
    CHECK_NOTHROW(Classifier{one}.predict("rose"));
}

TEST_CASE("more topics than can be held are left out, not an error") {
    std::vector<Example> many;
    for (std::size_t i = 0; i < Classifier::most_topics + 50; ++i)
        many.push_back({"word" + std::to_string(i), "topic" + std::to_string(i)});
    CHECK(Classifier{many}.topics().size() == Classifier::most_topics);
}

TEST_CASE("like texts come into one group, and a group is named by its words") {
    const auto examples = gardens(120);
    const auto texts = texts_of(examples);
    const Clusters groups = cluster(texts, 3, 1);
    const GroupFigures figures = group_figures(examples, groups);
    CHECK(figures.accuracy > 0.9);
    CHECK(figures.information > 0.7);
    CHECK(groups.names.size() == 3);
    for (const auto& names : groups.names) CHECK_FALSE(names.empty());
    CHECK(cluster(texts, 3, 1).group == groups.group);
}

TEST_CASE("groups of nothing, of one text, of more groups than texts") {
    CHECK(cluster({}, 3, 1).group.empty());
    const std::vector<std::string> one{"a rose"};
    CHECK(cluster(one, 3, 1).group == std::vector<std::size_t>{0});
    const std::vector<std::string> same{"a rose", "a rose", "a rose", ""};
    const Clusters groups = cluster(same, most_groups, 1);
    CHECK(groups.group.size() == 4);
    for (const std::size_t group : groups.group) CHECK(group < groups.names.size());
    CHECK(group_figures({}, cluster({}, 3, 1)).accuracy == 0);
}

TEST_CASE("a perfect grouping under other numbers is perfect, and everything in one group says nothing") {
    const auto examples = gardens(30);
    Clusters groups;
    for (std::size_t i = 0; i < examples.size(); ++i) groups.group.push_back((i + 1) % 3);
    groups.names.resize(3);
    CHECK(group_figures(examples, groups).accuracy == Approx(1));
    CHECK(group_figures(examples, groups).information == Approx(1));
    groups.group.assign(examples.size(), 0);
    CHECK(group_figures(examples, groups).accuracy == Approx(1.0 / 3));
    CHECK(group_figures(examples, groups).information == Approx(0).margin(1e-9));
}

TEST_CASE("training gives the same bytes each time, and its file says what it was given") {
    const auto titles = gardens(120);
    const std::vector<std::string> ordinary{"how are you", "i like my garden", "the soil"};
    Weights weights = train(titles, ordinary, 1);
    weights.provenance = "Invented \"gardens\".";
    const std::string file = to_json(weights);
    Weights again = train(titles, ordinary, 1);
    again.provenance = weights.provenance;
    CHECK(to_json(again) == file);
    const auto read = from_json(file);
    REQUIRE(read);
    CHECK(to_json(*read) == file);
    CHECK(read->provenance == weights.provenance);
}

TEST_CASE("a file of weights that is none, or another one, is refused with the way out") {
    const std::string file = to_json(shipped_weights());
    REQUIRE(from_json(file));
    for (const std::string& bad :
         {std::string{}, std::string{"{}"}, std::string{"[]"}, file.substr(0, file.size() / 2)}) {
        const auto read = from_json(bad);
        REQUIRE_FALSE(read);
        CHECK(read.error().what.find("rapport train") != std::string::npos);
    }
    std::string other = file;
    other.replace(other.find("topics 1"), 8, "topics 9");
    CHECK_FALSE(from_json(other));
}

TEST_CASE("examples are read line by line, and a bad line is named") {
    std::istringstream in{
        "{\"text\":\"a rose\",\"topic\":\"flowers\"}\n\n{\"text\":\"b\",\"topic\":\"c\",\"x\":1}\n"};
    const auto read = read_examples(in, "mine.jsonl");
    REQUIRE(read);
    CHECK(read->size() == 2);
    CHECK(read->front().topic == "flowers");
    for (const char* bad :
         {"{\"text\":\"a\",\"topic\":\"b\"}\n{\"text\":\"a\"}\n", "{\"text\":\"a\",\"topic\":\"b\"}\nno\n"})
        CHECK(mistake_of(bad, read_examples).find("mine.jsonl:2") != std::string::npos);
    std::istringstream texts{"{\"text\":\"a\"}\n{\"id\":1}\n"};
    CHECK(read_texts(texts, "mine.jsonl")->size() == 1);
    CHECK(mistake_of("[", read_texts).find("mine.jsonl:1") != std::string::npos);
}

TEST_CASE("chance is a dealing of all, each once") {
    std::mt19937 random{1};  // NOLINT: the same each time
    std::vector<int> order{1, 2, 3, 4, 5};
    shuffle(order, random);
    CHECK(std::set<int>(order.begin(), order.end()).size() == 5);
    for (int i = 0; i < 100; ++i) {
        const double one = fraction(random);
        CHECK(one >= 0);
        CHECK(one < 1);
    }
}

TEST_CASE("rows keep what three texts have, and reduced rows have length one or none") {
    const std::vector<std::string> texts{"rose thorn", "rose thorn", "rose", "once", ""};
    const Rows rows = rows_of(texts);
    REQUIRE(rows.words.size() == 1);
    CHECK(rows.words.front() == "rose");
    CHECK(rows.texts.front() == 3);
    CHECK(rows.all[3].empty());
    std::mt19937 random{1};  // NOLINT: the same each time
    for (const auto& row : reduced(rows, 2, random)) {
        double length = 0;
        for (const float number : row) length += double(number) * double(number);
        CHECK((length == Approx(0).margin(1e-6) || length == Approx(1).epsilon(1e-4)));
    }
}
