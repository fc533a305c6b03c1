#pragma once

#include "bot/alerts/world.hpp"
#include "bot/store/lookup.hpp"

namespace rapport::letters {

/// What a letter is written from: one look at the store, at one moment. Nothing here changes anything. A
/// store that cannot be read throws StoreUnreadable.
struct WritingDesk {
    Store& store;
    Lookup& lookup;
    const World& world;
    Time now{};
};

/// "slack:T1:U1".
std::string text_of(const AccountKey& key);

}  // namespace rapport::letters
