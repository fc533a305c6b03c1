#include <set>

#include "browser/site.hpp"
#include "support/catch.hpp"

using namespace rapport;
using namespace rapport::test;

namespace {

/// Presses Tab until the element of that selector has the focus.
awaitable<void> tab_to(WebPage& page, std::string selector) {
    const std::string there = "document.activeElement.matches('" + selector + "')";
    for (int i = 0; i < 60; ++i) {
        const std::string holds = co_await page.evaluate(there);
        if (holds == "true") co_return;
        co_await page.key("Tab");
    }
    throw std::runtime_error("the Tab key does not lead to " + selector);
}

/// Whether what has the focus also shows it.
awaitable<void> check_focus_is_visible(WebPage& page) {
    const std::string outline = co_await page.text(
        "(() => { const node = document.activeElement.closest('.switch label')?.querySelector('span') ?? "
        "document.activeElement; "
        "return getComputedStyle(node).outlineStyle; })()");
    CHECK(outline == "solid");
}

/// Every control has a role that says what it is, and a name.
awaitable<void> check_names(WebPage& page) {
    static const std::set<std::string> controls{"button", "link",     "textbox", "checkbox",
                                                "radio",  "combobox", "log",     "dialog",
                                                "region", "heading",  "list",    "article"};
    static const std::set<std::string> may_be_nameless{"list"};
    int seen = 0;
    for (const AccessibleNode& node : co_await page.accessibility()) {
        if (!controls.contains(node.role) || may_be_nameless.contains(node.role)) continue;
        INFO(node.role);
        CHECK_FALSE(node.name.empty());
        ++seen;
    }
    CHECK(seen > 3);
}

awaitable<bool> scrolls_sideways(WebPage& page) {
    const std::string wide =
        co_await page.evaluate("document.documentElement.scrollWidth > window.innerWidth");
    co_return wide == "true";
}

}  // namespace

TEST_CASE("everything can be done with the keyboard alone, and the focus is always seen") {
    if (!have_browser()) RAPPORT_SKIP("no Chromium here: apt-get install chromium");
    with_browser([](Site& site, Browser& browser) -> awaitable<void> {
        WebPage page = co_await visit(browser, site);
        co_await tab_to(page, "#rename");
        co_await check_focus_is_visible(page);
        co_await page.key("Enter");
        co_await page.wait_for("document.activeElement.id === 'name'", "the focus in the dialog");
        co_await page.type("Ana");
        co_await page.key("Enter");
        co_await page.wait_for("document.activeElement.id === 'rename'", "the focus back on the button");
        co_await tab_to(page, "#text");
        co_await page.type("By keyboard");
        co_await page.key("Enter", true);
        co_await page.type("two lines");
        co_await page.key("Enter");
        co_await page.wait_for("document.querySelector('.line.own.sent')", "the message to be sent");
        CHECK(site.house.messages().front().text == "By keyboard\ntwo lines");
        CHECK((co_await page.text("document.activeElement.id")) == "text");

        WebPage desk = co_await browser.open(site.desk());
        co_await desk.wait_for("document.activeElement.id === 'roster-title'", "the focus at the question");
        co_await tab_to(desk, "#roster button");
        co_await check_focus_is_visible(desk);
        co_await desk.key("Enter");
        co_await desk.wait_for("!document.getElementById('board').hidden", "the board");
        co_await deliver(site, sample_card(site.house.messages().front().channel.key.id), {ada});
        co_await desk.wait_for("document.querySelector('.card')", "the card");
        co_await tab_to(desk, "[name=filter]");
        co_await check_focus_is_visible(desk);
        co_await desk.key("ArrowLeft");
        co_await desk.wait_for("document.querySelector('[value=mine]').checked", "the filter");
        co_await tab_to(desk, "[data-key=snooze]");
        co_await check_focus_is_visible(desk);
        co_await desk.key("Enter");
        co_await desk.wait_for("document.activeElement.dataset.value === '1h'", "the first choice");
        co_await desk.key("ArrowDown");
        co_await desk.key("Escape");
        co_await desk.wait_for("document.activeElement.dataset.key === 'snooze'",
                               "the focus back on the menu");
        co_await desk.key(" ");
        co_await desk.key("ArrowDown");
        co_await desk.key("Enter");
        co_await until([&] { return site.house.actions().size() == 1; });
        CHECK(site.house.actions().front().values.at("choice") == "1d");
        co_await deliver(site, sample_card(site.house.messages().front().channel.key.id, 1), {ada});
        co_await desk.wait_for("document.querySelector('.card').dataset.revision === '1'", "the edit");
        CHECK((co_await desk.text("document.activeElement.dataset.key")) == "snooze");
        co_await tab_to(desk, "[data-key=open]");
        co_await desk.key("Enter");
        co_await desk.wait_for("document.activeElement.id === 'panel-title'",
                               "the focus in the conversation");
        co_await tab_to(desk, "#text");
        co_await desk.type("Hello Ana");
        co_await desk.key("Enter");
        co_await page.wait_for_text("Hello Ana");
        co_await desk.key("Escape");
        co_await desk.wait_for("document.activeElement.dataset.key === 'open'", "the focus back on the card");
    });
}

