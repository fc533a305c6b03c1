#include "bot/letters/digest.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "bot/alerts/card.hpp"
#include "bot/letters/touch.hpp"
#include "bot/people/working_time.hpp"

namespace rapport::letters {

namespace {

using std::chrono::days;

constexpr std::size_t most_lines = 12;
constexpr std::size_t most_silent = 5;
/// So far back is looked for the working morning before: over any holiday but a long one.
constexpr int most_days_back = 14;
constexpr std::size_t page_of_alerts = 1'000;

std::optional<Time> first_minute(const Staffer& staffer, std::chrono::sys_days day) {
    const Time begin = start_of_day(staffer.zone, day);
    const auto first = next_working(staffer, begin);
    if (!first || *first >= start_of_day(staffer.zone, day + days{1})) return std::nullopt;
    return first;
}

/// The staffer's working morning before the one that begins at `morning`.
Time morning_before(const Staffer& staffer, Time morning) {
    const std::chrono::sys_days today{local_clock(staffer.zone, morning).day};
    for (int back = 1; back <= most_days_back; ++back)
        if (const auto first = first_minute(staffer, today - days{back})) return *first;
    return morning - days{1};
}

std::vector<AlertRow> open_alerts(Look& look, const Staffer& staffer) {
    std::vector<AlertRow> mine;
    for (AlertId after = AlertId::none;;) {
        std::vector<AlertRow> some = must_read(look.store.alerts(true, after, page_of_alerts));
        for (AlertRow& alert : some) {
            after = alert.id;
            const bool asked = alert.state == AlertState::open || alert.state == AlertState::claimed ||
                               alert.state == AlertState::snoozed;
            if (asked && alert.staffer == staffer.name) mine.push_back(std::move(alert));
        }
        if (some.size() < page_of_alerts) break;
    }
    const auto rank = [](const AlertRow& alert) {
        const bool waited = alert.policy.urgency == Urgency::digest && alert.state == AlertState::open;
        return std::tuple{!waited, alert.due == never, alert.due, alert.id};
    };
    std::sort(mine.begin(), mine.end(),
              [&](const AlertRow& a, const AlertRow& b) { return rank(a) < rank(b); });
    return mine;
}

std::string standing(const AlertRow& alert, const Staffer& staffer) {
    if (alert.state == AlertState::snoozed)
        return "snoozed until " + local_time_text(staffer.zone, alert.snooze_until);
    std::string words = alert.state == AlertState::claimed ? "you have it" : "asked of you";
    if (alert.due != never) words += ", due " + local_time_text(staffer.zone, alert.due);
    return words;
}

std::string ending(Look& look, const AlertRow& alert, const Staffer& staffer) {
    const AccountRow* account = look.lookup.account(alert.answered_by);
    const Staffer* by = account ? look.world.team.staffer_of(account->key, alert.closed)
                                : look.world.team.staffer(alert.staffer);
    const std::string who = by && by->name == staffer.name ? "you" : by ? by->full_name : "a colleague";
    switch (alert.outcome) {
        case Outcome::verified:
        case Outcome::other_staff:
            return fmt::format("answered by {}", who);
        case Outcome::attested:
            return fmt::format("answered, as {} said", who);
        case Outcome::brand:
            return "the brand's account answered";
        case Outcome::none:
            break;
    }
    return alert.state == AlertState::dismissed ? "not needed"
           : alert.state == AlertState::expired ? "nobody answered in time"
                                                : "withdrawn";
}

void close_list(Part& part, std::size_t all) {
    if (all > part.fields.size()) part.text = fmt::format("And {} more.", all - part.fields.size());
}

std::optional<Part> open_part(Look& look, const Staffer& staffer) {
    const std::vector<AlertRow> mine = open_alerts(look, staffer);
    if (mine.empty()) return std::nullopt;
    Part part;
    part.heading = fmt::format("Waiting for you ({})", mine.size());
    for (std::size_t i = 0; i < std::min(mine.size(), most_lines); ++i)
        part.fields.push_back(
            {name_of(look, mine[i].about), fmt::format("{}; {}", mine[i].title, standing(mine[i], staffer))});
    close_list(part, mine.size());
    part.buttons.push_back({"say/mine", "Show them", ButtonStyle::primary});
    return part;
}

std::optional<Part> silent_part(Look& look, const Staffer& staffer) {
    const std::vector<Silent> silent = losing_touch(look, staffer, Depth::familiar);
    if (silent.empty()) return std::nullopt;
    Part part;
    part.heading = "Losing touch with";
    for (std::size_t i = 0; i < std::min(silent.size(), most_silent); ++i) {
        part.fields.push_back({silent[i].name, silence_text(silent[i], staffer.zone)});
        part.buttons.push_back({"who/" + key_text(silent[i].key), silent[i].name});
    }
    close_list(part, silent.size());
    return part;
}

std::optional<Part> closed_part(Look& look, const Staffer& staffer, Time since) {
    const std::vector<AlertRow> alerts = must_read(look.store.alerts_since(since));
    Part part;
    std::size_t all = 0;
    for (const AlertRow& alert : alerts) {
        const bool mine = alert.staffer == staffer.name || std::find(alert.asked.begin(), alert.asked.end(),
                                                                     staffer.name) != alert.asked.end();
        if (!mine || !is_closed(alert.state) || alert.closed < since) continue;
        if (++all <= most_lines)
            part.fields.push_back({name_of(look, alert.about),
                                   fmt::format("{}; {}", alert.title, ending(look, alert, staffer))});
    }
    if (all == 0) return std::nullopt;
    part.heading = fmt::format("Closed since {}", local_time_text(staffer.zone, since));
    close_list(part, all);
    return part;
}

}  // namespace

std::optional<Time> morning_of(const Staffer& staffer, Time now) {
    const auto first = first_minute(staffer, local_clock(staffer.zone, now).day);
    if (!first || now < *first || now >= *first + digest_window) return std::nullopt;
    return first;
}

std::string digest_id(const Staffer& staffer, Time morning) {
    const auto day = local_clock(staffer.zone, morning).day;
    return fmt::format("digest:{}:{:04}-{:02}-{:02}", staffer.name, int(day.year()), unsigned(day.month()),
                       unsigned(day.day()));
}

std::optional<SendLetter> digest(Look& look, const Staffer& staffer, Time morning) {
    Page page{"digest", fmt::format("Good morning, {}", staffer.full_name), {}};
    const auto add = [&](std::optional<Part> part) {
        if (part) page.parts.push_back(std::move(*part));
    };
    add(open_part(look, staffer));
    add(silent_part(look, staffer));
    add(closed_part(look, staffer, morning_before(staffer, morning)));
    if (page.parts.empty()) return std::nullopt;
    SendLetter send;
    send.id = digest_id(staffer, morning);
    send.to = {staffer.name};
    send.letter.page = std::move(page);
    return send;
}

}  // namespace rapport::letters
