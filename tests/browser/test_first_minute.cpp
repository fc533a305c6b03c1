// The whole program, as somebody meets it in their first minute.

#include "browser/site.hpp"
#include "support/catch.hpp"
#include "support/program.hpp"
#include "support/temporary_folder.hpp"

using namespace rapport;
using namespace rapport::test;

namespace {

std::string address_in(const std::string& line) {
    return line.substr(line.find("http://"));
}

/// What the program says where to go.
struct Addresses {
    std::string chat;
    std::string desk;
};

Addresses addresses_of(Program& program) {
    Addresses addresses;
    addresses.chat = address_in(program.line_with("Visitors chat at"));
    addresses.desk = address_in(program.line_with("Staff desk"));
    return addresses;
}

awaitable<void> first_minute(Addresses addresses) {
    Browser browser = co_await Browser::start();
    WebPage visitor = co_await browser.open(addresses.chat);
    co_await visitor.wait_for("document.title.startsWith('Chat with')", "the chat to connect");
    WebPage desk = co_await browser.open(addresses.desk);
    co_await desk.wait_for("document.querySelector('#roster button')", "the roster");
    co_await desk.click("#roster li:nth-child(2) button");  // Bea, who is on duty in support
    co_await desk.wait_for("!document.getElementById('board').hidden", "the board");
    co_await visitor.resize(560, 760);
    co_await desk.resize(1180, 760);

    co_await say(visitor, "Hello! Does version 2 speak IPv6? We would like to try it on Friday.");
    co_await visitor.wait_for("document.querySelector('.line.own.sent')", "the message to be durable");
    co_await desk.wait_for_text("Somebody wrote to us and waits");
    co_await desk.wait_for_text("Does version 2 speak IPv6?");
    co_await picture(desk, "first-minute-alert");

    co_await desk.click_text("I'll reply");
    co_await desk.wait_for_text("Bea Morgan will reply");
    co_await desk.click("#conversations button");
    co_await desk.wait_for("document.querySelector('#lines .line')", "the transcript");
    co_await say(desk, "It does, since this week. Shall we try it together on Friday at ten?");
    co_await visitor.wait_for_text("Shall we try it together");
    co_await visitor.wait_for_text("Bea Morgan");
    co_await desk.wait_for_text("1 card is closed");
    co_await desk.click("summary");
    co_await desk.wait_for_text("answered in person");
    co_await desk.wait_for_text("Verified");
    co_await picture(desk, "first-minute-verified");
    co_await picture(visitor, "first-minute-visitor");

    co_await say(visitor, "thanks!");
    co_await visitor.wait_for("document.querySelectorAll('.line.own.sent').length === 2",
                              "the thanks to be durable");
    CHECK((co_await desk.evaluate("document.querySelectorAll('.card').length")) == "1");
    CHECK(visitor.errors() == std::vector<std::string>{});
    CHECK(desk.errors() == std::vector<std::string>{});
}

}  // namespace

TEST_CASE("a visitor asks, a staffer is asked, claims, answers in person, and the alert closes as verified") {
    if (!have_browser()) RAPPORT_SKIP("no Chromium here: apt-get install chromium");
    const TemporaryFolder folder;
    Program program{{"serve", "--port", "0", "--config", RAPPORT_SOURCE_DIR "/config", "--store",
                     (folder.path() / "rapport.db").string()}};
    const Addresses addresses = addresses_of(program);
    run([](Addresses to) -> awaitable<void> { co_await first_minute(std::move(to)); }(addresses), 120s);
    CHECK(program.stop() == 0);

    Program list{{"alerts", "list", "--all", "--json", "--config", RAPPORT_SOURCE_DIR "/config", "--store",
                  (folder.path() / "rapport.db").string()}};
    const std::string alert = list.rest();
    CHECK(list.stop(0) == 0);
    CHECK_THAT(alert, ContainsSubstring(R"("outcome":"verified")"));
    CHECK_THAT(alert, ContainsSubstring(R"("staffer":"bea")"));
}

TEST_CASE("after a restart the open card is at the desk again, and the conversation goes on") {
    if (!have_browser()) RAPPORT_SKIP("no Chromium here: apt-get install chromium");
    const TemporaryFolder folder;
    const std::vector<std::string> arguments{"serve",
                                             "--port",
                                             "0",
                                             "--config",
                                             RAPPORT_SOURCE_DIR "/config",
                                             "--store",
                                             (folder.path() / "rapport.db").string()};
    {
        Program program{arguments};
        const Addresses addresses = addresses_of(program);
        run(
            [](Addresses to) -> awaitable<void> {
                Browser browser = co_await Browser::start();
                WebPage visitor = co_await browser.open(to.chat);
                co_await visitor.wait_for("document.title.startsWith('Chat with')", "the chat to connect");
                co_await say(visitor, "Is anybody there?");
                co_await visitor.wait_for("document.querySelector('.line.own.sent')",
                                          "the message to be durable");
            }(addresses),
            120s);
        CHECK(program.stop(SIGKILL) == -SIGKILL);
    }
    Program program{arguments};
    const Addresses addresses = addresses_of(program);
    run(
        [](Addresses to) -> awaitable<void> {
            Browser browser = co_await Browser::start();
            WebPage desk = co_await browser.open(to.desk);
            co_await desk.wait_for("document.querySelector('#roster button')", "the roster");
            co_await desk.click("#roster li:nth-child(2) button");
            co_await desk.wait_for_text("Somebody wrote to us and waits");
            co_await desk.wait_for_text("Is anybody there?");
        }(addresses),
        120s);
    CHECK(program.stop() == 0);
}
