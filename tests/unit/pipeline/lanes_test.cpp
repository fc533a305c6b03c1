#include "bot/pipeline/lanes.hpp"

#include "support/catch.hpp"

using namespace rapport;
using namespace std::chrono_literals;

namespace {

const Time noon{std::chrono::sys_days{std::chrono::year{2026} / 3 / 2} + 12h};
const std::size_t both[] = {0, 1};

OutboxRow card(std::int64_t id, std::int64_t alert) {
    OutboxRow row;
    row.id = OutboxId(id);
    row.alert = AlertId(alert);
    row.outgoing.id = "card" + std::to_string(id);
    return row;
}

Lanes two_desks() {
    Lanes lanes;
    lanes.add_lane();
    lanes.add_lane();
    return lanes;
}

std::int64_t taken(Lanes& lanes, std::size_t lane, Time now = noon) {
    const auto row = lanes.take(lane, now);
    return row ? std::int64_t(row->id) : 0;
}

}  // namespace

TEST_CASE("a row is done with when the last of its desks has it, and which is last does not matter") {
    Lanes lanes = two_desks();
    CHECK(lanes.add(card(1, 10), both).empty());
    CHECK(taken(lanes, 0) == 1);
    CHECK(taken(lanes, 1) == 1);
    CHECK_FALSE(lanes.arrived(1, OutboxId{1}));
    CHECK(lanes.size() == 1);
    CHECK(lanes.arrived(0, OutboxId{1})->id == OutboxId{1});
    CHECK(lanes.size() == 0);
}

TEST_CASE("a desk that failed is tried again alone") {
    Lanes lanes = two_desks();
    lanes.add(card(1, 10), both);
    taken(lanes, 0);
    taken(lanes, 1);
    CHECK_FALSE(lanes.arrived(0, OutboxId{1}));
    const DeliveryFailed failed = lanes.failed(1, OutboxId{1}, "no line", 0ms, noon, 1.0);
    CHECK(failed.tries == 1);
    CHECK(lanes.next_try() == failed.next_try);
    CHECK(taken(lanes, 0, failed.next_try) == 0);
    CHECK(taken(lanes, 1, failed.next_try) == 1);
    CHECK(lanes.arrived(1, OutboxId{1}));
}

TEST_CASE("a desk that hangs keeps neither the next revision nor the end of its own row from the other") {
    Lanes lanes = two_desks();
    lanes.add(card(1, 10), both);
    taken(lanes, 0);  // and does not answer
    taken(lanes, 1);
    lanes.arrived(1, OutboxId{1});
    CHECK(lanes.add(card(2, 10), both).empty());
    CHECK(taken(lanes, 0) == 0);  // one at a time, in order
    CHECK(taken(lanes, 1) == 2);
    lanes.arrived(1, OutboxId{2});
    // The third takes the place of the second where that has not begun: so the second is done with.
    const std::vector<Delivered> done = lanes.add(card(3, 10), both);
    REQUIRE(done.size() == 1);
    CHECK(done[0].id == OutboxId{2});
    CHECK(lanes.arrived(0, OutboxId{1})->id == OutboxId{1});
    CHECK(taken(lanes, 0) == 3);
}

TEST_CASE("at most sixteen are under way on each lane") {
    Lanes lanes = two_desks();
    for (int i = 1; i <= 20; ++i) lanes.add(card(i, i), both);
    for (int i = 1; i <= 16; ++i) CHECK(taken(lanes, 0) == i);
    CHECK(taken(lanes, 0) == 0);
    CHECK(taken(lanes, 1) == 1);
    CHECK(lanes.next_try() != never);  // the other lane has room
    for (int i = 2; i <= 16; ++i) taken(lanes, 1);
    CHECK(lanes.next_try() == never);
    lanes.arrived(0, OutboxId{3});
    CHECK(taken(lanes, 0) == 17);
}

TEST_CASE(
    "what is known is not added twice, what no desk wants is done with, what was cancelled comes back") {
    Lanes lanes = two_desks();
    CHECK(lanes.add(card(1, 10), {})[0].id == OutboxId{1});
    lanes.add(card(2, 10), both);
    CHECK(lanes.add(card(2, 10), both).empty());
    CHECK(lanes.size() == 1);
    CHECK(taken(lanes, 0) == 2);
    CHECK(taken(lanes, 0) == 0);
    lanes.put_back(0, OutboxId{2});
    CHECK(taken(lanes, 0) == 2);
}
