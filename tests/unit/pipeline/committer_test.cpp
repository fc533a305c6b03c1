#include "bot/pipeline/committer.hpp"

#include "support/catch.hpp"
#include "support/house.hpp"
#include "unit/pipeline/workbench.hpp"

using namespace rapport;
using namespace rapport::test;
using namespace std::chrono_literals;

namespace {

const Time that_monday = moment("2026-03-02 10:00");

Event with_cursor(Event event, std::string cursor) {
    event.cursor_name = "feed";
    event.cursor = std::move(cursor);
    event.raw = "raw of " + event.cursor;
    return event;
}

std::string cursor_of(Store& store) {
    State state;
    REQUIRE(store.open(state));
    return state.cursors["feed"];
}

std::vector<AlertRow> alerts_of(Store& store) {
    const auto alerts = store.alerts(false, AlertId::none, 1000);
    REQUIRE(alerts);
    return *alerts;
}

}  // namespace

TEST_CASE("a poisonous event goes to quarantine with its error, and the others go on") {
    Workbench bench;
    const auto committed =
        bench.commit({input_of(knows("sam", {"champion"}, "ada", that_monday)),
                      input_of(with_cursor(said("sam", "Does it work?", "1", that_monday), "a")),
                      input_of(with_cursor(said("kim", "this is poison", "2", that_monday), "b")),
                      input_of(with_cursor(said("kim", "this is fine", "3", that_monday), "c")),
                      input_of(with_cursor(said("lea", "poison again", "4", that_monday), "d"))});
    REQUIRE(committed);
    CHECK(committed->quarantined == 2);
    const auto quarantined = bench.store->quarantined(10);
    REQUIRE(quarantined);
    REQUIRE(quarantined->size() == 2);
    const bool first = quarantined->front().raw == "raw of b";
    const QuarantineRow& row = first ? quarantined->front() : quarantined->back();
    CHECK(row.error == "cannot read poison");
    CHECK(row.what == "message posted chat:home:help/2");
    CHECK(row.source == "test");
    CHECK(row.at == that_monday);
    const std::string kept = dump(*bench.store);
    CHECK_THAT(kept, ContainsSubstring("this is fine"));
    CHECK_THAT(kept, !ContainsSubstring("poison"));
    CHECK_THAT(kept, !ContainsSubstring("lea"));  // nothing half done remains
    CHECK(alerts_of(*bench.store).size() == 1);
    CHECK(cursor_of(*bench.store) == "d");  // so that it does not come again for ever
}

TEST_CASE("the others of a poisoned batch end as if the poison had never been said") {
    const std::vector<Input> healthy{input_of(knows("sam", {"champion"}, "ada", that_monday)),
                                     input_of(said("sam", "Does it work?", "1", that_monday)),
                                     input_of(said("ada", "sam: it does", "3", that_monday + 1min))};
    std::vector<Input> poisoned = healthy;
    poisoned.insert(poisoned.begin() + 2, input_of(said("sam", "poison?", "2", that_monday)));
    Workbench a, b;
    REQUIRE(a.commit(healthy));
    REQUIRE(b.commit(poisoned));
    CHECK(dump(*a.store) == dump(*b.store));
}

TEST_CASE("after a failed save nothing is changed, and the same batch later gives the same") {
    const std::vector<Input> first{input_of(knows("sam", {"champion"}, "ada", that_monday)),
                                   input_of(said("sam", "Does it work?", "1", that_monday))};
    Event liked;  // counted each time that it is decided
    liked.body =
        ReactionAdded{{{"chat", "home", "help"}, "1"}, account_of("ada"), "heart", that_monday + 2min};
    liked.seen = that_monday + 2min;
    const std::vector<Input> second{input_of(said("sam", "And on BSD?", "2", that_monday + 1min)),
                                    input_of(said("kim", "sam: yes", "3", that_monday + 2min)),
                                    input_of(std::move(liked)),
                                    {Tick{}, that_monday + 3h}};
    int failures = 0;
    Workbench calm;
    REQUIRE(calm.commit(first));
    const std::string before = dump(*calm.store);
    REQUIRE(calm.commit(second));
    const std::string after = dump(*calm.store);
    for (const DiskFault fault : {DiskFault::io_error, DiskFault::full}) {
        for (std::uint64_t operation = 0; operation < 12; ++operation) {
            Workbench bench;
            REQUIRE(bench.commit(first));
            bench.disk.plan(fault, operation, 1);
            const auto failed = bench.commit(second);
            bench.disk.plan(DiskFault::none);
            if (failed) continue;  // it did not need so many operations, or got over it
            ++failures;
            CHECK(!failed.error().what.empty());
            CHECK(dump(*bench.store) == before);
            const auto again = bench.commit(second);
            REQUIRE(again);
            CHECK(again->outbox.size() > 0);
            CHECK(dump(*bench.store) == after);
        }
    }
    CHECK(failures > 4);
}

TEST_CASE("a store that fails for a while is asked again, also when it could not even be opened") {
    Workbench bench;
    bench.disk.plan(DiskFault::io_error, 0, 1000);
    for (int i = 0; i < 3; ++i) CHECK_FALSE(bench.commit({input_of(said("sam", "hello", "1", that_monday))}));
    bench.disk.plan(DiskFault::none);
    REQUIRE(bench.commit({input_of(said("sam", "hello", "1", that_monday))}));
    CHECK(bench.store->counts()->messages == 1);
}

