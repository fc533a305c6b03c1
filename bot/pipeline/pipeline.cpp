#include "bot/pipeline/pipeline.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "bot/pipeline/store_thread.hpp"

namespace rapport {

namespace asio = boost::asio;
using namespace asio::experimental::awaitable_operators;

namespace {

constexpr std::chrono::milliseconds first_pause{50};
constexpr std::chrono::milliseconds longest_pause{5'000};
/// Nothing is known to come: look again after this, in case the system's clock was set.
constexpr std::chrono::minutes longest_wait{1};
constexpr std::size_t most_undelivered = 100'000;

/// Waits for the next `cancel` of a timer that never fires by itself. Its expiry must not be set again: that
/// would wake the others who wait for it.
asio::awaitable<void> signal(asio::steady_timer& timer) {
    co_await timer.async_wait(asio::as_tuple(asio::use_awaitable));
}

/// Somebody's signal and our own cancellation both end a wait: tells them apart.
asio::awaitable<void> stop_if_cancelled() {
    const auto state = co_await asio::this_coro::cancellation_state;
    if (state.cancelled() != asio::cancellation_type::none)
        throw boost::system::system_error(asio::error::operation_aborted);
}

}  // namespace

Pipeline::Pipeline(asio::any_io_executor executor, asio::thread_pool& store_thread, Store& store,
                   Engine& engine, PipelineOptions options)
    : executor_(executor),
      store_thread_(store_thread),
      store_(store),
      engine_(engine),
      options_(std::move(options)),
      committer_(store, engine),
      intake_(options_.queue, options_.batch),
      work_(executor),
      room_(executor, asio::steady_timer::time_point::max()),
      outgoing_(executor),
      quiet_(executor, asio::steady_timer::time_point::max()) {}

Pipeline::~Pipeline() = default;

Time Pipeline::now() const {
    return options_.clock ? options_.clock() : decided_until_;
}

void Pipeline::wake() {
    work_.cancel();
}

bool Pipeline::try_put(Event& event, Acked& acked) {
    if (intake_.full()) return false;
    const Time at = event.seen;
    intake_.put({std::move(event), at}, std::move(acked));
    wake();
    return true;
}

asio::awaitable<void> Pipeline::put(Event event, Acked acked) {
    while (!try_put(event, acked)) {
        co_await signal(room_);
        co_await stop_if_cancelled();
    }
}

void Pipeline::put_inner(Input input) {
    intake_.put_inner(std::move(input));
    wake();
}

void Pipeline::replace_world(std::shared_ptr<const World> world) {
    next_world_ = std::move(world);
    put_inner({Tick{}, now()});
}

asio::awaitable<Result<Committed>> Pipeline::commit(const std::vector<Input>& inputs) {
    auto work = [&]() -> Result<Committed> {
        try {
            return committer_.commit(inputs);
        } catch (const std::exception& error) {
            return Error{ErrorKind::transient, error.what()};
        }
    };
    co_return co_await on_store_thread(store_thread_, work);
}

void Pipeline::finished(Batch& batch, Committed& committed) {
    next_timer_ = committed.next_timer;
    decided_until_ = committed.now;
    for (OutboxRow& row : committed.outbox) hand_out(std::move(row));
    for (Acked& acked : batch.acks)
        if (acked) acked();
    room_.cancel();
    outgoing_.cancel();
    if (options_.events.committed) options_.events.committed(committed, batch.inputs.size());
}

asio::awaitable<void> Pipeline::commit_until_it_holds(Batch batch) {
    std::chrono::milliseconds pause = first_pause;
    std::optional<Committed> held;
    committing_ = true;
    try {
        while (!held) {
            Result<Committed> committed = co_await commit(batch.inputs);
            if (committed) {
                held = std::move(*committed);
                continue;
            }
            if (options_.events.commit_failed) options_.events.commit_failed(committed.error());
            asio::steady_timer timer{executor_, pause};
            co_await timer.async_wait(asio::use_awaitable);
            pause = std::min(pause * 2, longest_pause);
        }
    } catch (...) {  // cancelled: `drain` finds it in the queue
        committing_ = false;
        intake_.put_back(std::move(batch));
        throw;
    }
    committing_ = false;
    finished(batch, *held);
}

asio::awaitable<void> Pipeline::wait(asio::steady_timer& timer, Time until) {
    if (until == never || !options_.clock) {
        timer.expires_at(asio::steady_timer::time_point::max());
    } else {
        const auto left = std::clamp<std::chrono::milliseconds>(until - options_.clock(),
                                                                std::chrono::milliseconds{0}, longest_wait);
        timer.expires_after(left);
    }
    co_await timer.async_wait(asio::as_tuple(asio::use_awaitable));
    co_await stop_if_cancelled();
}

asio::awaitable<void> Pipeline::run_batches() {
    for (;;) {
        const bool time_is_up = options_.clock && next_timer_ != never && next_timer_ <= options_.clock();
        if (intake_.empty() && !time_is_up) {
            quiet_.cancel();
            co_await wait(work_, next_timer_);
            continue;
        }
        if (next_world_) engine_.replace_world(std::exchange(next_world_, nullptr));
        if (intake_.empty()) intake_.put_inner({Tick{}, options_.clock()});
        co_await commit_until_it_holds(intake_.take());
    }
}

void Pipeline::add_desk(Desk& desk) {
    lanes_.add_lane();
    desks_.push_back(&desk);
}

/// Every desk that reaches one of them; all desks for the team's channel.
std::vector<std::size_t> Pipeline::lanes_for(const Outgoing& outgoing) const {
    std::vector<std::size_t> lanes;
    for (std::size_t i = 0; i < desks_.size(); ++i) {
        const auto reached = [&](const AccountKey& staff) { return desks_[i]->reaches(staff); };
        if (outgoing.team || std::any_of(outgoing.to.begin(), outgoing.to.end(), reached)) lanes.push_back(i);
    }
    return lanes;
}

void Pipeline::hand_out(OutboxRow row) {
    std::vector<std::size_t> lanes = lanes_for(row.outgoing);
    if (lanes.empty() && !std::holds_alternative<Notice>(row.outgoing.body)) {
        // No desk knows any of them: the team's channel is better than silence.
        row.outgoing.team = true;
        lanes = lanes_for(row.outgoing);
    }
    for (const Delivered& done : lanes_.add(row, lanes)) put_inner({done, now()});
}

void Pipeline::ended(std::size_t lane, const OutboxRow& row, const Result<>& delivered) {
    if (!delivered && options_.events.delivery_failed)
        options_.events.delivery_failed(row.outgoing.id, delivered.error());
    // What is refused as such stays refused. A token or a permission is mended by a person, and the card
    // still goes out then.
    if (delivered || delivered.error().kind == ErrorKind::rejected) {
        if (const auto done = lanes_.arrived(lane, row.id)) put_inner({*done, now()});
    } else {
        const Error& error = delivered.error();
        const double roll = options_.roll ? options_.roll() : 0.5;
        put_inner({lanes_.failed(lane, row.id, error.what, error.retry_after, now(), roll), now()});
    }
    outgoing_.cancel();
}

asio::awaitable<void> Pipeline::deliver(std::size_t lane, OutboxRow row) {
    Result<> delivered;
    try {
        delivered = co_await desks_[lane]->deliver(row.outgoing);
    } catch (const std::exception& error) {
        delivered = Error{ErrorKind::transient, error.what()};
    }
    const auto state = co_await asio::this_coro::cancellation_state;
    if (!delivered && state.cancelled() != asio::cancellation_type::none) {
        lanes_.put_back(lane, row.id);
        co_return;
    }
    ended(lane, row, delivered);
}

asio::awaitable<void> Pipeline::deliver_until_cancelled(net::TaskGroup& deliveries) {
    for (;;) {
        bool busy = false;
        for (std::size_t lane = 0; lane < desks_.size(); ++lane)
            if (std::optional<OutboxRow> row = lanes_.take(lane, now())) {
                deliveries.spawn(deliver(lane, std::move(*row)));
                busy = true;
            }
        if (busy) continue;
        quiet_.cancel();
        co_await wait(outgoing_, lanes_.next_try());
    }
}

asio::awaitable<void> Pipeline::run_outbox() {
    net::TaskGroup deliveries{executor_};
    std::exception_ptr ended_by;
    try {
        co_await deliver_until_cancelled(deliveries);
    } catch (...) {
        ended_by = std::current_exception();
    }
    // Nothing may be under way when this ends: the desks and this pipeline may go next.
    deliveries.cancel();
    co_await asio::this_coro::throw_if_cancelled(false);
    co_await deliveries.wait();
    std::rethrow_exception(ended_by);
}

asio::awaitable<Result<>> Pipeline::start() {
    auto work = [&]() -> Result<std::vector<OutboxRow>> {
        if (Result<> opened = committer_.open(); !opened) return opened.error();
        return store_.outbox(most_undelivered);
    };
    Result<std::vector<OutboxRow>> left = co_await on_store_thread(store_thread_, work);
    if (!left) co_return left.error();
    // Of a card that was replaced just before the end, the older row is still there.
    for (OutboxRow& row : *left) hand_out(std::move(row));
    const State& state = committer_.state();
    next_timer_ = state.timers.empty() ? never : state.timers.begin()->first;
    decided_until_ = state.now;
    started_ = true;
    co_return Result<>{};
}

asio::awaitable<Result<>> Pipeline::run() {
    const Result<> started = co_await start();
    if (!started) co_return started;
    co_await (run_batches() && run_outbox());
    co_return Result<>{};
}

asio::awaitable<Result<>> Pipeline::drain() {
    while (!intake_.empty()) {
        Batch batch = intake_.take();
        Result<Committed> committed = co_await commit(batch.inputs);
        if (!committed) {
            intake_.put_back(std::move(batch));
            co_return committed.error();
        }
        finished(batch, *committed);
    }
    co_return Result<>{};
}

bool Pipeline::rests() const {
    const Time next = lanes_.next_try();
    const bool due = next != never && next <= now();
    return started_ && intake_.empty() && !committing_ && lanes_.under_way() == 0 && !due;
}

asio::awaitable<void> Pipeline::idle() {
    while (!intake_.empty() || committing_ || lanes_.size() > 0) co_await signal(quiet_);
}

}  // namespace rapport
