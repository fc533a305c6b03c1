#include <algorithm>

#include "bot/network/parts.hpp"

namespace rapport::network {

namespace {

/// Calls `take` with each node that is in both, which are rising.
template <class Take>
void in_both(std::span<const Node> a, std::span<const Node> b, Take take) {
    for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
        if (a[i] == b[j]) take(a[i]);
        const Node low = std::min(a[i], b[j]);
        i += a[i] == low ? 1 : 0;
        j += j < b.size() && b[j] == low ? 1 : 0;
    }
}

}  // namespace

std::vector<Circle> circles(const Neighbours& around, std::size_t nodes) {
    std::vector<Circle> all(nodes);
    for (Node node = 0; node < nodes; ++node) {
        const auto mine = around.of(node);
        if (mine.empty()) continue;
        const double part = 1.0 / double(mine.size());
        std::size_t closed = 0;
        double constraint = 0;
        for (const Node other : mine) {
            double effort = part;  // mine in the other, and in those who know them as well
            in_both(mine, around.of(other), [&](Node common) {
                ++closed;
                effort += part / double(around.of(common).size());
            });
            constraint += effort * effort;
        }
        all[node].constraint = constraint;
        const double pairs = double(mine.size()) * double(mine.size() - 1);
        if (pairs > 0) all[node].clustering = double(closed) / pairs;
    }
    return all;
}

std::vector<std::uint32_t> cores(const Neighbours& around, std::size_t nodes) {
    std::vector<std::uint32_t> left(nodes);
    std::uint32_t most = 0;
    for (Node node = 0; node < nodes; ++node) {
        left[node] = std::uint32_t(around.of(node).size());
        most = std::max(most, left[node]);
    }
    // Nodes in order of what they have left; where each stands, and where each number begins.
    std::vector<std::size_t> begins(most + 2, 0), place(nodes);
    for (const std::uint32_t one : left) ++begins[one + 1];
    for (std::uint32_t i = 0; i <= most; ++i) begins[i + 1] += begins[i];
    std::vector<Node> order(nodes);
    std::vector<std::size_t> next = begins;
    for (Node node = 0; node < nodes; ++node) {
        place[node] = next[left[node]]++;
        order[place[node]] = node;
    }
    for (std::size_t i = 0; i < nodes; ++i) {
        const Node node = order[i];
        for (const Node other : around.of(node)) {
            if (left[other] <= left[node]) continue;
            // To the front of those who have as many left, and over the border.
            const std::size_t front = std::max(begins[left[other]], i + 1);
            const Node first = order[front];
            std::swap(order[place[other]], order[front]);
            std::swap(place[other], place[first]);
            begins[left[other]] = front + 1;
            --left[other];
        }
    }
    return left;
}

}  // namespace rapport::network
