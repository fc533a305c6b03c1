#pragma once

#include <span>
#include <vector>

#include "bot/pipeline/engine.hpp"
#include "bot/store/store.hpp"

namespace rapport {

/// What a committed batch leaves to do.
struct Committed {
    std::vector<OutboxRow> outbox{};  ///< New; durable; to be delivered.
    Time next_timer{};                ///< When time alone makes something happen; `never`: nothing waits.
    Time now{};                       ///< State::now after it.
    std::size_t quarantined = 0;
    std::size_t not_brought_back = 0;  ///< Statements about people who were erased: nothing was done.
};

/// Takes batches through load, decide and save, one at a time, one transaction each. Blocking; no thread of
/// its own. What it is given again after a failure gives the same result, so a batch may be repeated until it
/// holds.
class Committer {
public:
    /// `keep`: rows of a kind that stay in memory between batches. Both outlive the committer.
    Committer(Store& store, Engine& engine, std::size_t keep = 200'000);

    /// All of `batch` is durable when this returns. After an error nothing of it is. A single event that
    /// cannot be decided goes to quarantine with its error, and the rest goes on (design §9).
    Result<Committed> commit(std::span<const Input> batch);

    /// Opens the state if it is not; `commit` does it by itself. Then `state()` may be read.
    Result<> open();
    const State& state() const noexcept { return state_; }

private:
    struct Poison {
        std::size_t index;
        std::string error;
    };
    Result<> load(std::span<const Input> batch);
    Result<> load_and_decide(std::span<const Input> batch);
    void decide(std::span<const Input> batch);
    void quarantine(const Input& input, const std::string& error);
    void start_over();

    Store& store_;
    Engine& engine_;
    std::size_t keep_;
    State state_{};
    bool open_ = false;
    std::vector<Poison> poison_{};
    std::set<AlertId> broken_{};
    std::map<AlertId, std::string> broken_why_{};
};

}  // namespace rapport
