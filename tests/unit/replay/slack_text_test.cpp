#include "adapters/replay/slack_text.hpp"

#include <boost/json/parse.hpp>

#include "support/catch.hpp"

using namespace rapport;
using namespace rapport::replay;

namespace {

SlackDirectory directory() {
    SlackDirectory people;
    people.realm = "T1";
    Account ada;
    ada.key = {"slack", "T1", "U1"};
    ada.handle = "ada";
    ada.name = "Ada L.";
    people.users.emplace("U1", ada);
    people.channel_names.emplace("C1", "general");
    return people;
}

}  // namespace

TEST_CASE("Slack's mark-up becomes what a person reads") {
    const auto [slack, expected] = GENERATE(table<const char*, const char*>({
        {"plain", "plain"},
        {"<@U1> hi", "@Ada L. hi"},
        {"<@U1|old.name> hi", "@Ada L. hi"},
        {"<@U9|zoe> hi", "@zoe hi"},
        {"<@W9>", "@W9"},
        {"in <#C1|general> and <#C1> and <#C1|> and <#C9>", "in #general and #general and #general and #C9"},
        {"<!here> <!channel|channel> <!everyone>", "@here @channel @everyone"},
        {"<!subteam^S1|@docs> <!subteam^S2>", "@docs @group"},
        {"<!date^1392734382^{date}|Feb 18, 2014>", "Feb 18, 2014"},
        {"see <https://a.example/?x=1&amp;y=2>", "see https://a.example/?x=1&y=2"},
        {"see <https://a.example|the &lt;docs&gt;>", "see the <docs>"},
        {"<mailto:a@b.example|a@b.example> <mailto:c@d.example>", "a@b.example c@d.example"},
        {"1 &lt; 2 &amp;&amp; 3 &gt; 2", "1 < 2 && 3 > 2"},
        {"&amp;lt;b&amp;gt;", "&lt;b&gt;"},
        {"&lt;@U1&gt; is only text", "<@U1> is only text"},
        {"&quot;&nbsp;&", "&quot;&nbsp;&"},
        {"a < b", "a < b"},
        {"<> <", "<> <"},
        {"", ""},
    }));
    CAPTURE(slack);
    CHECK(plain_text(slack, directory()).text == expected);
}

TEST_CASE("mentions are collected once each, and escaped ones are none") {
    const PlainText text = plain_text("<@U1> <@U2> <@U1> &lt;@U3&gt;", directory());
    CHECK(text.mentions == std::vector<AccountKey>{{"slack", "T1", "U1"}, {"slack", "T1", "U2"}});
}

TEST_CASE("rich text without a text is put together from its blocks") {
    const auto blocks = boost::json::parse(R"([{"type":"rich_text","elements":[
        {"type":"rich_text_section","elements":[{"type":"text","text":"1 < 2 "},{"type":"user","user_id":"U1"},
          {"type":"emoji","name":"wave"},{"type":"link","url":"https://a.example","text":"docs"}]},
        {"type":"rich_text_list","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"item"}]}]}]},
        {"type":"section","text":{"type":"mrkdwn","text":"*bold* <!here>"}}])");
    CHECK(plain_text(text_of_blocks(blocks), directory()).text ==
          "1 < 2 @Ada L.:wave:docs\nitem\n\n*bold* @here");
}

TEST_CASE("blocks nested without end are not followed without end") {
    std::string text;
    for (int i = 0; i < 15; ++i) text += R"({"type":"rich_text","elements":[)";
    text += R"({"type":"text","text":"deep"})";
    for (int i = 0; i < 15; ++i) text += "]}";
    CHECK(text_of_blocks(boost::json::parse(text)) == "");
}
