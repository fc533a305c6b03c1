// Alerts as people read them: mine, all, why.

#include <fmt/format.h>

#include <algorithm>

#include "bot/alerts/card.hpp"
#include "bot/alerts/facts.hpp"
#include "bot/learning/quiet.hpp"
#include "bot/office/find.hpp"
#include "bot/office/pages.hpp"
#include "bot/office/text.hpp"
#include "bot/people/person.hpp"
#include "bot/people/working_time.hpp"
#include "rules/explain.hpp"

namespace rapport::office {

namespace {

constexpr std::size_t longest_quote = 500;

std::string asked_text(Room& room, const AlertRow& alert) {
    const Staffer* staffer = room.world->team.staffer(alert.staffer);
    if (alert.staffer.empty()) return "the team";
    return staffer == &room.by ? "you" : staffer ? staffer->full_name : alert.staffer;
}

std::string standing(Room& room, const AlertRow& alert) {
    const auto when = [&](Time at) { return local_date_text(room.zone(), at); };
    switch (alert.state) {
        case AlertState::waiting:
            return "Waiting to see whether it settles by itself";
        case AlertState::held:
            return "Held until " + when(alert.hold_until);
        case AlertState::open:
            return alert.due == never
                       ? fmt::format("Waiting for {}", asked_text(room, alert))
                       : fmt::format("Waiting for {}, due {}{}", asked_text(room, alert), when(alert.due),
                                     alert.due < room.now ? " (overdue)" : "");
        case AlertState::claimed:
            return fmt::format("Claimed by {}", asked_text(room, alert));
        case AlertState::snoozed:
            return "Snoozed until " + when(alert.snooze_until);
        default:
            return fmt::format("Closed: {}", name_of(alert.state));
    }
}

std::vector<Button> alert_buttons(Room& room, const AlertRow& alert) {
    const std::string id = std::to_string(std::int64_t(alert.id));
    std::vector<Button> all;
    if (!is_closed(alert.state)) {
        if (alert.state != AlertState::claimed || alert.staffer != room.by.name)
            all.push_back(button("act/claim/" + id, "I'll reply", ButtonStyle::primary));
        if (!alert.quoted.empty())
            if (const MessageRow* last = room.lookup.message(alert.quoted.back());
                last && !last->link.empty()) {
                all.push_back(button("open/" + id, "Open"));
                all.back().url = last->link;
            }
        all.push_back(button("act/replied/" + id, "I replied"));
        if (alert.state == AlertState::snoozed) {
            all.push_back(button("act/wake/" + id, "Back to me"));
        } else {
            all.push_back(button("act/snooze/" + id, "Snooze"));
            all.back().options = {
                {"1 hour", "1h"}, {"3 hours", "3h"}, {"Until tomorrow", "tomorrow"}, {"3 days", "3d"}};
        }
    }
    all.push_back(button("why/" + id, "Why?"));
    if (const AccountRow* about = room.lookup.account(alert.about); about && !about->key.platform.empty())
        all.push_back(button("who/" + key_text(about->key), "Who is this?"));
    return all;
}

}  // namespace

Button button(std::string id, std::string label, ButtonStyle style, std::string confirm) {
    return {std::move(id), std::move(label), style, {}, "", std::move(confirm)};
}

Part alert_part(Room& room, const AlertRow& alert) {
    const AccountRow* about = room.lookup.account(alert.about);
    Part part;
    part.heading = fmt::format("{}: {}", std::int64_t(alert.id), alert.title);
    part.text = fmt::format("{}. {}.", about ? shown_name(*about) : "Somebody", standing(room, alert));
    const bool readable = may_read(room, alert);
    for (const MessageId id : alert.quoted) {
        const MessageRow* message = room.lookup.message(id);
        if (!message || message->deleted) continue;
        if (!readable) {
            part.text += "\nIt was said in a direct message, for others to read.";
            break;
        }
        part.quotes = {{std::string(about ? shown_name(*about) : "Somebody"),
                        cut(message->text, longest_quote), message->at,
                        message->link}};  // the latest will do
    }
    part.buttons = alert_buttons(room, alert);
    return part;
}

Page alerts_page(Room& room, bool mine) {
    std::vector<AlertRow> alerts = alerts_where(room, true, [&](const AlertRow& alert) {
        if (is_closed(alert.state) && !alert.asking_about_answer) return false;
        return mine ? alert.staffer == room.by.name && alert.opened != never : true;
    });
    // What is due first stands first; what has no deadline comes last.
    std::stable_sort(alerts.begin(), alerts.end(), [](const AlertRow& a, const AlertRow& b) {
        return std::pair{a.due == never, a.due} < std::pair{b.due == never, b.due};
    });
    Page page{mine ? "mine" : "alerts", mine ? "Your open alerts" : "Open alerts", {}};
    if (alerts.empty())
        return words_page(
            page.id, page.title,
            mine ? "Nothing waits for you. Enjoy it." : "No alert is open. Everybody has been answered.");
    for (const AlertRow& alert : alerts) page.parts.push_back(alert_part(room, alert));
    return bounded(std::move(page));
}

Page why_page(Room& room, std::int64_t id) {
    if (id == 0) {
        const auto mine = alerts_where(room, true, [&](const AlertRow& alert) {
            return !is_closed(alert.state) && alert.staffer == room.by.name;
        });
        if (mine.empty())
            return words_page("why", "Why?",
                              "You have no open alert. For any other, say its number: why 12.");
        id = std::int64_t(mine.back().id);
    }
    const AlertRow* alert = room.lookup.alert(AlertId(id));
    if (!alert)
        return words_page("why", "Why?",
                          fmt::format("There is no alert {}. alerts shows those that are open.", id));
    Page page{"why", fmt::format("Why alert {}?", id), {}};
    Part part;
    const AccountRow* about = room.lookup.account(alert->about);
    part.text = fmt::format("{}, about {}. Rule: {}. {}.", alert->title,
                            about ? shown_name(*about) : "somebody", alert->rule, standing(room, *alert));
    const bool readable = may_read(room, *alert);
    std::string lines;
    for (const std::string& line : alert->why) {
        const std::size_t value = readable || line.find("message.text") == std::string::npos
                                      ? std::string::npos
                                      : line.find(" — it is ");
        lines += (lines.empty() ? "" : "\n") + line.substr(0, value);
    }
    Part reasons;
    reasons.heading = "What it saw, and who was asked why";
    reasons.text = lines.empty() ? "No reasons were kept." : lines;
    page.parts = {std::move(part), std::move(reasons)};
    return bounded(std::move(page));
}

Page why_message_page(Room& room, const MessageKey& key) {
    const MessageRow* message = room.lookup.message(key);
    if (!message) return words_page("why", "Why?", "I have not heard that message, so no rule has seen it.");
    if (!may_read(room, *message))
        return words_page("why", "Why?", "That was said in a direct message, for others to read.");
    if (message->speaker != Speaker::person)
        return words_page("why", "Why?", "The team, the brand or a bot said that, so no rule is asked.");
    room.lookup.load_around(message->id);
    const rules::RuleSet& rules = room.world->rules;
    const rules::Facts facts = facts_of(room.lookup.state(), *room.world, message->id, room.now);
    const PersonView person = view_person(room.lookup.state(), room.world->people, message->author, room.now);
    Page page{"why", "What each rule sees in this message", {}};
    for (rules::RuleId id = 0; id < rules.rules().size() && id < most_parts; ++id) {
        const rules::Explanation explanation = explain(rules, id, facts);
        Part part;
        part.heading = fmt::format("{} {}", explanation.holds ? "✓" : "✗", explanation.rule);
        part.text = rules::to_text(explanation);
        if (const auto quiet =
                learning::quiet_about(person.accounts, explanation.rule, room.world->config.learning))
            part.text +=
                "✗ " + learning::quiet_words(*quiet, local_date_text(room.zone(), quiet->since)) + "\n";
        page.parts.push_back(std::move(part));
    }
    if (page.parts.empty()) return words_page("why", "Why?", "There are no rules.");
    return bounded(std::move(page));
}

}  // namespace rapport::office
