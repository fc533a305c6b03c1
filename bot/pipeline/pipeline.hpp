#pragma once

// Intake, committer and outbox at work on an io_context: events become batches, batches are committed on a
// thread of their own, acks and cards follow. No decision is made here.

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <functional>
#include <memory>
#include <vector>

#include "adapters/adapter.hpp"
#include "adapters/net/task_group.hpp"
#include "bot/pipeline/committer.hpp"
#include "bot/pipeline/intake.hpp"
#include "bot/pipeline/lanes.hpp"

namespace rapport {

/// What the pipeline tells the outside, for logs and progress. All members may be empty.
struct PipelineEvents {
    std::function<void(const Error&)> commit_failed{};               ///< It tries again; nothing is lost.
    std::function<void(const Committed&, std::size_t)> committed{};  ///< And how many inputs the batch had.
    std::function<void(const std::string&, const Error&)> delivery_failed{};
};

struct PipelineOptions {
    std::size_t queue = 10'000;
    std::size_t batch = 1'000;
    /// The time of timers. Empty: simulated time, which only events move (replay).
    std::function<Time()> clock{};
    /// In [0, 1), to spread tries.
    std::function<double()> roll{};
    PipelineEvents events{};
};

class Pipeline final : public Inbox {
public:
    /// `store` and `engine` outlive the pipeline, which alone uses them while `run` runs: on `store_thread`,
    /// where read-only questions to the store may be asked between batches (`ask_store`).
    Pipeline(boost::asio::any_io_executor executor, boost::asio::thread_pool& store_thread, Store& store,
             Engine& engine, PipelineOptions options);
    ~Pipeline() override;

    bool try_put(Event& event, Acked& acked) override;
    boost::asio::awaitable<void> put(Event event, Acked acked) override;
    /// The pipeline's own inputs: always taken. Requests of the command line come this way too.
    void put_inner(Input input);
    /// The same, and returns once all of `inputs` is durable, `run` running.
    boost::asio::awaitable<void> decide(std::vector<Input> inputs);
    /// The rules, team or configuration from the next batch on.
    void replace_world(std::shared_ptr<const World> world);

    /// Where cards go, at each desk in its own time. Before `run`; desks outlive the pipeline.
    void add_desk(Desk& desk);

    /// Commits batches, fires timers and delivers until cancelled. What was accepted before is then still in
    /// the queue; call `drain` to have it committed.
    boost::asio::awaitable<Result<>> run();
    /// Commits everything that is waiting; then returns. For the end of a run and of a replay. An Error: the
    /// store cannot take it.
    boost::asio::awaitable<Result<>> drain();
    /// Waits until nothing is under way or waiting, `run` running.
    boost::asio::awaitable<void> idle();

    /// `run` has begun, and nothing waits, is being committed, on its way or due: what is left is tried again
    /// when time goes on.
    bool rests() const;

    std::size_t waiting() const noexcept { return intake_.size(); }
    std::size_t undelivered() const noexcept { return lanes_.size(); }

private:
    Time now() const;
    void wake();
    boost::asio::awaitable<Result<Committed>> commit(const std::vector<Input>& inputs);
    boost::asio::awaitable<void> commit_until_it_holds(Batch batch);
    boost::asio::awaitable<Result<>> start();
    boost::asio::awaitable<void> run_batches();
    boost::asio::awaitable<void> run_outbox();
    boost::asio::awaitable<void> deliver_until_cancelled(net::TaskGroup& deliveries);
    boost::asio::awaitable<void> deliver(std::size_t lane, OutboxRow row);
    void hand_out(OutboxRow row);
    std::vector<std::size_t> lanes_for(const Outgoing& outgoing) const;
    void ended(std::size_t lane, const OutboxRow& row, const Result<>& delivered);
    boost::asio::awaitable<void> wait(boost::asio::steady_timer& timer, Time until);
    void finished(Batch& batch, Committed& committed);

    boost::asio::any_io_executor executor_;
    boost::asio::thread_pool& store_thread_;
    Store& store_;
    Engine& engine_;
    PipelineOptions options_;
    Committer committer_;
    Intake intake_;
    Lanes lanes_;
    std::vector<Desk*> desks_{};  ///< One for each lane.
    std::shared_ptr<const World> next_world_{};
    Time next_timer_{};
    Time decided_until_{};  ///< State::now after the last commit: the state itself belongs to the store's
                            ///< thread.
    bool started_ = false;
    bool committing_ = false;
    // Each wakes whoever waits for it: something to commit, room in the queue, something to deliver, nothing
    // left.
    boost::asio::steady_timer work_;
    boost::asio::steady_timer room_;
    boost::asio::steady_timer outgoing_;
    boost::asio::steady_timer quiet_;
};

}  // namespace rapport
