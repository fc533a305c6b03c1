#include "adapters/web/vouch.hpp"
#include "browser/site.hpp"
#include "support/catch.hpp"

using namespace rapport;
using namespace rapport::test;

TEST_CASE("what a visitor writes appears at the desk, and the staffer's answer appears at the visitor") {
    if (!have_browser()) RAPPORT_SKIP("no Chromium here: apt-get install chromium");
    with_browser([](Site& site, Browser& browser) -> awaitable<void> {
        Tab page = co_await visit(browser, site);
        co_await page.resize(1000, 760);
        co_await picture(page, "chat-empty");
        Tab desk = co_await sit_down(browser, site, "Ada Lovelace");
        co_await desk.resize(1440, 860);
        co_await picture(desk, "desk-empty");

        co_await say(page, "Hello! Does 2.0 speak IPv6? <b>Not bold</b> https://example.org/a.");
        co_await page.wait_for("document.querySelector('.line.own.sent')", "the message to be sent");
        CHECK((co_await page.evaluate(
                  "document.querySelectorAll('b').length === document.querySelectorAll('.from b').length")) ==
              "true");
        co_await desk.wait_for_text("Does 2.0 speak IPv6?");
        const std::string visitor = site.house.messages().front().channel.key.id;
        co_await desk.click("#conversations button");
        co_await desk.wait_for("document.querySelector('#lines .line')", "the transcript");
        CHECK((co_await desk.text("document.querySelector('#lines a').href")) == "https://example.org/a");
        co_await say(desk, "It does, since yesterday. Shall I show you?");
        co_await page.wait_for_text("It does, since yesterday.");
        co_await page.wait_for_text("from the team");
        co_await page.wait_for_text("Ada Lovelace");
        CHECK(site.house.messages().back().author.key == ada);
        CHECK(site.house.messages().back().reply_to == site.house.messages().front().id);

        co_await desk.click("#as-brand");
        co_await say(desk, "Thank you for reading us!");
        co_await page.wait_for_text("official account");
        CHECK(site.house.messages().back().role == "brand");
        CHECK((co_await desk.evaluate("document.getElementById('as-brand').checked")) == "false");

        co_await page.click("#rename");
        co_await page.type("Ana Lima");
        co_await page.key("Enter");
        co_await say(page, "Wonderful, thank you.\nFriday at ten?");
        co_await desk.wait_for_text("Ana Lima");
        co_await desk.wait_for_text("Friday at ten?");
        co_await deliver(site, sample_card(visitor), {ada});
        co_await desk.wait_for_text("A champion is waiting");
        co_await picture(page, "chat");
        co_await picture(desk, "desk");
        co_await page.resize(1000, 760, true);
        co_await desk.resize(1440, 860, true);
        co_await picture(page, "chat-dark");
        co_await picture(desk, "desk-dark");
        CHECK(page.errors() == std::vector<std::string>{});
        CHECK(desk.errors() == std::vector<std::string>{});
    });
}

TEST_CASE("who is signed in on the site is vouched for, and the proof stands in the address no longer") {
    if (!have_browser()) RAPPORT_SKIP("no Chromium here: apt-get install chromium");
    with_browser([](Site& site, Browser& browser) -> awaitable<void> {
        const std::string proof =
            web::vouch_proof(test_config().site_secret, "ana+books@example.org", "4102444800");
        Tab page = co_await browser.open(site.chat() +
                                         "#email=ana%2Bbooks%40example.org&until=4102444800&proof=" + proof);
        co_await page.wait_for("document.title.startsWith('Chat with')", "the chat to connect");
        CHECK((co_await page.text("location.href")) == site.chat());
        co_await say(page, "Where is my order?");
        co_await page.wait_for("document.querySelector('.line.own.sent')", "the message to be sent");
        CHECK(site.house.messages().front().author.email == "ana+books@example.org");
        CHECK(page.errors() == std::vector<std::string>{});

        Tab made_up =
            co_await browser.open(site.chat() + "#email=eve%40example.org&until=4102444800&proof=" + proof);
        co_await made_up.wait_for("document.title.startsWith('Chat with')", "the chat to connect");
        co_await say(made_up, "And mine?");
        co_await made_up.wait_for("document.querySelector('.line.own.sent')", "the message to be sent");
        CHECK(site.house.messages().back().author.email.empty());
    });
}

