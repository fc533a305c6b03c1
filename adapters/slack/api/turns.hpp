#pragma once

#include <boost/asio/awaitable.hpp>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "adapters/net/wakeup.hpp"
#include "adapters/slack/api/api_error.hpp"
#include "adapters/slack/api/schedule.hpp"
#include "adapters/slack/api/timing.hpp"

namespace rapport::slack {

/// Lets coroutines wait for their turn in a `Schedule`. Must outlive them. Lives on one executor.
class Turns {
public:
    Turns(Schedule::Bounds bounds, Timing timing) : schedule_(bounds), timing_(std::move(timing)) {}

    /// The right to make one request; given back when it is destroyed.
    class Turn {
    public:
        Turn() = default;
        Turn(Turns& turns, Schedule::Ticket ticket) : turns_(&turns), ticket_(ticket) {}
        Turn(Turn&& other) noexcept : turns_(std::exchange(other.turns_, nullptr)), ticket_(other.ticket_) {}
        Turn& operator=(Turn&& other) noexcept {
            std::swap(turns_, other.turns_);
            std::swap(ticket_, other.ticket_);
            return *this;
        }
        ~Turn() {
            if (turns_) turns_->leave(ticket_);
        }

    private:
        Turns* turns_ = nullptr;
        Schedule::Ticket ticket_ = 0;
    };

    /// Waits in the queue `name` for at most until `deadline`. An error (transient) if there is no room or no
    /// turn before that; nothing was sent then. A cancelled wait is out of the queue.
    boost::asio::awaitable<ApiResult<Turn>> wait(std::string name, Method traits, Priority priority,
                                                 Time deadline);

    /// No turns of that queue for that long.
    void pause(const std::string& name, std::chrono::milliseconds time);
    std::size_t waiting() const noexcept { return schedule_.waiting(); }

private:
    struct Waiter {
        explicit Waiter(const boost::asio::any_io_executor& executor) : changed(executor) {}
        net::Wakeup changed;
        bool poked = false;  ///< Something changed; kept until it is seen, so that none is lost.
        bool granted = false;
    };

    boost::asio::awaitable<void> until_poked(Waiter& waiter);
    /// Gives turns to all whose time has come.
    void hand_out();
    /// The oldest of those who wait keeps an eye on the clock for all.
    bool leads(Schedule::Ticket ticket) const;
    void poke(Waiter& waiter);
    void poke_leader();
    void leave(Schedule::Ticket ticket);

    Schedule schedule_;
    Timing timing_;
    std::map<Schedule::Ticket, Waiter*> waiters_{};  ///< Without a turn yet.
};

}  // namespace rapport::slack
