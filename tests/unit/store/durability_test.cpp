// Nothing that `save` confirmed is lost, nothing is kept by halves: a scripted run is stopped at every single
// operation of the disk, with every way of losing what was not synced.

#include "samples.hpp"

using namespace rapport;
using namespace rapport::test;

namespace {

constexpr std::int64_t batches = 6;

/// What the run changes in batch `n`: new rows, changed rows, sums, the outbox, timers.
void change(State& state, std::int64_t n) {
    if (n == 1) {
        state.accounts.add(sample_account(1));
        state.channels.add(sample_channel(1));
    }
    state.accounts.edit(AccountId(1)).messages = std::uint32_t(n);
    state.channels.edit(ChannelId(1)).name = "batch " + std::to_string(n);
    for (std::int64_t i = 0; i < 5; ++i) {
        MessageRow message = sample_message(n * 10 + i);
        message.text = std::string(1500, char('a' + n));  // some pages a batch
        state.messages.add(message);
    }
    AlertRow alert = sample_alert(n);
    alert.messages = std::uint32_t(n);
    state.alerts.add(alert);
    state.set_timer(AlertId(n), at(n));
    if (n > 1) state.set_timer(AlertId(n - 1), never);
    state.added.ties = {{AccountId(1), AccountId(2), 1, 1, at(n)}};
    state.added.outbox = {outbox_row(n, n, sample_card("a" + std::to_string(n), 1, true))};
    if (n > 1) state.added.outbox_done = {OutboxId(n - 1)};
    state.next.message = n * 10 + 5;
    state.now = at(n);
}

void load_all(Store& store, State& state) {
    Wanted wanted;
    wanted.accounts = {AccountId(1)};
    wanted.channels = {ChannelId(1)};
    REQUIRE_OK(store.load(wanted, state));
}

/// Which batch the store is at, having checked that it holds just that: all of it, and nothing of a later
/// one.
std::int64_t batch_of(Store& store) {
    State state = opened(store);
    const std::int64_t n = state.now == never ? 0 : (state.now - at(0)) / std::chrono::seconds{1};
    load_all(store, state);
    const StoreCounts counts = store.counts().value();
    REQUIRE(counts.messages == std::uint64_t(n) * 5);
    REQUIRE(counts.alerts == std::uint64_t(n));
    REQUIRE(counts.outbox == (n > 0 ? 1u : 0u));
    REQUIRE(state.timers.size() == (n > 0 ? 1u : 0u));
    if (n == 0) return n;
    REQUIRE(state.next.message == n * 10 + 5);
    REQUIRE(state.timer_of(AlertId(n)) == at(n));
    REQUIRE(state.accounts.at(AccountId(1)).messages == std::uint32_t(n));
    REQUIRE(state.channels.at(ChannelId(1)).name == "batch " + std::to_string(n));
    REQUIRE(store.outbox(9).value().at(0).id == OutboxId(n));
    std::int64_t last = 0;
    REQUIRE_OK(store.each_message(never, [&](const MessageRow& row, const AccountRow&, const ChannelRow&) {
        last = std::int64_t(row.id);
        return row.text == std::string(1500, char('a' + last / 10));
    }));
    REQUIRE(last == n * 10 + 4);
    return n;
}

/// Runs until the disk refuses; says how many batches were confirmed.
std::int64_t run(FaultyDisk& disk) {
    const auto store = try_open_on(disk);
    if (!store) return 0;
    State state;
    if (!(*store)->open(state)) return 0;
    for (std::int64_t n = 1; n <= batches; ++n) {
        change(state, n);
        if (!save(**store, state)) return n - 1;
    }
    return batches;
}

}  // namespace

