#include "bot/store_office.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <boost/asio/cancellation_state.hpp>
#include <boost/asio/this_coro.hpp>
#include <cstring>
#include <fstream>
#include <sstream>

#include "adapters/net/cancelled.hpp"
#include "bot/office/pages.hpp"
#include "bot/pipeline/hindsight.hpp"
#include "bot/pipeline/store_thread.hpp"
#include "bot/store/sqlite/sqlite_store.hpp"
#include "bot/store/sqlite/throw_away.hpp"

namespace rapport {

namespace asio = boost::asio;

namespace {

std::string file_text(const std::filesystem::path& path) {
    std::ifstream file{path, std::ios::binary};
    std::ostringstream text;
    text << file.rdbuf();
    return std::move(text).str();
}

/// What somebody gets who is not on the team: a kind word if they wrote, else nothing.
Answer for_stranger(const Ask& ask, const Team& team) {
    if (ask.kind != Ask::Kind::words) return {};
    const Staffer* lead = team.lead(ask.at);
    return office::words_page("stranger", "Hello",
                              fmt::format("I work for the team here; ask {} to add you.",
                                          lead ? lead->full_name + " (lead)" : "one of them"));
}

Answer sorry(const std::string& words) {
    return office::words_page("sorry", "That did not work",
                              words + "\nNothing was lost. Please try again in a moment.");
}

}  // namespace

Result<> replace_file(const std::filesystem::path& path, std::string_view text) {
    const std::string temporary = path.string() + ".new";
    const auto fail = [&](const char* what) {
        const Error error{ErrorKind::transient,
                          fmt::format("{} could not be {}: {}.", path.string(), what, std::strerror(errno))};
        ::unlink(temporary.c_str());
        return error;
    };
    const int file = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (file < 0) return fail("written");
    bool good = true;
    for (std::string_view rest = text; good && !rest.empty();) {
        const ssize_t written = ::write(file, rest.data(), rest.size());
        if (written < 0 && errno == EINTR) continue;
        good = written >= 0;
        if (good) rest.remove_prefix(std::size_t(written));
    }
    good = good && ::fsync(file) == 0;
    ::close(file);
    if (!good) return fail("written");
    if (::rename(temporary.c_str(), path.c_str()) != 0) return fail("replaced");
    return {};
}

StoreOffice::~StoreOffice() {
    ending_ = true;
    history_.join();
}

asio::awaitable<Answer> StoreOffice::ask(Ask ask) {
    ask.at = parts_.clock();
    const std::shared_ptr<const World> world = parts_.world();
    if (!world->team.staffer_of(ask.by, ask.at)) co_return for_stranger(ask, world->team);
    Answer answer;
    try {
        answer = co_await answer_staff(std::move(ask));
    } catch (const std::exception& error) {
        // One question that cannot be answered must not end what the others hang on.
        if (net::was_cancelled(std::current_exception())) throw;
        answer = sorry(error.what());
    }
    co_return answer;
}

asio::awaitable<Answer> StoreOffice::answer_staff(Ask ask) {
    const auto in_room = [&](const std::function<Answer(office::Room&)>& then) {
        const std::shared_ptr<const World> world = parts_.world();
        const Staffer* by = world->team.staffer_of(ask.by, ask.at);
        if (!by) return Answer{};
        Lookup lookup{parts_.store};
        office::Room room{parts_.store, lookup, world, *by, ask.at, file_text(parts_.rules_file)};
        return then(room);
    };
    office::Reply reply;
    auto first = [&] {
        in_room([&](office::Room& room) {
            reply = office::answer(room, ask);
            return Answer{};
        });
        return true;
    };
    co_await on_store_thread(parts_.store_thread, first);
    co_await parts_.pipeline.decide(std::move(reply.inputs));
    if (reply.settings) {
        const Result<> reloaded = co_await parts_.reload();
        if (!reloaded) co_return sorry(reloaded.error().what);
    }
    if (reply.save) {
        const Result<> saved = co_await save(*reply.save);
        if (!saved) co_return sorry(saved.error().what);
    }
    Backtest history;
    if (reply.test) {
        Result<Backtest> tested = co_await test(*reply.test);
        if (!tested) co_return sorry(tested.error().what);
        history = std::move(*tested);
    }
    if (reply.look_back) {
        Result<Backtest> seen = co_await look_back(*reply.look_back);
        if (!seen) co_return sorry(seen.error().what);
        history = std::move(*seen);
    }
    if (!reply.after) co_return std::move(reply.answer);
    auto second = [&] { return in_room([&](office::Room& room) { return reply.after(room, history); }); };
    co_return co_await on_store_thread(parts_.store_thread, second);
}

asio::awaitable<Result<>> StoreOffice::save(office::SaveRules rules) {
    auto work = [&]() -> Result<> {
        if (file_text(parts_.rules_file) != rules.before)
            return Error{ErrorKind::transient,
                         "rules.yaml was changed by somebody else just now, so yours was not written."};
        // What stood there is kept first, if nobody has seen it yet: nothing is lost silently.
        const auto keep = [&](const std::string& text, const std::string& by) -> Result<> {
            const rules::LoadResult loaded = rules::load(text, "rules.yaml");
            if (!loaded.rules) return {};
            const Result<std::int64_t> kept =
                parts_.store.keep_rules({0, parts_.clock(), by, loaded.rules->hash(), text});
            if (!kept) return kept.error();
            return {};
        };
        if (Result<> kept = keep(rules.before, "file"); !kept) return kept;
        if (Result<> kept = keep(rules.text, rules.by); !kept) return kept;
        return replace_file(parts_.rules_file, rules.text);
    };
    const Result<> saved = co_await on_store_thread(parts_.store_thread, work);
    if (!saved) co_return saved;
    co_return co_await parts_.reload();
}

asio::awaitable<Result<Backtest>> StoreOffice::test(office::TestRules rules) {
    std::function<Result<Backtest>(Store&, const BacktestOptions&)> look = [&](Store& history,
                                                                               const BacktestOptions& how) {
        const auto open_empty = [] { return open_throw_away("backtest"); };
        return backtest(history, rules.candidate, rules.today, open_empty, how);
    };
    co_return co_await in_history(std::move(look));
}

asio::awaitable<Result<Backtest>> StoreOffice::look_back(office::LookBack what) {
    std::function<Result<Backtest>(Store&, const BacktestOptions&)> look =
        [&](Store& history, const BacktestOptions& how) -> Result<Backtest> {
        const auto open_empty = [] { return open_throw_away("hindsight"); };
        auto seen = hindsight(history, what.world, what.messages, open_empty, how);
        if (!seen) return seen.error();
        Backtest result;
        result.seen = std::move(*seen);
        return result;
    };
    co_return co_await in_history(std::move(look));
}

/// Beside everything else, in a store of its own where there is a file for it.
asio::awaitable<Result<Backtest>> StoreOffice::in_history(
    std::function<Result<Backtest>(Store&, const BacktestOptions&)> look) {
    // The work itself cannot be interrupted: it is told, and looks from time to time.
    const auto cancelled = std::make_shared<std::atomic<bool>>(false);
    const auto state = co_await asio::this_coro::cancellation_state;
    if (auto slot = state.slot(); slot.is_connected())
        slot.assign([cancelled](asio::cancellation_type) { *cancelled = true; });
    BacktestOptions how;
    how.stop = [this, cancelled] { return ending_ || *cancelled; };
    if (parts_.store_path.empty()) {
        auto here = [&] { return look(parts_.store, how); };
        co_return co_await on_store_thread(parts_.store_thread, here);
    }
    auto beside = [&]() -> Result<Backtest> {
        SqliteOptions options;
        options.path = parts_.store_path;
        options.read_only = true;
        Result<std::unique_ptr<Store>> store = open_sqlite(options);
        if (!store) return store.error();
        return look(**store, how);
    };
    co_return co_await on_store_thread(history_, beside);
}

}  // namespace rapport
