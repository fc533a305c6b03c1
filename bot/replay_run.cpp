// `rapport replay`: files through the live pipeline, in the time that they tell.

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <csignal>
#include <iostream>
#include <span>

#include "adapters/replay/pace.hpp"
#include "adapters/replay/progress.hpp"
#include "adapters/replay/source.hpp"
#include "bot/alerts/card.hpp"
#include "bot/app.hpp"
#include "bot/json/alert_json.hpp"
#include "bot/people/working_time.hpp"
#include "bot/pipeline/pipeline.hpp"
#include "bot/replay_contacts.hpp"
#include "bot/store/sqlite/throw_away.hpp"

namespace rapport {

namespace asio = boost::asio;
using namespace asio::experimental::awaitable_operators;

namespace {

/// A store that cannot take a batch so often in a row is not going to.
constexpr int most_failures = 5;
constexpr std::chrono::milliseconds progress_every{200};

/// The desk of a replay: takes everything; with `print`, tells on stdout what would have made a sound.
class ReplayDesk final : public Desk {
public:
    explicit ReplayDesk(bool print) : print_(print) {}
    std::string_view name() const noexcept override { return "replay"; }
    bool reaches(const AccountKey&) const noexcept override { return true; }
    asio::awaitable<Result<>> deliver(Outgoing outgoing) override {
        const Card* card = std::get_if<Card>(&outgoing.body);
        if (print_ && card && outgoing.notify)
            std::cout << fmt::format("{}  {}  {}  {}\n", local_date_text("UTC", card->history.back().at),
                                     card->id, card->title, card->status);
        co_return Result<>{};
    }

private:
    bool print_;
};

/// The progress bar on a terminal; nothing elsewhere.
class Bar {
public:
    Bar(const replay::EventSource& source, bool wanted)
        : source_(source),
          wanted_(wanted && isatty(STDERR_FILENO) != 0),
          started_(std::chrono::steady_clock::now()),
          last_(started_) {}
    ~Bar() {
        if (wanted_) std::cerr << "\r\033[K";
    }
    void show() {
        const auto now = std::chrono::steady_clock::now();
        if (!wanted_ || now - last_ < progress_every) return;
        last_ = now;
        winsize size{};
        const int width = ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
        const auto elapsed = std::chrono::duration_cast<std::chrono::milliseconds>(now - started_);
        std::cerr << '\r'
                  << replay::progress_line(
                         {source_.bytes_read(), source_.bytes_total(), source_.tally().messages, elapsed},
                         width - 1)
                  << "\033[K" << std::flush;
    }

private:
    const replay::EventSource& source_;
    bool wanted_;
    std::chrono::steady_clock::time_point started_;
    std::chrono::steady_clock::time_point last_;
};

class Replay {
public:
    Replay(const ReplayOptions& options, std::shared_ptr<const World> world, std::shared_ptr<Store> store)
        : options_(options),
          engine_(std::move(world)),
          store_(std::move(store)),
          desk_(!options.json && !options.quiet),
          pipeline_(io_.get_executor(), store_thread_, *store_, engine_, pipeline_options()),
          failed_(io_, asio::steady_timer::time_point::max()) {
        pipeline_.add_desk(desk_);
    }

    int run() {
        Result<> result = read_cursors();
        if (!result) return fail(result.error());
        asio::co_spawn(io_, main(result), [](std::exception_ptr error) {
            if (error) std::rethrow_exception(error);
        });
        io_.run();
        store_thread_.join();
        if (!result) return fail(result.error());
        if (stopped_) return say_stopped();
        if (options_.json) return print_alerts();
        if (!options_.quiet) return summary();
        return 0;
    }

private:
    PipelineOptions pipeline_options() {
        const PipelineConfig& config = engine_.world().config.pipeline;
        PipelineOptions options;
        options.queue = config.queue;
        options.batch = config.batch;
        options.events.committed = [this](const Committed&, std::size_t) { failures_ = 0; };
        options.events.commit_failed = [this](const Error& error) {
            if (++failures_ < most_failures && error.retryable()) return;
            store_error_ = error;
            failed_.cancel();
        };
        return options;
    }

