#include "bot/cli/given.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

#include "support/catch.hpp"
#include "workshop.hpp"

namespace rapport::test {

namespace json = boost::json;
using rules::Fact;

TEST_CASE("rules check names every mistake with its place") {
    Workshop workshop;
    CHECK(workshop.run({"rules", "check"}).code == 0);
    workshop.write("bad.yaml", "rules:\n  - name: a\n    when: person.roel = champion\n    cooldwn: 1d\n");
    const Ran bad = workshop.run({"rules", "check", workshop.path("bad.yaml").string()});
    CHECK(bad.code == 1);
    CHECK_THAT(bad.out,
               ContainsSubstring("bad.yaml:3:11: unknown fact person.roel: did you mean person.role?"));
    CHECK_THAT(bad.out, ContainsSubstring("2 mistakes"));
    const json::value object =
        json::parse(workshop.run({"rules", "check", workshop.path("bad.yaml").string(), "--json"}).out);
    CHECK(object.at("ok") == false);
    CHECK(object.at("mistakes").as_array().size() == 2);
    CHECK(workshop.run({"rules", "check", workshop.path("none.yaml").string()}).code == 1);
}

TEST_CASE("rules check knows the team") {
    Workshop workshop;
    workshop.write("bad.yaml", "rules:\n  - name: a\n    when: person.is_new\n    ask: [\"@zoe\"]\n");
    const Ran bad = workshop.run({"rules", "check", workshop.path("bad.yaml").string()});
    CHECK(bad.code == 1);
    CHECK_THAT(bad.out, ContainsSubstring("@zoe is not in the team"));
}

TEST_CASE("rules show tells how a rule does: week by week, by reason") {
    Workshop workshop;
    workshop.fill();
    Action action;
    action.id = "press-1";
    action.by = account("ada");
    action.card = "alert:1";
    action.button = "dismiss";
    action.values["choice"] = "automated";
    Event event;
    event.body = action;
    workshop.commit({{event, moment("2026-03-02 12:00")}});
    const Ran show = workshop.run({"rules", "show", "champion-asks"});
    CHECK(show.code == 0);
    CHECK_THAT(show.out, ContainsSubstring("2026-03-02  1      0         1") &&
                             ContainsSubstring("1 because it was automated (counts against the person)") &&
                             ContainsSubstring("Too few were not needed to learn anything from them."));
    const json::value object = json::parse(workshop.run({"rules", "show", "champion-asks", "--json"}).out);
    CHECK(object.at("weeks").as_array().size() == 12);
    CHECK(object.at("all").at("not_needed") == 1);
    CHECK(object.at("reasons").at("automated") == 1);
    CHECK(object.at("suggestions").as_array().empty());
    const Ran none = workshop.run({"rules", "show", "champion-ask"});
    CHECK(none.code == 3);
    CHECK_THAT(none.err, ContainsSubstring("champion-asks"));
}

TEST_CASE("rules test runs the rules' own tests, texts read") {
    Workshop workshop;
    const Ran good = workshop.run({"rules", "test"});
    CHECK(good.code == 0);
    CHECK_THAT(good.out, ContainsSubstring("2 passed, 0 failed"));
    workshop.write("bad.yaml",
                   "rules:\n  - name: a\n    when: message.kind = question\n    tests:\n"
                   "      - given: {message.text: \"How does it work?\"}\n        expect: silence\n");
    const Ran bad = workshop.run({"rules", "test", workshop.path("bad.yaml").string()});
    CHECK(bad.code == 1);
    CHECK_THAT(bad.out, ContainsSubstring("a, test 1 (line 5)"));
    CHECK_THAT(bad.out, ContainsSubstring("it is question"));
    const Ran line = workshop.run({"rules", "test", workshop.path("bad.yaml").string(), "--json"});
    CHECK(line.code == 1);
    CHECK(json::parse(line.out).at("passed") == false);
}

TEST_CASE("rules vocabulary in four forms") {
    const Workshop workshop;
    CHECK_THAT(workshop.run({"rules", "vocabulary"}).out, ContainsSubstring("person.role"));
    CHECK_THAT(workshop.run({"rules", "vocabulary", "--markdown"}).out, ContainsSubstring("| "));
    CHECK(json::parse(workshop.run({"rules", "vocabulary", "--schema"}).out).is_object());
    const Ran lines = workshop.run({"rules", "vocabulary", "--json"});
    CHECK(std::size_t(std::count(lines.out.begin(), lines.out.end(), '\n')) == rules::fact_count);
    CHECK_THAT(lines.out, ContainsSubstring("{\"name\":\"person.depth\",\"type\":\"level\""));
    CHECK(workshop.run({"rules", "vocabulary", "--json", "--schema"}).code == 2);
}

TEST_CASE("rules explain says what a rule would do") {
    const Workshop workshop;
    const Ran asks = workshop.run({"rules", "explain", "champion-asks", "--given",
                                   "person.role=customer, champion", "--text", "Does it work?"});
    CHECK(asks.code == 0);
    CHECK_THAT(asks.out, ContainsSubstring("champion-asks: it asks"));
    CHECK_THAT(asks.out, ContainsSubstring("message.kind = question — it is question"));
    const Ran silent =
        workshop.run({"rules", "explain", "--given", "message.kind=praise", "--text", "Does it work?"});
    CHECK_THAT(silent.out, ContainsSubstring("it is silent"));
    CHECK_THAT(silent.out, ContainsSubstring("person.role has champion — it is unknown"));
    CHECK_THAT(silent.out, ContainsSubstring("message.kind = question — it is praise"));
    const Ran none = workshop.run({"rules", "explain", "champion-ask"});
    CHECK(none.code == 3);
    CHECK_THAT(none.err, ContainsSubstring("did you mean champion-asks?"));
    CHECK(workshop.run({"rules", "explain", "--given", "person.roel=x"}).code == 2);
}

TEST_CASE("given facts by type") {
    rules::Facts facts;
    CHECK(cli::set_given(facts, "person.role=[champion, customer]"));
    CHECK(facts.get(Fact::person_role) == rules::Value{std::vector<std::string>{"champion", "customer"}});
    CHECK(cli::set_given(facts, "person.depth = close"));
    CHECK(facts.get(Fact::person_depth) == rules::Value{std::string{"close"}});
    CHECK(cli::set_given(facts, "person.bot=no"));
    CHECK(facts.get(Fact::person_bot) == rules::Value{false});
    CHECK(cli::set_given(facts, "person.reach=1500"));
    CHECK(facts.get(Fact::person_reach) == rules::Value{1500.0});
    CHECK(cli::set_given(facts, "conversation.waiting=2h"));
    CHECK(facts.get(Fact::conversation_waiting) == rules::Value{rules::Duration{std::chrono::hours{2}}});
    CHECK(cli::set_given(facts, "message.text=a=b"));
    CHECK(facts.text(Fact::message_text) == "a=b");
}

TEST_CASE("given facts that cannot be") {
    rules::Facts facts;
    const auto words = [&](std::string_view given) {
        const Result<> set = cli::set_given(facts, given);
        return set ? std::string{"fine"} : set.error().what;
    };
    CHECK_THAT(words("person.role"), ContainsSubstring("FACT=VALUE"));
    CHECK_THAT(words("person.roel=x"), ContainsSubstring("did you mean person.role?"));
    CHECK_THAT(words("person.depth=closer"),
               ContainsSubstring("stranger, acquaintance, familiar, close, core"));
    CHECK_THAT(words("person.bot=maybe"), ContainsSubstring("true or false"));
    CHECK_THAT(words("person.reach=many"), ContainsSubstring("a number"));
    CHECK_THAT(words("conversation.waiting=long"), ContainsSubstring("15m"));
    CHECK_THAT(words("message.kind=nonsense"), ContainsSubstring("one of"));
}

}  // namespace rapport::test
