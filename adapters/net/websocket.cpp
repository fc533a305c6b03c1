#include "adapters/net/websocket.hpp"

#include <boost/asio/error.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/error.hpp>
#include <boost/beast/websocket/error.hpp>
#include <utility>

#include "adapters/net/websocket_impl.hpp"

namespace rapport::net {
namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = boost::beast::websocket;
using boost::system::error_code;

namespace {

constexpr std::size_t gather_size = 64 * 1024;

Error ending(const WebSocket::Impl& socket, error_code ec) {
    const std::string reason{socket.stream.reason().reason.c_str(), socket.stream.reason().reason.size()};
    if (ec == websocket::error::closed) {
        return {ErrorKind::transient, "the other side closed the WebSocket (code " +
                                          std::to_string(socket.code) +
                                          (reason.empty() ? ")" : ": " + reason + ")")};
    }
    if (ec == websocket::error::message_too_big || ec == websocket::error::buffer_overflow) {
        return {ErrorKind::rejected, "a WebSocket message is longer than the allowed " +
                                         std::to_string(socket.limits.message) + " bytes"};
    }
    if (ec == beast::error::timeout)
        return {ErrorKind::transient, "the other side of the WebSocket fell silent"};
    if (ec == asio::error::operation_aborted) return {ErrorKind::transient, "the WebSocket was closed"};
    return {ErrorKind::transient, "the WebSocket broke: " + ec.message()};
}

}  // namespace

WebSocket::Impl::Impl(AnyStream connection, WebSocketLimits bounds, beast::role_type role)
    : stream(std::move(connection)), limits(bounds), changed(stream.get_executor()) {
    websocket::stream_base::timeout timeout{};
    timeout.handshake_timeout = limits.idle;
    timeout.idle_timeout = websocket::stream_base::none();
    timeout.keep_alive_pings = false;
    stream.set_option(timeout);
    stream.read_message_max(limits.message);
    stream.auto_fragment(false);
    if (role == beast::role_type::client) stream.write_buffer_bytes(16 * 1024);
}

void WebSocket::Impl::start_read(const std::shared_ptr<Impl>& self) {
    // While a goodbye is under way Beast reads by itself, and what it passes over is nobody's message any
    // more.
    if (self->reading || self->closing || self->ended) return;
    self->reading = true;
    self->stream.next_layer().at_once(true);
    self->stream.async_read(self->buffer, [self](error_code ec, std::size_t) {
        self->reading = false;
        if (ec) {
            self->end(ec);
        } else if (self->stream.got_binary() && !self->takes_binary) {
            self->buffer.consume(self->buffer.size());
            start_close(self, websocket::close_code::unknown_data, "only text is spoken here");
        } else {
            self->arrived_binary = self->stream.got_binary();
            self->arrived = beast::buffers_to_string(self->buffer.data());
            self->buffer.consume(self->buffer.size());
            if (self->buffer.capacity() > gather_size) self->buffer.shrink_to_fit();
            self->changed.notify();
        }
    });
    if (std::exchange(self->watching, true)) return;
    self->reads_before = self->stream.next_layer().reads();
    watch(self);
}

void WebSocket::Impl::push(std::string text) {
    queued += text.size();
    queue.push_back(std::move(text));
}

void WebSocket::Impl::pump(const std::shared_ptr<Impl>& self) {
    if (self->writing || self->queue.empty() || self->ended) return;
    self->writing = true;
    AnyStream& below = self->stream.next_layer();
    below.gather(self->queue.size() > 1 && below.gathered() < gather_size);
    self->stream.async_write(asio::buffer(self->queue.front()), [self](error_code ec, std::size_t) {
        self->writing = false;
        self->queued -= self->queue.front().size();
        self->queue.pop_front();
        if (ec) return self->end(ec);
        self->changed.notify();
        pump(self);
    });
}

void WebSocket::Impl::watch(const std::shared_ptr<Impl>& self) {
    self->look.expires_after(self->limits.idle / 2);
    self->look.async_wait([weak = std::weak_ptr<Impl>{self}](error_code ec) {
        const auto alive = weak.lock();
        if (ec || !alive || alive->ended) return;
        const std::uint64_t reads = alive->stream.next_layer().reads();
        // While nobody reads here, nothing can be heard, and silence says nothing.
        const bool silent = alive->reading && reads == std::exchange(alive->reads_before, reads);
        const bool before = std::exchange(alive->silent_before, silent);
        if (silent && before) return alive->end(beast::error::timeout);
        if (silent) ping(alive, {});
        watch(alive);
    });
}

bool WebSocket::Impl::ping(const std::shared_ptr<Impl>& self, std::string body) {
    if (self->pinging || self->closing || self->ended) return false;
    self->pinging = true;
    body.resize(std::min<std::size_t>(body.size(), 125));
    const websocket::ping_data payload{body.data(), body.size()};
    self->stream.async_ping(payload, [self](error_code) { self->pinging = false; });
    return true;
}

void WebSocket::Impl::start_close(const std::shared_ptr<Impl>& self, std::uint16_t code, std::string reason) {
    reason.resize(std::min<std::size_t>(reason.size(), 123));
    const websocket::close_reason why{static_cast<websocket::close_code>(code), reason};
    self->closing = true;
    self->stream.next_layer().gather(false);
    self->stream.next_layer().expires_after(self->limits.close);
    self->stream.async_close(why,
                             [self](error_code ec) { self->end(ec ? ec : asio::error::operation_aborted); });
}

void WebSocket::Impl::end(error_code ec) {
    if (!ended) {
        code = stream.reason().code;
        ended = ending(*this, ec);
    }
    look.cancel();
    cut();
    changed.notify();
}

void WebSocket::Impl::cut() noexcept {
    stream.next_layer().close();
}

WebSocket::WebSocket(std::shared_ptr<Impl> impl) noexcept : impl_(std::move(impl)) {}
WebSocket::WebSocket(WebSocket&&) noexcept = default;
WebSocket& WebSocket::operator=(WebSocket&& other) noexcept {
    std::swap(impl_, other.impl_);
    return *this;
}
WebSocket::~WebSocket() {
    if (impl_) impl_->cut();
}

asio::awaitable<Result<std::string>> WebSocket::read() {
    const auto impl = impl_;
    while (!impl->arrived) {
        if (impl->ended) co_return *impl->ended;
        Impl::start_read(impl);
        if (impl->arrived || impl->ended) continue;  // it was there already
        co_await impl->changed.wait();
    }
    Result<std::string> text{std::move(*impl->arrived)};
    impl->arrived.reset();
    co_return text;
}

asio::awaitable<Result<WebSocketMessage>> WebSocket::read_any() {
    const auto impl = impl_;
    impl->takes_binary = true;
    while (!impl->arrived) {
        if (impl->ended) co_return *impl->ended;
        Impl::start_read(impl);
        if (impl->arrived || impl->ended) continue;  // it was there already
        co_await impl->changed.wait();
    }
    WebSocketMessage message;
    message.text = std::move(*impl->arrived);
    message.binary = impl->arrived_binary;
    impl->arrived.reset();
    Result<WebSocketMessage> result{std::move(message)};
    co_return result;
}

bool WebSocket::try_ping(std::string body) {
    return Impl::ping(impl_, std::move(body));
}

void WebSocket::on_pong(std::function<void(std::string_view)> heard) {
    impl_->on_pong = std::move(heard);
    // Beast keeps the callback as long as the stream, which is a part of what it points to.
    impl_->stream.control_callback([impl = impl_.get()](websocket::frame_type kind, beast::string_view body) {
        if (kind == websocket::frame_type::pong && impl->on_pong) {
            impl->on_pong(std::string_view{body.data(), body.size()});
        }
    });
}

bool WebSocket::try_send(std::string text) {
    if (impl_->ended || impl_->closing || !impl_->has_room(text.size())) return false;
    impl_->push(std::move(text));
    Impl::pump(impl_);
    return true;
}

asio::awaitable<Result<>> WebSocket::send(std::string text) {
    const auto impl = impl_;
    while (!impl->ended && !impl->closing && !impl->has_room(text.size())) co_await impl->changed.wait();
    if (impl->ended) co_return *impl->ended;
    if (impl->closing) co_return Error{ErrorKind::transient, "the WebSocket is being closed"};
    impl->push(std::move(text));
    Impl::pump(impl);
    co_return Result<>{};
}

asio::awaitable<void> WebSocket::close(std::uint16_t code, std::string reason) {
    const auto impl = impl_;
    if (!impl->ended && !impl->closing) {
        impl->closing = true;
        impl->stream.next_layer().expires_after(impl->limits.close);
        while (!impl->queue.empty() && !impl->ended) co_await impl->changed.wait();
        if (!impl->ended) Impl::start_close(impl, code, std::move(reason));
    }
    while (!impl->ended) co_await impl->changed.wait();
}

asio::awaitable<void> WebSocket::close(CloseCode code, std::string reason) {
    return close(static_cast<std::uint16_t>(code), std::move(reason));
}

void WebSocket::cut() noexcept {
    impl_->end(asio::error::operation_aborted);
}

std::uint16_t WebSocket::close_code() const noexcept {
    return impl_->code;
}

}  // namespace rapport::net
