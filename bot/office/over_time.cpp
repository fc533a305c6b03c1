// What staff say about relationships over time: how often they want to be in touch, who follows whom.

#include "bot/office/over_time.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "bot/config/values.hpp"
#include "bot/letters/succession.hpp"
#include "bot/office/find.hpp"
#include "bot/office/forms.hpp"
#include "bot/office/pages.hpp"
#include "bot/people/rhythm.hpp"
#include "bot/people/working_time.hpp"

namespace rapport::office {

namespace {

using std::chrono::days;

/// Of a rhythm that staff set.
constexpr days shortest{1};
constexpr days longest{365};

letters::Look look_of(Room& room) {
    return {room.store, room.lookup, *room.world, room.now};
}

/// The change, made of the account that is meant, and then the person as they are now.
template <class Make>
Reply change_person(Room& room, const Ask& ask, std::string_view who, Make make, const std::string& line) {
    const auto found = find_account(room, who);
    if (const auto* words = std::get_if<std::string>(&found))
        return Answer{words_page("who", "Who?", *words)};
    const AccountRow& account = *std::get<const AccountRow*>(found);
    Reply reply;
    reply.inputs.push_back(change(room, ask, make(account.key)));
    reply.after = [id = account.id, line](Room& again, const Backtest&) -> Answer {
        return with_line(line, person_page(again, id));
    };
    return reply;
}

/// "succeed/bea/slack:T1:U1": Bea looks after them from now on.
Reply succeed(Room& room, const Ask& ask, std::string_view rest) {
    const std::size_t slash = std::min(rest.find('/'), rest.size());
    const Staffer* successor = room.world->team.staffer(rest.substr(0, slash));
    if (!successor || !successor->on_team(room.now))
        return Answer{words_page("succession", "Who follows whom",
                                 "They are not on the team any more. succession shows who could.")};
    return change_person(
        room, ask, rest.substr(std::min(slash + 1, rest.size())),
        [&](const AccountKey& key) { return SetOwner{key, successor->name}; },
        fmt::format("{} looks after them now.", successor->full_name));
}

/// All as the letter proposed, as far as it still holds.
Reply succeed_all(Room& room, const Ask& ask, std::string_view name) {
    letters::Look look = look_of(room);
    const std::vector<letters::Leaver> all = letters::leavers(look);
    const auto leaver =
        std::find_if(all.begin(), all.end(), [&](const letters::Leaver& one) { return one.name == name; });
    Reply reply;
    std::vector<Field> done;
    if (leaver != all.end())
        for (const letters::Proposal& one : letters::propose(look, *leaver)) {
            if (!one.successor) continue;
            reply.inputs.push_back(
                change(room, ask, SetOwner{one.key, one.successor->name}, int(reply.inputs.size())));
            done.push_back({one.name, one.successor->full_name + " looks after them now."});
        }
    Page page = words_page("succession", "Who follows whom",
                           done.empty() ? "Everybody is with somebody else already." : "Noted:");
    page.parts.front().fields = std::move(done);
    reply.answer = std::move(page);
    return reply;
}

Reply remind_later(Room& room, const Ask& ask, std::string_view who) {
    const Time after = room.now + days{7};
    return change_person(
        room, ask, who, [&](const AccountKey& key) { return RemindLater{key, after}; },
        fmt::format("I will come back to it {}, unless you are in touch before.",
                    local_date_text(room.zone(), after)));
}

}  // namespace

Reply set_rhythm(Room& room, const Ask& ask, std::string_view who, std::string_view how_often) {
    std::int64_t every = 0;
    std::string line = "Reminders come when it is longer than usual between you.";
    if (how_often == "never") {
        every = no_rhythm;
        line =
            "No more reminders of them. How often you want to be in touch can be said again at any time: "
            "rhythm @person usual.";
    } else if (how_often != "usual") {
        const auto length = config_file::parse_duration(how_often);
        if (!length || *length < shortest || *length > longest)
            return Answer{words_page("rhythm", "How often?",
                                     "Say how often you want to be in touch, between 1d and 365d, as in: "
                                     "rhythm @person 14d. With usual I learn it, with never I am silent.")};
        every = length->count();
        line = fmt::format("Noted: {}.", rhythm_text(*length));
    }
    return change_person(room, ask, who, [&](const AccountKey& key) { return SetRhythm{key, every}; }, line);
}

Reply succession(Room& room) {
    letters::Look look = look_of(room);
    return Answer{bounded(letters::succession_page(look))};
}

std::optional<Reply> over_time_button(Room& room, const Ask& ask, std::string_view what,
                                      std::string_view rest) {
    if (what == "succeed") return succeed(room, ask, rest);
    if (what == "succeed_all") return succeed_all(room, ask, rest);
    if (what == "remind_later") return remind_later(room, ask, rest);
    if (what == "rhythm") {
        const auto choice = ask.values.find("choice");
        return set_rhythm(room, ask, rest, choice == ask.values.end() ? "" : choice->second);
    }
    return std::nullopt;
}

}  // namespace rapport::office
