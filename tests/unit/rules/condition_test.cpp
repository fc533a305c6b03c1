// What conditions mean.
#include "rules_support.hpp"

namespace rapport::rules {
namespace {

using namespace std::chrono_literals;

Facts champion_asks() {
    Facts facts;
    facts.set(Fact::person_role, std::vector<std::string>{"customer", "Champion"});
    facts.set(Fact::person_depth, Level::familiar);
    facts.set(Fact::person_reach, 1200);
    facts.set(Fact::person_name, "José Núñez");
    facts.set(Fact::person_owner, "");
    facts.set(Fact::person_is_new, false);
    facts.set(Fact::message_text, "Why does the EXPORT stop? Très fâché, see https://example.org/a/b");
    facts.set(Fact::message_kind, "problem");
    facts.set(Fact::message_needs_reply, true);
    facts.set(Fact::message_sentiment, -2.5);
    facts.set(Fact::message_language, "en");
    facts.set_empty(Fact::message_topics);
    facts.set(Fact::conversation_waiting, 90min);
    return facts;
}

}  // namespace

TEST_CASE("each operator holds and does not hold as it says") {
    const Facts facts = champion_asks();
    for (const std::string_view condition : {"message.needs_reply",
                                             "message.needs_reply = true",
                                             "message.needs_reply != false",
                                             "not person.is_new",
                                             "person.is_new = false",
                                             "person.reach = 1200",
                                             "person.reach != 1",
                                             "person.reach < 1201",
                                             "person.reach <= 1200",
                                             "person.reach > 1199.5",
                                             "person.reach >= 1200",
                                             "message.sentiment < -2",
                                             "message.sentiment > -3",
                                             "conversation.waiting = 90m",
                                             "conversation.waiting = 1h30m",
                                             "conversation.waiting > 89m",
                                             "conversation.waiting < 1d",
                                             "conversation.waiting != 2h",
                                             "person.depth = familiar",
                                             "person.depth >= familiar",
                                             "person.depth > stranger",
                                             "person.depth < close",
                                             "person.depth <= core",
                                             "person.depth != core",
                                             "person.depth in [familiar, core]",
                                             "message.kind = problem",
                                             "message.kind != thanks",
                                             "message.kind in [thanks, problem]",
                                             "message.language = en",
                                             "message.language in [de, en]",
                                             "message.language != de",
                                             "person.role has champion",
                                             "person.role has [x, customer]",
                                             "person.role in [champion]",
                                             "person.owner = \"\"",
                                             "person.name = \"jose nunez\"",
                                             "person.name in [Ada, \"José Núñez\"]",
                                             "person.name != ada",
                                             "message.text contains export",
                                             "message.text contains \"tres fache\"",
                                             "message.text contains 'STOP?'",
                                             "message.text contains [nothing, why]",
                                             "message.text matches /does\\s+the/",
                                             "message.text matches /WHY/i",
                                             "message.text matches /https:\\/\\/example\\.org\\/a/",
                                             "message.text matches /stop\\?/"})
        CHECK(condition_holds(condition, facts));

    for (const std::string_view condition : {"not message.needs_reply",
                                             "message.needs_reply = false",
                                             "person.is_new",
                                             "person.reach = 1201",
                                             "person.reach != 1200",
                                             "person.reach < 1200",
                                             "person.reach > 1200",
                                             "conversation.waiting >= 2h",
                                             "person.depth > familiar",
                                             "person.depth < familiar",
                                             "person.depth in [close, core]",
                                             "message.kind = thanks",
                                             "message.kind != problem",
                                             "message.kind in [thanks, praise]",
                                             "person.role has partner",
                                             "person.role in [champ]",
                                             "message.topics has pricing",
                                             "person.owner = ada",
                                             "person.name != \"JOSE NUNEZ\"",
                                             "message.text contains imports",
                                             "message.text matches /why/",
                                             "message.text matches /^does/"})
        CHECK_FALSE(condition_holds(condition, facts));
}

TEST_CASE("and binds closer than or, not closest, and brackets change that") {
    Facts facts;
    facts.set(Fact::message_late, true);
    facts.set(Fact::message_edited, false);
    facts.set(Fact::person_bot, false);
    CHECK(condition_holds("message.late or message.edited and person.bot", facts));
    CHECK_FALSE(condition_holds("(message.late or message.edited) and person.bot", facts));
    CHECK(condition_holds("not person.bot and message.late", facts));
    CHECK_FALSE(condition_holds("not (person.bot or message.late)", facts));
    CHECK(condition_holds("not not message.late", facts));
    CHECK(condition_holds("not (message.late and (message.edited or person.bot))", facts));
}

TEST_CASE("every comparison with an unknown fact is false, and not of it is true") {
    const Facts nothing;
    for (const FactInfo& row : vocabulary()) {
        const std::string example{row.example.starts_with("not ") ? row.example.substr(4) : row.example};
        CHECK_FALSE(condition_holds(example, nothing));
        CHECK(condition_holds("not (" + example + ")", nothing));
    }
    for (const std::string_view condition :
         {"person.reach != 5", "person.name != ada", "message.kind != thanks", "message.late != true",
          "person.depth != core", "conversation.waiting != 1h", "message.late = false"}) {
        CHECK_FALSE(condition_holds(condition, nothing));
        CHECK(condition_holds(fmt::format("not {}", condition), nothing));
    }
}

TEST_CASE("a known set without words has nothing, which is not the same as unknown") {
    Facts facts;
    facts.set_empty(Fact::person_role);
    CHECK(facts.known(Fact::person_role));
    CHECK_FALSE(condition_holds("person.role has champion", facts));
    CHECK(condition_holds("not person.role has champion", facts));
}

TEST_CASE("every example of the vocabulary is a good condition") {
    for (const FactInfo& row : vocabulary()) {
        CAPTURE(row.name);
        CHECK(mistakes_in(row.example).empty());
        CHECK(row.example.find(row.name) != std::string_view::npos);
        CHECK(row.meaning.ends_with('.'));
        CHECK(find_fact(row.name) == row.fact);
    }
    CHECK_FALSE(find_fact("person").has_value());
}

TEST_CASE("a quoted text may have quotes, backslashes and slashes in it") {
    Facts facts;
    facts.set(Fact::message_text, R"(she said "no \ maybe" and/or 'yes')");
    CHECK(condition_holds(R"(message.text contains "\"no \\ may")", facts));
    CHECK(condition_holds(R"(message.text contains 'and/or \'yes')", facts));
    CHECK(condition_holds(R"(message.text matches /and\/or/)", facts));
}

}  // namespace rapport::rules
