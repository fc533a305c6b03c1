#include "adapters/slack/api/oauth.hpp"

#include <openssl/crypto.h>

#include <algorithm>
#include <utility>

#include "adapters/slack/api/json_read.hpp"

namespace rapport::slack {
namespace asio = boost::asio;
namespace json = boost::json;
using namespace std::chrono_literals;

namespace {

constexpr std::chrono::milliseconds good_for = 10min;
constexpr std::size_t most_states = 1000;
constexpr std::size_t shortest_secret = 32;

bool same_secret(const std::string& a, const std::string& b) {
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string joined(const std::vector<std::string>& words) {
    std::string out;
    for (const std::string& word : words) out += (out.empty() ? "" : ",") + word;
    return out;
}

}  // namespace

void OAuthStates::begin(const std::string& state, const std::string& cookie, Time now) {
    if (state.size() < shortest_secret || cookie.size() < shortest_secret) return;
    std::erase_if(states_, [&](const auto& entry) { return now - entry.second.at > good_for; });
    if (states_.size() >= most_states) {
        states_.erase(std::min_element(states_.begin(), states_.end(), [](const auto& a, const auto& b) {
            return a.second.at < b.second.at;
        }));
    }
    states_[state] = {cookie, now};
}

Result<> OAuthStates::finish(const std::string& state, const std::string& cookie, Time now) {
    const auto found = states_.find(state);
    if (found == states_.end()) {
        return Error{ErrorKind::rejected,
                     "this installation was not begun here, or was finished before. Start it again"};
    }
    const Begun begun = std::move(found->second);
    states_.erase(found);
    if (now - begun.at > good_for) {
        return Error{ErrorKind::rejected, "this installation took more than 10 minutes. Start it again"};
    }
    if (!same_secret(begun.cookie, cookie)) {
        return Error{ErrorKind::rejected,
                     "this installation was begun in another browser. Start it again in this one"};
    }
    return {};
}

std::string authorize_url(const OAuthConfig& config, const std::string& state) {
    json::object query{{"client_id", config.client_id}, {"scope", joined(config.scopes)}, {"state", state}};
    if (!config.redirect_uri.empty()) query["redirect_uri"] = config.redirect_uri;
    const char separator = config.authorize_url.find('?') == std::string::npos ? '?' : '&';
    return config.authorize_url + separator + form_encode(query);
}

ApiResult<StoredInstallation> read_installation(const json::object& answer, Time now) {
    StoredInstallation out;
    if (const json::object* team = object_in(answer, "team")) {
        out.installation.team = text_in(*team, "id");
        out.installation.name = text_in(*team, "name");
    }
    if (const json::object* enterprise = object_in(answer, "enterprise")) {
        out.installation.enterprise = text_in(*enterprise, "id");
        if (out.installation.name.empty()) out.installation.name = text_in(*enterprise, "name");
    }
    out.installation.whole_organisation = true_in(answer, "is_enterprise_install");
    out.installation.bot_user = text_in(answer, "bot_user_id");
    out.installation.app = text_in(answer, "app_id");
    out.bot_token = text_in(answer, "access_token");
    out.scope = text_in(answer, "scope");
    out.refresh_token = text_in(answer, "refresh_token");
    if (const json::object* person = object_in(answer, "authed_user"))
        out.installed_by = text_in(*person, "id");
    const json::value* expires = answer.if_contains("expires_in");
    if (expires && expires->is_int64() && expires->get_int64() > 0) {
        out.expires = now + std::chrono::seconds{std::min<std::int64_t>(expires->get_int64(), 31'536'000)};
    }
    if (out.installation.realm().empty() || out.bot_token.empty()) {
        return ApiError{
            ErrorKind::transient,
            "oauth.v2.access: Slack's answer lacks the workspace or the token. Install the app again"};
    }
    return out;
}

asio::awaitable<ApiResult<StoredInstallation>> exchange_code(WebApi& api, OAuthConfig config,
                                                             std::string code, Timing timing) {
    json::object params{{"code", code}};
    if (!config.redirect_uri.empty()) params["redirect_uri"] = config.redirect_uri;
    CallOptions options;
    options.token = Token::basic;
    options.secret = config.client_id + ":" + config.client_secret;
    const ApiResult<json::object> answer =
        co_await api.call("oauth.v2.access", std::move(params), std::move(options));
    if (!answer) co_return answer.error();
    co_return read_installation(*answer, timing.now());
}

}  // namespace rapport::slack
