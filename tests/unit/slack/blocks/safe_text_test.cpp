#include "adapters/slack/blocks/safe_text.hpp"

#include "support/catch.hpp"

namespace rapport::slack::blocks {

TEST_CASE("tame: what nobody can see is gone and what scripts and emoji need stays") {
    CHECK(tame("a\u200Bb\u202Ec\u2066d\u200Ee", Lines::keep) == "abcde");
    CHECK(tame("a\u200Db", Lines::keep) == "ab");
    CHECK(tame("👩\u200D💻 and 👩\uFE0F\u200D💻", Lines::keep) == "👩\u200D💻 and 👩\uFE0F\u200D💻");
    CHECK(tame("👩\u200D\u200D\u200D💻", Lines::keep) == "👩\u200D💻");
    CHECK(tame("می\u200Cخواهم", Lines::keep) == "می\u200Cخواهم");
    CHECK(tame("🏴\U000E0067\U000E0062\U000E007F", Lines::keep) == "🏴\U000E0067\U000E0062\U000E007F");
    CHECK(tame("x\U000E0067\U000E0062y", Lines::keep) == "xy");
    CHECK(tame("Z\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301!", Lines::keep) ==
          "Z\u0301\u0301\u0301\u0301!");
}

TEST_CASE("tame: bytes that are not UTF-8 and control characters do no harm") {
    CHECK(tame("a\xFF"
               "b",
               Lines::keep) == "a\uFFFDb");
    CHECK(tame(std::string_view{"a\0b\x1B[31mc", 9}, Lines::keep) == "ab[31mc");
    CHECK(tame("\xED\xA0\x80", Lines::keep) == "\uFFFD\uFFFD\uFFFD");
    CHECK(tame("one\r\ntwo\rthree\u2028four", Lines::keep) == "one\ntwo\nthree\nfour");
    CHECK(tame("one\r\ntwo\tthree", Lines::join) == "one two three");
    CHECK(tame(" \n\u200B\u3164 ", Lines::keep).empty());
}

TEST_CASE("editable: only what JSON or Slack could not hold is taken away") {
    CHECK(editable("a\u200Fb\n c") == "a\u200Fb\n c");
    CHECK(editable("a\x01\xFF") == "a\uFFFD");
}

TEST_CASE("escape: and-signs first, and nobody is called") {
    CHECK(escape("a & b < c > d") == "a &amp; b &lt; c &gt; d");
    CHECK(escape("&lt;!channel&gt;") == "&amp;lt;!channel&amp;gt;");
    CHECK(escape("<!channel>") == "&lt;!channel&gt;");
    CHECK(escape("@here") == "@\u200Bhere");
    CHECK(escaped_length("&<>@a") == length(escape("&<>@a")));
}

TEST_CASE("cut: on graphemes, by code points") {
    CHECK(cut("abcdef", 6) == "abcdef");
    CHECK(cut("abcdefg", 6) == "abcde…");
    CHECK(cut("ab👩\u200D💻cd", 4) == "ab…");
    CHECK(cut("abcdefghe\u0301xyz", 10) == "abcdefgh…");
    CHECK(length(cut(std::string(1000, 'x'), 71)) == 71);
    CHECK(cut("a ñ", 0).empty());
    std::string family;
    for (int i = 0; i < 500; ++i) family += "👩\u200D";
    CHECK(length(cut(family, 100)) <= 100);
    CHECK(length(cut(family, 100)) > 90);
}

TEST_CASE("cut_for_escape: what is escaped afterwards still fits") {
    const std::string text(1000, '&');
    CHECK(length(escape(cut_for_escape(text, 100))) <= 100);
    CHECK(cut_for_escape("short & sweet", 100) == "short & sweet");
}

TEST_CASE("cut_and_tell: says how much is left out") {
    CHECK(cut_and_tell(std::string(40'000, 'x'), 1500) ==
          std::string(1469, 'x') + "… (38,531 more characters)");
    CHECK(cut_and_tell("short", 1500) == "short");
}

TEST_CASE("split: at line ends and blanks, and nothing is lost before the last piece") {
    const std::string words = "one two three four five six";
    CHECK(split(words, 10, 9) == std::vector<std::string>{"one two", "three", "four five", "six"});
    CHECK(split("first line\nsecond line", 14, 9) == std::vector<std::string>{"first line", "second line"});
    CHECK(split(std::string(25, 'x'), 10, 9).size() == 3);
    const auto pieces = split(std::string(1000, 'x'), 100, 3);
    REQUIRE(pieces.size() == 3);
    CHECK_THAT(pieces.back(), ContainsSubstring("more characters)"));
    CHECK(split("", 10, 3).empty());
}

TEST_CASE("isolated: only what runs from right to left") {
    CHECK(isolated("Dana") == "Dana");
    CHECK(isolated("שלום") == "\u2068שלום\u2069");
    CHECK(isolated("العربية") == "\u2068العربية\u2069");
}

}  // namespace rapport::slack::blocks
