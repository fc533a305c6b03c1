#include "adapters/slack/slack_adapter.hpp"

#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <charconv>

#include "adapters/slack/api/calls.hpp"
#include "adapters/slack/card_desk.hpp"
#include "adapters/slack/catch_up.hpp"
#include "adapters/slack/connection/http_receiver.hpp"
#include "adapters/slack/connection/moment.hpp"
#include "adapters/slack/connection/open_errors.hpp"
#include "adapters/slack/connection/socket_mode.hpp"
#include "adapters/slack/counter.hpp"
#include "adapters/slack/hearing.hpp"
#include "adapters/slack/lookup.hpp"

namespace rapport::slack {

namespace asio = boost::asio;
namespace json = boost::json;
using namespace asio::experimental::awaitable_operators;

namespace {

/// Who is in the workspace is asked anew once a day (docs.slack.dev, users.list).
constexpr std::chrono::hours look_around_every{24};
/// Under this key the notebook has the moment until which all was heard.
constexpr std::string_view listened_note = "listened";

WebApiConfig api_config(const Config& config, const ApiBase& base) {
    WebApiConfig api;
    api.base = base;
    api.bot = config.bot_token_source ? config.bot_token_source : fixed_token(config.bot_token);
    if (!config.app_token.empty()) api.app = fixed_token(config.app_token);
    return api;
}

net::ClientOptions client(net::TlsContext* tls) {
    net::ClientOptions options;
    options.tls = tls;
    return options;
}

/// Somebody's wake-up and our own cancellation both end a wait: tells them apart.
asio::awaitable<void> stop_if_cancelled() {
    const auto state = co_await asio::this_coro::cancellation_state;
    if (state.cancelled() != asio::cancellation_type::none)
        throw boost::system::system_error(asio::error::operation_aborted);
}

}  // namespace

struct SlackAdapter::Impl final : Receiver {
    Impl(asio::any_io_executor executor, Config config, ApiBase base, Office& office, Notebook& notebook,
         net::TlsContext* tls_context)
        : tls(tls_context),
          pool(client(tls_context)),
          api(api_config(config, base), pool, config.timing),
          workspace{executor, std::move(config), office, notebook, api, {}, false, {}},
          cards(workspace),
          counter(executor, workspace, directory, cards),
          hearing(
              executor, workspace, directory, [this](events::Signal signal) { on(std::move(signal)); },
              [this](events::DirectMessageToUs said, std::function<void()> answered) {
                  counter.words(std::move(said), std::move(answered));
              }),
          catch_up(executor, workspace, directory, hearing),
          stopped(executor, asio::steady_timer::time_point::max()),
          changed(executor) {
        hearing.set_cursors(workspace.config.cursors);
        workspace.current_channel = [this](const Id& channel) { return directory.current_id(channel); };
        if (workspace.config.http && !workspace.config.fed) http.emplace(http_options(), *this);
    }

    HttpOptions http_options() {
        HttpOptions options;
        options.address = workspace.config.address;
        options.port = workspace.config.port;
        options.signing_secret = workspace.config.signing_secret;
        options.now = [this] { return workspace.now(); };
        options.log = [this](const std::string& words) { workspace.log(words); };
        options.unreadable = [this](Unreadable unreadable) { keep(std::move(unreadable)); };
        return options;
    }

    SocketOptions socket_options() {
        SocketOptions options;
        options.tls = tls;
        options.lines.sockets = workspace.config.connections;
        options.lines.times = workspace.config.line_times;
        options.log = [this](const std::string& words) { workspace.log(words); };
        options.alarm = [this](const Alarm& alarm) { workspace.log(alarm.words); };
        options.unreadable = [this](Unreadable unreadable) { keep(std::move(unreadable)); };
        return options;
    }

    // ------------------------------------------------------------------------------------------- Receiver
    bool receive(Delivery& delivery) override {
        if (!inbox || !workspace.known()) return false;
        delivery.received = workspace.now();
        if (delivery.kind == DeliveryKind::event) return hearing.receive(delivery);
        return counter.receive(*inbox, delivery);
    }
    void may_have_missed(Time from, Time, std::string why) override {
        const auto ago = std::max(Moment::real().wall - from, std::chrono::milliseconds{0});
        catch_up.ask(workspace.now() - ago, std::move(why));
    }
    void connected(const Id& app) override {
        if (!app.empty()) workspace.installation.app = app;
    }

    /// What cannot be read is kept for a person to look at, and only then acknowledged.
    void keep(Unreadable unreadable) {
        Event event;
        event.body = NotUnderstood{std::move(unreadable.why)};
        event.raw = std::move(unreadable.raw);
        event.seen = workspace.now();
        event.source = workspace.config.name;
        auto acknowledge = std::make_shared<Acknowledge>(std::move(unreadable.acknowledge));
        Acked acked = [acknowledge] { (*acknowledge)(); };
        if (inbox) inbox->try_put(event, acked);  // without room it is not acknowledged, and comes again
    }

