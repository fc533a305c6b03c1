#include <fmt/format.h>
#include <unistd.h>

#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/signal_set.hpp>
#include <csignal>
#include <iostream>

#include "adapters/net/run_loop.hpp"
#include "adapters/net/supervise.hpp"
#include "bot/app_parts.hpp"
#include "bot/random_token.hpp"

namespace rapport {

using namespace asio::experimental::awaitable_operators;

namespace {

web::Config web_config(const ServeOptions& options, const World& world) {
    const WebConfig& file = world.config.web;
    web::Config config;
    config.address = options.address.value_or(file.address);
    config.port = options.port.value_or(file.port);
    config.realm = file.realm;
    config.brand_name = file.brand;
    config.token = options.token.value_or(random_token());
    config.site_secret = options.site_secret;
    config.roster = App::roster_of(world, App::now());
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
    options.clock = App::now;
    options.random_id = random_token;
    options.print = [](std::string_view words) { std::cout << words << std::flush; };
    return options;
}

}  // namespace

Time App::now() {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

std::vector<web::RosterEntry> App::roster_of(const World& world, Time at) {
    std::vector<web::RosterEntry> roster;
    for (const Staffer& staffer : world.team.staffers())
        if (staffer.on_team(at)) roster.push_back({staffer.name, staffer.full_name});
    return roster;
}

App::App(const ServeOptions& options, std::shared_ptr<const World> world, std::unique_ptr<Store> store)
    : options_(options),
      world_(world),
      engine_(world),
      store_(std::move(store)),
      transcripts_(store_thread_, *store_),
      notebook_(store_thread_, *store_),
      web_config_(web_config(options, *world)),
      web_(web_config_, transcripts_, &office_, &notebook_),
      pipeline_(io_.get_executor(), store_thread_, *store_, engine_, pipeline_options(*world)) {
    pipeline_.add_desk(web_);
    const std::optional<std::string> at_console = console_staffer(*world);
    if (!at_console) return;
    console_.emplace(io_.get_executor(), STDIN_FILENO, console_options(*at_console));
    pipeline_.add_desk(*console_);
}

int App::run() {
    if (const Result<> taken = web_.listen(io_.get_executor()); !taken) return fail(taken.error());
    if (const Result<> kept = keep_rules(engine_.world()); !kept) return fail(kept.error());
    greet();
    int code = 0;
    asio::co_spawn(io_, main(code), net::rethrow);
    net::run_to_end(io_);
    store_thread_.join();
    return code;
}

PipelineOptions App::pipeline_options(const World& world) {
    PipelineOptions options;
    options.queue = world.config.pipeline.queue;
    options.batch = world.config.pipeline.batch;
    options.clock = now;
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

std::optional<std::string> App::console_staffer(const World& world) const {
    if (options_.console) return options_.console;
    if (world.config.desk.console && !world.team.staffers().empty())
        return world.team.staffers().front().name;
    return std::nullopt;
}

int App::fail(const Error& error) {
    std::cerr << error.what << '\n';
    return 1;
}

void App::greet() const {
    if (options_.quiet) return;
    std::cout << "Rapport is running.\n"
              << "  Visitors chat at   " << web_.url() << "/\n"
              << "  Staff desk         " << web_.url() << "/desk#" << web_config_.token << '\n'
              << (slack_.empty() ? "" : "  Slack              on, as its tokens are set\n")
              << (installs_
                      ? "  Install in Slack   " + world_->config.slack.oauth.public_url + "/slack/install\n"
                      : "")
              << "Stop it with Ctrl-C.\n"
              << std::flush;
}

asio::awaitable<void> App::main(int& code) {
    asio::signal_set signals{co_await asio::this_coro::executor, SIGINT, SIGTERM};
    pipeline_.put_inner({ShowAgain{}, now()});
    auto ended = co_await (run_all() || signals.async_wait(asio::use_awaitable));
    if (ended.index() == 0) {  // something ended that should not
        const Result<>& result = std::get<0>(ended);
        if (!result) code = fail(result.error());
    }
    const Result<> drained = co_await pipeline_.drain();  // what was accepted is decided and durable
    if (!drained) code = fail(drained.error());
    io_.stop();  // connections kept for a next request are not waited for
}

asio::awaitable<Result<>> App::run_all() {
    if (!console_) {
        auto first = co_await (pipeline_.run() || run_adapter(web_) || watch_files() || take_requests() ||
                               keep_roster() || run_slack(0) || run_postman());
        co_return std::visit([](auto& result) { return std::move(result); }, first);
    }
    auto first = co_await (pipeline_.run() || run_adapter(web_) || watch_files() || take_requests() ||
                           keep_roster() || run_slack(0) || run_postman() || console_->run(pipeline_));
    co_return std::visit([](auto& result) { return std::move(result); }, first);
}

asio::awaitable<Result<>> App::run_postman() {
    co_return co_await postman_.run(
        [](const std::string& what) { std::cerr << "Letters wait a minute: " << what << '\n'; });
}

asio::awaitable<Result<>> App::run_adapter(Adapter& adapter) {
    const net::OnEnded ended = [](const Adapter& which, const Error& error) {
        std::cerr << which.name() << ": " << error.what << '\n';
    };
    const net::Roll roll = [this] { return std::uniform_real_distribution<double>{}(random_); };
    const net::Backoff backoff{std::chrono::seconds{1}, std::chrono::minutes{1}};
    co_return co_await net::supervise(adapter, pipeline_, backoff, roll, ended);
}

namespace {

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
