// `rapport backtest`.

#include <fmt/format.h>

#include <chrono>
#include <ostream>

#include "adapters/replay/progress.hpp"
#include "bot/cli/backtest_text.hpp"
#include "bot/cli/commands.hpp"
#include "bot/cli/store_access.hpp"
#include "bot/store/sqlite/throw_away.hpp"

namespace rapport::cli {

namespace {

constexpr std::chrono::milliseconds redraw{100};

/// A line on the terminal that is drawn over, and wiped when this ends.
class ProgressLine {
public:
    explicit ProgressLine(const Terminal& terminal) : terminal_(terminal) {}
    ~ProgressLine() {
        if (drawn_) terminal_.err << "\r\x1b[K" << std::flush;
    }
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;

    void show(std::uint64_t done, std::uint64_t all) {
        const auto now = std::chrono::steady_clock::now();
        if (!terminal_.progress || (drawn_ && now - last_ < redraw)) return;
        last_ = now;
        drawn_ = true;
        replay::Progress progress;
        progress.bytes_read = done;
        progress.bytes_total = all;
        progress.messages = done;
        progress.elapsed = std::chrono::duration_cast<std::chrono::milliseconds>(now - start_);
        terminal_.err << "\r\x1b[K" << replay::progress_line(progress, terminal_.width - 1) << std::flush;
    }

private:
    const Terminal& terminal_;
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
    std::chrono::steady_clock::time_point last_{};
    bool drawn_ = false;
};

}  // namespace

int backtest_rules(const Context& context, const BacktestCommand& options) {
    const auto since = parse_since(options.since);
    if (!since)
        throw Stop(Exit::usage,
                   fmt::format("--since \"{}\" is no time. Write 90d, 12h or 2w, or all.", options.since));
    Context with_candidate = context;
    with_candidate.places.rules = options.rules;
    const auto candidate = must_load_world(with_candidate);
    const auto today = must_load_world(context);
    const auto store = must_open_for_reading(context);

    BacktestOptions how;
    how.since = *since;
    Backtest result;
    {
        ProgressLine line{context.terminal};
        how.progress = [&](std::uint64_t done, std::uint64_t all) { line.show(done, all); };
        const auto open_empty = [] { return open_throw_away("backtest"); };
        result = must(backtest(*store, candidate, today, open_empty, how));
    }
    context.terminal.out << (context.json ? backtest_json(result) + "\n"
                                          : backtest_text(result, context.zone));
    return int(Exit::fine);
}

}  // namespace rapport::cli
