#include "adapters/slack/events/text.hpp"

#include <utf8proc.h>

#include <boost/json/parse.hpp>

#include "support/catch.hpp"

namespace rapport::slack::events {
namespace {

const Names names{
    [](const Id& id) { return std::string(id == "U1" ? "Ada Lovelace" : ""); },
    [](const Id& id) { return std::string(id == "C1" ? "general" : ""); },
    [](const Id& id) { return std::string(id == "S1" ? "support" : ""); },
};

std::string plain(std::string_view mrkdwn) {
    return from_mrkdwn(mrkdwn, names).text;
}
std::string of(const char* message) {
    return text_of(boost::json::parse(message).as_object(), names).text;
}
bool valid(std::string_view text) {
    while (!text.empty()) {
        utf8proc_int32_t c = 0;
        const auto n = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                        static_cast<utf8proc_ssize_t>(text.size()), &c);
        if (n <= 0) return false;
        text.remove_prefix(static_cast<std::size_t>(n));
    }
    return true;
}
std::string repeated(std::string_view piece, std::size_t times) {
    std::string out;
    while (times-- > 0) out += piece;
    return out;
}

}  // namespace

TEST_CASE("Slack's text becomes plain text") {
    const auto [mrkdwn, expected] = GENERATE(table<std::string, std::string>({
        {"hello", "hello"},
        {"<@U1> hi", "@Ada Lovelace hi"},
        {"<@U1|ada> hi", "@Ada Lovelace hi"},
        {"<@U2|bea> hi", "@bea hi"},
        {"<@W2> hi", "@W2 hi"},
        {"in <#C1|old-name>", "in #general"},
        {"in <#C2|random>", "in #random"},
        {"in <#C2|>", "in #C2"},
        {"<!subteam^S1> look", "@support look"},
        {"<!subteam^S2|@design> look", "@design look"},
        {"<!here> <!channel|channel> <!everyone>", "@here @channel @everyone"},
        {"<!date^1392734382^Posted {date_num}|Posted 2014-02-18>", "Posted 2014-02-18"},
        {"<!date^1392734382^{date}^https://example.org|Feb 18>", "Feb 18"},
        {"<https://example.org/a?b=1&amp;c=2>", "https://example.org/a?b=1&c=2"},
        {"<https://example.org|our page>", "our page (https://example.org)"},
        {"<https://example.org/|example.org>", "example.org"},
        {"<https://evil.example|https://good.example>", "https://good.example (https://evil.example)"},
        {"<mailto:a@example.org|a@example.org>", "a@example.org"},
        {"<mailto:a@example.org>", "a@example.org"},
        {"<tel:+4930123|call us>", "call us (+4930123)"},
        {"a &lt; b &amp;&amp; c &gt; d", "a < b && c > d"},
        {"&amp;lt; &quot; &nbsp; &", "&lt; &quot; &nbsp; &"},
        {"&lt;!channel&gt; &lt;@U1&gt;", "<!channel> <@U1>"},
        {"a < b", "a < b"},
        {"<<@U1>", "<@Ada Lovelace"},
        {"<> <", "<> <"},
        {"<@>", "@"},
        {"  \n hi \n", "hi"},
    }));
    CHECK(plain(mrkdwn) == expected);
}

TEST_CASE("who and what a text mentions is told once each, in order") {
    const Plain said = from_mrkdwn("<@U2> <@U1> <@U2|b> <!subteam^S1> <#C1> <!here> &lt;@U9&gt;", names);
    CHECK(said.users == std::vector<Id>{"U2", "U1"});
    CHECK(said.groups == std::vector<Id>{"S1"});
    CHECK(said.channels == std::vector<Id>{"C1"});
    CHECK(said.everyone);
    CHECK_FALSE(from_mrkdwn("&lt;!here&gt; @here", names).everyone);
}

TEST_CASE("rich text is read when there is no text") {
    CHECK(of(R"({"text":"","blocks":[{"type":"rich_text","elements":[
        {"type":"rich_text_section","elements":[
          {"type":"text","text":"Hi ","style":{"bold":true}},{"type":"user","user_id":"U1"},
          {"type":"text","text":" & "},{"type":"usergroup","usergroup_id":"S1"},{"type":"text","text":" "},
          {"type":"channel","channel_id":"C1"},{"type":"text","text":" "},
          {"type":"emoji","name":"+1","unicode":"1f44d-1f3fd"},{"type":"emoji","name":"parrot"},
          {"type":"text","text":" "},{"type":"link","url":"https://example.org","text":"page"},
          {"type":"text","text":" "},{"type":"broadcast","range":"here"},{"type":"text","text":" "},
          {"type":"date","timestamp":1,"format":"{date}","fallback":"today"},{"type":"color","value":"#F00"}]},
        {"type":"rich_text_list","style":"bullet","elements":[
          {"type":"rich_text_section","elements":[{"type":"text","text":"one"}]},
          {"type":"rich_text_section","elements":[{"type":"text","text":"two"}]}]},
        {"type":"rich_text_list","style":"ordered","indent":1,"offset":2,"elements":[
          {"type":"rich_text_section","elements":[{"type":"text","text":"three"}]}]},
        {"type":"rich_text_quote","elements":[{"type":"text","text":"said\nonce"}]},
        {"type":"rich_text_preformatted","elements":[{"type":"text","text":"x < y"}]}]}]})") ==
          "Hi @Ada Lovelace & @support #general 👍🏽:parrot: page (https://example.org) @here today#F00\n"
          "• one\n• two\n  3. three\n> said\n> once\nx < y");
}

