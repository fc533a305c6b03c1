// The whole pipeline on an io_context, with a real store on a real file.

#include "bot/pipeline/pipeline.hpp"

#include <sqlite3.h>

#include <atomic>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <deque>
#include <filesystem>
#include <future>
#include <optional>

#include "support/catch.hpp"
#include "support/house.hpp"
#include "unit/pipeline/workbench.hpp"

using namespace rapport;
using namespace rapport::test;
using namespace std::chrono_literals;
namespace asio = boost::asio;
using namespace asio::experimental::awaitable_operators;

namespace {

const Time monday = moment("2026-03-02 10:00");

/// A desk that answers as told, and then takes everything.
class ScriptedDesk final : public Desk {
public:
    std::string_view name() const noexcept override { return "scripted"; }
    bool reaches(const AccountKey& staff) const noexcept override { return staff.platform == "chat"; }
    asio::awaitable<Result<>> deliver(Outgoing outgoing) override {
        if (most_at_once < ++at_once) most_at_once = at_once;
        tried.push_back(outgoing.id);
        if (on_deliver) on_deliver();
        --at_once;
        if (!answers.empty()) {
            const Error error = answers.front();
            answers.pop_front();
            co_return error;
        }
        taken.push_back(std::move(outgoing));
        co_return Result<>{};
    }
    std::deque<Error> answers{};
    std::function<void()> on_deliver{};
    std::vector<std::string> tried{};
    std::vector<Outgoing> taken{};
    int at_once = 0, most_at_once = 0;
};

/// Keeps every other writer out of a database file.
class WriteLock {
public:
    explicit WriteLock(const std::string& path) {
        REQUIRE(sqlite3_open(path.c_str(), &db_) == SQLITE_OK);
        sqlite3_busy_timeout(db_, 5000);
        REQUIRE(sqlite3_exec(db_, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr) == SQLITE_OK);
    }
    ~WriteLock() { sqlite3_close(db_); }
    WriteLock(const WriteLock&) = delete;
    WriteLock& operator=(const WriteLock&) = delete;

private:
    sqlite3* db_ = nullptr;
};

struct Plant {
    explicit Plant(PipelineOptions with = {}) : options(std::move(with)) {
        folder = std::filesystem::temp_directory_path() /
                 ("rapport-pipeline-" + std::to_string(reinterpret_cast<std::uintptr_t>(this)) + "-" +
                  std::to_string(std::chrono::steady_clock::now().time_since_epoch().count()));
        std::filesystem::create_directories(folder);
        open();
    }
    ~Plant() {
        pipeline.reset();
        store_thread.join();
        store.reset();
        std::filesystem::remove_all(folder);
    }
    void open() {
        SqliteOptions sqlite;
        sqlite.path = file();
        sqlite.full_sync = false;
        sqlite.busy_ms = 1;
        store.reset();
        auto opened = open_sqlite(sqlite);
        REQUIRE(opened);
        store = std::move(*opened);
        pipeline = std::make_unique<Pipeline>(loop.get_executor(), store_thread, *store, engine, options);
        pipeline->add_desk(desk);
    }
    std::string file() const { return (folder / "rapport.db").string(); }

    /// Runs `work` beside the pipeline, which is cancelled when `work` ends. Fails after ten seconds.
    void run(asio::awaitable<void> work) {
        std::exception_ptr failure;
        bool done = false;
        const auto ended = [&](std::exception_ptr error, auto&&...) {
            failure = error;
            done = true;
        };
        asio::co_spawn(loop, pipeline->run() || std::move(work), ended);
        loop.restart();
        loop.run_for(10s);
        if (!done) FAIL("the pipeline does not come to its end");
        if (failure) std::rethrow_exception(failure);
    }
    /// Runs `work` alone.
    void alone(asio::awaitable<void> work) {
        bool done = false;
        asio::co_spawn(loop, std::move(work), [&](std::exception_ptr error) {
            done = true;
            if (error) std::rethrow_exception(error);
        });
        loop.restart();
        loop.run_for(10s);
        REQUIRE(done);
    }
    asio::awaitable<void> until(std::function<bool()> holds) {
        asio::steady_timer timer{loop};
        while (!holds()) {
            timer.expires_after(1ms);
            co_await timer.async_wait(asio::use_awaitable);
        }
    }
    asio::awaitable<void> put(std::string who, std::string text, std::string id, Time at = monday) {
        const std::string name = id;
        Event event = said(who, text, id, at);
        co_await pipeline->put(std::move(event), [this, name] { acked.push_back(name); });
    }
    /// Puts them without waiting; says how many were taken.
    std::size_t try_many(int from, int until) {
        std::size_t taken = 0;
        for (int i = from; i < until; ++i) {
            Event event = said("sam", "hello", std::to_string(i), monday);
            Acked ack = [this, i] { acked.push_back(std::to_string(i)); };
            if (!pipeline->try_put(event, ack)) break;
            ++taken;
        }
        return taken;
    }
    std::uint64_t messages() { return store->counts()->messages; }

    PipelineOptions options;
    std::filesystem::path folder{};
    asio::io_context loop{1};
    asio::thread_pool store_thread{1};
    ScriptedDesk desk{};
    Engine engine{bench_world()};
    std::unique_ptr<Store> store{};
    std::unique_ptr<Pipeline> pipeline{};
    std::vector<std::string> acked{};
};

/// Makes the store's thread wait until it goes.
class SlowStore {
public:
    explicit SlowStore(asio::thread_pool& thread) {
        asio::post(thread, [gate = gate_] { gate->get_future().wait(); });
    }
    ~SlowStore() { go(); }
    SlowStore(const SlowStore&) = delete;
    SlowStore& operator=(const SlowStore&) = delete;
    void go() {
        if (!std::exchange(gone_, true)) gate_->set_value();
    }

private:
    std::shared_ptr<std::promise<void>> gate_ = std::make_shared<std::promise<void>>();
    bool gone_ = false;
};

/// The world's clock, as if it were `start` now.
std::function<Time()> clock_from(Time start) {
    return [start, began = std::chrono::steady_clock::now()] {
        return start + std::chrono::duration_cast<std::chrono::milliseconds>(
                           std::chrono::steady_clock::now() - began);
    };
}

asio::awaitable<void> know_sam(Plant& plant) {
    Event event = knows("sam", {"champion"}, "ada", monday);
    co_await plant.pipeline->put(std::move(event), {});
}

}  // namespace

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
    plant.desk.answers = {{ErrorKind::rejected, "no such channel"}};
    auto refused = [&]() -> asio::awaitable<void> {
        co_await plant.put("sam", "And how do I install it?", "2", monday + 1min);
        co_await plant.until([&] { return failures.size() == 3; });
        co_await plant.pipeline->idle();
    };
    plant.run(refused());
    CHECK(plant.desk.taken.size() == 1);
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
    CHECK(deaf.taken[0].to.empty());
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
