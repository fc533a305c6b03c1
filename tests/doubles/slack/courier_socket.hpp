#pragma once

#include <set>
#include <string>

#include "adapters/net/wakeup.hpp"
#include "doubles/slack/courier.hpp"

namespace rapport::test::slack {

/// One WebSocket of the app, as the courier keeps it.
struct Courier::Socket {
    explicit Socket(const boost::asio::any_io_executor& executor) : leave(executor) {}
    SocketInfo info{};
    net::WebSocket* socket = nullptr;  ///< Null: a ghost.
    std::set<std::string> given{};     ///< Envelopes that went out here.
    net::Wakeup leave;                 ///< Told when `going` is set.
    bool going = false;
    Milliseconds life{};
};

}  // namespace rapport::test::slack
