#pragma once

// Slack repeats itself: over several connections, after a missing acknowledgement, under new event ids, as a
// message and as a mention. What has been seen is remembered.

#include <boost/json/object.hpp>
#include <chrono>
#include <deque>
#include <string>
#include <unordered_map>
#include <utility>

#include "adapters/slack/events/bounded.hpp"
#include "adapters/slack/slack.hpp"

namespace rapport::slack::events {

/// Slack's hourly retries go on for a day; a little more is safe.
inline constexpr std::chrono::hours remembered_for{26};

/// Keys seen of late. Not thread-safe.
class Once {
public:
    explicit Once(std::chrono::milliseconds keep = remembered_for, std::size_t most = 500'000)
        : keep_(keep), most_(most) {}
    bool seen(const std::string& key, Time now) const;
    /// True if it is new (or forgotten).
    bool remember(const std::string& key, Time now);
    /// It did not happen after all: a repetition is welcome.
    void forget(const std::string& key) { since_.erase(key); }
    std::size_t size() const noexcept { return since_.size(); }

private:
    void tidy(Time now);
    std::chrono::milliseconds keep_;
    std::size_t most_;
    std::unordered_map<std::string, Time> since_{};
    std::deque<std::pair<Time, std::string>> order_{};
};

/// The keys of one delivery, without the empty ones: "envelope:...", "event:Ev...", and what it says whatever
/// its ids are: "new:CHANNEL:TS", "edit:CHANNEL:TS:EDITED_TS", "gone:CHANNEL:TS".
struct Keys {
    std::string envelope{};
    std::string event{};
    std::string meaning{};
};
Keys keys_of(const boost::json::object& payload, const std::string& envelope = {});

/// The newest edit of each message: Slack gives no order.
class NewestEdit {
public:
    explicit NewestEdit(std::size_t most = 20'000) : newest_(most) {}
    /// False if a later edit of that message was seen before; the same edit again is fine.
    bool take(const Id& channel, const Id& ts, const Id& edited_ts);

private:
    Bounded<std::string, Id> newest_;
};

}  // namespace rapport::slack::events
