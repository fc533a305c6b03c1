#include "bot/links/cues.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace rapport::links {

namespace {

/// Of the last messages, so many tell how busy a channel is.
constexpr Number lately = 20;
constexpr std::int64_t lately_seconds = 300;
/// Candidates farther back must have something to do with the author.
constexpr Number near = 40;
/// A clock that steps back by more than this (in seconds) has changed the day.
constexpr std::int64_t clock_error = 3600;

int share(int part, int whole) {
    return whole == 0 ? 0 : 100 * part / whole;
}

int own_last_cue(const Channel& channel, const Said& last, AuthorSlot me) {
    const int parent = last.starts() ? 0 : last.parent_author == me ? 1 : 2;
    const bool moved_on = channel.conversation(last.conversation).last > last.number;
    return 1 + parent * 4 + (last.answered > 0 ? 2 : 0) + (moved_on ? 1 : 0) +
           (last.words.has_question_mark ? 12 : 0);
}

int habit_cue(const Author& me) {
    if (me.said == 0) return cue::habit.size - 1;
    return step(share(me.answered, me.said), {0, 10, 30, 60}) * 3 +
           std::min(2, step(share(me.named_others, me.said), {0, 20, 60}));
}

int target_distance_cue(const Channel& channel, AuthorSlot target) {
    if (target == nobody) return 13;
    const Author& other = channel.authors()[target];
    if (channel.holds(other.last))
        return step(channel.next_number() - other.last, {1, 2, 3, 4, 6, 9, 14, 22, 40});
    return other.said > 0 ? 10 : 11;
}

int question_cue(const Words& words) {
    return (words.has_question_mark ? 1 : 0) + (words.begins_like_question ? 2 : 0);
}

bool share_a_number(const Words& a, const Words& b) {
    return std::any_of(a.numbers.begin(), a.numbers.end(), [&](std::uint32_t number) {
        return std::binary_search(b.numbers.begin(), b.numbers.end(), number);
    });
}

/// The weights of the words that both have; both lists are in order.
float common_weight(const std::vector<WeighedWord>& mine, const std::vector<float>& weights,
                    const std::vector<WeighedWord>& theirs) {
    float sum = 0;
    std::size_t a = 0, b = 0;
    while (a < mine.size() && b < theirs.size()) {
        if (mine[a].word < theirs[b].word)
            ++a;
        else if (theirs[b].word < mine[a].word)
            ++b;
        else {
            sum += weights[a];
            ++a;
            ++b;
        }
    }
    return sum;
}

/// What is about the message in `cues`, for both its ways.
void add_both(Cues& cues, const cue::Group& group, int value) {
    cues.answering.add(group.row(value));
    cues.starting.add(group.row(value) + cue::about_message);
}

}  // namespace

void CueFinder::count_overlaps(Now& now, Cues& into) {
    const Channel& channel = now.channel;
    const std::vector<WeighedWord>& mine = now.said.words.telling;
    weights_.clear();
    all_telling_ = 0;
    for (const WeighedWord& word : mine) {
        // What many have said here lately tells less.
        const float here = std::log(1 + float(window) / (1 + float(channel.messages_with(word.word))));
        weights_.push_back(word.rarity * here / 4);
        all_telling_ += weights_.back();
    }
    conversation_overlap_.fill(0);
    any_number_ = false;
    most_overlap_ = 0;
    for (Number number = channel.next_number() - 1; number >= channel.oldest(); --number) {
        const Said& other = channel[number];
        const std::size_t at = std::size_t(number % window);
        const float overlap = overlap_[at] = common_weight(mine, weights_, other.words.telling);
        any_number_ |= same_number_[at] = share_a_number(now.said.words, other.words);
        if (overlap <= 0) continue;
        float& most = conversation_overlap_[std::size_t(other.conversation)];
        most = std::max(most, overlap);
        if (overlap <= most_overlap_) continue;
        most_overlap_ = overlap;
        now.best = number;
    }
    into.starting.add(cue::start_overlap.row(
        most_overlap_ > 0 ? 2 + step(std::int64_t(most_overlap_), {1, 2, 3, 4, 6, 8, 11, 15})
                          : int(all_telling_ > 0)));
}

