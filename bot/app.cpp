#include "bot/app.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <csignal>
#include <iostream>
#include <random>

#include "adapters/console/console_desk.hpp"
#include "adapters/net/run_loop.hpp"
#include "adapters/net/supervise.hpp"
#include "adapters/web/web.hpp"
#include "bot/json/requests.hpp"
#include "bot/notebook.hpp"
#include "bot/pipeline/pipeline.hpp"
#include "bot/pipeline/store_thread.hpp"
#include "bot/random_token.hpp"
#include "bot/slack_desks.hpp"
#include "bot/slack_installs.hpp"
#include "bot/store_office.hpp"
#include "bot/transcripts.hpp"
#include "bot/watch.hpp"

namespace rapport {

namespace asio = boost::asio;
using namespace asio::experimental::awaitable_operators;

namespace {

Time wall_clock() {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

web::Config web_config(const ServeOptions& options, const World& world) {
    const WebConfig& file = world.config.web;
    web::Config config;
    config.address = options.address.value_or(file.address);
    config.port = options.port.value_or(file.port);
    config.realm = file.realm;
    config.brand_name = file.brand;
    config.token = options.token.value_or(random_token());
    for (const Staffer& staffer : world.team.staffers())
        config.roster.push_back({staffer.name, staffer.full_name});
    config.limits.sockets = file.max_sockets;
    config.limits.text = file.max_message_length;
    config.limits.messages = {double(file.messages_per_minute), std::chrono::minutes{1}};
    config.limits.hellos_per_address = {double(file.visitors_per_minute), std::chrono::minutes{1}};
    return config;
}

console::ConsoleOptions console_options(const std::string& staffer) {
    console::ConsoleOptions options;
    options.staff = console::console_account(staffer);
    options.prompt = isatty(STDIN_FILENO) != 0;
    options.look.colour = isatty(STDOUT_FILENO) != 0 && !std::getenv("NO_COLOR");
    options.clock = wall_clock;
    options.random_id = random_token;
    options.print = [](std::string_view words) { std::cout << words << std::flush; };
    return options;
}

/// The running program: the parts, in the order in which they are made, and how they start and stop.
class App {
public:
    App(const ServeOptions& options, std::shared_ptr<const World> world, std::unique_ptr<Store> store)
        : options_(options),
          world_(world),
          engine_(world),
          store_(std::move(store)),
          transcripts_(store_thread_, *store_),
          notebook_(store_thread_, *store_),
          web_config_(web_config(options, *world)),
          web_(web_config_, transcripts_),
          pipeline_(io_.get_executor(), store_thread_, *store_, engine_, pipeline_options(*world)) {
        pipeline_.add_desk(web_);
        const std::optional<std::string> at_console = console_staffer(*world);
        if (!at_console) return;
        console_.emplace(io_.get_executor(), STDIN_FILENO, console_options(*at_console));
        pipeline_.add_desk(*console_);
    }

    /// Slack, where its tokens are in the environment. Before `run`.
    Result<> add_slack() {
        SlackSetUp set_up = slack_set_up(world_->config.slack, process_environment());
        if (!set_up.problems.empty())
            return Error{ErrorKind::unauthorized, fmt::format("{}", fmt::join(set_up.problems, "\n"))};
        const bool installs = world_->config.slack.oauth.on();
        if (set_up.workspaces.empty() && !installs) return {};
        Result<net::TlsContext> tls = net::TlsContext::system();
        if (!tls) return tls.error();
        tls_.emplace(std::move(*tls));
        State state;
        if (Result<> opened = store_->open(state); !opened) return opened;
        for (slack::Config& config : set_up.workspaces) {
            config.cursors = state.cursors;
            if (Result<> added = add_slack(std::move(config)); !added) return added;
        }
        return installs ? add_installed(state.cursors) : Result<>{};
    }

    int run() {
        if (const Result<> taken = web_.listen(io_.get_executor()); !taken) return fail(taken.error());
        if (const Result<> kept = keep_rules(engine_.world()); !kept) return fail(kept.error());
        greet();
        int code = 0;
        asio::co_spawn(io_, main(code), net::rethrow);
        net::run_to_end(io_);
        store_thread_.join();
        return code;
    }

private:
    PipelineOptions pipeline_options(const World& world) {
        PipelineOptions options;
        options.queue = world.config.pipeline.queue;
        options.batch = world.config.pipeline.batch;
        options.clock = wall_clock;
        options.roll = [this] { return std::uniform_real_distribution<double>{}(random_); };
        options.events.commit_failed = [](const Error& error) {
            std::cerr << "The store cannot take anything just now: " << error.what
                      << "\nNothing is lost: new messages wait, and it is tried again.\n";
        };
        options.events.delivery_failed = [](const std::string& what, const Error& error) {
            std::cerr << what << " could not be shown: " << error.what << '\n';
        };
        return options;
    }

    Result<> add_slack(slack::Config config) {
        config.is_staff = [this](const AccountKey& account, Time at) {
            return world_->team.staffer_of(account, at) != nullptr;
        };
        config.leads = [this] {
            const Staffer* lead = world_->team.lead(wall_clock());
            return lead ? lead->accounts : std::vector<AccountKey>{};
        };
        config.log = [](const std::string& words) { std::cerr << words << '\n'; };
        try {
            slack_.push_back(std::make_unique<slack::SlackAdapter>(io_.get_executor(), std::move(config),
                                                                   office_, notebook_, &*tls_));
        } catch (const std::invalid_argument& error) {
            return Error{ErrorKind::rejected, error.what()};
        }
        if (Result<> taken = slack_.back()->listen(); !taken) return taken;
        pipeline_.add_desk(*slack_.back());
        return {};
    }

    /// The workspaces in which somebody installed the app by its page, and that page.
    Result<> add_installed(const std::map<std::string, std::string>& cursors) {
        SlackInstalls::Parts parts{process_environment(), notebook_, &*tls_, random_token};
        parts.log = [](const std::string& words) { std::cerr << words << '\n'; };
        Result<std::unique_ptr<SlackInstalls>> made =
            SlackInstalls::make(world_->config.slack, std::move(parts));
        if (!made) return made.error();
        installs_ = std::move(*made);
        if (Result<> taken = installs_->listen(io_.get_executor()); !taken) return taken;
        Result<std::vector<slack::Config>> found = installs_->workspaces_now(io_);
        if (!found) return found.error();
        for (slack::Config& config : *found) {
            config.cursors = cursors;
            if (Result<> added = add_slack(std::move(config)); !added) return added;
            installs_->add(*slack_.back());
        }
        return {};
    }

    std::optional<std::string> console_staffer(const World& world) const {
        if (options_.console) return options_.console;
        if (world.config.desk.console && !world.team.staffers().empty())
            return world.team.staffers().front().name;
        return std::nullopt;
    }

    static int fail(const Error& error) {
        std::cerr << error.what << '\n';
        return 1;
    }

    Result<> keep_rules(const World& world) {
        RulesVersion version;
        version.at = wall_clock();
        version.by = "file";
        version.hash = world.rules.hash();
        version.source = world.rules.source();
        const Result<std::int64_t> kept = store_->keep_rules(version);
        if (!kept) return kept.error();
        return {};
    }

    void greet() const {
        if (options_.quiet) return;
        std::cout << "Rapport is running.\n"
                  << "  Visitors chat at   " << web_.url() << "/\n"
                  << "  Staff desk         " << web_.url() << "/desk#" << web_config_.token << '\n'
                  << (slack_.empty() ? "" : "  Slack              on, as its tokens are set\n")
                  << (installs_ ? "  Install in Slack   " + world_->config.slack.oauth.public_url +
                                      "/slack/install\n"
                                : "")
                  << "Stop it with Ctrl-C.\n"
                  << std::flush;
    }

    asio::awaitable<void> main(int& code) {
        asio::signal_set signals{co_await asio::this_coro::executor, SIGINT, SIGTERM};
        pipeline_.put_inner({ShowAgain{}, wall_clock()});
        auto ended = co_await (run_all() || signals.async_wait(asio::use_awaitable));
        if (ended.index() == 0) {  // something ended that should not
            const Result<>& result = std::get<0>(ended);
            if (!result) code = fail(result.error());
        }
        const Result<> drained = co_await pipeline_.drain();  // what was accepted is decided and durable
        if (!drained) code = fail(drained.error());
        io_.stop();  // connections kept for a next request are not waited for
    }

    /// Everything that runs at once. Ends with the first that ends.
    asio::awaitable<Result<>> run_all() {
        if (!console_) {
            auto first = co_await (pipeline_.run() || run_adapter(web_) || watch_files() || take_requests() ||
                                   run_slack(0));
            co_return std::visit([](auto& result) { return std::move(result); }, first);
        }
        auto first = co_await (pipeline_.run() || run_adapter(web_) || watch_files() || take_requests() ||
                               run_slack(0) || console_->run(pipeline_));
        co_return std::visit([](auto& result) { return std::move(result); }, first);
    }

    asio::awaitable<Result<>> run_adapter(Adapter& adapter) {
        const net::OnEnded ended = [](const Adapter& which, const Error& error) {
            std::cerr << which.name() << ": " << error.what << '\n';
        };
        const net::Roll roll = [this] { return std::uniform_real_distribution<double>{}(random_); };
        const net::Backoff backoff{std::chrono::seconds{1}, std::chrono::minutes{1}};
        co_return co_await net::supervise(adapter, pipeline_, backoff, roll, ended);
    }

    /// The workspaces from `index` on, and then nothing for ever: what only a person can mend in Slack does
    /// not stop the rest.
    asio::awaitable<Result<>> run_slack(std::size_t index) {
        if (index == slack_.size()) {
            Result<> ended;
            if (installs_) ended = co_await installs_->run();
            if (!ended) std::cerr << ended.error().what << "\nWhen it is mended, restart Rapport.\n";
            asio::steady_timer forever{io_, asio::steady_timer::time_point::max()};
            co_await forever.async_wait(asio::use_awaitable);
            co_return Result<>{};
        }
        co_await (run_workspace(*slack_[index]) && run_slack(index + 1));
        co_return Result<>{};
    }

    asio::awaitable<void> run_workspace(slack::SlackAdapter& adapter) {
        const Result<> ended = co_await run_adapter(adapter);
        if (installs_) installs_->remove(adapter);
        if (!ended)
            std::cerr << adapter.name() << ": " << ended.error().what
                      << "\nRapport goes on without it. When it is mended, restart Rapport.\n";
    }

    /// Reads the files and what staffers set for themselves, and goes on with both. An Error: all that is
    /// wrong.
    asio::awaitable<Result<>> reload() {
        auto ask = [&] { return store_->staffers(); };
        const Result<std::map<std::string, StafferRow>> settings =
            co_await on_store_thread(store_thread_, ask);
        if (!settings) co_return settings.error();
        LoadedWorld loaded = load_world(options_.places, *settings);
        if (!loaded.world)
            co_return Error{ErrorKind::rejected, fmt::format("{}", fmt::join(loaded.problems, "\n"))};
        auto keep = [&] { return keep_rules(*loaded.world); };
        if (const Result<> kept = co_await on_store_thread(store_thread_, keep); !kept) fail(kept.error());
        world_ = loaded.world;
        pipeline_.replace_world(loaded.world);
        co_return Result<>{};
    }

    OfficeParts office_parts() {
        OfficeParts parts{pipeline_, store_thread_, *store_};
        parts.store_path = store_path(options_.places, world_->config);
        parts.rules_file = options_.places.rules_file();
        parts.world = [this] { return world_; };
        parts.reload = [this] { return reload(); };
        parts.clock = wall_clock;
        return parts;
    }

    /// Changed files are read at once; a bad one never replaces a good one.
    asio::awaitable<Result<>> watch_files() {
        Watch watch{
            {options_.places.rapport_file(), options_.places.team_file(), options_.places.rules_file()}};
        for (;;) {
            co_await watch.changed();
            const Result<> read = co_await reload();
            if (!read) {
                std::cerr << read.error().what
                          << "\nThe change is not taken over; what held before goes on.\n";
                continue;
            }
            if (!options_.quiet)
                std::cout << "The files in " << options_.places.config.string() << " were read again.\n"
                          << std::flush;
        }
    }

    /// What the command line asked for while we run.
    asio::awaitable<Result<>> take_requests() {
        asio::steady_timer timer{co_await asio::this_coro::executor};
        for (;;) {
            timer.expires_after(std::chrono::seconds{1});
            co_await timer.async_wait(asio::use_awaitable);
            auto ask = [&] { return store_->requests(); };
            const Result<std::vector<Request>> requests = co_await on_store_thread(store_thread_, ask);
            if (!requests) continue;
            for (const Request& request : *requests) co_await take_request(request);
        }
    }

    asio::awaitable<void> take_request(const Request& request) {
        const Result<Input> input = input_of_request(request.body, wall_clock());
        std::string answer = "done";
        if (input) {
            // Durable is enough: a desk that cannot be reached must not keep the command line waiting.
            std::vector<Input> inputs{*input};
            co_await pipeline_.decide(std::move(inputs));
        } else {
            answer = input.error().what;
        }
        auto tell = [&] { return store_->answer_request(request.id, answer); };
        if (const Result<> told = co_await on_store_thread(store_thread_, tell); !told) fail(told.error());
    }

    ServeOptions options_;
    std::mt19937_64 random_{std::random_device{}()};
    asio::io_context io_{1};
    asio::thread_pool store_thread_{1};
    std::shared_ptr<const World> world_;  ///< As it is now.
    Engine engine_;
    std::unique_ptr<Store> store_;
    StoreTranscripts transcripts_;
    StoreNotebook notebook_;
    web::Config web_config_;
    web::WebAdapter web_;
    Pipeline pipeline_;
    StoreOffice office_{office_parts()};
    std::optional<net::TlsContext> tls_{};
    std::unique_ptr<SlackInstalls> installs_{};
    std::vector<std::unique_ptr<slack::SlackAdapter>> slack_{};
    std::optional<console::ConsoleDesk> console_;
};

/// Whether team.yaml knows the name; says so on stderr if it does not.
bool is_staffer(const World& world, const std::string& name) {
    std::string names;
    for (const Staffer& staffer : world.team.staffers()) {
        if (staffer.name == name) return true;
        names += (names.empty() ? "" : ", ") + staffer.name;
    }
    std::cerr << fmt::format("--console: nobody on the team is called \"{}\". There are: {}.\n", name, names);
    return false;
}

}  // namespace

int serve(const ServeOptions& options) {
    LoadedWorld loaded = load_world(options.places);
    for (const std::string& problem : loaded.problems) std::cerr << problem << '\n';
    if (!loaded.world) return 1;
    if (options.console && !is_staffer(*loaded.world, *options.console)) return 1;
    SqliteOptions store;
    store.path = store_path(options.places, loaded.world->config);
    store.full_sync = loaded.world->config.store.sync == StoreSync::full;
    Result<std::unique_ptr<Store>> opened = open_sqlite(store);
    if (!opened) {
        std::cerr << opened.error().what << '\n';
        return 1;
    }
    const Result<std::map<std::string, StafferRow>> settings = (*opened)->staffers();
    if (!settings) {
        std::cerr << settings.error().what << '\n';
        return 1;
    }
    loaded = load_world(options.places, *settings);
    for (const std::string& problem : loaded.problems) std::cerr << problem << '\n';
    if (!loaded.world) return 1;
    App app{options, loaded.world, std::move(*opened)};
    if (const Result<> added = app.add_slack(); !added) {
        std::cerr << added.error().what << '\n';
        return 1;
    }
    return app.run();
}

}  // namespace rapport
