// Is Slack there, what time does it have, who are we, what may we do.

#include <fmt/core.h>

#include <array>
#include <cstdio>

#include "adapters/slack/check/look.hpp"
#include "adapters/slack/check/scopes.hpp"

namespace rapport::slack {
namespace asio = boost::asio;

namespace {

constexpr std::chrono::seconds most_skew{60};

/// A Date header: "Mon, 23 Nov 2026 00:48:19 GMT" (RFC 9110, 5.6.7).
std::optional<Time> read_date(std::string_view text) {
    static constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                             "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    int day = 0;
    int year = 0;
    int hour = 0;
    int minute = 0;
    int second = 0;
    std::array<char, 4> month{};
    const std::string copy{text};
    // NOLINTNEXTLINE(cert-err34-c): what does not fit is refused below
    if (std::sscanf(copy.c_str(), "%*3s, %2d %3s %4d %2d:%2d:%2d GMT", &day, month.data(), &year, &hour,
                    &minute, &second) != 6)
        return std::nullopt;
    const auto* const found = std::find(months.begin(), months.end(), std::string_view{month.data()});
    if (found == months.end()) return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year{year},
                                           std::chrono::month{unsigned(found - months.begin()) + 1},
                                           std::chrono::day{unsigned(day)}};
    if (!date.ok()) return std::nullopt;
    return Time{std::chrono::sys_days{date} + std::chrono::hours{hour} + std::chrono::minutes{minute} +
                std::chrono::seconds{second}};
}

void look_at_clock(Look& look, const net::Response& response) {
    const std::optional<Time> theirs = read_date(response.header("date"));
    if (!theirs) {
        look.unknown("Whether this machine's clock is right: Slack's answer does not tell the time.");
        return;
    }
    const auto skew = look.options.timing.now() - *theirs;
    const auto size = std::chrono::abs(skew);
    if (size <= most_skew) {
        look.ok("This machine's clock agrees with Slack's.");
        return;
    }
    const auto minutes = std::chrono::round<std::chrono::minutes>(size);
    look.problem(fmt::format("This machine's clock is {} minute{} {} Slack's. Past five minutes, Slack's "
                             "requests count as forged, and times in alerts are wrong at once.",
                             minutes.count(), minutes.count() == 1 ? "" : "s",
                             skew.count() < 0 ? "behind" : "ahead of"),
                 "Let the clock be set by NTP: timedatectl set-ntp true");
}

void look_at_scopes(Look& look) {
    if (!look.granted_known) {
        look.unknown("Which permissions the app has: Slack's answer does not tell.");
        return;
    }
    const std::vector<Scope> missing = missing_scopes(look.granted);
    if (missing.empty()) {
        look.ok("The app has every permission that it needs.");
        return;
    }
    std::string words;
    for (const Scope& scope : missing)
        words += fmt::format("{}{} (to {})", words.empty() ? "" : "; ", scope.name, scope.what_for);
    look.problem(
        (missing.size() == 1 ? "The app lacks a permission: " : "The app lacks permissions: ") + words + ".",
        "At api.slack.com/apps, your app, \"OAuth & Permissions\", \"Bot Token Scopes\", add what stands "
        "before the brackets, then \"Reinstall to Workspace\". Or paste config/slack-manifest.yaml under "
        "\"App Manifest\".");
}

}  // namespace

asio::awaitable<bool> look_for_slack(Look& look) {
    net::Request request;
    request.method = "POST";
    request.target.clear();
    request.headers.push_back({"Content-Type", "application/x-www-form-urlencoded"});
    const auto response = co_await look.pool.send(look.base_url + "api.test", std::move(request),
                                                  {.repeatable = true, .limit = look.options.call});
    if (!response) {
        look.problem(
            fmt::format("Slack cannot be reached at {}: {}.", look.base_url, redact(response.error().what)),
            "Check this machine's network, its proxy or firewall, and SLACK_API_URL if it is set.");
        co_return false;
    }
    const std::string_view type = response->header("content-type");
    const bool json = type.starts_with("application/json");
    if (response->status >= 500) {
        look.problem(fmt::format("Slack at {} is not well: it answers with status {}.", look.base_url,
                                 response->status),
                     "Look at slack-status.com, and try again later.");
        co_return false;
    }
    if (!json) {
        look.problem(fmt::format("Something answers at {}, but it is not Slack.", look.base_url),
                     "Check SLACK_API_URL, and whether a proxy stands in between (a sign-in page, perhaps).");
        co_return false;
    }
    look.ok(fmt::format("Slack answers at {}.", look.base_url));
    look_at_clock(look, *response);
    co_return true;
}

asio::awaitable<bool> look_at_bot(Look& look) {
    const ApiResult<Installation> who = co_await auth_test(look.api);
    if (!who) {
        look.problem("The bot token does not work. " + who.error().what + ".");
        co_return false;
    }
    look.who = *who;
    look.ok(fmt::format("The bot token is good for the workspace {} ({}), as the user {}.", who->name,
                        who->realm(), who->bot_user));
    look_at_scopes(look);
    co_return true;
}

}  // namespace rapport::slack
