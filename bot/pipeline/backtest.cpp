#include "bot/pipeline/backtest.hpp"

#include <fmt/format.h>

#include <limits>
#include <utility>

#include "bot/conversations/placer.hpp"
#include "bot/pipeline/committer.hpp"

namespace rapport {

namespace {

constexpr std::size_t batch_size = 1'000;
constexpr std::size_t page = 1'000;
/// Rows of a kind that the throw-away store keeps in memory.
constexpr std::size_t keep_rows = 50'000;

Account account_of(const AccountRow& row) {
    Account account;
    account.key = row.key;
    account.handle = row.handle;
    account.name = row.name;
    account.bot = row.bot;
    if (row.reach >= 0) account.reach = row.reach;
    account.picture = row.picture;
    return account;
}

std::string role_of(Speaker speaker) {
    switch (speaker) {
        case Speaker::staff:
            return "staff";
        case Speaker::brand:
            return "brand";
        case Speaker::bot:
            return "bot";
        case Speaker::person:
            break;
    }
    return {};
}

bool same_letters(std::string_view a, std::string_view b) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; };
    return a.size() == b.size() &&
           std::equal(a.begin(), a.end(), b.begin(), [&](char x, char y) { return lower(x) == lower(y); });
}

/// One set of rules going through history.
class Run {
public:
    /// `store` is empty and becomes this run's own.
    Run(Store& history, std::shared_ptr<Store> store, std::shared_ptr<const World> world, Time from,
        const std::function<Result<>()>& heard)
        : history_(history),
          store_(std::move(store)),
          world_(std::move(world)),
          quiet_(std::make_shared<World>(world_->team, rules::RuleSet{}, world_->config)),
          engine_(quiet_),
          committer_(*store_, engine_, keep_rows),
          from_(from),
          heard_(heard) {}

    Result<BacktestSide> run(Time until);

private:
    Result<> state_contacts();
    Result<> hear_all();
    Result<> hear(const MessageRow& row, const AccountRow& author, const ChannelRow& channel);
    Result<Message> message_of(const MessageRow& row, const AccountRow& author, const ChannelRow& channel);
    Result<> put(Input input);
    Result<> commit();
    Result<BacktestSide> collect();
    Result<BacktestAlert> describe(const AlertRow& alert, State& state);

    Store& history_;
    std::shared_ptr<Store> store_;
    std::shared_ptr<const World> world_;
    std::shared_ptr<const World> quiet_;  ///< The same without rules: for what was before.
    Engine engine_;
    Committer committer_;
    Time from_;
    const std::function<Result<>()>& heard_;
    std::vector<Input> batch_{};
    State parents_{};
    bool with_rules_ = false;
};

Result<> Run::put(Input input) {
    batch_.push_back(std::move(input));
    return batch_.size() < batch_size ? Result<>{} : commit();
}

Result<> Run::commit() {
    if (batch_.empty()) return {};
    const Result<Committed> committed = committer_.commit(batch_);
    batch_.clear();
    if (!committed) return committed.error();
    if (committed->quarantined > 0)
        return Error{
            ErrorKind::rejected,
            fmt::format("{} stored messages could not be heard again: this is a mistake in Rapport. Please "
                        "report it.",
                        committed->quarantined)};
    return {};
}

/// Roles, owners, notes and who is one person: as they are today, from the start.
Result<> Run::state_contacts() {
    const auto accounts = history_.find_accounts("", std::numeric_limits<std::int64_t>::max());
    if (!accounts) return accounts.error();
    std::map<AccountId, AccountKey> persons;
    for (const AccountRow& row : *accounts)
        if (row.person != row.id) persons.emplace(row.person, AccountKey{});
    for (const AccountRow& row : *accounts) {
        const auto person = persons.find(row.id);
        if (person != persons.end()) person->second = row.key;
        const bool linked = person != persons.end() || row.person != row.id;
        if (row.roles.empty() && row.owner.empty() && row.note.empty() && !linked) continue;
        Event event;
        event.body = ContactStated{account_of(row), row.roles, row.owner, row.note, row.first_seen};
        if (Result<> kept = put({std::move(event), {}}); !kept) return kept;
    }
    for (const AccountRow& row : *accounts) {
        if (row.person == row.id) continue;
        const LinkAccounts link{persons.at(row.person), row.key, "backtest"};
        if (Result<> kept = put({link, {}}); !kept) return kept;
    }
    return commit();
}

/// The message as its platform showed it, as far as the store still tells.
Result<Message> Run::message_of(const MessageRow& row, const AccountRow& author, const ChannelRow& channel) {
    Message message;
    message.channel = {channel.key, channel.name, channel.kind};
    message.id = row.native;
    message.author = account_of(author);
    message.text = row.text;
    message.at = row.at;
    message.via_app = row.via_app;
    message.role = role_of(row.speaker);
    message.link = row.link;
    if (row.reply_to == MessageId::none) return message;

    Wanted wanted;
    wanted.messages.push_back(row.reply_to);
    if (Result<> loaded = history_.load(wanted, parents_); !loaded) return loaded.error();
    const MessageRow* parent = parents_.messages.find(row.reply_to);
    if (!parent) return message;
    wanted = {};
    wanted.accounts.push_back(parent->author);
    if (Result<> loaded = history_.load(wanted, parents_); !loaded) return loaded.error();
    const AccountRow* whom = parents_.accounts.find(parent->author);

    // The store does not tell an answer by the platform's own word from one that was understood by its first
    // word
    // ("ada: yes"). The latter is left to be understood again: it weighs less.
    const bool open = channel.kind == ChannelKind::open || channel.kind == ChannelKind::group;
    const bool soon = row.at - parent->at <= world_->config.conversations.open_channel_window;
    if (open && soon && whom) {
        const std::string_view handle = whom->handle.empty() ? whom->key.id : whom->handle;
        for (const std::string_view name : leading_names(row.text))
            if (same_letters(name, handle)) return message;
    }
    message.reply_to = parent->native;
    return message;
}

Result<> Run::hear(const MessageRow& row, const AccountRow& author, const ChannelRow& channel) {
    if (!with_rules_ && row.at >= from_) {
        if (Result<> kept = commit(); !kept) return kept;
        engine_.replace_world(world_);
        with_rules_ = true;
    }
    if (Result<> going_on = heard_(); !going_on) return going_on;
    if (row.deleted || author.id == AccountId::none) return {};
    Result<Message> message = message_of(row, author, channel);
    if (!message) return message.error();
    Event event;
    event.body = MessagePosted{std::move(*message), row.late};
    event.seen = row.at;
    return put({std::move(event), row.at});
}

Result<> Run::hear_all() {
    Result<> failed;
    const Result<> read = history_.each_message(
        Time{}, [&](const MessageRow& row, const AccountRow& author, const ChannelRow& channel) {
            failed = hear(row, author, channel);
            if (parents_.messages.size() > keep_rows) parents_.reset();
            return failed.has_value();
        });
    if (!failed) return failed;
    return read;
}

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

Result<BacktestSide> Run::run(Time until) {
    if (Result<> done = state_contacts(); !done) return done.error();
    if (Result<> done = hear_all(); !done) return done.error();
    if (Result<> done = put({Tick{}, until}); !done) return done.error();
    if (Result<> done = commit(); !done) return done.error();
    return collect();
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
