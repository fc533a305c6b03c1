#include "bot/cli/lookup.hpp"

#include <fmt/format.h>

#include "bot/cli/context.hpp"
#include "bot/json/alert_json.hpp"

namespace rapport::cli {

namespace {

/// A handle is looked for among so many accounts whose name, handle or id has the word in it.
constexpr std::size_t most_candidates = 50'000;
/// So many of several possible people are named.
constexpr std::size_t most_named = 5;

bool same_letters(std::string_view a, std::string_view b) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; };
    return a.size() == b.size() &&
           std::equal(a.begin(), a.end(), b.begin(), [&](char x, char y) { return lower(x) == lower(y); });
}

}  // namespace

Lookup::Lookup(Store& store) : store_(store) {
    must(store_.open(state_));
}

void Lookup::load(const Wanted& wanted) {
    must(store_.load(wanted, state_));
}

const AccountRow* Lookup::account(AccountId id) {
    Wanted wanted;
    wanted.accounts.push_back(id);
    load(wanted);
    return state_.accounts.find(id);
}

const AccountRow* Lookup::account(const AccountKey& key) {
    Wanted wanted;
    wanted.account_keys.push_back(key);
    load(wanted);
    return state_.accounts.find(state_.account_ids.find(key).value_or(AccountId::none));
}

const ChannelRow* Lookup::channel(ChannelId id) {
    Wanted wanted;
    wanted.channels.push_back(id);
    load(wanted);
    return state_.channels.find(id);
}

const ChannelRow* Lookup::channel(const ChannelKey& key) {
    Wanted wanted;
    wanted.channel_keys.push_back(key);
    load(wanted);
    return state_.channels.find(state_.channel_ids.find(key).value_or(ChannelId::none));
}

const MessageRow* Lookup::message(MessageId id) {
    Wanted wanted;
    wanted.messages.push_back(id);
    load(wanted);
    return state_.messages.find(id);
}

const MessageRow* Lookup::message(const MessageKey& key) {
    const ChannelRow* in = channel(key.channel);
    if (!in) return nullptr;
    Wanted wanted;
    wanted.message_keys.emplace_back(in->id, key.id);
    load(wanted);
    return state_.messages.find(state_.message_ids.find({in->id, key.id}).value_or(MessageId::none));
}

const AlertRow* Lookup::alert(AlertId id) {
    Wanted wanted;
    wanted.alerts.push_back(id);
    load(wanted);
    return state_.alerts.find(id);
}

std::vector<AccountId> Lookup::load_person(AccountId id) {
    const AccountRow* row = account(id);
    if (!row) return {};
    Wanted wanted;
    wanted.persons.push_back(row->person);
    load(wanted);
    const std::vector<AccountId> accounts = state_.accounts_of_person(id);
    wanted = {};
    for (const AccountId one : accounts)
        for (const StaffTie& tie : state_.accounts.at(one).ties) wanted.accounts.push_back(tie.staff);
    load(wanted);
    return accounts;
}

void Lookup::load_around(MessageId id) {
    const MessageRow* row = message(id);
    if (!row) return;
    Wanted wanted;
    wanted.conversations.push_back(row->conversation);
    wanted.channels.push_back(row->channel);
    if (row->reply_to != MessageId::none) wanted.messages.push_back(row->reply_to);
    load(wanted);
    load_person(row->author);
    const ConversationRow* conversation = state_.conversations.find(row->conversation);
    if (!conversation) return;
    wanted = {};
    for (const Participant& one : conversation->people) wanted.accounts.push_back(one.who);
    load(wanted);
}

std::optional<AccountKey> parse_account(std::string_view text) {
    const std::size_t realm = text.find(':');
    if (realm == std::string_view::npos || realm == 0) return std::nullopt;
    const std::size_t id = text.find(':', realm + 1);
    if (id == std::string_view::npos || id + 1 == text.size()) return std::nullopt;
    return AccountKey{std::string(text.substr(0, realm)), std::string(text.substr(realm + 1, id - realm - 1)),
                      std::string(text.substr(id + 1))};
}

const AccountRow& must_find_account(Lookup& lookup, std::string_view who) {
    if (const auto key = parse_account(who))
        if (const AccountRow* row = lookup.account(*key)) return *row;
    const std::string_view handle = who.starts_with('@') ? who.substr(1) : who;
    std::vector<AccountRow> found = must(lookup.store().find_accounts(handle, most_candidates));
    std::erase_if(found, [&](const AccountRow& row) { return !same_letters(row.handle, handle); });
    if (found.empty())
        throw Stop(Exit::not_found,
                   fmt::format("Nobody is known as \"{}\". `rapport people list {}` looks in names, "
                               "handles and ids.",
                               who, who));
    if (found.size() == 1) return *lookup.account(found.front().id);
    std::string words = fmt::format("\"{}\" is the handle of {} accounts. Say which:", who, found.size());
    for (std::size_t i = 0; i < std::min(found.size(), most_named); ++i)
        words += "\n  " + key_text(found[i].key);
    throw Stop(Exit::usage, words);
}

const MessageRow& must_find_message(Lookup& lookup, std::string_view text) {
    // Channels and ids may hold slashes themselves, so every cut is tried.
    bool shaped = false;
    for (std::size_t cut = text.find('/'); cut != std::string_view::npos; cut = text.find('/', cut + 1)) {
        const auto place = parse_account(text.substr(0, cut));
        if (!place || cut + 1 == text.size()) continue;
        shaped = true;
        const MessageKey key{{place->platform, place->realm, place->id}, std::string(text.substr(cut + 1))};
        if (const MessageRow* row = lookup.message(key)) return *row;
    }
    if (!shaped)
        throw Stop(Exit::usage,
                   fmt::format("\"{}\" names no message. Write PLATFORM:REALM:CHANNEL/ID, for example "
                               "slack:T024BE7LD:C042/1700000000.0001.",
                               text));
    throw Stop(Exit::not_found, fmt::format("There is no message {} in the store.", text));
}

const AlertRow& must_find_alert(Lookup& lookup, std::int64_t id) {
    const AlertRow* alert = lookup.alert(AlertId(id));
    if (alert) return *alert;
    throw Stop(
        Exit::not_found,
        fmt::format("There is no alert {}. `rapport alerts list --all` shows those that there are.", id));
}

}  // namespace rapport::cli
