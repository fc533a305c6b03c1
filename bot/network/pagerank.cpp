#include <cmath>

#include "bot/network/parts.hpp"

namespace rapport::network {

std::vector<double> pageranks(const Graph& graph) {
    constexpr double damping = 0.85, small_enough = 1e-13;
    constexpr int most_rounds = 1'000;
    const std::size_t size = graph.size();
    const auto share = size == 0 ? 0.0 : 1.0 / double(size);
    std::vector<double> given(size, 0), now(size, share), next(size);
    for (Node node = 0; node < size; ++node)
        for (const double weight : graph.along().weights(node)) given[node] += weight;
    for (int round = 0; round < most_rounds; ++round) {
        double loose = 0;
        for (Node node = 0; node < size; ++node)
            if (given[node] <= 0) loose += now[node];
        next.assign(size, (1 - damping) * share + damping * loose * share);
        for (Node node = 0; node < size; ++node) {
            if (given[node] <= 0) continue;
            const double part = damping * now[node] / given[node];
            const auto to = graph.along().of(node);
            const auto weights = graph.along().weights(node);
            for (std::size_t i = 0; i < to.size(); ++i) next[to[i]] += part * weights[i];
        }
        double change = 0;
        for (Node node = 0; node < size; ++node) change += std::abs(next[node] - now[node]);
        now.swap(next);
        if (change < small_enough) break;
    }
    return now;
}

}  // namespace rapport::network
