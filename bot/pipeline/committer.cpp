#include "bot/pipeline/committer.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace rapport {

namespace {

/// Keys, rows, what rows point at, what those point at: a batch is loaded in a few rounds. More than this
/// means that something points at a row that is not there.
constexpr int most_rounds = 40;

/// An event could not be decided; which one is known from where it was thrown.
struct Undecidable {
    std::size_t index;
    std::string error;
};

}  // namespace

Committer::Committer(Store& store, Engine& engine, std::size_t keep)
    : store_(store), engine_(engine), keep_(keep) {}

Result<> Committer::open() {
    if (open_) return {};
    state_.reset();
    const Result<> opened = store_.open(state_);
    open_ = opened.has_value();
    return opened;
}

void Committer::start_over() {
    state_.reset();
    open_ = false;
}

Result<> Committer::load(std::span<const Input> batch) {
    for (int round = 0; round < most_rounds; ++round) {
        const Wanted wanted = engine_.wanted(batch, state_);
        if (wanted.empty()) return {};
        if (Result<> loaded = store_.load(wanted, state_); !loaded) return loaded;
    }
    return Error{ErrorKind::rejected,
                 "the store points at rows that it does not have; run `rapport check` and restore a backup"};
}

void Committer::quarantine(const Input& input, const std::string& error) {
    QuarantineRow row;
    row.at = input.at;
    row.error = error;
    row.what = describe(input);
    if (const Event* event = std::get_if<Event>(&input.what)) {
        row.source = event->source;
        row.raw = event->raw;
        if (!event->cursor_name.empty()) {
            state_.cursors[event->cursor_name] = event->cursor;
            state_.added.cursors_changed.push_back(event->cursor_name);
        }
    }
    state_.added.quarantine.push_back(std::move(row));
}

void Committer::decide(std::span<const Input> batch) {
    for (std::size_t i = 0; i < batch.size(); ++i) {
        engine_.pass_time(state_, std::max(state_.now, batch[i].at), broken_);
        const auto poison =
            std::find_if(poison_.begin(), poison_.end(), [&](const Poison& p) { return p.index == i; });
        if (poison != poison_.end()) {
            quarantine(batch[i], poison->error);
            continue;
        }
        try {
            engine_.decide(batch[i], state_);
        } catch (const std::exception& error) {
            throw Undecidable{i, error.what()};
        }
    }
}

Result<> Committer::load_and_decide(std::span<const Input> batch) {
    for (;;) {
        if (Result<> opened = open(); !opened) return opened;
        if (Result<> loaded = load(batch); !loaded) return loaded;
        try {
            decide(batch);
            return {};
        } catch (const Undecidable& bad) {
            poison_.push_back({bad.index, bad.error});
        } catch (const TimerFailed& failed) {
            if (!broken_.insert(failed.alert).second) throw;
            broken_why_[failed.alert] = failed.what();
        }
        start_over();
    }
}

Result<Committed> Committer::commit(std::span<const Input> batch) {
    poison_.clear();
    broken_.clear();
    broken_why_.clear();
    const Result<> decided = load_and_decide(batch);
    if (!decided) {
        start_over();
        return decided.error();
    }
    for (const AlertId alert : broken_) {
        QuarantineRow row;
        row.at = state_.now;
        row.source = "timer";
        row.error =
            fmt::format("its next step failed ({}); it is tried again in an hour", broken_why_.at(alert));
        row.what = fmt::format("alert {}", std::int64_t(alert));
        state_.added.quarantine.push_back(std::move(row));
    }
    if (Result<> saved = store_.save(state_); !saved) {
        start_over();
        return saved.error();
    }
    Committed committed;
    committed.outbox = std::move(state_.added.outbox);
    committed.now = state_.now;
    committed.quarantined = state_.added.quarantine.size();
    committed.not_brought_back = state_.added.not_brought_back;
    committed.next_timer = state_.timers.empty() ? never : state_.timers.begin()->first;
    const bool erased = !state_.added.erased.empty();
    state_.settle(keep_);
    if (erased) start_over();  // what is in memory may still hold what was forgotten
    return committed;
}

}  // namespace rapport
