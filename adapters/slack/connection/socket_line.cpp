// One WebSocket of Socket Mode: dialled, read, acknowledged.

#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <exception>
#include <utility>

#include "adapters/net/client.hpp"
#include "adapters/slack/connection/payload.hpp"
#include "adapters/slack/connection/socket_state.hpp"

namespace rapport::slack {
namespace asio = boost::asio;

namespace {

constexpr std::chrono::seconds late{3};

/// Beast's own watch over silence is not wanted: `SocketLines` pings more often and with a body.
net::ClientOptions dialling(const SocketOptions& options) {
    net::ClientOptions client;
    client.tls = options.tls;
    client.connect = options.dial;
    client.websocket.message = options.frame;
    client.websocket.idle = std::chrono::hours{24};
    client.websocket.close = options.close;
    return client;
}

}  // namespace

asio::awaitable<void> SocketMode::State::serve(Line line) {
    using namespace asio::experimental::awaitable_operators;
    const auto self = shared_from_this();
    std::exception_ptr thrown;
    try {
        if (!line->closing) co_await (dial(line) || line->given_up.wait());
        if (line->socket) co_await read(line);
    } catch (...) {
        thrown = std::current_exception();
    }
    if (line->socket) line->socket->cut();
    sockets.erase(line->id);
    ledger.line_gone(line->id);
    carry_out(lines.closed(line->id, options.now()));
    if (thrown) std::rethrow_exception(thrown);
}

asio::awaitable<void> SocketMode::State::dial(Line line) {
    const Result<std::string> url = co_await open_url();
    if (!url) {
        say("No address for a Slack connection: " + url.error().what);
        carry_out(lines.no_address(line->id, url.error(), options.now()));
        co_return;
    }
    Result<net::WebSocket> socket = co_await net::connect_websocket(*url, {}, dialling(options));
    if (!socket) {
        say("No Slack connection: " + socket.error().what);
        carry_out(lines.no_socket(line->id, socket.error(), options.now()));
        co_return;
    }
    line->socket.emplace(std::move(*socket));
    line->socket->on_pong([weak = weak_from_this(), id = line->id](std::string_view body) {
        if (const auto state = weak.lock()) state->lines.pong(id, std::string{body}, state->options.now());
    });
    carry_out(lines.opened(line->id, options.now()));
}

asio::awaitable<void> SocketMode::State::read(Line line) {
    for (;;) {
        const Result<net::WebSocketMessage> message = co_await line->socket->read_any();
        if (!message) {
            if (!line->closing) say("A Slack connection ended: " + message.error().what);
            co_return;
        }
        // After our goodbye nothing can be acknowledged: what comes now will come again.
        if (line->closing) continue;
        std::optional<Delivery> refused = take(line, *message);
        if (refused) co_await hold_back(line, std::move(*refused));
    }
}

std::optional<Delivery> SocketMode::State::take(const Line& line, const net::WebSocketMessage& message) {
    Frame frame = message.binary ? Frame{GarbageFrame{}} : read_frame(message.text);
    if (std::holds_alternative<GarbageFrame>(frame)) {
        carry_out(lines.garbage(line->id, options.now()));
        return std::nullopt;
    }
    lines.heard(line->id, options.now());
    if (auto* envelope = std::get_if<Envelope>(&frame)) return take_envelope(line, std::move(*envelope));
    if (auto* strange = std::get_if<StrangeFrame>(&frame)) {
        take_strange(line, std::move(*strange), message.text);
    } else if (const auto* hello = std::get_if<Hello>(&frame)) {
        carry_out(lines.hello(line->id, *hello, options.now()));
    } else if (const auto* disconnect = std::get_if<Disconnect>(&frame)) {
        carry_out(lines.disconnect(line->id, disconnect->reason, options.now()));
    }
    return std::nullopt;
}

std::optional<Delivery> SocketMode::State::take_envelope(const Line& line, Envelope envelope) {
    const Moment now = options.now();
    const Ledger::Arrival arrival = ledger.arrive(line->id, envelope.id, now.steady);
    lines.waiting(line->id, ledger.under_way(line->id));
    if (arrival != Ledger::Arrival::fresh) {
        ++metrics.repeated;
        if (arrival == Ledger::Arrival::done) send_ack(line->id, ack_text(envelope.id, std::nullopt));
        return std::nullopt;
    }
    if (const auto blackout = held_back(envelope.payload, now.wall)) {
        receiver.may_have_missed(blackout->from, blackout->until, "Slack held events back for a minute");
        acknowledge(envelope.id, std::nullopt);
        return std::nullopt;
    }
    Delivery delivery;
    delivery.kind = envelope.kind;
    delivery.payload = std::move(envelope.payload);
    delivery.retry = envelope.retry;
    delivery.takes_payload = envelope.takes_payload;
    delivery.acknowledge = acknowledge_for(envelope.id, envelope.takes_payload);
    delivery.envelope = std::move(envelope.id);
    delivery.received = now.wall;
    if (!receiver.receive(delivery)) return delivery;
    ++metrics.envelopes;
    return std::nullopt;
}

/// Slack waits with us: nothing more is read from this line until the Receiver has room.
asio::awaitable<void> SocketMode::State::hold_back(Line line, Delivery delivery) {
    ++metrics.held_back;
    lines.paused(line->id);
    asio::steady_timer timer{executor};
    bool taken = false;
    while (!taken && !line->closing) {
        timer.expires_after(options.try_again);
        co_await timer.async_wait(asio::use_awaitable);
        if (!line->closing) taken = receiver.receive(delivery);
    }
    if (taken) ++metrics.envelopes;
    carry_out(lines.resumed(line->id, options.now()));
}

void SocketMode::State::take_strange(const Line& line, StrangeFrame strange, std::string_view raw) {
    ++metrics.unreadable;
    Unreadable unreadable;
    unreadable.raw = raw.substr(0, max_unreadable);
    unreadable.why = std::move(strange.why);
    if (!strange.envelope.empty()) {
        const auto arrival = ledger.arrive(line->id, strange.envelope, options.now().steady);
        if (arrival == Ledger::Arrival::done) send_ack(line->id, ack_text(strange.envelope, std::nullopt));
        if (arrival != Ledger::Arrival::fresh) return;
        unreadable.acknowledge = acknowledge_for(strange.envelope, false);
    }
    if (options.unreadable) {
        options.unreadable(std::move(unreadable));
    } else {
        unreadable.acknowledge();
    }
}

Acknowledge SocketMode::State::acknowledge_for(const std::string& envelope, bool takes_payload) {
    struct Promise {
        Promise(std::weak_ptr<State> to, std::string id) : state(std::move(to)), envelope(std::move(id)) {}
        ~Promise() {
            const auto alive = state.lock();
            if (alive && !kept) alive->abandon(envelope);
        }
        std::weak_ptr<State> state;
        std::string envelope;
        bool kept = false;
    };
    const auto promise = std::make_shared<Promise>(weak_from_this(), envelope);
    return Acknowledge{[promise, takes_payload](std::optional<boost::json::object> payload) {
        promise->kept = true;
        if (!takes_payload) payload.reset();
        if (const auto alive = promise->state.lock()) alive->acknowledge(promise->envelope, payload);
    }};
}

void SocketMode::State::acknowledge(const std::string& envelope,
                                    const std::optional<boost::json::object>& payload) {
    const std::optional<Ledger::Owed> owed = ledger.acknowledge(envelope);
    if (!owed) return;
    if (options.now().steady - owed->since > late) ++metrics.acks_late;
    const std::string text = ack_text(envelope, payload);
    for (const LineId id : owed->lines) send_ack(id, text);
}

void SocketMode::State::abandon(const std::string& envelope) {
    for (const LineId id : ledger.abandon(envelope)) lines.waiting(id, ledger.under_way(id));
}

/// Only ever on a line that delivered the envelope: Slack takes no acknowledgement from another.
void SocketMode::State::send_ack(LineId id, std::string text) {
    lines.waiting(id, ledger.under_way(id));
    const auto found = sockets.find(id);
    const bool open = found != sockets.end() && found->second->socket;
    if (open && found->second->socket->try_send(std::move(text))) {
        ++metrics.acks;
    } else {
        ++metrics.acks_lost;
    }
}

}  // namespace rapport::slack
