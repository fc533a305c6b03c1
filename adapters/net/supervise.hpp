#pragma once

#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <functional>

#include "adapters/adapter.hpp"
#include "adapters/net/backoff.hpp"

namespace rapport::net {

/// Told each time a connection ends, with the reason: for the log and for what staff see.
using OnEnded = std::function<void(const Adapter& adapter, const Error& error)>;
/// Gives random numbers from [0, 1).
using Roll = std::function<double()>;

/// Runs `adapter` again and again, pausing between, until it fails in a way that trying again cannot mend;
/// returns that error. A connection that held for `healthy_after` starts the back-off afresh. A server's
/// Retry-After is obeyed when it is longer. Throws only when cancelled. `adapter` and `inbox` must outlive
/// the call.
boost::asio::awaitable<Error> supervise(Adapter& adapter, Inbox& inbox, Backoff backoff, Roll roll,
                                        OnEnded ended,
                                        std::chrono::milliseconds healthy_after = std::chrono::minutes{1});

}  // namespace rapport::net
