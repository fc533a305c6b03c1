#include "bot/store/sqlite/chains.hpp"

namespace rapport::sqlite {

Chains::Head& Chains::find(std::int64_t owner) {
    const auto [at, is_new] = heads_.try_emplace(owner);
    if (is_new) {
        Rows rows = read_.with(owner);
        if (rows.next()) at->second.newest = rows.integer(0);
    }
    return at->second;
}

std::int64_t Chains::push(std::int64_t owner, std::int64_t message) {
    Head& head = find(owner);
    if (!head.changed) changed_.push_back(owner);
    head.changed = true;
    return std::exchange(head.newest, message);
}

std::int64_t Chains::take(std::int64_t owner) {
    const auto at = heads_.find(owner);
    if (at == heads_.end() || !at->second.changed) return 0;
    at->second.changed = false;
    return at->second.newest;
}

void Chains::finish() {
    for (const std::int64_t owner : changed_)
        if (const std::int64_t newest = take(owner)) write_.run(newest, owner);
    changed_.clear();
    if (heads_.size() > keep) heads_.clear();
}

std::int64_t Chains::head(std::int64_t owner) {
    return find(owner).newest;
}

void Chains::forget_all() {
    heads_.clear();
    changed_.clear();
}

}  // namespace rapport::sqlite
