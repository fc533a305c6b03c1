// `rapport people suggest`.

#include <fmt/format.h>

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <cmath>
#include <limits>
#include <ostream>

#include "bot/cli/commands.hpp"
#include "bot/cli/store_access.hpp"
#include "bot/cli/text.hpp"
#include "bot/store/lookup.hpp"

namespace rapport::cli {

namespace {

namespace json = boost::json;

/// Staff and brand are known by team.yaml, and nobody wants to meet a bot twice.
bool may_be_somebody(const AccountRow& account, const World& world) {
    return !account.bot && !world.team.is_brand(account.key) &&
           !world.team.staffer_of(account.key, account.last_seen);
}

std::string shown(const AccountRow& account) {
    const std::string& name = account.name.empty() ? account.handle : account.name;
    return name.empty() ? key_text(account.key) : fmt::format("{} ({})", key_text(account.key), name);
}

}  // namespace

int people_suggest(const Context& context, const PeopleSuggest& options) {
    const auto world = must_load_world(context);
    const auto store = must_open_for_reading(context);
    constexpr std::size_t everybody = std::numeric_limits<std::int64_t>::max();
    std::vector<AccountRow> rows = must(store->find_accounts("", everybody));
    std::erase_if(rows, [&](const AccountRow& row) { return !may_be_somebody(row, *world); });
    std::sort(rows.begin(), rows.end(), [](const AccountRow& a, const AccountRow& b) { return a.id < b.id; });
    std::vector<identities::Account> accounts;
    accounts.reserve(rows.size());
    for (const AccountRow& row : rows)
        accounts.push_back({key_text(row.key), row.key.platform, row.handle, row.name});
    auto found = identities::suggest(identities::candidates(accounts), accounts,
                                     identities::shipped_weights(), options.least_confidence);
    std::erase_if(found, [&](const auto& one) { return rows[one.a].person == rows[one.b].person; });
    std::stable_sort(found.begin(), found.end(),
                     [](const auto& a, const auto& b) { return a.confidence > b.confidence; });
    if (found.size() > options.limit) found.resize(options.limit);

    std::vector<std::vector<std::string>> table_rows{{"ACCOUNT", "MAY BE", "SURE", "WHY"}};
    for (const identities::Suggestion& one : found) {
        constexpr double thousand = 1000;
        const json::object object{{"a", accounts[one.a].id},
                                  {"b", accounts[one.b].id},
                                  {"confidence", std::round(one.confidence * thousand) / thousand},
                                  {"evidence", json::array(one.evidence.begin(), one.evidence.end())}};
        if (context.json) context.terminal.out << json::serialize(object) << "\n";
        table_rows.push_back({shown(rows[one.a]), shown(rows[one.b]),
                              fmt::format("{:.0f} %", 100 * one.confidence),
                              fmt::format("{}", fmt::join(one.evidence, ", "))});
    }
    if (context.json) return int(Exit::fine);
    context.terminal.out << (found.empty()
                                 ? std::string("No two accounts look like one person's.\n")
                                 : table(table_rows) +
                                       "Nothing is linked by this: `rapport people link A B` does it, if "
                                       "you know that it is so.\n");
    return int(Exit::fine);
}

}  // namespace rapport::cli
