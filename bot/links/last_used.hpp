#pragma once

#include <algorithm>
#include <cstddef>
#include <list>
#include <unordered_map>

namespace rapport::links {

/// Values by key, of which the last used ones are kept.
template <class Key, class Value>
class LastUsed {
public:
    /// `most`: so many, at least one.
    explicit LastUsed(std::size_t most) : most_(std::max<std::size_t>(1, most)) {}

    /// The one of `key`, a fresh one if it is not there; for that, the one that was not used for longest
    /// goes. Valid until the next call.
    Value& operator[](const Key& key) {
        if (const auto found = by_key_.find(key); found != by_key_.end()) {
            entries_.splice(entries_.begin(), entries_, found->second);
            return entries_.front().value;
        }
        if (entries_.size() >= most_) {
            by_key_.erase(entries_.back().key);
            entries_.pop_back();
        }
        entries_.emplace_front().key = key;
        by_key_[key] = entries_.begin();
        return entries_.front().value;
    }
    std::size_t size() const { return entries_.size(); }

private:
    struct Entry {
        Key key{};
        Value value{};
    };
    std::size_t most_;
    std::list<Entry> entries_{};  ///< The last used stands first.
    std::unordered_map<Key, typename std::list<Entry>::iterator> by_key_{};
};

}  // namespace rapport::links
