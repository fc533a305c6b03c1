// Pictures of what staff see, under review: tests/unit/slack/blocks/snapshots. RAPPORT_UPDATE_SNAPSHOTS=1
// writes them anew; read the difference before you commit it.

#include <boost/json/array.hpp>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "adapters/slack/blocks/render.hpp"
#include "support/catch.hpp"
#include "unit/slack/blocks/pretty.hpp"
#include "unit/slack/blocks/validator.hpp"

namespace rapport::slack {
namespace json = boost::json;

namespace {

void compare(const std::string& name, const json::object& picture) {
    const std::string path =
        std::string{RAPPORT_SOURCE_DIR} + "/tests/unit/slack/blocks/snapshots/" + name + ".json";
    const std::string shown = test::pretty(picture);
    if (std::getenv("RAPPORT_UPDATE_SNAPSHOTS")) std::ofstream{path} << shown;
    std::ifstream file{path};
    std::ostringstream kept;
    kept << file.rdbuf();
    INFO("snapshot " << name);
    CHECK(kept.str() == shown);
}

void message(const std::string& name, const json::object& message) {
    const auto complaints = test::complaints_about_message(message);
    INFO(test::listed(complaints));
    CHECK(complaints.empty());
    compare(name, {{"text alternative", message.at("text")}, {"message", message}});
}

void view(const std::string& name, const json::object& view) {
    const auto complaints = test::complaints_about_view(view);
    INFO(test::listed(complaints));
    CHECK(complaints.empty());
    std::istringstream words{test::visible_words(view)};
    json::array lines;
    for (std::string line; std::getline(words, line);) lines.emplace_back(line);
    compare(name, {{"text alternative", lines}, {"view", view}});
}

const Time asked_at{std::chrono::seconds{1'795'350'000}};

std::vector<Button> open_buttons(bool claimed) {
    std::vector<Button> all;
    if (!claimed) all.push_back({"claim", "I'll reply", ButtonStyle::primary});
    all.push_back({"open", "Open", ButtonStyle::normal, {}, "https://forum.example/t/42#7"});
    all.push_back({"replied", "I replied"});
    all.push_back({"snooze",
                   "Snooze",
                   ButtonStyle::normal,
                   {{"1 hour", "1h"}, {"3 hours", "3h"}, {"Until tomorrow", "tomorrow"}, {"3 days", "3d"}}});
    all.push_back({"hand_over", "Hand over", ButtonStyle::normal, {{"Bea Lindqvist", "bea"}}});
    all.push_back({"dismiss",
                   "Not needed",
                   ButtonStyle::normal,
                   {{"it is answered already", "answered"},
                    {"it is not about us", "not_us"},
                    {"another reason", "other"}}});
    all.push_back({"why", "Why?"});
    return all;
}

Card asking() {
    Card card;
    card.id = "alert:12";
    card.revision = 1;
    card.title = "A champion is waiting for an answer";
    card.status = "Waiting for Ada Okafor, due Mon 23 November 2026, 16:40";
    card.fields = {{"Who", "Dana Smith, champion, speaker. Familiar, heard by 4200 people"},
                   {"Where", "general on web"},
                   {"Last contact", "Ada Okafor, Tue 3 November 2026, 09:12"},
                   {"Why you", "Ada Okafor: she owns this relationship"}};
    card.quotes = {{"Dana Smith",
                    "I gave a talk about chapter 3 & people asked: does <2.0> speak IPv6? @here", asked_at,
                    "https://forum.example/t/42#7"}};
    card.buttons = open_buttons(false);
    card.picture = "https://forum.example/faces/dana.png";
    return card;
}

Card stands(Tone tone, std::string status, std::vector<Button> buttons) {
    Card card = asking();
    card.revision = 4;
    card.tone = tone;
    card.status = std::move(status);
    card.buttons = std::move(buttons);
    return card;
}

const std::vector<Button> why{{"why", "Why?"}};

}  // namespace

TEST_CASE("snapshots: a card in each of its states") {
    message("card-asking", card_message(asking(), {{"U0ADA"}}));
    message("card-claimed", card_message(stands(Tone::claimed, "Ada Okafor will reply", open_buttons(true))));
    message("card-snoozed",
            card_message(stands(Tone::waiting, "Ada Okafor put it off until Tue 24 November 2026, 09:00",
                                {{"claim", "I'll reply", ButtonStyle::primary}, {"wake", "Back to me"}})));
    message("card-waiting", card_message(stands(Tone::waiting, "Held until Mon 23 November 2026, 09:00",
                                                open_buttons(false))));
    message("card-verified",
            card_message(stands(Tone::done, "Ada Okafor answered in person after 12 min. Verified.", why)));
    message("card-attested", card_message(stands(Tone::done, "Ada Okafor says they replied.", why)));
    message("card-brand", card_message(stands(Tone::done, "The brand's account answered after 3 min.", why)));
    message("card-other-staff",
            card_message(stands(Tone::done, "Bea Lindqvist from the team answered after 1 h 2 min.", why)));
    message("card-dismissed", card_message(stands(Tone::closed, "Not needed: it was automated", why)));
    Card withdrawn = stands(Tone::closed, "Withdrawn", why);
    withdrawn.quotes.clear();
    message("card-withdrawn", card_message(withdrawn));
}

TEST_CASE("snapshots: cards with more to tell") {
    Card late = asking();
    late.fields.push_back({"Late", "This was found after a break in listening"});
    message("card-late", card_message(late, {{"U0ADA"}}));
    Card handed = asking();
    handed.status = "Waiting for Bea Lindqvist, due Mon 23 November 2026, 17:40";
    handed.fields.push_back({"Brief", "Ada handed it over: Dana and you met in Lisbon."});
    message("card-handed-over", card_message(handed, {{"U0BEA"}}));
    Card many = asking();
    many.fields.push_back({"Messages", "60 so far"});
    for (int i = 0; i < 14; ++i)
        many.quotes.push_back({"Dana Smith", "And another one, number " + std::to_string(i),
                               asked_at + std::chrono::minutes{i}, ""});
    message("card-many-messages", card_message(many, {{"U0ADA"}}));
    Card tricks = asking();
    tricks.picture.clear();
    tricks.fields[0].text = "\u202Eעדה <!channel>\u2066, champion";
    tricks.quotes[0] = {"@everyone\u200B", std::string(40'000, 'x'), asked_at, "javascript:alert(1)"};
    message("card-tricks", card_message(tricks, {{"U0ADA"}}));
}

TEST_CASE("snapshots: what stands in the thread") {
    message("thread-line", history_message({{asked_at, "Ada Okafor will reply."}}));
    message("thread-lines",
            history_message({{asked_at, "Ada Okafor was asked."},
                             {asked_at + std::chrono::minutes{4}, "Ada Okafor will reply."}}));
    message("thread-outcome", outcome_message(stands(
                                  Tone::done, "Ada Okafor answered in person after 12 min. Verified.", why)));
    message("notice", notice_message("Bea was faster: she has it since 14:02."));
}

TEST_CASE("snapshots: pages and Home") {
    Page who{"who", "Dana Smith", {}};
    who.parts.push_back({"",
                         "Champion and speaker. Familiar.",
                         "https://forum.example/faces/dana.png",
                         "Dana Smith",
                         {{"Owner", "Ada Okafor"}, {"Reach", "4,200 people"}},
                         asking().quotes,
                         {{"role:7", "Change roles"},
                          {"forget:7", "Forget", ButtonStyle::danger, {}, "", "Forget Dana for good?"}}});
    message("page-who", page_message(who));
    view("page-who-view", page_view(who));
    Page home{"home", "Rapport", {}};
    home.parts.push_back({"My open alerts", "Nobody waits for you.", "", "", {}, {}, {{"mine", "Show all"}}});
    home.parts.push_back(
        {"Losing touch with", "", "", "", {{"Dana Smith", "last talked 41 days ago"}}, {}, {}});
    home.parts.push_back(
        {"My week", "3 answered in person, 1 not needed.", "", "", {}, {}, {{"hours", "My hours"}}});
    view("home", home_view(home));
    view("page-empty", page_view({"mine", "My alerts", {}}));
}

TEST_CASE("snapshots: forms") {
    Form rule;
    rule.id = "rule";
    rule.title = "A rule, step by step, for everybody";
    rule.submit = "Save";
    rule.text = "When this is so, the right person is asked.";
    rule.context = "rule=champion-waits";
    rule.fields = {{"fact",
                    "What",
                    FieldKind::choice,
                    "",
                    {{"Role", "person.role"}, {"Depth", "person.depth"}},
                    true,
                    "person.role",
                    false,
                    true},
                   {"value",
                    "Is one of",
                    FieldKind::choice,
                    "Several are fine.",
                    {{"Champion", "champion"}, {"Customer", "customer"}},
                    true,
                    "champion",
                    true},
                   {"ask",
                    "Ask first",
                    FieldKind::choice,
                    "",
                    {{"Owner", "o"}, {"Tie", "t"}, {"Duty", "d"}, {"Lead", "l"}, {"Team", "a"}}},
                   {"text", "As text", FieldKind::text, "", {}, false, "person.role = champion", true}};
    rule.buttons = {{"try", "Try it on history"}};
    view("form-rule", form_view(rule, {FormFor::office, 2, ""}));
    Form away;
    away.id = "away";
    away.title = "Away";
    away.submit = "Save";
    away.fields = {
        {"until", "Until", FieldKind::time, "In your own time zone.", {}, true, "2026-11-30 09:00"},
        {"deputy", "Who stands in", FieldKind::person, "", {}, false, "slack:T1:U0BEA"}};
    view("form-away", form_view(away));
    Form read_only;
    read_only.id = "report";
    read_only.title = "Report";
    read_only.text = "Last week, 12 of 14 were answered in person.";
    read_only.fields = {
        {"week", "Week", FieldKind::choice, "", {{"This", "0"}, {"Last", "1"}}, false, "1", false, true}};
    view("form-read-only", form_view(read_only));
    Form long_menu = away;
    long_menu.fields = {{"who", "Person", FieldKind::choice}};
    for (int i = 0; i < 230; ++i)
        long_menu.fields[0].options.push_back({"Person " + std::to_string(i), std::to_string(i)});
    CHECK(test::complaints_about_view(form_view(long_menu)).empty());
}

TEST_CASE("snapshots: our own small views") {
    OwnForm own;
    own.card = "alert:12";
    own.revision = 3;
    view("own-snooze", own_form_view(own, "C1 1.2", "2026-11-24", "09:00"));
    own.kind = OwnForm::Kind::hand_over;
    view("own-hand-over", own_form_view(own));
    own.kind = OwnForm::Kind::dismiss;
    view("own-dismiss", own_form_view(own));
    view("loading", loading_view("A rule"));
    view("error",
         error_view("A rule", "The rules file on disk was changed meanwhile. Close this and open it again."));
}

}  // namespace rapport::slack
