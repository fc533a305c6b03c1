#pragma once

// What a SlackHouse is made of: the double, the adapter, the pipeline, and who is called what in Slack.

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/json/serialize.hpp>
#include <fstream>
#include <sstream>

#include "adapters/slack/slack_adapter.hpp"
#include "bot/alerts/card.hpp"
#include "bot/notebook.hpp"
#include "bot/pipeline/pipeline.hpp"
#include "bot/store_office.hpp"
#include "doubles/slack/double.hpp"
#include "rules/diagnostic.hpp"
#include "support/drained.hpp"
#include "support/fake_slack_world.hpp"
#include "support/slack_house.hpp"
#include "support/temporary_folder.hpp"

namespace rapport::test {

namespace app = rapport::slack;
namespace asio = boost::asio;
namespace json = boost::json;
using slack::SlackDouble;
using namespace std::chrono_literals;

namespace parts_of_house {

inline const std::string workspace = "T0HOUSE";
inline const std::string bot_user = "U0RAPPORT";

inline std::string upper(std::string_view name) {
    std::string id;
    for (const char c : name)
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) id += char(c >= 'a' ? c - 'a' + 'A' : c);
    return id;
}
inline std::string user_id(std::string_view name) {
    return "U0" + upper(name);
}

/// "chat:home:ada" becomes "slack:T0HOUSE:U0ADA".
inline std::string in_slack(std::string_view yaml) {
    constexpr std::string_view before = "chat:home:";
    std::string out{yaml};
    for (std::size_t at = out.find(before); at != std::string::npos; at = out.find(before, at)) {
        std::size_t end = at + before.size();
        while (end < out.size() && out[end] != '"') ++end;
        const std::string name = out.substr(at + before.size(), end - at - before.size());
        out.replace(at, end - at, "slack:" + workspace + ":" + user_id(name));
    }
    return out;
}

/// People's words as Slack writes them.
inline std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '&')
            out += "&amp;";
        else if (c == '<')
            out += "&lt;";
        else if (c == '>')
            out += "&gt;";
        else
            out += c;
    }
    return out;
}

inline std::string text_at(const json::object& from, std::string_view name) {
    const json::value* value = from.if_contains(name);
    return value && value->is_string() ? std::string(value->get_string()) : std::string{};
}

/// The id of the card that a message shows; empty for anything else.
inline std::string card_of(const json::object& message) {
    if (slack::is_reply(message)) return {};
    const json::value* metadata = message.if_contains("metadata");
    if (!metadata || !metadata->is_object()) return {};
    const json::value* payload = metadata->get_object().if_contains("event_payload");
    return payload && payload->is_object() ? text_at(payload->get_object(), "id") : std::string{};
}

}  // namespace parts_of_house

using namespace parts_of_house;

struct SlackHouse::Parts {
    explicit Parts(SlackHouse& owner)
        : house(owner), clock([&owner] { return owner.now_; }), slack(io.get_executor(), settings()) {
        slack::Team team;
        team.id = workspace;
        team.name = "House";
        team.domain = "house";
        team.bot_user = bot_user;
        team.bot = "B0RAPPORT";
        team.bot_token = "xoxb-house";
        slack.add_team(std::move(team));
        slack::Channel alerts;
        alerts.id = "C0ALERTS";
        alerts.team = workspace;
        alerts.name = "alerts";
        alerts.kind = slack::Kind::closed;
        alerts.members = {bot_user};
        slack.add_channel(std::move(alerts));
        if (!slack.listen()) throw std::runtime_error("the double cannot listen");
        asio::co_spawn(
            io, slack.run(),
            asio::bind_cancellation_slot(stop_slack.slot(), [this](const std::exception_ptr&,
                                                                   const Result<>&) { slack_ended = true; }));
    }
    ~Parts() {
        close();
        stop_slack.emit(asio::cancellation_type::terminal);
        until([&] { return slack_ended; });
        store_thread.join();
    }

    slack::Settings settings() {
        slack::Settings settings;
        settings.clock = [this] { return house.now_; };
        settings.limits = false;
        // Real time: Slack comes again soon, also where a restart takes long (under sanitizers).
        settings.pace.retries.assign(20, 500ms);
        settings.pace.retries.front() = 0ms;
        return settings;
    }

