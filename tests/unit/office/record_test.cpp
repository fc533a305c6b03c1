// The page of a rule: how it does, and what would have been better.

#include "counter.hpp"
#include "support/catch.hpp"

using namespace rapport;
using namespace rapport::test;
using namespace std::chrono_literals;

namespace {

const std::string asking_rule = R"(rules:
  - name: question
    title: Somebody asks
    when: message.needs_reply and not conversation.answered_by_person
    ask: [on duty in community]
    urgency: high
    cooldown: 0s
)";

struct RecordTalk {
    House house{asking_rule};
    Counter counter{house, asking_rule};
    int places = 0;

    AlertId ask(std::string_view who) {
        house.later(1h);
        Saying how;
        how.channel = "place" + std::to_string(++places);
        house.say(who, "How does part " + std::to_string(places) + " of this work?", how);
        return house.alerts().back().id;
    }
    void answered(std::string_view who) { house.press("ada", ask(who), "replied"); }
    void not_needed(std::string_view who, std::string_view reason) {
        const AlertId alert = ask(who);
        house.later(3min);
        house.press("ada", alert, "dismiss", reason);
    }
};

}  // namespace

TEST_CASE("a rule's page tells what became of its alerts, week by week and by reason") {
    RecordTalk talk;
    talk.house.at("2026-03-02 09:00");
    talk.answered("kim");
    talk.not_needed("lou", "not_us");
    talk.house.at("2026-03-10 09:00");
    talk.not_needed("lou", "answered");
    talk.ask("max");
    const std::string page = talk.counter.presses("ada", "rule_show/question");
    CHECK_THAT(page, ContainsSubstring("rule: Somebody asks\n") &&
                         ContainsSubstring("In the last 12 weeks: asked 4, answered 1, not needed 2."));
    CHECK_THAT(page, ContainsSubstring("From Mon 9 Mar 2026: asked 2, answered 0, not needed 1\n"
                                       "From Mon 2 Mar 2026: asked 2, answered 1, not needed 1\n"
                                       "From Mon 23 Feb 2026: asked 0"));
    CHECK_THAT(page, ContainsSubstring("it is not about us: 1 time, counts against the topic") &&
                         ContainsSubstring("it is answered already: 1 time, counts against the rule") &&
                         ContainsSubstring("Most often about: lou (2)"));
    CHECK_THAT(page, ContainsSubstring("Too few were not needed to learn anything from them."));
    CHECK(talk.counter.says("ada", "rules question") == page);
    CHECK_THAT(talk.counter.says("ada", "rules nonsense"), ContainsSubstring("There is no rule nonsense"));
}

TEST_CASE("a rule's page suggests what would have kept the good and dropped the bad, and fills in the form") {
    RecordTalk talk;
    talk.house.know("kim", {"champion"});
    talk.house.know("max", {"champion"});
    for (int i = 0; i < 3; ++i) {
        talk.answered("kim");
        talk.not_needed(i == 0 ? "lou" : i == 1 ? "pat" : "sue", "other");
        talk.answered("max");
    }
    talk.not_needed("kim", "other");
    const std::string page = talk.counter.presses("ada", "rule_show/question");
    CHECK_THAT(page,
               ContainsSubstring("# Only if person.role in [champion]\n"
                                 "It would have kept 6 of 6 answered and dropped 3 of 4 not needed.\n"
                                 "[Look at this change = rule_with/question/person.role in [champion]]"));
    const std::string form = talk.counter.presses("ada", "rule_with/question/person.role in [champion]");
    CHECK_THAT(form, ContainsSubstring("(fact_3): person.role") && ContainsSubstring("(value_3): champion"));
    CHECK_THAT(talk.counter.submits("ada", "rule", talk.counter.values()), ContainsSubstring("Saved."));
    CHECK_THAT(talk.counter.rules_file,
               ContainsSubstring("not conversation.answered_by_person and person.role in [champion]"));
    const auto before = talk.house.alerts().size();
    talk.ask("lou");
    CHECK(talk.house.alerts().size() == before);
    talk.ask("kim");
    CHECK(talk.house.alerts().size() == before + 1);
}

TEST_CASE("a longer wait is filled into the form, too, and a condition that does not fit into rows as text") {
    RecordTalk talk;
    for (int i = 0; i < 3; ++i) {
        talk.answered("kim");
        talk.not_needed("kim", "answered");
    }
    CHECK_THAT(talk.counter.presses("ada", "rule_show/question"),
               ContainsSubstring("# Wait 5m before asking") && ContainsSubstring("rule_wait/question/5m"));
    CHECK_THAT(talk.counter.presses("ada", "rule_wait/question/5m"), ContainsSubstring("(after): 5m"));

    const std::string odd = "rules:\n  - name: odd\n    when: person.is_new or message.late\n";
    House house{odd};
    Counter counter{house, odd};
    counter.presses("ada", "rule_with/odd/person.depth >= close");
    CHECK_THAT(counter.values()["yaml"],
               ContainsSubstring("(person.is_new or message.late) and person.depth >= close"));
}

TEST_CASE("somebody whom a rule leaves in peace: their page says so and why, and one press lifts it") {
    RecordTalk talk;
    for (int i = 0; i < 3; ++i) talk.not_needed("lou", "no_reply_wanted");
    const auto alerts = talk.house.alerts().size();
    talk.house.later(1h);
    Saying there;
    there.channel = "elsewhere";
    const std::string asked = talk.house.say("lou", "Is anybody there?", there);
    CHECK(talk.house.alerts().size() == alerts);
    CHECK_THAT(talk.counter.says("ada", "who lou"),
               ContainsSubstring("Quiet: question: muted by three \"not needed\" (Mon 2 Mar 2026, 13:") &&
                   ContainsSubstring("[Alerts again = unmute/chat:home:lou]"));
    CHECK_THAT(talk.counter.presses("ada", "why_message/chat:home:elsewhere/" + asked),
               ContainsSubstring("muted by three \"not needed\""));
    talk.counter.presses("ada", "unmute/chat:home:lou");
    CHECK_THAT(talk.counter.says("ada", "who lou"), ContainsSubstring("Mute for a week"));
    talk.ask("lou");
    CHECK(talk.house.alerts().size() == alerts + 1);
}
