#pragma once

#include <openssl/evp.h>
#include <openssl/sha.h>

#include <array>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/write.hpp>
#include <string>
#include <string_view>

#include "unit/net/loop.hpp"

// The server's side of a WebSocket, byte by byte: for what a proper server never does.

namespace rapport::test {

/// Reads the client's request and accepts it (RFC 6455, section 4.2.2).
inline awaitable<void> raw_handshake(asio::ip::tcp::socket& socket) {
    std::string request;
    co_await asio::async_read_until(socket, asio::dynamic_buffer(request), "\r\n\r\n", asio::use_awaitable);
    constexpr std::string_view name = "Sec-WebSocket-Key: ";
    const auto at = request.find(name) + name.size();
    const std::string key =
        request.substr(at, request.find("\r\n", at) - at) + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    std::array<unsigned char, SHA_DIGEST_LENGTH> digest{};
    SHA1(reinterpret_cast<const unsigned char*>(key.data()), key.size(), digest.data());
    std::array<unsigned char, 64> text{};
    EVP_EncodeBlock(text.data(), digest.data(), static_cast<int>(digest.size()));
    const std::string response =
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Accept: " +
        std::string{reinterpret_cast<const char*>(text.data())} + "\r\n\r\n";
    co_await asio::async_write(socket, asio::buffer(response), asio::use_awaitable);
}

/// One frame: `opcode` 0 continuation, 1 text, 2 binary, 8 close, 9 ping, 10 pong (RFC 6455, section 5.2).
inline std::string raw_frame(unsigned char opcode, std::string_view body, bool last = true) {
    std::string frame;
    frame += static_cast<char>((last ? 0x80 : 0) | opcode);
    if (body.size() < 126) {
        frame += static_cast<char>(body.size());
    } else {
        frame += static_cast<char>(126);
        frame += static_cast<char>(body.size() >> 8);
        frame += static_cast<char>(body.size() & 0xff);
    }
    return frame.append(body);
}

}  // namespace rapport::test
