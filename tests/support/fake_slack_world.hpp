#pragma once

// What stands around the Slack adapter in tests: an inbox that says when something is durable, an office with
// set answers, a notebook in memory, and a clock that leaps over waits in which nothing happens.

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <deque>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "adapters/adapter.hpp"
#include "adapters/net/run_loop.hpp"
#include "adapters/net/wakeup.hpp"
#include "adapters/notebook.hpp"
#include "adapters/office.hpp"
#include "adapters/slack/api/timing.hpp"

namespace rapport::test {

/// Remembers what it was given. `durable_at_once`: says so in the same breath; otherwise `settle` does.
class FakeInbox final : public Inbox {
public:
    bool try_put(Event& event, Acked& acked) override {
        if (full) return false;
        events.push_back(std::move(event));
        waiting_.push_back(std::move(acked));
        if (durable_at_once) settle();
        return true;
    }
    boost::asio::awaitable<void> put(Event event, Acked acked) override {
        boost::asio::steady_timer timer{co_await boost::asio::this_coro::executor};
        while (!try_put(event, acked)) {
            timer.expires_after(std::chrono::milliseconds{1});
            co_await timer.async_wait(boost::asio::use_awaitable);
        }
    }
    /// All that has come is durable now.
    void settle() {
        for (Acked& acked : std::exchange(waiting_, {}))
            if (acked) acked();
    }
    template <class Body>
    std::vector<Body> all() const {
        std::vector<Body> found;
        for (const Event& event : events)
            if (const Body* body = std::get_if<Body>(&event.body)) found.push_back(*body);
        return found;
    }
    std::vector<std::string> texts() const {
        std::vector<std::string> found;
        for (const MessagePosted& one : all<MessagePosted>()) found.push_back(one.message.text);
        return found;
    }
    std::map<std::string, std::string> cursors() const {
        std::map<std::string, std::string> found;
        for (const Event& event : events)
            if (!event.cursor_name.empty()) found[event.cursor_name] = event.cursor;
        return found;
    }

    std::vector<Event> events{};
    bool durable_at_once = true;
    bool full = false;

private:
    std::vector<Acked> waiting_{};
};

/// Answers with `answer`, after `delay` of real time.
class FakeOffice final : public Office {
public:
    boost::asio::awaitable<Answer> ask(Ask ask) override {
        asks.push_back(ask);
        if (delay.count() > 0) {
            boost::asio::steady_timer timer{co_await boost::asio::this_coro::executor, delay};
            co_await timer.async_wait(boost::asio::use_awaitable);
        }
        Answer given = answer ? answer(ask) : Answer{};
        co_return given;
    }
    std::vector<Ask> asks{};
    std::function<Answer(const Ask&)> answer{};
    std::chrono::milliseconds delay{};
};

class FakeNotebook final : public Notebook {
public:
    boost::asio::awaitable<Result<std::optional<std::string>>> read(std::string key) override {
        const auto at = notes.find(key);
        std::optional<std::string> value;
        if (at != notes.end()) value = at->second;
        co_return value;
    }
    boost::asio::awaitable<Result<std::map<std::string, std::string>>> list(std::string prefix) override {
        std::map<std::string, std::string> found;
        for (const auto& [key, value] : notes)
            if (key.starts_with(prefix)) found[key] = value;
        co_return found;
    }
    boost::asio::awaitable<Result<>> write(std::string key, std::string value) override {
        notes[key] = std::move(value);
        co_return Result<>{};
    }
    boost::asio::awaitable<Result<>> erase(std::string key) override {
        if (!erases) co_return Error{ErrorKind::transient, "the store is resting"};
        notes.erase(key);
        co_return Result<>{};
    }
    std::map<std::string, std::string> notes{};
    bool erases = true;
};

/// Who sleeps on it is woken by `leap`, which the loop calls when nothing else happens: rate limits and
/// back-offs cost no real time.
class LeapingClock {
public:
    /// `base`: the time without the leaps.
    explicit LeapingClock(std::function<Time()> base) : base_(std::move(base)) {}

    Time now() const { return base_() + leapt_; }
    rapport::slack::Timing timing() {
        rapport::slack::Timing timing;
        timing.now = [this] { return now(); };
        timing.sleep = [this](std::chrono::milliseconds time) { return sleep(time); };
        timing.roll = [] { return 0.5; };
        return timing;
    }
    /// To where the first sleeper wakes; false: nobody sleeps.
    bool leap() {
        if (sleepers_.empty()) return false;
        const Time due = sleepers_.begin()->first;
        if (due > now()) leapt_ += due - now();
        wake();
        return true;
    }
    /// Wakes whoever's time has come by itself.
    void wake() {
        for (const auto& [due, wakeup] : sleepers_)
            if (due <= now()) wakeup->notify();
    }

private:
    boost::asio::awaitable<void> sleep(std::chrono::milliseconds time) {
        net::Wakeup wakeup{co_await boost::asio::this_coro::executor};
        const Time due = now() + time;
        const auto place = sleepers_.emplace(due, &wakeup);
        struct Gone {
            std::multimap<Time, net::Wakeup*>& list;
            std::multimap<Time, net::Wakeup*>::iterator place;
            ~Gone() { list.erase(place); }
        } gone{sleepers_, place};
        while (now() < due) co_await wakeup.wait();
    }

    std::function<Time()> base_;
    std::chrono::milliseconds leapt_{};
    std::multimap<Time, net::Wakeup*> sleepers_{};
};

/// Turns the loop until `ready()`; false if that does not come to be within `limit` of real time.
template <class Ready>
bool turn_until(boost::asio::io_context& io, LeapingClock& clock, Ready ready,
                std::chrono::milliseconds limit = std::chrono::seconds{20}) {
    constexpr int quiet_rounds = 3;
    const auto end = std::chrono::steady_clock::now() + limit;
    int quiet = 0;
    while (!ready()) {
        if (std::chrono::steady_clock::now() >= end) return false;
        clock.wake();
        io.restart();
        if (net::passing_cancellations([&] { return io.run_one_for(std::chrono::milliseconds{2}); }) > 0) {
            quiet = 0;
        } else if (++quiet >= quiet_rounds) {
            clock.leap();
            quiet = 0;
        }
    }
    return true;
}

}  // namespace rapport::test
