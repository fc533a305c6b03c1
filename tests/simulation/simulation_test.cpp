#include "simulation/simulation.hpp"

#include <cstdlib>
#include <string>

#include "support/catch.hpp"

using namespace rapport::test;

namespace {

std::uint64_t number_from(const char* name, std::uint64_t otherwise) {
    const char* text = std::getenv(name);
    return text ? std::stoull(text) : otherwise;
}

/// One part of the seeds 1, 2, ... RAPPORT_SIM_SEEDS, so that the parts can run side by side.
void run_part(std::uint64_t part, std::uint64_t parts) {
    const std::uint64_t seeds = number_from("RAPPORT_SIM_SEEDS", 1000);
    for (std::uint64_t seed = 1 + part; seed <= seeds; seed += parts) {
        INFO("replay it with: RAPPORT_SIM_SEED=" << seed
                                                 << " build/release/tests/test_simulation \"one seed\"");
        REQUIRE_NOTHROW(simulate(seed));
    }
}

}  // namespace

TEST_CASE("no acked event lost, none counted twice, no alert sent twice or never, part 1 of 4") {
    run_part(0, 4);
}
TEST_CASE("no acked event lost, none counted twice, no alert sent twice or never, part 2 of 4") {
    run_part(1, 4);
}
TEST_CASE("no acked event lost, none counted twice, no alert sent twice or never, part 3 of 4") {
    run_part(2, 4);
}
TEST_CASE("no acked event lost, none counted twice, no alert sent twice or never, part 4 of 4") {
    run_part(3, 4);
}

TEST_CASE("one seed") {
    REQUIRE_NOTHROW(simulate(number_from("RAPPORT_SIM_SEED", 1)));
}
