#include "adapters/replay/utf8.hpp"

#include "support/catch.hpp"

using namespace rapport::replay;

TEST_CASE("bytes that are not UTF-8 are found where they stand") {
    CHECK_FALSE(first_invalid_utf8("plain, \xC3\xA9, \xF0\x9F\x98\x80"));
    CHECK(first_invalid_utf8("ab\xFFz") == 2);
    CHECK(first_invalid_utf8("\xC0\xAF") == 0);          // An overlong '/'.
    CHECK(first_invalid_utf8("x\xED\xA0\x80") == 1);     // A surrogate.
    CHECK(first_invalid_utf8("\xF4\x90\x80\x80") == 0);  // Beyond U+10FFFF.
    CHECK(first_invalid_utf8("ok\xE2\x82") == 2);        // Breaks off.
}

TEST_CASE("a text is cut between graphemes") {
    std::string text =
        "abcdef\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x92\xBB";  // "abcdef", woman + joiner + laptop: one sign.
    cut_to(text, 12);
    CHECK(text == "abcdef");
    text =
        "caf"
        "e\xCC\x81"
        "s";  // e and a combining accent.
    cut_to(text, 4);
    CHECK(text == "caf");
    text = "short";
    cut_to(text, 5);
    CHECK(text == "short");
}

TEST_CASE("a flood of combining marks is cut between code points instead of leaving nothing") {
    std::string text = "a";
    for (int i = 0; i < 100; ++i) text += "\xCC\x81";
    cut_to(text, 50);
    CHECK(text.size() == 49);
    CHECK_FALSE(first_invalid_utf8(text));
}
