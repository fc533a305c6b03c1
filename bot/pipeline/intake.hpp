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
    bool empty() const noexcept { return size_ == 0; }
    std::size_t size() const noexcept { return size_; }

    /// From outside; the caller has seen that there is room.
    void put(Input&& input, Acked&& acked) {
        ++outside_;
        ++add(std::move(input), std::move(acked)).outside;
    }
    /// The pipeline's own: always taken, since only what was taken before leads to it.
    void put_inner(Input input, Acked acked = {}) { add(std::move(input), std::move(acked)); }

    /// A batch that did not hold: it waits again, before all others, and takes nobody's room.
    void put_back(Batch batch) {
        if (batch.inputs.empty()) return;
        size_ += batch.inputs.size();
        forming_.push_front({std::move(batch), 0});
    }

    /// The oldest that wait, at most `most`; empty if none does.
    Batch take() {
        if (forming_.empty()) return {};
        Forming first = std::move(forming_.front());
        forming_.pop_front();
        outside_ -= first.outside;
        size_ -= first.batch.inputs.size();
        usual_ = first.batch.inputs.size();
        return std::move(first.batch);
    }

private:
    /// Inputs are put where they stay: moving an event is moving twenty texts.
    struct Forming {
        Batch batch{};
        std::size_t outside = 0;
    };
    Forming& add(Input&& input, Acked&& acked) {
        if (forming_.empty() || forming_.back().batch.inputs.size() >= most_) {
            Batch& next = forming_.emplace_back().batch;
            next.inputs.reserve(usual_);
            next.acks.reserve(usual_);
        }
        Forming& last = forming_.back();
        last.batch.inputs.push_back(std::move(input));
        last.batch.acks.push_back(std::move(acked));
        ++size_;
        return last;
    }

    std::size_t capacity_;
    std::size_t most_;
    std::size_t outside_ = 0;
    std::size_t size_ = 0;
    std::size_t usual_ = 0;          ///< How large the last batch was.
    std::deque<Forming> forming_{};  ///< New inputs join the last.
};

}  // namespace rapport
