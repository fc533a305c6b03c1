// Socket Mode's connections: tickets, hello, disconnects, ghosts (docs.slack.dev, Socket Mode).
#include <fmt/format.h>

#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/json/serialize.hpp>

#include "doubles/slack/courier_socket.hpp"
#include "doubles/slack/form.hpp"

namespace rapport::test::slack {
namespace asio = boost::asio;
namespace json = boost::json;

std::string Courier::open_ticket(bool debug_reconnects) {
    const std::string ticket = core_.world.next_secret("ticket-");
    tickets_[ticket] = {core_.world.now(), debug_reconnects};
    const std::string host = core_.base.substr(core_.base.find("://"));
    return fmt::format("ws{}/link/?ticket={}&app_id={}", host, ticket, core_.settings.app);
}

std::optional<net::Response> Courier::refuse(const net::Request& request) {
    const auto no = [](unsigned status, std::string words) {
        net::Response response;
        response.status = status;
        response.body = std::move(words);
        return response;
    };
    if (request.path() != "/link/") return no(404, "there is no WebSocket here");
    const Params query = parse_query(request.target);
    const auto ticket = query.find("ticket");
    const auto known = ticket == query.end() ? tickets_.end() : tickets_.find(ticket->second);
    if (known == tickets_.end()) {
        core_.complain("a WebSocket URL that is not good (any more): used twice, or made up");
        return no(403, "this ticket is not good (any more)");
    }
    if (core_.world.now() - known->second.first > core_.settings.pace.ticket)
        return no(403, "this ticket is too old");
    return std::nullopt;
}

std::vector<SocketInfo> Courier::sockets() const {
    std::vector<SocketInfo> result;
    for (const auto& [number, one] : sockets_) result.push_back(one->info);
    return result;
}

Courier::Socket* Courier::socket(int number) {
    const auto found = sockets_.find(number);
    return found == sockets_.end() ? nullptr : found->second.get();
}

Courier::Socket* Courier::pick() {
    std::vector<Socket*> live;
    std::vector<Socket*> draining;
    for (auto& [number, one] : sockets_) {
        if (one->going) continue;  // Nobody would read the acknowledgement.
        if (one->info.live) live.push_back(one.get());
        if (one->info.draining) draining.push_back(one.get());
    }
    const std::vector<Socket*>& among = live.empty() ? draining : live;
    if (among.empty()) return nullptr;
    dice_ = dice_ * 1664525U + 1013904223U;  // Any fixed pattern will do, as long as it looks like none.
    return among[(dice_ >> 16U) % among.size()];
}

void Courier::say_hello(Socket& socket) {
    json::object debug{{"host", "applink-double"}, {"build_number", 1}};
    if (socket.life.count() > 0) {
        debug["approximate_connection_time"] = std::max<std::int64_t>(1, socket.life.count() / 1000);
    }
    const json::object hello{{"type", "hello"},
                             {"num_connections", sockets_.size()},
                             {"debug_info", std::move(debug)},
                             {"connection_info", {{"app_id", core_.settings.app}}}};
    socket.info.live = true;
    if (!socket.socket->try_send(json::serialize(hello))) return;
    const Milliseconds life = socket.life;
    if (life.count() <= 0) return;
    const int number = socket.info.number;
    const Milliseconds warning = core_.settings.pace.warning;
    if (warning.count() > 0 && warning < life) {
        core_.timers.after(life - warning, [this, number] {
            if (this->socket(number)) disconnect("warning", number);
        });
    }
    core_.timers.after(life, [this, number] {
        if (this->socket(number)) disconnect("refresh_requested", number);
    });
}

void Courier::disconnect(const std::string& reason, int number) {
    const json::object frame{
        {"type", "disconnect"}, {"reason", reason}, {"debug_info", {{"host", "applink-double"}}}};
    for (auto& [key, one] : sockets_) {
        if ((number != 0 && key != number) || !one->socket) continue;
        (void)one->socket->try_send(json::serialize(frame));
        if (reason == "warning") continue;
        one->info.live = false;
        one->info.draining = true;
        core_.timers.after(core_.settings.pace.drain,
                           [this, gone = key] { close_in_time(gone, core_.settings.pace.patience); });
    }
}

void Courier::close_in_time(int number, Milliseconds patience) {
    constexpr Milliseconds look{10};
    Socket* const one = socket(number);
    if (!one) return;
    const bool waits = std::any_of(one->given.begin(), one->given.end(), [this](const std::string& envelope) {
        const Delivery* delivery = find(envelope);
        return delivery && delivery->acks == 0;
    });
    const bool replaced = std::any_of(sockets_.begin(), sockets_.end(),
                                      [](const auto& entry) { return entry.second->info.live; });
    if ((!waits && replaced) || patience < look) return close(number);
    core_.timers.after(look, [this, number, rest = patience - look] { close_in_time(number, rest); });
}

void Courier::close(int number) {
    for (auto& [key, one] : sockets_) {
        if (number != 0 && key != number) continue;
        one->going = true;
        one->leave.notify();
    }
}

void Courier::add_ghosts(int count) {
    for (int i = 0; i < count; ++i) {
        auto ghost = std::make_shared<Socket>(core_.executor);
        ghost->info.number = ++last_socket_;
        ghost->info.ghost = ghost->info.live = true;
        sockets_[last_socket_] = std::move(ghost);
    }
}

void Courier::drop_ghosts() {
    std::erase_if(sockets_, [](const auto& entry) { return entry.second->info.ghost; });
}

void Courier::raw(const std::string& text, int number) {
    for (auto& [key, one] : sockets_) {
        if ((number == 0 || key == number) && one->socket) (void)one->socket->try_send(text);
    }
}

void Courier::freeze_socket(int number, bool frozen) {
    for (auto& [key, one] : sockets_) {
        if (number != 0 && key != number) continue;
        one->info.frozen = frozen;
        if (freeze) freeze(one->info.ticket, frozen);
    }
}

asio::awaitable<void> Courier::serve(net::Request request, net::WebSocket& websocket) {
    using namespace asio::experimental::awaitable_operators;
    const Params query = parse_query(request.target);
    const auto self = std::make_shared<Socket>(core_.executor);
    self->info.ticket = query.contains("ticket") ? query.at("ticket") : "";
    const auto used = tickets_.extract(self->info.ticket);
    if (used.empty()) co_return;  // Another connection was faster with the same ticket.
    const bool short_life = used.mapped().second || query.contains("debug_reconnects");
    self->life = short_life ? core_.settings.pace.debug_connection : core_.settings.pace.connection;
    self->info.number = ++last_socket_;
    self->info.opened = core_.world.now();
    self->socket = &websocket;
    sockets_[self->info.number] = self;
    struct Leaving {  // However this ends.
        std::shared_ptr<Sockets> sockets;
        int number;
        ~Leaving() { sockets->erase(number); }
    } const leaving{kept_sockets_, self->info.number};
    const int number = self->info.number;
    const char* refusal = !core_.socket_mode                              ? "link_disabled"
                          : sockets_.size() > core_.settings.most_sockets ? "too_many_websockets"
                                                                          : nullptr;
    if (refusal) {
        self->info.draining = true;
        const json::object frame{
            {"type", "disconnect"}, {"reason", refusal}, {"debug_info", {{"host", "applink-double"}}}};
        (void)websocket.try_send(json::serialize(frame));
        core_.timers.after(core_.settings.pace.drain, [this, number] {
            if (socket(number)) close(number);
        });
    } else if (core_.settings.pace.hello.count() > 0) {
        core_.timers.after(core_.settings.pace.hello, [this, number] {
            if (Socket* still = socket(number)) say_hello(*still);
        });
    } else {
        say_hello(*self);
    }
    while (!self->going) {
        auto first = co_await (websocket.read() || self->leave.wait());
        if (first.index() == 1) continue;
        const Result<std::string>& text = std::get<0>(first);
        if (!text) co_return;
        came(*self, *text);
    }
}

}  // namespace rapport::test::slack
