// Whether the accounts in team.yaml are colleagues who can be asked.

#include <fmt/core.h>
#include <fmt/ranges.h>

#include "adapters/slack/api/json_read.hpp"
#include "adapters/slack/check/look.hpp"

namespace rapport::slack {
namespace asio = boost::asio;
namespace json = boost::json;

namespace {

/// Why nobody can be asked there, or empty.
std::string unfit(const json::object& user) {
    if (true_in(user, "deleted")) return "is deactivated in Slack";
    if (true_in(user, "is_bot") || text_in(user, "id") == "USLACKBOT") return "is a bot";
    if (true_in(user, "is_restricted") || true_in(user, "is_ultra_restricted"))
        return "is a guest of the workspace, not a member";
    return {};
}

enum class Fit { yes, no, cannot_tell };

asio::awaitable<Fit> look_at_account(Look& look, std::string staffer, std::string id) {
    const ApiResult<json::object> user = co_await users_info(look.api, id);
    const std::string mend = fmt::format(
        "Put {}'s own member ID into team.yaml: in Slack, their profile, the three dots, \"Copy member ID\".",
        staffer);
    if (!user && (user.error().code == "user_not_found" || user.error().code == "user_not_visible")) {
        look.problem(fmt::format("{}'s account {} does not exist in this workspace.", staffer, id), mend);
        co_return Fit::no;
    }
    if (!user) {
        const bool scope = user.error().code == "missing_scope";
        look.unknown(
            "Whether the accounts in team.yaml are right: " +
            (scope ? "that takes the permission " + user.error().needed + "." : user.error().what + "."));
        co_return Fit::cannot_tell;
    }
    const std::string why = unfit(*user);
    if (why.empty()) co_return Fit::yes;
    look.problem(fmt::format("{}'s account {} {}.", staffer, id, why), mend);
    co_return Fit::no;
}

}  // namespace

asio::awaitable<void> look_at_staff(Look& look) {
    if (!look.workspace.desk) co_return;
    std::vector<std::string> good;
    for (const CheckedStaffer& staffer : look.options.staff) {
        for (const AccountKey& key : staffer.accounts) {
            if (key.platform != "slack" || key.realm != look.who.realm()) continue;
            const Fit fit = co_await look_at_account(look, staffer.name, key.id);
            if (fit == Fit::cannot_tell) co_return;
            if (fit == Fit::yes) good.push_back(staffer.name);
        }
    }
    if (!good.empty()) look.ok(fmt::format("Can be asked here: {}.", fmt::join(good, ", ")));
}

}  // namespace rapport::slack
