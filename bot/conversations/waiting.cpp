#include "bot/conversations/waiting.hpp"

#include <algorithm>

namespace rapport {

namespace {

void count(ConversationRow& conversation, const Said& said) {
    ++conversation.messages;
    conversation.last = std::max(conversation.last, said.at);
    for (Participant& one : conversation.people) {
        if (one.who != said.author) continue;
        ++one.messages;
        return;
    }
    auto& people = conversation.people;
    const bool staff = said.speaker == Speaker::staff;
    if (people.size() >= max_participants) {
        if (!staff) return;
        people.pop_back();
    }
    people.insert(staff ? people.begin() : people.end(), {said.author, 1});
}

bool still_waits(const Waiting& entry) {
    return entry.answered_person == never;
}

/// `waiting`: how many still waited when it was said.
bool answers(const Said& said, const Waiting& entry, std::ptrdiff_t waiting) {
    if (entry.who == said.author) return false;
    if (std::find(said.addressed.begin(), said.addressed.end(), entry.who) != said.addressed.end())
        return true;
    return said.linked && (waiting == 0 || (waiting == 1 && still_waits(entry)));
}

void note_answer(Waiting& entry, const Said& said) {
    const auto mark = [&](Time& when) {
        if (when == never) when = said.at;
    };
    switch (said.speaker) {
        case Speaker::staff:
            mark(said.personal ? entry.answered_person : entry.answered_brand);
            break;
        case Speaker::brand:
            mark(entry.answered_brand);
            break;
        case Speaker::person:
            mark(entry.answered_other);
            break;
        case Speaker::bot:
            break;
    }
}

void note_question(ConversationRow& conversation, const Said& said) {
    auto& waiting = conversation.waiting;
    const auto mine = [&](const Waiting& entry) { return entry.who == said.author; };
    auto entry = std::find_if(waiting.begin(), waiting.end(), mine);
    if (entry != waiting.end() && entry->answered_person == never) {
        entry->last = said.message;
        return;
    }
    // Answered by a human already: what they ask now is a new wait.
    if (entry != waiting.end()) waiting.erase(entry);
    if (waiting.size() >= max_waiting) waiting.erase(waiting.begin());
    waiting.push_back({said.author, said.message, said.message, said.at, never, never, never});
}

}  // namespace

void note_said(ConversationRow& conversation, const Said& said) {
    count(conversation, said);
    const auto waiting = std::count_if(conversation.waiting.begin(), conversation.waiting.end(), still_waits);
    for (Waiting& entry : conversation.waiting)
        if (answers(said, entry, waiting)) note_answer(entry, said);
    if (said.speaker == Speaker::person && said.needs_reply) note_question(conversation, said);
}

const Waiting* waiting_of(const ConversationRow& conversation, AccountId who) {
    for (const Waiting& entry : conversation.waiting)
        if (entry.who == who) return &entry;
    return nullptr;
}

bool note_deleted(ConversationRow& conversation, MessageId message) {
    for (auto entry = conversation.waiting.begin(); entry != conversation.waiting.end(); ++entry) {
        if (entry->first == message && entry->last == message) {
            conversation.waiting.erase(entry);
            return true;
        }
        if (entry->first == message || entry->last == message) {
            entry->first = entry->last = entry->first == message ? entry->last : entry->first;
            return true;
        }
    }
    return false;
}

std::vector<MessageId> note_answer_deleted(ConversationRow& conversation, Time at, Time another) {
    std::vector<MessageId> again;
    for (Waiting& entry : conversation.waiting) {
        if (entry.answered_person == at) {
            entry.answered_person = another > entry.since ? another : Time{};
            if (entry.answered_person == never) again.push_back(entry.last);
        }
        if (entry.answered_brand == at) entry.answered_brand = Time{};
        if (entry.answered_other == at) entry.answered_other = Time{};
    }
    return again;
}

}  // namespace rapport
