#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "adapters/event.hpp"

namespace rapport::test::slack {

using Milliseconds = std::chrono::milliseconds;
/// Tells the time that messages, triggers, response_urls and rate limits live by.
using Clock = std::function<Time()>;
/// The computer's clock.
Time computer_time();

/// Every duration of Slack's behaviour, as real Slack has them. Tests make them shorter. Those marked (clock)
/// are measured with `Settings::clock`; all others with timers.
struct Pace {
    Milliseconds ack{3'000};                 ///< Until a delivery counts as not acknowledged.
    Milliseconds trigger{3'000};             ///< (clock) How long a trigger_id can be used.
    Milliseconds response_url{30 * 60'000};  ///< (clock) How long a response_url can be used.
    std::vector<Milliseconds> retries{Milliseconds{0}, Milliseconds{60'000},
                                      Milliseconds{300'000}};  ///< Before each repetition of an event.
    Milliseconds connection{18'060'000};  ///< A socket's life, told in hello; 0: not told and without end.
    Milliseconds warning{0};              ///< Before `connection` is over, a disconnect "warning"; 0: none.
    Milliseconds drain{10'000};           ///< From refresh_requested until Slack closes the socket itself.
    Milliseconds patience{
        0};  ///< So much longer at most, while something is not acknowledged or no other is live.
    Milliseconds debug_connection{360'000};  ///< `connection` for sockets opened with debug_reconnects=true.
    Milliseconds ticket{30'000};             ///< (clock) How long a WebSocket URL can be used.
    Milliseconds hello{0};                   ///< From the handshake until hello.
    Milliseconds token{12 * 3'600'000};      ///< (clock) Life of a rotated token.
};

/// How a trigger that is too old or used up is called: three spellings are on record.
enum class TriggerWords {
    usual,      ///< expired_trigger_id, exchanged_trigger_id
    other,      ///< trigger_expired, trigger_exchanged
    arguments,  ///< invalid_arguments, with a message
};

struct Settings {
    std::string address = "127.0.0.1";
    std::uint16_t port = 0;  ///< 0: any free one.
    Pace pace{};
    Clock clock = computer_time;
    std::string app = "A0RAPPORT";
    std::string app_token = "xapp-1-A0RAPPORT-double";
    std::string signing_secret = "0123456789abcdef0123456789abcdef";
    std::string client_id = "1111.2222";
    std::string client_secret = "double-client-secret";
    std::set<std::string> app_scopes{"connections:write"};
    std::string
        request_url{};        ///< Not empty: deliveries go there over HTTP, signed, instead of over sockets.
    bool limits = true;       ///< Whether methods have their tiers.
    double limit_factor = 1;  ///< Tiers times this: 10 allows ten times as much.
    bool broadcast = false;   ///< Each envelope goes to every open socket, as some emulators do.
    std::size_t most_sockets = 10;
    TriggerWords trigger_words = TriggerWords::usual;
};

/// What the shipped manifest asks for (contract: scopes, events, manifest).
const std::set<std::string>& usual_scopes();

}  // namespace rapport::test::slack
