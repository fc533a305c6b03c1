#include "bot/cli/command_line.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <ostream>

#include "bot/cli/desk_token.hpp"

namespace rapport::cli {

namespace {

std::string examples(const std::string& lines) {
    return "Examples:\n" + lines;
}

/// A whole number from `least` to `most`; `what` says what it is, for whoever gives another.
CLI::Validator whole_number(std::int64_t least, std::int64_t most, const std::string& what) {
    return CLI::Validator{
        [=](const std::string& given) -> std::string {
            std::int64_t number = 0;
            const char* end = given.data() + given.size();
            const auto read = std::from_chars(given.data(), end, number);
            if (read.ec == std::errc{} && read.ptr == end && number >= least && number <= most) return {};
            return fmt::format("\"{}\" is not {}", given, what);
        },
        ""};
}

/// 0 or more, with or without a fraction.
CLI::Validator how_fast() {
    return CLI::Validator{[](const std::string& given) -> std::string {
                              char* end = nullptr;
                              const double times = std::strtod(given.c_str(), &end);
                              if (!given.empty() && *end == 0 && std::isfinite(times) && times >= 0)
                                  return {};
                              return fmt::format("\"{}\" is not a number from 0, such as 60 or 0.5", given);
                          },
                          ""};
}

CLI::Validator yes_or_no() {
    return CLI::Validator{[](const std::string& given) -> std::string {
                              if (given == "yes" || given == "no") return {};
                              return fmt::format("\"{}\" is neither yes nor no", given);
                          },
                          ""};
}

constexpr const char* alert_number = "the number of an alert, such as 12";

/// The rules file as an argument stands for --rules.
Context with_rules(const Context& context, const std::filesystem::path& file) {
    Context changed = context;
    if (!file.empty()) changed.places.rules = file;
    return changed;
}

}  // namespace

CommandLine::CommandLine()
    : app{"Rapport listens where your community talks, and asks the right person of your team to answer in "
          "person.",
          "rapport"} {
    app.fallthrough();
    app.require_subcommand(1);
    app.set_help_flag("-h,--help", "Show what can be said here");
    app.footer(examples("  rapport check                          is everything ready?\n"
                        "  rapport serve                          run until Ctrl-C\n"
                        "  rapport people list --help             every command explains itself\n") +
               "\nExit codes: 0 fine, 1 it failed or found problems, 2 wrong usage, 3 nothing found.");
    add_globals();
    add_running();
    add_rules();
    add_alerts();
    add_people();
    add_slack();
    add_small();
}

CLI::App* CommandLine::command(CLI::App& parent, const std::string& name, const std::string& description,
                               const std::string& footer, std::function<int(const Context&)> run) {
    CLI::App* added = parent.add_subcommand(name, description);
    added->require_subcommand(0);
    added->footer(examples(footer));
    added->callback([this, run = std::move(run)] { action = run; });
    return added;
}

CLI::App* CommandLine::group(CLI::App& parent, const std::string& name, const std::string& description,
                             const std::string& footer) {
    CLI::App* added = parent.add_subcommand(name, description);
    added->require_subcommand(1);
    added->footer(examples(footer));
    return added;
}

void CommandLine::add_json(CLI::App* app_of, const std::string& what) {
    app_of->add_flag("--json", json, what);
}

void CommandLine::add_globals() {
    // ./run may be called from anywhere: it says where the checkout is.
    if (const char* home = std::getenv("RAPPORT_HOME"))
        places.config = std::filesystem::path{home} / "config";
    app.add_option(
           "--config", places.config,
           "Folder with rapport.yaml, team.yaml and rules.yaml (default: config, or RAPPORT_HOME/config)")
        ->type_name("DIR")
        ->take_last();
    app.add_option_function<std::string>(
           "--rules", [this](const std::string& file) { places.rules = file; }, "Instead of rules.yaml there")
        ->type_name("FILE")
        ->take_last();
    app.add_option_function<std::string>(
           "--team", [this](const std::string& file) { places.team = file; }, "Instead of team.yaml there")
        ->type_name("FILE")
        ->take_last();
    app.add_option_function<std::string>(
           "--store,--data", [this](const std::string& file) { places.store = file; },
           "The database, instead of store.path of rapport.yaml")
        ->type_name("FILE")
        ->take_last();
    app.add_option("--zone", zone,
                   "Show times by this clock, such as Europe/Berlin (default: this machine's)")
        ->type_name("ZONE")
        ->take_last();
}

void CommandLine::add_running() {
    CLI::App* serve = command(app, "serve", "Run: listen, decide, and bring alerts to the desks",
                              "  rapport serve\n"
                              "  rapport serve --port 9000 --console ada\n"
                              "The desk's token is made anew at each start, unless RAPPORT_DESK_TOKEN or\n"
                              "--token-file gives one.\n",
                              [this](const Context& context) {
                                  serve_.places = context.places;
                                  serve_.token = desk_token(token_file_);
                                  return rapport::serve(serve_);
                              });
    serve->add_option("--address", serve_.address, "Listen here instead of web.address")
        ->type_name("ADDRESS");
    serve->add_option("--port", serve_.port, "Listen here instead of web.port")
        ->type_name("PORT")
        ->check(whole_number(0, 65535, "a port; those are 1 to 65535, and 0 takes any free one"));
    serve->add_option("--token-file", token_file_, "The desk's token, in a file that only you can read")
        ->type_name("FILE");
    serve->add_option("--console", serve_.console, "Show this staffer's desk in this terminal")
        ->type_name("NAME");
    serve->add_flag("-q,--quiet", serve_.quiet, "Say only what goes wrong");

    CLI::App* replay = command(app, "replay", "Feed recorded conversations through the live pipeline",
                               "  rapport replay chat.jsonl.gz\n"
                               "  rapport replay --store try.db contacts.csv export.zip\n"
                               "  rapport replay --json chat.jsonl > alerts.jsonl\n",
                               [this](const Context& context) {
                                   replay_.places = context.places;
                                   replay_.json = context.json;
                                   return replay_files(replay_);
                               });
    replay
        ->add_option("FILE", replay_.files,
                     "JSON Lines (.jsonl, .gz), a Slack export (.zip), contacts (.csv)")
        ->required()
        ->type_name("FILE");
    replay->add_option("--realm", replay_.realm, "What the place is called (default: the file's name)")
        ->type_name("NAME");
    replay
        ->add_option("--speed", replay_.speed, "So many times faster than it happened; 0: as fast as it goes")
        ->type_name("TIMES")
        ->check(how_fast());
    replay->add_flag("--keep-going", replay_.keep_going, "Pass over lines that cannot be read");
    replay->add_flag("-q,--quiet", replay_.quiet, "No progress, no summary");
    add_json(replay, "Each alert as a line of JSON, in the order of their ids");

    CLI::App* backtest =
        command(app, "backtest", "What other rules would have done with what was said, beside today's",
                "  rapport backtest --rules new-rules.yaml --since 90d\n"
                "  rapport backtest --rules new-rules.yaml --since all --json\n",
                [this](const Context& context) { return backtest_rules(context, backtest_); });
    backtest->add_option("--rules", backtest_.rules, "The rules to try")->required()->type_name("FILE");
    backtest
        ->add_option("--since", backtest_.since, "How far back from the latest message: 90d, 12h, 2w or all")
        ->type_name("TIME");
    add_json(backtest,
             "One object: candidate and today with all alerts, and the difference as places in them");

    add_json(command(app, "check", "Is everything ready? Files, rules, store, port",
                     "  rapport check\n"
                     "  rapport check --config /etc/rapport\n",
                     check),
             "One object: ok, findings with verdict (good, look, bad) and words");
}

void CommandLine::add_rules() {
    CLI::App* rules = group(app, "rules", "Check, test and explain the rules", "  rapport rules check\n");
    const auto with_file = [this](CLI::App* added) {
        added->add_option("FILE", rules_file_, "The rules file (default: rules.yaml of --config)")
            ->type_name("FILE");
        return added;
    };
    add_json(with_file(command(*rules, "check", "Mistakes, with line, column and what was probably meant",
                               "  rapport rules check\n  rapport rules check new-rules.yaml\n",
                               [this](const Context& c) { return rules_check(with_rules(c, rules_file_)); })),
             "One object: file, ok, rules (how many), mistakes");
    add_json(with_file(command(*rules, "test", "Run the tests that stand below each rule",
                               "  rapport rules test\n  rapport rules test new-rules.yaml\n",
                               [this](const Context& c) { return rules_test(with_rules(c, rules_file_)); })),
             "A line for each test: rule, test, line, passed, expected, explanation");

    CLI::App* show =
        command(*rules, "show", "How a rule does: asked, answered, not needed; what would be better",
                "  rapport rules show champion-waits\n",
                [this](const Context& c) { return rules_show(c, explain_.rule); });
    show->add_option("RULE", explain_.rule, "Its name")->required()->type_name("RULE");
    add_json(show, "One object: rule, when, all, weeks, reasons, suggestions");

    CLI::App* vocabulary = command(*rules, "vocabulary", "Everything that a condition can ask about",
                                   "  rapport rules vocabulary\n"
                                   "  rapport rules vocabulary --schema > rules.schema.json\n",
                                   [this](const Context& c) {
                                       return rules_vocabulary(c, markdown_ ? VocabularyForm::markdown
                                                                  : schema_ ? VocabularyForm::schema
                                                                  : c.json  ? VocabularyForm::json
                                                                            : VocabularyForm::text);
                                   });
    CLI::Option* markdown = vocabulary->add_flag("--markdown", markdown_, "As a table for a manual");
    CLI::Option* schema =
        vocabulary->add_flag("--schema", schema_, "As JSON Schema of the rules file, for editors");
    CLI::Option* lines = vocabulary->add_flag(
        "--json", json, "A line for each fact: name, type, unit, meaning, example, allowed");
    markdown->excludes(schema)->excludes(lines);
    schema->excludes(lines);

    CLI::App* explain =
        command(*rules, "explain", "What a rule would say, condition by condition",
                "  rapport rules explain champion-waits --given person.role=champion --text \"Does it "
                "work?\"\n"
                "  rapport rules explain --given person.depth=close --given person.reach=5000\n"
                "Facts that are not given are unknown. A text is read, and what follows from it is "
                "filled in.\n",
                [this](const Context& c) { return rules_explain(c, explain_); });
    explain->add_option("RULE", explain_.rule, "Its name; all rules without it")->type_name("RULE");
    explain->add_option("--given", explain_.given, "A fact: person.role=champion. As often as you like")
        ->type_name("FACT=VALUE")
        ->type_size(1)
        ->allow_extra_args(false);
    explain->add_option("--text", explain_.text, "What the message says")->type_name("TEXT");
    add_json(explain, "A line for each rule: rule, title, enabled, holds, conditions with what they saw");
}

void CommandLine::add_alerts() {
    CLI::App* alerts = group(app, "alerts", "What staff were asked", "  rapport alerts list\n");
    CLI::App* list =
        command(*alerts, "list", "Open alerts", "  rapport alerts list\n  rapport alerts list --all --json\n",
                [this](const Context& c) { return alerts_list(c, all_); });
    list->add_flag("-a,--all", all_, "Closed ones too");
    add_json(list, "A line for each alert, as of `replay --json`");
    CLI::App* show = command(*alerts, "show", "One alert with its history", "  rapport alerts show 12\n",
                             [this](const Context& c) { return alerts_show(c, alert_); });
    show->add_option("ALERT", alert_, "Its number")
        ->required()
        ->type_name("NUMBER")
        ->check(whole_number(1, std::numeric_limits<std::int64_t>::max(), alert_number));
    add_json(show, "The alert as one object");

    CLI::App* why = command(app, "why", "Why an alert was raised, or why a message raised none",
                            "  rapport why 12\n"
                            "  rapport why --message slack:T024BE7LD:C042/1700000000.0001\n",
                            [this](const Context& c) {
                                if (message_.empty() == (alert_ == 0))
                                    throw Stop(Exit::usage,
                                               "Say which: `rapport why ALERT`, or --message for a message.");
                                return message_.empty() ? why_alert(c, alert_) : why_message(c, message_);
                            });
    why->add_option("ALERT", alert_, "Its number")
        ->type_name("NUMBER")
        ->check(whole_number(1, std::numeric_limits<std::int64_t>::max(), alert_number));
    why->add_option("--message", message_,
                    "A message instead: each rule, each condition with the value it sees")
        ->type_name("PLATFORM:REALM:CHANNEL/ID");
    add_json(why, "One object: alert, rule, why; or message, alerts, as_of, rules with their conditions");
}

void CommandLine::add_people() {
    CLI::App* people = group(app, "people", "Who is known, and who is who",
                             "  rapport people list ada\n  rapport people show slack:T024BE7LD:U02A3B4C5\n"
                             "Somebody is named by platform:realm:id, or by a handle that only one has.\n");
    CLI::App* list = command(*people, "list", "Accounts, those seen last first",
                             "  rapport people list\n  rapport people list lena -n 10\n"
                             "  rapport people list --suspected\n",
                             [this](const Context& c) { return people_list(c, people_list_); });
    list->add_option("TEXT", people_list_.text, "Only those with this in name, handle or id")
        ->type_name("TEXT");
    list->add_option("-n,--limit", people_list_.limit, "At most so many (default: 50)")
        ->type_name("NUMBER")
        ->check(whole_number(1, 1'000'000'000, "a whole number from 1"));
    list->add_flag("--suspected", people_list_.suspected,
                   "Only those that look like bots and wait for somebody to look at them, and why");
    add_json(list, "A line for each account");

    const auto add_who = [](CLI::App* added, std::string& where) {
        added->add_option("WHO", where, "platform:realm:id, or a handle")->required()->type_name("WHO");
        return added;
    };
    add_json(
        add_who(command(*people, "show", "One person: accounts, roles, owner, depth, value, ties, alerts",
                        "  rapport people show lena\n",
                        [this](const Context& c) { return people_show(c, who_); }),
                who_),
        "The person as one object");
    add_who(command(*people, "export", "All that is kept of a person, as JSON",
                    "  rapport people export lena > lena.json\n",
                    [this](const Context& c) { return people_export(c, who_); }),
            who_);

    CLI::App* link = command(*people, "link", "Say that two accounts are one person's",
                             "  rapport people link slack:T024BE7LD:U7 github:github.com:583231\n",
                             [this](const Context& c) { return people_link(c, who_, other_); });
    add_who(link, who_);
    link->add_option("OTHER", other_, "The other account")->required()->type_name("WHO");
    add_json(link, "One object: did, accounts, changed");
    add_json(add_who(command(*people, "unlink", "Take an account out of its person, as if never linked",
                             "  rapport people unlink github:github.com:583231\n",
                             [this](const Context& c) { return people_unlink(c, who_); }),
                     who_),
             "One object: did, accounts, changed");

    CLI::App* bot = command(*people, "bot", "Say that an account is a bot, or that it is none",
                            "  rapport people list --suspected\n"
                            "  rapport people bot slack:T024BE7LD:U9 yes   it stays silent\n"
                            "  rapport people bot slack:T024BE7LD:U9 no    what it said is looked at again\n",
                            [this](const Context& c) { return people_bot(c, who_, yes_or_no_ == "yes"); });
    add_who(bot, who_);
    bot->add_option("ANSWER", yes_or_no_, "yes: a bot; no: not one, and never suspected again")
        ->required()
        ->type_name("yes|no")
        ->check(yes_or_no());
    add_json(bot, "One object: did, accounts, changed");

    CLI::App* erase = command(*people, "erase", "Forget an account: words, ties, profile",
                              "  rapport people export lena > lena.json\n"
                              "  rapport people erase lena\n"
                              "Export first: it cannot be taken back.\n",
                              [this](const Context& c) { return people_erase(c, erase_); });
    add_who(erase, erase_.who);
    erase->add_flag("--person", erase_.person, "All accounts linked with it as well");
    erase->add_flag("-y,--yes", erase_.yes, "Do not ask");
    add_json(erase, "One object: did, accounts, changed");
}

void CommandLine::add_slack() {
    CLI::App* slack = group(app, "slack", "Rapport in Slack", "  rapport slack check\n");
    CLI::App* check = command(*slack, "check", "Is Slack set up well? Says what to do where it is not",
                              "  rapport slack check\n  rapport slack check --live\n",
                              [this](const Context& c) { return slack_check(c, live_); });
    check->add_flag("--live", live_,
                    "Also post a line to the alert channel (or the lead), and delete it again");
    add_json(check, "One object: ok, reports");
}

void CommandLine::add_small() {
    add_json(command(app, "version", "Which Rapport this is", "  rapport version\n", version), "One object");
    CLI::App* completion = group(app, "completion", "A script that completes commands in your shell",
                                 "  source <(rapport completion bash)\n"
                                 "  rapport completion fish > ~/.config/fish/completions/rapport.fish\n");
    const auto shell = [&](const char* name, Shell which) {
        command(*completion, name, fmt::format("For {}", name),
                fmt::format("  rapport completion {}\n", name), [this, which](const Context& context) {
                    context.terminal.out << completion_script(tree_of(app), which);
                    return int(Exit::fine);
                });
    };
    shell("bash", Shell::bash);
    shell("zsh", Shell::zsh);
    shell("fish", Shell::fish);
}

}  // namespace rapport::cli