TEST_CASE("every control has a name for those who do not see it") {
    if (!have_browser()) RAPPORT_SKIP("no Chromium here: apt-get install chromium");
    with_browser([](Site& site, Browser& browser) -> awaitable<void> {
        WebPage page = co_await visit(browser, site);
        co_await say(page, "hello");
        co_await page.wait_for("document.querySelector('.line.own.sent')", "the message to be sent");
        co_await check_names(page);
        co_await page.click("#rename");
        co_await check_names(page);
        WebPage locked = co_await browser.open(site.url() + "/desk");
        co_await locked.wait_for_text("The desk is locked");
        co_await check_names(locked);
        co_await picture(locked, "desk-locked");
        co_await locked.click("#key");
        co_await locked.type("not the key, surely");
        co_await locked.key("Enter");
        co_await locked.wait_for_text("This key does not open the desk.");
        WebPage desk = co_await sit_down(browser, site, "Ada Lovelace");
        CHECK((co_await desk.text("location.hash")) == "");
        co_await deliver(site, sample_card(site.house.messages().front().channel.key.id), {ada});
        co_await desk.click_text("Conversation");
        co_await desk.wait_for("document.querySelector('#lines .line')", "the transcript");
        co_await check_names(desk);
    });
}

TEST_CASE("on a screen of 320 pixels nothing sticks out") {
    if (!have_browser()) RAPPORT_SKIP("no Chromium here: apt-get install chromium");
    with_browser([](Site& site, Browser& browser) -> awaitable<void> {
        WebPage page = co_await visit(browser, site);
        co_await page.resize(320, 640);
        co_await say(page, "A" + std::string(300, 'a') + " and https://example.org/" + std::string(200, 'x'));
        co_await page.wait_for("document.querySelector('.line.own.sent')", "the message to be sent");
        CHECK_FALSE(co_await scrolls_sideways(page));
        co_await picture(page, "chat-narrow");
        WebPage desk = co_await sit_down(browser, site, "Ada Lovelace");
        co_await desk.resize(320, 640);
        Card card = sample_card(site.house.messages().front().channel.key.id);
        card.fields.push_back({"Link", "https://example.org/" + std::string(120, 'x')});
        co_await deliver(site, card, {ada});
        co_await desk.wait_for("document.querySelector('.card')", "the card");
        CHECK_FALSE(co_await scrolls_sideways(desk));
        co_await picture(desk, "desk-narrow");
        co_await desk.click_text("Conversation");
        co_await desk.wait_for("document.querySelector('#lines .line')", "the transcript");
        CHECK_FALSE(co_await scrolls_sideways(desk));
        co_await picture(desk, "desk-narrow-conversation");
        co_await desk.click_text("Close");
        for (const int width : {500, 800, 1100}) {
            co_await desk.resize(width, 700);
            CHECK_FALSE(co_await scrolls_sideways(desk));
            co_await picture(desk, "desk-" + std::to_string(width));
        }
    });
}