    /// Wraps the adapter: what it has shown is what the test sees as shown.
    struct Recorder final : Desk {
        Recorder(Parts& owner, app::SlackAdapter& inner) : parts(owner), adapter(inner) {}
        std::string_view name() const noexcept override { return adapter.name(); }
        bool reaches(const AccountKey& staff) const noexcept override { return adapter.reaches(staff); }
        asio::awaitable<Result<>> deliver(Outgoing outgoing) override {
            const Outgoing copy = outgoing;
            Result<> result = co_await adapter.deliver(std::move(outgoing));
            if (result && parts.shown.insert(copy.id).second) parts.house.show(copy);
            co_return result;
        }
        Parts& parts;
        app::SlackAdapter& adapter;
    };

    app::Config config() {
        app::Config config;
        config.bot_token = "xoxb-house";
        config.app_token = "xapp-1-A0RAPPORT-double";
        config.signing_secret = slack.settings().signing_secret;
        config.http = house_is_over_http;
        config.port = 0;
        config.api_url = slack.api_url();
        config.alert_channel = "alerts";
        config.is_staff = [this](const AccountKey& key, Time at) {
            return house.world_->team.staffer_of(key, at) != nullptr;
        };
        config.log = [this](const std::string& words) { log += words + "\n"; };
        config.now = [this] { return house.now_; };
        config.timing = clock.timing();
        State state;
        if (const Result<> opened = house.store_->open(state); !opened)
            throw std::runtime_error(opened.error().what);
        config.cursors = state.cursors;
        return config;
    }

    void open() {
        house.open_store();
        PipelineOptions options;
        options.clock = [this] { return house.now_; };
        options.events.committed = [this](const Committed& done, std::size_t) {
            quarantined += done.quarantined;
        };
        options.events.delivery_failed = [this](const std::string&, const Error& error) {
            last_failure = error.what;
        };
        pipeline = std::make_unique<Pipeline>(io.get_executor(), store_thread, *house.store_, *house.engine_,
                                              std::move(options));
        notebook = std::make_unique<StoreNotebook>(store_thread, *house.store_);
        office = std::make_unique<StoreOffice>(office_parts());
        adapter =
            std::make_unique<app::SlackAdapter>(io.get_executor(), config(), *office, *notebook, nullptr);
        if (const Result<> taken = adapter->listen(); !taken) throw std::runtime_error(taken.error().what);
        if (house_is_over_http)
            slack.deliver_to(fmt::format("http://127.0.0.1:{}/slack/events", adapter->port()));
        recorder = std::make_unique<Recorder>(*this, *adapter);
        pipeline->add_desk(*recorder);
        spawn(pipeline->run(), stop_pipeline);
        spawn(adapter->run(*pipeline), stop_adapter);
        wait_for([&] { return house_is_over_http ? taken() : live(); }, "Rapport does not come up");
        // All of its parts have begun: Boost 1.81 throws out of the loop if one is cancelled before.
        for (int turn = 0; turn < 3; ++turn) {
            io.restart();
            net::passing_cancellations([&] { return io.poll(); });
        }
    }
    OfficeParts office_parts() {
        OfficeParts of{*pipeline, store_thread, *house.store_};
        of.rules_file = rules_file();
        of.world = [this] { return house.world_; };
        of.reload = [this]() -> asio::awaitable<Result<>> {
            std::ostringstream text;
            text << std::ifstream{rules_file()}.rdbuf();
            if (house.PlainHouse::change_rules(text.str())) co_return Result<>{};
            co_return Error{ErrorKind::rejected, "the rules do not hold"};
        };
        of.clock = [this] { return house.now_; };
        return of;
    }
    std::filesystem::path rules_file() const { return folder.path() / "rules.yaml"; }
    /// Over HTTP: who we are and where is known once a notice for nobody is taken.
    bool taken() {
        if (!asked) {
            asked = true;
            Outgoing nothing;
            nothing.body = Notice{};
            asio::co_spawn(io, adapter->deliver(std::move(nothing)),
                           [this](const std::exception_ptr&, const Result<>& result) {
                               asked = false;
                               ready = result.has_value();
                           });
        }
        return ready;
    }
    bool live() {
        const auto all = slack.sockets();
        return std::any_of(all.begin(), all.end(), [](const auto& socket) { return socket.live; });
    }
    void spawn(asio::awaitable<Result<>> what, asio::cancellation_signal& stop) {
        ++running;
        asio::co_spawn(io, std::move(what),
                       asio::bind_cancellation_slot(
                           stop.slot(), [this](const std::exception_ptr&, const Result<>&) { --running; }));
    }
    /// Cuts everything off, wherever it stands.
    void close() {
        if (!pipeline) return;
        stop_adapter.emit(asio::cancellation_type::terminal);
        stop_pipeline.emit(asio::cancellation_type::terminal);
        wait_for([&] { return running == 0; }, "Rapport does not stop");
        adapter.reset();
        recorder.reset();
        office.reset();
        pipeline.reset();
        notebook.reset();
        wait_until_drained(store_thread);
        house.store_.reset();
        ready = false;
    }