    static int fail(const Error& error) {
        std::cerr << error.what << '\n';
        return 1;
    }

    Result<> read_cursors() {
        State state;
        Result<> opened = store_->open(state);
        cursors_ = std::move(state.cursors);
        latest_ = state.now;
        return opened;
    }

    asio::awaitable<void> main(Result<>& result) {
        asio::signal_set signals{co_await asio::this_coro::executor, SIGINT, SIGTERM};
        auto ended = co_await (feed_all() || pipeline_.run() || store_failed() ||
                               signals.async_wait(asio::use_awaitable));
        switch (ended.index()) {
            case 0:
                result = std::move(std::get<0>(ended));
                break;
            case 1:
                result = std::move(std::get<1>(ended));
                break;
            case 2:
                if (options_.places.store)
                    store_error_.what +=
                        "\nEnough for now: the replay stops. The same command goes on from here.";
                result = store_error_;
                break;
            default:
                stopped_ = true;
        }
    }

    asio::awaitable<void> store_failed() { co_await failed_.async_wait(asio::as_tuple(asio::use_awaitable)); }

    asio::awaitable<Result<>> feed_all() {
        if (const Result<> openable = look_at_all(); !openable) co_return openable;
        for (std::size_t i = 0; i < options_.files.size(); ++i) {
            Result<> fed = co_await feed(i);
            // What came before the mistake is good, and stays.
            co_await pipeline_.idle();
            if (!fed) co_return fed;
        }
        co_return Result<>{};
    }

    replay::Options how_to_read() const {
        replay::Options how;
        how.realm = options_.realm;
        how.lenient = options_.keep_going;
        return how;
    }

    /// A slip in the last name is told before the first file is fed, and not an hour later.
    Result<> look_at_all() const {
        for (const std::filesystem::path& file : options_.files)
            if (const auto source = replay::open(file, how_to_read()); !source) return source.error();
        return {};
    }

    asio::awaitable<Result<>> feed(std::size_t index) {
        const std::filesystem::path& file = options_.files[index];
        replay::Options how = how_to_read();
        how.on_problem = [](const replay::Problem& problem) {
            std::cerr << fmt::format("{}, line {}: {}. Passed over.\n", problem.file, problem.line,
                                     problem.what);
        };
        Result<std::unique_ptr<replay::EventSource>> source = replay::open(file, how);
        if (!source) co_return source.error();
        Result<> fed = (*source)->cursor_name().empty() ? co_await feed_contacts(index, **source)
                                                        : co_await feed_messages(**source);
        if ((*source)->tally().problems > 0)
            std::cerr << fmt::format("{}: {} lines could not be read and were passed over.\n", file.string(),
                                     (*source)->tally().problems);
        co_return fed;
    }

    asio::awaitable<Result<>> feed_messages(replay::EventSource& source) {
        if (const auto cursor = cursors_.find(std::string(source.cursor_name())); cursor != cursors_.end())
            if (Result<> skipped = source.skip_to(cursor->second); !skipped) co_return skipped;
        co_return co_await feed(source, [](Event&, std::uint64_t) { return true; });
    }

    asio::awaitable<Result<>> feed_contacts(std::size_t index, replay::EventSource& source) {
        const auto later = std::span{options_.files}.subspan(index + 1);
        const Result<std::optional<Time>> next = first_moment(later, how_to_read());
        if (!next) co_return next.error();
        const Result<StatedContacts> stated =
            state_contacts(options_.files[index], options_.realm, *next, latest_, cursors_);
        if (!stated) co_return stated.error();
        co_return co_await feed(source, [&](Event& event, std::uint64_t number) {
            stated->stamp(event, number);
            return number > stated->done;
        });
    }

