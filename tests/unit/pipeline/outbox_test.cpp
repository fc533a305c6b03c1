#include "bot/pipeline/outbox.hpp"

#include "support/catch.hpp"

using namespace rapport;
using namespace std::chrono_literals;

namespace {

const Time midday{std::chrono::sys_days{std::chrono::year{2026} / 3 / 2} + 12h};

OutboxRow a_card(std::int64_t id, std::int64_t alert, bool notify = false) {
    OutboxRow row;
    row.id = OutboxId(id);
    row.alert = AlertId(alert);
    row.outgoing.id = "card" + std::to_string(id);
    row.outgoing.notify = notify;
    return row;
}
OutboxRow notice(std::int64_t id) {
    OutboxRow row = a_card(id, 0);
    row.outgoing.body = Notice{};
    return row;
}

/// The id of what is taken, 0 if nothing is.
std::int64_t taken(Outbox& outbox, Time now) {
    const auto row = outbox.take(now);
    return row ? std::int64_t(row->id) : 0;
}

DeliveryFailed fail(Outbox& outbox, std::int64_t id, Time now, double roll = 0.5,
                    std::chrono::milliseconds retry_after = {}) {
    return outbox.failed(OutboxId(id), "no", retry_after, now, roll);
}

}  // namespace

TEST_CASE("what was added first is delivered first, different cards side by side") {
    Outbox outbox;
    CHECK(taken(outbox, midday) == 0);
    CHECK(outbox.next_try() == never);
    outbox.add(a_card(2, 20));
    outbox.add(a_card(1, 10));
    outbox.add(notice(3));
    CHECK(taken(outbox, midday) == 1);
    CHECK(taken(outbox, midday) == 2);
    CHECK(taken(outbox, midday) == 3);
    CHECK(taken(outbox, midday) == 0);
    CHECK(outbox.size() == 3);
    CHECK(outbox.arrived(OutboxId{2}).id == OutboxId{2});
    CHECK(outbox.size() == 2);
}

TEST_CASE("one card is on its way once at a time") {
    Outbox outbox;
    outbox.add(a_card(1, 10));
    CHECK(taken(outbox, midday) == 1);
    CHECK_FALSE(outbox.add(a_card(2, 10)));
    CHECK(taken(outbox, midday) == 0);
    CHECK(outbox.next_try() == never);  // nothing before the first one ends
    outbox.arrived(OutboxId{1});
    CHECK(taken(outbox, midday) == 2);
}

TEST_CASE("a newer card takes the place of an unsent one and makes its sound") {
    Outbox outbox;
    outbox.add(a_card(1, 10, true));
    CHECK(outbox.add(a_card(2, 10, false)) == OutboxId{1});
    CHECK(outbox.size() == 1);
    const auto row = outbox.take(midday);
    REQUIRE(row);
    CHECK(row->id == OutboxId{2});
    CHECK(row->outgoing.id == "card2");
    CHECK(row->outgoing.notify);
    outbox.add(a_card(3, 11, false));
    outbox.add(a_card(4, 11, true));
    CHECK(outbox.take(midday)->outgoing.notify);
    outbox.add(a_card(5, 12));
    outbox.add(a_card(6, 12));
    CHECK_FALSE(outbox.take(midday)->outgoing.notify);
}

TEST_CASE("cards of other alerts and notices replace nothing") {
    Outbox outbox;
    outbox.add(a_card(1, 10));
    CHECK_FALSE(outbox.add(a_card(2, 11)));
    CHECK_FALSE(outbox.add(notice(3)));
    CHECK_FALSE(outbox.add(notice(4)));
    CHECK(outbox.size() == 4);
}

TEST_CASE("a newer card does not jump the queue that the platform makes us wait in") {
    Outbox outbox;
    outbox.add(a_card(1, 10));
    taken(outbox, midday);
    const auto failed = fail(outbox, 1, midday, 0.5, 60s);
    CHECK(outbox.add(a_card(2, 10)) == OutboxId{1});
    CHECK(taken(outbox, midday + 59s) == 0);
    const auto row = outbox.take(midday + 60s);
    REQUIRE(row);
    CHECK(row->tries == failed.tries);
}

TEST_CASE("what must be tried again still comes before what is newer on the same card") {
    Outbox outbox;
    outbox.add(a_card(1, 10, true));
    taken(outbox, midday);
    outbox.add(a_card(2, 10));
    const Time again = fail(outbox, 1, midday).next_try;
    CHECK(taken(outbox, midday) == 0);
    CHECK(outbox.next_try() == again);
    CHECK(taken(outbox, again) == 1);
    CHECK(taken(outbox, again) == 0);
    outbox.arrived(OutboxId{1});
    CHECK(taken(outbox, again) == 2);
    outbox.arrived(OutboxId{2});
    CHECK(outbox.size() == 0);
}

TEST_CASE("waits double from try to try, up to the longest, and the roll spreads them by half") {
    Outbox outbox{{1000ms, 20'000ms}};
    outbox.add(a_card(1, 10));
    Time now = midday;
    const int expected[] = {1000, 2000, 4000, 8000, 16000, 20000, 20000};
    std::uint32_t tries = 0;
    for (const int wait : expected) {
        REQUIRE(taken(outbox, now) == 1);
        const double roll = tries % 2 ? 0.999999 : 0;
        const DeliveryFailed failed = fail(outbox, 1, now, roll);
        CHECK(failed.tries == ++tries);
        CHECK(failed.error == "no");
        const double pause = double((failed.next_try - now).count());
        CHECK(pause == Approx(roll == 0 ? wait / 2.0 : double(wait)).margin(1));
        CHECK(outbox.next_try() == failed.next_try);
        CHECK(taken(outbox, failed.next_try - 1ms) == 0);
        now = failed.next_try;
    }
}

TEST_CASE("after a hundred failures the wait is still the longest one") {
    Outbox outbox;
    OutboxRow row = a_card(1, 10);
    row.tries = 4'000'000'000U;
    outbox.add(std::move(row));
    taken(outbox, midday);
    CHECK(fail(outbox, 1, midday, 0.999999).next_try - midday == 299'999ms);
}

TEST_CASE("Retry-After is obeyed when it is longer than our own patience") {
    Outbox outbox;
    outbox.add(a_card(1, 10));
    taken(outbox, midday);
    CHECK(fail(outbox, 1, midday, 0.5, 90s).next_try == midday + 90s);
    taken(outbox, midday + 90s);
    CHECK(fail(outbox, 1, midday + 90s, 0, 10ms).next_try == midday + 91s);
}

TEST_CASE("one card that fails does not keep the others waiting") {
    Outbox outbox;
    outbox.add(a_card(1, 10));
    outbox.add(a_card(2, 20));
    taken(outbox, midday);
    fail(outbox, 1, midday, 0.5, 1h);
    CHECK(taken(outbox, midday) == 2);
    outbox.arrived(OutboxId{2});
    CHECK(outbox.next_try() == midday + 1h);
}

TEST_CASE("what was left undelivered is due at once after a start, or when it was put off to") {
    Outbox outbox;
    outbox.add(a_card(1, 10));
    CHECK(outbox.next_try() != never);
    CHECK(outbox.next_try() <= midday);
    Outbox other;
    OutboxRow row = a_card(1, 10);
    row.tries = 3;
    row.next_try = midday;
    other.add(std::move(row));
    CHECK(other.next_try() == midday);
    CHECK(taken(other, midday - 1ms) == 0);
    CHECK(taken(other, midday) == 1);
}
