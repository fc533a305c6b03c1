#pragma once

// Engine and store without a network, for the benchmarks of their own.

#include <memory>
#include <stdexcept>
#include <string_view>

#include "bench/bench.hpp"
#include "bench/world.hpp"
#include "bot/pipeline/committer.hpp"
#include "bot/store/sqlite/sqlite_store.hpp"

namespace rapport::bench {

/// The value, or an exception with the error's words.
template <class T>
T must(Result<T> result) {
    if (!result) throw std::runtime_error(result.error().what);
    return std::move(*result);
}
inline void must(const Result<>& result) {
    if (!result) throw std::runtime_error(result.error().what);
}

/// A database in the folder, opened as the program opens its own.
inline std::unique_ptr<Store> open_store(const WorkFolder& folder) {
    SqliteOptions options;
    options.path = folder.path() / "rapport.db";
    return must(open_sqlite(options));
}

/// Batches of messages as inputs, each decided when it is said.
class Batches {
public:
    Batches(Mix mix, std::size_t size) : workload_(mix), size_(size) {}
    /// Valid until the next call.
    const std::vector<Input>& next() {
        inputs_.clear();
        for (std::size_t i = 0; i < size_; ++i) {
            const Post& post = workload_.next();
            inputs_.push_back({to_event(post), post.at});
        }
        return inputs_;
    }

private:
    Workload workload_;
    std::size_t size_;
    std::vector<Input> inputs_{};
};

/// The texts of one batch, and their bytes.
struct Texts {
    std::vector<std::string> all{};
    double bytes = 0;
};
inline Texts texts_of(const Settings& settings) {
    Mix mix = settings.mix;
    mix.from = wall_clock();
    Batches batches{mix, settings.batch};
    Texts texts;
    for (const Input& input : batches.next()) {
        texts.all.push_back(std::get<MessagePosted>(std::get<Event>(input.what).body).message.text);
        texts.bytes += double(texts.all.back().size());
    }
    return texts;
}

/// What desks would have answered to a committed batch: all of it has arrived.
inline std::vector<Input> delivered(const Committed& committed) {
    std::vector<Input> inputs;
    for (const OutboxRow& row : committed.outbox) inputs.push_back({Delivered{row.id}, committed.now});
    return inputs;
}

}  // namespace rapport::bench
