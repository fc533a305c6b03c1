#pragma once

// Every sequence of moves of the model, each position gone on from once.

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "support/model/model.hpp"

namespace rapport::test {

/// Breadth first. A position is kept as the path that led there and is made anew to be gone on from, so that
/// millions of them fit; two with the same essence are one. Essences are told apart by 64 bits of hash: that
/// any two of three million share one has a chance of one in four millions.
class Search {
public:
    /// Which moves are made.
    enum class Of : std::uint8_t {
        all,
        core,        ///< Those that most of a life is made of.
        one_person,  ///< All but those of somebody else, and what is urgent.
        core_of_two  ///< The core with those.
    };
    explicit Search(Of of);

    /// Makes every sequence of up to `depth` moves (1 to 8), on all processors. Stops at the first mistake.
    void run(int depth);

    /// The sequence and what went wrong; empty if nothing did.
    std::string mistake{};
    std::size_t steps = 0;      ///< Moves that were made and looked at.
    std::size_t positions = 0;  ///< Different ones that were gone on from.
    double sequences = 0;       ///< Of exactly `depth` moves, that these stand for.

private:
    static constexpr int most = 8;
    /// Numbers of moves, from the start on.
    struct Path {
        std::uint8_t moves[most]{};
        std::uint8_t length = 0;
    };
    /// A move that could be made, and the hash of what it led to.
    struct Step {
        std::uint8_t move;
        std::uint64_t essence;
    };
    /// What one processor found out about its part of a layer.
    struct Found {
        std::vector<std::vector<Step>> steps{};
        std::string mistake{};
    };
    /// The positions of a path, so that the next path, which mostly begins in the same way, need not be made
    /// from the start.
    class Trail;

    Found look(const std::vector<Path>& layer, std::size_t from, std::size_t to) const;
    std::vector<Step> look(const Path& path, const Position& position, std::string& wrong_here) const;
    void take(const Path& from, const std::vector<Step>& steps, bool last, std::vector<Path>& next);
    double count(int depth) const;
    std::string words(const Path& path) const;

    Model model_{};
    bool makes(const Move& move) const;
    Of of_;
    std::unordered_map<std::uint64_t, std::uint32_t> known_{};
    /// By position, in the order of their finding: where each move leads.
    std::vector<std::vector<std::uint32_t>> graph_{};
    std::vector<std::uint8_t> ends_{};  ///< Of the last layer, which has no graph: how many moves.
};

}  // namespace rapport::test
