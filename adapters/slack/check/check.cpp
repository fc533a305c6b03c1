#include "adapters/slack/check/check.hpp"

#include <fmt/core.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "adapters/slack/check/look.hpp"
#include "adapters/slack/check/tokens.hpp"

namespace rapport::slack {
namespace asio = boost::asio;

namespace {

WebApiConfig api_config(Look& look, const ApiBase& base) {
    WebApiConfig config;
    config.base = base;
    config.bot = fixed_token(look.workspace.bot_token.value);
    config.app = fixed_token(look.workspace.app_token.value);
    config.answered = [&look](const std::string& method, const net::Response& response) {
        if (method != "auth.test") return;
        for (const net::Header& header : response.headers) {
            if (!net::same_word(header.name, "x-oauth-scopes")) continue;
            look.granted = header.value;
            look.granted_known = true;
        }
    };
    return config;
}

net::ClientOptions client_options(const CheckOptions& options) {
    net::ClientOptions client;
    client.tls = options.tls;
    client.connect = client.answer = options.call;
    return client;
}

bool fine(const Finding& finding) {
    return finding.verdict != Verdict::problem;
}

asio::awaitable<void> check_workspace(Look& look, bool bot_token, bool receiving) {
    const bool reached = co_await look_for_slack(look);
    if (!reached) {
        look.unknown("Everything else: it needs Slack's answers.");
        co_return;
    }
    bool bot = false;
    if (bot_token) {
        bot = co_await look_at_bot(look);
    }
    if (bot) {
        co_await look_at_channels(look);
        co_await look_at_staff(look);
    } else {
        look.unknown("Permissions, channels and staff: a bot token that works is needed to look at them.");
    }
    if (!receiving) {
        co_return;
    }
    if (look.workspace.http) {
        co_await look_at_http(look);
    } else {
        co_await look_at_socket_mode(look, bot);
    }
}

/// The workspace's realm, if it could be found out.
asio::awaitable<Id> check_one(const CheckedWorkspace& workspace, const CheckOptions& options,
                              Report& report) {
    report.about = fmt::format("Slack workspace \"{}\"", workspace.name);
    report.findings.push_back(look_at_bot_token(workspace.bot_token));
    const bool bot_token = fine(report.findings.back());
    report.findings.push_back(workspace.http ? look_at_signing_secret(workspace.signing_secret)
                                             : look_at_app_token(workspace.app_token));
    const bool receiving = fine(report.findings.back());
    const Result<ApiBase> base = ApiBase::parse(workspace.api_url);
    if (!base) {
        report.findings.push_back({Verdict::problem, sentence(base.error().what), {}});
        co_return Id{};
    }
    if (workspace.bot_token.value.empty() && !receiving) co_return Id{};
    Look look{workspace, options, *base, report};
    co_await check_workspace(look, bot_token, receiving);
    co_return look.who.realm();
}

std::vector<AccountKey> slack_accounts(const CheckedStaffer& staffer) {
    std::vector<AccountKey> found;
    for (const AccountKey& key : staffer.accounts) {
        if (key.platform == "slack") found.push_back(key);
    }
    return found;
}

void check_realms(const CheckOptions& options, const std::set<Id>& realms, bool all_known, Report& report) {
    std::set<std::string> open;
    for (const CheckedStaffer& staffer : options.staff) {
        for (const AccountKey& key : slack_accounts(staffer)) {
            if (realms.contains(key.realm)) continue;
            if (!all_known) {
                open.insert(staffer.name);
                continue;
            }
            report.findings.push_back(
                {Verdict::problem,
                 fmt::format(
                     "{}'s account slack:{}:{} is in the workspace {}, which is none of those here ({}).",
                     staffer.name, key.realm, key.id, key.realm, fmt::join(realms, ", ")),
                 fmt::format("Write slack:{}: and {}'s member ID there, in team.yaml.", *realms.begin(),
                             staffer.name)});
        }
    }
    if (open.empty()) return;
    report.findings.push_back(
        {Verdict::unknown,
         fmt::format("Whether these accounts are in the right workspace: {}.", fmt::join(open, ", ")),
         {}});
}

Report check_team(const CheckOptions& options, const std::set<Id>& realms, bool all_known) {
    Report report;
    report.about = "The team (team.yaml)";
    std::vector<std::string> without;
    for (const CheckedStaffer& staffer : options.staff) {
        if (slack_accounts(staffer).empty()) without.push_back(staffer.name);
    }
    if (without.size() == options.staff.size()) {
        report.findings.push_back(
            {Verdict::problem, "Nobody has a Slack account in team.yaml, so nobody can be asked in Slack.",
             fmt::format(
                 "In Slack, open a colleague's profile, choose \"Copy member ID\" under the three dots, "
                 "and write it below `accounts`, as slack:{}:MEMBER_ID.",
                 realms.empty() ? Id{"WORKSPACE_ID"} : *realms.begin())});
        return report;
    }
    check_realms(options, realms, all_known, report);
    if (without.empty()) {
        report.findings.push_back({Verdict::ok, "Everybody has a Slack account in team.yaml.", {}});
    } else {
        report.findings.push_back(
            {Verdict::ok,
             fmt::format("Without a Slack account, and not asked in Slack: {}.", fmt::join(without, ", ")),
             {}});
    }
    return report;
}

}  // namespace

Look::Look(const CheckedWorkspace& checked, const CheckOptions& with, const ApiBase& base, Report& into)
    : workspace(checked),
      options(with),
      report(into),
      pool(client_options(with)),
      base_url(base.url()),
      api(api_config(*this, base), pool, with.timing) {}

std::string sentence(std::string words) {
    if (!words.empty() && words[0] >= 'a' && words[0] <= 'z')
        words[0] = static_cast<char>(words[0] - 'a' + 'A');
    if (!words.ends_with('.')) words += '.';
    return words;
}

std::string channel_name(const std::string& id_or_name) {
    const bool id = id_or_name.size() > 8 && std::all_of(id_or_name.begin(), id_or_name.end(), [](char c) {
                        return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
                    });
    return id || id_or_name.starts_with('#') ? id_or_name : "#" + id_or_name;
}

asio::awaitable<std::vector<Report>> check(std::vector<CheckedWorkspace> workspaces, CheckOptions options) {
    std::vector<Report> reports;
    std::set<Id> realms;
    bool all_known = true;
    bool desk = false;
    for (const CheckedWorkspace& workspace : workspaces) {
        Report report;
        const Id realm = co_await check_one(workspace, options, report);
        reports.push_back(std::move(report));
        desk = desk || workspace.desk;
        if (realm.empty()) {
            all_known = false;
        } else {
            realms.insert(realm);
        }
    }
    if (desk && !options.staff.empty()) reports.push_back(check_team(options, realms, all_known));
    co_return reports;
}

std::size_t problems(const std::vector<Report>& reports) {
    std::size_t count = 0;
    for (const Report& report : reports) {
        count += std::size_t(std::count_if(report.findings.begin(), report.findings.end(),
                                           [](const Finding& it) { return it.verdict == Verdict::problem; }));
    }
    return count;
}

std::string_view to_text(Verdict verdict) {
    return verdict == Verdict::ok ? "ok" : verdict == Verdict::unknown ? "not known" : "problem";
}

std::string to_text(const std::vector<Report>& reports) {
    std::string text;
    for (const Report& report : reports) {
        text += report.about + "\n";
        for (const Finding& finding : report.findings) {
            text += fmt::format("  {:<11}{}\n", to_text(finding.verdict), finding.words);
            if (!finding.to_do.empty()) text += fmt::format("{:13}-> {}\n", "", finding.to_do);
        }
        text += "\n";
    }
    const std::size_t count = problems(reports);
    return text + (count == 0   ? std::string{"Nothing is wrong.\n"}
                   : count == 1 ? std::string{"1 problem to mend.\n"}
                                : fmt::format("{} problems to mend.\n", count));
}

}  // namespace rapport::slack
