// auth.*, apps.*, oauth.*, team.info, bots.info
#include <fmt/format.h>

#include "doubles/slack/api.hpp"
#include "doubles/slack/courier.hpp"
#include "doubles/slack/events.hpp"

namespace rapport::test::slack {
namespace json = boost::json;

namespace {

json::object auth_test(const Call& call) {
    if (!call.team) return {{"app_name", "rapport"}, {"app_id", call.core.settings.app}};
    const User* self = call.core.world.user(call.self());
    json::object answer{{"url", fmt::format("https://{}.slack.com/", call.team->domain)},
                        {"team", call.team->name},
                        {"user", self ? self->name : ""},
                        {"team_id", call.team->id},
                        {"user_id", call.self()},
                        {"is_enterprise_install", call.team->whole_organisation}};
    if (call.token.kind == "bot") answer["bot_id"] = call.team->bot;
    if (!call.team->enterprise.empty()) answer["enterprise_id"] = call.team->enterprise;
    return answer;
}

json::object auth_revoke(const Call& call) {
    if (call.flag("test")) return {{"revoked", false}};
    for (auto& [text, token] : call.core.tokens) {
        if (&token == &call.token) token.revoked = true;
    }
    if (call.team && call.token.kind == "bot") {
        announce(call.core, *call.team,
                 {{"type", "tokens_revoked"},
                  {"tokens", {{"oauth", json::array{}}, {"bot", json::array{call.self()}}}}});
    }
    return {{"revoked", true}};
}

json::object connections_open(const Call& call) {
    call.scope("connections:write");
    if (!call.core.socket_mode) throw Refusal{"socket_mode_not_enabled"};
    return {{"url", call.core.courier->open_ticket()}};
}

json::object team_info(const Call& call) {
    const std::string id = call.text("team", call.team->id);
    const Team* team = call.core.world.team(id);
    if (!team) throw Refusal{"team_not_found"};
    json::object info{{"id", team->id},
                      {"name", team->name},
                      {"domain", team->domain},
                      {"email_domain", ""},
                      {"icon", {{"image_default", true}}}};
    if (!team->enterprise.empty()) {
        info["enterprise_id"] = team->enterprise;
        info["enterprise_name"] = team->enterprise_name;
    }
    return {{"team", std::move(info)}};
}

json::object bots_info(const Call& call) {
    const std::string& wanted = call.need("bot");
    for (const auto& [id, user] : call.core.world.users) {
        if (user.bot != wanted) continue;
        const std::string app = user.bot == call.team->bot ? call.core.settings.app : user.app;
        return {{"bot", json::object{{"id", user.bot},
                                     {"deleted", user.deleted},
                                     {"name", user.real_name},
                                     {"updated", user.updated},
                                     {"app_id", app},
                                     {"user_id", user.id},
                                     {"icons", json::object{}}}}};
    }
    throw Refusal{"bot_not_found"};
}

/// A pair of rotating tokens for that installation; the ones before stay good until they expire.
json::object rotated(Core& core, const Team& team) {
    const std::string access = core.world.next_secret("xoxe.xoxb-1-");
    const std::string refresh = core.world.next_secret("xoxe-1-");
    core.tokens[access] =
        Token{"bot", team.id, {}, team.scopes, core.world.now() + core.settings.pace.token, false};
    core.refresh_tokens[refresh] = team.id;
    const auto life = std::chrono::duration_cast<std::chrono::seconds>(core.settings.pace.token).count();
    return {{"access_token", access}, {"refresh_token", refresh}, {"expires_in", life}};
}

json::object oauth_access(const Call& call) {
    Core& core = call.core;
    std::string id = call.text("client_id");
    std::string secret = call.text("client_secret");
    if (!call.basic.empty()) {
        id = call.basic.substr(0, call.basic.find(':'));
        secret = call.basic.substr(std::min(call.basic.size(), id.size() + 1));
    }
    if (id != core.settings.client_id) throw Refusal{"invalid_client_id"};
    if (secret != core.settings.client_secret) throw Refusal{"bad_client_secret"};
    const bool refreshing = call.text("grant_type") == "refresh_token";
    auto& known = refreshing ? core.refresh_tokens : core.codes;
    const auto found = known.find(refreshing ? call.text("refresh_token") : call.text("code"));
    if (found == known.end() || found->second.empty()) {
        throw Refusal{refreshing ? "invalid_refresh_token" : "invalid_code"};
    }
    const Team& team = *core.world.team(std::exchange(found->second, {}));
    std::string scopes;
    for (const std::string& scope : team.scopes) scopes += (scopes.empty() ? "" : ",") + scope;
    json::object answer{{"app_id", core.settings.app},
                        {"authed_user", json::object{{"id", "U0INSTALLER"}}},
                        {"scope", scopes},
                        {"token_type", "bot"},
                        {"bot_user_id", team.bot_user},
                        {"team", json::object{{"id", team.id}, {"name", team.name}}},
                        {"enterprise", nullptr},
                        {"is_enterprise_install", team.whole_organisation},
                        {"access_token", team.bot_token}};
    if (!team.enterprise.empty()) {
        answer["enterprise"] = json::object{{"id", team.enterprise}, {"name", team.enterprise_name}};
    }
    if (team.whole_organisation) answer["team"] = nullptr;
    if (refreshing || call.text("code").starts_with("rotating-")) {
        for (auto& [name, value] : rotated(core, team)) answer[name] = value;
    }
    return answer;
}

/// The most that a manifest's texts may be long (docs.slack.dev, app manifest reference).
void check_text(Complaints& wrong, const json::value* value, std::string_view at, std::size_t most) {
    const json::string* text = value ? value->if_string() : nullptr;
    if (!text) return wrong.push_back(fmt::format("must be a string: {}", at));
    if (code_points(*text) > most)
        wrong.push_back(fmt::format("must be at most {} characters: {}", most, at));
}

const json::object* object_at(const json::object& in, std::string_view name) {
    const json::value* found = in.if_contains(name);
    return found ? found->if_object() : nullptr;
}

void check_features(Complaints& wrong, const json::object& features) {
    const json::value* commands = features.if_contains("slash_commands");
    for (const json::value& one : commands && commands->is_array() ? commands->get_array() : json::array{}) {
        if (!one.is_object()) continue;
        check_text(wrong, one.get_object().if_contains("command"), "/features/slash_commands/command", 32);
        check_text(wrong, one.get_object().if_contains("description"), "/features/slash_commands/description",
                   2000);
    }
    const json::value* shortcuts = features.if_contains("shortcuts");
    if (shortcuts && shortcuts->is_array() && shortcuts->get_array().size() > 10) {
        wrong.push_back("at most 10: /features/shortcuts");
    }
    for (const json::value& one :
         shortcuts && shortcuts->is_array() ? shortcuts->get_array() : json::array{}) {
        if (!one.is_object()) continue;
        check_text(wrong, one.get_object().if_contains("name"), "/features/shortcuts/name", 24);
        check_text(wrong, one.get_object().if_contains("callback_id"), "/features/shortcuts/callback_id",
                   255);
        check_text(wrong, one.get_object().if_contains("description"), "/features/shortcuts/description",
                   150);
    }
}

json::object manifest_validate(const Call& call) {
    const std::optional<json::value> given = call.json("manifest");
    if (!given || !given->is_object()) throw Refusal{"invalid_manifest", {"must provide an object: /"}};
    const json::object& manifest = given->get_object();
    static const std::set<std::string_view> known{"_metadata", "display_information", "features",
                                                  "oauth_config", "settings"};
    Complaints wrong;
    for (const auto& [name, value] : manifest) {
        if (!known.contains(std::string_view{name}))
            wrong.push_back("unknown property: /" + std::string{name});
    }
    const json::object* shown = object_at(manifest, "display_information");
    if (shown) {
        check_text(wrong, shown->if_contains("name"), "/display_information/name", 35);
        if (shown->contains("description"))
            check_text(wrong, shown->if_contains("description"), "/display_information/description", 140);
    } else {
        wrong.push_back("missing: /display_information");
    }
    if (const json::object* features = object_at(manifest, "features")) check_features(wrong, *features);
    if (!wrong.empty()) throw Refusal{"invalid_manifest", std::move(wrong)};
    return {{"errors", json::array{}}};
}

constexpr Method methods[] = {
    {"auth.test", auth_test, 600, true, {}, "any"},
    {"auth.revoke", auth_revoke, 50, false, {}, "any"},
    {"apps.connections.open", connections_open, 1, true, {}, "app"},
    {"apps.manifest.validate", manifest_validate, 20, true, {}, "any"},
    {"team.info", team_info, 50, false, "team:read"},
    {"bots.info", bots_info, 50, false, "users:read"},
    {"oauth.v2.access", oauth_access, 600, false, {}, "none"},
};

}  // namespace

std::span<const Method> auth_methods() {
    return methods;
}

}  // namespace rapport::test::slack
