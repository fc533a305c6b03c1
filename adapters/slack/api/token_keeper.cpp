#include <boost/asio/this_coro.hpp>
#include <utility>

#include "adapters/net/wakeup.hpp"
#include "adapters/slack/api/json_read.hpp"
#include "adapters/slack/api/oauth.hpp"

namespace rapport::slack {
namespace asio = boost::asio;
namespace json = boost::json;
using namespace std::chrono_literals;

namespace {

constexpr std::chrono::milliseconds refresh_before = 2h;
constexpr std::chrono::milliseconds refresh_again = 1min;

using TokenResult = Result<std::string>;

/// What is known of one installation, and who is just changing it.
struct Entry {
    explicit Entry(const asio::any_io_executor& executor) : freed(executor) {}

    StoredInstallation kept{};
    bool known = false;
    bool unsaved = false;  ///< `kept` is newer than what is stored: save it before it is used.
    std::string old_token{};
    Time old_expires{};  ///< Until then `old_token` still works.
    Time not_before{};   ///< No refresh before then, as the last one failed; the token still works.
    bool busy = false;
    net::Wakeup freed;
};

/// One at a time for each installation.
class Lock {
public:
    explicit Lock(Entry& entry) : entry_(entry) { entry_.busy = true; }
    Lock(const Lock&) = delete;
    Lock& operator=(const Lock&) = delete;
    ~Lock() {
        entry_.busy = false;
        entry_.freed.notify();
    }

private:
    Entry& entry_;
};

bool fresh(const StoredInstallation& it, Time now) {
    return it.stopped.empty() && !it.bot_token.empty() &&
           (!it.expires || *it.expires - now >= refresh_before);
}

/// Good enough although it should have been refreshed by now.
bool still_works(const Entry& entry, Time now) {
    return entry.kept.stopped.empty() && now < entry.not_before && entry.kept.expires &&
           now < *entry.kept.expires;
}

Error stopped(const std::string& key, const std::string& why) {
    return {ErrorKind::unauthorized, "Slack workspace " + key + ": " + why};
}

}  // namespace

struct TokenKeeper::Impl {
    OAuthConfig config;
    WebApi& api;
    TokenStore& store;
    Timing timing;
    std::map<std::string, std::unique_ptr<Entry>> entries{};

    asio::awaitable<Entry*> entry_of(std::string key) {
        const auto executor = co_await asio::this_coro::executor;
        auto& entry = entries[key];
        if (!entry) entry = std::make_unique<Entry>(executor);
        co_return entry.get();
    }

    /// Reads what is stored, as another process may have refreshed it.
    asio::awaitable<Result<>> reload(Entry& entry, std::string key) {
        const Result<std::optional<StoredInstallation>> stored = co_await store.load(key);
        if (!stored) co_return stored.error();
        if (!stored->has_value()) {
            co_return stopped(key, "the app is not installed there, or what is known of it was erased");
        }
        entry.kept = **stored;
        entry.known = true;
        co_return Result<>{};
    }

    /// Makes `kept` durable; until that is done the token before it has to do.
    asio::awaitable<TokenResult> save_and_use(Entry& entry) {
        const Result<> saved = co_await store.save(entry.kept);
        entry.unsaved = !saved;
        if (saved) co_return entry.kept.bot_token;
        if (timing.now() < entry.old_expires) co_return entry.old_token;
        co_return saved.error();
    }

    asio::awaitable<ApiResult<StoredInstallation>> ask(std::string refresh_token) {
        CallOptions options;
        options.token = Token::basic;
        options.secret = config.client_id + ":" + config.client_secret;
        json::object params{{"grant_type", "refresh_token"}, {"refresh_token", refresh_token}};
        const ApiResult<json::object> answer =
            co_await api.call("oauth.v2.access", std::move(params), std::move(options));
        if (!answer) co_return answer.error();
        co_return read_installation(*answer, timing.now());
    }

