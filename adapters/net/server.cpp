#include "adapters/net/server.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/system/system_error.hpp>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "adapters/net/session.hpp"
#include "adapters/net/task_group.hpp"
#include "adapters/net/tuple.hpp"

namespace rapport::net {
namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

namespace {

constexpr std::string_view full =
    "HTTP/1.1 503 Service Unavailable\r\nContent-Type: text/plain; charset=utf-8\r\nRetry-After: 5\r\n"
    "Connection: close\r\nContent-Length: 53\r\n\r\nToo many connections just now. Please try again soon.";

Error cannot_listen(const ServerConfig& config, error_code ec) {
    const std::string port = std::to_string(config.port);
    if (ec == asio::error::address_in_use) {
        return {ErrorKind::rejected, "port " + port + " on " + config.address +
                                         " is in use: stop the other program or choose another with --port"};
    }
    if (ec == asio::error::access_denied) {
        return {ErrorKind::rejected, "this user may not open port " + port + " on " + config.address +
                                         ": choose one above 1023 with --port"};
    }
    return {ErrorKind::rejected, "cannot listen on " + config.address + ", port " + port + ": " +
                                     ec.message() + "; check the address in the configuration"};
}

}  // namespace

namespace {

/// How many connections are open. Shared with them: they may be torn down after the server.
struct Counts {
    std::size_t open = 0;
    std::unordered_map<std::string, std::size_t> by_address{};

    void enter(const std::string& remote) {
        ++open;
        ++by_address[remote];
    }
    void leave(const std::string& remote) {
        --open;
        if (--by_address[remote] == 0) by_address.erase(remote);
    }
    std::size_t from(const std::string& remote) const {
        const auto known = by_address.find(remote);
        return known == by_address.end() ? 0 : known->second;
    }
};

}  // namespace

struct Server::Impl {
    Impl(ServerConfig settings, HttpHandler& h) : config(std::move(settings)), handler(h) {}

    /// Says politely that there is no room, if that takes no waiting.
    static void turn_away(tcp::socket socket) {
        error_code ignored;
        socket.non_blocking(true, ignored);
        socket.write_some(asio::buffer(full), ignored);
        socket.shutdown(tcp::socket::shutdown_send, ignored);
    }

    asio::awaitable<void> serve(tcp::socket socket, std::string remote) {
        struct Place {  // Given back however the connection ends.
            std::shared_ptr<Counts> counts;
            std::string remote;
            ~Place() { counts->leave(remote); }
        } const place{counts, remote};
        co_await serve_connection(std::move(socket), std::move(remote), config, handler);
    }

    void accepted(tcp::socket socket, TaskGroup& connections) {
        error_code ec;
        const auto endpoint = socket.remote_endpoint(ec);
        if (ec) return;
        socket.set_option(tcp::no_delay{true}, ec);
        std::string remote = endpoint.address().to_string();
        if (counts->open >= config.sockets || counts->from(remote) >= config.sockets_per_address) {
            return turn_away(std::move(socket));
        }
        counts->enter(remote);
        connections.spawn(serve(std::move(socket), std::move(remote)));
    }

    ServerConfig config;
    HttpHandler& handler;
    std::unique_ptr<tcp::acceptor> acceptor{};
    std::shared_ptr<Counts> counts = std::make_shared<Counts>();
};

Server::Server(ServerConfig config, HttpHandler& handler)
    : impl_(std::make_unique<Impl>(std::move(config), handler)) {}
Server::~Server() = default;

Result<> Server::listen(asio::any_io_executor executor) {
    const ServerConfig& config = impl_->config;
    error_code ec;
    const auto address = asio::ip::make_address(config.address, ec);
    if (ec) {
        return Error{
            ErrorKind::rejected,
            "\"" + config.address + "\" is not a numeric IP address: use 127.0.0.1 for this machine only"};
    }
    const tcp::endpoint endpoint{address, config.port};
    auto acceptor = std::make_unique<tcp::acceptor>(std::move(executor));
    acceptor->open(endpoint.protocol(), ec);
    if (!ec) acceptor->set_option(tcp::acceptor::reuse_address{true}, ec);
    if (!ec) acceptor->bind(endpoint, ec);
    if (!ec) acceptor->listen(asio::socket_base::max_listen_connections, ec);
    if (ec) return cannot_listen(config, ec);
    impl_->acceptor = std::move(acceptor);
    return {};
}

std::uint16_t Server::port() const noexcept {
    if (!impl_->acceptor) return 0;
    error_code ec;
    const auto endpoint = impl_->acceptor->local_endpoint(ec);
    return ec ? std::uint16_t{0} : endpoint.port();
}

std::size_t Server::open() const noexcept {
    return impl_->counts->open;
}

asio::awaitable<Result<>> Server::run() {
    const asio::any_io_executor executor = co_await asio::this_coro::executor;
    if (!impl_->acceptor) {
        const Result<> listening = listen(executor);
        if (!listening) co_return listening.error();
    }
    TaskGroup connections{executor};
    asio::steady_timer pause{executor};
    co_await asio::this_coro::throw_if_cancelled(false);
    for (;;) {
        tcp::socket socket{executor};
        const auto [ec] = co_await impl_->acceptor->async_accept(socket, tuple);
        const asio::cancellation_state state = co_await asio::this_coro::cancellation_state;
        if (state.cancelled() != asio::cancellation_type::none) break;
        if (!ec) {
            impl_->accepted(std::move(socket), connections);
            continue;
        }
        // Out of file descriptors, mostly: others must close first.
        pause.expires_after(std::chrono::milliseconds{50});
        co_await pause.async_wait(tuple);
    }
    impl_->acceptor.reset();
    connections.cancel();
    co_await connections.wait();
    co_await asio::this_coro::throw_if_cancelled(true);
    throw boost::system::system_error{asio::error::operation_aborted};
}

}  // namespace rapport::net
