#include "bot/topics/key_phrases.hpp"

#include <algorithm>

#include "support/catch.hpp"

using namespace rapport::topics;

namespace {

std::vector<std::string> texts_of(const std::vector<Phrase>& phrases) {
    std::vector<std::string> texts;
    for (const Phrase& one : phrases) texts.push_back(one.text);
    return texts;
}

bool has(const std::vector<std::string>& all, std::string_view one) {
    return std::find(all.begin(), all.end(), one) != all.end();
}

std::vector<std::string> words_of(std::string_view text) {
    const Terms terms = terms_of(text);
    std::vector<std::string> words;
    for (const Term& term : terms.all) words.emplace_back(terms.folded_of(term));
    return words;
}

}  // namespace

TEST_CASE("what a title is about stands among its best three phrases") {
    CHECK(has(key_phrases("How can I change the colour of a border in WPF?", 3), "wpf"));
    CHECK(has(key_phrases("Subversion: commit fails behind a proxy", 3), "svn"));
    CHECK(has(key_phrases("Sorting a list with LINQ", 3), "linq"));
}

TEST_CASE("words of programmers' signs are words, handles and links are none") {
    const auto words = words_of("@ana try c++ and C# on .NET, see https://example.org/linux");
    CHECK(has(words, "c++"));
    CHECK(has(words, "c#"));
    CHECK_FALSE(has(words, "ana"));
    CHECK_FALSE(has(words, "linux"));
}

TEST_CASE("forms of a word are one topic") {
    CHECK(key_of("proxies") == key_of("Proxy"));
    CHECK(key_of("visual-studio") == key_of("Visual Studio"));
    CHECK(key_of("visual studio") != key_of("studio visual"));
    CHECK(key_of("") == 0);
    CHECK(key_of("!?") == 0);
    const auto phrases = key_phrases("mirror mirrors mirroring", 5);
    CHECK(phrases.size() == 1);
}

TEST_CASE("a team's own words come first, under the name that it gave them") {
    Vocabulary team;
    REQUIRE(team.add("billing page", "Billing"));
    REQUIRE(team.add("invoice", "Billing"));
    const KeyPhrases phrases{shipped_weights(), &team};
    const auto found = phrases.find("The database dump has no Invoices in it", 5);
    REQUIRE_FALSE(found.empty());
    CHECK(found.front().text == "Billing");
    CHECK(found.front().score == 1);
    CHECK(phrases.find("on the billing pages, and the invoice", 5).front().key == key_of("billing"));
}

TEST_CASE("a vocabulary refuses what it could never find, and its first word stays") {
    Vocabulary team;
    CHECK_FALSE(team.add(""));
    CHECK_FALSE(team.add("one two three four five"));
    REQUIRE(team.add("rocket", "Rocket 1"));
    team.add("rockets", "Rocket 2");
    const Terms terms = terms_of("rocket");
    CHECK(team.longest(terms.all).name->text == "Rocket 1");
    CHECK(team.longest(terms_of("boat").all).words == 0);
}

TEST_CASE("any bytes, nothing at all, and a text that does not end") {
    CHECK(key_phrases("").empty());
    CHECK(key_phrases("\xff\xfe\x00 \xc3").size() <= 5);
    CHECK(key_phrases("the and of to").empty());
    std::string long_text;
    for (int i = 0; i < 100'000; ++i) long_text += "word" + std::to_string(i) + " ";
    CHECK(key_phrases(long_text, 5).size() <= 5);
    CHECK(terms_of(long_text).all.size() == most_terms);
    CHECK_FALSE(key_phrases("日本語の教科書とデータベース", 5).empty());
    CHECK(key_phrases("database", 0).empty());
}

TEST_CASE("best first: scores fall, and of the phrases none comes twice") {
    const KeyPhrases phrases{shipped_weights()};
    const auto found =
        phrases.find("Oracle or MySQL for a Drupal site, with Apache on Linux and a MySQL dump", 9);
    CHECK(std::is_sorted(found.begin(), found.end(),
                         [](const Phrase& a, const Phrase& b) { return a.score > b.score; }));
    auto texts = texts_of(found);
    std::sort(texts.begin(), texts.end());
    CHECK(std::adjacent_find(texts.begin(), texts.end()) == texts.end());
}

TEST_CASE("what a community speaks of is counted, and told only when there is enough of it") {
    Usage usage;
    for (int i = 0; i < 199; ++i) usage.add("our flux runs");
    CHECK_FALSE(usage.tells());
    usage.add("something else");
    CHECK(usage.tells());
    const Terms flux = terms_of("flux"), never = terms_of("nowhere");
    CHECK(usage.rate(flux.all.front().stem) == Approx(199.0 / 200));
    CHECK(usage.rate(never.all.front().stem) == 0);
}

TEST_CASE("counts of a community stay bounded, and the frequent ones survive") {
    Usage usage;
    for (std::size_t i = 0; i < Usage::most_words + 10; ++i)
        usage.add("gizmo only" + std::to_string(i) + "x");
    const Terms gizmo = terms_of("gizmo"), seldom = terms_of("only7x");
    CHECK(usage.rate(gizmo.all.front().stem) > 0.9);
    CHECK(usage.rate(seldom.all.front().stem) == 0);
}
