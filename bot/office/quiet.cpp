#include "bot/office/quiet.hpp"

#include <fmt/format.h>

#include "bot/office/pages.hpp"
#include "bot/office/text.hpp"
#include "bot/office/when.hpp"
#include "bot/people/working_time.hpp"

namespace rapport::office {

namespace {

/// Longer than this is being away.
constexpr std::chrono::days longest_quiet{7};

Reply quiet_page(std::string words, bool on) {
    Page page = words_page("quiet", "Do not disturb", std::move(words));
    if (on) page.parts.front().buttons = {button("back", "I'm back")};
    return Answer{std::move(page)};
}

}  // namespace

Time quiet_until(Room& room, const Staffer& staffer) {
    const auto& all = room.lookup.state().staffers;
    const auto row = all.find(staffer.name);
    return row == all.end() || row->second.quiet_until <= room.now ? never : row->second.quiet_until;
}

Reply set_quiet(Room& room, const Ask& ask, std::string_view when) {
    constexpr std::string_view hint = "Try \"quiet for 2 hours\" or \"quiet until 15:00\".";
    if (trim(when).empty()) {
        const Time until = quiet_until(room, room.by);
        if (until == never) return quiet_page(fmt::format("You may be asked. {}", hint), false);
        return quiet_page(fmt::format("Nobody disturbs you until {}.", local_date_text(room.zone(), until)),
                          true);
    }
    const auto until = parse_when(when, room.zone(), room.now);
    if (!until)
        return quiet_page(fmt::format("I did not understand until when (\"{}\"). {}", cut(when, 80), hint),
                          false);
    if (*until <= room.now)
        return quiet_page(fmt::format("{} is over already. {}", local_date_text(room.zone(), *until), hint),
                          false);
    if (*until > room.now + longest_quiet)
        return quiet_page(fmt::format("{} is more than a week from now. Say \"away until ...\" for that.",
                                      local_date_text(room.zone(), *until)),
                          false);
    Reply reply = quiet_page(fmt::format("Nobody disturbs you until {}, however urgent it is.",
                                         local_date_text(room.zone(), *until)),
                             true);
    reply.inputs.push_back(change(room, ask, SetQuiet{room.by.name, *until}));
    return reply;
}

}  // namespace rapport::office
