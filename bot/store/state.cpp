#include "bot/store/state.hpp"

namespace rapport {

void State::settle(std::size_t keep) {
    bool forgotten = accounts.settle(keep, [&](const AccountRow& row) {
        account_ids.forget(row.key);
        persons.erase(row.person);
    });
    forgotten |= channels.settle(keep, [&](const ChannelRow& row) { channel_ids.forget(row.key); });
    forgotten |= messages.settle(
        keep / 8, [&](const MessageRow& row) { message_ids.forget({row.channel, row.native}); });
    forgotten |= conversations.settle(keep / 4, [](const ConversationRow&) {});
    forgotten |= alerts.settle(keep, [](const AlertRow&) {});
    if (forgotten) {
        accounts.forget_whole();
        channels.forget_whole();
        conversations.forget_whole();
        alerts.forget_whole();
    }
    account_ids.forget_absent();
    channel_ids.forget_absent();
    message_ids.forget_absent();
    actions.clear();
    if (claimants.size() > keep / 8) claimants.clear();
    erased.clear();
    added = {};
}

void State::reset() {
    *this = State{};
}

MessageId State::message_in(ChannelId channel, const std::string& native) const {
    if (const auto known = message_ids.find({channel, native})) return *known;
    if (channels.is_new(channel)) return MessageId::none;
    throw NotLoaded("message " + native + " is not loaded");
}

const std::vector<AccountId>& State::accounts_of_person(AccountId account) const {
    const AccountId person = accounts.at(account).person;
    const auto at = persons.find(person);
    if (at == persons.end())
        throw NotLoaded("the accounts of person " + std::to_string(std::int64_t(person)) + " are not loaded");
    return at->second;
}

void State::set_timer(AlertId alert, Time due, bool loaded) {
    if (const auto at = timer_at_.find(alert); at != timer_at_.end()) {
        if (at->second == due) return;
        timers.erase({at->second, alert});
        timer_at_.erase(at);
    } else if (due == never) {
        return;
    }
    if (due != never) {
        timers.insert({due, alert});
        timer_at_[alert] = due;
    }
    if (!loaded) added.timers_changed.push_back(alert);
}

Time State::timer_of(AlertId alert) const {
    const auto at = timer_at_.find(alert);
    return at == timer_at_.end() ? never : at->second;
}

}  // namespace rapport
