#include "bot/slack_installs.hpp"

#include <fmt/format.h>

#include <boost/asio/experimental/awaitable_operators.hpp>
#include <deque>
#include <optional>

#include "adapters/net/server.hpp"
#include "adapters/net/wakeup.hpp"
#include "adapters/slack/api/calls.hpp"
#include "adapters/slack/api/oauth.hpp"
#include "adapters/slack/check/scopes.hpp"
#include "adapters/slack/connection/http_receiver.hpp"
#include "adapters/slack/connection/open_errors.hpp"
#include "adapters/slack/connection/socket_mode.hpp"
#include "adapters/slack/install/installer.hpp"
#include "adapters/slack/install/switchboard.hpp"

namespace rapport {

namespace asio = boost::asio;
namespace json = boost::json;
using namespace asio::experimental::awaitable_operators;

namespace {

/// What the environment must hold.
struct Secrets {
    slack::ApiBase base{};
    std::optional<slack::Vault> vault{};
    std::string client_id{};
    std::string client_secret{};
    std::string app_token{};
    std::string signing_secret{};
};

Result<Secrets> secrets_of(const SlackConfig& config, const Environment& environment) {
    Secrets found;
    std::string missing;
    const auto take = [&](std::string& into, const std::string& name) {
        into = environment(name);
        if (into.empty()) missing += (missing.empty() ? "" : ", ") + name;
    };
    std::string key;
    take(found.client_id, config.oauth.client_id);
    take(found.client_secret, config.oauth.client_secret);
    take(key, config.oauth.key);
    if (config.receive == SlackReceive::http) {
        take(found.signing_secret, config.workspace.signing_secret);
    } else {
        take(found.app_token, config.workspace.app_token);
    }
    if (!missing.empty())
        return Error{
            ErrorKind::unauthorized,
            fmt::format("Slack: slack.oauth.public_url is set in rapport.yaml, but not in the "
                        "environment: {}. README, \"More than one workspace\", says where they come from.",
                        missing)};
    Result<slack::Vault> vault = slack::Vault::from_keys(key);
    if (!vault) return Error{ErrorKind::rejected, config.oauth.key + ": " + vault.error().what};
    found.vault = std::move(*vault);
    if (const std::string url = environment("SLACK_API_URL"); !url.empty()) {
        Result<slack::ApiBase> base = slack::ApiBase::parse(url);
        if (!base) return base.error();
        found.base = std::move(*base);
    }
    return found;
}

slack::OAuthConfig oauth_config(const SlackConfig& config, const Secrets& secrets,
                                const std::string& authorize) {
    slack::OAuthConfig made;
    made.client_id = secrets.client_id;
    made.client_secret = secrets.client_secret;
    if (!authorize.empty()) made.authorize_url = authorize;
    made.redirect_uri = config.oauth.public_url + "/slack/oauth";
    for (const slack::Scope& scope : slack::wanted_scopes()) made.scopes.emplace_back(scope.name);
    return made;
}

slack::WebApiConfig api_config(const Secrets& secrets) {
    slack::WebApiConfig made;
    made.base = secrets.base;
    if (!secrets.app_token.empty()) made.app = slack::fixed_token(secrets.app_token);
    return made;
}

net::ClientOptions client(net::TlsContext* tls) {
    net::ClientOptions options;
    options.tls = tls;
    return options;
}

net::ServerConfig server_config(const SlackConfig& config) {
    net::ServerConfig made;
    made.address = config.address;
    made.port = config.port;
    made.body = 16 * 1024;
    return made;
}

}  // namespace

struct SlackInstalls::Impl final : net::HttpHandler {
    Impl(const SlackConfig& settings, Parts given, const Secrets& secrets)
        : config(settings),
          parts(std::move(given)),
          oauth(oauth_config(settings, secrets, parts.authorize_url)),
          signing_secret(secrets.signing_secret),
          pool(client(parts.tls)),
          api(api_config(secrets), pool),
          store(parts.notebook, *secrets.vault),
          keeper(oauth, api, store, slack::Timing::real()),
          installer(installer_options(), api, store) {
        board.log = [this](const std::string& words) { log(words); };
        board.heard = [this](const slack::Id& realm, const json::object& event) { note(realm, event); };
    }

    void log(const std::string& words) const {
        if (parts.log) parts.log(words);
    }

    slack::Installer::Options installer_options() {
        slack::Installer::Options options;
        options.oauth = oauth;
        options.secure = config.oauth.public_url.starts_with("https://");
        options.random = parts.random;
        options.installed = [](const slack::StoredInstallation&) {
            return std::string{
                "Rapport begins its work there when it is started again; whoever runs it can do that "
                "now."};
        };
        options.log = parts.log;
        return options;
    }

    /// What ends an installation is kept, one after the other, by `keep_endings`.
    void note(const slack::Id& realm, const json::object& event) {
        const json::value* type = event.if_contains("type");
        if (!type || !type->is_string()) return;
        if (type->get_string() != "tokens_revoked" && type->get_string() != "app_uninstalled") return;
        if (endings.size() >= 1000) return;
        endings.emplace_back(realm, event);
        if (ended) ended->notify();
    }

    asio::awaitable<Result<>> keep_endings() {
        ended.emplace(co_await asio::this_coro::executor);
        for (;;) {
            while (endings.empty()) co_await ended->wait();
            auto [realm, event] = std::move(endings.front());
            endings.pop_front();
            const Result<bool> kept = co_await keeper.heard(realm, std::move(event));
            if (!kept) log(kept.error().what);
        }
    }

