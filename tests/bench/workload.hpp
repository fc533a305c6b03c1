#pragma once

// What the benchmarks are fed with: messages made by a seeded generator, so that every run of the same seed
// sees the same ones, and the envelope in which a platform delivers them.

#include <cstdint>
#include <deque>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/event.hpp"

namespace rapport::bench {

/// What a stream of messages is made of.
struct Mix {
    std::uint64_t seed = 1;
    std::uint32_t persons = 20'000;  ///< Authors, all equally busy.
    std::uint32_t channels = 200;    ///< Open channels, all equally busy.
    double alerts = 0.01;      ///< Share that raises an alert: each by somebody new, in a message of its own.
    double duplicates = 0.02;  ///< Share that repeats one of the last 256 messages.
    double threads = 0.2;      ///< Share that answers in the thread of a recent message of its channel.
    std::chrono::microseconds step{10};  ///< Between two messages.
    Time from{};                         ///< When the first is said.
};

/// One message as the platform knows it.
struct Post {
    std::string id{};  ///< "1700000000.000100": seconds and microseconds, unique in all channels.
    std::string channel{};
    std::string author{};
    std::string text{};
    std::string thread{};  ///< The id of the thread's first message, or empty.
    Time at{};
};

class Workload {
public:
    explicit Workload(Mix mix);
    /// The next message. Valid until the next call.
    const Post& next();

private:
    double chance();
    std::uint32_t below(std::uint32_t limit);
    void write_text(std::string& text);

    Mix mix_;
    std::mt19937_64 random_;
    std::uint64_t count_ = 0;
    std::uint32_t newcomers_ = 0;
    Post post_{};
    std::deque<Post> sent_{};               ///< The latest, to be repeated.
    std::vector<std::string> thread_of_{};  ///< By channel: a message that may be answered.
};

/// The text that the rule of the benchmarks asks about; in no other message.
inline constexpr std::string_view alarm_text = "our production cluster is down";

/// The message in an envelope of about 1.3 KB, shaped like an event that Slack delivers over a WebSocket.
/// Appended to `out`.
void write_envelope(std::string& out, const Post& post, std::uint64_t number);

/// The message as an event of the common vocabulary.
Event to_event(const Post& post);

}  // namespace rapport::bench
