#include "adapters/console/command.hpp"

#include "adapters/console/form_dialog.hpp"
#include "support/catch.hpp"

using namespace rapport;
using namespace rapport::console;

namespace {

/// Card 1 with all kinds of buttons; card 2 without any.
Board board() {
    Board it;
    Card card;
    card.id = "alert-1";
    card.quotes = {{"ada", "?", std::nullopt, "https://a.example/q"}};
    card.buttons = {{"claim", "I'll reply", ButtonStyle::primary, {}, "", ""},
                    {"open", "Open", ButtonStyle::normal, {}, "https://a.example/1", ""},
                    {"snooze",
                     "Snooze",
                     ButtonStyle::normal,
                     {{"One hour", "1h"}, {"Tomorrow", "1d"}, {"One week", "7d"}},
                     "",
                     ""},
                    {"hand_over", "Hand over", ButtonStyle::normal, {}, "", ""},
                    {"not_needed", "Not needed", ButtonStyle::danger, {}, "", "Sure?"},
                    {"why", "Why?", ButtonStyle::normal, {}, "", ""},
                    {"claim_silently", "Take it quietly", ButtonStyle::normal, {}, "", ""}};
    it.put(card);
    card.id = "alert-2";
    card.buttons.clear();
    card.quotes.clear();
    card.tone = Tone::closed;
    it.put(card);
    return it;
}

std::string pressed(std::string_view line) {
    const Intent intent = understand(line, board());
    if (const auto* press = std::get_if<Press>(&intent)) {
        const auto choice = press->values.find("choice");
        return press->card + " " + press->button +
               (choice == press->values.end() ? "" : " " + choice->second);
    }
    if (const auto* complaint = std::get_if<Complaint>(&intent)) return complaint->text;
    return "something else";
}

}  // namespace

TEST_CASE("buttons are pressed by id, by label, or by the first letters of either") {
    const auto [line, expected] = GENERATE(table<const char*, const char*>({
        {"claim 1", "alert-1 claim"},
        {"  CLAIM   #1 ", "alert-1 claim"},
        {"i'll reply 1", "alert-1 claim"},
        {"ill 1", "alert-1 claim"},
        {"hand over 1", "alert-1 hand_over"},
        {"hand 1", "alert-1 hand_over"},
        {"h 1", "alert-1 hand_over"},
        {"n 1", "alert-1 not_needed"},
        {"why? 1", "alert-1 why"},
        {"take 1", "alert-1 claim_silently"},
        {"snooze 1 1h", "alert-1 snooze 1h"},
        {"s 1 tom", "alert-1 snooze 1d"},
        {"snooze 1 one w", "alert-1 snooze 7d"},
    }));
    CAPTURE(line);
    CHECK(pressed(line) == expected);
}

TEST_CASE("what cannot be pressed is answered with what can") {
    const auto [line, expected] = GENERATE(table<const char*, const char*>({
        {"cl 1", "\"cl\" could be claim or claim silently"},
        {"snooze 1", "snooze 1: Choose one of: 1h (One hour), 1d (Tomorrow), 7d (One week)."},
        {"snooze 1 2h", "\"2h\" is none of them. Choose one of: 1h"},
        {"snooze 1 one", "\"one\" is more than one of them."},
        {"snoze 1 1h", "I don't know \"snoze\". Did you mean snooze?"},
        {"frobnicate 1", "I don't know \"frobnicate\". Type help"},
        {"claim 7", "There is no card 7. Type list"},
        {"claim 2", "Nothing can be pressed on card 2 any more."},
        {"claim", "Which card? Type for instance claim 1."},
        {"show", "Which card? Type for instance show 1."},
        {"lsit", "Did you mean list?"},
        {"xyzzy", "I don't know \"xyzzy\". Type help"},
        {"reply 1 thanks a lot", "Rapport never speaks for you. Answer in your own name: open 1"},
        {"claim 1 thanks a lot", "Rapport never speaks for you"},
        {"open 2", "Card 2 has no link"},
    }));
    CAPTURE(line);
    CHECK_THAT(pressed(line), ContainsSubstring(expected));
}

