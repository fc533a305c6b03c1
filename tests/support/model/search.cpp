#include "support/model/search.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <iostream>
#include <stdexcept>
#include <thread>

namespace rapport::test {

class Search::Trail {
public:
    explicit Trail(const Model& model) : model_(model), positions_{model.start()} {}

    const Position& at(const Path& path) {
        int common = 0;
        while (common < std::min(path_.length, path.length) && path.moves[common] == path_.moves[common])
            ++common;
        positions_.resize(std::size_t(common) + 1);
        for (int i = common; i < path.length; ++i) {
            Position next = positions_.back();
            if (!model_.make(moves()[path.moves[i]], next))
                throw std::logic_error("the same moves do not lead to the same position");
            next.state.added = {};  // has been looked at
            positions_.push_back(std::move(next));
        }
        path_ = path;
        return positions_.back();
    }

private:
    const Model& model_;
    std::vector<Position> positions_;
    Path path_{};
};

bool Search::makes(const Move& move) const {
    switch (of_) {
        case Of::all:
            return true;
        case Of::core:
            return move.core;
        case Of::one_person:
            return !move.other;
        case Of::core_of_two:
            return move.core || move.other;
    }
    return true;
}

Search::Search(Of of) : of_(of) {
    known_.emplace(std::hash<std::string>{}(model_.essence(model_.start())), 0);
    graph_.emplace_back();
}

std::string Search::words(const Path& path) const {
    std::string words = "asks";
    for (int i = 0; i < path.length; ++i) words += ", " + std::string(moves()[path.moves[i]].name);
    return words;
}

std::vector<Search::Step> Search::look(const Path& path, const Position& position,
                                       std::string& wrong_here) const {
    std::vector<Step> made;
    for (std::size_t i = 0; i < moves().size(); ++i) {
        const Move& move = moves()[i];
        if (!makes(move)) continue;
        Position to = position;
        std::string wrong;
        try {
            if (!model_.make(move, to)) continue;
            wrong = model_.mistake(position, move, to);
        } catch (const std::exception& error) {
            wrong = error.what();
        }
        if (!wrong.empty()) {
            wrong_here = fmt::format("{}, {}: {}", words(path), move.name, wrong);
            return made;
        }
        made.push_back({std::uint8_t(i), std::hash<std::string>{}(model_.essence(to))});
    }
    return made;
}

Search::Found Search::look(const std::vector<Path>& layer, std::size_t from, std::size_t to) const {
    Found found;
    Trail trail{model_};
    for (std::size_t i = from; i < to && found.mistake.empty(); ++i)
        found.steps.push_back(look(layer[i], trail.at(layer[i]), found.mistake));
    return found;
}

void Search::take(const Path& from, const std::vector<Step>& steps_from, bool last, std::vector<Path>& next) {
    steps += steps_from.size();
    if (last) {
        ends_.push_back(std::uint8_t(steps_from.size()));
        return;
    }
    std::vector<std::uint32_t> leads_to;
    leads_to.reserve(steps_from.size());
    for (const Step& step : steps_from) {
        const auto [at, added] = known_.try_emplace(step.essence, std::uint32_t(known_.size()));
        leads_to.push_back(at->second);
        if (!added) continue;
        Path path = from;
        path.moves[path.length++] = step.move;
        next.push_back(path);
    }
    // Positions are gone on from in the order in which they were found.
    graph_.push_back(std::move(leads_to));
}

double Search::count(int depth) const {
    std::vector<double> counts(known_.size(), 1);
    for (int left = 1; left <= depth; ++left) {
        std::vector<double> longer(known_.size(), 0);
        for (std::size_t i = 0; i < graph_.size(); ++i)
            for (const std::uint32_t to : graph_[i]) longer[i] += counts[to];
        // Whoever stands in the last layer has one move left, and no more.
        if (left == 1)
            for (std::size_t i = 0; i < ends_.size(); ++i) longer[graph_.size() + i] = ends_[i];
        counts = std::move(longer);
    }
    return counts[0];
}

void Search::run(int depth) {
    if (depth < 1 || depth > most) throw std::invalid_argument("a search has one to eight moves");
    constexpr std::size_t share = 512;  // of one processor at a time
    const std::size_t processors = std::clamp(std::thread::hardware_concurrency(), 1U, 16U);
    std::vector<Path> layer{Path{}};
    graph_.clear();
    for (int made = 1; made <= depth; ++made) {
        std::vector<Path> next;
        for (std::size_t at = 0; at < layer.size(); at += share * processors) {
            std::vector<Found> found(processors);
            std::vector<std::thread> threads;
            for (std::size_t i = 0; i < processors; ++i) {
                const std::size_t from = std::min(layer.size(), at + i * share);
                const std::size_t to = std::min(layer.size(), from + share);
                threads.emplace_back([&, i, from, to] { found[i] = look(layer, from, to); });
            }
            for (std::thread& thread : threads) thread.join();
            std::size_t taken = at;
            for (Found& part : found) {
                if (mistake = std::move(part.mistake); !mistake.empty()) return;
                for (const std::vector<Step>& one : part.steps)
                    take(layer[taken++], one, made == depth, next);
            }
        }
        positions += layer.size();
        layer = std::move(next);
        std::cout << fmt::format("model: {} moves: {} positions gone on from, {} steps\n", made, positions,
                                 steps)
                  << std::flush;
    }
    sequences = count(depth);
}

}  // namespace rapport::test
