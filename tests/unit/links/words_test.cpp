#include "bot/links/words.hpp"

#include "bot/links/packed.hpp"
#include "support/catch.hpp"

namespace rapport::links::test {

namespace {

Vocabulary some_words() {
    return {{{"the", 5000, false}, {"^how", 400, true}, {"how", 900, true}, {"me", 800, false}}, 9000};
}

std::vector<std::string> texts(std::string_view text) {
    std::vector<std::string> all;
    for (const Token& token : tokens_of(text)) all.push_back(token.text);
    return all;
}

}  // namespace

TEST_CASE("a text is cut into words, numbers, addresses, faces and marks") {
    CHECK(texts("how? see https://example.org/a :) 44411, it's.. ok") ==
          std::vector<std::string>{"how", "?", "see", "<url>", ":)", "0", ",", "it's", "..", "ok"});
    CHECK(texts("").empty());
    CHECK(tokens_of("12")[0].itself == 0);
    CHECK(tokens_of("44411")[0].itself == tokens_of("x 44411")[1].itself);
    CHECK(texts(std::string(100, 'a'))[0].size() == 24);
}

TEST_CASE("whom a text speaks to, and whom it names") {
    const Vocabulary vocabulary = some_words();
    Authors authors;
    const AuthorSlot ana = authors.find_or_add(hash_of("ana"), 0, 0);
    const AuthorSlot me = authors.find_or_add(hash_of("me"), 1, 0);
    const auto read = [&](std::string_view text) { return read_words(text, vocabulary, authors); };
    CHECK(read("Ana: how is it?").addressed == ana);
    CHECK(read("@ana, hello").target() == ana);
    CHECK(read("I think ana knows").addressed == nobody);
    CHECK(read("I think ana knows").names(ana));
    // A name that is an everyday word counts only where it plainly is a name.
    CHECK(read("tell me more").named_count == 0);
    CHECK(read("me: hello").addressed == me);
    CHECK(read("zoe: hello").addresses_unknown);
    CHECK_FALSE(read("http://example.org").addresses_unknown);
    CHECK(read("").length == 0);
    CHECK(read("How do roses grow").begins_like_question);
    CHECK(read("how").learned == std::vector<int>{0, 1});
    CHECK(read("bug 44411 and 44411").numbers.size() == 1);
    CHECK(read(std::string(100'000, '?')).has_question_mark);
}

TEST_CASE("rare words weigh more than common ones, and unknown ones most") {
    const Vocabulary vocabulary = some_words();
    CHECK(vocabulary.rarity(hash_of("the")) < vocabulary.rarity(hash_of("how")));
    CHECK(vocabulary.rarity(hash_of("how")) < vocabulary.rarity(hash_of("begonia")));
    CHECK(vocabulary.everyday(hash_of("me")));
    CHECK_FALSE(vocabulary.everyday(hash_of("begonia")));
    CHECK(vocabulary.learned_words() == 2);
}

TEST_CASE("authors are forgotten, the longest silent first, but none who is needed") {
    Authors authors;
    for (std::uint32_t name = 1; name <= std::uint32_t(Authors::most_authors); ++name)
        REQUIRE(authors.find_or_add(name, Number(name), 0) != nobody);
    CHECK(authors.find_or_add(9999, 600, 0) == nobody);
    const AuthorSlot first = authors.find(1);
    authors[authors.find(2)].partner = first;
    CHECK(authors.find_or_add(9999, 600, 100) == first);
    CHECK(authors.find(1) == nobody);
    CHECK(authors[authors.find(2)].partner == nobody);
    CHECK(authors.size() == std::size_t(Authors::most_authors));
}

TEST_CASE("weights are packed and unpacked, and what is no such text is refused") {
    for (const std::vector<std::int16_t>& values :
         {std::vector<std::int16_t>{}, {1}, {-1, 2}, {32767, -32768, 0}, {1, 2, 3, 4, -5}})
        CHECK(unpacked(packed(values)) == values);
    CHECK(packed(std::vector<std::int16_t>{0x4d61, 0x6e}) == "YU1uAA==");
    for (const char* bad : {"A", "AAA", "AA==", "A*A=", "AAAAAAA", "AAAB", "AB=="})
        CHECK_FALSE(unpacked(bad));
}

}  // namespace rapport::links::test
