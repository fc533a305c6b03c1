#include <fmt/format.h>

#include <algorithm>
#include <random>

#include "bot/heads/chance.hpp"
#include "bot/heads/figures.hpp"
#include "bot/heads/train_parts.hpp"

namespace rapport::heads {

namespace {

/// The emotions that the data's authors call negative, and those that they call positive.
constexpr std::array<std::string_view, 11> negative{
    "anger", "annoyance", "disappointment", "disapproval", "disgust", "embarrassment",
    "fear",  "grief",     "nervousness",    "remorse",     "sadness"};
constexpr std::array<std::string_view, 12> positive{"admiration", "amusement",  "approval",  "caring",
                                                    "desire",     "excitement", "gratitude", "joy",
                                                    "love",       "optimism",   "pride",     "relief"};

/// No more honest messages than that may be taken for spam while learning.
constexpr double most_honest_lost = 0.002;

struct YesOrNo {
    std::vector<const Features*> examples{};
    std::vector<float> wanted{};
    std::vector<bool> truth{};
    std::vector<const Features*> surely_not{};  ///< To learn from in every fold, and not to be judged.

    void add(const Example& example, bool yes) {
        examples.push_back(&example.features);
        wanted.push_back(yes ? 1.0F : 0.0F);
        truth.push_back(yes);
    }
    /// Those of all folds but `held`.
    YesOrNo without(const std::vector<std::size_t>& fold, std::size_t held) const {
        YesOrNo rest;
        for (std::size_t i = 0; i < examples.size(); ++i) {
            if (fold[i] == held) continue;
            rest.examples.push_back(examples[i]);
            rest.wanted.push_back(wanted[i]);
        }
        rest.surely_not = surely_not;
        return rest;
    }
    Linear fitted(const LinearFit& fit, std::uint32_t seed) const {
        std::vector<const Features*> all = examples;
        all.insert(all.end(), surely_not.begin(), surely_not.end());
        std::vector<float> all_wanted = wanted;
        all_wanted.resize(all.size(), 0.0F);
        return fit_linear(all, all_wanted, fit, seed);
    }
};

/// The sums that heads of the other folds give.
std::vector<float> unseen_sums(const YesOrNo& all, const LinearFit& fit, std::uint32_t seed) {
    std::mt19937 random{seed};
    const auto fold = deal(all.examples.size(), fold_count, random);
    std::vector<float> sums(all.examples.size());
    for (std::size_t held = 0; held < fold_count; ++held) {
        const Linear head = all.without(fold, held).fitted(fit, seed);
        for (std::size_t i = 0; i < sums.size(); ++i)
            if (fold[i] == held) sums[i] = head(*all.examples[i]);
    }
    return sums;
}

void learn_one(Head which, std::string_view from, const YesOrNo& all, const LinearFit& fit, double most_lost,
               std::uint32_t seed, Learnt& into) {
    const auto sums = unseen_sums(all, fit, seed);
    const float least = best_least(sums, all.truth, most_lost);
    const Counts counts = counted_from(sums, all.truth, least);
    into.figures.push_back(
        {std::string{name_of(which)}, std::string{from},
         fmt::format("F1 {:.4f} (P {:.4f}, R {:.4f}), macro F1 {:.4f}, AUC {:.4f}, no taken for yes {:.2f} %",
                     counts.f1(), counts.precision(), counts.recall(), counts.macro_f1(),
                     area_under_curve(sums, all.truth), 100 * counts.lost())});
    put(into.weights, which, all.fitted(fit, seed));
    into.weights.least[static_cast<std::size_t>(which)] = least;
}

}  // namespace

void learn_yes_or_no(const Material& material, std::uint32_t seed, Learnt& into) {
    YesOrNo gratitude, complaint, pleased, spam;
    for (const Example& one : material.emotions) {
        const auto any_of = [&](const auto& group) {
            return std::any_of(group.begin(), group.end(), [&](auto label) { return one.said.is(label); });
        };
        gratitude.add(one, one.said.is("gratitude"));
        complaint.add(one, any_of(negative));
        pleased.add(one, any_of(positive));
    }
    for (const Example& one : material.messages) spam.add(one, one.said.yes);
    // Short messages of telephones are not all that people write: what honest links look like is learnt
    // elsewhere.
    constexpr std::size_t one_of = 4;  // more of them, and the telephone's spam is missed
    for (std::size_t i = 0; i < material.chat.size(); i += one_of)
        spam.surely_not.push_back(&material.chat[i].features);
    const LinearFit emotion_fit{}, spam_fit{.step = 0.5, .rounds = 10};
    learn_one(Head::gratitude, "goemotions", gratitude, emotion_fit, 1, seed, into);
    learn_one(Head::complaint, "goemotions", complaint, emotion_fit, 1, seed, into);
    learn_one(Head::pleased, "goemotions", pleased, emotion_fit, 1, seed, into);
    learn_one(Head::spam, "spam_sms", spam, spam_fit, most_honest_lost, seed, into);
}

}  // namespace rapport::heads
