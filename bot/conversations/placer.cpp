#include "bot/conversations/placer.hpp"

#include <algorithm>

#include "bot/conversations/address.hpp"

namespace rapport {

namespace {

constexpr std::size_t longest_name = 64;
constexpr std::size_t most_names = 4;

bool same_letters(std::string_view a, std::string_view b) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; };
    return a.size() == b.size() &&
           std::equal(a.begin(), a.end(), b.begin(), [&](char x, char y) { return lower(x) == lower(y); });
}

std::string_view without_at(std::string_view name) {
    return name.starts_with('@') ? name.substr(1) : name;
}

/// The latest entry of `recent` by an author whom `matches` accepts, no older than `window`.
template <class Match>
const Recent* latest(const Placing& placing, std::chrono::milliseconds window, Match matches) {
    const auto& recent = placing.channel.recent;
    for (auto entry = recent.rbegin(); entry != recent.rend(); ++entry) {
        if (placing.at - entry->at > window) continue;
        if (matches(*entry)) return &*entry;
    }
    return nullptr;
}

/// A thread has no replies of its own: whoever of those who talk in it is named first or mentioned is meant,
/// for their last word there, and not who began it.
void address_by_name(Placement& placement, const Placing& placing) {
    const std::vector<std::string_view> names = leading_names(placing.text);
    for (const Recent& entry : placing.channel.recent) {
        if (entry.conversation != placement.conversation || entry.author == AccountId::none) continue;
        const bool mentioned = std::find(placing.mentions.begin(), placing.mentions.end(), entry.author) !=
                               placing.mentions.end();
        const bool named = std::any_of(names.begin(), names.end(), [&](std::string_view name) {
            return same_letters(placing.handle_of(entry.author), name);
        });
        if ((!mentioned && !named) || entry.author == placing.author) continue;
        address(placement, entry.author, placing.author);
        placement.answers = entry.message;
    }
}

}  // namespace

void address(Placement& placement, AccountId who, AccountId author) {
    if (who == author || who == AccountId::none) return;
    auto& all = placement.addressed;
    if (std::find(all.begin(), all.end(), who) == all.end()) all.push_back(who);
}

std::vector<const Recent*> last_of_mentioned(const Placing& placing, std::chrono::milliseconds window) {
    std::vector<const Recent*> all;
    for (const AccountId who : placing.mentions)
        if (const Recent* last =
                latest(placing, window, [&](const Recent& entry) { return entry.author == who; }))
            all.push_back(last);
    return all;
}

std::vector<const Recent*> last_of_named(const Placing& placing, std::chrono::milliseconds window) {
    std::vector<const Recent*> all;
    for (const std::string_view name : leading_names(placing.text))
        if (const Recent* last = latest(placing, window, [&](const Recent& entry) {
                return entry.author != placing.author && same_letters(placing.handle_of(entry.author), name);
            }))
            all.push_back(last);
    return all;
}

const Recent* last_own(const Placing& placing, std::chrono::milliseconds window) {
    return latest(placing, window, [&](const Recent& entry) { return entry.author == placing.author; });
}

std::vector<std::string_view> leading_names(std::string_view text) {
    std::vector<std::string_view> names;
    while (names.size() < most_names) {
        while (text.starts_with(' ')) text.remove_prefix(1);
        const std::size_t end = text.find_first_of(" :,\n\t");
        const std::string_view word = text.substr(0, end);
        const std::string_view name = without_at(word);
        if (name.empty() || name.size() > longest_name) break;
        const char after = end == std::string_view::npos ? '\0' : text[end];
        if (after != ':' && after != ',' && name.size() == word.size()) break;
        names.push_back(name);
        text.remove_prefix(std::min(text.size(), word.size() + 1));
        if (after == ':') break;
    }
    return names;
}

Placement SimplePlacer::by_link(const Placing& placing) const {
    Placement placement;
    const MessageRow* parent = placing.reply_to ? placing.reply_to : placing.thread;
    placement.conversation = parent->conversation;
    placement.answers = parent->id;
    placement.linked = true;
    const bool says_to_whom = placing.reply_to && placing.reply_to != placing.thread;
    if (!says_to_whom) address_by_name(placement, placing);
    if (placement.addressed.empty()) address(placement, parent->author, placing.author);
    return placement;
}

Placement SimplePlacer::by_silence(const Placing& placing) const {
    Placement placement;
    const auto& recent = placing.channel.recent;
    if (recent.empty() || placing.at - recent.back().at > config_.dm_window) return placement;
    placement.conversation = recent.back().conversation;
    // In a place for two, whatever one says answers what the other said last.
    const auto other = [&](const Recent& entry) { return entry.author != placing.author; };
    if (const Recent* last = latest(placing, config_.dm_window, other)) {
        placement.answers = last->message;
        placement.linked = true;
        address(placement, last->author, placing.author);
    }
    return placement;
}

Placement SimplePlacer::among_many(const Placing& placing) const {
    Placement placement;
    const auto window = config_.open_channel_window;
    const auto join = [&](const Recent* entry) {
        address(placement, entry->author, placing.author);
        if (placement.conversation != ConversationId::none) return;
        placement.conversation = entry->conversation;
        placement.answers = entry->message;
    };
    for (const Recent* one : last_of_mentioned(placing, window)) join(one);
    for (const Recent* one : last_of_named(placing, window)) join(one);
    if (placement.conversation != ConversationId::none) return placement;
    // Nobody is named: somebody who goes on talking stays where they were.
    if (const Recent* mine = last_own(placing, window)) placement.conversation = mine->conversation;
    return placement;
}

const Recent* plainly_followed(const Placing& placing, const Placement& placement,
                               std::chrono::milliseconds window) {
    const auto& recent = placing.channel.recent;
    const bool open = placing.channel.kind == ChannelKind::open || placing.channel.kind == ChannelKind::group;
    if (!open || recent.empty() || placing.reply_to || placing.thread) return nullptr;
    if (!placement.addressed.empty() || !placing.mentions.empty() || !leading_names(placing.text).empty())
        return nullptr;
    const Recent& before = recent.back();
    if (before.author == placing.author || placing.at - before.at > window) return nullptr;
    const bool elsewhere =
        placement.conversation != ConversationId::none && placement.conversation != before.conversation;
    return elsewhere ? nullptr : &before;
}

Placement SimplePlacer::place(const Placing& placing) const {
    Placement placement =
        placing.reply_to || placing.thread ? by_link(placing)
        : placing.channel.kind == ChannelKind::open || placing.channel.kind == ChannelKind::group
            ? among_many(placing)
            : by_silence(placing);
    for (const AccountId who : placing.mentions) address(placement, who, placing.author);
    return placement;
}

}  // namespace rapport
