#pragma once

// The whole pipeline on an io_context, with a real store on a real file, and a desk that answers as told.

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

namespace rapport::test {

namespace asio = boost::asio;
using namespace std::chrono_literals;
using namespace asio::experimental::awaitable_operators;

inline const Time monday = moment("2026-03-02 10:00");

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
inline std::function<Time()> clock_from(Time start) {
    return [start, began = std::chrono::steady_clock::now()] {
        return start + std::chrono::duration_cast<std::chrono::milliseconds>(
                           std::chrono::steady_clock::now() - began);
    };
}

inline asio::awaitable<void> know_sam(Plant& plant) {
    Event event = knows("sam", {"champion"}, "ada", monday);
    co_await plant.pipeline->put(std::move(event), {});
}

}  // namespace rapport::test
