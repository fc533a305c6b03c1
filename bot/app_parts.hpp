#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>
#include <optional>
#include <random>

#include "adapters/console/console_desk.hpp"
#include "adapters/web/web.hpp"
#include "bot/app.hpp"
#include "bot/notebook.hpp"
#include "bot/pipeline/pipeline.hpp"
#include "bot/postman.hpp"
#include "bot/slack_desks.hpp"
#include "bot/slack_installs.hpp"
#include "bot/store_office.hpp"
#include "bot/transcripts.hpp"

// What `serve` runs. Its three files: app.cpp (start and stop), app_slack.cpp, app_reload.cpp (what changes
// while it runs).

namespace rapport {

namespace asio = boost::asio;

/// The running program: the parts, in the order in which they are made, and how they start and stop.
class App {
public:
    App(const ServeOptions& options, std::shared_ptr<const World> world, std::unique_ptr<Store> store);

    /// Slack, where its tokens are in the environment. Before `run`.
    Result<> add_slack();

    /// Until a signal, or until a part ends that should not. The exit code.
    int run();

    /// Who may sit at the web desk at that moment.
    static std::vector<web::RosterEntry> roster_of(const World& world, Time at);

    /// The machine's clock: what everything below is given as its clock.
    static Time now();

private:
    PipelineOptions pipeline_options(const World& world);

    Result<> add_slack(slack::Config config);

    /// The workspaces in which somebody installed the app by its page, and that page.
    Result<> add_installed(const std::map<std::string, std::string>& cursors);

    std::optional<std::string> console_staffer(const World& world) const;

    static int fail(const Error& error);

    Result<> keep_rules(const World& world);

    void greet() const;

    asio::awaitable<void> main(int& code);

    /// Everything that runs at once. Ends with the first that ends.
    asio::awaitable<Result<>> run_all();

    asio::awaitable<Result<>> run_adapter(Adapter& adapter);

    /// The day's letters.
    asio::awaitable<Result<>> run_postman();

    /// The workspaces from `index` on, and then nothing for ever: what only a person can mend in Slack does
    /// not stop the rest.
    asio::awaitable<Result<>> run_slack(std::size_t index);

    asio::awaitable<void> run_workspace(slack::SlackAdapter& adapter);

    /// Reads the files and what staffers set for themselves, and goes on with both. An Error: all that is
    /// wrong.
    asio::awaitable<Result<>> reload();

    OfficeParts office_parts();

    /// Changed files are read at once; a bad one never replaces a good one.
    asio::awaitable<Result<>> watch_files();

    /// What the command line asked for while we run.
    asio::awaitable<Result<>> take_requests();

    asio::awaitable<void> take_request(const Request& request);

    /// Who joins or leaves on a day finds the desk open, or closed, from that day on.
    asio::awaitable<Result<>> keep_roster();

    ServeOptions options_;
    std::mt19937_64 random_{std::random_device{}()};
    asio::io_context io_{1};
    asio::thread_pool store_thread_{1};
    std::shared_ptr<const World> world_;          ///< As it is now.
    std::vector<std::filesystem::path> files_{};  ///< It was read from these, or could not be.
    Engine engine_;
    std::unique_ptr<Store> store_;
    StoreTranscripts transcripts_;
    StoreNotebook notebook_;
    web::Config web_config_;
    web::WebAdapter web_;
    Pipeline pipeline_;
    StoreOffice office_{office_parts()};
    Postman postman_{pipeline_, store_thread_, *store_, [this] { return world_; }, now};
    std::optional<net::TlsContext> tls_{};
    std::unique_ptr<SlackInstalls> installs_{};
    std::vector<std::unique_ptr<slack::SlackAdapter>> slack_{};
    std::optional<console::ConsoleDesk> console_;
};

}  // namespace rapport
