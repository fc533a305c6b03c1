#include "unit/pipeline/plant.hpp"

using namespace rapport;
using namespace rapport::test;

TEST_CASE("decide returns once all of its inputs are durable and not before") {
    Plant plant;
    auto work = [&]() -> asio::awaitable<void> {
        SlowStore slow{plant.store_thread};
        bool done = false;
        std::vector<Input> inputs;
        for (const char* id : {"1", "2"}) inputs.push_back({said("kim", "hello", id, monday), monday});
        auto decide = [&]() -> asio::awaitable<void> {
            co_await plant.pipeline->decide(std::move(inputs));
            done = true;
        };
        asio::co_spawn(plant.loop, decide(), asio::detached);
        asio::steady_timer timer{plant.loop, 30ms};
        co_await timer.async_wait(asio::use_awaitable);
        CHECK_FALSE(done);
        slow.go();
        co_await plant.pipeline->idle();
        timer.expires_after(1ms);
        co_await timer.async_wait(asio::use_awaitable);
        CHECK(done);
        co_await plant.pipeline->decide({});
    };
    plant.run(work());
    CHECK(plant.messages() == 2);
}
