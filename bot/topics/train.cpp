#include "bot/topics/train.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <optional>
#include <set>

#include "bot/topics/chance.hpp"
#include "bot/topics/key_phrases.hpp"

namespace rapport::topics {

namespace {

/// The stems of one text that are no small words.
std::set<std::uint64_t> stems_in(std::string_view text) {
    std::set<std::uint64_t> stems;
    for (const Term& term : terms_of(text).all)
        if (!term.small) stems.insert(term.stem);
    return stems;
}

std::uint8_t level_of(double value) {
    return std::uint8_t(std::lround(std::clamp(value, 0.0, 1.0) * most_level));
}

void count_ordinary(std::span<const std::string> texts, Weights& into) {
    constexpr std::size_t least_texts = 8;
    constexpr double halvings = 12;
    std::map<std::uint64_t, std::size_t> counts;
    for (const std::string& text : texts)
        for (const std::uint64_t stem : stems_in(text)) ++counts[stem];
    for (const auto& [stem, count] : counts) {
        if (count < least_texts) continue;
        const double rate = double(count) / double(texts.size());
        into.words[short_hash(stem)].common =
            std::max<std::uint8_t>(1, level_of(1 + std::log2(rate) / halvings));
    }
}

void measure_telling(std::span<const Example> titles, Weights& into) {
    constexpr double least_titles = 3, drawn = 6;
    std::map<std::string_view, std::size_t> topics;
    for (const Example& title : titles) topics.emplace(title.topic, topics.size());
    std::map<std::uint64_t, std::vector<double>> counts;
    for (const Example& title : titles)
        for (const std::uint64_t stem : stems_in(title.text)) {
            auto& of = counts[stem];
            of.resize(topics.size());
            ++of[topics.at(title.topic)];
        }
    const double all = double(topics.size());
    for (const auto& [stem, of] : counts) {
        const double sum = std::accumulate(of.begin(), of.end(), 0.0);
        if (sum < least_titles) continue;
        double divergence = 0;
        for (const double count : of) {
            const double share = (count + drawn / all) / (sum + drawn);
            divergence += share * std::log(share * all);
        }
        Known& known = into.words[short_hash(stem)];
        known.telling = level_of(all > 1 ? divergence / std::log(all) : 0);
        known.told = true;
    }
}

/// Neighbours that are seldom seen apart.
std::vector<std::string> find_pairs(std::span<const Example> titles) {
    struct Seen {
        double count = 0;
        std::string text{};
    };
    std::map<std::uint64_t, double> words;
    std::map<std::pair<std::uint64_t, std::uint64_t>, Seen> pairs;
    for (const Example& title : titles) {
        const Terms terms = terms_of(title.text);
        for (std::size_t i = 0; i < terms.all.size(); ++i) {
            const Term& term = terms.all[i];
            ++words[term.stem];
            if (i == 0 || !terms.all[i - 1].fits || !term.fits) continue;
            Seen& seen = pairs[{terms.all[i - 1].stem, term.stem}];
            if (++seen.count == 1)
                seen.text =
                    std::string{terms.folded_of(terms.all[i - 1])} + " " + std::string{terms.folded_of(term)};
        }
    }
    constexpr double often = 12, together = 0.2;
    std::set<std::string> found;
    for (const auto& [stems, seen] : pairs)
        if (seen.count >= often &&
            seen.count * seen.count >= together * words.at(stems.first) * words.at(stems.second))
            found.insert(seen.text);
    return {found.begin(), found.end()};
}

Weights count_words(std::span<const Example> titles, std::span<const std::string> ordinary) {
    Weights weights;
    count_ordinary(ordinary, weights);
    measure_telling(titles, weights);
    weights.pairs = find_pairs(titles);
    return weights;
}

/// The candidates of one title, and which of them is the topic.
struct Choice {
    std::vector<Traits> candidates{};
    std::size_t right = 0;
};

void add_choices(std::span<const Example> titles, const Weights& weights, const Usage* usage,
                 std::vector<Choice>& to) {
    const KeyPhrases phrases{weights};
    for (const Example& title : titles) {
        const std::uint64_t key = key_of(title.topic);
        Choice choice;
        std::optional<std::size_t> right;
        for (const Candidate& one : phrases.candidates(title.text, usage)) {
            if (one.key == key) right = choice.candidates.size();
            choice.candidates.push_back(one.traits);
        }
        if (!right || choice.candidates.size() < 2) continue;
        choice.right = *right;
        to.push_back(std::move(choice));
    }
}

/// Some words are as good as never seen.
void forget_some(Choice& choice, std::mt19937& random) {
    constexpr double forgotten = 0.3;
    for (Traits& traits : choice.candidates) {
        if (fraction(random) >= forgotten) continue;
        traits[std::size_t(Trait::telling)] = 0;
        traits[std::size_t(Trait::untold)] = 1;
    }
}

void step(const Choice& choice, double size, Traits& weights) {
    constexpr double decay = 1e-4;
    std::vector<double> shares;
    double total = 0;
    for (const Traits& traits : choice.candidates) {
        shares.push_back(std::exp(std::inner_product(traits.begin(), traits.end(), weights.begin(), 0.0)));
        total += shares.back();
    }
    for (std::size_t i = 0; i < shares.size(); ++i) {
        const double wrong = shares[i] / total - (i == choice.right ? 1 : 0);
        for (std::size_t k = 0; k < trait_count; ++k) weights[k] -= size * wrong * choice.candidates[i][k];
    }
    for (double& weight : weights) weight -= size * decay * weight;
}

Traits weigh(std::vector<Choice> choices, std::uint32_t seed) {
    constexpr int rounds = 12;
    constexpr double first_step = 0.1;
    std::mt19937 random{seed};
    Traits weights{};
    for (int round = 0; round < rounds; ++round) {
        shuffle(choices, random);
        for (const Choice& choice : choices) {
            Choice seen = choice;
            forget_some(seen, random);
            step(seen, first_step / (1 + round), weights);
        }
    }
    return weights;
}

}  // namespace

Weights train(std::span<const Example> titles, std::span<const std::string> ordinary, std::uint32_t seed) {
    std::vector<Example> dealt{titles.begin(), titles.end()};
    std::mt19937 random{seed};
    shuffle(dealt, random);
    const std::span<const Example> all{dealt};
    const std::array halves{all.subspan(0, all.size() / 2), all.subspan(all.size() / 2)};
    std::vector<Choice> alone, among;
    for (std::size_t i = 0; i < halves.size(); ++i) {
        const Weights other = count_words(halves[1 - i], ordinary);
        Usage usage;
        for (const Example& title : halves[i]) usage.add(title.text);
        add_choices(halves[i], other, nullptr, alone);
        add_choices(halves[i], other, &usage, among);
    }
    Weights weights = count_words(titles, ordinary);
    weights.alone = weigh(std::move(alone), seed);
    weights.among = weigh(std::move(among), seed);
    return weights;
}

}  // namespace rapport::topics
