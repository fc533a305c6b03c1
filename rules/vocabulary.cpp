#include "rules/vocabulary.hpp"

#include <algorithm>

namespace rapport::rules {
namespace {

constexpr std::string_view levels[] = {"stranger", "acquaintance", "familiar", "close", "core"};
constexpr std::string_view kinds[] = {"problem", "complaint", "request",  "question", "announcement",
                                      "praise",  "thanks",    "greeting", "chatter"};
constexpr std::string_view places[] = {"open", "group", "dm", "ticket"};

constexpr std::array<FactInfo, fact_count> table = {{
    {Fact::person_role, "person.role", Type::words, "",
     "The roles that the person plays: customer, champion, whatever the team or an import says.",
     "person.role in [champion, customer]"},
    {Fact::person_depth, "person.depth", Type::level, "",
     "The level that the relationship with the team has reached.", "person.depth >= familiar", levels},
    {Fact::person_reach, "person.reach", Type::number, "people",
     "How many people hear this person, over all accounts.", "person.reach >= 10000"},
    {Fact::person_value, "person.value", Type::number, "0-100",
     "What this relationship is worth to the team, as configured.", "person.value > 60"},
    {Fact::person_name, "person.name", Type::text, "", "The name that the person goes by.",
     "person.name = \"Grace Hopper\""},
    {Fact::person_handle, "person.handle", Type::text, "",
     "The handle of the account that wrote, without the leading @.", "person.handle = \"grace\""},
    {Fact::person_owner, "person.owner", Type::text, "",
     "The staffer who looks after the person, or \"\" if nobody does.", "person.owner = \"\""},
    {Fact::person_closest, "person.closest", Type::text, "",
     "The staffer with the strongest tie to the person, or \"\" if nobody has one.",
     "person.closest = \"ada\""},
    {Fact::person_tie, "person.tie", Type::number, "",
     "How strong that strongest tie is; it fades by a tenth a month.", "person.tie >= 3"},
    {Fact::person_messages, "person.messages", Type::number, "messages",
     "How many messages of this person have been heard, this one included.", "person.messages > 5"},
    {Fact::person_known_for, "person.known_for", Type::duration, "",
     "How long ago the person was first seen.", "person.known_for > 52w"},
    {Fact::person_last_contact, "person.last_contact", Type::duration, "",
     "How long ago staff last answered them personally; unknown if they never did.",
     "person.last_contact > 30d"},
    {Fact::person_platforms, "person.platforms", Type::words, "",
     "The platforms where the person has accounts.", "person.platforms has mastodon"},
    {Fact::person_is_new, "person.is_new", Type::boolean, "",
     "Whether this is the first message of this person.", "person.is_new"},
    {Fact::person_bot, "person.bot", Type::boolean, "", "Whether the account says it is a machine.",
     "not person.bot"},
    {Fact::message_text, "message.text", Type::text, "", "What the message says.",
     "message.text contains \"refund\""},
    {Fact::message_kind, "message.kind", Type::word, "", "What kind of message this is.",
     "message.kind in [problem, complaint]", kinds},
    {Fact::message_needs_reply, "message.needs_reply", Type::boolean, "",
     "Whether the message seems to want an answer.", "message.needs_reply"},
    {Fact::message_sentiment, "message.sentiment", Type::number, "-4 to 4",
     "How the message sounds, from very unhappy to very happy.", "message.sentiment <= -2"},
    {Fact::message_language, "message.language", Type::word, "",
     "The language as two letters, or \"unknown\".", "message.language in [pt, es]"},
    {Fact::message_topics, "message.topics", Type::words, "", "The topics that the message touches.",
     "message.topics has pricing"},
    {Fact::message_mentions_brand, "message.mentions_brand", Type::boolean, "",
     "Whether the message names the brand or its account.", "message.mentions_brand"},
    {Fact::message_mentions_staff, "message.mentions_staff", Type::words, "",
     "The staffers whom the message mentions.", "message.mentions_staff has ada"},
    {Fact::message_length, "message.length", Type::number, "characters", "How long the message is.",
     "message.length > 280"},
    {Fact::message_late, "message.late", Type::boolean, "",
     "Whether the message was found later by a backfill and not heard live.", "not message.late"},
    {Fact::message_edited, "message.edited", Type::boolean, "",
     "Whether the message was edited after it was sent.", "message.edited"},
    {Fact::message_has_link, "message.has_link", Type::boolean, "", "Whether the message has a link in it.",
     "message.has_link"},
    {Fact::conversation_answered_by_person, "conversation.answered_by_person", Type::boolean, "",
     "Whether a staffer has answered personally since the person's question.",
     "not conversation.answered_by_person"},
    {Fact::conversation_answered_by_brand, "conversation.answered_by_brand", Type::boolean, "",
     "Whether the brand's account has answered since the person's question.",
     "conversation.answered_by_brand"},
    {Fact::conversation_answered_by_other, "conversation.answered_by_other", Type::boolean, "",
     "Whether somebody else in the community has answered since the person's question.",
     "not conversation.answered_by_other"},
    {Fact::conversation_waiting, "conversation.waiting", Type::duration, "",
     "How long the person's oldest unanswered message has been waiting.", "conversation.waiting > 4h"},
    {Fact::conversation_messages, "conversation.messages", Type::number, "messages",
     "How many messages the conversation has.", "conversation.messages >= 10"},
    {Fact::conversation_people, "conversation.people", Type::number, "people",
     "How many people have written in the conversation.", "conversation.people <= 2"},
    {Fact::conversation_is_new, "conversation.is_new", Type::boolean, "",
     "Whether this message begins the conversation.", "conversation.is_new"},
    {Fact::conversation_staff, "conversation.staff", Type::words, "",
     "The staffers who have written in the conversation.", "conversation.staff has bea"},
    {Fact::conversation_channel, "conversation.channel", Type::text, "",
     "The channel's name, without the leading #.", "conversation.channel in [help, \"ask-us\"]"},
    {Fact::conversation_kind, "conversation.kind", Type::word, "",
     "What kind of place it is: an open channel, a closed group, a direct message, a support ticket.",
     "conversation.kind in [dm, ticket]", places},
    {Fact::conversation_platform, "conversation.platform", Type::text, "",
     "The platform: slack, web, mastodon.", "conversation.platform = mastodon"},
    {Fact::conversation_realm, "conversation.realm", Type::text, "",
     "The workspace, instance or network on that platform.", "conversation.realm = \"fosstodon.org\""},
    {Fact::conversation_connected_by, "conversation.connected_by", Type::text, "",
     "The staffer who is closest to a friend whom the person and another one who talks here have in common, "
     "or "
     "\"\" if nobody is.",
     "conversation.connected_by != \"\""},
}};

constexpr bool in_order() {
    for (std::size_t i = 0; i < table.size(); ++i)
        if (table[i].fact != static_cast<Fact>(i)) return false;
    return true;
}
static_assert(in_order(), "the table follows the order of enum Fact");

}  // namespace

std::span<const FactInfo, fact_count> vocabulary() noexcept {
    return table;
}

const FactInfo& info(Fact fact) noexcept {
    return table[static_cast<std::size_t>(fact)];
}

std::optional<Fact> find_fact(std::string_view name) noexcept {
    const auto found = std::ranges::find(table, name, &FactInfo::name);
    if (found == table.end()) return std::nullopt;
    return found->fact;
}

std::string_view to_string(Type type) noexcept {
    switch (type) {
        case Type::boolean:
            return "boolean";
        case Type::number:
            return "number";
        case Type::duration:
            return "duration";
        case Type::text:
            return "text";
        case Type::word:
            return "word";
        case Type::words:
            return "words";
        case Type::level:
            return "level";
    }
    return "";
}

std::string_view to_string(Level level) noexcept {
    return levels[static_cast<std::size_t>(level)];
}

}  // namespace rapport::rules