TEST_CASE("the desk's own words work by their first letters too") {
    const Board it = board();
    CHECK(std::holds_alternative<ListCards>(understand("list", it)));
    CHECK(std::holds_alternative<ListCards>(understand("l", it)));
    CHECK(std::get<ListCards>(understand("list all", it)).all);
    CHECK(std::holds_alternative<Help>(understand("help", it)));
    CHECK(std::holds_alternative<Help>(understand("?", it)));
    CHECK(std::holds_alternative<WhoAmI>(understand("who am i?", it)));
    CHECK(std::holds_alternative<WhoAmI>(understand("whoami", it)));
    CHECK(std::holds_alternative<Quit>(understand("quit", it)));
    CHECK(std::holds_alternative<Quit>(understand("EXIT", it)));
    CHECK(std::holds_alternative<Nothing>(understand("  \t", it)));
    CHECK(std::get<ShowCard>(understand("show 2", it)).number == 2);
    CHECK(std::get<ShowCard>(understand("1", it)).number == 1);
    CHECK(std::get<OpenLink>(understand("open 1", it)).url == "https://a.example/1");
}

TEST_CASE("a dangerous button carries its question") {
    CHECK(std::get<Press>(understand("not needed 1", board())).confirm == "Sure?");
    CHECK(std::get<Press>(understand("claim 1", board())).confirm == "");
}

TEST_CASE("a hostile line is answered harmlessly") {
    const std::string text = pressed("\x1b[2J" + std::string(5000, 'x'));
    CHECK(text.find('\x1b') == std::string::npos);
    CHECK(text.size() < 200);
    CHECK_THAT(pressed("claim 99999999999999999999999"), ContainsSubstring("I don't know"));
}

TEST_CASE("a form asks for one field after the other") {
    FormDialog dialog{
        {"f1",
         "alert-1",
         "Hand over",
         "Hand it over",
         {{"to", "To whom", FieldKind::person, "a name", {{"Bea B.", "bea"}, {"Cid C.", "cid"}}, true},
          {"brief", "Brief", FieldKind::text, "", {}, false},
          {"note", "Note", FieldKind::text, "", {}, true}}}};
    CHECK_THAT(dialog.question(), ContainsSubstring("To whom (a name)") && ContainsSubstring("bea: Bea B."));
    CHECK(dialog.answer("") == "To whom is needed.");
    CHECK_THAT(dialog.answer("zoe"), ContainsSubstring("Choose one of: bea (Bea B.), cid (Cid C.)"));
    CHECK(dialog.answer("ci") == "");
    CHECK(dialog.answer("") == "");
    CHECK_FALSE(dialog.done());
    CHECK(dialog.answer("  met in Porto ") == "");
    CHECK(dialog.done());
    CHECK(dialog.values() == std::map<std::string, std::string>{{"to", "cid"}, {"note", "met in Porto"}});
}

TEST_CASE("a board keeps numbers, ignores older revisions and repeated deliveries, and stays bounded") {
    Board it;
    Card card;
    card.id = "a";
    card.revision = 2;
    CHECK(it.put(card)->number == 1);
    card.revision = 1;
    CHECK(it.put(card) == nullptr);
    card.revision = 3;
    card.title = "new";
    CHECK(it.put(card)->number == 1);
    CHECK(it.find(1)->card.title == "new");
    CHECK(it.first_time("d1"));
    CHECK_FALSE(it.first_time("d1"));

    card.id = "over";
    card.tone = Tone::done;
    it.put(card);
    CHECK(it.cards(false).size() == 1);
    CHECK(it.cards(true).size() == 2);
    card.tone = Tone::asking;
    for (std::size_t i = 2; i < Board::max_cards + 1; ++i) {
        card.id = "c" + std::to_string(i);
        it.put(card);
    }
    CHECK(it.cards(true).size() == Board::max_cards);
    CHECK(it.find(1) != nullptr);
    CHECK(it.find(2) == nullptr);
    for (std::size_t i = 0; i < 3000; ++i) it.first_time("x" + std::to_string(i));
    CHECK(it.first_time("d1"));
}
