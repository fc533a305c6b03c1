#include "adapters/slack/api/turns.hpp"

#include <algorithm>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/this_coro.hpp>
#include <utility>

namespace rapport::slack {
namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {

std::string seconds(std::chrono::milliseconds time) {
    return std::to_string((time.count() + 999) / 1000) + " s";
}

}  // namespace

asio::awaitable<void> Turns::until_poked(Waiter& waiter) {
    while (!waiter.poked) co_await waiter.changed.wait();
    waiter.poked = false;
}

void Turns::poke(Waiter& waiter) {
    waiter.poked = true;
    waiter.changed.notify();
}

bool Turns::leads(Schedule::Ticket ticket) const {
    return !waiters_.empty() && waiters_.begin()->first == ticket;
}

void Turns::poke_leader() {
    if (!waiters_.empty()) poke(*waiters_.begin()->second);
}

void Turns::hand_out() {
    bool any = false;
    while (const auto ticket = schedule_.next(timing_.now())) {
        const auto found = waiters_.find(*ticket);
        found->second->granted = true;
        poke(*found->second);
        waiters_.erase(found);
        any = true;
    }
    if (any) poke_leader();  // it may be another one now
}

void Turns::leave(Schedule::Ticket ticket) {
    schedule_.leave(ticket);
    waiters_.erase(ticket);
    hand_out();
    poke_leader();
}

void Turns::pause(const std::string& name, std::chrono::milliseconds time) {
    schedule_.pause(name, timing_.now() + time);
}

asio::awaitable<ApiResult<Turns::Turn>> Turns::wait(std::string name, Method traits, Priority priority,
                                                    Time deadline) {
    using namespace asio::experimental::awaitable_operators;
    Waiter waiter{co_await asio::this_coro::executor};
    const Time began = timing_.now();
    const auto ticket = schedule_.enter(name, traits, priority, began);
    if (!ticket) {
        co_return ApiError{ErrorKind::transient,
                           name +
                               ": too many calls wait for Slack already, so this one was not "
                               "made. Slack limits how many it takes; try again later"};
    }
    waiters_.emplace(*ticket, &waiter);
    Turn turn{*this, *ticket};  // from here on, whatever happens, the place is given back
    hand_out();
    if (!waiter.granted) poke_leader();
    while (!waiter.granted) {
        const Time now = timing_.now();
        if (now >= deadline) {
            co_return ApiError{
                ErrorKind::transient,
                name + ": waited " + seconds(now - began) +
                    " for its turn, as Slack limits how many calls it takes, and was given up; "
                    "nothing was sent"};
        }
        Time until = deadline;
        if (leads(*ticket)) {
            hand_out();
            if (waiter.granted) break;
            const auto wake = schedule_.wake(now);
            if (wake) until = std::clamp(*wake, now + 1ms, std::max(deadline, now + 1ms));
        }
        co_await (until_poked(waiter) || timing_.sleep(until - now));
    }
    ApiResult<Turn> granted{std::move(turn)};
    co_return granted;
}

}  // namespace rapport::slack
