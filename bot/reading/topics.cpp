#include "bot/reading/topics.hpp"

#include <algorithm>

namespace rapport::reading {

std::vector<std::string> Topics::best(std::string_view text) const {
    constexpr std::size_t most = 5;
    std::vector<std::string> topics;
    if (size_ == 0) return topics;
    std::array<bool, most_candidates> taken{};
    const std::size_t wanted = std::min(most, size_);
    topics.reserve(wanted);
    while (topics.size() < wanted) {
        std::size_t heaviest = most_candidates;
        for (std::size_t i = 0; i < size_; ++i) {
            if (taken[i]) continue;
            if (heaviest == most_candidates || candidates_[i].weight > candidates_[heaviest].weight)
                heaviest = i;
        }
        taken[heaviest] = true;
        const Candidate& candidate = candidates_[heaviest];
        topics.push_back(lower_case(text.substr(candidate.begin, candidate.end - candidate.begin)));
    }
    return topics;
}

}  // namespace rapport::reading
