// `rapport people link`, `unlink`, `bot` and `erase`.

#include <fmt/format.h>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <istream>
#include <ostream>

#include "bot/cli/alert_text.hpp"
#include "bot/cli/change.hpp"
#include "bot/cli/commands.hpp"
#include "bot/cli/lookup.hpp"
#include "bot/cli/store_access.hpp"
#include "bot/cli/text.hpp"
#include "bot/json/alert_json.hpp"

namespace rapport::cli {

namespace {

namespace json = boost::json;

void say(const Context& context, const char* what, const std::vector<AccountKey>& accounts, bool changed,
         const std::string& words) {
    if (!context.json) {
        context.terminal.out << several_lines(words) << "\n";
        return;
    }
    json::array keys;
    for (const AccountKey& key : accounts) keys.emplace_back(key_text(key));
    context.terminal.out << json::serialize(json::object{
                                {"did", what}, {"accounts", std::move(keys)}, {"changed", changed}})
                         << "\n";
}

/// Changes are decided at the moment that the store knows of.
Input change(decltype(Input::what) what) {
    return {std::move(what), never};
}

/// Asks the person at the terminal; Stop unless they say yes.
void must_be_meant(const Context& context, const std::string& who, const std::vector<std::string>& accounts) {
    const std::string what = fmt::format(
        "This forgets all that is kept of\n  {}\ntheir words, ties and profile. It cannot be taken back.\n"
        "`rapport people export {}` writes a copy first.\n",
        fmt::join(accounts, "\n  "), who);
    if (!context.terminal.asks)
        throw Stop(Exit::usage,
                   several_lines(what) + "Nobody is there to ask. Say --yes if that is what you want.");
    context.terminal.err << several_lines(what) << "Forget it? Type yes: " << std::flush;
    std::string answer;
    std::getline(context.terminal.in, answer);
    if (answer != "yes") throw Stop(Exit::failed, "Nothing was changed.");
}

}  // namespace

int people_link(const Context& context, const std::string& a, const std::string& b) {
    std::vector<AccountKey> keys;
    bool one_already = false;
    {
        const auto store = must_open_for_reading(context);
        Lookup lookup{*store};
        const AccountRow& first = must_find_account(lookup, a);
        const AccountRow& second = must_find_account(lookup, b);
        keys = {first.key, second.key};
        one_already = first.person == second.person;
    }
    const std::string names = fmt::format("{} and {}", key_text(keys[0]), key_text(keys[1]));
    if (one_already) {
        say(context, "link", keys, false, names + " are one person already.");
        return int(Exit::fine);
    }
    make_changes(context, {change(LinkAccounts{keys[0], keys[1], this_user()})});
    say(context, "link", keys, true,
        fmt::format("{} are one person now. `rapport people unlink {}` takes it back.", names,
                    key_text(keys[1])));
    return int(Exit::fine);
}

int people_unlink(const Context& context, const std::string& who) {
    AccountKey key;
    bool alone = false;
    {
        const auto store = must_open_for_reading(context);
        Lookup lookup{*store};
        const AccountRow& account = must_find_account(lookup, who);
        key = account.key;
        alone = lookup.load_person(account.id).size() < 2;
    }
    if (alone) {
        say(context, "unlink", {key}, false, key_text(key) + " is not linked with anybody.");
        return int(Exit::fine);
    }
    make_changes(context, {change(UnlinkAccount{key, this_user()})});
    say(context, "unlink", {key}, true, key_text(key) + " is a person of its own again, as if never linked.");
    return int(Exit::fine);
}

int people_bot(const Context& context, const std::string& who, bool bot) {
    AccountKey key;
    bool known = false;
    {
        const auto store = must_open_for_reading(context);
        Lookup lookup{*store};
        const AccountRow& account = must_find_account(lookup, who);
        key = account.key;
        known = account.suspicion.empty() && account.bot == bot && account.human == !bot;
    }
    const char* did = bot ? "bot" : "no bot";
    if (known) {
        say(context, did, {key}, false,
            fmt::format("{} is known as {} bot already.", key_text(key), bot ? "a" : "no"));
        return int(Exit::fine);
    }
    make_changes(context, {change(MarkBot{key, bot, this_user()})});
    const std::string back =
        fmt::format("`rapport people bot {} {}` takes it back.", key_text(key), bot ? "no" : "yes");
    say(context, did, {key}, true,
        bot ? fmt::format("{} is a bot: what it says raises no alerts. {}", key_text(key), back)
            : fmt::format(
                  "{} is no bot and is not suspected again. What it said meanwhile has been looked at "
                  "anew. {}",
                  key_text(key), back));
    return int(Exit::fine);
}

int people_erase(const Context& context, const EraseOptions& options) {
    std::vector<AccountKey> keys;
    std::vector<std::string> names;
    std::size_t left = 0;
    {
        const auto store = must_open_for_reading(context);
        Lookup lookup{*store};
        const AccountRow& account = must_find_account(lookup, options.who);
        const std::vector<AccountId> person = lookup.load_person(account.id);
        for (const AccountId id : person) {
            if (id != account.id && !options.person) continue;
            keys.push_back(lookup.state().accounts.at(id).key);
            names.push_back(person_text(lookup.account(id)));
        }
        left = person.size() - keys.size();
    }
    if (!options.yes) must_be_meant(context, options.who, names);
    std::vector<Input> changes;
    changes.reserve(keys.size());
    for (const AccountKey& key : keys) changes.push_back(change(EraseAccount{key, this_user()}));
    make_changes(context, changes);
    std::string words = fmt::format("Forgotten: {}.", fmt::join(names, ", "));
    if (left > 0)
        words += fmt::format("\nThey have {} more linked with it; --person would have forgotten those too.",
                             counted(left, "account"));
    say(context, "erase", keys, true, words);
    return int(Exit::fine);
}

}  // namespace rapport::cli