TEST_CASE("a card is pressed, edited in place, and folds away when it is closed") {
    if (!have_browser()) RAPPORT_SKIP("no Chromium here: apt-get install chromium");
    with_browser([](Site& site, Browser& browser) -> awaitable<void> {
        const std::string visitor(32, 'a');
        Tab desk = co_await sit_down(browser, site, "Ada Lovelace");
        co_await deliver(site, sample_card(visitor), {ada});
        Card team = sample_card(visitor);
        team.id = "alert-2";
        team.title = "Somebody new says hello";
        team.buttons.push_back(
            {"open", "Open", ButtonStyle::normal, {}, site.url() + "/desk#conversation=" + visitor, ""});
        team.quotes.front().link = team.buttons.back().url;
        co_await deliver(site, team);
        co_await desk.wait_for("document.querySelectorAll('#cards .card').length === 2", "both cards");
        co_await desk.click_text("Open");
        co_await desk.wait_for("document.activeElement.id === 'panel-title'",
                               "the conversation beside the card");
        CHECK((co_await desk.evaluate("document.querySelectorAll('#cards a').length")) == "0");
        co_await desk.click_text("Close");
        co_await desk.click_text("Mine");
        co_await desk.wait_for("document.querySelectorAll('#cards .card').length === 1", "my card alone");

        co_await desk.click_text("Snooze");
        co_await desk.click_text("Until tomorrow");
        co_await until([&] { return site.house.actions().size() == 1; });
        CHECK(site.house.actions()[0].button == "snooze");
        CHECK(site.house.actions()[0].values.at("choice") == "1d");
        CHECK(site.house.actions()[0].by == ada);

        co_await desk.click_text("Not needed");
        co_await desk.wait_for("document.querySelector('dialog').open", "the question");
        co_await picture(desk, "desk-question");
        co_await desk.key("Escape");
        co_await desk.wait_for("!document.querySelector('dialog').open", "the question to go");
        // The browser closes the dialog first and gives the focus back a moment later.
        co_await desk.wait_for("document.activeElement.textContent === 'Not needed'",
                               "the focus to come back");
        CHECK(site.house.actions().size() == 1);
        co_await desk.key("Enter");
        co_await desk.wait_for("document.querySelector('dialog').open", "the question again");
        co_await desk.click("#dialog-ok");
        co_await until([&] { return site.house.actions().size() == 2; });

        Card claimed = sample_card(visitor, 1);
        claimed.tone = Tone::claimed;
        claimed.status = "Ada has it since 14:02";
        co_await deliver(site, claimed, {ada});
        co_await desk.wait_for_text("Ada has it since 14:02");
        CHECK((co_await desk.evaluate("document.querySelectorAll('#cards .card').length")) == "1");
        co_await deliver(site, sample_card(visitor, 0), {ada});
        co_await pause(50ms);
        CHECK((co_await desk.text("document.querySelector('.card').dataset.revision")) == "1");

        Outgoing notice;
        notice.id = "notice";
        notice.to = {ada};
        notice.body = Notice{site.house.actions()[0].id, "Bea was faster: she has it since 14:02."};
        co_await site.adapter->deliver(notice);
        co_await desk.wait_for("document.querySelector('#toasts').innerText.includes('Bea was faster')",
                               "the notice");
        claimed.revision = 2;
        claimed.tone = Tone::closed;
        co_await deliver(site, claimed, {ada});
        co_await desk.wait_for(
            "document.querySelector('#closed .card') && !document.querySelector('#cards .card')",
            "the card to fold away");
        co_await desk.wait_for_text("1 card is closed");
        co_await picture(desk, "desk-notice");

        Outgoing form;
        form.id = "form";
        form.to = {ada};
        form.body = Form{"hand-over",
                         "alert-1",
                         "Hand over to whom?",
                         "Hand over",
                         {{"to", "Whom", FieldKind::person, "", {}, true},
                          {"brief", "What should they know?", FieldKind::text, "One line is enough."}}};
        co_await site.adapter->deliver(form);
        co_await desk.wait_for("document.querySelector('dialog').open", "the form");
        co_await desk.click("#field-brief");
        co_await desk.type("She asked about IPv6.");
        co_await picture(desk, "desk-form");
        co_await desk.click("#dialog-ok");
        co_await until([&] { return site.house.actions().size() == 3; });
        CHECK(site.house.actions()[2].button == "hand-over");
        CHECK(site.house.actions()[2].card == "alert-1");
        CHECK(site.house.actions()[2].values.at("to") == "ada");
        CHECK(site.house.actions()[2].values.at("brief") == "She asked about IPv6.");
        CHECK(desk.errors() == std::vector<std::string>{});
    });
}

TEST_CASE("whoever sits down next at the same desk sends nothing that the one before pressed or wrote") {
    if (!have_browser()) RAPPORT_SKIP("no Chromium here: apt-get install chromium");
    with_browser([](Site& site, Browser& browser) -> awaitable<void> {
        const std::string visitor(32, 'a');
        Tab desk = co_await sit_down(browser, site, "Ada Lovelace");
        Card card = sample_card(visitor);
        card.buttons.push_back(
            {"open", "Open", ButtonStyle::normal, {}, site.url() + "/desk#conversation=" + visitor, ""});
        co_await deliver(site, card);
        co_await desk.click_text("Open");
        co_await desk.wait_for("document.activeElement.id === 'panel-title'", "the conversation");
        co_await site.stop();
        co_await desk.wait_for_text("The connection is lost");
        co_await desk.click_text("I'll reply");
        co_await desk.click("#text");
        co_await desk.type("Yes, it does.");
        co_await desk.key("Enter");
        co_await desk.wait_for_text("Yes, it does.");

        co_await desk.click("#me");
        co_await desk.click("#roster li:nth-child(2) button");
        site.start();
        co_await deliver(site, card);
        co_await desk.wait_for(
            "!document.getElementById('board').hidden && "
            "document.querySelector('#cards .card')",
            "Bea's desk");
        co_await desk.click_text("Why?");
        co_await until([&] { return !site.house.actions().empty(); });
        CHECK(site.house.actions().size() == 1);
        CHECK(site.house.actions()[0].button == "why");
        CHECK(site.house.messages().empty());

        co_await desk.click("#me");
        co_await desk.click("#roster li:nth-child(1) button");
        co_await until([&] { return !site.house.messages().empty(); });
        CHECK(site.house.messages()[0].author.key == ada);
        CHECK(site.house.actions().size() == 1);
        CHECK(desk.errors() == std::vector<std::string>{});
    });
}

