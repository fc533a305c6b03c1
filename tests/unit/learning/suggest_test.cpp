// What would have kept the good alerts and dropped the bad ones.

#include "bot/learning/suggest.hpp"

#include "bot/learning/candidates.hpp"
#include "support/catch.hpp"

using namespace rapport;
using namespace rapport::learning;
using namespace std::chrono_literals;
using rules::Fact;
using rules::Level;

namespace {

Example example(Verdict verdict, Level depth, std::string_view kind, double length = 100) {
    Example one;
    one.verdict = verdict;
    one.reason = verdict == Verdict::not_needed ? "not_us" : "";
    one.lasted = 1h;
    one.facts.set(Fact::person_depth, depth);
    one.facts.set(Fact::message_kind, kind);
    one.facts.set(Fact::message_length, length);
    return one;
}

Example good(Level depth = Level::close, std::string_view kind = "question", double length = 100) {
    return example(Verdict::good, depth, kind, length);
}
Example bad(Level depth = Level::close, std::string_view kind = "question", double length = 100) {
    return example(Verdict::not_needed, depth, kind, length);
}

rules::Rule a_rule() {
    rules::Rule rule;
    rule.name = "rule";
    return rule;
}

std::vector<std::string> told(const std::vector<Suggestion>& suggestions) {
    std::vector<std::string> lines;
    for (const Suggestion& one : suggestions) lines.push_back(change_words(one) + ": " + effect_words(one));
    return lines;
}

}  // namespace

TEST_CASE(
    "a condition that the good ones share and the bad ones do not is suggested, with what it would do") {
    std::vector<Example> examples(14, good(Level::familiar));
    examples.insert(examples.end(), 6, bad(Level::stranger));
    examples.insert(examples.end(), 3, bad(Level::familiar));
    CHECK(told(suggest(a_rule(), examples)) ==
          std::vector<std::string>{"Only if person.depth >= acquaintance: would have kept 14 of 14 answered "
                                   "and dropped 6 of 9 not needed"});
}

TEST_CASE("kinds that were never answered are left out, and the simplest of what does the same is told") {
    std::vector<Example> examples{good(), good(), good(Level::close, "problem")};
    examples.insert(examples.end(), 2, bad(Level::close, "praise"));
    examples.insert(examples.end(), 2, bad(Level::close, "thanks"));
    const auto lines = told(suggest(a_rule(), examples));
    REQUIRE(lines.size() == 1);
    CHECK(lines[0] ==
          "Only if not message.kind in [praise, thanks]: would have kept 3 of 3 answered and dropped 4 of 4 "
          "not needed");
}

TEST_CASE("numbers are bounded by what the good ones had, rounded outwards") {
    std::vector<Example> examples{good(Level::close, "question", 83.7), good(Level::close, "question", 90)};
    for (const double length : {5.0, 8.0, 83.0, 20.0})
        examples.push_back(bad(Level::close, "question", length));
    const auto best = suggest(a_rule(), examples);
    REQUIRE(best.size() == 1);
    CHECK(best[0].condition == "message.length >= 83");
    CHECK(best[0].dropped == 3);
}

TEST_CASE("several that were closed soon as answered already ask for a longer wait, no longer than needed") {
    std::vector<Example> examples(5, good());
    for (const auto lasted : {2min, 9min, 25min}) {
        examples.push_back(bad());
        examples.back().reason = "answered";
        examples.back().lasted = lasted;
    }
    rules::Rule rule = a_rule();
    auto best = suggest(rule, examples);
    REQUIRE(best.size() == 1);
    CHECK(best[0].after == 30min);
    CHECK(change_words(best[0]) == "Wait 30m before asking");
    CHECK(best[0].dropped == 3);
    // From where the rule stands: what lasted 25 minutes was closed 35 minutes after the message.
    rule.after = 10min;
    best = suggest(rule, examples);
    REQUIRE(best.size() == 1);
    CHECK(best[0].after == 60min);
    // Never so long that the time to answer is over.
    rule.reply_within = 20min;
    CHECK(suggest(rule, examples).empty());
}

TEST_CASE("nothing is suggested where it would be chance, would cost too much, or is not a matter of facts") {
    std::vector<Example> few{good(), good(), bad(Level::stranger), bad(Level::stranger)};
    CHECK(suggest(a_rule(), few).empty());
    std::vector<Example> none_good(9, bad(Level::stranger));
    CHECK(suggest(a_rule(), none_good).empty());
    // Half of the answered are strangers: they are not given up for any number of bad ones.
    std::vector<Example> costly(5, good());
    costly.insert(costly.end(), 5, good(Level::stranger));
    costly.insert(costly.end(), 50, bad(Level::stranger));
    CHECK(suggest(a_rule(), costly).empty());
    std::vector<Example> alike(9, good());
    alike.insert(alike.end(), 9, bad());
    CHECK(suggest(a_rule(), alike).empty());
}

TEST_CASE("what cannot be seen is no reason to ask: an unknown fact does not hold") {
    std::vector<Example> examples(4, good());
    for (int i = 0; i < 4; ++i) {
        examples.push_back(bad());
        examples.back().facts.forget(Fact::person_depth);
    }
    const auto best = suggest(a_rule(), examples);
    REQUIRE(best.size() == 1);
    CHECK(best[0].condition == "person.depth >= acquaintance");
}

TEST_CASE(
    "names and texts are never learned, and odd values are written so that a rule can be made of them") {
    std::vector<Example> examples;
    for (int i = 0; i < 6; ++i) {
        examples.push_back(i < 3 ? good() : bad());
        examples.back().facts.set(Fact::person_name, std::string_view{i < 3 ? "Kim" : "Lou"});
        examples.back().facts.set(Fact::message_text, std::string_view{i < 3 ? "good" : "bad"});
        examples.back().facts.set(Fact::conversation_channel,
                                  std::string_view{i < 3 ? "help" : "it's \"odd\" \\ [here]"});
    }
    const auto best = suggest(a_rule(), examples);
    REQUIRE(best.size() == 1);
    CHECK(best[0].condition.find("conversation.channel") != std::string::npos);
    for (const Candidate& one : candidates(examples)) {
        CHECK(one.condition.find("person.name") == std::string::npos);
        CHECK(one.condition.find("message.text") == std::string::npos);
    }
}

TEST_CASE("the work is bounded, whatever the examples hold") {
    std::vector<Example> examples;
    for (int i = 0; i < 5'000; ++i) {
        examples.push_back(i % 2 == 0 ? good() : bad());
        for (int word = 0; word < 20; ++word)
            examples.back().facts.add(Fact::message_topics, "topic-" + std::to_string(i * 20 + word));
    }
    CHECK(candidates(examples).size() <= most_candidates);
    CHECK(suggest(a_rule(), examples).size() <= most_suggestions);
}