TEST_CASE("a crash at any operation loses nothing that was saved and keeps nothing by halves") {
    const CrashKind kind = GENERATE(CrashKind::lose_all, CrashKind::keep_prefix, CrashKind::keep_any);
    std::uint64_t stop = 0;
    bool went_through = false;
    std::int64_t in_the_middle = 0;
    for (; !went_through; ++stop) {
        FaultyDisk disk{stop * 3 + std::uint64_t(kind)};
        disk.plan(DiskFault::dead, stop);
        const std::int64_t confirmed = run(disk);
        went_through = !disk.faulted();
        disk.crash(kind);
        CAPTURE(stop, int(kind), confirmed);
        const auto store = open_on(disk);
        const std::int64_t found = batch_of(*store);
        REQUIRE(found >= confirmed);
        REQUIRE(found <= confirmed + 1);  // the one that was being saved may be there, whole
        in_the_middle += confirmed > 0 && confirmed < batches;
    }
    CHECK(stop > 50);
    CHECK(in_the_middle > 20);
}

TEST_CASE("crashes one after the other, each while the last one is being recovered from") {
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        FaultyDisk disk{seed};
        std::int64_t confirmed = 0;
        for (int round = 0; round < 8; ++round) {
            disk.plan(DiskFault::dead, seed * 7 % 23 + std::uint64_t(round) * 3);
            if (const auto store = try_open_on(disk)) {
                State state;
                Wanted wanted;
                wanted.accounts = {AccountId(1)};
                wanted.channels = {ChannelId(1)};
                if ((*store)->open(state) && (*store)->load(wanted, state)) {
                    std::int64_t n = state.now == never ? 0 : (state.now - at(0)) / std::chrono::seconds{1};
                    REQUIRE(n >= confirmed);
                    confirmed = n;
                    for (change(state, ++n); save(**store, state); change(state, ++n)) confirmed = n;
                }
            }
            disk.crash();
        }
        CAPTURE(seed);
        const std::int64_t found = batch_of(*open_on(disk));
        REQUIRE(found >= confirmed);
        REQUIRE(found <= confirmed + 1);
    }
}

TEST_CASE("after a failed save the old data stand and the same store goes on") {
    const DiskFault fault = GENERATE(DiskFault::io_error, DiskFault::full);
    for (std::uint64_t which = 0; which < 30; ++which) {
        FaultyDisk disk{which};
        const auto store = open_on(disk);
        State state = opened(*store);
        change(state, 1);
        REQUIRE_OK(save(*store, state));
        change(state, 2);
        disk.plan(fault, which);
        const Result<> saved = save(*store, state);
        CAPTURE(which, int(fault));
        REQUIRE(bool(saved) != disk.faulted());
        if (saved) break;
        CHECK(saved.error().kind == ErrorKind::transient);
        CHECK_THAT(saved.error().what, ContainsSubstring("world.db"));
        REQUIRE(batch_of(*store) == 1);

        state.reset();
        state = opened(*store);
        load_all(*store, state);
        for (std::int64_t n = 2; n <= 4; ++n) {
            change(state, n);
            REQUIRE_OK(save(*store, state));
        }
        REQUIRE(batch_of(*store) == 4);
        disk.crash(CrashKind::lose_all);
        REQUIRE(batch_of(*open_on(disk)) == 4);
    }
}

TEST_CASE("a full disk is told in words, and room makes it good again") {
    FaultyDisk disk;
    const auto store = open_on(disk);
    State state = opened(*store);
    change(state, 1);
    REQUIRE_OK(save(*store, state));
    disk.limit(disk.used() + 4096);
    change(state, 2);
    const Result<> saved = save(*store, state);
    REQUIRE_FALSE(saved);
    CHECK(saved.error().kind == ErrorKind::transient);
    CHECK_THAT(saved.error().what, ContainsSubstring("disk is full") && ContainsSubstring("Free some space"));
    REQUIRE(batch_of(*store) == 1);
    disk.limit(0);
    state.reset();
    state = opened(*store);
    load_all(*store, state);
    change(state, 2);
    REQUIRE_OK(save(*store, state));
    CHECK(batch_of(*store) == 2);
}

TEST_CASE("a database that cannot be made for want of room says so, and can be made later") {
    FaultyDisk disk;
    disk.limit(30'000);
    const auto refused = try_open_on(disk);
    REQUIRE_FALSE(refused);
    CHECK_THAT(refused.error().what, ContainsSubstring("disk is full"));
    disk.limit(0);
    CHECK(batch_of(*open_on(disk)) == 0);
}
