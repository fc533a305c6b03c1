#pragma once

#include <list>
#include <unordered_map>
#include <utility>

namespace rapport::slack::events {

/// A map that keeps the `most` entries used last.
template <class Key, class Value>
class Bounded {
public:
    explicit Bounded(std::size_t most) : most_(most) {}

    /// Null if there is none. Valid until the next `at`.
    Value* find(const Key& key) {
        const auto found = index_.find(key);
        if (found == index_.end()) return nullptr;
        entries_.splice(entries_.begin(), entries_, found->second);
        return &found->second->second;
    }
    const Value* peek(const Key& key) const {
        const auto found = index_.find(key);
        return found == index_.end() ? nullptr : &found->second->second;
    }
    /// Makes an empty one if there is none, and lets go of the one not used for longest.
    Value& at(const Key& key) {
        if (Value* found = find(key)) return *found;
        entries_.emplace_front(key, Value{});
        index_.emplace(key, entries_.begin());
        if (entries_.size() > most_) {
            index_.erase(entries_.back().first);
            entries_.pop_back();
        }
        return entries_.front().second;
    }
    void erase(const Key& key) {
        const auto found = index_.find(key);
        if (found == index_.end()) return;
        entries_.erase(found->second);
        index_.erase(found);
    }
    /// From the one used last on.
    const std::list<std::pair<Key, Value>>& entries() const noexcept { return entries_; }
    std::size_t size() const noexcept { return entries_.size(); }

private:
    std::size_t most_;
    std::list<std::pair<Key, Value>> entries_{};
    std::unordered_map<Key, typename std::list<std::pair<Key, Value>>::iterator> index_{};
};

}  // namespace rapport::slack::events
