#include "bot/cli/command_line.hpp"
#include "bot/cli/declare.hpp"

namespace rapport::cli {

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

    auto& train_options = line.keep<TrainCommand>();
    CLI::App* train_command =
        line.command(line.app, "train", "Make the models of config/models from labelled data",
                     "  rapport train --data ../shared/data\n"
                     "  rapport train --data ../shared/data --only reading\n",
                     [&train_options](const Context& c) { return train(c, train_options); });
    train_command->add_option("--data", train_options.data, "The folder with identity/ and the others")
        ->required()
        ->type_name("DIR");
    train_command->add_option("--only", train_options.only, "One model: identities or reading (all)")
        ->check(CLI::IsMember({"identities", "reading"}))
        ->type_name("MODEL");
    train_command->add_option("--seed", train_options.seed, "Another order of the examples (1)")
        ->type_name("NUMBER");
    train_command->add_option("--into", train_options.into, "Where the models go (config/models)")
        ->type_name("DIR");
}

}  // namespace rapport::cli
