#pragma once

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <functional>
#include <list>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "adapters/event.hpp"

namespace rapport::net {

/// `burst` at once, and on average `burst` in each `per`.
struct Rate {
    double burst = 5;
    std::chrono::milliseconds per{10'000};
};

/// A token bucket. The time is passed in; going backwards is treated as standing still.
class TokenBucket {
public:
    TokenBucket(Rate rate, Time now) noexcept : rate_(rate), tokens_(rate.burst), at_(now) {}

    /// Takes one token if there is one.
    bool take(Time now) noexcept {
        refill(now);
        if (tokens_ < 1) return false;
        tokens_ -= 1;
        return true;
    }

    /// How long until `take` succeeds; zero if it would now.
    std::chrono::milliseconds wait(Time now) noexcept {
        refill(now);
        if (tokens_ >= 1) return {};
        const double share = (1 - tokens_) / rate_.burst;
        return std::chrono::milliseconds{
            static_cast<std::int64_t>(std::ceil(share * static_cast<double>(rate_.per.count())))};
    }

private:
    void refill(Time now) noexcept {
        if (now <= at_) return;
        const double share =
            static_cast<double>((now - at_).count()) / static_cast<double>(rate_.per.count());
        tokens_ = std::min(rate_.burst, tokens_ + share * rate_.burst);
        at_ = now;
    }

    Rate rate_;
    double tokens_;
    Time at_;
};

/// Token buckets by key. Keeps at most `most` keys and forgets the one that was quiet for longest: it comes
/// back with a full bucket, which is what a long silence would have given it anyway.
class RateLimiter {
public:
    RateLimiter(Rate rate, std::size_t most) : rate_(rate), most_(std::max<std::size_t>(most, 1)) {}

    /// Takes one token of that key, if there is one.
    bool allow(std::string_view key, Time now) { return bucket(key, now).take(now); }
    /// How long until `allow` succeeds for that key.
    std::chrono::milliseconds wait(std::string_view key, Time now) { return bucket(key, now).wait(now); }
    /// Keys remembered just now.
    std::size_t size() const noexcept { return buckets_.size(); }

private:
    using Entry = std::pair<std::string, TokenBucket>;

    TokenBucket& bucket(std::string_view key, Time now) {
        const auto found = index_.find(std::string{key});
        if (found != index_.end()) {
            buckets_.splice(buckets_.begin(), buckets_, found->second);
            return found->second->second;
        }
        if (buckets_.size() >= most_) {
            index_.erase(buckets_.back().first);
            buckets_.pop_back();
        }
        buckets_.emplace_front(std::string{key}, TokenBucket{rate_, now});
        index_.emplace(std::string{key}, buckets_.begin());
        return buckets_.front().second;
    }

    Rate rate_;
    std::size_t most_;
    std::list<Entry> buckets_{};  ///< The most recently used first.
    std::unordered_map<std::string, std::list<Entry>::iterator> index_{};
};

}  // namespace rapport::net
