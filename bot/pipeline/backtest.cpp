#include "bot/pipeline/backtest.hpp"

#include <algorithm>
#include <utility>

#include "bot/pipeline/retelling.hpp"

namespace rapport {

namespace {

constexpr std::size_t batch_size = 1'000;
constexpr std::size_t page = 1'000;

/// One set of rules going through history.
class Run final : RetellingListener {
public:
    /// `store` is empty and becomes this run's own.
    Run(Store& history, std::shared_ptr<Store> store, std::shared_ptr<const World> world, Time from,
        const std::function<Result<>()>& heard)
        : store_(std::move(store)),
          hearing_(heard),
          retelling_(history, *store_, std::move(world), from, *this) {}

    Result<BacktestSide> run(Time until) {
        if (Result<> done = retelling_.tell(until); !done) return done.error();
        return collect();
    }

private:
    Result<> hearing() override { return hearing_(); }
    Result<BacktestSide> collect();
    Result<BacktestAlert> describe(const AlertRow& alert, State& state);

    std::shared_ptr<Store> store_;
    const std::function<Result<>()>& hearing_;
    Retelling retelling_;
};

Result<BacktestAlert> Run::describe(const AlertRow& alert, State& state) {
    Wanted wanted;
    wanted.accounts.push_back(alert.about);
    wanted.channels.push_back(alert.channel);
    wanted.messages.push_back(alert.quoted.front());
    if (Result<> loaded = store_->load(wanted, state); !loaded) return loaded.error();
    const AccountRow& about = state.accounts.at(alert.about);
    const MessageRow& message = state.messages.at(alert.quoted.front());
    BacktestAlert one;
    one.rule = alert.rule;
    one.title = alert.title;
    one.about = about.key;
    one.about_name = shown_name(about);
    one.message = {state.channels.at(alert.channel).key, message.native};
    one.text = message.text;
    one.said = message.at;
    one.raised = alert.opened != never ? alert.opened : alert.created;
    one.staffer = alert.asked.empty() ? alert.staffer : alert.asked.front();
    return one;
}

Result<BacktestSide> Run::collect() {
    BacktestSide side;
    State state;
    for (AlertId last{};;) {
        const auto alerts = store_->alerts(false, last, page);
        if (!alerts) return alerts.error();
        for (const AlertRow& alert : *alerts) {
            last = alert.id;
            if (alert.opened == never && alert.state == AlertState::waiting) {
                ++side.waiting;
            } else if (alert.opened == never && alert.state != AlertState::held) {
                ++side.spared;
            } else {
                Result<BacktestAlert> one = describe(alert, state);
                if (!one) return one.error();
                side.alerts.push_back(std::move(*one));
            }
        }
        if (alerts->size() < page) return side;
    }
}

}  // namespace

std::map<std::string, std::uint64_t> by_staffer(const BacktestSide& side) {
    std::map<std::string, std::uint64_t> counts;
    for (const BacktestAlert& alert : side.alerts) ++counts[alert.staffer];
    return counts;
}

std::map<std::chrono::sys_days, std::uint64_t> by_day(const BacktestSide& side) {
    std::map<std::chrono::sys_days, std::uint64_t> counts;
    for (const BacktestAlert& alert : side.alerts)
        ++counts[std::chrono::floor<std::chrono::days>(alert.raised)];
    return counts;
}

void compare(Backtest& result) {
    std::map<std::pair<AccountKey, MessageKey>, std::size_t> today;
    for (std::size_t i = 0; i < result.today.alerts.size(); ++i)
        today.emplace(std::pair{result.today.alerts[i].about, result.today.alerts[i].message}, i);
    for (std::size_t i = 0; i < result.candidate.alerts.size(); ++i) {
        const BacktestAlert& one = result.candidate.alerts[i];
        const auto same = today.find({one.about, one.message});
        if (same == today.end()) {
            result.only_candidate.push_back(i);
        } else {
            result.both.emplace_back(i, same->second);
            today.erase(same);
        }
    }
    for (const auto& [key, i] : today) result.only_today.push_back(i);
    std::sort(result.only_today.begin(), result.only_today.end());
}

Result<Backtest> backtest(Store& history, std::shared_ptr<const World> candidate,
                          std::shared_ptr<const World> today, const OpenStore& open_empty,
                          const BacktestOptions& options) {
    State state;
    if (Result<> opened = history.open(state); !opened) return opened.error();
    const Result<StoreCounts> counts = history.counts();
    if (!counts) return counts.error();

    Backtest result;
    result.until = state.now;
    result.from = state.now - options.since;
    const std::uint64_t all = 2 * counts->messages;
    std::uint64_t done = 0;
    const std::function<Result<>()> heard = [&]() -> Result<> {
        if (done % batch_size == 0 && options.stop && options.stop())
            return Error{ErrorKind::transient, "The backtest was stopped."};
        if (++done % batch_size == 0 && options.progress) options.progress(done, all);
        return {};
    };
    const auto side = [&](std::shared_ptr<const World> world) -> Result<BacktestSide> {
        Result<std::shared_ptr<Store>> store = open_empty();
        if (!store) return store.error();
        return Run{history, std::move(*store), std::move(world), result.from, heard}.run(result.until);
    };
    Result<BacktestSide> with_candidate = side(std::move(candidate));
    if (!with_candidate) return with_candidate.error();
    Result<BacktestSide> with_today = side(std::move(today));
    if (!with_today) return with_today.error();
    result.candidate = std::move(*with_candidate);
    result.today = std::move(*with_today);
    Time first = result.until;
    const Result<> counted = history.each_message(
        result.from, [&](const MessageRow& message, const AccountRow&, const ChannelRow&) {
            first = std::min(first, message.at);
            return ++result.messages != 0;
        });
    if (!counted) return counted.error();
    if (result.messages == counts->messages) result.from = std::max(result.from, first);
    compare(result);
    return result;
}

}  // namespace rapport
