#include "adapters/web/web.hpp"

#include <utility>

#include "adapters/net/server.hpp"
#include "adapters/web/chat.hpp"
#include "adapters/web/hub.hpp"
#include "adapters/web/pages.hpp"

namespace rapport::web {
namespace asio = boost::asio;

struct WebAdapter::Impl : net::HttpHandler {
    Impl(Config config, Transcripts& transcripts)
        : hub(std::make_shared<Hub>(std::move(config), transcripts)),
          server(server_config(hub->config), *this) {}

    static net::ServerConfig server_config(const Config& config) {
        net::ServerConfig server;
        server.address = config.address;
        server.port = config.port;
        server.body = 16 * 1024;
        server.sockets = config.limits.sockets;
        server.sockets_per_address = config.limits.sockets_per_address;
        server.websocket.message = 128 * 1024;
        return server;
    }

    asio::awaitable<net::Response> handle(net::Request request) override {
        co_return serve_page(request, hub->config);
    }
    std::optional<net::Response> refuse_upgrade(const net::Request& request) override {
        return refuse_socket(request, hub->config);
    }
    asio::awaitable<void> websocket(net::Request request, net::WebSocket& socket) override {
        const bool desk = request.path() == "/ws/desk";
        return desk ? serve_desk(hub, std::move(request), socket)
                    : serve_chat(hub, std::move(request), socket);
    }

    std::shared_ptr<Hub> hub;
    net::Server server;
};

WebAdapter::WebAdapter(Config config, Transcripts& transcripts)
    : impl_(std::make_unique<Impl>(std::move(config), transcripts)) {}
WebAdapter::~WebAdapter() = default;

Result<> WebAdapter::listen(asio::any_io_executor executor) {
    Result<> listening = impl_->server.listen(std::move(executor));
    if (listening) impl_->hub->url = url();
    return listening;
}

std::uint16_t WebAdapter::port() const noexcept {
    return impl_->server.port();
}

std::string WebAdapter::url() const {
    const Config& config = impl_->hub->config;
    if (!config.public_url.empty()) {
        return config.public_url.ends_with('/') ? config.public_url.substr(0, config.public_url.size() - 1)
                                                : config.public_url;
    }
    const bool six = config.address.find(':') != std::string::npos;
    return "http://" + (six ? "[" + config.address + "]" : config.address) + ":" + std::to_string(port());
}

void WebAdapter::replace_roster(std::vector<RosterEntry> roster) {
    impl_->hub->replace_roster(std::move(roster));
}

asio::awaitable<Result<>> WebAdapter::run(Inbox& inbox) {
    if (port() == 0) {
        const Result<> listening = listen(co_await asio::this_coro::executor);
        if (!listening) co_return listening.error();
    }
    impl_->hub->inbox = &inbox;
    co_return co_await impl_->server.run();
}

bool WebAdapter::reaches(const AccountKey& staff) const noexcept {
    return !impl_->hub->staff_name(staff).empty();
}

asio::awaitable<Result<>> WebAdapter::deliver(Outgoing outgoing) {
    impl_->hub->deliver(outgoing);
    co_return Result<>{};
}

}  // namespace rapport::web
