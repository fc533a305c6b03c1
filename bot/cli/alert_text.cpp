#include "bot/cli/alert_text.hpp"

#include <fmt/format.h>

#include "bot/alerts/card.hpp"
#include "bot/cli/text.hpp"
#include "bot/json/alert_json.hpp"
#include "bot/people/person.hpp"

namespace rapport::cli {

namespace {

std::string place_text(const ChannelRow* channel) {
    if (!channel) return "a place that is gone";
    if (channel->name.empty()) return key_text(channel->key);
    return fmt::format("{} ({})", channel->name, key_text(channel->key));
}

std::string standing(const AlertRow& alert) {
    if (alert.state == AlertState::replied)
        return fmt::format("{} ({})", name_of(alert.state), name_of(alert.outcome));
    return std::string(name_of(alert.state));
}

}  // namespace

std::string person_text(const AccountRow* account) {
    if (!account) return "somebody who is gone";
    return fmt::format("{} ({})", shown_name(*account), key_text(account->key));
}

std::string_view staffer_text(std::string_view staffer) {
    return staffer.empty() ? std::string_view{"the team's channel"} : staffer;
}

std::string alert_line(Lookup& lookup, const AlertRow& alert) {
    const AccountRow* about = lookup.account(alert.about);
    const ChannelRow* channel = lookup.channel(alert.channel);
    std::vector<MessageRow> quoted;
    for (const MessageId id : alert.quoted)
        if (const MessageRow* message = lookup.message(id)) quoted.push_back(*message);
    return alert_json(alert, about ? *about : AccountRow{}, channel ? *channel : ChannelRow{}, quoted);
}

std::string alert_reasons(const AlertRow& alert) {
    std::string out;
    for (const std::string& line : alert.why) out += "  " + one_line(line) + "\n";
    return out;
}

std::string alert_text(Lookup& lookup, const AlertRow& alert, std::string_view zone) {
    std::vector<std::vector<std::string>> rows{
        {"Alert", fmt::format("{}: {}", std::int64_t(alert.id), alert.title)},
        {"State", standing(alert)},
        {"Rule", alert.rule},
        {"About", person_text(lookup.account(alert.about))},
        {"Where", place_text(lookup.channel(alert.channel))},
        {"Asked",
         alert.opened == never ? std::string("nobody yet") : std::string(staffer_text(alert.staffer))},
        {"Raised", time_text(zone, alert.created)}};
    if (alert.claimed != never) rows.push_back({"Claimed", time_text(zone, alert.claimed)});
    if (!is_closed(alert.state) && alert.due != never) rows.push_back({"Due", time_text(zone, alert.due)});
    if (alert.closed != never) rows.push_back({"Closed", time_text(zone, alert.closed)});
    if (!alert.reason.empty()) rows.push_back({"Reason", std::string(label_of_reason(alert.reason))});
    if (!alert.brief.empty()) rows.push_back({"Brief", alert.brief});
    std::string out = table(rows);
    out += fmt::format("\nThey said ({}):\n", counted(alert.messages, "message"));
    for (const MessageId id : alert.quoted)
        if (const MessageRow* message = lookup.message(id))
            out += fmt::format("  {}  {}\n", time_text(zone, message->at),
                               message->deleted ? "(deleted)" : one_line(message->text));
    out += "\nWhy:\n" + alert_reasons(alert);
    if (!alert.history.empty()) out += "\nHistory:\n";
    for (const AlertLine& line : alert.history)
        out += fmt::format("  {}  {}\n", time_text(zone, line.at), one_line(line.text));
    return out;
}

}  // namespace rapport::cli
