#include "bot/alerts/facts.hpp"

#include <algorithm>

#include "bot/alerts/connection.hpp"
#include "bot/conversations/waiting.hpp"

namespace rapport {

namespace {

using rules::Fact;

std::string_view kind_name(ChannelKind kind) {
    switch (kind) {
        case ChannelKind::open:
            return "open";
        case ChannelKind::group:
            return "group";
        case ChannelKind::dm:
            return "dm";
        case ChannelKind::ticket:
            return "ticket";
    }
    return "open";
}

std::size_t characters(std::string_view text) {
    return std::size_t(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

void fill_person(rules::Facts& facts, const Seen& seen, Time now) {
    const PersonView& person = seen.person;
    facts.set_empty(Fact::person_role);
    for (const std::string_view role : person.roles) facts.add(Fact::person_role, role);
    facts.set(Fact::person_depth, rules::Level(person.depth));
    if (person.reach >= 0) facts.set(Fact::person_reach, person.reach);
    facts.set(Fact::person_value, person.value);
    facts.set(Fact::person_owner, person.owner);
    facts.set(Fact::person_closest,
              person.ties.empty() ? std::string_view{} : std::string_view{person.ties.front().staffer->name});
    facts.set(Fact::person_tie, person.ties.empty() ? 0.0 : person.ties.front().strength);
    facts.set(Fact::person_messages, person.messages);
    facts.set(Fact::person_known_for, now - person.first_seen);
    if (const Time last = person.last_contact(); last != never)
        facts.set(Fact::person_last_contact, now - last);
    facts.set(Fact::person_is_new, seen.message.at <= person.first_seen);
    facts.set(Fact::person_bot, person.bot);
}

void fill_message(rules::Facts& facts, const Seen& seen) {
    const Reading& reading = seen.reading;
    facts.set(Fact::message_kind, name_of(reading.kind));
    facts.set(Fact::message_needs_reply, reading.needs_reply);
    facts.set(Fact::message_sentiment, reading.sentiment);
    facts.set(Fact::message_language, std::string_view{reading.language});
    facts.set(Fact::message_mentions_brand, reading.mentions_brand);
    facts.set(Fact::message_late, seen.message.late);
    facts.set(Fact::message_edited, seen.message.edited);
    facts.set(Fact::message_has_link, reading.has_link);
}

void fill_conversation(rules::Facts& facts, const Seen& seen, Time now) {
    const ConversationRow& conversation = seen.conversation;
    const Waiting* waiting = waiting_of(conversation, seen.message.author);
    facts.set(Fact::conversation_answered_by_person, waiting && waiting->answered_person != never);
    facts.set(Fact::conversation_answered_by_brand, waiting && waiting->answered_brand != never);
    facts.set(Fact::conversation_answered_by_other, waiting && waiting->answered_other != never);
    facts.set(Fact::conversation_waiting, waiting ? now - waiting->since : std::chrono::milliseconds{0});
    facts.set(Fact::conversation_messages, conversation.messages);
    facts.set(Fact::conversation_people, conversation.people.size());
    facts.set(Fact::conversation_is_new, conversation.root == seen.message.id);
    facts.set(Fact::conversation_kind, kind_name(seen.channel.kind));
    facts.set(Fact::conversation_platform, std::string_view{seen.channel.key.platform});
}

/// Names of the staffers among the people of the conversation: staff stand first, so the first ones will do.
void fill_staff(rules::Facts& facts, const Seen& seen, const State& state, const World& world, Time now) {
    facts.set_empty(Fact::conversation_staff);
    const auto& people = seen.conversation.people;
    for (std::size_t i = 0; i < std::min(people.size(), most_met); ++i)
        if (const Staffer* staffer = world.team.staffer_of(state.accounts.at(people[i].who).key, now))
            facts.add(Fact::conversation_staff, staffer->name);
}

void fill_connection(rules::Facts& facts, const Seen& seen, const State& state, const World& world,
                     Time now) {
    std::string_view staffer;
    if (seen.channel.kind != ChannelKind::dm) {
        const auto all = connections(state, world, seen.person.account, seen.conversation, now);
        if (!all.empty()) staffer = all.front().staffer->name;
    }
    facts.set(Fact::conversation_connected_by, staffer);
}

bool names(std::string_view text, std::string_view name) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; };
    const auto letter = [&](char c) { return (lower(c) >= 'a' && lower(c) <= 'z') || (c & 0x80) != 0; };
    const auto equal = [&](char a, char b) { return lower(a) == lower(b); };
    for (auto at = text.begin(); !name.empty();) {
        at = std::search(at, text.end(), name.begin(), name.end(), equal);
        if (at == text.end()) return false;
        const auto after = at + std::ptrdiff_t(name.size());
        const bool starts = at == text.begin() || !letter(*(at - 1));
        if (starts && (after == text.end() || !letter(*after))) return true;
        ++at;
    }
    return false;
}

void fill_mentioned_staff(rules::Facts& facts, const Seen& seen, const World& world, Time now) {
    facts.set_empty(Fact::message_mentions_staff);
    for (const Staffer& staffer : world.team.staffers())
        if (staffer.on_team(now) &&
            (names(seen.message.text, staffer.name) || names(seen.message.text, staffer.full_name)))
            facts.add(Fact::message_mentions_staff, staffer.name);
}

}  // namespace

void fill_facts(rules::Facts& facts, const Seen& seen, const State& state, const World& world, Time now,
                const rules::RuleSet* rules) {
    const auto asked = [&](Fact fact) { return !rules || rules->uses(fact); };
    facts.clear();
    fill_person(facts, seen, now);
    fill_message(facts, seen);
    fill_conversation(facts, seen, now);
    if (asked(Fact::person_name)) facts.set(Fact::person_name, seen.person.shown_name());
    if (asked(Fact::person_handle))
        facts.set(Fact::person_handle, std::string_view{seen.person.self().handle});
    if (asked(Fact::person_platforms))
        for (const AccountRow* row : seen.person.accounts)
            facts.add(Fact::person_platforms, row->key.platform);
    if (asked(Fact::message_text)) facts.set(Fact::message_text, std::string_view{seen.message.text});
    if (asked(Fact::message_length)) facts.set(Fact::message_length, characters(seen.message.text));
    if (asked(Fact::message_topics)) facts.set(Fact::message_topics, seen.reading.topics);
    if (asked(Fact::message_mentions_staff)) fill_mentioned_staff(facts, seen, world, now);
    if (asked(Fact::conversation_staff)) fill_staff(facts, seen, state, world, now);
    if (asked(Fact::conversation_connected_by)) fill_connection(facts, seen, state, world, now);
    if (asked(Fact::conversation_channel))
        facts.set(Fact::conversation_channel, std::string_view{seen.channel.name});
    if (asked(Fact::conversation_realm))
        facts.set(Fact::conversation_realm, std::string_view{seen.channel.key.realm});
}

Reading read_again(const MessageRow& message, const ConversationRow&, const ChannelRow& channel,
                   const State& state, const World& world) {
    ReadingContext context;
    context.direct = channel.kind == ChannelKind::dm || channel.kind == ChannelKind::ticket;
    if (message.reply_to != MessageId::none)
        if (const MessageRow* parent = state.messages.find(message.reply_to))
            context.answers_team = parent->speaker == Speaker::staff || parent->speaker == Speaker::brand;
    return world.reader->read(message.text, context);
}

rules::Facts facts_of(const State& state, const World& world, MessageId id, Time now) {
    const MessageRow& message = state.messages.at(id);
    const ConversationRow& conversation = state.conversations.at(message.conversation);
    const ChannelRow& channel = state.channels.at(message.channel);
    const PersonView person = view_person(state, world.people, message.author, now);
    const Reading reading = read_again(message, conversation, channel, state, world);
    rules::Facts facts;
    fill_facts(facts, {message, reading, conversation, channel, person}, state, world, now, nullptr);
    return facts;
}

}  // namespace rapport
