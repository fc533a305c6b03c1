#pragma once

// What an answer is made from, and what follows from an ask. Everything in this folder reads the store
// through a Room and changes nothing itself.

#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "adapters/office.hpp"
#include "bot/alerts/world.hpp"
#include "bot/pipeline/backtest.hpp"
#include "bot/pipeline/input.hpp"
#include "bot/store/lookup.hpp"

namespace rapport::office {

/// Everything that an answer may look at. Lives for one look at the store.
struct Room {
    Store& store;
    Lookup& lookup;
    std::shared_ptr<const World> world;
    const Staffer& by;  ///< Who asks. Lives as long as `world`.
    Time now{};
    std::string rules_file{};  ///< The text of rules.yaml as it stands on the disk.

    std::string_view zone() const { return by.zone; }
};

/// A new text for rules.yaml.
struct SaveRules {
    std::string text{};
    std::string before{};  ///< What stood there; nothing is written if something else stands there by now.
    std::string by{};      ///< The staffer's name.
};

/// "What would it have done?": history goes through both.
struct TestRules {
    std::shared_ptr<const World> candidate{};
    std::shared_ptr<const World> today{};
};

/// What did the rules see of these messages when they were said?
struct LookBack {
    std::shared_ptr<const World> world{};
    std::set<MessageId> messages{};
};

/// What follows from an ask, in this order: the inputs become durable, the rules are saved or tested, or it
/// is looked back, and `after` is asked for the answer; without `after`, `answer` is it.
struct Reply {
    Reply() = default;
    Reply(Answer shown) : answer(std::move(shown)) {}
    Answer answer{};
    std::vector<Input> inputs{};
    bool settings = false;  ///< A staffer's settings changed: the team must be made anew.
    std::optional<SaveRules> save{};
    std::optional<TestRules> test{};
    std::optional<LookBack> look_back{};
    /// The Backtest is that of `test`; of `look_back` only its `seen`; else empty.
    std::function<Answer(Room&, const Backtest&)> after{};
};

/// What the staffer `room.by` gets for what they ask. Throws StoreUnreadable.
Reply answer(Room& room, const Ask& ask);

}  // namespace rapport::office
