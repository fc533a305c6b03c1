#pragma once

// The cues by name. Each is a group of rows of the model, one for each value; together they are all rows but
// those of words. Whoever changes a group has to train again ("links" in the kind of the model file).

#include <algorithm>

namespace rapport::links::cue {

struct Group {
    int begin = 0, size = 0;
    /// The row of a value; values beyond the ends count as the ends.
    constexpr int row(int value) const { return begin + std::clamp(value, 0, size - 1); }
    constexpr int end() const { return begin + size; }
    constexpr Group then(int next_size) const { return {end(), next_size}; }
};

// About the message alone. They stand twice: for when it answers and, `about_message` rows later, for when it
// starts something.
inline constexpr Group address{0, 4};                     // whether it says whom it speaks to
inline constexpr Group own_distance = address.then(12);   // messages since its author's last
inline constexpr Group own_time = own_distance.then(10);  // time since then
inline constexpr Group called = own_time.then(4);         // how many have named its author since then
inline constexpr Group busy = called.then(8);             // messages in the last five minutes
inline constexpr Group voices = busy.then(8);             // authors of the last twenty
inline constexpr Group length = voices.then(7);
inline constexpr Group asks = length.then(4);
inline constexpr Group own_last = asks.then(24);   // what became of its author's last
inline constexpr Group habit = own_last.then(16);  // how often its author is answered, names others
inline constexpr Group has_seconds = habit.then(2);
inline constexpr Group target_distance = has_seconds.then(14);  // messages since whom it names spoke
inline constexpr Group said_before = target_distance.then(6);
inline constexpr Group waited = said_before.then(8);  // messages since its author was named
inline constexpr Group bot = waited.then(4);
inline constexpr Group threads = bot.then(8);  // conversations among the last twenty
inline constexpr int about_message = threads.end();

// About starting something.
inline constexpr Group starts{2 * about_message, 1};
inline constexpr Group start_crossed = starts.then(48);      // address, own distance, question, called
inline constexpr Group start_time = start_crossed.then(40);  // own time, question, address
inline constexpr Group start_overlap = start_time.then(12);  // the most that its words share with any message
inline constexpr Group start_bot = start_overlap.then(24);   // bots, by numbers and addresses

// About the message and one candidate.
inline constexpr Group answers = start_bot.then(1);
inline constexpr Group distance = answers.then(24);
inline constexpr Group time_apart = distance.then(14);
inline constexpr Group seconds_apart = time_apart.then(16);
inline constexpr Group relation = seconds_apart.then(48);   // who of the two names whom
inline constexpr Group relation_rank = relation.then(144);  // and which of its author's last it is
inline constexpr Group rank = relation_rank.then(6);
inline constexpr Group distance_same = rank.then(20);  // distance, one author or two
inline constexpr Group relation_distance = distance_same.then(60);
inline constexpr Group relation_time = relation_distance.then(84);
inline constexpr Group mine_since = relation_time.then(4);  // what the author has said since
inline constexpr Group theirs_since = mine_since.then(4);
inline constexpr Group partners = theirs_since.then(8);   // whether they spoke with each other last
inline constexpr Group conversation = partners.then(24);  // whether the author is in its conversation
inline constexpr Group place = conversation.then(8);      // messages after it in its conversation
inline constexpr Group children = place.then(25);         // answers that it has
inline constexpr Group parentage = children.then(40);     // whom it answers
inline constexpr Group questions = parentage.then(16);
inline constexpr Group overlap = questions.then(9);  // words that both have
inline constexpr Group overlap_relation = overlap.then(32);
inline constexpr Group overlap_conversation = overlap_relation.then(9);
inline constexpr Group overlap_best = overlap_conversation.then(4);
inline constexpr Group history = overlap_best.then(16);  // answers between the two authors
inline constexpr Group conversation_size = history.then(24);
inline constexpr Group novelty = conversation_size.then(8);  // first messages of their authors
inline constexpr Group turned_away = novelty.then(8);        // whether its author has named another since
inline constexpr Group candidate_length = turned_away.then(7);
inline constexpr Group waiting = candidate_length.then(24);  // whether it is an open question
inline constexpr Group threads_since = waiting.then(12);
inline constexpr Group voices_since = threads_since.then(12);
inline constexpr Group last_there = voices_since.then(16);  // who spoke last in its conversation
inline constexpr Group parent_overlap = last_there.then(8);
inline constexpr Group after_mine = parent_overlap.then(18);  // how it stands to the author's last
inline constexpr Group bot_overlap = after_mine.then(40);
inline constexpr Group same_number = bot_overlap.then(12);  // a number or an address in both

inline constexpr int rows = same_number.end();

}  // namespace rapport::links::cue
