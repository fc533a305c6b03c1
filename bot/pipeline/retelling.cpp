#include "bot/pipeline/retelling.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <map>
#include <utility>

#include "bot/conversations/placer.hpp"

namespace rapport {

namespace {

constexpr std::size_t most_at_once = 1'000;
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

}  // namespace

Retelling::Retelling(Store& history, Store& into, std::shared_ptr<const World> world, Time from,
                     RetellingListener& listener)
    : history_(history),
      world_(std::move(world)),
      quiet_(std::make_shared<World>(world_->team, rules::RuleSet{}, world_->config)),
      engine_(quiet_),
      committer_(into, engine_, keep_rows),
      from_(from),
      listener_(listener) {}

Result<> Retelling::put(Input input) {
    batch_.push_back(std::move(input));
    return batch_.size() < most_at_once ? Result<>{} : commit();
}

Result<> Retelling::commit() {
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
Result<> Retelling::state_contacts() {
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
Result<Message> Retelling::message_of(const MessageRow& row, const AccountRow& author,
                                      const ChannelRow& channel) {
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

Result<> Retelling::hear(const MessageRow& row, const AccountRow& author, const ChannelRow& channel) {
    if (!with_rules_ && row.at >= from_) {
        if (Result<> kept = commit(); !kept) return kept;
        engine_.replace_world(world_);
        with_rules_ = true;
    }
    if (Result<> going_on = listener_.hearing(); !going_on) return going_on;
    if (row.deleted || author.id == AccountId::none) return {};
    Result<Message> message = message_of(row, author, channel);
    if (!message) return message.error();
    Event event;
    event.body = MessagePosted{std::move(*message), row.late};
    event.seen = row.at;
    if (Result<> kept = put({std::move(event), row.at}); !kept) return kept;
    if (!listener_.wants(row)) return {};
    if (Result<> kept = commit(); !kept) return kept;
    return listener_.heard(row, channel);
}

Result<> Retelling::hear_all() {
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

Result<> Retelling::tell(Time until) {
    if (Result<> done = state_contacts(); !done) return done;
    if (Result<> done = hear_all(); !done) return done;
    if (Result<> done = put({Tick{}, until}); !done) return done;
    return commit();
}

}  // namespace rapport
