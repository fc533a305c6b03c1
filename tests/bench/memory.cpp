// What 100,000 persons and 1,000,000 messages take: memory while they come in, the disk, and memory after a
// new start.

#include <sqlite3.h>

#include "bench/core.hpp"
#include "bench/usage.hpp"

namespace rapport::bench {

namespace json = boost::json;

namespace {

/// Half a year of a busy community, whatever the number of messages.
Mix spread_out(const Settings& settings) {
    Mix mix = settings.mix;
    mix.from = Time{std::chrono::sys_days{std::chrono::year{2026} / 1 / 5}};
    mix.step = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::hours{24 * 182}) /
               std::int64_t(settings.messages);
    return mix;
}

json::object row(std::string_view what, const Committer& committer, const WorkFolder& folder) {
    const State& state = committer.state();
    return {{"what", what},
            {"resident MB", resident_mb()},
            {"allocated MB", allocated_mb()},
            {"of it SQLite's MB", double(sqlite3_memory_used()) / 1e6},
            {"accounts in memory", state.accounts.size()},
            {"conversations in memory", state.conversations.size()},
            {"messages in memory", state.messages.size()},
            {"alerts in memory", state.alerts.size()},
            {"open alerts", state.timers.size()},
            {"files MB", folder.megabytes()}};
}

}  // namespace

void memory(const Settings& settings, Report& report) {
    const WorkFolder folder{settings};
    Engine engine{make_world(ten_rules)};
    Batches batches{spread_out(settings), settings.batch};
    const double before = resident_mb();
    {
        auto store = open_store(folder);
        Committer committer{*store, engine};
        Stopwatch committing;
        double most = 0;
        const std::uint64_t rounds = settings.messages / settings.batch;
        for (std::uint64_t round = 1; round <= rounds; ++round) {
            const auto& inputs = batches.next();
            committing.start();
            const Committed committed = must(committer.commit(inputs));
            const std::vector<Input> arrived = delivered(committed);
            if (!arrived.empty()) must(committer.commit(arrived));
            committing.stop();
            if (round % 10 == 0) most = std::max(most, resident_mb());
            if (round % std::max<std::uint64_t>(rounds / 4, 1) != 0) continue;
            json::object now = row("while it comes in", committer, folder);
            now["messages"] = round * settings.batch;
            report.rows.push_back(std::move(now));
        }
        json::object end = row("at the end", committer, folder);
        const StoreCounts counts = must(store->counts());
        end["authors, besides those of alerts"] = settings.mix.persons;
        end["persons"] = counts.persons;
        end["messages"] = counts.messages;
        end["conversations"] = counts.conversations;
        end["alerts"] = counts.alerts;
        end["resident MB before"] = before;
        end["most resident MB"] = most;
        end["CPU us a message"] = committing.total() / double(rounds * settings.batch);
        report.rows.push_back(std::move(end));
    }
    report.rows.push_back(json::object{{"what", "closed"}, {"files MB", folder.megabytes()}});
}

}  // namespace rapport::bench
