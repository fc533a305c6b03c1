// Every sequence of up to so many moves, over the real engine: positions with the same essence have the same
// futures, so each is gone on from once.

#include <fmt/format.h>

#include <cstdlib>
#include <iostream>
#include <random>

#include "support/catch.hpp"
#include "support/model/model.hpp"
#include "support/model/search.hpp"

using namespace rapport;
using namespace rapport::test;

namespace {

/// So many moves at most: the variable, or what runs in seconds. `./test --all` asks for more.
int depth_from(const char* variable, int otherwise) {
    const char* wanted = std::getenv(variable);
    return wanted ? std::atoi(wanted) : otherwise;
}

/// Makes every sequence of up to `depth` of these moves.
void check_all_sequences(int depth, Search::Of of) {
    Search search{of};
    search.run(depth);
    CHECK(search.mistake == "");
    std::cout << fmt::format("model: {} moves: {} positions stand for {:.3g} sequences\n", depth,
                             search.positions, search.sequences);
    CHECK(search.positions > 100);
    CHECK(search.sequences > double(search.positions));
}

}  // namespace

TEST_CASE("model: no sequence of moves loses an alert, alerts twice, or leaves one without a next step") {
    check_all_sequences(depth_from("RAPPORT_MODEL_DEPTH", 4), Search::Of::all);
}

TEST_CASE("model: the same for longer sequences of the moves that most of a life is made of") {
    check_all_sequences(depth_from("RAPPORT_MODEL_CORE_DEPTH", 6), Search::Of::core);
}

TEST_CASE("model: the same for longer sequences about one person") {
    check_all_sequences(depth_from("RAPPORT_MODEL_ONE_DEPTH", 4), Search::Of::one_person);
}

TEST_CASE("model: the same for longer sequences of two who wait in one conversation") {
    check_all_sequences(depth_from("RAPPORT_MODEL_TWO_DEPTH", 4), Search::Of::core_of_two);
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
