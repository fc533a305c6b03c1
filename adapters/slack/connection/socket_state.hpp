#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>

#include "adapters/net/task_group.hpp"
#include "adapters/net/wakeup.hpp"
#include "adapters/net/websocket.hpp"
#include "adapters/slack/connection/frame.hpp"
#include "adapters/slack/connection/ledger.hpp"
#include "adapters/slack/connection/socket_mode.hpp"

namespace rapport::slack {

/// One WebSocket to Slack, from dialling to its end.
struct SocketLine {
    SocketLine(LineId number, const boost::asio::any_io_executor& executor)
        : id(number), given_up(executor) {}
    LineId id;
    std::optional<net::WebSocket> socket{};
    bool closing = false;  ///< We said goodbye, or will: nothing that comes now can be acknowledged.
    net::Wakeup given_up;  ///< Ends the dialling.
};

/// What is behind a SocketMode: carries out what `SocketLines` decides. Shared with acknowledgements that may
/// outlive it.
struct SocketMode::State : std::enable_shared_from_this<SocketMode::State> {
    using Line = std::shared_ptr<SocketLine>;

    State(SocketOptions settings, Receiver& to, OpenUrl open);

    boost::asio::awaitable<Result<>> run();
    /// Waits until `lines` has something to do, or somebody changed that moment.
    boost::asio::awaitable<void> wait_until_due();
    void carry_out(Effects effects);

    // ---- one line
    boost::asio::awaitable<void> serve(Line line);
    /// Opens `line->socket`; or does not, and `lines` knows why.
    boost::asio::awaitable<void> dial(Line line);
    boost::asio::awaitable<void> read(Line line);
    /// Nothing, or a delivery that the Receiver has no room for yet.
    std::optional<Delivery> take(const Line& line, const net::WebSocketMessage& message);
    std::optional<Delivery> take_envelope(const Line& line, Envelope envelope);
    boost::asio::awaitable<void> hold_back(Line line, Delivery delivery);
    void take_strange(const Line& line, StrangeFrame strange, std::string_view raw);
    void close(LineId id, bool politely);

    // ---- acknowledgements
    Acknowledge acknowledge_for(const std::string& envelope, bool takes_payload);
    void acknowledge(const std::string& envelope, const std::optional<boost::json::object>& payload);
    void abandon(const std::string& envelope);
    void send_ack(LineId id, std::string text);

    void say(const std::string& words) const {
        if (options.log) options.log(words);
    }

    SocketOptions options;
    Receiver& receiver;
    OpenUrl open_url;
    SocketLines lines;
    Ledger ledger{};
    SocketMetrics metrics{};
    std::map<LineId, Line> sockets{};
    std::optional<Error> given_up{};
    boost::asio::any_io_executor executor{};
    std::optional<net::TaskGroup> tasks{};
    std::optional<boost::asio::steady_timer> alarm_clock{};
};

}  // namespace rapport::slack
