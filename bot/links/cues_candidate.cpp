// What speaks for one candidate.

#include <algorithm>

#include "bot/links/cues.hpp"

namespace rapport::links {

namespace {

/// How the message speaks of the candidate's author.
enum class To { no_word, named, addressed, same_author, somebody_else, unknown, same_but_names_other };

bool speaks_to(To to) {
    return to == To::named || to == To::addressed;
}

To relation_to(const Words& words, AuthorSlot target, int address, bool same, AuthorSlot other) {
    if (same) return target != nobody ? To::same_but_names_other : To::same_author;
    if (words.addressed == other) return To::addressed;
    if (words.names(other)) return To::named;
    if (address == 3) return To::unknown;
    return target != nobody ? To::somebody_else : To::no_word;
}

/// How the candidate speaks of the message's author, 0 to 5.
int relation_from(const Said& other, AuthorSlot me, AuthorSlot target) {
    const AuthorSlot theirs = other.words.target();
    if (theirs == nobody) return other.words.addresses_unknown ? 5 : 0;
    if (other.words.addressed == me) return 1;
    if (other.words.names(me)) return 2;
    return theirs == target ? 3 : 4;
}

int overlap_step(float overlap) {
    return overlap <= 0 ? 0 : 1 + step(std::int64_t(overlap * 1.5F), {1, 2, 3, 5, 7, 10, 14});
}

int time_step(std::int64_t seconds) {
    return step(std::max<std::int64_t>(0, seconds) / 60, {0, 1, 2, 3, 4, 6, 9, 14, 19, 29, 59, 239});
}

bool answered_by(const Said& said, AuthorSlot author) {
    return said.last_answerers[0] == author || said.last_answerers[1] == author;
}

}  // namespace

void CueFinder::about_candidate(const Now& now, const Said& other, Candidate& into) {
    into.number = other.number;
    const AuthorSlot me = now.said.author;
    const bool same = other.author == me;
    const To to = relation_to(now.said.words, now.target, now.address, same, other.author);
    const Author& author = now.channel.authors()[other.author];
    const Since& since = of_author(other.author);
    const int rank = std::min(2, since.said);
    const int relation = int(to) * 6 + relation_from(other, me, now.target);
    auto& rows = into.rows;
    rows.add(cue::answers.row(0));
    rows.add(cue::relation.row(relation));
    rows.add(cue::relation_rank.row(relation * 3 + rank));
    rows.add(cue::rank.row(rank + (same ? 3 : 0)));
    rows.add(cue::mine_since.row(mine_since_));
    rows.add(cue::theirs_since.row(since.said));
    rows.add(cue::partners.row((now.me.partner == other.author ? 1 : 0) + (author.partner == me ? 2 : 0) +
                               (same ? 4 : 0)));
    rows.add(cue::turned_away.row((since.turned > 0 ? since.turned : 0) + (same ? 4 : 0)));
    rows.add(cue::threads_since.row(step(conversations_since_, {0, 1, 2, 3, 4, 5, 7, 9, 12, 16})));
    rows.add(cue::voices_since.row(authors_since_));
    const bool asks = other.words.has_question_mark || other.words.begins_like_question;
    rows.add(cue::waiting.row((asks ? 1 : 0) + (other.answered == 0 ? 2 : 0) + (other.starts() ? 4 : 0) +
                              (same                ? 16
                               : to == To::no_word ? 8
                                                   : 0)));
    const int history = same ? 0 : step(history_[std::size_t(other.author)], {0, 1, 2, 3, 5, 8});
    rows.add(cue::history.row(history + (now.target != nobody ? 8 : 0)));
    about_distance(now, other, int(to), into);
    about_conversation(now, other, into);
    about_words(now, other, speaks_to(to) ? 2 : 0, into);
}

void CueFinder::about_distance(const Now& now, const Said& other, int relation, Candidate& into) {
    const Number distance = now.channel.next_number() - other.number;
    const std::int64_t seconds = now.said.at - other.at;
    const bool same = other.author == now.said.author;
    auto& rows = into.rows;
    rows.add(cue::distance.row(
        step(distance, {1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 17, 20, 24, 28, 33, 40, 48, 60, 75})));
    rows.add(cue::time_apart.row(time_step(seconds)));
    if (now.channel.knows_seconds())
        rows.add(cue::seconds_apart.row(
            1 + step(seconds, {2, 5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 300, 600, 1800})));
    rows.add(cue::distance_same.row(step(distance, {1, 2, 3, 4, 6, 9, 15, 25, 50}) * 2 + (same ? 1 : 0)));
    rows.add(cue::relation_distance.row(relation * 8 + step(distance, {1, 2, 3, 5, 8, 13, 25})));
    rows.add(cue::relation_time.row(relation * 12 + std::min(11, time_step(seconds))));
}

void CueFinder::about_conversation(const Now& now, const Said& other, Candidate& into) {
    const AuthorSlot me = now.said.author;
    const bool same = other.author == me;
    const Channel& channel = now.channel;
    const Conversation& conversation = channel.conversation(other.conversation);
    const Said* const mine = now.last_held ? &channel[now.me.last] : nullptr;
    const int after = of_conversation(other.conversation).said;
    const int mine_there = mine && mine->conversation == other.conversation ? 1
                           : conversation.has(me)                           ? 2
                                                                            : 0;
    auto& rows = into.rows;
    rows.add(cue::conversation.row(mine_there * 8 + std::min(3, after) * 2 +
                                   (conversation.speaker_count > 1 ? 1 : 0)));
    rows.add(cue::place.row(after));
    rows.add(cue::children.row(std::min(4, other.continued) * 5 + std::min(4, other.answered)));
    const int parent = other.starts()                                              ? 0
                       : other.parent_author == other.author                       ? 1
                       : other.parent_author == me                                 ? 2
                       : now.target != nobody && other.parent_author == now.target ? 3
                                                                                   : 4;
    const int has_children = other.answered + other.continued == 0 ? 0 : answered_by(other, me) ? 2 : 1;
    rows.add(cue::parentage.row(parent * 8 + (same ? 4 : 0) + has_children));
    rows.add(cue::conversation_size.row(step(conversation.said, {1, 2, 3, 5, 9, 20}) * 3 +
                                        std::min(2, conversation.speaker_count - 1)));
    const AuthorSlot last = channel.holds(conversation.last) ? channel[conversation.last].author : nobody;
    const int who_last = last == nobody ? 0 : last == me ? 1 : last == other.author ? 2 : 3;
    rows.add(cue::last_there.row(who_last * 4 + (after == 0 ? 2 : 0) + (same ? 1 : 0)));
    int to_mine = cue::after_mine.size - 1;
    if (mine && !same)
        to_mine = std::min(2, of_author(other.author).said) * 6 +
                  (mine->parent_author == other.author ? 1 : 0) + (other.number > mine->number ? 2 : 0) +
                  (other.number > mine->number && other.parent == mine->number ? 2 : 0);
    rows.add(cue::after_mine.row(to_mine));
}

void CueFinder::about_words(const Now& now, const Said& other, int relation_to_author, Candidate& into) {
    const bool same = other.author == now.said.author;
    const Words& words = now.said.words;
    const std::size_t at = std::size_t(other.number % window);
    const float overlap = overlap_[at];
    auto& rows = into.rows;
    rows.add(cue::questions.row((other.words.has_question_mark ? 1 : 0) +
                                (other.words.begins_like_question ? 2 : 0) +
                                (words.has_question_mark ? 4 : 0) + (same ? 8 : 0)));
    rows.add(cue::overlap.row(overlap_step(overlap)));
    rows.add(cue::overlap_relation.row(overlap_step(overlap) * 4 + (same ? 1 : 0) + relation_to_author));
    rows.add(
        cue::overlap_conversation.row(overlap_step(conversation_overlap_[std::size_t(other.conversation)])));
    rows.add(cue::overlap_best.row((now.best == other.number ? 1 : 0) + (now.best == never ? 2 : 0)));
    rows.add(cue::novelty.row((other.first_of_author ? 2 : 0) + (now.said.first_of_author ? 4 : 0)));
    rows.add(cue::candidate_length.row(other.words.length));
    if (!other.starts() && now.channel.holds(other.parent)) {
        const bool shares = overlap_[std::size_t(other.parent % window)] > 0;
        rows.add(
            cue::parent_overlap.row((shares ? 1 : 0) + (other.parent_author == now.said.author ? 2 : 0)));
    }
    const bool number = same_number_[at];
    rows.add(cue::same_number.row((number ? 1 + (same ? 1 : 0) : 0) * 2 + (words.numbers.empty() ? 0 : 1)));
    const bool other_is_bot = now.channel.authors()[other.author].like_a_bot();
    const int bots = now.bot != 0 ? (same ? 1 : 2) : other_is_bot ? 3 : 0;
    const int shared = overlap <= 0 ? 0 : overlap < 4 ? 1 : overlap < 8 ? 2 : overlap < 14 ? 3 : 4;
    rows.add(cue::bot_overlap.row(bots * 10 + (number ? 5 : 0) + shared));
}

}  // namespace rapport::links
