#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <cstddef>
#include <string>
#include <vector>

#include "adapters/net/wakeup.hpp"
#include "adapters/net/websocket.hpp"

namespace rapport::web {

/// One open page, a visitor's or a staffer's. Shared with the callbacks of messages that are not durable yet,
/// which may come back after the page has gone.
struct Tab {
    Tab(net::WebSocket& open_socket, const boost::asio::any_io_executor& executor)
        : socket(&open_socket), confirmed(executor) {}

    /// Sends, or cuts the connection of a page that reads too slowly: it will come back and catch up.
    void send(std::string frame) {
        if (socket == nullptr) return;
        if (holding && held.size() < most_held) {
            held.push_back(std::move(frame));
        } else if (holding || !socket->try_send(std::move(frame))) {
            socket->cut();
        }
    }
    /// Sends what was held back until the page had its beginning.
    void release() {
        holding = false;
        for (std::string& frame : held) send(std::move(frame));
        held.clear();
    }

    static constexpr std::size_t most_held = 1000;

    net::WebSocket* socket;  ///< Null once the page has gone.
    std::string visitor{};   ///< A visitor's page: who. The desk: the conversation shown, or empty.
    std::string staff{};     ///< The desk: the staffer's name, once told.
    std::string name{};      ///< Display name.
    std::string email{};     ///< A visitor's, if the site vouches for it.
    std::string remote{};
    bool holding = false;
    std::vector<std::string> held{};  ///< Short: only while the transcript is being read.
    std::size_t unconfirmed = 0;
    net::Wakeup confirmed;
};

}  // namespace rapport::web
