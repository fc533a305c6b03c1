#pragma once

#include <boost/asio/awaitable.hpp>
#include <memory>

#include "adapters/net/http.hpp"
#include "adapters/net/websocket.hpp"
#include "adapters/web/hub.hpp"

namespace rapport::web {

/// Serves one page of a visitor (/ws/chat) until it goes.
boost::asio::awaitable<void> serve_chat(std::shared_ptr<Hub> hub, net::Request request,
                                        net::WebSocket& socket);

/// Serves one page of the desk (/ws/desk) until it goes.
boost::asio::awaitable<void> serve_desk(std::shared_ptr<Hub> hub, net::Request request,
                                        net::WebSocket& socket);

/// Close codes of our own. After the first the page does not come back by itself; after the second, later.
inline constexpr std::uint16_t close_refused = 4403;
inline constexpr std::uint16_t close_too_many = 4429;

/// Adds a page to the hub for as long as this lives.
class Presence {
public:
    Presence(std::shared_ptr<Hub> hub, std::shared_ptr<Tab> tab, bool desk)
        : hub_(std::move(hub)), tab_(std::move(tab)) {
        hub_->join(tab_, desk);
    }
    ~Presence() { hub_->leave(tab_); }
    Presence(const Presence&) = delete;
    Presence& operator=(const Presence&) = delete;

private:
    std::shared_ptr<Hub> hub_;
    std::shared_ptr<Tab> tab_;
};

/// Why a message's text cannot be taken, in words for the writer; empty if it can.
std::string wrong_with_text(const std::string& text, std::size_t limit);

/// The first frame of a page, or nothing if none comes in good time.
boost::asio::awaitable<Result<std::string>> first_frame(net::WebSocket& socket);

}  // namespace rapport::web
