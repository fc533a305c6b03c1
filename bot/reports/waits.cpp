// Who waited, as the live program sees it: the same bookkeeping (conversations/waiting.hpp), done again over
// what was kept.

#include <algorithm>
#include <unordered_map>

#include "bot/conversations/waiting.hpp"
#include "bot/reports/report.hpp"

namespace rapport::reports {

namespace {

class Waits {
public:
    void hear(const Line& line) {
        ConversationRow& conversation = conversations_[line.conversation];
        const AccountId addressed[] = {line.answers};
        const bool to_somebody = line.answers != AccountId::none && line.answers != line.author;
        Said said{line.id,          line.author, line.speaker, !line.via_app,
                  line.needs_reply, line.linked, {},           line.at};
        if (to_somebody) said.addressed = addressed;
        note_said(conversation, said);
        for (const Waiting& entry : conversation.waiting) take(entry, line);
    }

    std::vector<Wait> all{};

private:
    void take(const Waiting& entry, const Line& line) {
        const auto [at, is_new] = by_first_.try_emplace(entry.first, all.size());
        if (is_new) {
            all.push_back({});
            all.back().conversation = line.conversation;
            all.back().who = entry.who;
            all.back().first = entry.first;
            all.back().since = entry.since;
        }
        Wait& wait = all[at->second];
        if (wait.person == never && entry.answered_person != never) wait.person_by = line.author;
        wait.person = entry.answered_person;
        wait.brand = entry.answered_brand;
        wait.others = entry.answered_other;
    }

    std::unordered_map<ConversationId, ConversationRow> conversations_{};
    std::unordered_map<MessageId, std::size_t> by_first_{};
};

}  // namespace

std::vector<Wait> waits_of(const std::vector<Line>& lines, Time until) {
    Waits waits;
    for (const Line& line : lines)
        if (line.at < until) waits.hear(line);
    for (Wait& wait : waits.all) {
        // Clocks of platforms differ a little: an answer is never before its question.
        for (Time* answered : {&wait.person, &wait.brand, &wait.others})
            if (*answered != never) *answered = std::max(*answered, wait.since);
        if (wait.person != never) {
            wait.end = WaitEnd::verified;
        } else if (wait.brand != never) {
            wait.end = WaitEnd::brand;
        } else if (wait.others != never) {
            wait.end = WaitEnd::others;
        }
    }
    return std::move(waits.all);
}

}  // namespace rapport::reports
