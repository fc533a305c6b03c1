#pragma once

#include <boost/asio/awaitable.hpp>
#include <functional>
#include <memory>
#include <string>

#include "adapters/net/tls.hpp"
#include "adapters/slack/connection/lines.hpp"
#include "adapters/slack/connection/unreadable.hpp"
#include "adapters/slack/slack.hpp"

namespace rapport::slack {

/// Asks Slack for the address of one WebSocket (apps.connections.open); used once. An error of kind
/// unauthorized ends `run` (see `fatal_open_error`), rate_limited is obeyed, all else is tried again for
/// ever. The address must have been checked: it is dialled as it is.
using OpenUrl = std::function<boost::asio::awaitable<Result<std::string>>()>;

struct SocketOptions {
    net::TlsContext* tls = nullptr;  ///< Needed for wss; must outlive the SocketMode.
    LinesConfig lines{};
    std::chrono::milliseconds dial{10'000};         ///< For TCP, TLS and the WebSocket's handshake.
    std::chrono::milliseconds close{1'000};         ///< For the answer to our goodbye.
    std::chrono::milliseconds try_again{20};        ///< Until a Receiver without room is asked again.
    std::size_t frame = 2 * 1024 * 1024;            ///< Longest frame taken, in bytes.
    std::function<void(const Alarm&)> alarm{};      ///< For operators. Must return soon.
    OnUnreadable unreadable{};                      ///< Empty: acknowledged and forgotten.
    std::function<void(const std::string&)> log{};  ///< One line for people; never holds a secret.
    Clock now{};                                    ///< Empty: the machine's.
    std::function<double()> roll{};                 ///< From [0, 1). Empty: chance.
};

struct SocketMetrics {
    LineCounts lines{};
    std::uint64_t envelopes = 0;   ///< Given to the Receiver.
    std::uint64_t repeated = 0;    ///< Envelopes that had come before: acknowledged, not given again.
    std::uint64_t acks = 0;        ///< Sent.
    std::uint64_t acks_late = 0;   ///< Sent more than 3 s after the envelope came.
    std::uint64_t acks_lost = 0;   ///< The envelope's socket was gone: Slack delivers an event again.
    std::uint64_t unreadable = 0;  ///< Envelopes that could not be understood.
    std::uint64_t held_back = 0;   ///< Times that a socket was not read because the Receiver had no room.
};

/// Slack's Socket Mode: keeps WebSockets to Slack open, replaces each before it ends, hands what comes to a
/// Receiver and acknowledges it on the socket it came from, once it is durable. An envelope that comes twice
/// is given to the Receiver once, unless the first Delivery was destroyed without an acknowledgement. Lives
/// on one executor; not thread-safe. Acknowledgements may outlive it; they then do nothing.
class SocketMode {
public:
    /// `receiver` must outlive `run`.
    SocketMode(SocketOptions options, Receiver& receiver, OpenUrl open_url);
    ~SocketMode();

    /// Keeps connected until cancelled (throws operation_aborted, like every cancelled coroutine), or until
    /// something happened that a person must mend (an error of kind unauthorized). Either way all sockets
    /// were closed with a goodbye first, which takes `SocketOptions::close` at most.
    boost::asio::awaitable<Result<>> run();

    SocketMetrics metrics() const;

private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace rapport::slack