TEST_CASE("other blocks, attachments and files speak when nothing else does") {
    CHECK(of(R"({"blocks":[{"type":"header","text":{"type":"plain_text","text":"News"}},
        {"type":"section","text":{"type":"mrkdwn","text":"<@U1> did it"},"fields":[{"type":"mrkdwn","text":"a"}]},
        {"type":"context","elements":[{"type":"image","alt_text":"x"},{"type":"mrkdwn","text":"today"}]},
        {"type":"image","alt_text":"a cat"},{"type":"divider"}]})") ==
          "News\n@Ada Lovelace did it\na\ntoday\na cat");
    CHECK(
        of(R"({"text":"","attachments":[{"fallback":"Build failed"},{"title":"Why","text":"no disk","fallback":"f"}]})") ==
        "Build failed\nWhy\nno disk");
    CHECK(of(R"({"text":"","files":[{"title":"Plan","name":"p.pdf"},{"name":"q.png"},
        {"id":"F1","file_access":"check_file_info"}]})") == "File: Plan, q.png, without a name");
    CHECK(of(R"({"text":"words win","files":[{"title":"Plan"}],"attachments":[{"fallback":"f"}]})") ==
          "words win");
    CHECK(of(R"({"text":7,"blocks":{},"attachments":null,"files":[3,null]})").empty());
}

TEST_CASE("scenario 34: tricks with characters are taken out on the way in") {
    CHECK(visible("re\xE2\x80\x8B"
                  "fund\xEF\xBB\xBF") == "refund");
    CHECK(visible("a\xE2\x80\xAE"
                  "dcb\xE2\x80\xAC!") == "adcb!");
    CHECK(visible("\xE2\x81\xA6x\xE2\x81\xA9") == "x");
    CHECK(visible("bell\a tab\tline\r\nnext\rlast") == "bell tab\tline\nnext\nlast");
    CHECK(visible("bad \xFF byte") == "bad \xEF\xBF\xBD byte");
    const std::string family = "👨‍👩‍👧";
    CHECK(visible(family) == family);
    const std::string persian = "می‌خواهم";
    CHECK(visible(persian) == persian);
    CHECK(visible("a\xE2\x80\x8D"
                  "b") == "ab");
    CHECK(visible("o" + repeated("\xCC\x81", 500)) == "o" + repeated("\xCC\x81", 4));
    const std::string wales =
        "🏴\xF3\xA0\x81\xA7\xF3\xA0\x81\xA2\xF3\xA0\x81\xB7\xF3\xA0\x81\xAC\xF3\xA0\x81\xB3\xF3\xA0\x81\xBF";
    CHECK(visible(wales) == wales);
    CHECK(visible("x\xF3\xA0\x81\xA7") == "x");
}

TEST_CASE("scenario 34: no character that nobody sees comes through") {
    for (const char32_t c :
         U"\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180B\u180E\u200B\u200E\u200F\u202A"
         U"\u202B\u202C\u202D\u202E\u2060\u2064\u2066\u2067\u2068\u2069\u206F\u3164\uFEFF"
         U"\uFFA0\uFFF9\U000E0001\U000E0100") {
        if (c == 0) continue;
        utf8proc_uint8_t bytes[4];
        const auto count = utf8proc_encode_char(static_cast<utf8proc_int32_t>(c), bytes);
        const std::string hidden(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(count));
        CAPTURE(static_cast<std::uint32_t>(c));
        CHECK(visible("re" + hidden + "fund") == "refund");
    }
}

TEST_CASE("scenario 34: a long text is cut on a grapheme and stays valid") {
    const std::string family = "👨‍👩‍👧";
    const std::string flood = repeated(family, 40'000);
    const std::string cut = visible(flood);
    CHECK(cut.size() <= max_text);
    CHECK(cut.size() > max_text - family.size());
    CHECK(cut.size() % family.size() == 0);
    CHECK(visible(repeated("é", 40'000)).size() == max_text);
    CHECK(visible("ae\xCC\x81", 3) == "a");
    const std::string endless = "x" + repeated("‍👩", 40'000);
    CHECK(valid(visible(endless)));
    CHECK(visible(endless).size() <= max_text);
    CHECK(from_mrkdwn(std::string(200'000, 'a'), names).text.size() == max_text);
}

TEST_CASE("scenario 34: what is quoted calls nobody") {
    CHECK(escape("<!channel> & <@U1>") == "&lt;!channel&gt; &amp; &lt;@U1&gt;");
    CHECK(escape("&lt;") == "&amp;lt;");
    CHECK(escape("@here @channel @everyone @ada") ==
          "@\xE2\x80\x8Bhere @\xE2\x80\x8B"
          "channel @\xE2\x80\x8B"
          "everyone @ada");
    for (const std::string_view tricky : {"<!channel>", "a & b <c>", "&lt;!here&gt;", "x > y"})
        CHECK(plain(escape(tricky)) == tricky);
    CHECK_FALSE(from_mrkdwn(escape(plain("&lt;!channel&gt; <!here>")), names).everyone);
}

}  // namespace rapport::slack::events
