// The pipeline and its desks, timers and rules.

#include "unit/pipeline/plant.hpp"

using namespace rapport;
using namespace rapport::test;

TEST_CASE("a card is delivered after the commit, and its row leaves the store") {
    Plant plant;
    plant.desk.on_deliver = [&] { CHECK(plant.acked == std::vector<std::string>{"1"}); };
    auto work = [&]() -> asio::awaitable<void> {
        co_await know_sam(plant);
        co_await plant.put("sam", "Does it work?", "1");
        co_await plant.pipeline->idle();
    };
    plant.run(work());
    REQUIRE(plant.desk.taken.size() == 1);
    CHECK(plant.desk.taken[0].id == "alert:1/1");
    CHECK(plant.desk.taken[0].notify);
    CHECK(plant.store->outbox(10)->empty());
    CHECK(plant.pipeline->undelivered() == 0);
}

TEST_CASE("it rests when all is done or put off, and not while a batch is on its way to the disk") {
    PipelineOptions options;
    options.clock = [] { return monday; };
    Plant plant{options};
    plant.desk.answers = {{ErrorKind::transient, "no line"}};
    CHECK_FALSE(plant.pipeline->rests());
    auto work = [&]() -> asio::awaitable<void> {
        co_await know_sam(plant);
        co_await plant.until([&] { return plant.pipeline->rests(); });
        {
            SlowStore slow{plant.store_thread};
            co_await plant.put("sam", "Does it work?", "1");
            co_await plant.until([&] { return plant.pipeline->waiting() == 0; });  // the batch is taken
            CHECK_FALSE(plant.pipeline->rests());
        }
        co_await plant.until([&] { return !plant.desk.tried.empty() && plant.pipeline->rests(); });
        CHECK(plant.pipeline->undelivered() == 1);  // refused for now
    };
    plant.run(work());
}

TEST_CASE("a delivery that fails is tried again until it arrives, one that is refused is told and given up") {
    std::vector<std::string> failures;
    PipelineOptions options;
    options.clock = clock_from(monday);
    options.roll = [] { return 0.0; };
    options.events.delivery_failed = [&](const std::string& id, const Error& error) {
        failures.push_back(id + ": " + error.what);
    };
    Plant plant{options};
    plant.desk.answers = {{ErrorKind::transient, "no line"}, {ErrorKind::rate_limited, "slow down", 700ms}};
    auto work = [&]() -> asio::awaitable<void> {
        co_await know_sam(plant);
        co_await plant.put("sam", "Does it work?", "1");
        co_await plant.until([&] { return !plant.desk.taken.empty(); });
        co_await plant.pipeline->idle();
    };
    plant.run(work());
    CHECK(failures == std::vector<std::string>{"alert:1/1: no line", "alert:1/1: slow down"});
    CHECK(plant.desk.tried == std::vector<std::string>(3, "alert:1/1"));
    CHECK(plant.store->outbox(10)->empty());
    plant.desk.taken.clear();
    plant.desk.answers = {{ErrorKind::unauthorized, "the token was revoked"},
                          {ErrorKind::rejected, "no such channel"}};
    auto refused = [&]() -> asio::awaitable<void> {
        co_await plant.put("sam", "And how do I install it?", "2", monday + 1min);
        co_await plant.until([&] { return failures.size() == 4; });
        co_await plant.pipeline->idle();
    };
    plant.run(refused());
    // What a person can mend is tried again; what is refused is not.
    CHECK(failures[2] == "alert:1/2: the token was revoked");
    CHECK(failures[3] == "alert:1/2: no such channel");
    CHECK(plant.desk.taken.empty());
    CHECK(plant.store->outbox(10)->empty());
}

TEST_CASE(
    "what was not delivered before the end is delivered after the next start, the newest of each card") {
    Plant plant;
    // Two rows of one card, as a crash between two commits leaves them: for one colleague, then for another.
    {
        Event press;
        press.body =
            Action{"press1", {"chat", "home", "ada"}, "alert:1", "hand_over", {{"choice", "bea"}}, monday};
        press.seen = monday;
        Committer committer{*plant.store, plant.engine};
        REQUIRE(committer.commit(std::vector{input_of(knows("sam", {"champion"}, "ada", monday)),
                                             input_of(said("sam", "Does it work?", "1", monday))}));
        REQUIRE(committer.commit(std::vector{input_of(press)}));
    }
    REQUIRE(plant.store->outbox(10)->size() == 3);  // two cards and a notice
    plant.pipeline.reset();
    plant.open();
    auto rest = [&]() -> asio::awaitable<void> {
        co_await plant.until([&] { return plant.desk.taken.size() >= 2; });
        co_await plant.pipeline->idle();
    };
    plant.run(rest());
    std::sort(plant.desk.tried.begin(), plant.desk.tried.end());
    CHECK(plant.desk.tried == std::vector<std::string>{"alert:1/2", "notice:press1"});
    CHECK(plant.store->outbox(10)->empty());
}

TEST_CASE("a card for staff whom no desk reaches goes to everybody rather than nowhere") {
    struct Deaf final : Desk {
        std::string_view name() const noexcept override { return "deaf"; }
        bool reaches(const AccountKey&) const noexcept override { return false; }
        asio::awaitable<Result<>> deliver(Outgoing outgoing) override {
            taken.push_back(std::move(outgoing));
            co_return Result<>{};
        }
        std::vector<Outgoing> taken{};
    } deaf;
    Plant plant;
    plant.pipeline = std::make_unique<Pipeline>(plant.loop.get_executor(), plant.store_thread, *plant.store,
                                                plant.engine, plant.options);
    plant.pipeline->add_desk(deaf);
    auto work = [&]() -> asio::awaitable<void> {
        co_await know_sam(plant);
        co_await plant.put("sam", "Does it work?", "1");
        co_await plant.pipeline->idle();
    };
    plant.run(work());
    REQUIRE(deaf.taken.size() == 1);
    CHECK(deaf.taken[0].team);
}

TEST_CASE("timers fire by the clock, without any event") {
    PipelineOptions options;
    options.clock = clock_from(monday + 15min);
    Plant plant{options};
    auto work = [&]() -> asio::awaitable<void> {
        Event known = knows("kim", {"customer"}, "", monday);
        co_await plant.pipeline->put(std::move(known), {});
        co_await plant.put("kim", "How do I begin?", "1", monday + 200ms);  // the rule waits for 15 minutes
        co_await plant.pipeline->idle();
        CHECK(plant.desk.taken.empty());
        co_await plant.until([&] { return !plant.desk.taken.empty(); });
    };
    plant.run(work());
    REQUIRE(plant.desk.taken.size() == 1);
    CHECK(options.clock() >= monday + 15min + 200ms);
}

TEST_CASE("new rules hold from the next batch on") {
    Plant plant;
    auto work = [&]() -> asio::awaitable<void> {
        co_await know_sam(plant);
        plant.pipeline->replace_world(bench_world({}, R"(
rules:
  - name: anything
    title: Somebody said something
    when: message.length > 0
    ask: [channel]
    reply within: 1h
)"));
        co_await plant.put("sam", "hello", "1");
        co_await plant.pipeline->idle();
    };
    plant.run(work());
    REQUIRE(plant.desk.taken.size() == 1);
    CHECK(std::get<Card>(plant.desk.taken[0].body).title == "Somebody said something");
}
