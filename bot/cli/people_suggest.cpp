// `rapport people suggest`.

#include <fmt/format.h>

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <cmath>
#include <limits>
#include <map>
#include <ostream>

#include "bot/cli/commands.hpp"
#include "bot/cli/store_access.hpp"
#include "bot/cli/text.hpp"
#include "bot/store/lookup.hpp"

namespace rapport::cli {

namespace {

namespace json = boost::json;

constexpr std::size_t most_claims = 10'000;

/// Staff and brand are known by team.yaml, and nobody wants to meet a bot twice.
bool may_be_somebody(const AccountRow& account, const World& world) {
    return !account.bot && !world.team.is_brand(account.key) &&
           !world.team.staffer_of(account.key, account.last_seen);
}

std::string shown(const AccountRow& account) {
    const std::string& name = account.name.empty() ? account.handle : account.name;
    return name.empty() ? key_text(account.key) : fmt::format("{} ({})", key_text(account.key), name);
}

struct Shown {
    const AccountRow* a;
    const AccountRow* b;
    double confidence = 0;
    std::vector<std::string> evidence{};
};

/// What two claim alike, short of proof or where proof must not link.
std::string words(const SharedClaim& claim) {
    if (claim.a_kind == ClaimKind::email && claim.b_kind == ClaimKind::email)
        return "the same verified e-mail";
    if (claim.a_kind != ClaimKind::page && claim.b_kind != ClaimKind::page)
        return "both profiles name one page";
    return "one profile names the other";
}

/// How sure people are told to be of it: less than proof, more than of a name. Not measured: there is no
/// data.
double confidence(const SharedClaim& claim) {
    return claim.a_kind == ClaimKind::email                                     ? 0.97
           : claim.a_kind == ClaimKind::page || claim.b_kind == ClaimKind::page ? 0.95
                                                                                : 0.9;
}

/// Adds what accounts claim; a pair that is there already gets one more reason.
void add_claims(std::vector<Shown>& all, const std::vector<AccountRow>& rows,
                const std::vector<SharedClaim>& claims, double least) {
    std::map<std::pair<AccountId, AccountId>, std::size_t> where;
    for (std::size_t i = 0; i < all.size(); ++i) where.emplace(std::minmax(all[i].a->id, all[i].b->id), i);
    const auto row = [&](AccountId id) -> const AccountRow* {
        const auto at =
            std::lower_bound(rows.begin(), rows.end(), id,
                             [](const AccountRow& one, AccountId wanted) { return one.id < wanted; });
        return at != rows.end() && at->id == id ? &*at : nullptr;
    };
    for (const SharedClaim& claim : claims) {
        const AccountRow* a = row(claim.a);
        const AccountRow* b = row(claim.b);
        if (!a || !b || confidence(claim) < least) continue;
        const auto [at, added] = where.try_emplace({claim.a, claim.b}, all.size());
        if (added) all.push_back({a, b, 0, {}});
        Shown& shown = all[at->second];
        shown.confidence = std::max(shown.confidence, confidence(claim));
        shown.evidence.insert(shown.evidence.begin(), words(claim));
        if (std::find(a->apart.begin(), a->apart.end(), b->id) != a->apart.end())
            shown.evidence.push_back("somebody here has said that they are two");
    }
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
    std::vector<Shown> all;
    all.reserve(found.size());
    for (identities::Suggestion& one : found)
        all.push_back({&rows[one.a], &rows[one.b], one.confidence, std::move(one.evidence)});
    add_claims(all, rows, must(store->shared_claims(most_claims)), options.least_confidence);
    std::stable_sort(all.begin(), all.end(),
                     [](const Shown& a, const Shown& b) { return a.confidence > b.confidence; });
    if (all.size() > options.limit) all.resize(options.limit);

    std::vector<std::vector<std::string>> table_rows{{"ACCOUNT", "MAY BE", "SURE", "WHY"}};
    for (const Shown& one : all) {
        constexpr double thousand = 1000;
        const json::object object{{"a", key_text(one.a->key)},
                                  {"b", key_text(one.b->key)},
                                  {"confidence", std::round(one.confidence * thousand) / thousand},
                                  {"evidence", json::array(one.evidence.begin(), one.evidence.end())}};
        if (context.json) context.terminal.out << json::serialize(object) << "\n";
        table_rows.push_back({shown(*one.a), shown(*one.b), fmt::format("{:.0f} %", 100 * one.confidence),
                              fmt::format("{}", fmt::join(one.evidence, ", "))});
    }
    if (context.json) return int(Exit::fine);
    context.terminal.out << (all.empty()
                                 ? std::string("No two accounts look like one person's.\n")
                                 : table(table_rows) +
                                       "Nothing is linked by this: `rapport people link A B` does it, if "
                                       "you know that it is so.\n");
    return int(Exit::fine);
}

}  // namespace rapport::cli
