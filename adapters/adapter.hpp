#pragma once

#include <boost/asio/awaitable.hpp>
#include <functional>
#include <string>
#include <string_view>

#include "adapters/event.hpp"
#include "adapters/net/error.hpp"

namespace rapport {

/// Called exactly once, on the thread of the io_context, when the event and all that follows from it are
/// durable. Only then may an adapter acknowledge it to its platform. Never called for an event that was lost
/// in a crash.
using Acked = std::function<void()>;

/// Where adapters put what they hear. One per program; lives on the io_context's thread; not thread-safe.
class Inbox {
public:
    virtual ~Inbox() = default;

    /// Takes `event` if there is room; otherwise leaves both arguments untouched and returns false. Never
    /// blocks.
    virtual bool try_put(Event& event, Acked& acked) = 0;

    /// Waits until there is room for `event`. An adapter that awaits this stops reading from its platform:
    /// that is the back-pressure, and nothing is dropped. Throws only when cancelled.
    virtual boost::asio::awaitable<void> put(Event event, Acked acked) = 0;
};

/// One login on one network: a place that is listened to. Lives on one executor; not thread-safe.
class Adapter {
public:
    virtual ~Adapter() = default;
    virtual std::string_view name() const noexcept = 0;
    /// Serves from connect to close and says why it ended. Never reconnects: `supervise` does. Throws only
    /// when cancelled.
    virtual boost::asio::awaitable<Result<>> run(Inbox& inbox) = 0;
};

/// What an adapter can also be: a place where staff see cards and press buttons.
class Desk {
public:
    virtual ~Desk() = default;
    virtual std::string_view name() const noexcept = 0;
    /// Whether this desk can reach that account: the outbox sends each card to every desk that reaches its
    /// staff.
    virtual bool reaches(const AccountKey& staff) const noexcept = 0;
    /// Shows it, or replaces what it shows under the same card id. Idempotent by `Outgoing::id`: the outbox
    /// repeats what may have been lost. Returns once the desk has it for good or says why not.
    virtual boost::asio::awaitable<Result<>> deliver(Outgoing outgoing) = 0;
};

}  // namespace rapport