TEST_CASE("an alert whose timer cannot be handled is put off and told, and the others have their turn") {
    Workbench bench;
    REQUIRE(bench.commit({input_of(knows("sam", {"customer"}, "", that_monday)),
                          input_of(knows("kim", {"customer"}, "", that_monday)),
                          input_of(said("sam", "A touchy thing, does it work?", "1", that_monday)),
                          input_of(said("kim", "How do I begin?", "2", that_monday + 1min))}));
    *bench.trouble = true;
    const auto committed = bench.commit({{Tick{}, that_monday + 20min}});
    REQUIRE(committed);
    CHECK(committed->quarantined == 1);
    const auto rows = bench.store->quarantined(10);
    REQUIRE(rows->size() == 1);
    CHECK(rows->front().source == "timer");
    CHECK(rows->front().what == "alert 1");
    CHECK(alerts_of(*bench.store)[0].state == AlertState::waiting);
    CHECK(alerts_of(*bench.store)[1].state == AlertState::open);
    State state;
    REQUIRE(bench.store->open(state));
    CHECK(state.timer_of(AlertId{1}) == that_monday + 20min + broken_pause);
    *bench.trouble = false;
    REQUIRE(bench.commit({{Tick{}, that_monday + 20min + broken_pause}}));
    CHECK(alerts_of(*bench.store)[0].state == AlertState::open);
    CHECK(bench.store->quarantined(10)->size() == 1);
}

TEST_CASE("a timer in trouble does not harm the message that came with it") {
    Workbench bench;
    REQUIRE(bench.commit({input_of(knows("sam", {"customer"}, "", that_monday)),
                          input_of(said("sam", "A touchy thing, does it work?", "1", that_monday))}));
    *bench.trouble = true;
    const auto committed = bench.commit({input_of(said("kim", "poison", "2", that_monday + 20min)),
                                         input_of(said("kim", "all is well", "3", that_monday + 20min))});
    REQUIRE(committed);
    CHECK(committed->quarantined == 2);  // the alert and the poison
    CHECK(bench.store->counts()->messages == 2);
}

TEST_CASE("a commit says what is to be delivered and when time must pass next") {
    Workbench bench;
    const auto nothing = bench.commit({input_of(said("sam", "hello", "1", that_monday))});
    REQUIRE(nothing);
    CHECK(nothing->outbox.empty());
    CHECK(nothing->next_timer == never);
    CHECK(nothing->now == that_monday);
    const auto waits = bench.commit({input_of(knows("kim", {"customer"}, "", that_monday + 1min)),
                                     input_of(said("kim", "How do I begin?", "2", that_monday + 1min))});
    REQUIRE(waits);
    CHECK(waits->outbox.empty());
    CHECK(waits->next_timer == that_monday + 16min);
    const auto asked = bench.commit({{Tick{}, that_monday + 16min}});
    REQUIRE(asked);
    CHECK(asked->outbox.size() == 1);
    CHECK(asked->now == that_monday + 16min);
}

TEST_CASE("time never steps back: a late event is decided at the latest moment") {
    Workbench bench;
    REQUIRE(bench.commit({{Tick{}, that_monday + 1h}}));
    const auto late = bench.commit({input_of(knows("sam", {"champion"}, "ada", that_monday)),
                                    input_of(said("sam", "Does it work?", "1", that_monday))});
    REQUIRE(late);
    CHECK(late->now == that_monday + 1h);
    CHECK(alerts_of(*bench.store)[0].created == that_monday + 1h);
}

TEST_CASE("what was delivered leaves the store, what failed stays with its next try") {
    Workbench bench;
    auto committed = bench.commit({input_of(knows("sam", {"champion"}, "ada", that_monday)),
                                   input_of(knows("kim", {"champion"}, "bea", that_monday)),
                                   input_of(said("sam", "Does it work?", "1", that_monday)),
                                   input_of(said("kim", "How do I begin?", "2", that_monday))});
    REQUIRE(committed);
    REQUIRE(committed->outbox.size() == 2);
    REQUIRE(bench.commit(
        {{Delivered{committed->outbox[0].id}, that_monday},
         {DeliveryFailed{committed->outbox[1].id, 4, that_monday + 5min, "no line"}, that_monday}}));
    const auto left = bench.store->outbox(10);
    REQUIRE(left);
    REQUIRE(left->size() == 1);
    CHECK(left->front().id == committed->outbox[1].id);
    CHECK(left->front().tries == 4);
    CHECK(left->front().next_try == that_monday + 5min);
    CHECK(left->front().last_error == "no line");
}

TEST_CASE("a press that comes twice is one press, in one batch or in two, also after a restart") {
    Workbench bench;
    REQUIRE(bench.commit({input_of(knows("sam", {"champion"}, "ada", that_monday)),
                          input_of(said("sam", "Does it work?", "1", that_monday))}));
    Event press;
    press.body = Action{"press1", {"chat", "home", "ada"}, "alert:1", "claim", {}, that_monday};
    press.seen = that_monday;
    const auto twice = bench.commit({input_of(press), input_of(press)});
    REQUIRE(twice);
    CHECK(twice->outbox.size() == 2);  // one card, one notice
    CHECK(bench.commit({input_of(press)})->outbox.empty());
    bench.reopen();
    CHECK(bench.commit({input_of(press)})->outbox.empty());
}

TEST_CASE("a press on a card that never was is told so and stops nothing") {
    Workbench bench;
    Event press;
    press.body = Action{"press1", {"chat", "home", "ada"}, "alert:24", "claim", {}, that_monday};
    press.seen = that_monday;
    const auto committed = bench.commit({input_of(press), input_of(said("sam", "hello", "1", that_monday))});
    REQUIRE(committed);
    CHECK(committed->quarantined == 0);
    REQUIRE(committed->outbox.size() == 1);
    CHECK_THAT(std::get<Notice>(committed->outbox[0].outgoing.body).text, ContainsSubstring("gone"));
    CHECK(bench.store->counts()->messages == 1);
}
