#include "bot/store/lookup.hpp"

namespace rapport {

Lookup::Lookup(Store& store) : store_(store) {
    must_read(store_.open(state_));
}

void Lookup::load(const Wanted& wanted) {
    must_read(store_.load(wanted, state_));
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

bool Lookup::decided(const std::string& id) {
    Wanted wanted;
    wanted.action_ids.push_back(id);
    load(wanted);
    return state_.actions.at(id);
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
    load_friends(row->author);
    for (const Participant& one : conversation->people) load_friends(one.who);
}

void Lookup::load_friends(AccountId id) {
    const AccountRow* row = state_.accounts.find(id);
    if (!row) return;
    Wanted wanted;
    for (const Friend& one : row->friends) wanted.accounts.push_back(one.who);
    load(wanted);
    wanted = {};
    for (const Friend& one : row->friends)
        if (const AccountRow* known = state_.accounts.find(one.who))
            for (const StaffTie& tie : known->ties) wanted.accounts.push_back(tie.staff);
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

}  // namespace rapport
