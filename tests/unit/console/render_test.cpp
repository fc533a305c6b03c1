#include "adapters/console/render.hpp"

#include "adapters/console/screen_text.hpp"
#include "adapters/console/terminal.hpp"
#include "support/catch.hpp"

using namespace rapport;
using namespace rapport::console;
using namespace std::chrono_literals;

namespace {

const Time now{1714554000s};  // 2024-05-01 09:00 UTC

Card a_card() {
    Card it;
    it.id = "alert-1";
    it.title = "A champion is waiting";
    it.status = "Waiting for Bea, due 10:00";
    it.fields = {{"Who", "Ada Lovelace"}, {"Why you", "You own this relationship."}};
    it.quotes = {{"ada", "Does 2.0 speak IPv6?", now - 5min, "https://a.example/1"}};
    it.buttons = {
        {"claim", "I'll reply", ButtonStyle::primary, {}, "", ""},
        {"snooze", "Snooze", ButtonStyle::normal, {{"One hour", "1h"}, {"Tomorrow", "1d"}}, "", ""}};
    it.history = {{now - 24h, "Asked Bea"}};
    return it;
}

Look ascii(int width = 50) {
    return {width, false, false, 0min};
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::size_t at = 0;
    while (at < text.size()) {
        const auto end = text.find('\n', at);
        lines.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return lines;
}

}  // namespace

TEST_CASE("a card is a box with all that it says, and its buttons as commands") {
    CHECK(render(a_card(), 3, now, ascii()) ==
          "+- 3 - A champion is waiting --------------------+\n"
          "| Waiting for Bea, due 10:00                     |\n"
          "|                                                |\n"
          "| Who      Ada Lovelace                          |\n"
          "| Why you  You own this relationship.            |\n"
          "|                                                |\n"
          "| ada - 08:55                                    |\n"
          "| > Does 2.0 speak IPv6?                         |\n"
          "| https://a.example/1                            |\n"
          "|                                                |\n"
          "| I'll reply: claim 3                            |\n"
          "| Snooze: snooze 3 1h|1d                         |\n"
          "|                                                |\n"
          "| 2024-04-30 09:00 Asked Bea                     |\n"
          "+------------------------------------------------+\n");
}

TEST_CASE("every row is as wide as the box, whatever the text") {
    Card it = a_card();
    it.title = "\xE6\xBC\xA2\xE5\xAD\x97 \xF0\x9F\x98\x80 " + std::string(200, 'x');
    it.fields.push_back({"A very long label that goes on and on", std::string(300, 'y') + " \xE6\xBC\xA2"});
    it.quotes[0].text = "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x92\xBB e\xCC\x81\n\n" + std::string(4000, 'z');
    it.quotes[0].link = "https://a.example/" + std::string(300, 'l');
    for (const int width : {30, 47, 80, 120})
        for (const bool unicode : {true, false}) {
            const Look look{width, unicode, false, 0min};
            for (const std::string& line : lines_of(render(it, 12, now, look))) {
                CAPTURE(line);
                CHECK(columns(line) == width);
            }
        }
    CHECK_THAT(render(it, 12, now, Look{120, true, false, 0min}), ContainsSubstring(std::string(60, 'l')));
}

TEST_CASE("hostile words in any part of a card stay words") {
    const std::string evil =
        "\x1b[2J\x9B\r\n\xE2\x80\xAE"
        "x\x07";
    Card it;
    it.title = it.status = evil;
    it.fields = {{evil, evil}};
    it.quotes = {{evil, evil, now, evil}};
    it.buttons = {{evil, evil, ButtonStyle::normal, {{evil, evil}}, "", ""}};
    it.history = {{now, evil}};
    for (const std::string& text :
         {render(it, 1, now, Look{80, true, false, 0min}), render(it, 1, now, ascii()),
          render_line(it, 1, Look{}), render_words(evil, Look{})}) {
        CHECK(text.find('\x1b') == std::string::npos);
        CHECK(text.find('\x07') == std::string::npos);
        CHECK(text.find('\r') == std::string::npos);
        CHECK(text.find("\xE2\x80\xAE") == std::string::npos);
    }
    for (const std::string& line : lines_of(render(it, 1, now, ascii()))) CHECK(line.size() == 50);
}

TEST_CASE("colour only frames a card and is always taken back") {
    const Look coloured{80, true, true, 0min};
    const std::string text = render(a_card(), 1, now, coloured);
    CHECK(text.find("\x1b[1;33m") != std::string::npos);
    for (const std::string& line : lines_of(text)) CHECK(line.rfind("\x1b[0m") > line.rfind("\x1b[1;33m"));
    CHECK(render(a_card(), 1, now, Look{}).find('\x1b') == std::string::npos);
}

TEST_CASE("times are shown in the staffer's zone, with the date if it is another day there") {
    CHECK(render_time(now, now, {80, true, false, 120min}) == "11:00");
    CHECK(render_time(now - 10h, now, {80, true, false, 0min}) == "2024-04-30 23:00");
    CHECK(render_time(now - 10h, now, {80, true, false, 120min}) == "01:00");
    CHECK(render_time(now + 14h, now, {80, true, false, -600min}) == "2024-05-01 13:00");
    CHECK(render_time(now, now, {80, true, false, -600min}) == "23:00");
}

TEST_CASE("a long history shows its end") {
    Card it = a_card();
    for (int i = 0; i < 20; ++i) it.history.push_back({now, "step " + std::to_string(i)});
    const std::string text = render(it, 1, now, ascii());
    CHECK_THAT(text, ContainsSubstring("(16 earlier)") && ContainsSubstring("step 19") &&
                         !ContainsSubstring("step 14"));
}

TEST_CASE("a terminal gets what it can show and its owner wants") {
    CHECK(look_for({true, 100, "", "xterm", "en_GB.UTF-8"}).colour);
    CHECK(look_for({true, 100, "", "xterm", "en_GB.UTF-8"}).unicode);
    CHECK(look_for({true, 100, "", "xterm", "C.utf8"}).unicode);
    CHECK(look_for({true, 100, "", "xterm", ""}).width == 100);
    CHECK_FALSE(look_for({true, 100, "1", "xterm", ""}).colour);
    CHECK_FALSE(look_for({false, 100, "", "xterm", ""}).colour);
    CHECK_FALSE(look_for({true, 100, "", "dumb", ""}).colour);
    CHECK_FALSE(look_for({true, 100, "", "xterm", "POSIX"}).unicode);
    CHECK(look_for({}).width == 80);
}
