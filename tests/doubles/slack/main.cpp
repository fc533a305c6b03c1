// slack_double: a Slack of our own, so that somebody can try Rapport without a workspace.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <cstdio>

#include "doubles/slack/double.hpp"

int main(int argc, char** argv) {
    namespace asio = boost::asio;
    using namespace rapport::test::slack;
    Settings settings;
    settings.port = 8765;
    CLI::App program{
        "A Slack of our own, to try Rapport without a workspace. Invented people, no network beyond this "
        "machine."};
    program.add_option("--port", settings.port, "Where to listen on 127.0.0.1; 0: any free port")
        ->capture_default_str();
    program.add_option("--deliver-to", settings.request_url,
                       "Deliver over HTTP to this address instead of Socket Mode");
    bool no_limits = false;
    program.add_flag("--no-limits", no_limits, "Methods are not rate limited");
    CLI11_PARSE(program, argc, argv);
    settings.limits = !no_limits;

    asio::io_context context{1};
    SlackDouble slack{context.get_executor(), settings};
    slack.seed();
    const rapport::Result<> listening = slack.listen();
    if (!listening) {
        fmt::print(stderr, "slack_double: {}\n", listening.error().what);
        return 1;
    }
    fmt::print(
        "Give Rapport these and start it:\n\n"
        "  export SLACK_BOT_TOKEN={}\n  export SLACK_APP_TOKEN={}\n  export SLACK_SIGNING_SECRET={}\n"
        "  export SLACK_API_URL={}\n\n"
        "Then talk as the invented people here (ctrl-C ends it):\n\n  {}\n",
        slack.world().team("T0ACME")->bot_token, settings.app_token, settings.signing_secret, slack.api_url(),
        slack.page_url());
    std::fflush(stdout);
    asio::cancellation_signal stop;
    asio::signal_set signals{context, SIGINT, SIGTERM};
    signals.async_wait([&](boost::system::error_code, int) { stop.emit(asio::cancellation_type::terminal); });
    asio::co_spawn(
        context, slack.run(),
        asio::bind_cancellation_slot(
            stop.slot(), [&](const std::exception_ptr&, const rapport::Result<>&) { signals.cancel(); }));
    context.run();
}
