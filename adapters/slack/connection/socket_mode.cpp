#include "adapters/slack/connection/socket_mode.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>
#include <random>
#include <utility>

#include "adapters/slack/connection/socket_state.hpp"

namespace rapport::slack {
namespace asio = boost::asio;

namespace {

template <class... Ts>
struct Overloaded : Ts... {
    using Ts::operator()...;
};

std::function<double()> chance() {
    return [random = std::mt19937_64{std::random_device{}()}]() mutable {
        return std::uniform_real_distribution<double>{0, 1}(random);
    };
}

SocketOptions completed(SocketOptions options) {
    if (!options.now) options.now = Moment::real;
    if (!options.roll) options.roll = chance();
    return options;
}

}  // namespace

SocketMode::State::State(SocketOptions settings, Receiver& to, OpenUrl open)
    : options(completed(std::move(settings))),
      receiver(to),
      open_url(std::move(open)),
      lines(options.lines, options.roll) {}

SocketMode::SocketMode(SocketOptions options, Receiver& receiver, OpenUrl open_url)
    : state_(std::make_shared<State>(std::move(options), receiver, std::move(open_url))) {}
SocketMode::~SocketMode() = default;

asio::awaitable<Result<>> SocketMode::run() {
    return state_->run();
}

SocketMetrics SocketMode::metrics() const {
    SocketMetrics metrics = state_->metrics;
    metrics.lines = state_->lines.counts();
    return metrics;
}

asio::awaitable<Result<>> SocketMode::State::run() {
    const auto self = shared_from_this();
    executor = co_await asio::this_coro::executor;
    tasks.emplace(executor);
    alarm_clock.emplace(executor);
    given_up.reset();
    co_await asio::this_coro::throw_if_cancelled(false);
    carry_out(lines.start(options.now()));
    bool cancelled = false;
    while (!cancelled && !given_up) {
        co_await wait_until_due();
        const asio::cancellation_state state = co_await asio::this_coro::cancellation_state;
        cancelled = state.cancelled() != asio::cancellation_type::none;
        if (!cancelled) carry_out(lines.tick(options.now()));
    }
    carry_out(lines.stop(options.now()));
    co_await tasks->wait();
    // Acknowledgements may keep the state for longer than the loop lives; nothing of the loop may stay in it.
    tasks.reset();
    alarm_clock.reset();
    executor = {};
    co_await asio::this_coro::throw_if_cancelled(true);
    if (cancelled) throw boost::system::system_error{asio::error::operation_aborted};
    co_return *given_up;
}

asio::awaitable<void> SocketMode::State::wait_until_due() {
    using std::chrono::steady_clock;
    const auto due = lines.due();
    if (due) {
        alarm_clock->expires_after(std::max(steady_clock::duration{}, *due - options.now().steady));
    } else {
        alarm_clock->expires_at(steady_clock::time_point::max());
    }
    co_await alarm_clock->async_wait(asio::as_tuple(asio::use_awaitable));
}

void SocketMode::State::carry_out(Effects effects) {
    for (Effect& effect : effects) {
        std::visit(
            Overloaded{[&](const OpenLine& it) {
                           const auto line = std::make_shared<SocketLine>(it.line, executor);
                           sockets.emplace(it.line, line);
                           tasks->spawn(serve(line));
                       },
                       [&](PingLine& it) {
                           const auto line = sockets.find(it.line);
                           if (line == sockets.end() || !line->second->socket) return;
                           line->second->socket->try_ping(std::move(it.body));
                       },
                       [&](const CloseLine& it) { close(it.line, true); },
                       [&](const DropLine& it) {
                           say("A Slack connection fell silent: opening another.");
                           close(it.line, false);
                       },
                       [&](const RaiseAlarm& it) {
                           if (options.alarm) options.alarm(it.alarm);
                       },
                       [&](Missed& it) { receiver.may_have_missed(it.from, it.until, std::move(it.why)); },
                       [&](const LineUp& it) { receiver.connected(it.app); },
                       [&](GiveUp& it) { given_up = std::move(it.error); }},
            effect);
    }
    // Whatever happened may have changed when there is something to do next.
    if (alarm_clock) alarm_clock->cancel();
}

void SocketMode::State::close(LineId id, bool politely) {
    const auto found = sockets.find(id);
    if (found == sockets.end()) return;
    const Line line = found->second;
    line->closing = true;
    line->given_up.notify();
    if (!line->socket) return;
    if (!politely) return line->socket->cut();
    tasks->spawn([](Line it) -> asio::awaitable<void> { co_await it->socket->close(); }(line));
}

}  // namespace rapport::slack
