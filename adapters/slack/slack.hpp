#pragma once

// Words that all parts of the Slack adapter share. Section numbers are those of Slack's documentation as the
// team's contract sums it up: events (4), messages (5), interactivity (9).

#include <boost/json/object.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "adapters/event.hpp"

namespace rapport::slack {

/// Ids and times ("1700000000.000100") are opaque strings; times are compared as two integers (`earlier`).
using Id = std::string;

/// One workspace (or Grid organisation) in which the app is installed, as auth.test and hello tell it.
struct Installation {
    Id team{};        ///< "T..."; empty only for an organisation-wide install.
    Id enterprise{};  ///< "E...", or empty.
    bool whole_organisation = false;
    std::string name{};  ///< Of the workspace, for people.
    std::string url{};   ///< "https://acme.slack.com/".
    Id bot_user{};       ///< Our own user.
    Id bot{};            ///< Our "B..." id: one of several, never to be relied on alone.
    Id app{};            ///< "A..."; learnt late.

    /// Under which realm our channels and our own people are kept.
    const Id& realm() const noexcept { return whole_organisation ? enterprise : team; }
};

/// What Slack delivered, whichever way it came.
enum class DeliveryKind { event, interaction, command };

/// Answers a delivery, once, where it came from: an empty call acknowledges; a payload goes along where the
/// delivery takes one. Move-only; a second call does nothing. Destroyed without a call: Slack will deliver an
/// event again.
class Acknowledge {
public:
    using Send = std::function<void(std::optional<boost::json::object>)>;
    Acknowledge() = default;
    explicit Acknowledge(Send send) : send_(std::move(send)) {}
    Acknowledge(Acknowledge&& other) noexcept : send_(std::exchange(other.send_, nullptr)) {}
    Acknowledge& operator=(Acknowledge&& other) noexcept {
        send_ = std::exchange(other.send_, nullptr);
        return *this;
    }
    void operator()(std::optional<boost::json::object> payload = std::nullopt) {
        if (Send send = std::exchange(send_, nullptr)) send(std::move(payload));
    }
    bool pending() const noexcept { return static_cast<bool>(send_); }

private:
    Send send_{};
};

struct Delivery {
    DeliveryKind kind = DeliveryKind::event;
    boost::json::object
        payload{};               ///< An Events API body, an interaction's JSON, or a command's form fields.
    std::string envelope{};      ///< Socket Mode's envelope_id; empty over HTTP.
    int retry = 0;               ///< Above 0: Slack says that it is a repetition. Never a reason to drop it.
    bool takes_payload = false;  ///< Whether the acknowledgement may carry something.
    Acknowledge acknowledge{};
    Time received{};
};

/// Takes deliveries from Socket Mode and from HTTP alike. Must return soon: it queues, and what takes long
/// happens later. Returns false if it has no room just now: HTTP answers 503, Socket Mode stops reading and
/// tries again.
class Receiver {
public:
    virtual ~Receiver() = default;
    virtual bool receive(Delivery& delivery) = 0;
    /// Deliveries may have been missed between the two (a gap between connections, app_rate_limited): look at
    /// history.
    virtual void may_have_missed(Time from, Time until, std::string why) = 0;
    /// A connection is up (or came back), with the app's id if it was told.
    virtual void connected(const Id& app) = 0;
};

}  // namespace rapport::slack
