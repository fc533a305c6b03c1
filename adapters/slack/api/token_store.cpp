#include "adapters/slack/api/token_store.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "adapters/slack/api/json_read.hpp"

namespace rapport::slack {
namespace asio = boost::asio;
namespace json = boost::json;

namespace {

const std::string prefix = "slack:install:";

std::string write(const StoredInstallation& it) {
    json::object out{{"team", it.installation.team},
                     {"enterprise", it.installation.enterprise},
                     {"whole_organisation", it.installation.whole_organisation},
                     {"name", it.installation.name},
                     {"url", it.installation.url},
                     {"bot_user", it.installation.bot_user},
                     {"bot", it.installation.bot},
                     {"app", it.installation.app},
                     {"bot_token", it.bot_token},
                     {"scope", it.scope},
                     {"refresh_token", it.refresh_token},
                     {"installed_by", it.installed_by},
                     {"stopped", it.stopped}};
    if (it.expires) out["expires_ms"] = it.expires->time_since_epoch().count();
    return json::serialize(out);
}

Result<StoredInstallation> read(std::string_view text, const std::string& key) {
    boost::system::error_code ec;
    const json::value value = json::parse(text, ec);
    if (ec || !value.is_object())
        return Error{ErrorKind::rejected, "what is kept at \"" + key + "\" is damaged"};
    const json::object& from = value.get_object();
    StoredInstallation out;
    out.installation.team = text_in(from, "team");
    out.installation.enterprise = text_in(from, "enterprise");
    out.installation.whole_organisation = true_in(from, "whole_organisation");
    out.installation.name = text_in(from, "name");
    out.installation.url = text_in(from, "url");
    out.installation.bot_user = text_in(from, "bot_user");
    out.installation.bot = text_in(from, "bot");
    out.installation.app = text_in(from, "app");
    out.bot_token = text_in(from, "bot_token");
    out.scope = text_in(from, "scope");
    out.refresh_token = text_in(from, "refresh_token");
    out.installed_by = text_in(from, "installed_by");
    out.stopped = text_in(from, "stopped");
    const json::value* expires = from.if_contains("expires_ms");
    if (expires && expires->is_int64()) out.expires = Time{std::chrono::milliseconds{expires->get_int64()}};
    return out;
}

}  // namespace

asio::awaitable<Result<>> TokenStore::save(StoredInstallation installation) {
    const std::string key = prefix + key_of(installation.installation);
    if (key == prefix) co_return Error{ErrorKind::rejected, "an installation without a workspace"};
    Result<std::string> sealed = vault_.seal(write(installation), key);
    if (!sealed) co_return sealed.error();
    const Result<> written = co_await notebook_.write(key, std::move(*sealed));
    co_return written;
}

asio::awaitable<Result<std::optional<StoredInstallation>>> TokenStore::load(std::string key) {
    const std::string place = prefix + key;
    const Result<std::optional<std::string>> sealed = co_await notebook_.read(place);
    if (!sealed) co_return sealed.error();
    if (!sealed->has_value()) co_return std::optional<StoredInstallation>{};
    const Result<std::string> plain = vault_.open(**sealed, place);
    if (!plain) co_return plain.error();
    const Result<StoredInstallation> found = read(*plain, place);
    if (!found) co_return found.error();
    co_return std::optional<StoredInstallation>{*found};
}

asio::awaitable<Result<std::vector<StoredInstallation>>> TokenStore::all() {
    const Result<std::map<std::string, std::string>> entries = co_await notebook_.list(prefix);
    if (!entries) co_return entries.error();
    std::vector<StoredInstallation> found;
    for (const auto& [place, sealed] : *entries) {
        const Result<std::string> plain = vault_.open(sealed, place);
        if (!plain) co_return plain.error();
        const Result<StoredInstallation> one = read(*plain, place);
        if (!one) co_return one.error();
        found.push_back(*one);
        if (vault_.is_current(sealed)) continue;
        const Result<> anew = co_await save(*one);
        if (!anew) co_return anew.error();
    }
    co_return found;
}

}  // namespace rapport::slack
