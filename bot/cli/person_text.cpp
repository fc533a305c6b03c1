#include "bot/cli/person_text.hpp"
#include "bot/learning/quiet.hpp"

#include <fmt/format.h>

#include <boost/json/array.hpp>

#include "bot/cli/text.hpp"
#include "bot/json/alert_json.hpp"
#include "bot/people/person.hpp"

namespace rapport::cli {

namespace {

namespace json = boost::json;

json::value moment(Time at) {
    if (at == never) return nullptr;
    return json::string(iso_utc(at));
}

std::vector<std::int64_t> alerts_of(const PersonView& person) {
    std::vector<std::int64_t> ids;
    for (const AccountRow* account : person.accounts)
        for (const AlertId id : account->alerts) ids.push_back(std::int64_t(id));
    return ids;
}

std::vector<std::string> notes_of(const PersonView& person) {
    std::vector<std::string> notes;
    for (const AccountRow* account : person.accounts)
        if (!account->note.empty()) notes.push_back(account->note);
    return notes;
}

/// What it is, if not simply a person's.
std::string kind_of(const AccountRow& account) {
    if (account.bot) return "bot";
    if (account.suspicion.empty()) return {};
    return fmt::format("looks like a bot: {}", fmt::join(account.suspicion, "; "));
}

}  // namespace

std::string person_page(const PersonView& person, const World& world, std::string_view zone) {
    const std::vector<ValueTerm> terms = value_terms(person, world.config.value);
    std::vector<std::vector<std::string>> rows{
        {"Name", std::string(person.shown_name())},
        {"Roles", or_dash(fmt::format("{}", fmt::join(person.roles, ", ")))},
        {"Owner", or_dash(std::string(person.owner))},
        {"Depth", std::string(name_of(person.depth))},
        {"Value", fmt::format("{:.0f} of {:.0f}", person.value, world.config.value.cap)},
    };
    for (const ValueTerm& term : terms)
        rows.push_back({"", fmt::format("{:+.1f}  {}", term.points, term.what)});
    rows.push_back({"Reach", person.reach < 0 ? std::string("unknown") : fmt::format("{}", person.reach)});
    rows.push_back({"Messages", fmt::format("{}", person.messages)});
    rows.push_back({"First seen", time_text(zone, person.first_seen)});
    rows.push_back({"Last contact", time_text(zone, person.last_contact())});
    if (person.muted_until != never) rows.push_back({"Muted until", time_text(zone, person.muted_until)});
    for (const learning::Quiet& quiet : learning::all_quiet(person.accounts, world.config.learning))
        rows.push_back({"Quiet", quiet.rule + ": " + quiet_words(quiet, time_text(zone, quiet.since))});
    for (const std::string& note : notes_of(person)) rows.push_back({"Note", note});
    rows.push_back({"Open alerts", or_dash(fmt::format("{}", fmt::join(alerts_of(person), ", ")))});
    std::string out = table(rows) + "\nAccounts:\n";
    std::vector<std::vector<std::string>> accounts;
    accounts.reserve(person.accounts.size());
    for (const AccountRow* account : person.accounts)
        accounts.push_back({"  " + key_text(account->key),
                            account->handle.empty() ? "-" : "@" + account->handle, kind_of(*account),
                            counted(account->messages, "message"),
                            "last seen " + time_text(zone, account->last_seen)});
    out += table(accounts);
    if (const auto why = why_one_person(person); !why.empty()) {
        out += "\nWhy they are one person:\n";
        for (const Bonded& bond : why)
            out += fmt::format("  {} and {}: {}, {}\n", key_text(bond.a->key), key_text(bond.b->key),
                               bond.bond->how, time_text(zone, bond.bond->at));
    }
    if (person.ties.empty()) return out + "\nNobody on the team knows them yet.\n";
    std::vector<std::vector<std::string>> ties;
    ties.reserve(person.ties.size());
    for (const StafferTie& tie : person.ties)
        ties.push_back({"  " + tie.staffer->full_name, fmt::format("{:.2f}", tie.strength),
                        counted(tie.contacts, "contact"), "they wrote " + time_text(zone, tie.last_out),
                        "we wrote " + time_text(zone, tie.last_in)});
    return out + "\nTies:\n" + table(ties);
}

json::object account_json(const AccountRow& account) {
    json::array roles;
    for (const std::string& role : account.roles) roles.emplace_back(role);
    json::array suspicion;
    for (const std::string& reason : account.suspicion) suspicion.emplace_back(reason);
    json::array unwanted;
    for (const Unwanted& one : account.unwanted) {
        json::array at;
        for (const Time time : one.at) at.push_back(moment(time));
        unwanted.push_back(json::object{{"rule", one.rule}, {"not_needed", std::move(at)}});
    }
    json::array bonds;
    for (const Bond& bond : account.bonds)
        bonds.push_back(json::object{{"how", bond.how}, {"proven", bond.proven}, {"at", moment(bond.at)}});
    json::object object{{"account", key_text(account.key)},
                        {"linked", std::move(bonds)},
                        {"handle", account.handle},
                        {"name", account.name},
                        {"picture", account.picture},
                        {"bot", account.bot},
                        {"looks_like_bot", std::move(suspicion)},
                        {"reach", nullptr},
                        {"roles", std::move(roles)},
                        {"owner", account.owner},
                        {"note", account.note},
                        {"first_seen", moment(account.first_seen)},
                        {"last_seen", moment(account.last_seen)},
                        {"muted_until", moment(account.muted_until)},
                        {"rhythm_ms", account.rhythm_ms},
                        {"remind_after", moment(account.remind_after)},
                        {"unwanted", std::move(unwanted)},
                        {"messages", account.messages}};
    if (account.reach >= 0) object["reach"] = account.reach;
    return object;
}

json::object person_json(const PersonView& person, const World& world) {
    json::array accounts, roles, terms, ties, alerts;
    for (const AccountRow* account : person.accounts) accounts.push_back(account_json(*account));
    for (const std::string_view role : person.roles) roles.emplace_back(role);
    for (const ValueTerm& term : value_terms(person, world.config.value))
        terms.push_back(json::object{{"what", term.what}, {"points", term.points}});
    for (const StafferTie& tie : person.ties)
        ties.push_back(json::object{{"staffer", tie.staffer->name},
                                    {"strength", tie.strength},
                                    {"contacts", tie.contacts},
                                    {"they_last_wrote", moment(tie.last_out)},
                                    {"staffer_last_wrote", moment(tie.last_in)}});
    for (const std::int64_t id : alerts_of(person)) alerts.push_back(id);
    json::object object{{"account", key_text(person.self().key)},
                        {"name", person.shown_name()},
                        {"roles", std::move(roles)},
                        {"owner", person.owner},
                        {"depth", name_of(person.depth)},
                        {"value", person.value},
                        {"value_terms", std::move(terms)},
                        {"reach", nullptr},
                        {"messages", person.messages},
                        {"first_seen", moment(person.first_seen)},
                        {"last_contact", moment(person.last_contact())},
                        {"ties", std::move(ties)},
                        {"open_alerts", std::move(alerts)},
                        {"accounts", std::move(accounts)}};
    if (person.reach >= 0) object["reach"] = person.reach;
    return object;
}

}  // namespace rapport::cli
