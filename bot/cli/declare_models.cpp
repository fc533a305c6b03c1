#include "bot/cli/command_line.hpp"
#include "bot/cli/declare.hpp"
#include "bot/topics/clusters.hpp"

namespace rapport::cli {

namespace {

void declare_topics(CommandLine& line) {
    auto& options = line.keep<TopicsCommand>();
    CLI::App* command =
        line.command(line.app, "topics",
                     "What each message is about: key phrases, your own topics, groups of like messages",
                     "  rapport topics messages.jsonl > about.jsonl\n"
                     "  rapport topics messages.jsonl --clusters 20\n"
                     "  rapport topics messages.jsonl --examples labelled.jsonl\n\n"
                     "Each line comes out as it went in, in the same order, with\n"
                     "  topics                   its key phrases, best first, at most five\n"
                     "  cluster, cluster_names   with --clusters: its group, from 0, the largest first; what "
                     "names the group\n"
                     "  topic, topic_score       with --examples: the likeliest of their topics, null if "
                     "none is likely; 0-1\n"
                     "A line that is no JSON object with \"text\" is passed on as it is and told on standard "
                     "error; the exit\n"
                     "code is 1.",
                     [&options](const Context& c) { return find_topics(c, options); });
    command->add_option("FILE", options.messages, "A message a line, as JSON with text (standard input)")
        ->type_name("FILE");
    command->add_option("--clusters", options.clusters, "Into how many groups; reads all lines first")
        ->check(CLI::Range(std::size_t{1}, topics::most_groups))
        ->type_name("COUNT");
    command
        ->add_option("--examples", options.examples, "JSON Lines with text and topic: the topics you define")
        ->type_name("FILE");
    command->add_option("--least-score", options.least_score, "Below it the topic is unknown (0.2)")
        ->check(CLI::Range(0.0, 1.0))
        ->type_name("0-1");
    command
        ->add_option("--vocabulary", options.vocabulary,
                     "Your own words, which come first: a phrase a line, or \"name: spelling, spelling\"")
        ->type_name("FILE");
    command->add_option("--model", options.model, "Another model, made by \"rapport train\"")
        ->type_name("FILE");
    command->add_option("--seed", options.seed, "Another beginning for groups and examples (1)")
        ->type_name("NUMBER");
}

}  // namespace

void declare_models(CommandLine& line) {
    auto& identities = line.keep<IdentitiesCommand>();
    CLI::App* group = line.group(line.app, "identities", "Which accounts may be one person's",
                                 "  rapport identities suggest accounts.jsonl\n");
    CLI::App* suggest =
        line.command(*group, "suggest",
                     "Pairs of accounts on different platforms, with confidence and evidence, as JSON Lines",
                     "  rapport identities suggest accounts.jsonl > pairs.jsonl\n"
                     "  rapport identities suggest accounts.jsonl --least-confidence 0.95\n",
                     [&identities](const Context& c) { return suggest_identities(c, identities); });
    suggest
        ->add_option("ACCOUNTS", identities.accounts,
                     "An account a line: id, platform, handle, name, as JSON")
        ->required()
        ->type_name("FILE");
    suggest
        ->add_option("--least-confidence", identities.least_confidence,
                     "Only pairs that are right at least that often (0.9)")
        ->check(CLI::Range(0.0, 1.0))
        ->type_name("0-1");

    auto& links = line.keep<LinkCommand>();
    CLI::App* link = line.command(
        line.app, "link-messages", "Which earlier message each message answers, where there are no threads",
        "  rapport link-messages messages.jsonl > linked.jsonl\n"
        "  tail -f channel.jsonl | rapport link-messages\n\n"
        "A message a line, as JSON: id, channel, ts, author, text; \"sys\": 1 for what the network says. "
        "Each\n"
        "line comes out as it went in, in the same order, with \"parents\": the id of the message that it\n"
        "answers, or its own if it starts something. Only what came before is looked at.\n"
        "  no id           it gets one, \"line-7\" for the seventh line, so that others can name it\n"
        "  no channel      one channel for all of these\n"
        "  no ts           as late as the line before it\n"
        "  no author       one author for all of these\n"
        "  reply_to, parent or thread    is the parent; nothing is guessed\n"
        "  parents         is written anew\n"
        "A line that is no JSON object is passed on as it is and told on standard error; the exit code is 1.",
        [&links](const Context& c) { return link_messages(c, links); });
    link->add_option("MESSAGES", links.messages, "JSON Lines (standard input)")->type_name("FILE");
    link->add_option("--model", links.model, "Another model, made by \"rapport train\"")->type_name("FILE");

    auto& read = line.keep<ReadCommand>();
    CLI::App* read_command = line.command(
        line.app, "read", "What each message is: kind, needs a reply, gratitude, complaint, spam, ...",
        "  rapport read messages.jsonl > read.jsonl\n"
        "  tail -f chat.jsonl | rapport read\n",
        [&read](const Context& c) { return read_messages(c, read); });
    read_command
        ->add_option(
            "FILE", read.messages,
            "A message a line, as JSON: text and, if known, id, channel, ts, author (standard input)")
        ->type_name("FILE");

    declare_topics(line);

    auto& train_options = line.keep<TrainCommand>();
    CLI::App* train_command =
        line.command(line.app, "train", "Make the models of config/models from labelled data",
                     "  rapport train --data ../shared/data\n"
                     "  rapport train --data ../shared/data --only links    takes some minutes\n",
                     [&train_options](const Context& c) { return train(c, train_options); });
    train_command
        ->add_option("--data", train_options.data, "The folder with identity/, irc_reply/ and the others")
        ->required()
        ->type_name("DIR");
    train_command
        ->add_option("--only", train_options.only, "One model: identities, links, reading or topics (all)")
        ->check(CLI::IsMember({"identities", "links", "reading", "topics"}))
        ->type_name("MODEL");
    train_command->add_option("--seed", train_options.seed, "Another order of the examples (1)")
        ->type_name("NUMBER");
    train_command->add_option("--into", train_options.into, "Where the models go (config/models)")
        ->type_name("DIR");
}

}  // namespace rapport::cli
