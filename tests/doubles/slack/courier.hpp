#pragma once

#include <boost/asio/awaitable.hpp>
#include <deque>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "adapters/net/http.hpp"
#include "adapters/net/task_group.hpp"
#include "adapters/net/websocket.hpp"
#include "doubles/slack/core.hpp"

namespace rapport::test::slack {

/// Brings payloads to the app, over Socket Mode or signed over HTTP, with Slack's repetitions
/// (docs.slack.dev, Socket Mode; Events API, retries). Lives on one executor; not thread-safe.
class Courier {
public:
    explicit Courier(Core& core);
    ~Courier();

    /// Takes the delivery on its way; returns its envelope_id.
    std::string deliver(Delivery delivery);
    /// Text as it is to every open socket, or to the one of that number.
    void raw(const std::string& text, int socket = 0);

    /// Told when the app has answered (or did not, in time: then the state is failed).
    std::function<void(Delivery&)> answered{};

    // ---- Socket Mode
    /// A WebSocket URL for one use.
    std::string open_ticket(bool debug_reconnects = false);
    /// Why that request may not become a WebSocket; nothing if it may. Uses the ticket up.
    std::optional<net::Response> refuse(const net::Request& request);
    boost::asio::awaitable<void> serve(net::Request request, net::WebSocket& socket);
    /// Asks sockets to go (0: all), for that reason: "warning", "refresh_requested", "link_disabled", ...
    /// Closes them `Pace::drain` later, unless it is only a warning.
    void disconnect(const std::string& reason, int socket = 0);
    /// Closes sockets (0: all) now, without a word.
    void close(int socket = 0);
    /// Registers connections that nobody is at the end of.
    void add_ghosts(int count);
    void drop_ghosts();
    std::vector<SocketInfo> sockets() const;
    /// Set by the owner: stops all bytes of the connection with that ticket, both ways, without closing it.
    std::function<void(const std::string& ticket, bool frozen)> freeze{};
    void freeze_socket(int socket, bool frozen);

    // ---- HTTP
    /// Begins an url_verification (the state of the delivery tells how it ended), or an ssl_check.
    std::string verify_url();
    std::string ssl_check();
    /// The signature of a body: "v0=...".
    std::string sign(const std::string& timestamp, const std::string& body) const;
    /// Waits for what is under way; called when the double stops.
    boost::asio::awaitable<void> stop();

    const std::list<Delivery>& deliveries() const noexcept { return deliveries_; }
    Delivery* find(const std::string& envelope);

private:
    struct Socket;
    void go(Delivery& delivery);
    void attempt(Delivery& delivery, std::string reason);
    void over_socket(Delivery& delivery, Attempt& attempt);
    boost::asio::awaitable<void> over_http(std::string envelope, std::size_t number);
    void http_answered(Delivery& delivery, const net::Response* response, std::string reason);
    void unanswered(const std::string& envelope, std::size_t attempts, std::string reason);
    void failed(Delivery& delivery);
    void acked(Delivery& delivery);
    void came(Socket& socket, const std::string& text);
    /// Closes it once what it carried is acknowledged and another is live, or when patience ends.
    void close_in_time(int number, Milliseconds patience);
    void say_hello(Socket& socket);
    Socket* pick();
    Socket* socket(int number);

    Core& core_;
    std::list<Delivery> deliveries_{};
    std::map<std::string, Delivery*> by_envelope_{};
    std::deque<std::string> held_{};
    std::map<std::string, std::pair<Time, bool>> tickets_{};  ///< When it was made, and debug_reconnects.
    using Sockets = std::map<int, std::shared_ptr<Socket>>;
    /// Shared with the coroutines that serve them: their frames may be torn down after the courier.
    std::shared_ptr<Sockets> kept_sockets_ = std::make_shared<Sockets>();
    Sockets& sockets_ = *kept_sockets_;
    int last_socket_ = 0;
    std::uint32_t dice_ = 12345;
    std::unique_ptr<net::TaskGroup> tasks_;
};

}  // namespace rapport::test::slack
