#pragma once

#include <cstdlib>
#include <filesystem>
#include <memory>

#include "adapters/net/task_group.hpp"
#include "support/browser.hpp"
#include "support/fake_slack_world.hpp"
#include "unit/web/fake.hpp"

namespace rapport::test {

/// A website that can be stopped and started again on the same port, before a fake house that remembers.
class Site {
public:
    explicit Site(asio::any_io_executor executor) : executor_(executor), running_(executor) {
        house.executor = executor;
        start();
    }

    void start() {
        adapter = std::make_unique<web::WebAdapter>(test_config(port_), house, &office, &notebook);
        const Result<> listening = adapter->listen(executor_);
        if (!listening) throw std::runtime_error(listening.error().what);
        port_ = adapter->port();
        running_.spawn(serve());
    }
    awaitable<void> stop() {
        running_.cancel();
        co_await running_.wait();
        adapter.reset();
    }

    std::string chat() const { return url() + "/"; }
    std::string desk() const { return url() + "/desk#" + test_config().token; }
    std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }

    FakeHouse house{};
    FakeOffice office{};
    FakeNotebook notebook{};
    std::unique_ptr<web::WebAdapter> adapter{};

private:
    awaitable<void> serve() { co_await adapter->run(house); }

    asio::any_io_executor executor_;
    std::uint16_t port_ = 0;
    net::TaskGroup running_;
};

/// Runs `body(site, browser)` with a fresh site and a fresh browser.
template <class Body>
void with_browser(Body body) {
    run(
        [](Body b) -> awaitable<void> {
            Site site{co_await asio::this_coro::executor};
            std::exception_ptr thrown;
            try {
                Browser browser = co_await Browser::start();
                co_await b(site, browser);
            } catch (...) {
                thrown = std::current_exception();
            }
            co_await site.stop();
            if (thrown) std::rethrow_exception(thrown);
        }(std::move(body)),
        120s);
}

/// Saves what a page shows if RAPPORT_SCREENSHOTS names a folder: for people who look at the pages.
inline awaitable<void> picture(Tab& page, std::string name) {
    const char* folder = std::getenv("RAPPORT_SCREENSHOTS");
    if (folder == nullptr) co_return;
    co_await pause(350ms);
    co_await page.screenshot((std::filesystem::path{folder} / (name + ".png")).string());
}

/// Chooses who sits at the desk and waits for the board.
inline awaitable<Tab> sit_down(Browser& browser, const Site& site, std::string full_name) {
    Tab desk = co_await browser.open(site.desk());
    co_await desk.wait_for_text("Who is sitting here?");
    // The button holds the initials too, hidden from assistive technology.
    co_await desk.wait_for("document.querySelector('#roster button')", "the roster");
    const std::string index = full_name.starts_with("Ada") ? "1" : "2";
    co_await desk.click("#roster li:nth-child(" + index + ") button");
    co_await desk.wait_for("!document.getElementById('board').hidden", "the board");
    co_return desk;
}

/// A visitor's page, connected.
inline awaitable<Tab> visit(Browser& browser, const Site& site) {
    Tab page = co_await browser.open(site.chat());
    co_await page.wait_for("document.title.startsWith('Chat with')", "the chat to connect");
    co_return page;
}

inline awaitable<void> say(Tab& page, std::string words) {
    co_await page.click("#text");
    co_await page.type(std::move(words));
    co_await page.key("Enter");
}

/// A card as the program makes them, with everything that a card can have.
inline Card sample_card(const std::string& visitor, std::uint32_t revision = 0) {
    using std::chrono::minutes;
    const Time now = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
    Card card;
    card.id = "alert-1";
    card.revision = revision;
    card.title = "A champion is waiting for an answer";
    card.status = "Waiting for Ada Lovelace, due 16:40";
    card.fields = {{"Who", "Ana Lima · champion · 4,200 readers"},
                   {"Close to", "you (familiar), Bea (acquaintance)"},
                   {"Last time", "12 March: her workshop in Porto"},
                   {"Why you", "you own this relationship"}};
    card.quotes = {{"Ana Lima",
                    "I finished the book last night. Does 2.0 speak IPv6? I would love to show it on Friday.",
                    now - minutes{12}, ""}};
    card.buttons = {{"claim", "I'll reply", ButtonStyle::primary},
                    {"snooze", "Snooze", ButtonStyle::normal, {{"1 hour", "1h"}, {"Until tomorrow", "1d"}}},
                    {"hand", "Hand over", ButtonStyle::normal, {{"Bea Okafor", "bea"}}},
                    {"dismiss", "Not needed", ButtonStyle::danger, {}, "", "Is nobody needed here?"},
                    {"why", "Why?"}};
    card.history = {{now - minutes{12}, "Ana wrote"}, {now - minutes{10}, "Ada was asked: owner"}};
    card.conversation = "web:site:" + visitor;
    return card;
}

inline awaitable<void> deliver(Site& site, Card card, std::vector<AccountKey> to = {}) {
    static int number = 0;
    Outgoing outgoing;
    outgoing.id = "outgoing-" + std::to_string(++number);
    outgoing.team = to.empty();
    outgoing.to = std::move(to);
    outgoing.body = std::move(card);
    co_await site.adapter->deliver(std::move(outgoing));
}

inline const AccountKey ada{"web", "site", "staff:ada"};

}  // namespace rapport::test
