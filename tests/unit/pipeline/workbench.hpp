#pragma once

// Engine, store and committer side by side, with words that make the core throw.

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "bot/alerts/world.hpp"
#include "bot/pipeline/committer.hpp"
#include "bot/store/sqlite/sqlite_store.hpp"
#include "support/faulty_disk.hpp"

namespace rapport::test {

/// A champion who waits is asked about at once, a customer after 15 minutes; escalation, cooldown, flood.
extern const std::string_view bench_rules;

/// The three staffers of `team_yaml` in an immutable world. The reader throws while a text holds "poison",
/// and while `*trouble` is set whenever a text holds "touchy".
std::shared_ptr<const World> bench_world(std::shared_ptr<const bool> trouble = {},
                                         std::string_view rules = bench_rules);

Account account_of(std::string_view name, std::string_view platform = "chat");
/// `id` in channel "help" (open), at `at`.
Event said(std::string_view who, std::string_view text, std::string_view id, Time at);
Event knows(std::string_view who, std::vector<std::string> roles, std::string_view owner, Time at);
inline Input input_of(Event event) {
    const Time at = event.seen;
    return {std::move(event), at};
}

std::unique_ptr<Store> open_bench_store(FaultyDisk& disk);

/// A store on a disk in memory, with its committer.
struct Workbench {
    explicit Workbench(std::size_t keep = 200'000, std::string_view rules = bench_rules);
    Result<Committed> commit(std::vector<Input> batch) { return committer->commit(batch); }
    /// The same in batches of `size`; throws if the store cannot. Says how many were quarantined.
    std::size_t commit_all(const std::vector<Input>& inputs, std::size_t size);
    void reopen();

    std::shared_ptr<bool> trouble = std::make_shared<bool>(false);
    FaultyDisk disk{};
    std::size_t keep;
    Engine engine;
    std::unique_ptr<Store> store{};
    std::unique_ptr<Committer> committer{};
};

/// Everything that is kept, in words, in a fixed order.
std::string dump(Store& store);

}  // namespace rapport::test