    // -------------------------------------------------------------------------------------------- signals
    void on(events::Signal signal) {
        std::visit([this](auto& one) { hear(one); }, signal);
    }
    void hear(events::HomeOpened& one) { counter.home(std::move(one.user), std::move(one.by)); }
    void hear(events::DirectMessageToUs&) {}  // Hearing sees to them: they are acknowledged once answered
    void hear(events::OwnMessageSeen& one) {
        hearing.note_own(one.channel, one.ts);
        if (const json::value* id = one.metadata.if_contains("id"); id && id->is_string())
            cards.seen(one.channel, one.ts, std::string(id->get_string()));
    }
    void hear(events::OwnMessageGone&) {}
    void hear(events::ChannelSharedChanged&) { look_soon(); }
    void hear(events::ChannelIdChanged& one) {
        moved[one.to] = directory.first_id(one.from);
        look_soon();
    }
    void hear(events::MembershipChanged&) { look_soon(); }
    void hear(events::ChannelClosed&) { look_soon(); }
    void hear(events::GroupChanged&) {}
    void hear(events::TokensRevoked& one) {
        if (one.bot)
            stop("Slack has revoked Rapport's bot token. Install the app again and set the new token.");
    }
    void hear(events::AppUninstalled&) {
        stop("Rapport's app was removed from this workspace. Install it again to go on.");
    }
    void hear(events::RateLimited& one) { catch_up.ask(one.from, "Slack held events back"); }

    /// The directory has learnt of it already; what else follows from it is seen to in `keep_up`.
    void look_soon() {
        workspace.alert_channel = find_alert_channel(workspace, directory);
        look_again = true;
        changed.cancel();
    }
    void stop(std::string words) {
        why_stopped = Error{ErrorKind::unauthorized, std::move(words)};
        stopped.cancel();
    }

    // ----------------------------------------------------------------------------------------------- work
    /// Who we are, who is there, where alerts go.
    asio::awaitable<Result<>> boot() {
        ApiResult<Installation> installation = co_await auth_test(api);
        if (!installation) co_return Error{installation.error()};
        Id app = workspace.installation.app;
        workspace.installation = std::move(*installation);
        if (workspace.installation.app.empty()) workspace.installation.app = std::move(app);
        const auto notes = co_await workspace.notebook.list(workspace.key("moved:"));
        if (!notes) co_return notes.error();
        for (const auto& [key, first] : *notes)
            directory.moved(first, key.substr(workspace.key("moved:").size()));
        if (Result<> looked = co_await look_around(workspace, directory); !looked) co_return looked;
        workspace.alert_channel = find_alert_channel(workspace, directory);
        co_await cards.forget_old();
        listened = co_await listened_until();
        workspace.ready = true;
        co_return Result<>{};
    }

    /// Looks around once a day, and when something about channels has changed.
    asio::awaitable<Result<>> keep_up() {
        Time next = workspace.now() + look_around_every;
        for (;;) {
            if (!look_again) {
                changed.expires_after(std::chrono::minutes{1});
                co_await changed.async_wait(asio::as_tuple(asio::use_awaitable));
                co_await stop_if_cancelled();
            }
            co_await note_moved();
            if (!hearing.holds_cursors())
                co_await workspace.notebook.write(workspace.key(listened_note),
                                                  std::to_string(workspace.now().time_since_epoch().count()));
            const bool due = workspace.now() >= next;
            if (!due && !std::exchange(look_again, false)) continue;
            if (due) next = workspace.now() + look_around_every;
            const Result<> looked = co_await look_around(workspace, directory);
            if (!looked) workspace.log(looked.error().what);
            if (due) co_await cards.forget_old();
            workspace.alert_channel = find_alert_channel(workspace, directory);
        }
    }

    asio::awaitable<void> note_moved() {
        while (!moved.empty()) {
            const auto [later, first] = *moved.begin();
            if (!co_await workspace.notebook.write(workspace.key("moved:" + later), first)) co_return;
            moved.erase(later);
        }
    }

    /// When it was last certain that nothing was missed; zero if that is not known.
    asio::awaitable<Time> listened_until() {
        const auto note = co_await workspace.notebook.read(workspace.key(listened_note));
        std::int64_t ms = 0;
        if (note && *note) std::from_chars((*note)->data(), (*note)->data() + (*note)->size(), ms);
        co_return Time{std::chrono::milliseconds{ms}};
    }

