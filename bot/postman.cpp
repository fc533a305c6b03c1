#include "bot/postman.hpp"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "bot/pipeline/store_thread.hpp"

namespace rapport {

namespace asio = boost::asio;

Postman::Postman(Pipeline& pipeline, asio::thread_pool& store_thread, Store& store,
                 std::function<std::shared_ptr<const World>()> world, Time (*clock)())
    : pipeline_(pipeline),
      store_thread_(store_thread),
      store_(store),
      world_(std::move(world)),
      clock_(clock) {}

Result<std::vector<SendLetter>> Postman::look(const World& world, Time now) {
    try {
        Lookup lookup{store_};
        letters::Look look{store_, lookup, world, now};
        return letters::due_letters(look, looked_);
    } catch (const StoreUnreadable& error) {
        return Error{ErrorKind::transient, error.what()};
    }
}

asio::awaitable<Result<>> Postman::run(std::function<void(const std::string&)> tell) {
    asio::steady_timer timer{co_await asio::this_coro::executor};
    for (;;) {
        const std::shared_ptr<const World> world = world_();
        auto work = [&] { return look(*world, clock_()); };
        Result<std::vector<SendLetter>> due = co_await on_store_thread(store_thread_, work);
        if (!due) tell(due.error().what);
        std::vector<Input> inputs;
        if (due)
            for (SendLetter& letter : *due) inputs.push_back({std::move(letter), clock_()});
        if (!inputs.empty()) co_await pipeline_.decide(std::move(inputs));
        timer.expires_after(std::chrono::minutes{1});
        co_await timer.async_wait(asio::use_awaitable);
    }
}

}  // namespace rapport
