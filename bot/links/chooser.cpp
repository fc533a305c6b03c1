#include "bot/links/chooser.hpp"

#include <algorithm>
#include <cmath>

namespace rapport::links {

Chooser::Choice Chooser::choose(const Channel& channel, const Said& said) {
    finder_.find(channel, said, cues_);
    scores_.assign(cues_.candidates.size() + 1, 0);
    for (std::size_t i = 0; i < model_.parts.size(); ++i)
        scorer_.add_scores(model_.parts[i], i, model_.vocabulary, channel, said, cues_, scores_);
    const auto best = std::max_element(scores_.begin(), scores_.end());
    double all = 0;
    for (const float score : scores_) all += std::exp(double(score - *best) / double(model_.parts.size()));
    if (best == scores_.begin()) return {std::nullopt, 1 / all};
    return {cues_.candidates[std::size_t(best - scores_.begin()) - 1].number, 1 / all};
}

}  // namespace rapport::links
