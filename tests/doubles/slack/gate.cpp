#include "doubles/slack/gate.hpp"

#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <string_view>

#include "adapters/net/wakeup.hpp"

namespace rapport::test::slack {
namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

constexpr auto tuple = asio::as_tuple(asio::use_awaitable);

void reset(tcp::socket& socket) {
    boost::system::error_code ec;
    socket.set_option(asio::socket_base::linger{true, 0}, ec);
    socket.close(ec);
}

/// The ticket in "GET /link/?ticket=abc&... HTTP/1.1"; empty for anything else.
std::string ticket_in(std::string_view bytes) {
    const std::string_view line = bytes.substr(0, bytes.find('\r'));
    const std::size_t at = line.find("ticket=");
    if (!line.starts_with("GET /link/") || at == std::string_view::npos) return {};
    const std::string_view rest = line.substr(at + 7);
    return std::string{rest.substr(0, rest.find_first_of("& "))};
}

}  // namespace

struct Gate::Pipe {
    Pipe(tcp::socket from, const asio::any_io_executor& executor)
        : app(std::move(from)), server(executor), changed(executor) {}
    tcp::socket app;
    tcp::socket server;
    net::Wakeup changed;
    std::string ticket{};
    bool frozen = false;

    asio::awaitable<void> thawed() {
        while (frozen) co_await changed.wait();
    }
};

Gate::Gate(asio::any_io_executor executor) : executor_(std::move(executor)) {}
Gate::~Gate() = default;

Result<> Gate::listen(const std::string& address, std::uint16_t port) {
    boost::system::error_code ec;
    const tcp::endpoint endpoint{asio::ip::make_address(address, ec), port};
    auto acceptor = std::make_unique<tcp::acceptor>(executor_);
    if (!ec) acceptor->open(endpoint.protocol(), ec);
    if (!ec) acceptor->set_option(tcp::acceptor::reuse_address{true}, ec);
    if (!ec) acceptor->bind(endpoint, ec);
    if (!ec) acceptor->listen(asio::socket_base::max_listen_connections, ec);
    if (ec) {
        return Error{ErrorKind::rejected, "the double cannot listen on " + address + ", port " +
                                              std::to_string(port) + ": " + ec.message() +
                                              "; choose another with --port"};
    }
    acceptor_ = std::move(acceptor);
    return {};
}

std::uint16_t Gate::port() const {
    boost::system::error_code ec;
    return acceptor_ ? acceptor_->local_endpoint(ec).port() : std::uint16_t{0};
}

void Gate::freeze(const std::string& ticket, bool frozen) {
    for (const auto& pipe : pipes_) {
        if (pipe->ticket != ticket) continue;
        pipe->frozen = frozen;
        pipe->changed.notify();
    }
}

void Gate::cut(const std::string& ticket) {
    for (const auto& pipe : pipes_) {
        if (pipe->ticket.empty() || (!ticket.empty() && pipe->ticket != ticket)) continue;
        reset(pipe->app);
        reset(pipe->server);
    }
}

asio::awaitable<void> Gate::up(std::shared_ptr<Pipe> pipe) {
    std::array<char, 16 * 1024> bytes{};
    bool first = true;
    for (;;) {
        const auto [ec, n] = co_await pipe->app.async_read_some(asio::buffer(bytes), tuple);
        if (std::exchange(first, false)) pipe->ticket = ticket_in({bytes.data(), n});
        co_await pipe->thawed();
        if (ec) co_return;
        const auto [failed, sent] =
            co_await asio::async_write(pipe->server, asio::buffer(bytes.data(), n), tuple);
        if (failed) co_return;
    }
}

asio::awaitable<void> Gate::down(std::shared_ptr<Pipe> pipe) {
    std::array<char, 16 * 1024> bytes{};
    for (;;) {
        const auto [ec, n] = co_await pipe->server.async_read_some(asio::buffer(bytes), tuple);
        co_await pipe->thawed();
        while (ec && linger_ && !pipe->ticket.empty()) co_await pipe->changed.wait();
        if (ec) co_return;
        std::string_view text{bytes.data(), n};
        if (pipe->ticket.empty() && text.starts_with("HTTP/1.1 599")) {  // See Api::faulty.
            reset(pipe->app);
            co_return;
        }
        const bool half = pipe->ticket.empty() && text.starts_with("HTTP/1.1 598");
        if (half) {
            text =
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{\"ok\":tr";
        }
        const auto [failed, sent] = co_await asio::async_write(pipe->app, asio::buffer(text), tuple);
        while (half && !failed && !stopping_) co_await pipe->changed.wait();
        if (failed) co_return;
    }
}

asio::awaitable<void> Gate::serve(std::shared_ptr<Pipe> pipe, std::uint16_t inner) {
    using namespace asio::experimental::awaitable_operators;
    struct Leaving {
        std::shared_ptr<Pipes> pipes;
        std::shared_ptr<Pipe> pipe;
        ~Leaving() { pipes->erase(pipe); }
    } const leaving{kept_pipes_, pipe};
    const tcp::endpoint target{asio::ip::address_v4::loopback(), inner};
    const auto [ec] = co_await pipe->server.async_connect(target, tuple);
    if (ec) co_return;
    boost::system::error_code ignored;
    pipe->app.set_option(tcp::no_delay{true}, ignored);
    pipe->server.set_option(tcp::no_delay{true}, ignored);
    try {
        co_await (up(pipe) || down(pipe));
    } catch (
        const std::exception&) {  // Cancelled on both sides at once: `||` has a type of its own for that.
    }
}

asio::awaitable<void> Gate::run(std::uint16_t inner) {
    net::TaskGroup tasks{executor_};
    co_await asio::this_coro::throw_if_cancelled(false);
    for (;;) {
        auto [ec, socket] = co_await acceptor_->async_accept(tuple);
        const asio::cancellation_state state = co_await asio::this_coro::cancellation_state;
        if (state.cancelled() != asio::cancellation_type::none) break;
        if (ec) continue;
        auto pipe = std::make_shared<Pipe>(std::move(socket), executor_);
        pipes_.insert(pipe);
        tasks.spawn(serve(std::move(pipe), inner));
    }
    linger_ = false;
    stopping_ = true;
    for (const auto& pipe : pipes_) {  // A pipe that stands still would not notice.
        pipe->frozen = false;
        reset(pipe->app);
        reset(pipe->server);
        pipe->changed.notify();
    }
    tasks.cancel();
    co_await tasks.wait();
}

}  // namespace rapport::test::slack
