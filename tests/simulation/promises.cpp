// What must hold after every step, after every restart, and at the end.

#include <fmt/format.h>

#include "bot/alerts/card.hpp"
#include "simulation/script.hpp"
#include "simulation/simulation.hpp"

namespace rapport::test {

void Simulation::check_step() {
    if (!alive_ || !std::exchange(changed_, false)) return;
    const State& state = committer_->state();
    // Somebody else's may stand beside it: what is urgent, and who finds no room in the first.
    std::map<std::pair<ConversationId, AccountId>, AlertId> open;
    for (const auto& [due, id] : state.timers)
        if (due == never) broken(fmt::format("alert {} waits for nothing", std::int64_t(id)));
    const Result<std::vector<AlertRow>> alerts = store_->alerts(true, AlertId::none, 1000);
    if (!alerts) broken(alerts.error().what);
    for (const AlertRow& alert : *alerts) {
        const auto id = std::int64_t(alert.id);
        if (is_closed(alert.state)) broken(fmt::format("alert {} is listed as open and is not", id));
        if (state.timer_of(alert.id) == never ||
            state.timer_of(alert.id) != next_step(alert, engine_->world().team))
            broken(fmt::format("alert {} is {} and has no next step in time", id, name_of(alert.state)));
        if (const auto [other, added] = open.emplace(std::pair{alert.conversation, alert.about}, alert.id);
            !added)
            broken(fmt::format("alerts {} and {} are open for one person in one conversation",
                               std::int64_t(other->second), id));
    }
}

void Simulation::check_store() {
    for (const auto& [key, number] : acked_messages_) {
        State state;
        Wanted wanted;
        wanted.channel_keys = {key.channel};
        if (!store_->load(wanted, state)) broken("the store cannot be read");
        const ChannelId channel = state.channel_ids.find(key.channel).value_or(ChannelId::none);
        Wanted message;
        message.message_keys = {{channel, key.id}};
        if (channel == ChannelId::none || !store_->load(message, state) ||
            state.message_ids.find({channel, key.id}).value_or(MessageId::none) == MessageId::none)
            broken("acked and lost: message " + key.id);
    }
}

void Simulation::check_end() {
    check_store();
    std::set<MessageKey> said;
    for (const Told& told : told_) {
        if (!told.acked) broken("never acknowledged");
        if (told.is_message) said.insert(told.message);
    }
    const Result<StoreCounts> counts = store_->counts();
    if (!counts) broken(counts.error().what);
    if (counts->messages != said.size())
        broken(fmt::format("{} messages were said and {} are kept", said.size(), counts->messages));
    std::uint64_t counted = 0;
    const Result<std::vector<AccountRow>> accounts = store_->find_accounts("", 1000);
    if (!accounts) broken(accounts.error().what);
    for (const AccountRow& account : *accounts) counted += account.messages;
    if (counted != said.size()) broken(fmt::format("{} messages were counted as {}", said.size(), counted));
    const Result<std::vector<AlertRow>> alerts = store_->alerts(false, AlertId::none, 1000);
    if (!alerts) broken(alerts.error().what);
    for (const AlertRow& alert : *alerts) {
        const std::string id = card_id(alert.id);
        if (!is_closed(alert.state)) broken(id + " never ends");
        const auto shown = desk_.cards().find(id);
        if (alert.opened == never) {
            if (shown != desk_.cards().end()) broken(id + " was shown although nobody was asked");
            continue;
        }
        if (shown == desk_.cards().end()) broken(id + " was never sent");
        if (shown->second.revision != alert.revision)
            broken(fmt::format("{} was last shown as revision {} of {}", id, shown->second.revision,
                               alert.revision));
        if (desk_.sounds(id) == 0) broken(id + " made no sound");
    }
    if (outbox_->size() > 0) broken(fmt::format("{} cards were never delivered", outbox_->size()));
}

}  // namespace rapport::test
