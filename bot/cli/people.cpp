// `rapport people list`, `show` and `export`: reading only.

#include <fmt/format.h>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <limits>
#include <ostream>

#include "bot/cli/alert_text.hpp"
#include "bot/cli/commands.hpp"
#include "bot/cli/person_text.hpp"
#include "bot/cli/store_access.hpp"
#include "bot/cli/text.hpp"
#include "bot/json/alert_json.hpp"
#include "bot/people/person.hpp"

namespace rapport::cli {

namespace {

namespace json = boost::json;

constexpr std::size_t alerts_at_once = 500;
constexpr std::size_t everything = std::numeric_limits<std::int64_t>::max();

json::array messages_json(Lookup& lookup, const AccountRow& account) {
    json::array all;
    for (const MessageRow& message : must(lookup.store().messages_of(account.id, everything))) {
        const ChannelRow* channel = lookup.channel(message.channel);
        all.push_back(json::object{{"channel", channel ? key_text(channel->key) : std::string{}},
                                   {"id", message.native},
                                   {"at", iso_utc(message.at)},
                                   {"text", message.text},
                                   {"link", message.link},
                                   {"edited", message.edited},
                                   {"deleted", message.deleted},
                                   {"kind", name_of(MessageKind(message.reading.kind))},
                                   {"language", message.reading.language}});
    }
    return all;
}

/// What is kept of how close an account is to staff: the sums themselves, as they stand in the store.
json::array ties_json(Lookup& lookup, const AccountRow& account) {
    json::array all;
    for (const StaffTie& tie : account.ties) {
        const AccountRow* staff = lookup.account(tie.staff);
        json::array silences(tie.gaps.begin(), tie.gaps.end());
        all.push_back(json::object{{"staff_account", staff ? key_text(staff->key) : std::string{}},
                                   {"out", tie.out},
                                   {"in", tie.in},
                                   {"deep_out", tie.deep_out},
                                   {"deep_in", tie.deep_in},
                                   {"last_out", iso_utc(tie.last_out)},
                                   {"last_in", iso_utc(tie.last_in)},
                                   {"first_in", iso_utc(tie.first_in)},
                                   {"contacts", tie.contacts},
                                   {"silences_hours", std::move(silences)}});
    }
    return all;
}

/// Every alert about one of the accounts, closed ones too.
json::array alerts_json(Lookup& lookup, const std::vector<AccountId>& accounts) {
    json::array all;
    for (AlertId last{};;) {
        const std::vector<AlertRow> alerts = must(lookup.store().alerts(false, last, alerts_at_once));
        for (const AlertRow& alert : alerts) {
            last = alert.id;
            if (std::find(accounts.begin(), accounts.end(), alert.about) != accounts.end())
                all.push_back(json::parse(alert_line(lookup, alert)));
        }
        if (alerts.size() < alerts_at_once) return all;
    }
}

std::string nobody(const PeopleList& options) {
    if (!options.text.empty())
        return fmt::format("Nobody {}has \"{}\" in name, handle or id.\n",
                           options.suspected ? "who looks like a bot " : "", options.text);
    return options.suspected ? "Nobody looks like a bot.\n" : "Nobody has been heard yet.\n";
}

std::string account_table(const std::vector<AccountRow>& accounts, const Context& context) {
    std::vector<std::vector<std::string>> rows{
        {"ACCOUNT", "NAME", "HANDLE", "ROLES", "OWNER", "MESSAGES", "LAST SEEN"}};
    for (const AccountRow& account : accounts)
        rows.push_back({key_text(account.key), or_dash(account.name), or_dash(account.handle),
                        or_dash(fmt::format("{}", fmt::join(account.roles, ", "))), or_dash(account.owner),
                        fmt::format("{}", account.messages), time_text(context.zone, account.last_seen)});
    return table(rows);
}

std::string suspected_table(const std::vector<AccountRow>& accounts, const Context& context) {
    std::vector<std::vector<std::string>> rows{{"ACCOUNT", "NAME", "HANDLE", "MESSAGES", "LAST SEEN", "WHY"}};
    for (const AccountRow& account : accounts)
        rows.push_back({key_text(account.key), or_dash(account.name), or_dash(account.handle),
                        fmt::format("{}", account.messages), time_text(context.zone, account.last_seen),
                        fmt::format("{}", fmt::join(account.suspicion, "; "))});
    return table(rows);
}

}  // namespace

int people_list(const Context& context, const PeopleList& options) {
    const auto store = must_open_for_reading(context);
    std::vector<AccountRow> accounts =
        must(store->find_accounts(options.text, options.suspected ? everything : options.limit));
    if (options.suspected) {
        std::erase_if(accounts, [](const AccountRow& account) { return account.suspicion.empty(); });
        if (accounts.size() > options.limit) accounts.resize(options.limit);
    }
    if (context.json) {
        for (const AccountRow& account : accounts)
            context.terminal.out << json::serialize(account_json(account)) << "\n";
        return int(Exit::fine);
    }
    context.terminal.out << (accounts.empty()    ? nobody(options)
                             : options.suspected ? suspected_table(accounts, context)
                                                 : account_table(accounts, context));
    if (accounts.size() == options.limit)
        context.terminal.out << fmt::format("These are the {} seen last. -n shows more; a text finds some.\n",
                                            options.limit);
    if (options.suspected && !accounts.empty())
        context.terminal.out << "They raise no alerts meanwhile. `rapport people bot ACCOUNT no` hears them "
                                "again, with what they said since; `yes` keeps them silent.\n";
    return int(Exit::fine);
}

int people_show(const Context& context, const std::string& who) {
    const auto world = must_load_world(context);
    const auto store = must_open_for_reading(context);
    Lookup lookup{*store};
    const AccountRow& account = must_find_account(lookup, who);
    lookup.load_person(account.id);
    const PersonView person = view_person(lookup.state(), world->people, account.id, lookup.now());
    context.terminal.out << (context.json ? json::serialize(person_json(person, *world)) + "\n"
                                          : person_page(person, *world, context.zone));
    return int(Exit::fine);
}

int people_export(const Context& context, const std::string& who) {
    const auto store = must_open_for_reading(context);
    Lookup lookup{*store};
    const std::vector<AccountId> ids = lookup.load_person(must_find_account(lookup, who).id);
    json::array accounts;
    for (const AccountId id : ids) {
        const AccountRow& account = lookup.state().accounts.at(id);
        json::object object = account_json(account);
        object["ties"] = ties_json(lookup, account);
        object["said"] = messages_json(lookup, account);
        accounts.push_back(std::move(object));
    }
    context.terminal.out << json::serialize(json::object{{"as_of", iso_utc(lookup.now())},
                                                         {"accounts", std::move(accounts)},
                                                         {"alerts", alerts_json(lookup, ids)}})
                         << "\n";
    return int(Exit::fine);
}

}  // namespace rapport::cli
