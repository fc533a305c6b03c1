#include "adapters/net/base64.hpp"
#include "browser/site.hpp"
#include "support/catch.hpp"

using namespace rapport;
using namespace rapport::test;

namespace {

/// A chart, as the program would draw it: here the browser draws it.
awaitable<std::string> chart(Tab& page) {
    const std::string address = co_await page.text(
        "(() => { const c = document.createElement('canvas'); c.width = 960; c.height = 420;"
        "const d = c.getContext('2d'); d.fillStyle = '#fff'; d.fillRect(0, 0, 960, 420);"
        "[['Ada Lovelace', 40, '#2f6448'], ['Bea Okafor', 22, '#a8481f'], ['The brand', 9, '#8a8f94']]"
        ".forEach(([name, n, colour], i) => { d.fillStyle = colour; d.fillRect(230, 50 + i * 120, n * 16, "
        "70);"
        "d.fillStyle = '#222'; d.font = '30px sans-serif'; d.fillText(name, 20, 96 + i * 120);"
        "d.fillText(String(n), 245 + n * 16, 96 + i * 120); });"
        "return c.toDataURL('image/png'); })()");
    const std::optional<std::string> png = net::from_base64(address.substr(address.find(',') + 1));
    REQUIRE(png);
    co_return *png;
}

Letter report(std::string png) {
    Letter letter;
    letter.page.id = "report";
    letter.page.title = "The week of 16 November";
    Part numbers;
    numbers.text = "62 of 100 conversations were answered in person, 55 the week before.";
    numbers.fields = {{"Answered in person", "62 %"}, {"By the brand", "9 %"}, {"Median time", "1 h 40 min"}};
    Part cold;
    cold.heading = "Whom we are losing touch with";
    cold.text = "Ana Lima, last on 2 October: https://example.org/talk\nSam Roth, last on 9 October";
    cold.quotes = {{"Ana Lima", "Shall we talk in Porto?", {}, ""}};
    cold.buttons = {{"report:why", "How is this counted?"},
                    {"mute", "Mute", ButtonStyle::danger, {{"a week", "7d"}}}};
    letter.page.parts = {numbers, cold};
    letter.image = std::move(png);
    letter.image_text = "Bars, answers by staffer: Ada Lovelace 40, Bea Okafor 22, the brand 9.";
    letter.image_title = "Answers by staffer";
    return letter;
}

awaitable<void> deliver_letter(Site& site, std::string id, Letter letter) {
    Outgoing outgoing;
    outgoing.id = std::move(id);
    outgoing.to = {ada};
    outgoing.notify = true;
    outgoing.body = std::move(letter);
    REQUIRE(co_await site.adapter->deliver(std::move(outgoing)));
}

const std::string shown_picture =
    "(() => { const i = document.querySelector('.letter img'); return i && i.complete && i.naturalWidth === "
    "960; })()";

awaitable<std::string> name_of_image(Tab& page) {
    for (const AccessibleNode& node : co_await page.accessibility())
        if (node.role == "image" || node.role == "img") co_return node.name;
    co_return "";
}

}  // namespace

TEST_CASE("a letter with its picture lies on the desk, answers its buttons, and goes when it is dismissed") {
    if (!have_browser()) RAPPORT_SKIP("no Chromium here: apt-get install chromium");
    with_browser([](Site& site, Browser& browser) -> awaitable<void> {
        site.office.answer = [](const Ask& asked) -> Answer {
            if (asked.kind == Ask::Kind::form) return FormErrors{{"note", "Please say it in a few words."}};
            if (asked.name == "correct") {
                Form form;
                form.id = "correction";
                form.title = "What is wrong?";
                form.submit = "Tell Rapport";
                form.fields = {{"note", "In your words", FieldKind::text, "", {}, true, ""}};
                return form;
            }
            Page page;
            page.title = "How it is counted";
            page.parts.push_back({});
            page.parts.back().text = "An answer counts when it comes from a person's own account.";
            page.parts.back().buttons = {{"correct", "This is wrong"}};
            return page;
        };
        Tab desk = co_await sit_down(browser, site, "Ada Lovelace");
        co_await desk.resize(1280, 900);
        const std::string png = co_await chart(desk);
        co_await deliver_letter(site, "letter:47", report(png));
        co_await desk.wait_for_text("For you to read");
        co_await desk.wait_for(shown_picture, "the picture");
        CHECK((co_await name_of_image(desk)) ==
              "Bars, answers by staffer: Ada Lovelace 40, Bea Okafor 22, the brand 9.");
        co_await picture(desk, "desk-letter");
        co_await desk.resize(320, 640);
        CHECK((co_await desk.evaluate("document.documentElement.scrollWidth > window.innerWidth")) ==
              "false");
        co_await picture(desk, "desk-letter-narrow");
        co_await desk.resize(1280, 900, true);
        co_await picture(desk, "desk-letter-dark");
        co_await desk.resize(1280, 900);

        co_await desk.click_text("How is this counted?");
        co_await desk.wait_for("document.getElementById('page').open", "the answer");
        co_await desk.wait_for_text("from a person's own account");
        CHECK(site.office.asks.at(0).name == "report:why");
        CHECK(site.office.asks.at(0).by == ada);
        co_await picture(desk, "desk-letter-answer");
        co_await desk.click_text("This is wrong");
        co_await desk.wait_for("document.getElementById('dialog').open", "the form");
        co_await desk.click("#field-note");
        co_await desk.type("no");
        co_await desk.click_text("Tell Rapport");
        co_await desk.wait_for_text("Please say it in a few words.");
        CHECK(site.office.asks.back().values.at("note") == "no");
        CHECK((co_await desk.text("document.getElementById('field-note').value")) == "no");
        co_await desk.key("Escape");
        co_await desk.wait_for("!document.getElementById('dialog').open", "the form to go");

        co_await desk.reload();
        co_await desk.wait_for(shown_picture, "the picture after a reload");
        co_await desk.click_text("Dismiss");
        co_await desk.wait_for("document.getElementById('letters').hidden", "the letter to go");
        co_await desk.reload();
        co_await desk.wait_for("!document.getElementById('board').hidden", "the board");
        CHECK((co_await desk.evaluate("document.querySelectorAll('.letter').length")) == "0");
    });
}

TEST_CASE("a letter outlives the server, and one dismissed while it is away goes once it is back") {
    if (!have_browser()) RAPPORT_SKIP("no Chromium here: apt-get install chromium");
    with_browser([](Site& site, Browser& browser) -> awaitable<void> {
        Tab desk = co_await sit_down(browser, site, "Ada Lovelace");
        const std::string png = co_await chart(desk);
        co_await deliver_letter(site, "letter:47", report(png));
        co_await deliver_letter(site, "letter:48", report(""));
        co_await desk.wait_for("document.querySelectorAll('.letter').length === 2", "two letters");
        co_await desk.wait_for(shown_picture, "the picture");
        co_await site.stop();
        co_await desk.wait_for_text("The connection is lost.");
        co_await desk.click("[data-id=\"letter:48\"] [data-key=dismiss]");
        CHECK((co_await desk.evaluate("document.querySelectorAll('.letter').length")) == "1");
        site.start();
        co_await desk.wait_for("document.getElementById('connection').hidden", "the connection");
        co_await until([&] { return !site.notebook.notes.contains("web:site:letter:letter:48"); });
        CHECK(site.notebook.notes.contains("web:site:letter:letter:47"));
        co_await desk.reload();
        co_await desk.wait_for(shown_picture, "the picture after the restart");
        CHECK((co_await desk.evaluate("document.querySelectorAll('.letter').length")) == "1");
    });
}