    /// `prepare(event, number)` may change the event, the how manieth of the file it is; false: not this one.
    template <class Prepare>
    asio::awaitable<Result<>> feed(replay::EventSource& source, Prepare prepare) {
        replay::Pace pace{options_.speed};
        Bar bar{source, !options_.quiet};
        asio::steady_timer timer{co_await asio::this_coro::executor};
        Acked nobody;
        for (std::uint64_t number = 1;; ++number) {
            Result<std::optional<Event>> next = source.next();
            if (!next) co_return next.error();
            if (!*next) co_return Result<>{};
            Event& event = **next;
            if (!prepare(event, number)) continue;
            latest_ = std::max(latest_, event.seen);
            for (auto left = pace.wait(event.seen, std::chrono::steady_clock::now()); left.count() > 0;
                 left = pace.wait(event.seen, std::chrono::steady_clock::now())) {
                timer.expires_after(left);
                co_await timer.async_wait(asio::use_awaitable);
            }
            if (!pipeline_.try_put(event, nobody)) co_await pipeline_.put(std::move(event), nobody);
            bar.show();
        }
    }

    /// All alerts of the store as lines of JSON, in the order of their ids: a replay that was killed and
    /// resumed ends with the same bytes as one that ran through.
    int print_alerts() {
        AlertId after{};
        for (;;) {
            const Result<std::vector<AlertRow>> alerts = store_->alerts(false, after, 1000);
            if (!alerts) return fail(alerts.error());
            if (alerts->empty()) return 0;
            for (const AlertRow& alert : *alerts) {
                const Result<std::string> line = line_of(alert);
                if (!line) return fail(line.error());
                std::cout << *line << '\n';
                after = alert.id;
            }
        }
    }

    Result<std::string> line_of(const AlertRow& alert) {
        State state;
        Wanted wanted;
        wanted.accounts = {alert.about};
        wanted.channels = {alert.channel};
        wanted.messages = alert.quoted;
        if (Result<> loaded = store_->load(wanted, state); !loaded) return loaded.error();
        std::vector<MessageRow> quoted;
        quoted.reserve(alert.quoted.size());
        for (const MessageId id : alert.quoted) quoted.push_back(state.messages.at(id));
        return alert_json(alert, state.accounts.at(alert.about), state.channels.at(alert.channel), quoted);
    }

    int say_stopped() const {
        if (!options_.quiet)
            std::cerr
                << (options_.places.store
                        ? "Stopped. The same command goes on from here.\n"
                        : "Stopped. Nothing is kept of it; with --store FILE a replay can go on later.\n");
        return 130;
    }

    int summary() {
        const Result<StoreCounts> counts = store_->counts();
        if (!counts) return fail(counts.error());
        std::cout << fmt::format(
            "{} messages by {} accounts in {} conversations. {} alerts, {} of them still open. {} events in "
            "quarantine.\n",
            counts->messages, counts->accounts, counts->conversations, counts->alerts, counts->alerts_open,
            counts->quarantine);
        return 0;
    }

    const ReplayOptions& options_;
    asio::io_context io_{1};
    asio::thread_pool store_thread_{1};
    Engine engine_;
    std::shared_ptr<Store> store_;
    ReplayDesk desk_;
    Pipeline pipeline_;
    asio::steady_timer failed_;
    std::map<std::string, std::string> cursors_{};
    Time latest_{};  ///< Where simulated time stands: the store's, then that of what was fed.
    Error store_error_{};
    int failures_ = 0;
    bool stopped_ = false;
};

/// The store that was named, or one that nobody keeps.
Result<std::shared_ptr<Store>> open_store(const ReplayOptions& options, const Config& config) {
    if (!options.places.store) {
        Result<std::shared_ptr<Store>> opened = open_throw_away("replay");
        if (opened) return opened;
        return Error{opened.error().kind, opened.error().what + " Or name a store with --store FILE."};
    }
    SqliteOptions named;
    named.path = options.places.store->string();
    named.full_sync = config.store.sync == StoreSync::full;
    Result<std::unique_ptr<Store>> opened = open_sqlite(named);
    if (!opened) return opened.error();
    return std::shared_ptr<Store>{std::move(*opened)};
}

}  // namespace

int replay_files(const ReplayOptions& options) {
    LoadedWorld loaded = load_world(options.places);
    for (const std::string& problem : loaded.problems) std::cerr << problem << '\n';
    if (!loaded.world) return 1;
    Result<std::shared_ptr<Store>> opened = open_store(options, loaded.world->config);
    if (!opened) {
        std::cerr << opened.error().what << '\n';
        return 1;
    }
    return Replay{options, loaded.world, std::move(*opened)}.run();
}

}  // namespace rapport
