#include "samples.hpp"

using namespace rapport;
using namespace rapport::test;

namespace {

void add(Store& store, State& state, std::vector<OutboxRow> rows) {
    state.added.outbox = std::move(rows);
    REQUIRE_OK(save(store, state));
}

std::vector<std::int64_t> ids_of(const std::vector<OutboxRow>& rows) {
    std::vector<std::int64_t> ids;
    for (const OutboxRow& row : rows) ids.push_back(std::int64_t(row.id));
    return ids;
}

}  // namespace

TEST_CASE("what is to be delivered comes back whole and in order") {
    FaultyDisk disk;
    const std::vector<OutboxRow> rows{
        outbox_row(1, 5, sample_card("a5", 1, true)), outbox_row(2, 0, sample_form()),
        outbox_row(
            3, 0,
            {"n1", {{"web", "site", "u1"}, {"slack", "T1", "U2"}}, false, Notice{"press", "Bea has it"}})};
    {
        const auto store = open_on(disk);
        State state = opened(*store);
        add(*store, state, rows);
    }
    const auto store = open_on(disk);
    const auto pending = store->outbox(10).value();
    REQUIRE(pending.size() == 3);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        CHECK(pending[i].id == rows[i].id);
        CHECK(pending[i].alert == rows[i].alert);
        CHECK(pending[i].tries == rows[i].tries);
        CHECK(pending[i].next_try == rows[i].next_try);
        CHECK(pending[i].last_error == rows[i].last_error);
        CHECK(bytes_of(pending[i].outgoing) == bytes_of(rows[i].outgoing));
    }
    CHECK(ids_of(store->outbox(2).value()) == std::vector<std::int64_t>{1, 2});
}

TEST_CASE("what was delivered is gone, what failed knows why") {
    FaultyDisk disk;
    const auto store = open_on(disk);
    State state = opened(*store);
    add(*store, state, {outbox_row(1, 0, sample_form()), outbox_row(2, 0, sample_form())});
    state.added.outbox_done = {OutboxId(1)};
    OutboxRow failed = outbox_row(2, 0, {});
    failed.tries = 7;
    failed.next_try = at(500);
    failed.last_error = "429";
    state.added.outbox_retry = {failed};
    REQUIRE_OK(save(*store, state));
    const auto pending = store->outbox(10).value();
    REQUIRE(ids_of(pending) == std::vector<std::int64_t>{2});
    CHECK(pending[0].tries == 7);
    CHECK(pending[0].next_try == at(500));
    CHECK(pending[0].last_error == "429");
    CHECK(bytes_of(pending[0].outgoing) == bytes_of(sample_form()));
}

TEST_CASE("a newer card replaces the undelivered older one of the same alert and stays as loud") {
    FaultyDisk disk;
    const auto store = open_on(disk);
    State state = opened(*store);
    add(*store, state, {outbox_row(1, 5, sample_card("a5", 1, true))});
    add(*store, state,
        {outbox_row(2, 5, sample_card("a5", 2, false)), outbox_row(3, 5, sample_card("a5", 3, false))});
    const auto pending = store->outbox(10).value();
    REQUIRE(ids_of(pending) == std::vector<std::int64_t>{3});
    CHECK(pending[0].outgoing.notify);
    CHECK(std::get<Card>(pending[0].outgoing.body).revision == 3);
    CHECK(pending[0].outgoing.id == "o3");
}

TEST_CASE("a card replaces nothing else") {
    FaultyDisk disk;
    const auto store = open_on(disk);
    State state = opened(*store);
    Outgoing to_another = sample_card("a5", 1, true);
    to_another.to = {{"slack", "T1", "U77"}};
    Outgoing to_the_team = sample_card("a5", 1, true);
    to_the_team.team = true;
    add(*store, state,
        {outbox_row(1, 5, to_another), outbox_row(2, 5, to_the_team),
         outbox_row(3, 6, sample_card("a6", 1, true)),
         outbox_row(4, 5, {"n", {{"slack", "T1", "U9"}}, true, Notice{"press", "yours"}}),
         outbox_row(5, 5, sample_card("a5", 9, true)), outbox_row(6, 0, sample_card("a5", 1, true))});
    add(*store, state, {outbox_row(7, 5, sample_card("a5", 2, false))});
    const auto pending = store->outbox(10).value();
    CHECK(ids_of(pending) == std::vector<std::int64_t>{1, 2, 3, 4, 5, 6, 7});
    CHECK_FALSE(pending.back().outgoing.notify);
}
