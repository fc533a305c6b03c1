#include "rules/fold.hpp"
#include "rules/lexer.hpp"
#include "rules/utf8.hpp"
#include "rules_support.hpp"

namespace rapport::rules {

using namespace std::chrono_literals;

TEST_CASE("durations are read and written") {
    CHECK(parse_duration("30s") == 30s);
    CHECK(parse_duration("1h30m") == 90min);
    CHECK(parse_duration("1h 30m") == 90min);
    CHECK(parse_duration("2w") == 14 * 24h);
    CHECK(parse_duration("3660d") == 3660 * 24h);
    for (const std::string_view bad :
         {"", "5", "h", "-5m", "5 m", "5y", "1.5h", "3661d", "99999999999999999999w", "1h30", "30500568905w"})
        CHECK_FALSE(parse_duration(bad).has_value());
    CHECK(to_text(Duration{0}) == "0s");
    CHECK(to_text(Duration{90min}) == "1h 30m");
    CHECK(to_text(Duration{15 * 24h + 5s}) == "2w 1d 5s");
    CHECK(to_text(Duration{-2h}) == "-2h");
    CHECK(to_text(Duration{999}) == "0s");
}

TEST_CASE("numbers are read strictly") {
    CHECK(parse_number("12") == 12);
    CHECK(parse_number("-1.5") == -1.5);
    for (const std::string_view bad : {"", "1e5", "nan", "-nan", "inf", "-inf", "1,5", "+3", "0x10", "12 ",
                                       "1e999", "99999999999999999999"})
        CHECK_FALSE(parse_number(bad).has_value());
}

TEST_CASE("folding takes away case and accents and leaves all else") {
    CHECK(fold("Straße ÉCOLE Ñandú Ægir Łódź Œuvre ĳ Þór") ==
          "strasse ecole nandu aegir lodz oeuvre ij thor");
    CHECK(fold("e\u0301a") == "ea");
    CHECK(fold("ΆΛΦΑ Ωμέγας ΠΡΟΣ") == "αλφα ωμεγασ προσ");
    CHECK(fold("МОСКВА Ёлка Ђорђе") == "москва елка ђорђе");
    CHECK(fold("\u212Aelvin \u017Fun \u212B \u2126") == "kelvin sun a ω");
    CHECK(fold("日本 × ÷ 🎉") == "日本 × ÷ 🎉");
    CHECK(fold("A\xFFz\xC3") == "a\xFFz\xC3");
    CHECK(is_folded("abc 12"));
    CHECK_FALSE(is_folded("aBc"));
    CHECK_FALSE(is_folded("é"));
}

TEST_CASE("folding is done code point by code point, so parts stay parts, and never grows") {
    for (char32_t c = 0x80; c < 0x3000; ++c) {
        if (c >= 0xD800 && c < 0xE000) continue;
        std::string one;
        if (c < 0x800)
            one = {static_cast<char>(0xC0 | c >> 6), static_cast<char>(0x80 | (c & 63))};
        else
            one = {static_cast<char>(0xE0 | c >> 12), static_cast<char>(0x80 | (c >> 6 & 63)),
                   static_cast<char>(0x80 | (c & 63))};
        REQUIRE(fold(one).size() <= one.size());
        REQUIRE(fold(fold(one)) == fold(one));
        REQUIRE(fold("x" + one + "Y" + one) == "x" + fold(one) + "y" + fold(one));
        REQUIRE(find_invalid_utf8(fold(one)) == std::string_view::npos);
    }
}

TEST_CASE("invalid UTF-8 is found where it is") {
    CHECK(find_invalid_utf8("aé日🎉") == std::string_view::npos);
    for (const std::string_view bad :
         {"ab\xC0\x80", "ab\xED\xA0\x80", "ab\xF5\x80\x80\x80", "ab\xE2\x82", "ab\x80"})
        CHECK(find_invalid_utf8(bad) == 2);
    CHECK(cut("aé", 2) == "a");
    CHECK(cut("aé", 3) == "aé");
}

TEST_CASE("facts give back what was put in, and know what was not") {
    Facts facts;
    for (const FactInfo& row : vocabulary()) CHECK_FALSE(facts.known(row.fact));
    facts.set(Fact::person_name, "José");
    facts.set(Fact::person_role, std::vector<std::string>{"Champion", "été"});
    facts.set(Fact::person_known_for, 36h);
    facts.set(Fact::person_depth, Level::close);
    facts.set(Fact::message_kind, "praise");
    facts.set(Fact::person_bot, false);
    facts.set(Fact::message_sentiment, -1.5);
    facts.add(Fact::message_topics, "a");
    facts.set(Fact::person_platforms, "slack");
    facts.add(Fact::message_topics, "b");

    const Facts copy = facts;
    facts.clear();
    CHECK_FALSE(facts.known(Fact::person_name));
    CHECK(copy.get(Fact::person_name) == Value{std::string{"José"}});
    CHECK(copy.folded(Fact::person_name) == "jose");
    CHECK(copy.get(Fact::person_role) == Value{std::vector<std::string>{"Champion", "été"}});
    CHECK(copy.get(Fact::person_known_for) == Value{Duration{36h}});
    CHECK(copy.get(Fact::person_depth) == Value{std::string{"close"}});
    CHECK(copy.get(Fact::message_kind) == Value{std::string{"praise"}});
    CHECK(copy.get(Fact::person_bot) == Value{false});
    CHECK(copy.get(Fact::message_sentiment) == Value{-1.5});
    CHECK(copy.get(Fact::message_topics) == Value{std::vector<std::string>{"a", "b"}});
    CHECK(copy.get(Fact::person_platforms) == Value{std::vector<std::string>{"slack"}});
    CHECK(copy.get(Fact::person_reach) == Value{});
}

TEST_CASE("a value of a wrong type leaves the fact unknown") {
    Facts facts;
    facts.set(Fact::person_bot, 3);
    facts.set(Fact::person_reach, true);
    facts.set(Fact::person_tie, std::numeric_limits<double>::quiet_NaN());
    facts.set(Fact::message_kind, "nonsense");
    facts.set(Fact::conversation_waiting, 5);
    facts.add(Fact::person_name, "x");
    facts.set(Fact::person_handle, 4);
    for (const FactInfo& row : vocabulary()) CHECK_FALSE(facts.known(row.fact));
    facts.set(Fact::message_kind, "praise");
    facts.set(Fact::message_kind, "nonsense");
    CHECK_FALSE(facts.known(Fact::message_kind));
}

TEST_CASE("values read well") {
    CHECK(to_text(Value{}) == "unknown");
    CHECK(to_text(Value{true}) == "yes");
    CHECK(to_text(Value{1e6}) == "1000000");
    CHECK(to_text(Value{-2.5}) == "-2.5");
    CHECK(to_text(Value{std::string{}}) == "\"\"");
    CHECK(to_text(Value{std::vector<std::string>{"a", "b"}}) == "[a, b]");
    const std::string cut_text = to_text(Value{std::string(119, 'x') + "éé"});
    CHECK(cut_text == std::string(119, 'x') + "...");
}

}  // namespace rapport::rules
