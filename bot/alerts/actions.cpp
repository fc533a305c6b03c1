// What staff can press on a card.

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>

#include "bot/alerts/card.hpp"
#include "bot/alerts/card_fields.hpp"
#include "bot/alerts/introductions.hpp"
#include "bot/alerts/privacy.hpp"
#include "bot/alerts/steps.hpp"
#include "bot/learning/verdict.hpp"
#include "bot/people/working_time.hpp"

namespace rapport {

namespace {

constexpr std::size_t longest_reason = 200;   ///< Characters.
constexpr std::size_t longest_brief = 1'000;  ///< Characters.

const std::string& value(const Action& action, const std::string& name) {
    static const std::string none;
    const auto at = action.values.find(name);
    return at == action.values.end() ? none : at->second;
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

/// When the stretch of work ends that goes on at `from`; empty if it goes on for more than a day.
std::optional<Time> end_of_stretch(const Staffer& by, Time from) {
    constexpr std::chrono::minutes step{1};
    for (Time at = from; at <= from + std::chrono::days{1}; at += step)
        if (!is_working(by, at)) return at;
    return std::nullopt;
}

/// When the staffer's work begins on the first working day after today; at nine for somebody whose hours go
/// on over midnight. The small hours of a shift belong to the day on which it began.
Time tomorrow(const Staffer& by, Time now) {
    constexpr std::chrono::minutes nine{9 * 60};
    const auto works_over = [&](Time midnight) {
        return is_working(by, midnight) && is_working(by, midnight - std::chrono::minutes{1});
    };
    const std::chrono::sys_days today{local_clock(by.zone, now).day};
    if (const Time began = start_of_day(by.zone, today); works_over(began))
        if (const auto end = end_of_stretch(by, began); end && now < *end)
            return next_working(by, *end).value_or(now + std::chrono::days{1});
    const std::chrono::sys_days next = today + std::chrono::days{1};
    const Time begin = start_of_day(by.zone, next);
    const Time morning = local_moment(by.zone, next, nine);
    return next_working(by, works_over(begin) ? morning : begin).value_or(morning);
}

/// "90m", "3h", "2d", "1w" from `now`; "tomorrow" is the staffer's next working day; "2026-11-23 09:00" on
/// their own clock. Empty: not understood.
std::optional<Time> snooze_end(const std::string& choice, const Staffer& by, Time now) {
    if (choice == "tomorrow") return tomorrow(by, now);
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

/// By their name in the team, or by one of their accounts as "platform:realm:id".
const Staffer* colleague(const Deciding& d, const std::string& choice) {
    if (const Staffer* named = d.world.team.staffer(choice)) return named;
    const std::size_t realm = choice.find(':');
    const std::size_t id = realm == std::string::npos ? realm : choice.find(':', realm + 1);
    if (id == std::string::npos) return nullptr;
    return d.world.team.staffer_of(
        {choice.substr(0, realm), choice.substr(realm + 1, id - realm - 1), choice.substr(id + 1)}, d.now);
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

/// The event of a button; empty: there is no such button.
std::optional<LifeEvent> event_of_button(std::string_view button) {
    constexpr std::pair<std::string_view, LifeEvent> events[] = {{"claim", LifeEvent::claims},
                                                                 {"replied", LifeEvent::says_replied},
                                                                 {"snooze", LifeEvent::snoozes},
                                                                 {"wake", LifeEvent::wakes},
                                                                 {"hand_over", LifeEvent::hands_over},
                                                                 {"dismiss", LifeEvent::dismisses},
                                                                 {"answered_yes", LifeEvent::says_yes},
                                                                 {"answered_no", LifeEvent::says_no},
                                                                 {"introduce", LifeEvent::asks_introduction}};
    for (const auto& [name, event] : events)
        if (name == button) return event;
    return std::nullopt;
}

}  // namespace

namespace steps {

// ------------------------------------------------------------------ claim, attest
bool is_theirs(const Deciding&, const AlertRow& alert, const Happening& what) {
    return alert.staffer == what.by->name;
}
void claim_for_presser(Moment& m) {
    if (m.alert.staffer != m.what.by->name)
        give_reason(m.alert, fmt::format("{} took it on", m.what.by->full_name));
    give_to(m.d, m.alert, m.what.by->name, MoveKind::claimed);
}
void promise_answer(Moment& m) {
    m.alert.due = m.alert.escalate_at = never;
    m.alert.state = AlertState::claimed;
    m.alert.claimed = m.d.now;
    start_claim_clocks(m.d, m.alert);
    note(m.d, m.alert, fmt::format("{} will reply.", m.what.by->full_name));
    show(m.d, m.alert);
    m.reply = "It's yours. Answer from your own account, and the alert closes by itself.";
}
void say_who_has_it(Moment& m) {
    m.reply = m.alert.staffer == m.what.by->name
                  ? "You have it already."
                  : fmt::format("{} was faster: they have it since {}.", called(m.d, m.alert.staffer),
                                local_time_text(m.what.by->zone, m.alert.claimed));
}
void attest(Moment& m) {
    m.alert.answer = MessageId::none;  // they speak of another one than what we asked about
    m.alert.answered_by = AccountId::none;
    close_alert(m.d, m.alert, AlertState::replied, Outcome::attested,
                fmt::format("{} says they replied.", m.what.by->full_name));
    m.reply = "Thanks. If the answer shows up here, the alert turns to verified.";
}
void say_closed(Moment& m) {
    m.reply = fmt::format("This one is closed already: {}",
                          m.alert.history.empty() ? "" : m.alert.history.back().text);
}

// ------------------------------------------------------------------ snooze, wake
bool snooze_is_understood(const Deciding& d, const AlertRow& alert, const Happening& what) {
    const std::optional<Time> until = snooze_end(value(*what.action, "choice"), *what.by, d.now);
    return until && *until > d.now && *until < alert.expires_at;
}
void put_off(Moment& m) {
    AlertRow& alert = m.alert;
    give_to(m.d, alert, m.what.by->name, MoveKind::snoozed);
    alert.due = alert.escalate_at = never;
    rest(m.d, alert);  // it weighs on nobody while it sleeps
    alert.state = AlertState::snoozed;
    alert.snooze_until = *snooze_end(value(*m.what.action, "choice"), *m.what.by, m.d.now);
    const std::string until = local_date_text(m.what.by->zone, alert.snooze_until);
    note(m.d, alert, fmt::format("{} put it off until {}.", m.what.by->full_name, until));
    show(m.d, alert);
    m.reply = fmt::format("Snoozed until {}. If they write again, you hear at once.", until);
}
void say_when(Moment& m) {
    const std::string& zone = m.what.by->zone;
    const std::optional<Time> until = snooze_end(value(*m.what.action, "choice"), *m.what.by, m.d.now);
    m.reply = !until ? "I did not understand until when. Try 1h, tomorrow, 1w or 2026-11-23 09:00."
              : *until <= m.d.now ? fmt::format("{} is over already.", local_date_text(zone, *until))
                                  : fmt::format("That is too long: the alert closes on {}.",
                                                local_date_text(zone, m.alert.expires_at));
}
void take_back_up(Moment& m) {
    if (m.alert.staffer != m.what.by->name)
        give_reason(m.alert, fmt::format("{} took it back up", m.what.by->full_name));
    give_to(m.d, m.alert, m.what.by->name, MoveKind::woke);
    note(m.d, m.alert, fmt::format("{} took it back up.", m.what.by->full_name));
    show(m.d, m.alert);
    m.reply = "Back on your list.";
}
/// Somebody may have taken it since that card was drawn.
void say_awake(Moment& m) {
    m.reply = "It is not asleep any more.";
}

// ------------------------------------------------------------------ hand over, not needed
bool colleague_can_take(const Deciding& d, const AlertRow& alert, const Happening& what) {
    const Staffer* to = colleague(d, value(*what.action, "choice"));
    return to && to->on_team(d.now) && to->name != alert.staffer;
}
void give_to_colleague(Moment& m) {
    const Staffer& to = *colleague(m.d, value(*m.what.action, "choice"));
    const std::string& by = m.what.by->full_name;
    give_to(m.d, m.alert, to.name, MoveKind::handed_over);
    const std::string& words = value(*m.what.action, "brief");
    m.alert.brief = words.empty() ? fmt::format("Handed over by {}.", by)
                                  : fmt::format("Handed over by {}: {}", by, in_short(words, longest_brief));
    give_reason(m.alert, fmt::format("{} handed it over to {}", by, to.full_name));
    note(m.d, m.alert, fmt::format("{} handed it over to {}.", by, to.full_name));
    show(m.d, m.alert, true);
    m.reply = fmt::format("Handed over to {}.", to.full_name);
}
void say_colleague_unknown(Moment& m) {
    const Staffer* to = colleague(m.d, value(*m.what.action, "choice"));
    m.reply = !to || !to->on_team(m.d.now) ? "I don't know that colleague. Choose somebody from the team."
                                           : fmt::format("{} has it already.", to->full_name);
}
void dismiss(Moment& m) {
    const std::string& reason = value(*m.what.action, "choice");
    const std::string& words = value(*m.what.action, "reason");
    m.alert.reason = !words.empty()   ? in_short(words, longest_reason)
                     : reason.empty() ? "no reason given"
                                      : in_short(reason, longest_reason);
    if (m.alert.opened == never) m.alert.opened = m.d.now;
    const std::string said =
        fmt::format("{}: not needed ({}).", m.what.by->full_name, label_of_reason(m.alert.reason));
    close_alert(m.d, m.alert, AlertState::dismissed, Outcome::none, said);
    const learning::Against against = learning::against(m.alert.reason);
    const bool no_rule = m.alert.rule == asked_by_colleague && against == learning::Against::rule;
    m.reply = no_rule ? "Noted." : fmt::format("Noted. It counts against {}.", name_of(against));
    const std::string& last = m.alert.history.back().text;
    if (last != said) m.reply += " " + last;  // what was learnt from it
}

// ------------------------------------------------------------------ was this your answer?
bool asks_about_answer(const Deciding&, const AlertRow& alert, const Happening&) {
    return alert.asking_about_answer;
}
void confirm(Moment& m) {
    if (m.alert.staffer != m.what.by->name) claim_for_presser(m);
    close_alert(m.d, m.alert, AlertState::replied, Outcome::attested,
                fmt::format("{} says that this was the answer.", m.what.by->full_name));
    m.reply = "Thanks, it's closed.";
}
void confirm_elsewhere(Moment& m) {
    m.alert.asking_about_answer = false;
    m.alert.expires_at = never;
    leave_open_lists(m.d, m.alert);
    note(m.d, m.alert, fmt::format("{}: yes, answered somewhere else.", m.what.by->full_name));
    show(m.d, m.alert);
    m.reply = "Thanks.";
}
void deny(Moment& m) {
    AlertRow& alert = m.alert;
    alert.asking_about_answer = false;
    alert.answer = MessageId::none;
    alert.answered_by = AccountId::none;
    note(m.d, alert, fmt::format("{}: no, that was not the answer.", m.what.by->full_name));
    go_on_waiting(m.d, alert);  // their word still stands
    show(m.d, alert);
    m.reply = "All right, it stays open.";
}
void give_back_as_denied(Moment& m) {
    open_again(m.d, m.alert);
    note(m.d, m.alert, fmt::format("{}: no, that was not the answer.", m.what.by->full_name));
    if (m.alert.staffer != m.what.by->name)
        give_reason(m.alert, fmt::format("{} said that it was not answered", m.what.by->full_name));
    give_to(m.d, m.alert, m.what.by->name);
    show(m.d, m.alert);
    m.reply = "All right, it stays open.";
}
void say_settled(Moment& m) {
    m.reply = "That question is settled.";
}

void find_introduction(Moment& m) {
    m.reply = ask_for_introduction(m.d, m.alert, *m.what.by);
}

// ------------------------------------------------------------------ a colleague asks
void note_colleague_asks(Moment& m) {
    quote(m.d, m.alert, m.d.state.messages.at(m.what.message));
    m.alert.why.push_back(fmt::format("{} asked for it", m.what.by->full_name));
    note(m.d, m.alert, fmt::format("{} asked somebody to reply.", m.what.by->full_name));
    m.d.shown.insert(m.alert.id);
}
void tell_asked(Moment& m) {
    show(m.d, m.alert, m.alert.state == AlertState::open);
}

}  // namespace steps

std::string pressed(Deciding& d, AlertId id, const Action& action, const Staffer& by) {
    const AlertRow& alert = d.state.alerts.at(id);
    if (action.button == "why") return why(d, alert, by);
    if (action.button == "read") return read(d, alert, by);
    const std::optional<LifeEvent> event = event_of_button(action.button);
    if (!event && is_closed(alert.state)) return "This one is closed already.";
    if (!event) return fmt::format("I don't know the button \"{}\". Reload the page, please.", action.button);
    return happen(d, id, *event, {.by = &by, .action = &action});
}

}  // namespace rapport
