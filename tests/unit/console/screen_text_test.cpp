#include "adapters/console/screen_text.hpp"

#include "support/catch.hpp"

using namespace rapport::console;

namespace {

std::string tamed(std::string_view text) {
    return tame(text, Breaks::keep);
}

}  // namespace

TEST_CASE("nothing from outside can act on a terminal") {
    const auto [text, expected] = GENERATE(table<std::string, std::string>({
        {"plain \xC3\xA9 \xE6\xBC\xA2", "plain \xC3\xA9 \xE6\xBC\xA2"},
        {"\x1b[2J\x1b]0;title\x07", "\xEF\xBF\xBD[2J\xEF\xBF\xBD]0;title\xEF\xBF\xBD"},
        {"a\x08\x08"
         "b\x7F",
         "a\xEF\xBF\xBD\xEF\xBF\xBD"
         "b\xEF\xBF\xBD"},
        {"csi \xC2\x9B"
         "31m",
         "csi \xEF\xBF\xBD"
         "31m"},
        {std::string("nul\0x", 5), "nul\xEF\xBF\xBDx"},
        {"bad \xFF\xC3(", "bad \xEF\xBF\xBD\xEF\xBF\xBD("},
        {"pay \xE2\x80\xAE"
         "001$\xE2\x80\xAC",
         "pay 001$"},
        {"\xE2\x81\xA6iso\xE2\x81\xA9\xE2\x81\xA8", "iso"},
        {"\xE2\x80\x8E\xE2\x80\x8F\xD8\x9C"
         "marks",
         "marks"},
        {"a\xE2\x80\x8B"
         "d\xE2\x81\xA0m\xEF\xBB\xBFi\xC2\xADn",
         "admin"},
        {"ad\xE2\x80\x8Dmin \xE2\x80\x8C!", "admin !"},
        {"tag\xF3\xA0\x81\xA1", "tag"},
        {"one\r\ntwo\rthree\xE2\x80\xA8"
         "four",
         "one\ntwo\nthree\nfour"},
        {"a\tb", "a b"},
        {"\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x92\xBB", "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x92\xBB"},
        {"\xD9\x85\xDB\x8C\xE2\x80\x8C\xD8\xAE", "\xD9\x85\xDB\x8C\xE2\x80\x8C\xD8\xAE"},
    }));
    CAPTURE(text);
    CHECK(tamed(text) == expected);
    CHECK(tamed(expected) == expected);
}

TEST_CASE("no control byte is left of any byte sequence") {
    std::uint32_t seed = 7;
    for (int round = 0; round < 300; ++round) {
        std::string text;
        for (int i = 0; i < 40; ++i) text += static_cast<char>((seed = seed * 1664525 + 1013904223) >> 24);
        const std::string out = tame(text, Breaks::join);
        for (std::size_t i = 0; i < out.size(); ++i) {
            const auto byte = static_cast<unsigned char>(out[i]);
            CHECK((byte >= 0x20 && byte != 0x7F));
            if (byte == 0xC2) CHECK(static_cast<unsigned char>(out[i + 1]) >= 0xA0);
        }
    }
}

TEST_CASE("line breaks are joined where one line is wanted, and marks do not pile up") {
    CHECK(tame("a\nb\r\nc", Breaks::join) == "a b c");
    std::string zalgo = "z";
    for (int i = 0; i < 50; ++i) zalgo += "\xCC\x81";
    CHECK(tame(zalgo, Breaks::keep).size() == 1 + 4 * 2);
}

TEST_CASE("columns are counted as a terminal shows them") {
    CHECK(columns("abc") == 3);
    CHECK(columns("\xE6\xBC\xA2\xE5\xAD\x97") == 4);
    CHECK(columns("e\xCC\x81") == 1);
    CHECK(columns("\xF0\x9F\x98\x80") == 2);
    CHECK(columns("\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x92\xBB") == 2);
    CHECK(columns("") == 0);
}

TEST_CASE("a text is cut between graphemes and says so") {
    CHECK(fit("short", 5) == "short");
    CHECK(fit("longer", 5) == "long\xE2\x80\xA6");
    CHECK(fit("\xE6\xBC\xA2\xE5\xAD\x97\xE6\xBC\xA2", 4) == "\xE6\xBC\xA2\xE2\x80\xA6");
    CHECK(fit("\xE6\xBC\xA2\xE5\xAD\x97\xE6\xBC\xA2", 5, "") == "\xE6\xBC\xA2\xE5\xAD\x97");
    CHECK(fit("cafe\xCC\x81s", 4, "") == "cafe\xCC\x81");
    CHECK(fit("abcdef", 4, "...") == "a...");
    CHECK(fit("abc", 0) == "");
}

TEST_CASE("lines break at spaces where there are any") {
    using Lines = std::vector<std::string>;
    CHECK(wrap("the quick brown fox", 10, 9) == Lines{"the quick", "brown fox"});
    CHECK(wrap("0123456789abc", 10, 9) == Lines{"0123456789", "abc"});
    CHECK(wrap("one\n\ntwo", 10, 9) == Lines{"one", "", "two"});
    CHECK(wrap("a b c d e f", 3, 2) == Lines{"a b", "c\xE2\x80\xA6"});
    CHECK(wrap("", 10, 9) == Lines{""});
    CHECK(wrap("\xE6\xBC\xA2\xE5\xAD\x97", 2, 9) == Lines{"\xE6\xBC\xA2", "\xE5\xAD\x97"});
    for (const std::string& line : wrap(std::string(500, 'x') + " y \xF0\x9F\x98\x80 z", 7, 100))
        CHECK(columns(line) <= 7);
}

TEST_CASE("without UTF-8 every foreign grapheme is one question mark") {
    CHECK(to_ascii("caf\xC3\xA9 \xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x92\xBB\xE2\x80\xA6") == "caf? ?...");
}
