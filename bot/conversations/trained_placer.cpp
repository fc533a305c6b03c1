#include <algorithm>

#include "bot/conversations/address.hpp"
#include "bot/conversations/placer.hpp"

namespace rapport {

namespace {

/// From here on the model's guess says whom a message speaks to, and outweighs a name in its text. Below, it
/// only says where the message belongs.
constexpr double sure_enough = 0.5;
/// For staff: below, their words are taken as their own affair.
constexpr double sure_enough_of_staff = 0.7;

std::int64_t seconds(Time at) {
    return std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count();
}

/// What `recent[index]` answers or goes on from, as far as the channel remembers: its author's last words in
/// that conversation if it answers nobody.
std::int64_t parent_of(const std::vector<Recent>& recent, std::size_t index, const MessageRow* row) {
    if (row && row->reply_to != MessageId::none) return std::int64_t(row->reply_to);
    std::int64_t parent = 0;
    for (std::size_t i = index; i-- > 0;) {
        if (recent[i].conversation != recent[index].conversation) continue;
        if (recent[i].author == recent[index].author) return std::int64_t(recent[i].message);
        if (parent == 0) parent = std::int64_t(recent[i].message);
    }
    return parent;
}

std::vector<links::Placed> placed_before(const Placing& placing) {
    const std::vector<Recent>& recent = placing.channel.recent;
    std::vector<links::Placed> all;
    all.reserve(recent.size());
    for (std::size_t i = 0; i < recent.size(); ++i) {
        const MessageRow* row = placing.message_of(recent[i].message);
        all.push_back({std::int64_t(recent[i].message), placing.handle_of(recent[i].author),
                       row ? std::string_view{row->text} : std::string_view{}, seconds(recent[i].at),
                       parent_of(recent, i, row)});
    }
    return all;
}

bool is_by_one_of(const Recent& entry, const std::vector<const Recent*>& some) {
    return std::any_of(some.begin(), some.end(),
                       [&](const Recent* one) { return one->author == entry.author; });
}

/// Those who say the same do not answer one another: thirty people may ask one thing within a minute.
bool repeats(const Placing& placing, const Recent& earlier) {
    const MessageRow* row = placing.message_of(earlier.message);
    return row && earlier.author != placing.author && row->text == placing.text;
}

}  // namespace

TrainedPlacer::Guessed TrainedPlacer::guess(const Placing& placing) const {
    const auto& recent = placing.channel.recent;
    if (recent.empty()) return {};
    const links::Guess guess =
        guesser_.guess(std::int64_t(placing.channel.id), placed_before(placing),
                       {0, placing.handle_of(placing.author), placing.text, seconds(placing.at), 0});
    const auto parent = std::find_if(recent.rbegin(), recent.rend(), [&](const Recent& entry) {
        return std::int64_t(entry.message) == guess.parent &&
               placing.at - entry.at <= config().open_channel_window && !repeats(placing, entry);
    });
    const bool sure = guess.confidence >= (placing.by_staff ? sure_enough_of_staff : sure_enough);
    return {parent == recent.rend() ? nullptr : &*parent, sure};
}

Placement TrainedPlacer::among_many(const Placing& placing) const {
    const std::vector<const Recent*> mentioned = last_of_mentioned(placing, config().open_channel_window);
    const std::vector<const Recent*> named = last_of_named(placing, config().open_channel_window);
    const Guessed guessed = guess(placing);
    const Recent* parent = guessed.parent;
    const auto prefer = [&](const std::vector<const Recent*>& some) {
        if (!some.empty() && !(parent && is_by_one_of(*parent, some))) parent = some.front();
    };
    if (!guessed.sure && placing.by_staff) parent = last_own(placing, config().open_channel_window);
    if (!guessed.sure) prefer(named);
    prefer(mentioned);

    Placement placement;
    for (const Recent* one : mentioned) address(placement, one->author, placing.author);
    for (const Recent* one : named) address(placement, one->author, placing.author);
    if (!parent) return placement;
    placement.conversation = parent->conversation;
    if (parent->author == placing.author) return placement;
    if (guessed.sure) address(placement, parent->author, placing.author);
    if (!placement.addressed.empty()) placement.answers = parent->message;
    return placement;
}

}  // namespace rapport
