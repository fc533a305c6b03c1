// Every sequence of up to so many moves, over the real engine: positions with the same essence have the same
// futures, so each is gone on from once.

#include <fmt/format.h>

#include <cstdlib>
#include <iostream>
#include <map>
#include <random>
#include <unordered_map>

#include "support/catch.hpp"
#include "unit/alerts/model.hpp"

using namespace rapport;
using namespace rapport::test;

namespace {

/// So many moves at most: the variable, or what runs in seconds. `./test --all` asks for more.
int depth_from(const char* variable, int otherwise) {
    const char* wanted = std::getenv(variable);
    return wanted ? std::atoi(wanted) : otherwise;
}

/// What follows from one essence: which essences, and by how many moves each.
using Followers = std::map<int, int>;

/// How many sequences of exactly `length` moves there are from `from` on.
std::vector<double> sequences(const std::vector<Followers>& graph, int length) {
    std::vector<double> counts(graph.size(), 1);
    std::vector<double> by_length;
    for (int i = 0; i < length; ++i) {
        std::vector<double> longer(graph.size(), 0);
        for (std::size_t at = 0; at < graph.size(); ++at)
            for (const auto& [to, moves_there] : graph[at])
                longer[at] += moves_there * counts[std::size_t(to)];
        counts = std::move(longer);
        by_length.push_back(counts[0]);
    }
    return by_length;
}

/// Makes every sequence of up to `depth` moves, of the core ones only or of all.
void check_all_sequences(int depth, bool core) {
    struct Reached {
        Position position;
        std::string path;
        int essence;
    };
    const Model model;
    std::vector<Reached> now, next;
    std::vector<Followers> graph(1);
    std::unordered_map<std::string, int> known;
    now.push_back({model.start(), "asks", 0});
    known.emplace(model.essence(now.front().position), 0);
    std::size_t steps = 0;
    for (int i = 0; i < depth; ++i) {
        next.clear();
        for (const Reached& from : now) {
            for (const Move& move : moves()) {
                if (core && !move.core) continue;
                Position to = from.position;
                const std::string path = from.path + ", " + std::string(move.name);
                try {
                    if (!model.make(move, to)) continue;
                } catch (const std::exception& error) {
                    FAIL(path << ": " << error.what());
                }
                ++steps;
                const std::string mistake = model.mistake(from.position, move, to);
                if (!mistake.empty()) FAIL(path << ": " << mistake);
                const auto [at, added] = known.try_emplace(model.essence(to), int(graph.size()));
                if (added) {
                    graph.emplace_back();
                    next.push_back({std::move(to), path, at->second});
                }
                ++graph[std::size_t(from.essence)][at->second];
            }
        }
        std::swap(now, next);
        std::cout << fmt::format("model: {} moves: {} new positions, {} steps in all\n", i + 1, now.size(),
                                 steps)
                  << std::flush;
    }
    const double all = sequences(graph, depth).back();
    std::cout << fmt::format("model: {} moves: {} positions stand for {:.3g} sequences\n", depth,
                             known.size(), all);
    CHECK(known.size() > 100);
    CHECK(all > double(known.size()));
}

}  // namespace

TEST_CASE("model: no sequence of moves loses an alert, alerts twice, or leaves one without a next step") {
    check_all_sequences(depth_from("RAPPORT_MODEL_DEPTH", 4), false);
}

TEST_CASE("model: the same for longer sequences of the moves that most of a life is made of") {
    check_all_sequences(depth_from("RAPPORT_MODEL_CORE_DEPTH", 6), true);
}

TEST_CASE("model: long random lives hold the same promises") {
    const Model model;
    for (unsigned seed = 1; seed <= 300; ++seed) {
        std::mt19937 random(seed);
        Position position = model.start();
        std::string path = fmt::format("seed {}: asks", seed);
        for (int i = 0; i < 60; ++i) {
            const Move& move = moves()[random() % moves().size()];
            Position to = position;
            if (!model.make(move, to)) continue;
            path += ", " + std::string(move.name);
            const std::string mistake = model.mistake(position, move, to);
            if (!mistake.empty()) FAIL(path << ": " << mistake);
            position = std::move(to);
        }
    }
}
