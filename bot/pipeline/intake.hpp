#pragma once

// Where events wait for their batch. No I/O, no clock: the pipeline and the simulation both drive it.

#include <algorithm>
#include <cstddef>
#include <deque>
#include <vector>

#include "adapters/adapter.hpp"
#include "bot/pipeline/input.hpp"

namespace rapport {

/// A batch on its way: the inputs side by side, and whom to tell when they are durable.
struct Batch {
    std::vector<Input> inputs{};
    std::vector<Acked> acks{};  ///< As long as `inputs`; may hold empty ones.
};

/// A bounded queue of events that turns into batches: whatever has come while the last batch was committed is
/// the next one. So a batch grows with the load, and under light load a message waits for nobody.
class Intake {
public:
    /// `capacity`: events from outside that may wait; `most`: events in one batch. Both at least 1.
    Intake(std::size_t capacity, std::size_t most) : capacity_(capacity), most_(most) {}

    bool full() const noexcept { return outside_ >= capacity_; }
    bool empty() const noexcept { return waiting_.empty(); }
    std::size_t size() const noexcept { return waiting_.size(); }

    /// From outside; the caller has seen that there is room.
    void put(Input input, Acked acked) {
        ++outside_;
        waiting_.push_back({std::move(input), std::move(acked), true});
    }
    /// The pipeline's own: always taken, since only what was taken before leads to it.
    void put_inner(Input input) { waiting_.push_back({std::move(input), {}, false}); }

    /// A batch that did not hold: it waits again, before all others, and takes nobody's room.
    void put_back(Batch batch) {
        for (std::size_t i = batch.inputs.size(); i > 0; --i)
            waiting_.push_front({std::move(batch.inputs[i - 1]), std::move(batch.acks[i - 1]), false});
    }

    /// The oldest that wait, at most `most`; empty if none does.
    Batch take() {
        Batch batch;
        const std::size_t count = std::min(most_, waiting_.size());
        batch.inputs.reserve(count);
        batch.acks.reserve(count);
        for (std::size_t i = 0; i < count; ++i) {
            Waiting& one = waiting_.front();
            if (one.outside) --outside_;
            batch.inputs.push_back(std::move(one.input));
            batch.acks.push_back(std::move(one.acked));
            waiting_.pop_front();
        }
        return batch;
    }

private:
    struct Waiting {
        Input input;
        Acked acked;
        bool outside;
    };
    std::size_t capacity_;
    std::size_t most_;
    std::size_t outside_ = 0;
    std::deque<Waiting> waiting_{};
};

}  // namespace rapport
