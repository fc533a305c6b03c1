// `rapport train --only reading`.

#include <fmt/format.h>

#include <ostream>

#include "bot/cli/files.hpp"
#include "bot/cli/text.hpp"
#include "bot/cli/trainings.hpp"
#include "bot/heads/train.hpp"
#include "bot/store_office.hpp"

namespace rapport::cli {

void train_reading(std::ostream& out, const TrainCommand& options) {
    heads::Extractor extractor;
    std::size_t count = 0;
    const auto examples = [&](std::string_view path, bool needs_label = true) {
        const std::filesystem::path from = options.data / path;
        std::ifstream file = opened(from);
        auto found =
            heads::with_features(must(heads::read_labelled(file, from.string(), needs_label)), extractor);
        if (found.empty()) throw Stop(Exit::failed, fmt::format("{} has no messages.", from.string()));
        count += found.size();
        return found;
    };
    heads::Material material;
    material.emotions = examples("goemotions/train.jsonl");
    material.messages = examples("spam_sms/sms.jsonl");
    for (const char* channel : {"rust", "mediawiki", "stripe", "ubuntu-meeting"})
        for (heads::Example& one : examples(fmt::format("irc_reply/{}.jsonl", channel), false))
            material.chat.push_back(std::move(one));
    material.tweets = examples("sentiment_vader/tweets.jsonl");
    material.reviews = examples("sentiment_vader/amazon.jsonl");
    material.technical = examples("sentiment_se/train.jsonl");
    material.support = examples("needs_reply/stripe.jsonl");
    out << fmt::format("reading: {}\n  On messages that the weights have not seen (five folds):\n",
                       counted(count, "message"));
    heads::Learnt learnt = heads::learn(material, options.seed);
    std::vector<std::vector<std::string>> rows{{"  TASK", "SPLIT", "FIGURES"}};
    for (const heads::Figure& one : learnt.figures) rows.push_back({"  " + one.task, one.split, one.figures});
    out << table(rows);
    learnt.weights.provenance =
        "Labelled messages: GoEmotions (Apache-2.0), SMS Spam Collection (free for all purposes), "
        "vaderSentiment's tweets and reviews (MIT), Senti4SD (MIT; text of Stack Overflow, CC BY-SA), "
        "irc-disentanglement (CC BY 4.0) with needs-reply labels made for this project. "
        "Made by \"rapport train\".";
    must(replace_file(options.into / "reading.json", heads::to_json(learnt.weights)));
}

}  // namespace rapport::cli
