#include "bot/office/letter_buttons.hpp"

#include <fmt/format.h>

#include "bot/letters/succession.hpp"
#include "bot/office/find.hpp"
#include "bot/office/forms.hpp"
#include "bot/office/pages.hpp"
#include "bot/office/text.hpp"

namespace rapport::office {

namespace {

constexpr std::int64_t day_ms = 24LL * 3600 * 1000;

/// The rhythm of a choice, and what it means in words; an empty text: there is no such choice.
std::pair<std::int64_t, std::string> chosen_rhythm(const Ask& ask) {
    const auto choice = ask.values.find("choice");
    const std::string& text = choice == ask.values.end() ? std::string{} : choice->second;
    if (text == "30d") return {30 * day_ms, "every month"};
    if (text == "90d") return {90 * day_ms, "every three months"};
    if (text == "learn") return {0, "as usual between you"};
    if (text == "off") return {no_rhythm, "never"};
    return {0, ""};
}

Reply set_rhythm(Room& room, const Ask& ask, const std::string& who) {
    const auto [rhythm, words] = chosen_rhythm(ask);
    const auto found = find_account(room, who);
    if (const auto* none = std::get_if<std::string>(&found))
        return Answer{words_page("rhythm", "Who?", *none)};
    if (words.empty()) return Answer{words_page("rhythm", "How often?", "Please choose how often.")};
    const AccountRow& account = *std::get<const AccountRow*>(found);
    Reply reply;
    reply.inputs.push_back(change(room, ask, SetRhythm{account.key, rhythm}));
    reply.answer =
        words_page("rhythm", "Noted", fmt::format("You are reminded of {}: {}.", shown_name(account), words));
    return reply;
}

Reply give_one(Room& room, const Ask& ask, const std::string& rest) {
    const std::size_t slash = std::min(rest.find('/'), rest.size());
    const Staffer* staffer = find_staffer(room, rest.substr(0, slash));
    const auto found = find_account(room, slash == rest.size() ? "" : rest.substr(slash + 1));
    if (!staffer || !staffer->on_team(room.now))
        return Answer{words_page("successor", "Who?", "That colleague is not on the team now.")};
    if (const auto* none = std::get_if<std::string>(&found))
        return Answer{words_page("successor", "Who?", *none)};
    const AccountRow& account = *std::get<const AccountRow*>(found);
    Reply reply;
    reply.inputs.push_back(change(room, ask, SetOwner{account.key, staffer->name}));
    reply.answer = words_page("successor", "Noted",
                              fmt::format("{} looks after {} now.", staffer->full_name, shown_name(account)));
    return reply;
}

Reply give_all(Room& room, const Ask& ask, const std::string& who_left) {
    const Staffer* left = room.world->team.staffer(who_left);
    if (!left || left->on_team(room.now))
        return Answer{words_page("successor", "Who left?", "They are on the team.")};
    letters::WritingDesk desk{room.store, room.lookup, *room.world, room.now};
    Reply reply;
    int part = 0;
    for (const letters::Succession& one : letters::successions(desk, *left))
        if (one.successor)
            reply.inputs.push_back(change(room, ask, SetOwner{one.key, one.successor->name}, part++));
    reply.answer = words_page(
        "successor", "Noted",
        part == 0 ? fmt::format("Nobody of {}'s people is without somebody.", left->full_name)
                  : fmt::format("{} of {}'s people are looked after as proposed.", part, left->full_name));
    return reply;
}

}  // namespace

std::optional<Reply> letter_button(Room& room, const Ask& ask, std::string_view what,
                                   const std::string& rest) {
    if (what == "rhythm") return set_rhythm(room, ask, rest);
    if (what == "successor") return give_one(room, ask, rest);
    if (what == "successors") return give_all(room, ask, rest);
    return std::nullopt;
}

}  // namespace rapport::office