    // ------------------------------------------------------------------------------------------------ pages
    asio::awaitable<net::Response> handle(net::Request request) override {
        std::optional<net::Response> ours = co_await installer.answer(request);
        if (ours) co_return std::move(*ours);
        net::Response response;
        response.status = 404;
        response.body = "There is nothing here.\n";
        co_return response;
    }
    std::optional<net::Response> refuse_upgrade(const net::Request&) override {
        net::Response response;
        response.status = 404;
        return response;
    }
    asio::awaitable<void> websocket(net::Request, net::WebSocket&) override { co_return; }

    // ------------------------------------------------------------------------------------------ connections
    slack::HttpOptions http_options() {
        slack::HttpOptions options;
        options.address = config.address;
        options.port = config.port;
        options.signing_secret = signing_secret;
        options.log = parts.log;
        options.other = [this](const net::Request& request) { return installer.answer(request); };
        return options;
    }

    slack::SocketOptions socket_options() {
        slack::SocketOptions options;
        options.tls = parts.tls;
        options.lines.sockets = config.connections;
        options.log = parts.log;
        options.alarm = [this](const slack::Alarm& alarm) { log(alarm.words); };
        return options;
    }

    asio::awaitable<Result<std::string>> open_url() {
        slack::ApiResult<std::string> url = co_await slack::open_connection(api);
        if (url) co_return std::move(*url);
        if (std::optional<Error> fatal = slack::fatal_open_error(url.error().code))
            co_return std::move(*fatal);
        co_return Error{url.error()};
    }

    asio::awaitable<Result<>> run() {
        if (http) {
            auto first = co_await (http->run() || keep_endings());
            co_return std::visit([](auto& result) { return std::move(result); }, first);
        }
        slack::SocketMode socket{socket_options(), board, [this] { return open_url(); }};
        auto first = co_await (server->run() || socket.run() || keep_endings());
        co_return std::visit([](auto& result) { return std::move(result); }, first);
    }

    SlackConfig config;
    Parts parts;
    slack::OAuthConfig oauth;
    std::string signing_secret;
    net::Pool pool;
    slack::WebApi api;
    slack::TokenStore store;
    slack::TokenKeeper keeper;
    slack::Installer installer;
    slack::Switchboard board{};
    std::deque<std::pair<slack::Id, json::object>> endings{};
    std::optional<net::Wakeup> ended{};
    std::optional<slack::HttpReceiver> http{};
    std::optional<net::Server> server{};
};

SlackInstalls::SlackInstalls(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
SlackInstalls::~SlackInstalls() = default;

Result<std::unique_ptr<SlackInstalls>> SlackInstalls::make(const SlackConfig& config, Parts parts) {
    const Result<Secrets> secrets = secrets_of(config, parts.environment);
    if (!secrets) return secrets.error();
    return std::unique_ptr<SlackInstalls>{
        new SlackInstalls{std::make_unique<Impl>(config, std::move(parts), *secrets)}};
}

asio::awaitable<Result<std::vector<slack::Config>>> SlackInstalls::workspaces() {
    const Result<std::vector<slack::StoredInstallation>> all = co_await impl_->store.all();
    if (!all) co_return all.error();
    std::vector<slack::Config> found;
    for (const slack::StoredInstallation& one : *all) {
        if (!one.stopped.empty()) {
            impl_->log(fmt::format("Slack workspace {}: {}.", one.installation.name, one.stopped));
            continue;
        }
        const std::string realm = slack::TokenStore::key_of(one.installation);
        slack::Config made = slack_workspace(impl_->config, impl_->config.workspace);
        made.name = "slack-" + realm;
        made.fed = true;
        made.bot_token_source = impl_->keeper.source(realm);
        if (const std::string url = impl_->parts.environment("SLACK_API_URL"); !url.empty())
            made.api_url = url;
        found.push_back(std::move(made));
    }
    co_return found;
}

Result<std::vector<slack::Config>> SlackInstalls::workspaces_now(asio::io_context& context) {
    Result<std::vector<slack::Config>> found;
    asio::co_spawn(context, workspaces(),
                   [&](std::exception_ptr error, Result<std::vector<slack::Config>> all) {
                       if (error) std::rethrow_exception(error);
                       found = std::move(all);
                   });
    context.run();
    context.restart();
    return found;
}

void SlackInstalls::add(slack::SlackAdapter& adapter) {
    impl_->board.add(adapter.receiver(),
                     std::string{adapter.name().substr(std::string_view{"slack-"}.size())});
}

void SlackInstalls::remove(slack::SlackAdapter& adapter) {
    impl_->board.remove(adapter.receiver());
}

Result<> SlackInstalls::listen(asio::any_io_executor executor) {
    if (impl_->config.receive == SlackReceive::http) {
        impl_->http.emplace(impl_->http_options(), impl_->board);
        return impl_->http->listen(executor);
    }
    impl_->server.emplace(server_config(impl_->config), *impl_);
    return impl_->server->listen(executor);
}

std::uint16_t SlackInstalls::port() const noexcept {
    if (impl_->http) return impl_->http->port();
    return impl_->server ? impl_->server->port() : std::uint16_t{0};
}

asio::awaitable<Result<>> SlackInstalls::run() {
    return impl_->run();
}

}  // namespace rapport
