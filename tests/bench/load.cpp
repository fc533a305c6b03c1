// The other side of the wire: sends envelopes as a platform would, and counts the answers.

#include <fmt/format.h>

#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/io_context.hpp>
#include <stdexcept>

#include "adapters/net/client.hpp"
#include "bench/bench.hpp"

namespace rapport::bench {

namespace asio = boost::asio;
using namespace asio::experimental::awaitable_operators;

namespace {

class Load {
public:
    explicit Load(const Settings& settings)
        : settings_(settings), total_(settings.warm_up + settings.events), workload_(mix(settings)) {}

    asio::awaitable<void> run() {
        const auto executor = co_await asio::this_coro::executor;
        auto connected = co_await net::connect_websocket(fmt::format("ws://127.0.0.1:{}/", settings_.port));
        if (!connected) throw std::runtime_error(connected.error().what);
        net::WebSocket socket = std::move(*connected);
        asio::steady_timer room{executor, asio::steady_timer::time_point::max()};
        co_await (send_all(socket, room) && count_answers(socket, room));
        co_await socket.close();
    }

private:
    static Mix mix(const Settings& settings) {
        Mix mix = settings.mix;
        mix.from = wall_clock();
        return mix;
    }

    asio::awaitable<void> send_all(net::WebSocket& socket, asio::steady_timer& room) {
        const auto begin = std::chrono::steady_clock::now();
        asio::steady_timer pace{room.get_executor()};
        for (; sent_ < total_; ++sent_) {
            // The measured part begins with a batch of its own, so that none is counted half.
            while (sent_ == settings_.warm_up && answered_ < sent_)
                co_await room.async_wait(asio::as_tuple(asio::use_awaitable));
            if (settings_.window == 0) {
                pace.expires_at(begin + std::chrono::nanoseconds{1'000'000'000 * sent_ / settings_.rate});
                co_await pace.async_wait(asio::use_awaitable);
            }
            while (settings_.window > 0 && sent_ - answered_ >= settings_.window)
                co_await room.async_wait(asio::as_tuple(asio::use_awaitable));
            std::string envelope;
            write_envelope(envelope, workload_.next(), sent_);
            const Result<> sent = co_await socket.send(std::move(envelope));
            if (!sent) throw std::runtime_error(sent.error().what);
        }
    }

    asio::awaitable<void> count_answers(net::WebSocket& socket, asio::steady_timer& room) {
        while (answered_ < total_) {
            const Result<std::string> answer = co_await socket.read();
            if (!answer) throw std::runtime_error(answer.error().what);
            if (!answer->starts_with(R"({"envelope_id":")"))
                throw std::runtime_error("not an answer: " + *answer);
            ++answered_;
            room.cancel();
        }
    }

    const Settings& settings_;
    std::uint64_t total_;
    Workload workload_;
    std::uint64_t sent_ = 0;
    std::uint64_t answered_ = 0;
};

}  // namespace

void send_load(const Settings& settings) {
    asio::io_context io{1};
    Load load{settings};
    std::exception_ptr failed;
    asio::co_spawn(io, load.run(), [&](std::exception_ptr error) { failed = error; });
    io.run();
    if (failed) std::rethrow_exception(failed);
}

}  // namespace rapport::bench
