#include "bot/postman.hpp"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "bot/letters/due.hpp"
#include "bot/pipeline/store_thread.hpp"

namespace rapport {

namespace asio = boost::asio;

std::vector<Input> letters_due(Store& store, const World& world, Time now, letters::Looked& looked) {
    Lookup lookup{store};
    letters::Look look{store, lookup, world, now};
    std::vector<Input> inputs;
    for (SendLetter& letter : letters::due_letters(look, looked)) inputs.push_back({std::move(letter), now});
    return inputs;
}

asio::awaitable<void> Postman::look() {
    const std::shared_ptr<const World> world = parts_.world();
    const Time now = parts_.clock();
    std::string unreadable;
    auto read = [&]() -> std::vector<Input> {
        try {
            return letters_due(parts_.store, *world, now, looked_);
        } catch (const StoreUnreadable& error) {
            unreadable = error.what();
            return {};
        }
    };
    std::vector<Input> inputs = co_await on_store_thread(parts_.store_thread, read);
    if (!unreadable.empty()) parts_.log("Letters cannot be looked for just now: " + unreadable);
    co_await parts_.pipeline.decide(std::move(inputs));
}

asio::awaitable<Result<>> Postman::run() {
    asio::steady_timer timer{co_await asio::this_coro::executor};
    for (;;) {
        timer.expires_after(std::chrono::minutes{1});
        co_await timer.async_wait(asio::use_awaitable);
        co_await look();
    }
}

}  // namespace rapport