    asio::awaitable<Result<std::string>> open_url() {
        ApiResult<std::string> url = co_await open_connection(api);
        if (url) co_return std::move(*url);
        if (std::optional<Error> fatal = fatal_open_error(url.error().code)) co_return std::move(*fatal);
        co_return Error{url.error()};
    }

    asio::awaitable<Result<>> receive_all() {
        if (workspace.config.fed) {
            asio::steady_timer forever{workspace.executor, asio::steady_timer::time_point::max()};
            co_await forever.async_wait(asio::use_awaitable);
        }
        if (http) co_return co_await http->run();
        SocketMode socket{socket_options(), *this, [this] { return open_url(); }};
        co_return co_await socket.run();
    }

    asio::awaitable<Result<>> until_stopped() {
        while (!why_stopped) {
            co_await stopped.async_wait(asio::as_tuple(asio::use_awaitable));
            co_await stop_if_cancelled();
        }
        co_return *std::exchange(why_stopped, std::nullopt);
    }

    asio::awaitable<Result<>> run(Inbox& to) {
        // Since when nobody listens is known to the cursors, or, within one run of the program, to us.
        const bool again = ended != Time{};
        if (Result<> booted = co_await boot(); !booted) co_return booted;
        inbox = &to;
        if (again)
            catch_up.ask(ended, "the connection to Slack was broken");
        else
            catch_up.ask_since_last_run(listened);
        struct Leave {  // also when cancelled
            Impl& impl;
            ~Leave() {
                impl.inbox = nullptr;
                impl.ended = impl.workspace.now();
            }
        } leave{*this};
        auto first = co_await (ended_by(receive_all()) || ended_by(forever(hearing.run(to))) ||
                               ended_by(forever(catch_up.run(to))) || ended_by(forever(counter.run())) ||
                               ended_by(keep_up()) || ended_by(until_stopped()));
        co_return std::visit([](auto& one) { return std::move(one); }, first);
    }

    static asio::awaitable<Result<>> forever(asio::awaitable<void> part) {
        co_await std::move(part);
        co_return Result<>{};
    }
    /// One part that breaks ends all of them: `supervise` starts anew, and history tells what was missed.
    static asio::awaitable<Result<>> ended_by(asio::awaitable<Result<>> part) {
        std::string why;
        try {
            co_return co_await std::move(part);
        } catch (const std::exception& error) {
            why = error.what();
        }
        co_await stop_if_cancelled();  // whatever a cancelled part throws
        co_return Error{ErrorKind::transient, "the Slack app stopped for a moment: " + why};
    }

    net::TlsContext* tls;
    net::Pool pool;
    WebApi api;
    Workspace workspace;
    events::Directory directory{};
    CardDesk cards;
    Counter counter;
    Hearing hearing;
    CatchUp catch_up;
    std::optional<HttpReceiver> http{};
    Inbox* inbox = nullptr;  ///< While it runs.
    Time ended{};
    Time listened{};  ///< As the last run noted it.
    bool look_again = false;
    std::map<Id, Id> moved{};  ///< Later id -> first id, to be noted.
    std::optional<Error> why_stopped{};
    asio::steady_timer stopped;
    asio::steady_timer changed;
};

SlackAdapter::SlackAdapter(asio::any_io_executor executor, Config config, Office& office, Notebook& notebook,
                           net::TlsContext* tls) {
    Result<ApiBase> base = ApiBase::parse(config.api_url);
    if (!base) throw std::invalid_argument(base.error().what);
    impl_ = std::make_unique<Impl>(executor, std::move(config), std::move(*base), office, notebook, tls);
}

SlackAdapter::~SlackAdapter() = default;

std::string_view SlackAdapter::name() const noexcept {
    return impl_->workspace.config.name;
}

Result<> SlackAdapter::listen() {
    return impl_->http ? impl_->http->listen(impl_->workspace.executor) : Result<>{};
}

std::uint16_t SlackAdapter::port() const noexcept {
    return impl_->http ? impl_->http->port() : std::uint16_t{0};
}

Receiver& SlackAdapter::receiver() noexcept {
    return *impl_;
}

asio::awaitable<Result<>> SlackAdapter::run(Inbox& inbox) {
    return impl_->run(inbox);
}

bool SlackAdapter::reaches(const AccountKey& staff) const noexcept {
    if (!impl_->workspace.config.desk || staff.platform != "slack") return false;
    return !impl_->workspace.known() || staff.realm == impl_->workspace.installation.realm();
}

asio::awaitable<Result<>> SlackAdapter::deliver(Outgoing outgoing) {
    if (!impl_->workspace.config.desk) return []() -> asio::awaitable<Result<>> { co_return Result<>{}; }();
    return impl_->cards.deliver(std::move(outgoing));
}

}  // namespace rapport::slack
