// `rapport train`: the models of config/models, from labelled data.

#include <fmt/format.h>

#include <array>
#include <fstream>
#include <ostream>

#include "bot/cli/files.hpp"
#include "bot/cli/text.hpp"
#include "bot/cli/trainings.hpp"
#include "bot/identities/read_accounts.hpp"
#include "bot/identities/train.hpp"
#include "bot/store_office.hpp"

namespace rapport::cli {

void train_identities(std::ostream& out, const TrainCommand& options) {
    const std::filesystem::path from = options.data / "identity";
    std::ifstream accounts_file = opened(from / "accounts.jsonl");
    const auto accounts = must(identities::read_accounts(accounts_file, (from / "accounts.jsonl").string()));
    std::ifstream links_file = opened(from / "links.tsv");
    const auto links = must(identities::read_links(links_file, (from / "links.tsv").string(), accounts));
    const auto pairs = identities::candidates(accounts);
    out << fmt::format("identities: {}, {}, {} looked at\n", counted(accounts.size(), "account"),
                       counted(links.size(), "link"), counted(pairs.size(), "pair"));
    constexpr std::array<double, 6> least{0.5, 0.7, 0.8, 0.85, identities::default_confidence, 0.95};
    std::vector<std::vector<std::string>> rows{{"  CONFIDENCE", "SUGGESTED", "PRECISION", "RECALL"}};
    constexpr std::size_t folds = 5;
    for (const auto& one : identities::cross_validate(accounts, pairs, links, folds, options.seed, least))
        rows.push_back({fmt::format("  {:.2f}", one.least_confidence), std::to_string(one.suggested),
                        fmt::format("{:.4f}", one.precision()), fmt::format("{:.4f}", one.recall())});
    out << "  On persons that the weights have not seen (five folds):\n" << table(rows);
    identities::Weights weights = identities::train(pairs, links, options.seed);
    weights.provenance =
        "Accounts that people published as theirs: rust-lang/team, home-manager, planetpowershell, "
        "planetxamarin, "
        "congress-legislators (MIT, Apache-2.0, CC0). Made by \"rapport train\".";
    must(replace_file(options.into / "identities.json", identities::to_json(weights)));
}

int train(const Context& context, const TrainCommand& options) {
    std::error_code error;
    std::filesystem::create_directories(options.into, error);
    if (error)
        throw Stop(Exit::failed,
                   fmt::format("The folder {} cannot be made: {}.", options.into.string(), error.message()));
    const auto wanted = [&](std::string_view model) { return options.only.empty() || options.only == model; };
    if (wanted("identities")) train_identities(context.terminal.out, options);
    if (wanted("links")) train_links(context.terminal.out, options);
    if (wanted("reading")) train_reading(context.terminal.out, options);
    if (wanted("topics")) train_topics(context.terminal.out, options);
    return int(Exit::fine);
}

}  // namespace rapport::cli