    template <class Ready>
    bool until(Ready so, std::chrono::milliseconds limit = 20s) {
        return turn_until(io, clock, so, limit);
    }
    template <class Ready>
    void wait_for(Ready so, const std::string& otherwise) {
        if (!until(so)) throw std::runtime_error(otherwise + "; " + last_failure + "; " + log);
    }

    bool all_delivered() {
        const auto& all = slack.courier().deliveries();
        // The newest are the ones that may be under way.
        return std::all_of(all.rbegin(), all.rend(), [](const slack::Delivery& one) {
            return one.state != slack::DeliveryState::waiting;
        });
    }

    void ensure_user(std::string_view name, bool is_bot) {
        if (slack.world().user(user_id(name))) return;
        slack::User user;
        user.id = user_id(name);
        user.team = workspace;
        user.name = std::string(name);
        user.email = user.name + "@people.example";
        if (is_bot) {
            user.bot = "B0" + upper(name);
            user.app = "A0" + upper(name);
        }
        slack.add_user(std::move(user));
    }
    /// Of staff: they read the team's channel.
    void ensure_team() {
        slack::Channel& alerts = slack.world().place("alerts");
        for (const Staffer& staffer : house.world_->team.staffers())
            for (const AccountKey& account : staffer.accounts) {
                for (const char* name : {"ada", "bea", "cyd"})
                    if (account.id == user_id(name)) ensure_user(name, false);
                alerts.members.insert(account.id);
            }
    }
    std::string ensure_channel(const Saying& how, std::string_view who) {
        if (const auto at = channels.find(how.channel); at != channels.end()) return at->second;
        if (how.kind == ChannelKind::dm) {
            const std::string id = slack.world().direct(workspace, {user_id(who), bot_user}).id;
            return channels[how.channel] = id;
        }
        slack::Channel channel;
        channel.id = "C0" + upper(how.channel);
        channel.team = workspace;
        channel.name = how.channel;
        channel.members = {bot_user};
        if (how.kind == ChannelKind::group) channel.kind = slack::Kind::closed;
        return channels[how.channel] = slack.add_channel(std::move(channel)).id;
    }

    SlackHouse& house;
    asio::io_context io{1};
    asio::thread_pool store_thread{1};
    LeapingClock clock;
    SlackDouble slack;
    TemporaryFolder folder{};
    std::unique_ptr<StoreOffice> office{};
    std::unique_ptr<Pipeline> pipeline{};
    std::unique_ptr<StoreNotebook> notebook{};
    std::unique_ptr<app::SlackAdapter> adapter{};
    std::unique_ptr<Recorder> recorder{};
    asio::cancellation_signal stop_slack{}, stop_pipeline{}, stop_adapter{};
    bool slack_ended = false, asked = false, ready = false;
    int running = 0;
    std::size_t quarantined = 0;
    std::string log{}, last_failure{};
    std::set<std::string> shown{};                   ///< Outgoing::id of what was shown.
    std::map<std::string, std::uint32_t> checked{};  ///< Card id -> revision that was looked up in Slack.
    std::map<std::string, std::string> channels{};   ///< Name in tests -> id.
    std::map<std::string, std::string> ids{};        ///< Id of a message in tests -> ts.
};

}  // namespace rapport::test
