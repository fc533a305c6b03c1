#include "bot/cli/command_line.hpp"
#include "bot/cli/declare.hpp"

namespace rapport::cli {

namespace {

CLI::App* add_who(CLI::App* added, std::string& where) {
    added->add_option("WHO", where, "platform:realm:id, or a handle")->required()->type_name("WHO");
    return added;
}

void declare_people_list(CommandLine& line, CLI::App& people) {
    auto& options = line.keep<PeopleList>();
    CLI::App* list = line.command(people, "list", "Accounts, those seen last first",
                                  "  rapport people list\n  rapport people list lena -n 10\n"
                                  "  rapport people list --suspected\n",
                                  [&options](const Context& c) { return people_list(c, options); });
    list->add_option("TEXT", options.text, "Only those with this in name, handle or id")->type_name("TEXT");
    list->add_option("-n,--limit", options.limit, "At most so many (default: 50)")
        ->type_name("NUMBER")
        ->check(whole_number(1, 1'000'000'000, "a whole number from 1"));
    list->add_flag("--suspected", options.suspected,
                   "Only those that look like bots and wait for somebody to look at them, and why");
    line.add_json(list, "A line for each account");
}

void declare_people_show(CommandLine& line, CLI::App& people) {
    auto& who = line.keep<std::string>();
    line.add_json(
        add_who(line.command(people, "show", "One person: accounts, roles, owner, depth, value, ties, alerts",
                             "  rapport people show lena\n",
                             [&who](const Context& c) { return people_show(c, who); }),
                who),
        "The person as one object");
    add_who(line.command(people, "export", "All that is kept of a person, as JSON",
                         "  rapport people export lena > lena.json\n",
                         [&who](const Context& c) { return people_export(c, who); }),
            who);
}

void declare_people_link(CommandLine& line, CLI::App& people) {
    auto& who = line.keep<std::string>();
    auto& other = line.keep<std::string>();
    CLI::App* link = line.command(people, "link", "Say that two accounts are one person's",
                                  "  rapport people link slack:T024BE7LD:U7 github:github.com:583231\n",
                                  [&who, &other](const Context& c) { return people_link(c, who, other); });
    add_who(link, who);
    link->add_option("OTHER", other, "The other account")->required()->type_name("WHO");
    line.add_json(link, "One object: did, accounts, changed");
    line.add_json(
        add_who(line.command(people, "unlink", "Take an account out of its person, as if never linked",
                             "  rapport people unlink github:github.com:583231\n",
                             [&who](const Context& c) { return people_unlink(c, who); }),
                who),
        "One object: did, accounts, changed");
}

void declare_people_bot(CommandLine& line, CLI::App& people) {
    auto& who = line.keep<std::string>();
    auto& answer = line.keep<std::string>();
    CLI::App* bot =
        line.command(people, "bot", "Say that an account is a bot, or that it is none",
                     "  rapport people list --suspected\n"
                     "  rapport people bot slack:T024BE7LD:U9 yes   it stays silent\n"
                     "  rapport people bot slack:T024BE7LD:U9 no    what it said is looked at again\n",
                     [&who, &answer](const Context& c) { return people_bot(c, who, answer == "yes"); });
    add_who(bot, who);
    bot->add_option("ANSWER", answer, "yes: a bot; no: not one, and never suspected again")
        ->required()
        ->type_name("yes|no")
        ->check(yes_or_no());
    line.add_json(bot, "One object: did, accounts, changed");
}

void declare_people_erase(CommandLine& line, CLI::App& people) {
    auto& options = line.keep<EraseOptions>();
    CLI::App* erase = line.command(people, "erase", "Forget an account: words, ties, profile",
                                   "  rapport people export lena > lena.json\n"
                                   "  rapport people erase lena\n"
                                   "Export first: it cannot be taken back.\n",
                                   [&options](const Context& c) { return people_erase(c, options); });
    add_who(erase, options.who);
    erase->add_flag("--person", options.person, "All accounts linked with it as well");
    erase->add_flag("-y,--yes", options.yes, "Do not ask");
    line.add_json(erase, "One object: did, accounts, changed");
}

void declare_people_network(CommandLine& line, CLI::App& people) {
    auto& options = line.keep<PeopleNetwork>();
    CLI::App* network =
        line.command(people, "network", "Who talks with whom about what; direct messages are left out",
                     "  rapport people network --since 30d\n"
                     "  rapport people network --topic quic\n"
                     "  rapport people network --with lena\n"
                     "  rapport people network --as graphml > talk.graphml   for a drawing program\n",
                     [&options](const Context& c) { return people_network(c, options); });
    network->add_option("--since", options.since, "90d (default), 12h, 2w, or all")->type_name("TIME");
    network->add_option("--topic", options.topic, "Only messages about this")->type_name("WORD");
    network
        ->add_option("--with", options.with,
                     "Only what this one said or was told: a staffer's name, a handle")
        ->type_name("WHO");
    CLI::Option* form = network->add_option("--as", options.form, "graphml or dot, with communities")
                            ->type_name("FORM")
                            ->check(CLI::IsMember({"graphml", "dot"}));
    network->add_option("-n,--limit", options.limit, "Lines of the table at most (default: 50)")
        ->type_name("NUMBER")
        ->check(whole_number(1, 1'000'000'000, "a whole number from 1"));
    network
        ->add_flag("--json", line.json,
                   "One object: people with community, exchanges with lift, closeness (see \"rapport ties\") "
                   "and topics")
        ->excludes(form);
}

void declare_people_suggest(CommandLine& line, CLI::App& people) {
    auto& options = line.keep<PeopleSuggest>();
    CLI::App* suggest = line.command(
        people, "suggest", "Accounts that may be one person's, and why; links nothing",
        "  rapport people suggest\n"
        "  rapport people link slack:T024BE7LD:U7 github:github.com:583231   if you know it is so\n",
        [&options](const Context& c) { return people_suggest(c, options); });
    suggest
        ->add_option("--least-confidence", options.least_confidence,
                     "Only pairs that are right at least that often (0.9)")
        ->check(CLI::Range(0.0, 1.0))
        ->type_name("0-1");
    suggest->add_option("-n,--limit", options.limit, "At most so many, the surest first (default: 50)")
        ->type_name("NUMBER")
        ->check(whole_number(1, 1'000'000'000, "a whole number from 1"));
    line.add_json(suggest, "A line for each pair: a, b, confidence, evidence");
}

void declare_people_roles(CommandLine& line, CLI::App& people) {
    auto& options = line.keep<PeopleRoles>();
    CLI::App* roles =
        line.command(people, "roles", "What part people play, and why: suggestions, nothing is changed",
                     "  rapport people roles\n"
                     "  rapport people roles --topic quic --role helper\n"
                     "  rapport people roles --since 90d --role leaving\n",
                     [&options](const Context& c) { return people_roles(c, options); });
    roles->add_option("--role", options.role, "helper, connector, newcomer, waiting, rising or leaving (all)")
        ->type_name("ROLE")
        ->check(CLI::IsMember({"helper", "connector", "newcomer", "waiting", "rising", "leaving"}));
    roles->add_option("--topic", options.topic, "Only messages about this, and what answers them")
        ->type_name("WORD");
    roles->add_option("--since", options.since, "90d, 12h, 2w, or all (default)")->type_name("TIME");
    roles->add_option("-n,--limit", options.limit, "Lines of the table at most (default: 50)")
        ->type_name("NUMBER")
        ->check(whole_number(1, 1'000'000'000, "a whole number from 1"));
    line.add_json(roles, "A line for each: id, name, role, score, reason");
}

void declare_people_path(CommandLine& line, CLI::App& people) {
    auto& options = line.keep<PeoplePath>();
    CLI::App* path = line.command(people, "path", "Who could introduce one to the other: the shortest way",
                                  "  rapport people path ada lena\n",
                                  [&options](const Context& c) { return people_path(c, options); });
    path->add_option("FROM", options.from, "A staffer's name, platform:realm:id, or a handle")
        ->required()
        ->type_name("WHO");
    path->add_option("TO", options.to, "Whom they want to meet")->required()->type_name("WHO");
    path->add_option("--since", options.since, "Only by what was said since: 90d, 12h, 2w, or all (default)")
        ->type_name("TIME");
    line.add_json(path, "One object: path, a list of id and name; empty if there is none");
}

}  // namespace

void declare_people(CommandLine& line) {
    CLI::App* people =
        line.group(line.app, "people", "Who is known, and who is who",
                   "  rapport people list ada\n  rapport people show slack:T024BE7LD:U02A3B4C5\n"
                   "Somebody is named by platform:realm:id, or by a handle that only one has.\n");
    declare_people_list(line, *people);
    declare_people_show(line, *people);
    declare_people_link(line, *people);
    declare_people_bot(line, *people);
    declare_people_erase(line, *people);
    declare_people_network(line, *people);
    declare_people_roles(line, *people);
    declare_people_path(line, *people);
    declare_people_suggest(line, *people);
}

}  // namespace rapport::cli
