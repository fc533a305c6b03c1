// `rapport train --only topics`.

#include <fmt/format.h>

#include <ostream>

#include "bot/cli/files.hpp"
#include "bot/cli/text.hpp"
#include "bot/cli/trainings.hpp"
#include "bot/store_office.hpp"
#include "bot/topics/chance.hpp"
#include "bot/topics/measure.hpp"
#include "bot/topics/train.hpp"

namespace rapport::cli {

namespace {

/// How good the topics of three tenths of the titles are, when the others are known; another deal each time.
std::vector<std::string> deal_of(std::vector<topics::Example> titles, std::span<const std::string> ordinary,
                                 std::uint32_t seed) {
    std::mt19937 random{seed};
    topics::shuffle(titles, random);
    const std::size_t known = titles.size() * 7 / 10;
    const std::span<const topics::Example> all{titles}, seen = all.first(known), unseen = all.subspan(known);
    const topics::Weights weights = topics::train(seen, ordinary, seed);
    const topics::KeyPhrases phrases{weights};
    std::vector<std::string> texts, names;
    std::size_t topics_there = 0;
    for (const topics::Example& one : unseen) {
        texts.push_back(one.text);
        names.push_back(one.topic);
    }
    std::sort(names.begin(), names.end());
    topics_there = std::size_t(std::unique(names.begin(), names.end()) - names.begin());
    const auto groups = topics::group_figures(unseen, topics::cluster(texts, topics_there, seed));
    const auto shown = [](double figure) { return fmt::format("{:.4f}", figure); };
    return {fmt::format("  {}", seed),
            shown(topics::among_best_three(unseen, phrases, nullptr)),
            shown(topics::among_commonest_three(unseen)),
            shown(topics::accuracy(unseen, topics::Classifier{seen, seed})),
            shown(groups.accuracy),
            shown(groups.information)};
}

std::vector<std::string> ordinary_talk(const TrainCommand& options) {
    std::vector<std::string> ordinary;
    for (const char* path :
         {"goemotions/train.jsonl", "email_intent/ask.jsonl", "spam_sms/sms.jsonl",
          "irc_reply/ubuntu_dev.jsonl", "irc_reply/rust.jsonl", "irc_reply/mediawiki.jsonl",
          "irc_reply/stripe.jsonl", "irc_reply/ubuntu-meeting.jsonl"}) {
        std::ifstream file = opened(options.data / path);
        for (std::string& text : must(topics::read_texts(file, (options.data / path).string())))
            ordinary.push_back(std::move(text));
    }
    return ordinary;
}

}  // namespace

void train_topics(std::ostream& out, const TrainCommand& options) {
    const std::filesystem::path from = options.data / "topics_so" / "titles.jsonl";
    std::ifstream file = opened(from);
    const auto titles = must(topics::read_examples(file, from.string()));
    const auto ordinary = ordinary_talk(options);
    out << fmt::format("topics: {}, {} of ordinary talk\n", counted(titles.size(), "title"),
                       counted(ordinary.size(), "text"));
    std::vector<std::vector<std::string>> rows{
        {"  DEAL", "IN BEST 3", "COMMONEST 3", "BY EXAMPLES", "GROUPS", "INFORMATION"}};
    constexpr std::uint32_t deals = 3;
    for (std::uint32_t deal = 0; deal < deals; ++deal)
        rows.push_back(deal_of(titles, ordinary, options.seed + deal));
    out << "  On three tenths of the titles, by what the others taught:\n" << table(rows);
    topics::Weights weights = topics::train(titles, ordinary, options.seed);
    weights.provenance =
        "Titles of Stack Overflow with their tags (CC BY-SA 3.0); how common words are from GoEmotions "
        "(Apache-2.0), EmailIntentDataSet (Apache-2.0), SMS Spam Collection (free for all purposes) and "
        "irc-disentanglement (CC BY 4.0): counts of hashed words. Made by \"rapport train\".";
    must(replace_file(options.into / "topics.json", topics::to_json(weights)));
}

}  // namespace rapport::cli
