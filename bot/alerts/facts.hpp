#pragma once

#include "bot/alerts/world.hpp"
#include "rules/value.hpp"

namespace rapport {

/// What the rules may know of one message at one moment.
struct Seen {
    const MessageRow& message;
    const Reading& reading;
    const ConversationRow& conversation;
    const ChannelRow& channel;
    const PersonView& person;
};

/// Fills `facts` (emptied first) with every fact of the vocabulary that is known. Costly ones are left out
/// when no rule of `rules` asks for them; pass nullptr to fill all, for explanations.
void fill_facts(rules::Facts& facts, const Seen& seen, const State& state, const World& world, Time now,
                const rules::RuleSet* rules);

/// Reads a stored message again, in its context: the same text gives the same reading.
Reading read_again(const MessageRow& message, const ConversationRow& conversation, const ChannelRow& channel,
                   const State& state, const World& world);

/// All facts about a stored message as they are now. Throws NotLoaded if something around it is not loaded.
rules::Facts facts_of(const State& state, const World& world, MessageId message, Time now);

}  // namespace rapport
