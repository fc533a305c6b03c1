// Deliveries and their repetitions, whichever way they go.
#include "doubles/slack/courier.hpp"

#include <fmt/format.h>

#include <boost/json/serialize.hpp>

#include "doubles/slack/block_rules.hpp"
#include "doubles/slack/courier_socket.hpp"

namespace rapport::test::slack {
namespace asio = boost::asio;
namespace json = boost::json;

Courier::Courier(Core& core) : core_(core), tasks_(std::make_unique<net::TaskGroup>(core.executor)) {}
Courier::~Courier() = default;

Delivery* Courier::find(const std::string& envelope) {
    const auto found = by_envelope_.find(envelope);
    return found == by_envelope_.end() ? nullptr : found->second;
}

std::string Courier::deliver(Delivery delivery) {
    if (delivery.envelope.empty()) delivery.envelope = core_.world.next_secret("env-");
    delivery.made = core_.world.now();
    deliveries_.push_back(std::move(delivery));
    Delivery& kept = deliveries_.back();
    by_envelope_[kept.envelope] = &kept;
    Policy& policy = core_.policy;
    if (policy.hold > 0) {
        held_.push_front(kept.envelope);
        if (--policy.hold > 0) return kept.envelope;
        for (const std::string& envelope : std::exchange(held_, {})) {
            if (Delivery* one = find(envelope)) go(*one);
        }
        return kept.envelope;
    }
    go(kept);
    return kept.envelope;
}

void Courier::go(Delivery& delivery) {
    int copies = 1;
    if (delivery.type == "events_api" && core_.policy.duplicate > 0) {
        --core_.policy.duplicate;
        copies = core_.policy.copies;
    }
    for (int copy = 0; copy < copies; ++copy) {
        if (core_.policy.delay.count() > 0) {
            core_.timers.after(core_.policy.delay, [this, envelope = delivery.envelope] {
                if (Delivery* one = find(envelope)) attempt(*one, {});
            });
        } else {
            attempt(delivery, {});
        }
    }
}

void Courier::attempt(Delivery& delivery, std::string reason) {
    Attempt attempt;
    attempt.at = core_.world.now();
    attempt.retry = reason.empty() ? 0 : delivery.attempts.back().retry + 1;
    attempt.reason = reason;
    delivery.sent = std::chrono::steady_clock::now();
    const bool http = !core_.settings.request_url.empty();
    if (http) {
        delivery.attempts.push_back(std::move(attempt));
        tasks_->spawn(over_http(delivery.envelope, delivery.attempts.size()));
        return;
    }
    if (attempt.retry > 0 && core_.policy.new_envelope_on_retry) {
        delivery.envelope = core_.world.next_secret("env-");
        by_envelope_[delivery.envelope] = &delivery;
    }
    over_socket(delivery, attempt);
    delivery.attempts.push_back(std::move(attempt));
    core_.timers.after(core_.settings.pace.ack,
                       [this, envelope = delivery.envelope, n = delivery.attempts.size()] {
                           unanswered(envelope, n, "timeout");
                       });
}

void Courier::unanswered(const std::string& envelope, std::size_t attempts, std::string reason) {
    Delivery* delivery = find(envelope);
    if (!delivery || delivery->state == DeliveryState::acked || delivery->attempts.size() != attempts) return;
    const auto& retries = core_.settings.pace.retries;
    const auto retried = static_cast<std::size_t>(delivery->attempts.back().retry);
    if (delivery->type != "events_api" || retried >= retries.size()) return failed(*delivery);
    core_.timers.after(retries[retried], [this, envelope, attempts, reason] {
        Delivery* again = find(envelope);
        if (!again || again->state != DeliveryState::waiting || again->attempts.size() != attempts) return;
        attempt(*again, reason);
    });
}

void Courier::failed(Delivery& delivery) {
    delivery.state = DeliveryState::failed;
    if (answered) answered(delivery);
}

void Courier::acked(Delivery& delivery) {
    if (++delivery.acks > 1) return;
    delivery.latency =
        std::chrono::duration_cast<Milliseconds>(std::chrono::steady_clock::now() - delivery.sent);
    if (delivery.state == DeliveryState::failed) return;  // Too late: the person has seen the error.
    delivery.state = DeliveryState::acked;
    if (answered) answered(delivery);
}

asio::awaitable<void> Courier::stop() {
    core_.timers.stop();
    tasks_->cancel();
    co_await tasks_->wait();
}

// ---------------------------------------------------------------------------------------------- Socket Mode

void Courier::over_socket(Delivery& delivery, Attempt& attempt) {
    json::object envelope;
    if (delivery.raw) {
        envelope = delivery.payload;
    } else {
        envelope = {{"envelope_id", delivery.envelope},
                    {"payload", delivery.payload},
                    {"type", delivery.type},
                    {"accepts_response_payload", delivery.takes_payload}};
        if (delivery.type == "events_api") {
            envelope["retry_attempt"] = attempt.retry;
            envelope["retry_reason"] = attempt.reason;
        }
    }
    const std::string text = json::serialize(envelope);
    const auto send = [&](Socket& to) {
        attempt.socket = to.info.number;
        ++to.info.sent;
        ++delivery.sends;
        to.given.insert(delivery.envelope);
        if (to.socket && !to.socket->try_send(text)) to.leave.notify();
    };
    if (core_.settings.broadcast) {
        for (auto& [number, one] : sockets_)
            if (!one->going) send(*one);
        return;
    }
    if (Socket* one = pick()) send(*one);
}

void Courier::came(Socket& from, const std::string& text) {
    boost::system::error_code ec;
    const json::value parsed = json::parse(text, ec);
    const json::object* frame = ec ? nullptr : parsed.if_object();
    if (!frame) return core_.complain("a frame that is not a JSON object: " + text.substr(0, 100));
    const std::string envelope{text_of(*frame, "envelope_id")};
    Delivery* delivery = find(envelope);
    if (!delivery) return core_.complain("an acknowledgement for an unknown envelope: " + envelope);
    if (!from.given.contains(envelope)) {
        return core_.complain("an acknowledgement on another socket than the delivery's: " + envelope);
    }
    ++from.info.acks;
    if (core_.policy.drop_acks > 0) {
        --core_.policy.drop_acks;
        return;
    }
    const json::value* payload = frame->if_contains("payload");
    if (payload && !delivery->takes_payload)
        core_.complain("a payload that " + delivery->name + " does not take");
    if (delivery->acks == 0 && payload && payload->is_object()) delivery->answer = payload->get_object();
    if (delivery->acks >= delivery->sends) {
        core_.complain("acknowledged twice: " + delivery->name + " " + envelope);
    }
    acked(*delivery);
}

}  // namespace rapport::test::slack