void CueFinder::about_message(const Now& now, Cues& into) const {
    const Channel& channel = now.channel;
    const Words& words = now.said.words;
    int messages = 0, voices = 0, threads = 0;
    std::array<bool, window> seen_thread{};
    std::array<bool, Authors::most_authors> seen_voice{};
    const Number first = std::max(channel.oldest(), channel.next_number() - lately);
    for (Number number = first; number < channel.next_number(); ++number) {
        const Said& other = channel[number];
        messages += now.said.at - other.at <= lately_seconds ? 1 : 0;
        voices += std::exchange(seen_voice[std::size_t(other.author)], true) ? 0 : 1;
        threads += std::exchange(seen_thread[std::size_t(other.conversation)], true) ? 0 : 1;
    }
    add_both(into, cue::address, now.address);
    add_both(into, cue::own_distance, now.own_distance);
    add_both(into, cue::own_time, now.own_time);
    add_both(into, cue::called, now.called ? std::min(3, now.me.calls) : 0);
    add_both(into, cue::busy, step(messages, {0, 1, 3, 5, 8, 12, 17}));
    add_both(into, cue::voices, step(voices, {1, 2, 3, 4, 5, 7, 10}));
    add_both(into, cue::threads, step(threads, {1, 2, 3, 4, 6, 8, 11}));
    add_both(into, cue::length, words.length);
    add_both(into, cue::asks, question_cue(words));
    add_both(into, cue::own_last,
             now.last_held ? own_last_cue(channel, channel[now.me.last], now.said.author) : 0);
    add_both(into, cue::habit, habit_cue(now.me));
    add_both(into, cue::has_seconds, channel.knows_seconds() ? 1 : 0);
    add_both(into, cue::target_distance, target_distance_cue(channel, now.target));
    add_both(into, cue::said_before, step(now.me.said, {0, 1, 3, 8, 20}));
    add_both(into, cue::waited,
             now.called ? 1 + step(channel.next_number() - now.me.called, {1, 2, 4, 8, 16, 32}) : 0);
    add_both(into, cue::bot, now.bot);
}

void CueFinder::about_start(const Now& now, Cues& into) const {
    const bool asks = question_cue(now.said.words) != 0;
    const bool just_spoke = now.own_distance <= 2;
    into.starting.add(cue::starts.row(0));
    into.starting.add(cue::start_crossed.row(now.address * 12 +
                                             (!now.last_held ? 2
                                              : just_spoke   ? 0
                                                             : 1) *
                                                 4 +
                                             (asks ? 1 : 0) + (now.called ? 2 : 0)));
    into.starting.add(cue::start_time.row(now.own_time * 4 + (asks ? 1 : 0) + (now.address != 0 ? 2 : 0)));
    into.starting.add(cue::start_bot.row(now.bot * 8 + (any_number_ ? 2 : 0) +
                                         (now.said.words.numbers.empty() ? 0 : 1) + (just_spoke ? 4 : 0)));
}

void CueFinder::find(const Channel& channel, const Said& said, Cues& into) {
    into.answering.clear();
    into.starting.clear();
    into.candidates.clear();
    const Author& me = channel.authors()[said.author];
    Now now{channel, said, me};
    now.last_held = channel.holds(me.last);
    now.called = me.called > me.last;
    now.bot = !me.like_a_bot() ? 0 : me.answered == 0 ? 1 : 2;
    const bool to_itself = said.words.target() == said.author;
    now.target = to_itself ? nobody : said.words.target();
    now.address = now.target == nobody ? (said.words.addresses_unknown && !to_itself ? 3 : 0)
                                       : (said.words.addressed != nobody ? 2 : 1);
    now.own_distance =
        me.last == never ? 11 : step(channel.next_number() - me.last, {1, 2, 3, 4, 6, 9, 14, 22, 40, 80});
    now.own_time = me.last == never ? 9
                                    : step(std::max<std::int64_t>(0, said.at - me.last_at) / 60,
                                           {0, 1, 2, 4, 9, 19, 59, 239});
    about_message(now, into);
    about_start(now, into);
    count_overlaps(now, into);

    ++round_;
    authors_since_ = conversations_since_ = mine_since_ = 0;
    history_.fill(0);
    for (Number number = channel.oldest(); number < channel.next_number(); ++number) {
        const Said& other = channel[number];
        if (other.starts() || other.parent_author == nobody) continue;
        if (other.author == said.author)
            ++history_[std::size_t(other.parent_author)];
        else if (other.parent_author == said.author)
            ++history_[std::size_t(other.author)];
    }
    for (Number number = channel.next_number() - 1; number >= channel.oldest(); --number) {
        const Said& other = channel[number];
        if (said.at - other.at < -clock_error) continue;
        const bool concerns = other.author == said.author || other.author == me.partner ||
                              (now.target != nobody && other.author == now.target) ||
                              other.words.addressed == said.author;
        if (concerns || channel.next_number() - number <= near)
            about_candidate(now, other, into.candidates.emplace_back());
        pass(other, now);
    }
}

CueFinder::Since& CueFinder::of_author(AuthorSlot slot) {
    Since& since = authors_[std::size_t(slot)];
    if (since.round != round_) since = {round_};
    return since;
}

CueFinder::Since& CueFinder::of_conversation(ConversationSlot slot) {
    Since& since = conversations_[std::size_t(slot)];
    if (since.round != round_) since = {round_};
    return since;
}

void CueFinder::pass(const Said& other, const Now& now) {
    Since& author = of_author(other.author);
    if (author.said++ == 0) ++authors_since_;
    if (of_conversation(other.conversation).said++ == 0) ++conversations_since_;
    if (other.author == now.said.author) ++mine_since_;
    if (const AuthorSlot target = other.words.target(); target != nobody && author.turned == 0)
        author.turned = target == now.said.author ? 1 : other.words.addressed != nobody ? 3 : 2;
}

}  // namespace rapport::links
