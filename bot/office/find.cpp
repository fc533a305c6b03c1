#include "bot/office/find.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "bot/alerts/privacy.hpp"
#include "bot/office/text.hpp"
#include "bot/people/person.hpp"

namespace rapport::office {

namespace {

constexpr std::size_t most_candidates = 10'000;
constexpr std::size_t most_named = 5;
constexpr std::size_t chunk = 500;

}  // namespace

std::variant<const AccountRow*, std::string> find_account(Room& room, std::string_view who) {
    who = trim(who);
    if (who.starts_with('@')) who.remove_prefix(1);
    if (const auto key = parse_account(who)) {
        if (const AccountRow* row = room.lookup.account(*key)) return row;
        return fmt::format("I have not heard anything from {} yet.", cut(who, 100));
    }
    std::vector<AccountRow> found = must_read(room.store.find_accounts(who, most_candidates));
    const std::string wanted = lower(who);
    const auto is_called = [&](const AccountRow& row) {
        return lower(row.handle) == wanted || lower(row.name) == wanted;
    };
    std::vector<AccountRow> exact;
    std::copy_if(found.begin(), found.end(), std::back_inserter(exact), is_called);
    if (!exact.empty()) found = std::move(exact);
    if (found.empty() || who.empty())
        return fmt::format(
            "I don't know anybody called \"{}\". Try their handle, or an account as platform:realm:id.",
            cut(who, 100));
    const auto other = [&](const AccountRow& row) { return row.person != found.front().person; };
    if (std::none_of(found.begin(), found.end(), other)) return room.lookup.account(found.front().id);
    std::string words = fmt::format("I know several people like that. Which one is it?");
    for (std::size_t i = 0; i < std::min(found.size(), most_named); ++i)
        words += fmt::format("\n{} ({})", shown_name(found[i]), key_text(found[i].key));
    return words;
}

const Staffer* find_staffer(const Room& room, std::string_view who) {
    who = trim(who);
    if (who.starts_with('@')) who.remove_prefix(1);
    const Team& team = room.world->team;
    if (const auto key = parse_account(who)) return team.staffer_of(*key, room.now);
    const std::string wanted = lower(who);
    if (wanted == "me") return &room.by;
    for (const Staffer& staffer : team.staffers())
        if (staffer.on_team(room.now) && (staffer.name == wanted || lower(staffer.full_name) == wanted))
            return &staffer;
    return nullptr;
}

bool may_read(Room& room, const MessageRow& message) {
    const ChannelRow* channel = room.lookup.channel(message.channel);
    if (!channel || channel->kind != ChannelKind::dm) return true;
    room.lookup.load_around(message.id);
    const ConversationRow* conversation = room.lookup.state().conversations.find(message.conversation);
    if (!conversation) return false;
    bool somebody = false;
    const auto is_mine = [&](const Staffer* staffer) {
        somebody = somebody || staffer;
        return staffer == &room.by;
    };
    for (const Participant& one : conversation->people)
        if (const AccountRow* row = room.lookup.account(one.who))
            if (is_mine(room.world->team.staffer_of(row->key, room.now))) return true;
    for (const AccountId id : room.lookup.load_person(message.author))
        if (is_mine(room.world->team.staffer(room.lookup.account(id)->owner))) return true;
    if (somebody) return false;
    // Said to the brand by somebody new: whoever is asked must be able to answer.
    for (const AlertId id : conversation->alerts)
        if (const AlertRow* alert = room.lookup.alert(id); alert && alert->staffer == room.by.name)
            return true;
    return false;
}

bool may_read(Room& room, const AlertRow& alert) {
    std::vector<MessageId> shown = alert.quoted;
    if (alert.answer != MessageId::none) shown.push_back(alert.answer);
    for (const MessageId id : shown)
        if (const MessageRow* message = room.lookup.message(id)) room.lookup.channel(message->channel);
    if (shown.empty() || !room.lookup.channel(alert.channel)) return false;
    if (!is_private(room.lookup.state(), alert)) return true;
    for (const MessageId id : shown) room.lookup.load_around(id);
    room.lookup.load_person(alert.about);
    return rapport::may_read(room.lookup.state(), *room.world, alert, room.by, room.now);
}

std::vector<AlertRow> alerts_where(Room& room, bool open_only,
                                   const std::function<bool(const AlertRow&)>& want) {
    std::vector<AlertRow> all;
    for (AlertId last{};;) {
        std::vector<AlertRow> some = must_read(room.store.alerts(open_only, last, chunk));
        for (AlertRow& alert : some) {
            last = alert.id;
            if (want(alert)) all.push_back(std::move(alert));
        }
        if (some.size() < chunk) return all;
    }
}

}  // namespace rapport::office
