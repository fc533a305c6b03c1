// `rapport alerts list`, `rapport alerts show` and `rapport why`.

#include <fmt/format.h>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <ostream>

#include "bot/alerts/card.hpp"
#include "bot/alerts/facts.hpp"
#include "bot/cli/alert_text.hpp"
#include "bot/cli/commands.hpp"
#include "bot/cli/explain_text.hpp"
#include "bot/cli/store_access.hpp"
#include "bot/cli/text.hpp"
#include "bot/json/alert_json.hpp"
#include "bot/learning/quiet.hpp"
#include "bot/people/person.hpp"

namespace rapport::cli {

namespace {

namespace json = boost::json;

constexpr std::size_t page = 500;

std::vector<std::string> row_of(Lookup& lookup, const AlertRow& alert, const std::string& zone) {
    const AccountRow* about = lookup.account(alert.about);
    const ChannelRow* channel = lookup.channel(alert.channel);
    std::string state{name_of(alert.state)};
    if (alert.state == AlertState::replied) state += fmt::format(" ({})", name_of(alert.outcome));
    return {std::to_string(std::int64_t(alert.id)),
            state,
            alert.opened == never ? "nobody yet" : std::string(staffer_text(alert.staffer)),
            about ? std::string(shown_name(*about)) : "-",
            channel ? (channel->name.empty() ? channel->key.id : channel->name) : "-",
            alert.rule,
            time_text(zone, alert.created)};
}

/// Why a message could not even come before the rules, or empty.
std::string_view kept_from_rules(const MessageRow& message) {
    if (message.deleted) return "It was deleted, so there is nothing to answer.";
    switch (message.speaker) {
        case Speaker::staff:
            return "A colleague said it, so no rule is asked.";
        case Speaker::brand:
            return "The brand's own account said it, so no rule is asked.";
        case Speaker::bot:
            return "A bot said it, so no rule is asked.";
        case Speaker::person:
            break;
    }
    return {};
}

/// Alerts that quote the message.
std::vector<std::int64_t> alerts_about(Store& store, const MessageRow& message) {
    std::vector<std::int64_t> ids;
    for (AlertId last{};;) {
        const std::vector<AlertRow> alerts = must(store.alerts(false, last, page));
        for (const AlertRow& alert : alerts) {
            last = alert.id;
            for (const MessageId quoted : alert.quoted)
                if (quoted == message.id) ids.push_back(std::int64_t(alert.id));
        }
        if (alerts.size() < page) return ids;
    }
}

void print_silence(const Context& context, Lookup& lookup, const MessageRow& message, std::string_view kept,
                   const std::vector<std::int64_t>& alerts) {
    std::ostream& out = context.terminal.out;
    out << fmt::format("{}, {}:\n  {}\n", person_text(lookup.account(message.author)),
                       time_text(context.zone, message.at), one_line(message.text));
    for (const std::int64_t alert : alerts)
        out << fmt::format("Alert {} is about it: `rapport why {}` says why.\n", alert, alert);
    if (alerts.empty()) out << "It raised no alert.\n";
    if (!kept.empty()) out << kept << "\n";
}

}  // namespace

int alerts_list(const Context& context, bool all) {
    const auto store = must_open_for_reading(context);
    Lookup lookup{*store};
    std::vector<std::vector<std::string>> rows{{"ID", "STATE", "ASKED", "ABOUT", "WHERE", "RULE", "RAISED"}};
    for (AlertId last{};;) {
        const std::vector<AlertRow> alerts = must(store->alerts(!all, last, page));
        for (const AlertRow& alert : alerts) {
            last = alert.id;
            if (context.json)
                context.terminal.out << alert_line(lookup, alert) << "\n";
            else
                rows.push_back(row_of(lookup, alert, context.zone));
        }
        if (alerts.size() < page) break;
    }
    if (context.json) return int(Exit::fine);
    if (rows.size() == 1)
        context.terminal.out << (all ? "There are no alerts yet.\n"
                                     : "No alert is open. --all shows closed ones.\n");
    else
        context.terminal.out << table(rows);
    return int(Exit::fine);
}

int alerts_show(const Context& context, std::int64_t id) {
    const auto store = must_open_for_reading(context);
    Lookup lookup{*store};
    const AlertRow& alert = must_find_alert(lookup, id);
    context.terminal.out << (context.json ? alert_line(lookup, alert) + "\n"
                                          : alert_text(lookup, alert, context.zone));
    return int(Exit::fine);
}

int why_alert(const Context& context, std::int64_t id) {
    const auto store = must_open_for_reading(context);
    Lookup lookup{*store};
    const AlertRow& alert = must_find_alert(lookup, id);
    if (context.json) {
        json::array why;
        for (const std::string& line : alert.why) why.emplace_back(line);
        context.terminal.out << json::serialize(json::object{{"alert", id},
                                                             {"rule", alert.rule},
                                                             {"title", alert.title},
                                                             {"staffer", alert.staffer},
                                                             {"why", std::move(why)}})
                             << "\n";
        return int(Exit::fine);
    }
    context.terminal.out << one_line(fmt::format("Alert {}: {}", id, alert.title)) << "\n"
                         << fmt::format("Rule {} asked, about {}; asked now: {}.\n", alert.rule,
                                        one_line(person_text(lookup.account(alert.about))),
                                        staffer_text(alert.staffer))
                         << alert_reasons(alert);
    return int(Exit::fine);
}

int why_message(const Context& context, const std::string& text) {
    const auto world = must_load_world(context);
    const auto store = must_open_for_reading(context);
    Lookup lookup{*store};
    const MessageRow& message = must_find_message(lookup, text);
    lookup.load_around(message.id);
    const std::string_view kept = kept_from_rules(message);
    const std::vector<std::int64_t> alerts = alerts_about(*store, message);
    if (!context.json) print_silence(context, lookup, message, kept, alerts);
    json::array rules;
    if (kept.empty()) {
        const rules::Facts facts = facts_of(lookup.state(), *world, message.id, lookup.now());
        const PersonView person = view_person(lookup.state(), world->people, message.author, lookup.now());
        if (!context.json)
            context.terminal.out << fmt::format("What each rule sees, as of {}:\n",
                                                time_text(context.zone, lookup.now()));
        for (rules::RuleId rule = 0; rule < world->rules.rules().size(); ++rule) {
            const rules::Explanation explanation = explain(world->rules, rule, facts);
            const auto quiet =
                learning::quiet_about(person.accounts, explanation.rule, world->config.learning);
            const std::string muted =
                quiet ? quiet_words(*quiet, time_text(context.zone, quiet->since)) : std::string{};
            if (context.json) {
                rules.push_back(explanation_json(explanation));
                if (quiet) rules.back().get_object()["quiet"] = muted;
            } else {
                context.terminal.out << "\n" << explanation_text(explanation);
                if (quiet) context.terminal.out << "✗ " << muted << "\n";
            }
        }
    }
    if (!context.json) return int(Exit::fine);
    json::array about;
    for (const std::int64_t alert : alerts) about.push_back(alert);
    context.terminal.out << json::serialize(json::object{{"message", text},
                                                         {"alerts", std::move(about)},
                                                         {"kept_from_rules", kept},
                                                         {"as_of", iso_utc(lookup.now())},
                                                         {"rules", std::move(rules)}})
                         << "\n";
    return int(Exit::fine);
}

}  // namespace rapport::cli
