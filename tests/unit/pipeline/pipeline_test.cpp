// The pipeline and its store: acks, room, failures, the end.

#include "unit/pipeline/plant.hpp"

using namespace rapport;
using namespace rapport::test;

TEST_CASE("an event is acked once, after it is durable and not before") {
    Plant plant;
    auto work = [&]() -> asio::awaitable<void> {
        SlowStore slow{plant.store_thread};
        co_await plant.put("sam", "hello", "1");
        asio::steady_timer timer{plant.loop, 30ms};
        co_await timer.async_wait(asio::use_awaitable);
        CHECK(plant.acked.empty());
        slow.go();
        co_await plant.pipeline->idle();
        CHECK(plant.acked == std::vector<std::string>{"1"});
    };
    plant.run(work());
    CHECK(plant.messages() == 1);
}

TEST_CASE("a full queue refuses and keeps what it was offered, and put goes on when there is room") {
    PipelineOptions options;
    options.queue = 4;
    options.batch = 2;
    Plant plant{options};
    auto work = [&]() -> asio::awaitable<void> {
        SlowStore slow{plant.store_thread};
        CHECK(plant.try_many(0, 100) == 4);
        Event event = said("kim", "wait", "x", monday);
        bool called = false;
        Acked ack = [&] { called = true; };
        CHECK_FALSE(plant.pipeline->try_put(event, ack));
        CHECK(std::get<MessagePosted>(event.body).message.text == "wait");
        REQUIRE(ack);
        CHECK_FALSE(called);
        slow.go();
        co_await plant.put("lea", "also", "y");
        for (int i = 10; i < 60; ++i) co_await plant.put("sam", "hello", std::to_string(i));
        co_await plant.pipeline->idle();
    };
    plant.run(work());
    CHECK(plant.acked.size() == 55);
    CHECK(plant.messages() == 55);
}

TEST_CASE("two who wait for room are idle until there is some, then both go on, in their order") {
    PipelineOptions options;
    options.queue = 1;
    options.batch = 1;
    Plant plant{options};
    auto work = [&]() -> asio::awaitable<void> {
        co_await plant.put("sam", "hello", "first");
        co_await plant.pipeline->idle();  // it runs
        auto slow = std::make_unique<SlowStore>(plant.store_thread);
        CHECK(plant.try_many(0, 1) == 1);
        int through = 0;
        const auto put = [&](std::string id) {
            asio::co_spawn(plant.loop, plant.put("kim", "hello", id), [&](std::exception_ptr) { ++through; });
        };
        co_await plant.until([&] { return plant.pipeline->waiting() == 0; });  // the batch is taken
        CHECK(plant.try_many(1, 2) == 1);
        put("a");
        put("b");
        asio::steady_timer timer{plant.loop, 50ms};
        co_await timer.async_wait(asio::use_awaitable);
        CHECK(through == 0);
        slow->go();
        co_await plant.until([&] { return through == 2; });
        co_await plant.pipeline->idle();
    };
    plant.run(work());
    CHECK(plant.acked == std::vector<std::string>{"first", "0", "1", "a", "b"});
}

TEST_CASE("who waits for room does not spin") {
    PipelineOptions options;
    options.queue = 1;
    options.batch = 1;
    Plant plant{options};
    bool cancelled = false;
    asio::cancellation_signal stop;
    CHECK(plant.try_many(0, 1) == 1);  // and nobody runs the pipeline
    for (const char* id : {"a", "b"})
        asio::co_spawn(plant.loop, plant.put("kim", "hello", id), asio::detached);
    asio::co_spawn(plant.loop, plant.put("kim", "hello", "c"),
                   asio::bind_cancellation_slot(
                       stop.slot(), [&](std::exception_ptr error) { cancelled = error != nullptr; }));
    std::size_t handlers = 0;
    const auto until = std::chrono::steady_clock::now() + 100ms;
    while (std::chrono::steady_clock::now() < until) handlers += plant.loop.run_one_for(10ms);
    CHECK(handlers < 30);
    stop.emit(asio::cancellation_type::terminal);
    plant.loop.run_for(20ms);
    CHECK(cancelled);
    CHECK(plant.pipeline->waiting() == 1);
}

