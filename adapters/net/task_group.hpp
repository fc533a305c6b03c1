#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <cstddef>
#include <memory>

namespace rapport::net {

/// Coroutines that come and go, like a server's connections, with one owner: none outlives a finished `wait`.
/// Lives on one executor; not thread-safe. Destroying the group cancels what still runs.
class TaskGroup {
public:
    explicit TaskGroup(boost::asio::any_io_executor executor);
    ~TaskGroup();

    /// Starts `task`. What it throws, other than by being cancelled, comes out of `wait`.
    void spawn(boost::asio::awaitable<void> task);
    std::size_t size() const noexcept;
    /// Asks all to end.
    void cancel();
    /// Waits until none is left, even while the waiting coroutine is itself being cancelled: tasks that were
    /// cancelled are expected to end soon. Rethrows the first exception of a task.
    boost::asio::awaitable<void> wait();

private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace rapport::net