TEST_CASE("an alert is handed over at the desk, with a word for whoever gets it, or without") {
    if (!have_browser()) RAPPORT_SKIP("no Chromium here: apt-get install chromium");
    with_browser([](Site& site, Browser& browser) -> awaitable<void> {
        Tab desk = co_await sit_down(browser, site, "Ada Lovelace");
        Card card = sample_card(std::string(32, 'a'));
        card.buttons = {{"hand_over", "Hand over", ButtonStyle::normal, {{"Bea Okafor", "bea"}}, "", ""}};
        co_await deliver(site, card, {ada});
        const auto choose = [&]() -> awaitable<void> {
            co_await desk.click_text("Hand over");
            co_await desk.click_text("Bea Okafor");
            co_await desk.wait_for("document.querySelector('dialog').open", "the question");
        };
        co_await desk.wait_for("document.querySelector('#cards .card')", "the card");
        co_await choose();
        CHECK((co_await desk.text("document.getElementById('dialog-title').textContent")) ==
              "Hand over to Bea Okafor");
        co_await desk.key("Escape");
        co_await desk.wait_for("!document.querySelector('dialog').open", "the question to go");
        co_await choose();
        co_await desk.click("#field-brief");
        co_await desk.type("She asked about IPv6.");
        co_await desk.click("#dialog-ok");
        co_await until([&] { return site.house.actions().size() == 1; });
        using Values = std::map<std::string, std::string>;
        CHECK(site.house.actions()[0].button == "hand_over");
        CHECK(site.house.actions()[0].values ==
              Values{{"choice", "bea"}, {"brief", "She asked about IPv6."}});
        co_await choose();
        co_await desk.click("#dialog-ok");
        co_await until([&] { return site.house.actions().size() == 2; });
        CHECK(site.house.actions()[1].values == Values{{"choice", "bea"}, {"brief", ""}});
        CHECK(desk.errors() == std::vector<std::string>{});
    });
}

TEST_CASE("when the server restarts, pages come back by themselves, as who they were, and send what waited") {
    if (!have_browser()) RAPPORT_SKIP("no Chromium here: apt-get install chromium");
    with_browser([](Site& site, Browser& browser) -> awaitable<void> {
        Tab page = co_await visit(browser, site);
        co_await say(page, "before");
        co_await page.wait_for("document.querySelector('.line.own.sent')", "the first message to be sent");
        Tab desk = co_await sit_down(browser, site, "Bea Okafor");
        const std::string visitor = site.house.messages().front().author.key.id;
        co_await deliver(site, sample_card(visitor));
        co_await desk.wait_for_text("A champion is waiting");
        co_await site.stop();
        co_await page.wait_for_text("The connection is lost.");
        co_await say(page, "meanwhile");
        co_await page.wait_for("document.querySelector('.line.own.sending')", "the message to wait");
        co_await picture(page, "chat-lost");
        co_await desk.click_text("I'll reply");
        site.house.said[visitor].push_back({"1700000000000-00000000abcdef00", ada, "Ada Lovelace",
                                            web::Who::staff, "said while you were away",
                                            site.house.said[visitor].back().at});
        site.start();
        co_await page.wait_for("document.querySelectorAll('.line.own.sent').length === 2",
                               "both messages to be sent");
        co_await page.wait_for_text("said while you were away");
        CHECK((co_await page.evaluate("document.querySelectorAll('#lines .line').length")) == "3");
        REQUIRE(site.house.said[visitor].size() == 3);
        CHECK(site.house.said[visitor].back().author.id == visitor);
        co_await until([&] { return site.house.actions().size() == 1; });
        CHECK(site.house.actions().front().by.id == "staff:bea");

        co_await page.reload();
        co_await page.wait_for("document.querySelectorAll('.line.own.sent').length === 2",
                               "the conversation after a reload");
        Tab other = co_await visit(browser, site);
        CHECK((co_await other.evaluate("document.querySelectorAll('.line').length")) == "0");
        CHECK((co_await page.evaluate("localStorage.getItem('rapport.secret').length")) == "32");
        CHECK(page.errors() == std::vector<std::string>{});
    });
}
