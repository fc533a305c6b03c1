#include "adapters/net/task_group.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <exception>
#include <list>

#include "adapters/net/cancelled.hpp"

namespace rapport::net {
namespace asio = boost::asio;

namespace {

/// One task. Boost 1.81 throws out of the loop if a coroutine is cancelled before it has begun, so that waits
/// until it has.
struct Task {
    asio::cancellation_signal signal{};
    bool begun = false;
    bool cancelled = false;
};

asio::awaitable<void> begin(std::shared_ptr<Task> one, asio::awaitable<void> task) {
    one->begun = true;
    if (one->cancelled) co_return;
    co_await std::move(task);
}

}  // namespace

struct TaskGroup::State {
    explicit State(asio::any_io_executor ex)
        : executor(ex), emptied(ex, asio::steady_timer::time_point::max()) {}

    asio::any_io_executor executor;
    asio::steady_timer emptied;
    std::list<std::shared_ptr<Task>> running{};
    std::exception_ptr failure{};
};

TaskGroup::TaskGroup(asio::any_io_executor executor) : state_(std::make_shared<State>(std::move(executor))) {}

TaskGroup::~TaskGroup() {
    cancel();
}

void TaskGroup::spawn(asio::awaitable<void> task) {
    // The handler keeps the signal too: it must outlive the coroutine's use of its slot.
    const auto one = std::make_shared<Task>();
    const auto place = state_->running.insert(state_->running.end(), one);
    auto done = [state = state_, place, one](std::exception_ptr thrown) {
        state->running.erase(place);
        if (thrown && !state->failure && !was_cancelled(thrown)) state->failure = thrown;
        if (state->running.empty()) state->emptied.cancel();
    };
    asio::co_spawn(state_->executor, begin(one, std::move(task)),
                   asio::bind_cancellation_slot(one->signal.slot(), std::move(done)));
}

std::size_t TaskGroup::size() const noexcept {
    return state_->running.size();
}

void TaskGroup::cancel() {
    const auto running = state_->running;
    for (const auto& one : running) {
        one->cancelled = true;
        if (one->begun) one->signal.emit(asio::cancellation_type::all);
    }
}

asio::awaitable<void> TaskGroup::wait() {
    const auto state = state_;
    const bool throws = co_await asio::this_coro::throw_if_cancelled();
    co_await asio::this_coro::throw_if_cancelled(false);
    while (!state->running.empty()) co_await state->emptied.async_wait(asio::as_tuple(asio::use_awaitable));
    co_await asio::this_coro::throw_if_cancelled(throws);
    if (state->failure) std::rethrow_exception(state->failure);
}

}  // namespace rapport::net