    asio::awaitable<TokenResult> refresh(Entry& entry, std::string key) {
        const StoredInstallation before = entry.kept;
        ApiResult<StoredInstallation> pair = co_await ask(before.refresh_token);
        if (!pair && pair.error().code == "invalid_refresh_token") {
            // Somebody else may have refreshed it in the meantime: then theirs is the pair that works.
            const Result<> read = co_await reload(entry, key);
            if (!read) co_return read.error();
            const bool other = entry.kept.refresh_token != before.refresh_token;
            if (other && fresh(entry.kept, timing.now())) co_return entry.kept.bot_token;
            entry.kept.stopped = pair.error().what;
            const Result<> saved = co_await store.save(entry.kept);
            if (!saved) co_return saved.error();
            co_return stopped(key, entry.kept.stopped);
        }
        const Time old_expires = before.expires.value_or(Time{});
        if (!pair) {
            if (timing.now() < old_expires) {
                entry.not_before = timing.now() + refresh_again;
                co_return before.bot_token;
            }
            co_return static_cast<const Error&>(pair.error());
        }
        entry.old_token = before.bot_token;
        entry.old_expires = old_expires;
        entry.kept.bot_token = pair->bot_token;
        entry.kept.expires = pair->expires;
        if (!pair->refresh_token.empty()) entry.kept.refresh_token = pair->refresh_token;
        if (!pair->scope.empty()) entry.kept.scope = pair->scope;
        TokenResult token = co_await save_and_use(entry);
        co_return token;
    }

    asio::awaitable<TokenResult> locked_token(Entry& entry, std::string key) {
        if (entry.unsaved) {
            TokenResult token = co_await save_and_use(entry);
            co_return token;
        }
        const Result<> read = co_await reload(entry, key);
        if (!read) co_return read.error();
        if (!entry.kept.stopped.empty()) co_return stopped(key, entry.kept.stopped);
        if (fresh(entry.kept, timing.now())) co_return entry.kept.bot_token;
        if (entry.kept.refresh_token.empty()) {
            co_return stopped(key, "its token has expired and cannot be refreshed. Install the app again");
        }
        TokenResult token = co_await refresh(entry, key);
        co_return token;
    }
};

TokenKeeper::TokenKeeper(OAuthConfig config, WebApi& api, TokenStore& store, Timing timing)
    : impl_(std::make_unique<Impl>(Impl{std::move(config), api, store, std::move(timing)})) {}
TokenKeeper::~TokenKeeper() = default;

asio::awaitable<Result<std::string>> TokenKeeper::bot_token(std::string key) {
    Entry& entry = *co_await impl_->entry_of(key);
    while (entry.busy) co_await entry.freed.wait();
    const Time now = impl_->timing.now();
    if (entry.known && !entry.unsaved && (fresh(entry.kept, now) || still_works(entry, now))) {
        co_return entry.kept.bot_token;
    }
    const Lock lock{entry};
    TokenResult token = co_await impl_->locked_token(entry, key);
    co_return token;
}

TokenSource TokenKeeper::source(std::string key) {
    return [this, key = std::move(key)] { return bot_token(key); };
}

asio::awaitable<Result<bool>> TokenKeeper::heard(std::string key, json::object event) {
    const std::string type = text_in(event, "type");
    const json::object* tokens = object_in(event, "tokens");
    const json::array* bots = tokens ? array_in(*tokens, "bot") : nullptr;
    const bool revoked = type == "tokens_revoked" && bots && !bots->empty();
    if (!revoked && type != "app_uninstalled") co_return false;
    Entry& entry = *co_await impl_->entry_of(key);
    while (entry.busy) co_await entry.freed.wait();
    const Lock lock{entry};
    const Result<std::optional<StoredInstallation>> stored = co_await impl_->store.load(key);
    if (!stored) co_return stored.error();
    if (!stored->has_value()) co_return true;
    entry.kept = **stored;
    entry.known = true;
    entry.unsaved = false;
    if (!entry.kept.stopped.empty()) co_return true;
    entry.kept.stopped = revoked ? "its token was revoked. Install the app again"
                                 : "the app was removed from the workspace. Install it again";
    const Result<> saved = co_await impl_->store.save(entry.kept);
    if (!saved) co_return saved.error();
    co_return true;
}

}  // namespace rapport::slack
