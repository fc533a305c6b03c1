#include "bot/pipeline/hindsight.hpp"

#include "bot/alerts/facts.hpp"
#include "bot/pipeline/retelling.hpp"
#include "bot/store/lookup.hpp"

namespace rapport {

namespace {

constexpr std::uint64_t between_looks = 1'000;

class Witness final : public RetellingListener {
public:
    Witness(Store& store, std::shared_ptr<const World> world, std::set<MessageId> messages,
            const BacktestOptions& options, std::uint64_t all)
        : store_(store),
          world_(std::move(world)),
          messages_(std::move(messages)),
          options_(options),
          all_(all) {}

    Result<> hearing() override {
        if (told_ % between_looks == 0 && options_.stop && options_.stop())
            return Error{ErrorKind::transient, "The look back was stopped."};
        if (++told_ % between_looks == 0 && options_.progress) options_.progress(told_, all_);
        return {};
    }
    bool wants(const MessageRow& message) const override { return messages_.contains(message.id); }
    Result<> heard(const MessageRow& message, const ChannelRow& channel) override {
        try {
            Lookup lookup{store_};  // a new one each time: the rows have changed
            const MessageRow* row = lookup.message(MessageKey{channel.key, message.native});
            if (!row) return {};
            lookup.load_around(row->id);
            seen.emplace(message.id, facts_of(lookup.state(), *world_, row->id, message.at));
        } catch (const StoreUnreadable& error) {
            return Error{ErrorKind::transient, error.what()};
        }
        return {};
    }

    std::map<MessageId, rules::Facts> seen{};

private:
    Store& store_;
    std::shared_ptr<const World> world_;
    std::set<MessageId> messages_;
    const BacktestOptions& options_;
    std::uint64_t told_ = 0, all_ = 0;
};

}  // namespace

Result<std::map<MessageId, rules::Facts>> hindsight(Store& history, std::shared_ptr<const World> world,
                                                    std::set<MessageId> messages, const OpenStore& open_empty,
                                                    const BacktestOptions& options) {
    if (messages.empty()) return std::map<MessageId, rules::Facts>{};
    State state;
    if (Result<> opened = history.open(state); !opened) return opened.error();
    const Result<StoreCounts> counts = history.counts();
    if (!counts) return counts.error();
    Result<std::shared_ptr<Store>> store = open_empty();
    if (!store) return store.error();
    Witness witness{**store, world, std::move(messages), options, counts->messages};
    Retelling retelling{history, **store, std::move(world), Time::max(), witness};
    if (Result<> told = retelling.tell(state.now); !told) return told.error();
    return std::move(witness.seen);
}

}  // namespace rapport
