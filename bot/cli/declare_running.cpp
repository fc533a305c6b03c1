#include "bot/cli/command_line.hpp"
#include "bot/cli/declare.hpp"
#include "bot/cli/desk_token.hpp"

namespace rapport::cli {

void declare_serve(CommandLine& line) {
    struct Serve {
        ServeOptions options{};
        std::string token_file{};
    };
    auto& serve = line.keep<Serve>();
    CLI::App* added =
        line.command(line.app, "serve", "Run: listen, decide, and bring alerts to the desks",
                     "  rapport serve\n"
                     "  rapport serve --port 9000 --console ada\n"
                     "The desk's token is made anew at each start, unless RAPPORT_DESK_TOKEN or\n"
                     "--token-file gives one. With RAPPORT_SITE_SECRET your site can say who is signed in\n"
                     "there (README, \"Who is one person\").\n",
                     [&serve](const Context& context) {
                         serve.options.places = context.places;
                         serve.options.token = desk_token(serve.token_file);
                         serve.options.site_secret = site_secret();
                         return rapport::serve(serve.options);
                     });
    added->add_option("--address", serve.options.address, "Listen here instead of web.address")
        ->type_name("ADDRESS");
    added->add_option("--port", serve.options.port, "Listen here instead of web.port")
        ->type_name("PORT")
        ->check(whole_number(0, 65535, "a port; those are 1 to 65535, and 0 takes any free one"));
    added->add_option("--token-file", serve.token_file, "The desk's token, in a file that only you can read")
        ->type_name("FILE");
    added->add_option("--console", serve.options.console, "Show this staffer's desk in this terminal")
        ->type_name("NAME");
    added->add_flag("-q,--quiet", serve.options.quiet, "Say only what goes wrong");
}

void declare_replay(CommandLine& line) {
    auto& options = line.keep<ReplayOptions>();
    CLI::App* replay =
        line.command(line.app, "replay", "Feed recorded conversations through the live pipeline",
                     "  rapport replay chat.jsonl.gz\n"
                     "  rapport replay --store try.db contacts.csv export.zip\n"
                     "  rapport replay --json chat.jsonl > alerts.jsonl\n",
                     [&options](const Context& context) {
                         options.places = context.places;
                         options.json = context.json;
                         return replay_files(options);
                     });
    replay
        ->add_option("FILE", options.files,
                     "JSON Lines (.jsonl, .gz), a Slack export (.zip), contacts (.csv)")
        ->required()
        ->type_name("FILE");
    replay->add_option("--realm", options.realm, "What the place is called (default: the file's name)")
        ->type_name("NAME");
    replay
        ->add_option("--speed", options.speed, "So many times faster than it happened; 0: as fast as it goes")
        ->type_name("TIMES")
        ->check(how_fast());
    replay->add_flag("--keep-going", options.keep_going, "Pass over lines that cannot be read");
    replay->add_flag("-q,--quiet", options.quiet, "No progress, no summary");
    line.add_json(replay, "Each alert as a line of JSON, in the order of their ids");
}

void declare_backtest(CommandLine& line) {
    auto& options = line.keep<BacktestCommand>();
    CLI::App* backtest = line.command(
        line.app, "backtest", "What other rules would have done with what was said, beside today's",
        "  rapport backtest --rules new-rules.yaml --since 90d\n"
        "  rapport backtest --rules new-rules.yaml --since all --json\n",
        [&options](const Context& context) { return backtest_rules(context, options); });
    backtest->add_option("--rules", options.rules, "The rules to try")->required()->type_name("FILE");
    backtest
        ->add_option("--since", options.since, "How far back from the latest message: 90d, 12h, 2w or all")
        ->type_name("TIME");
    line.add_json(backtest,
                  "One object: candidate and today with all alerts, and the difference as places in them");
}

void declare_check(CommandLine& line) {
    line.add_json(line.command(line.app, "check", "Is everything ready? Files, rules, store, port",
                               "  rapport check\n"
                               "  rapport check --config /etc/rapport\n",
                               check),
                  "One object: ok, findings with verdict (good, look, bad) and words");
}

}  // namespace rapport::cli
