#pragma once

// Stored history told again, message by message, to an engine with an empty store: what the same core would
// have done, or seen.

#include <memory>
#include <vector>

#include "bot/alerts/world.hpp"
#include "bot/pipeline/committer.hpp"
#include "bot/pipeline/engine.hpp"
#include "bot/store/store.hpp"

namespace rapport {

/// Who hears a retelling.
class RetellingListener {
public:
    virtual ~RetellingListener() = default;
    /// Before each message. An Error ends the retelling with it.
    virtual Result<> hearing() = 0;
    /// Whether to come back with the message once it is told, and the store is as it was right after it.
    virtual bool wants(const MessageRow&) const { return false; }
    virtual Result<> heard(const MessageRow&, const ChannelRow&) { return {}; }
};

/// One retelling. What staff pressed is not repeated, and what was deleted or erased is not there to be
/// heard.
class Retelling {
public:
    /// `into` is empty. Messages from before `from` are heard without rules, so that ties and conversations
    /// are what they were. All outlive it.
    Retelling(Store& history, Store& into, std::shared_ptr<const World> world, Time from,
              RetellingListener& listener);

    /// All of it, and then time goes on to `until`.
    Result<> tell(Time until);

private:
    Result<> state_contacts();
    Result<> hear_all();
    Result<> hear(const MessageRow& row, const AccountRow& author, const ChannelRow& channel);
    Result<Message> message_of(const MessageRow& row, const AccountRow& author, const ChannelRow& channel);
    Result<> put(Input input);
    Result<> commit();

    Store& history_;
    std::shared_ptr<const World> world_;
    std::shared_ptr<const World> quiet_;  ///< The same without rules: for what was before.
    Engine engine_;
    Committer committer_;
    Time from_;
    RetellingListener& listener_;
    std::vector<Input> batch_{};
    State parents_{};
    bool with_rules_ = false;
};

}  // namespace rapport