TEST_CASE("a cancelled put takes nothing, and the others still wait") {
    PipelineOptions options;
    options.queue = 1;
    Plant plant{options};
    CHECK(plant.try_many(0, 1) == 1);
    auto work = [&]() -> asio::awaitable<void> {
        asio::steady_timer timer{plant.loop, 20ms};
        co_await (plant.put("kim", "never", "a") || timer.async_wait(asio::use_awaitable));
    };
    plant.alone(work());
    CHECK(plant.pipeline->waiting() == 1);
}

TEST_CASE("while the store fails nothing is acked or dropped, and then all of it is there, in order") {
    std::vector<std::string> failures;
    std::vector<std::size_t> batches;
    PipelineOptions options;
    options.events.commit_failed = [&](const Error& error) { failures.push_back(error.what); };
    options.events.committed = [&](const Committed&, std::size_t inputs) { batches.push_back(inputs); };
    Plant plant{options};
    auto work = [&]() -> asio::awaitable<void> {
        co_await plant.put("sam", "hello", "1");
        co_await plant.pipeline->idle();
        {
            WriteLock lock{plant.file()};
            co_await plant.put("sam", "hello", "2");
            co_await plant.until([&] { return failures.size() >= 1; });
            co_await plant.put("sam", "hello", "3");
            co_await plant.put("sam", "hello", "4");
            co_await plant.until([&] { return failures.size() >= 2; });
            CHECK(plant.acked == std::vector<std::string>{"1"});
        }
        co_await plant.pipeline->idle();
    };
    plant.run(work());
    CHECK(plant.acked == std::vector<std::string>{"1", "2", "3", "4"});
    CHECK(plant.messages() == 4);
    CHECK(batches == std::vector<std::size_t>{1, 1, 2});  // what came meanwhile is one batch
    CHECK(!failures.front().empty());
}

TEST_CASE("what was accepted before the end is still committed by drain, also when the store failed") {
    PipelineOptions options;
    int failures = 0;
    options.events.commit_failed = [&](const Error&) { ++failures; };
    Plant plant{options};
    auto lock = std::make_unique<WriteLock>(plant.file());
    auto work = [&]() -> asio::awaitable<void> {
        co_await plant.put("sam", "hello", "1");
        co_await plant.until([&] { return failures > 0; });
        co_await plant.put("sam", "hello", "2");
    };
    plant.run(work());
    CHECK(plant.pipeline->waiting() == 2);
    auto drain = [&]() -> asio::awaitable<void> {
        const Result<> refused = co_await plant.pipeline->drain();
        CHECK_FALSE(refused);
        CHECK(plant.pipeline->waiting() == 2);
        lock.reset();
        const Result<> drained = co_await plant.pipeline->drain();
        CHECK(drained);
    };
    plant.alone(drain());
    CHECK(plant.acked == std::vector<std::string>{"1", "2"});
    CHECK(plant.messages() == 2);
}

TEST_CASE("a batch is not lost when the end comes while the store is busy with something else") {
    Plant plant;
    auto work = [&]() -> asio::awaitable<void> {
        SlowStore slow{plant.store_thread};
        co_await plant.put("sam", "hello", "1");
        asio::steady_timer timer{plant.loop, 20ms};
        co_await timer.async_wait(asio::use_awaitable);
    };
    plant.run(work());
    auto drain = [&]() -> asio::awaitable<void> {
        const Result<> drained = co_await plant.pipeline->drain();
        CHECK(drained);
    };
    plant.alone(drain());
    CHECK(plant.acked == std::vector<std::string>{"1"});
    CHECK(plant.messages() == 1);
}
