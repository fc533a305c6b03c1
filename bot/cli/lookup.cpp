#include "bot/cli/lookup.hpp"

#include <fmt/format.h>

#include "bot/cli/context.hpp"
#include "bot/json/alert_json.hpp"

namespace rapport::cli {

namespace {

/// A handle is looked for among so many accounts whose name, handle or id has the word in it.
constexpr std::size_t most_candidates = 50'000;
/// So many of several possible people are named.
constexpr std::size_t most_named = 5;

bool same_letters(std::string_view a, std::string_view b) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; };
    return a.size() == b.size() &&
           std::equal(a.begin(), a.end(), b.begin(), [&](char x, char y) { return lower(x) == lower(y); });
}

}  // namespace

const AccountRow& must_find_account(Lookup& lookup, std::string_view who) {
    if (const auto key = parse_account(who))
        if (const AccountRow* row = lookup.account(*key)) return *row;
    const std::string_view handle = who.starts_with('@') ? who.substr(1) : who;
    std::vector<AccountRow> found = must(lookup.store().find_accounts(handle, most_candidates));
    std::erase_if(found, [&](const AccountRow& row) { return !same_letters(row.handle, handle); });
    if (found.empty())
        throw Stop(Exit::not_found,
                   fmt::format("Nobody is known as \"{}\". `rapport people list {}` looks in names, "
                               "handles and ids.",
                               who, who));
    if (found.size() == 1) return *lookup.account(found.front().id);
    std::string words = fmt::format("\"{}\" is the handle of {} accounts. Say which:", who, found.size());
    for (std::size_t i = 0; i < std::min(found.size(), most_named); ++i)
        words += "\n  " + key_text(found[i].key);
    throw Stop(Exit::usage, words);
}

const MessageRow& must_find_message(Lookup& lookup, std::string_view text) {
    // Channels and ids may hold slashes themselves, so every cut is tried.
    bool shaped = false;
    for (std::size_t cut = text.find('/'); cut != std::string_view::npos; cut = text.find('/', cut + 1)) {
        const auto place = parse_account(text.substr(0, cut));
        if (!place || cut + 1 == text.size()) continue;
        shaped = true;
        const MessageKey key{{place->platform, place->realm, place->id}, std::string(text.substr(cut + 1))};
        if (const MessageRow* row = lookup.message(key)) return *row;
    }
    if (!shaped)
        throw Stop(Exit::usage,
                   fmt::format("\"{}\" names no message. Write PLATFORM:REALM:CHANNEL/ID, for example "
                               "slack:T024BE7LD:C042/1700000000.0001.",
                               text));
    throw Stop(Exit::not_found, fmt::format("There is no message {} in the store.", text));
}

const AlertRow& must_find_alert(Lookup& lookup, std::int64_t id) {
    const AlertRow* alert = lookup.alert(AlertId(id));
    if (alert) return *alert;
    throw Stop(
        Exit::not_found,
        fmt::format("There is no alert {}. `rapport alerts list --all` shows those that there are.", id));
}

}  // namespace rapport::cli
