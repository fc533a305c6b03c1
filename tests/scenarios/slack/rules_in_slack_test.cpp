// Scenarios 39 and 40 as staff meet them: rules listed, edited and tried in Slack.

#include <boost/json/serialize.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "doubles/slack/double.hpp"
#include "scenarios/told.hpp"
#include "support/catch.hpp"
#include "support/house.hpp"

using namespace rapport;
using namespace rapport::test;
using namespace std::chrono_literals;

namespace {

const std::string file_rules = R"(# Ours.
rules:
  # Whoever asks gets an answer.
  - name: question
    title: Somebody asked
    when: message.needs_reply and not conversation.answered_by_person
    ask: [owner, strongest tie, on duty in community, channel]
    reply within: 2h
  # Sleeps.
  - name: odd
    when: person.is_new or person.bot
    enabled: false
)";

/// Ada, before her Slack.
class Ada {
public:
    explicit Ada(House& house) : house_(house) { house.at("2026-03-02 09:00"); }

    /// Types the command; returns all that she sees once a page has come.
    std::string types(const std::string& words) {
        const std::size_t before = pages().size();
        house_.slack().people().slash(id, direct(), "/rapport", words);
        return when([&] { return pages().size() > before; });
    }
    /// Presses a button of the topmost view, or else of the last page; what follows has `words` in it.
    void presses(const std::string& action, const std::string& words) {
        slack::Press press{.action = action};
        std::string block;
        const std::vector<boost::json::object> views = house_.slack().views(id);
        if (views.empty() || !slack::find_element(views.back().at("blocks"), action, block)) {
            press.channel = direct();
            press.ts = pages().back().ts;
        }
        house_.slack().people().press(id, press);
        when([&] { return seen().find(words) != std::string::npos; });
    }
    /// Chooses in a menu of the topmost view.
    void chooses(const std::string& action, const std::string& choice, const std::string& words) {
        house_.slack().people().press(id, {.action = action, .choice = choice});
        when([&] { return seen().find(words) != std::string::npos; });
    }
    /// Pages, then views, the topmost last.
    std::string seen() {
        std::string text;
        for (const slack::Ephemeral& one : pages()) text += boost::json::serialize(one.body) + "\n";
        for (const boost::json::object& view : house_.slack().views(id))
            text += boost::json::serialize(view) + "\n";
        return text;
    }
    std::string direct() { return house_.slack().world().direct("T0HOUSE", {id, "U0RAPPORT"}).id; }
    const std::string id = "U0ADA";

private:
    std::vector<slack::Ephemeral> pages() { return house_.slack().ephemerals(id); }
    template <class Ready>
    std::string when(Ready ready) {
        for (int i = 0; i < 400 && !ready(); ++i) {
            house_.turn(5);
            house_.settle();
        }
        INFO(seen());
        CHECK(ready());
        return seen();
    }
    House& house_;
};

std::string text_of(const std::filesystem::path& file) {
    std::ostringstream text;
    text << std::ifstream{file}.rdbuf();
    return text.str();
}

}  // namespace

TEST_CASE(
    "scenario 39: a rule edited in Slack and in the file: both are kept, with who, the later one holds") {
    House house{file_rules};
    Ada ada{house};
    CHECK_THAT(ada.types("rules"), ContainsSubstring("question"));
    ada.presses("ask:rule_edit/question", "f0:within");
    // Meanwhile another edits the same rule, and a comment, in the file.
    std::string theirs = file_rules;
    theirs.replace(theirs.find("reply within: 2h"), 16, "reply within: 3h");
    theirs.replace(theirs.find("# Sleeps."), 9, "# Sleeps well.");
    std::ofstream{house.rules_file()} << theirs;
    house.slack().people().submit(ada.id, {{"f0:within", "1h"}});
    for (int i = 0; i < 400 && text_of(house.rules_file()) == theirs; ++i) {
        house.turn(5);
        house.settle();
    }
    CHECK_THAT(text_of(house.rules_file()),
               ContainsSubstring("reply within: 1h") && ContainsSubstring("# Sleeps well."));
    const std::vector<RulesVersion> versions = house.store().rules_versions(100).value();
    REQUIRE(versions.size() >= 2);
    CHECK(versions[0].by == "ada");
    CHECK(versions[0].source == text_of(house.rules_file()));
    CHECK(versions[1].by == "file");
    CHECK(versions[1].source == theirs);
    house.say("omar", "How do I install Acme on my laptop?");
    CHECK(house.only_alert().policy.reply_within_ms == 3'600'000);
    CHECK(house.slack().complaints().empty());
}

TEST_CASE("scenario 40: in Slack, what a rule would have done in the last 90 days, before it is saved") {
    House house{file_rules};
    Ada ada{house};
    for (int day = 0; day < 3; ++day) {
        house.say("lena", "How do I install Acme on my laptop?");
        house.later(24h);
    }
    house.say("otto", "Acme is a fine thing that I bought yesterday.");
    ada.types("rules");
    ada.presses("ask:rule_new", "f0:name");
    house.slack().people().fill(ada.id, {{"f0:name", "thanks"}, {"f0:ask", "@cyd"}});
    ada.chooses("field:fact_1", "message.text", "f1:value_1");
    house.slack().people().fill(ada.id, {{"f1:test_1", "contains"}, {"f1:value_1", "acme"}});
    ada.presses("ask:rule/test", "What it would have done");
    CHECK_THAT(ada.seen(), ContainsSubstring("New alerts: 1") && ContainsSubstring("Acme is a fine thing") &&
                               ContainsSubstring("Cyd Tanaka: 1 instead of 0"));
    CHECK(text_of(house.rules_file()) == file_rules);
    CHECK(house.slack().complaints().empty());
}
