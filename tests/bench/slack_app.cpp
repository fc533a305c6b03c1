// Rapport's process of the Slack benchmark: pipeline, store and Slack adapter as the program puts them
// together.

#include <fmt/format.h>

#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/json/serialize.hpp>
#include <csignal>
#include <cstdio>
#include <stdexcept>

#include "adapters/slack/slack_adapter.hpp"
#include "bench/core.hpp"
#include "bench/slack_side.hpp"
#include "bench/usage.hpp"
#include "bot/notebook.hpp"
#include "bot/pipeline/pipeline.hpp"

namespace rapport::bench {

namespace asio = boost::asio;
namespace json = boost::json;
using namespace asio::experimental::awaitable_operators;

std::string slack_staffer(std::uint32_t desk) {
    return fmt::format("U0STAFF{:03}", desk);
}

std::string slack_alarm(std::uint32_t desk) {
    return fmt::format("alarmfordesk{:02}", desk);
}

namespace {

std::string team() {
    std::string yaml = "brand: {names: [Acme]}\nstaff:\n";
    for (std::uint32_t desk = 0; desk < slack_desks; ++desk)
        yaml += fmt::format(
            "  desk{:02}: {{full_name: Desk {}, hours: always, capacity: 1000, accounts: "
            "[\"slack:{}:{}\"]{}}}\n",
            desk, desk, slack_team, slack_staffer(desk), desk == 0 ? ", lead: true" : "");
    return yaml + "groups: {community: [desk00, desk01], support: [desk01, desk02]}\n";
}

/// The ten of the other benchmarks, and one for each desk.
std::string rules() {
    std::string yaml{ten_rules};
    for (std::uint32_t desk = 0; desk < slack_desks; ++desk)
        yaml += fmt::format(
            "  - name: desk-{0:02}\n    title: Trouble\n    when: message.text contains \"{1}\"\n"
            "    ask: [\"@desk{0:02}\"]\n    reply within: 1h\n    urgency: high\n",
            desk, slack_alarm(desk));
    return yaml;
}

slack::Timing hasty() {
    const slack::Timing real = slack::Timing::real();
    slack::Timing timing = real;
    const Time begin = real.now();
    timing.now = [real, begin] { return begin + (real.now() - begin) * slack_haste; };
    timing.sleep = [real](std::chrono::milliseconds time) {
        return real.sleep(time / slack_haste + std::chrono::milliseconds{1});
    };
    return timing;
}

/// Nobody asks here.
class NoOffice final : public Office {
public:
    asio::awaitable<Answer> ask(Ask) override { co_return Answer{}; }
};

class SlackApp {
public:
    explicit SlackApp(const Settings& settings)
        : settings_(settings),
          folder_(settings),
          world_(make_world(rules(), team())),
          engine_(world_),
          store_(open_store(folder_)),
          notebook_(store_thread_, *store_),
          pipeline_(io_.get_executor(), store_thread_, *store_, engine_, options()),
          adapter_(io_.get_executor(), config(), office_, notebook_, nullptr) {
        pipeline_.add_desk(adapter_);
    }

    void run() {
        asio::co_spawn(io_, main(), [this](std::exception_ptr error) {
            if (error) std::rethrow_exception(error);
            io_.stop();  // connections kept for the next call would hold it for seconds
        });
        io_.run();
        store_thread_.join();
        report();
    }

private:
    PipelineOptions options() {
        PipelineOptions options;
        options.clock = wall_clock;
        options.roll = [] { return 0.5; };
        options.events.commit_failed = [](const Error& error) { throw std::runtime_error(error.what); };
        options.events.delivery_failed = [this](const std::string&, const Error&) { ++failed_; };
        options.events.committed = [this](const Committed&, std::size_t) { ++batches_; };
        return options;
    }

    slack::Config config() {
        slack::Config config;
        config.bot_token = slack_bot_token;
        config.app_token = "xapp-1-A0RAPPORT-double";
        config.api_url = fmt::format("http://127.0.0.1:{}/api/", settings_.port);
        config.is_staff = [this](const AccountKey& account, Time at) {
            return world_->team.staffer_of(account, at) != nullptr;
        };
        config.now = wall_clock;
        config.timing = hasty();
        return config;
    }

    asio::awaitable<void> main() {
        asio::signal_set signals{io_, SIGINT, SIGTERM};
        const auto ended =
            co_await (signals.async_wait(asio::use_awaitable) || pipeline_.run() || adapter_.run(pipeline_));
        if (ended.index() == 1) must(std::get<1>(ended));
        if (ended.index() == 2) must(std::get<2>(ended));
        must(co_await pipeline_.drain());
    }

    void report() {
        const StoreCounts counts = must(store_->counts());
        const json::object figures{{"messages kept", counts.messages},
                                   {"alerts raised", counts.alerts},
                                   {"quarantined", counts.quarantine},
                                   {"cards tried again", failed_},
                                   {"batches", batches_},
                                   {"resident MB", resident_mb()}};
        fmt::print("{}\n", json::serialize(figures));
        std::fflush(stdout);
    }

    const Settings& settings_;
    WorkFolder folder_;
    asio::io_context io_{1};
    asio::thread_pool store_thread_{1};
    std::shared_ptr<const World> world_;
    Engine engine_;
    std::unique_ptr<Store> store_;
    StoreNotebook notebook_;
    NoOffice office_{};
    Pipeline pipeline_;
    slack::SlackAdapter adapter_;
    std::uint64_t failed_ = 0;
    std::uint64_t batches_ = 0;
};

}  // namespace

void serve_slack_app(const Settings& settings) {
    SlackApp{settings}.run();
}

}  // namespace rapport::bench
