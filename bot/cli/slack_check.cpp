// `rapport slack check`.

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <ostream>

#include "adapters/slack/check/check.hpp"
#include "bot/cli/commands.hpp"
#include "bot/cli/text.hpp"
#include "bot/slack_desks.hpp"

namespace rapport::cli {

namespace {

namespace json = boost::json;

Time now() {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

/// As the adapter is set up (bot/slack_desks.cpp), but right or wrong.
slack::CheckedWorkspace checked(const SlackConfig& config, const SlackWorkspace& workspace,
                                const Environment& environment) {
    slack::CheckedWorkspace made;
    made.name = workspace.name;
    made.desk = workspace.part != SlackPart::community;
    made.listens = workspace.part != SlackPart::desk;
    made.alert_channel = workspace.alert_channel;
    made.bot_token = {workspace.bot_token, environment(workspace.bot_token)};
    made.app_token = {workspace.app_token, environment(workspace.app_token)};
    made.signing_secret = {workspace.signing_secret, environment(workspace.signing_secret)};
    made.http = config.receive == SlackReceive::http;
    made.address = config.address;
    made.port = config.port;
    if (const std::string url = environment("SLACK_API_URL"); !url.empty()) made.api_url = url;
    return made;
}

std::vector<slack::CheckedWorkspace> workspaces(const SlackConfig& config, const Environment& environment) {
    std::vector<slack::CheckedWorkspace> all{checked(config, config.workspace, environment)};
    for (const SlackWorkspace& workspace : config.more) {
        slack::CheckedWorkspace made = checked(config, workspace, environment);
        if (made.http && made.port != 0) made.port = std::uint16_t(made.port + all.size());
        all.push_back(std::move(made));
    }
    // Whoever named other workspaces and set nothing for the first does without the first.
    const slack::CheckedWorkspace first = all.front();
    const std::string& second = first.http ? first.signing_secret.value : first.app_token.value;
    const bool installs = config.oauth.on() && first.bot_token.value.empty();
    if (installs || (all.size() > 1 && first.bot_token.value.empty() && second.empty()))
        all.erase(all.begin());
    if (all.empty())
        throw Stop(
            Exit::failed,
            fmt::format(
                "Workspaces are installed at {}/slack/install (slack.oauth in rapport.yaml), and their "
                "tokens are kept. To check one of them, set its bot token as {} for this command.",
                config.oauth.public_url, first.bot_token.variable));
    return all;
}

std::vector<slack::CheckedStaffer> staff(const Team& team, Time at) {
    std::vector<slack::CheckedStaffer> all;
    for (const Staffer& staffer : team.staffers()) {
        if (staffer.on_team(at)) all.push_back({staffer.name, staffer.accounts, staffer.lead});
    }
    return all;
}

void print_json(std::ostream& out, const std::vector<slack::Report>& reports) {
    json::array all;
    for (const slack::Report& report : reports) {
        json::array findings;
        for (const slack::Finding& finding : report.findings)
            findings.push_back(json::object{
                {"verdict", to_text(finding.verdict)}, {"words", finding.words}, {"to_do", finding.to_do}});
        all.push_back(json::object{{"about", report.about}, {"findings", std::move(findings)}});
    }
    out << json::serialize(json::object{{"ok", slack::problems(reports) == 0}, {"reports", std::move(all)}})
        << "\n";
}

std::vector<slack::Report> look(std::vector<slack::CheckedWorkspace> all, slack::CheckOptions options) {
    boost::asio::io_context context{1};
    std::vector<slack::Report> reports;
    boost::asio::co_spawn(context, slack::check(std::move(all), std::move(options)),
                          [&](std::exception_ptr error, std::vector<slack::Report> found) {
                              if (error) std::rethrow_exception(error);
                              reports = std::move(found);
                          });
    context.run();
    return reports;
}

}  // namespace

int slack_check(const Context& context, bool live) {
    const LoadedWorld loaded = load_world(context.places);
    if (!loaded.world) throw Stop(Exit::failed, fmt::format("{}", fmt::join(loaded.problems, "\n")));
    net::TlsContext tls = must(net::TlsContext::system());
    slack::CheckOptions options;
    options.staff = staff(loaded.world->team, now());
    options.live = live;
    options.tls = &tls;
    const std::vector<slack::Report> reports =
        look(workspaces(loaded.world->config.slack, process_environment()), std::move(options));
    if (context.json) {
        print_json(context.terminal.out, reports);
    } else {
        std::string words = several_lines(to_text(reports));
        while (words.ends_with('\n')) words.pop_back();
        context.terminal.out << words << "\n";
    }
    return int(slack::problems(reports) == 0 ? Exit::fine : Exit::failed);
}

}  // namespace rapport::cli
