// What staff can press on a card.

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>

#include "bot/alerts/card.hpp"
#include "bot/alerts/card_fields.hpp"
#include "bot/alerts/life.hpp"
#include "bot/alerts/privacy.hpp"
#include "bot/learning/verdict.hpp"
#include "bot/people/working_time.hpp"

namespace rapport {

namespace {

using std::chrono::milliseconds;

constexpr std::size_t longest_reason = 200;   ///< Characters.
constexpr std::size_t longest_brief = 1'000;  ///< Characters.

const std::string& value(const Action& action, const std::string& name) {
    static const std::string none;
    const auto at = action.values.find(name);
    return at == action.values.end() ? none : at->second;
}

void clear_clocks_for(AlertRow& alert) {
    alert.due = alert.escalate_at = alert.remind_at = alert.release_at = alert.snooze_until = never;
}

std::string already(const Deciding& d, const AlertRow& alert, const Staffer& by) {
    if (alert.staffer == by.name) return "You have it already.";
    return fmt::format("{} was faster: they have it since {}.", called(d, alert.staffer),
                       local_time_text(by.zone, alert.claimed));
}

/// From now on: a reminder, then release, in the claimer's working time.
void start_claim_clocks(const Deciding& d, AlertRow& alert, const Staffer& by) {
    alert.remind_at = add_working(by, d.now, d.world.config.alerts.claim_reminder);
    alert.release_at = add_working(by, d.now, d.world.config.alerts.claim_release);
}

std::string claim(Deciding& d, AlertRow& alert, const Staffer& by) {
    if (alert.state == AlertState::claimed) return already(d, alert, by);
    give_to(d, alert, by.name);
    clear_clocks_for(alert);
    alert.state = AlertState::claimed;
    alert.claimed = d.now;
    start_claim_clocks(d, alert, by);
    note(d, alert, fmt::format("{} will reply.", by.full_name));
    show(d, alert);
    return "It's yours. Answer from your own account, and the alert closes by itself.";
}

std::string attest(Deciding& d, AlertRow& alert, const Staffer& by) {
    if (alert.staffer != by.name) give_to(d, alert, by.name);
    close_alert(d, alert, AlertState::replied, Outcome::attested,
                fmt::format("{} says they replied.", by.full_name));
    return "Thanks. If the answer shows up here, the alert turns to verified.";
}

/// "2026-11-23 09:00" or "2026-11-23T09:00" on the clocks of `zone`; empty if it is not of that form.
std::optional<Time> local_text_moment(const std::string& text, std::string_view zone) {
    if (text.size() != 16 || text[4] != '-' || text[7] != '-' || text[13] != ':' ||
        (text[10] != ' ' && text[10] != 'T'))
        return std::nullopt;
    const auto number = [&](std::size_t from, std::size_t count) {
        int value = -1;
        const char* end = text.data() + from + count;
        return std::from_chars(text.data() + from, end, value).ptr == end ? value : -1;
    };
    const int hour = number(11, 2), minute = number(14, 2);
    const std::chrono::year_month_day day{std::chrono::year{number(0, 4)},
                                          std::chrono::month(unsigned(number(5, 2))),
                                          std::chrono::day(unsigned(number(8, 2)))};
    if (!day.ok() || hour < 0 || hour > 23 || minute < 0 || minute > 59) return std::nullopt;
    return local_moment(zone, day, std::chrono::minutes{hour * 60 + minute});
}

/// "90m", "3h", "2d", "1w" from `now`; "tomorrow" is the staffer's next working day; "2026-11-23 09:00" on
/// their own clock. Empty: not understood.
std::optional<Time> snooze_end(const std::string& choice, const Staffer& by, Time now) {
    if (choice == "tomorrow") {
        const Time later = now + std::chrono::hours{12};
        return next_working(by, later).value_or(now + std::chrono::hours{24});
    }
    if (const auto moment = local_text_moment(choice, by.zone)) return moment;
    std::int64_t count = 0;
    const auto [end, error] = std::from_chars(choice.data(), choice.data() + choice.size(), count);
    if (error != std::errc{} || count <= 0 || count > 10'000 || end + 1 != choice.data() + choice.size())
        return std::nullopt;
    switch (*end) {
        case 'm':
            return now + std::chrono::minutes{count};
        case 'h':
            return now + std::chrono::hours{count};
        case 'd':
            return now + std::chrono::days{count};
        case 'w':
            return now + std::chrono::days{7 * count};
        default:
            return std::nullopt;
    }
}

std::string snooze(Deciding& d, AlertRow& alert, const Action& action, const Staffer& by) {
    const std::optional<Time> until = snooze_end(value(action, "choice"), by, d.now);
    if (!until) return "I did not understand until when. Try 1h, tomorrow, 1w or 2026-11-23 09:00.";
    if (*until <= d.now) return fmt::format("{} is over already.", local_date_text(by.zone, *until));
    if (*until >= alert.expires_at)
        return fmt::format("That is too long: the alert closes on {}.",
                           local_date_text(by.zone, alert.expires_at));
    give_to(d, alert, by.name);
    clear_clocks_for(alert);
    rest(d, alert);  // it weighs on nobody while it sleeps
    alert.state = AlertState::snoozed;
    alert.snooze_until = *until;
    note(d, alert, fmt::format("{} put it off until {}.", by.full_name, local_date_text(by.zone, *until)));
    show(d, alert);
    return fmt::format("Snoozed until {}. If they write again, you hear at once.",
                       local_date_text(by.zone, *until));
}

/// By their name in the team, or by one of their accounts as "platform:realm:id".
const Staffer* colleague(const Deciding& d, const std::string& choice) {
    if (const Staffer* named = d.world.team.staffer(choice)) return named;
    const std::size_t realm = choice.find(':');
    const std::size_t id = realm == std::string::npos ? realm : choice.find(':', realm + 1);
    if (id == std::string::npos) return nullptr;
    return d.world.team.staffer_of(
        {choice.substr(0, realm), choice.substr(realm + 1, id - realm - 1), choice.substr(id + 1)}, d.now);
}

std::string hand_over(Deciding& d, AlertRow& alert, const Action& action, const Staffer& by) {
    const Staffer* to = colleague(d, value(action, "choice"));
    if (!to || !to->on_team(d.now)) return "I don't know that colleague. Choose somebody from the team.";
    if (to->name == alert.staffer) return fmt::format("{} has it already.", to->full_name);
    give_to(d, alert, to->name);
    const std::string& words = value(action, "brief");
    alert.brief = words.empty()
                      ? fmt::format("Handed over by {}.", by.full_name)
                      : fmt::format("Handed over by {}: {}", by.full_name, in_short(words, longest_brief));
    note(d, alert, fmt::format("{} handed it over to {}.", by.full_name, to->full_name));
    show(d, alert, true);
    return fmt::format("Handed over to {}.", to->full_name);
}

std::string dismiss(Deciding& d, AlertRow& alert, const Action& action, const Staffer& by) {
    const std::string& reason = value(action, "choice");
    const std::string& words = value(action, "reason");
    alert.reason = !words.empty()   ? in_short(words, longest_reason)
                   : reason.empty() ? "no reason given"
                                    : in_short(reason, longest_reason);
    if (alert.opened == never) alert.opened = d.now;
    const std::string said = fmt::format("{}: not needed ({}).", by.full_name, label_of_reason(alert.reason));
    close_alert(d, alert, AlertState::dismissed, Outcome::none, said);
    const std::string noted =
        fmt::format("Noted. It counts against {}.", name_of(learning::against(alert.reason)));
    const std::string& last = alert.history.back().text;
    return last == said ? noted : noted + " " + last;
}

/// "Was this your answer?" - yes.
std::string confirm_answer(Deciding& d, AlertRow& alert, const Staffer& by) {
    if (!alert.asking_about_answer) return "That question is settled.";
    if (is_closed(alert.state)) {
        alert.asking_about_answer = false;
        alert.expires_at = never;
        leave_open_lists(d, alert);
        note(d, alert, fmt::format("{}: yes, answered somewhere else.", by.full_name));
        show(d, alert);
        return "Thanks.";
    }
    if (alert.staffer != by.name) give_to(d, alert, by.name);
    close_alert(d, alert, AlertState::replied, Outcome::attested,
                fmt::format("{} says that this was the answer.", by.full_name));
    alert.attest_check_at = never;  // the answer has been seen; nothing is left to ask
    leave_open_lists(d, alert);
    return "Thanks, it's closed.";
}

bool another_is_open(const Deciding& d, const AlertRow& alert) {
    const std::vector<AlertId>& alerts = d.state.conversations.at(alert.conversation).alerts;
    return std::any_of(alerts.begin(), alerts.end(),
                       [&](AlertId id) { return id != alert.id && !is_closed(d.state.alerts.at(id).state); });
}

/// "Was this your answer?" - no.
std::string deny_answer(Deciding& d, AlertRow& alert, const Staffer& by) {
    if (!alert.asking_about_answer) return "That question is settled.";
    alert.asking_about_answer = false;
    alert.answer = MessageId::none;
    alert.answered_by = AccountId::none;
    note(d, alert, fmt::format("{}: no, that was not the answer.", by.full_name));
    if (is_closed(alert.state)) {
        alert.outcome = Outcome::none;
        if (another_is_open(d, alert)) {
            alert.state = AlertState::withdrawn;
            alert.expires_at = never;
            leave_open_lists(d, alert);
            show(d, alert);
            return "All right. Another alert about this conversation is open already.";
        }
        alert.closed = never;
        alert.expires_at = d.now + d.world.config.alerts.expire_after;
        give_to(d, alert, by.name);
    } else if (alert.state == AlertState::claimed) {
        start_claim_clocks(d, alert, by);  // their word still stands
    } else if (alert.state == AlertState::open) {
        set_deadlines(d, alert);
    }
    show(d, alert);
    return "All right, it stays open.";
}

/// Each condition with what it saw, and who was asked why. Whoever may not read the words does not read them
/// here either.
std::string why(const Deciding& d, const AlertRow& alert, const Staffer& by) {
    const bool all = may_read(d.state, d.world, alert, by, d.now);
    std::string text;
    for (const std::string& line : alert.why) {
        const std::size_t value =
            all || line.find("message.text") == std::string::npos ? line.size() : line.find(" — it is ");
        text += (text.empty() ? "" : "\n") + line.substr(0, value);
    }
    return text.empty() ? "No reasons were kept." : text;
}

/// The words of a direct message, to one who may read them.
std::string read(const Deciding& d, const AlertRow& alert, const Staffer& by) {
    if (!may_read(d.state, d.world, alert, by, d.now))
        return "That was said in a direct message, and it is not yours to read.";
    std::string text;
    for (const MessageId id : alert.quoted)
        if (const MessageRow& message = d.state.messages.at(id); !message.deleted)
            text += (text.empty() ? "" : "\n") + in_short(message.text, longest_brief);
    return text.empty() ? "They have deleted it." : text;
}

}  // namespace

std::string pressed(Deciding& d, AlertId id, const Action& action, const Staffer& by) {
    AlertRow& alert = d.state.alerts.edit(id);
    if (action.button == "why") return why(d, alert, by);
    if (action.button == "read") return read(d, alert, by);
    if (action.button == "answered_yes") return confirm_answer(d, alert, by);
    if (action.button == "answered_no") return deny_answer(d, alert, by);
    if (is_closed(alert.state))
        return fmt::format("This one is closed already: {}",
                           alert.history.empty() ? "" : alert.history.back().text);
    if (action.button == "claim") return claim(d, alert, by);
    if (action.button == "replied") return attest(d, alert, by);
    if (action.button == "snooze") return snooze(d, alert, action, by);
    if (action.button == "wake") {
        // Somebody may have taken it since that card was drawn.
        if (alert.state != AlertState::snoozed) return "It is not asleep any more.";
        give_to(d, alert, by.name);
        note(d, alert, fmt::format("{} took it back up.", by.full_name));
        show(d, alert);
        return "Back on your list.";
    }
    if (action.button == "hand_over") return hand_over(d, alert, action, by);
    if (action.button == "dismiss") return dismiss(d, alert, action, by);
    return fmt::format("I don't know the button \"{}\". Reload the page, please.", action.button);
}

}  // namespace rapport
