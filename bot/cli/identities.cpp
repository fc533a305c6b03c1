// `rapport identities suggest`, and what `rapport train` makes for it.

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <cmath>
#include <ostream>

#include "bot/cli/commands.hpp"
#include "bot/cli/files.hpp"
#include "bot/identities/read_accounts.hpp"
#include "bot/identities/suggest.hpp"

namespace rapport::cli {

namespace json = boost::json;

int suggest_identities(const Context& context, const IdentitiesCommand& options) {
    std::ifstream file = opened(options.accounts);
    const auto accounts = must(identities::read_accounts(file, options.accounts.string()));
    const auto pairs = identities::candidates(accounts);
    for (const auto& one :
         identities::suggest(pairs, accounts, identities::shipped_weights(), options.least_confidence)) {
        constexpr double thousand = 1000;
        context.terminal.out << json::serialize(json::object{
                                    {"a", accounts[one.a].id},
                                    {"b", accounts[one.b].id},
                                    {"confidence", std::round(one.confidence * thousand) / thousand},
                                    {"evidence", json::array(one.evidence.begin(), one.evidence.end())}})
                             << "\n";
    }
    return int(Exit::fine);
}

}  // namespace rapport::cli
