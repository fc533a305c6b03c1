#include "bot/links/train.hpp"

#include <sstream>

#include "bot/links/lessons.hpp"
#include "bot/links/measure.hpp"
#include "bot/links/read_message.hpp"
#include "invented.hpp"
#include "support/catch.hpp"

namespace rapport::links::test {

namespace {

std::string mistake(const std::string& text) {
    ReadMarked read{"m.jsonl"};
    std::istringstream in{text};
    for (std::string line; std::getline(in, line);)
        if (const auto added = read.add(line); !added) return added.error().what;
    return "";
}

Training small() {
    Training settings;
    settings.rounds = 30;
    settings.parts = 1;
    settings.side_by_side = 2;
    return settings;
}

}  // namespace

TEST_CASE("two conversations at once are learned, and the same lessons give the same model") {
    const std::vector<Dialogue> lessons{two_pairs(12), two_pairs(9)};
    const Model model = train(lessons, small());
    const Dialogue unseen = two_pairs(10);
    const Measured measured = measure(unseen, find_links(unseen, model));
    CHECK(measured.links.f() > 0.9);
    CHECK(measured.exact.f() == 1);
    const Measured without = measure(unseen, find_links(unseen, previous_model()));
    CHECK(without.links.f() < 0.2);
    CHECK(to_json(train(lessons, small())) == to_json(model));
    Training other = small();
    other.seed = 2;
    CHECK(to_json(train(lessons, other)) != to_json(model));
}

TEST_CASE("a model survives its file") {
    const std::vector<Dialogue> lessons{two_pairs(12)};
    Training settings = small();
    settings.rounds = 1;
    settings.parts = 2;
    Model model = train(lessons, settings);
    model.provenance = "an invented garden";
    const std::string text = to_json(model);
    const auto back = from_json(text);
    REQUIRE(back);
    CHECK(to_json(*back) == text);
    CHECK(back->provenance == "an invented garden");
    CHECK(back->parts.size() == 2);
    CHECK(find_links(lessons[0], *back) == find_links(lessons[0], model));
}

TEST_CASE("a model file that cannot be used says why") {
    const std::string good = to_json(silent_model());
    REQUIRE(from_json(good));
    const auto without = [&](std::string_view part, std::string_view instead) {
        std::string text = good;
        text.replace(text.find(part), part.size(), instead);
        return text;
    };
    for (const std::string& bad :
         {std::string{}, std::string{"[]"}, std::string{"{}"}, without("links 1", "links 0"),
          without("\"parts\": [", "\"parts\": [3, "), without("\"weights\": \"", "\"weights\": \"AAAA"),
          without("\"weights\": \"AA", "\"weights\": \"**"), without("\"largest\"", "\"smallest\""),
          without("\"messages\": 9000", "\"messages\": -1"),
          without("\"learned_words\": 0", "\"learned_words\": 9"),
          without("\"words\": {", "\"words\": {\"a\": -1")}) {
        const auto read = from_json(bad);
        REQUIRE_FALSE(read);
        CHECK_THAT(read.error().what, ContainsSubstring("rapport train"));
    }
}

TEST_CASE("the model that is built in can be read") {
    CHECK_FALSE(shipped_model().parts.empty());
    CHECK_THAT(shipped_model().provenance, ContainsSubstring("CC BY"));
}

TEST_CASE("links and whole conversations are counted") {
    Dialogue dialogue = two_pairs(3);
    Found found;
    for (const Marked& line : dialogue.lines) found.push_back(line.parents[0]);
    CHECK(measure(dialogue, found).links.f() == 1);
    CHECK(measure(dialogue, found).exact.f() == 1);
    found[2] = 2;
    const Measured measured = measure(dialogue, found);
    CHECK(measured.links.right == 5);
    // Of the two conversations that are found to have two messages or more, one is whole.
    CHECK(measured.exact.right == 1);
    CHECK(measured.exact.said == 2);
    dialogue.lines[1].parents = {1, 0};
    CHECK(measure(dialogue, found).links.all == 7);
    CHECK(Counts{}.f() == 0);
}

TEST_CASE("who talks with whom is counted once for each two, by links and by names") {
    Dialogue dialogue;
    const auto add = [&](const char* author, const char* text, std::size_t parent) {
        const std::size_t index = dialogue.lines.size();
        dialogue.lines.push_back({says(std::to_string(index), author, text), {parent}});
    };
    add("ana", "hello", 0);
    add("bob", "Ana: hi", 0);
    add("ana", "BOB, how are you", 1);
    add("cleo", "good morning", 0);
    add("dan", "nobody: hi", 4);
    const Counts right = measure(dialogue, {0, 0, 1, 0, 4}).pairs;
    CHECK(right.all == 2);
    CHECK(right.f() == 1);
    const Counts by_name = measure(dialogue, {0, 1, 2, 3, 4}).pairs;
    CHECK(by_name.said == 1);
    CHECK(by_name.right == 1);
    const Counts wrong = measure(dialogue, {0, 0, 1, 1, 3}).pairs;
    CHECK(wrong.said == 3);
    CHECK(wrong.right == 1);
}

TEST_CASE("a thinned copy has whole conversations, with their links") {
    const Dialogue dialogue = two_pairs(20);
    CHECK(thinned(dialogue, 1000, 1).lines.size() == dialogue.lines.size());
    CHECK(thinned(dialogue, 0, 1).lines.empty());
    for (std::uint32_t seed = 1; seed < 20; ++seed) {
        const Dialogue thin = thinned(dialogue, 500, seed);
        CHECK(thin.lines.size() % 20 == 0);
        for (std::size_t i = 0; i < thin.lines.size(); ++i) {
            REQUIRE(thin.lines[i].parents.size() == 1);
            CHECK(thin.lines[i].parents[0] <= i);
        }
    }
}

TEST_CASE("annotated channels are read, and mistakes are told with their place") {
    ReadMarked read{"m.jsonl"};
    REQUIRE(read.add(R"({"id": "a:1", "channel": "c", "ts": "2024-05-01T09:30:05Z", "author": "ana",
                         "text": "hi", "parents": ["a:1"], "reply_to": "a:0"})"));
    REQUIRE(read.add(""));
    REQUIRE(read.add(R"({"id": "a:2", "ts": 12, "sys": 1, "parents": ["a:1", "a:9"]})"));
    REQUIRE(read.add(R"({"id": "b:1"})"));
    const std::vector<Dialogue> dialogues = read.done();
    REQUIRE(dialogues.size() == 2);
    CHECK(dialogues[0].name == "\"a");
    CHECK(dialogues[0].lines[0].message.at == 1714555805);
    CHECK(dialogues[0].lines[0].message.reply_to.empty());
    CHECK(dialogues[0].lines[0].parents == std::vector<std::size_t>{0});
    CHECK(dialogues[0].lines[1].message.notice);
    CHECK(dialogues[0].lines[1].parents == std::vector<std::size_t>{0});
    CHECK_FALSE(dialogues[1].lines[0].message.at);
    CHECK(mistake("{\"id\": 1}\nnonsense\n") == "m.jsonl:2: this is no JSON object.");
    CHECK(mistake("{\"author\": \"ana\"}\n") == "m.jsonl:1: a message needs \"id\".");
    CHECK_THAT(mistake("\"" + std::string(longest_line, 'a') + "\"\n"), ContainsSubstring("longer than"));
}

}  // namespace rapport::links::test
