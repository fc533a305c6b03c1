#include "bot/alerts/privacy.hpp"

#include <algorithm>

namespace rapport {

namespace {

void add(std::vector<const Staffer*>& all, const Staffer* one) {
    if (one && std::find(all.begin(), all.end(), one) == all.end()) all.push_back(one);
}

bool is_dm(const State& state, ChannelId channel) {
    return state.channels.at(channel).kind == ChannelKind::dm;
}

/// The direct messages that the alert's card would show, one for each conversation.
std::vector<ConversationId> private_conversations(const State& state, const AlertRow& alert) {
    std::vector<ConversationId> all;
    const auto add_place = [&](ChannelId channel, ConversationId conversation) {
        if (is_dm(state, channel) && std::find(all.begin(), all.end(), conversation) == all.end())
            all.push_back(conversation);
    };
    add_place(alert.channel, alert.conversation);
    for (const MessageId id : alert.quoted)
        if (const MessageRow* message = state.messages.find(id))
            add_place(message->channel, message->conversation);
    if (alert.answer != MessageId::none)
        if (const MessageRow* answer = state.messages.find(alert.answer))
            add_place(answer->channel, answer->conversation);
    return all;
}

/// Those of the team to whom it was said, and who answered there.
std::vector<const Staffer*> staff_in(const State& state, const World& world, ConversationId id, Time now) {
    std::vector<const Staffer*> all;
    const auto& people = state.conversations.at(id).people;
    for (std::size_t i = 0; i < std::min(people.size(), most_met); ++i)
        add(all, world.team.staffer_of(state.accounts.at(people[i].who).key, now));
    return all;
}

}  // namespace

bool is_private(const State& state, const AlertRow& alert) {
    return !private_conversations(state, alert).empty();
}

bool may_join(const State& state, const AlertRow& alert, const MessageRow& message) {
    if (alert.channel == message.channel) return true;
    return !is_dm(state, message.channel) && !is_private(state, alert);
}

std::vector<const Staffer*> readers(const State& state, const World& world, const AlertRow& alert, Time now) {
    std::vector<const Staffer*> all;
    bool anybody = false;
    for (const ConversationId id : private_conversations(state, alert)) {
        const std::vector<const Staffer*> here = staff_in(state, world, id, now);
        if (here.empty()) continue;
        if (!anybody)
            all = here;
        else  // one card shows them all: only who may read each of them
            std::erase_if(all, [&](const Staffer* one) {
                return std::find(here.begin(), here.end(), one) == here.end();
            });
        anybody = true;
    }
    for (const AccountId id : state.accounts_of_person(alert.about))
        if (const std::string& owner = state.accounts.at(id).owner; !owner.empty())
            add(all, world.team.staffer(owner));
    if (all.empty() && !anybody) add(all, world.team.staffer(alert.staffer));
    return all;
}

bool may_read(const State& state, const World& world, const AlertRow& alert, const Staffer& staffer,
              Time now) {
    if (!is_private(state, alert)) return true;
    const std::vector<const Staffer*> all = readers(state, world, alert, now);
    return std::find(all.begin(), all.end(), &staffer) != all.end();
}

bool all_may_read(const State& state, const World& world, const AlertRow& alert, Time now) {
    if (!is_private(state, alert)) return true;
    return std::all_of(alert.asked.begin(), alert.asked.end(), [&](const std::string& name) {
        const Staffer* staffer = world.team.staffer(name);
        // Whose name the team does not know any more cannot be shown the card, so it may go to everybody.
        return staffer && may_read(state, world, alert, *staffer, now);
    });
}

}  // namespace rapport
