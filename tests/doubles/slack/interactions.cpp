// Buttons, modals, commands, shortcuts, the Home (docs.slack.dev, Interactivity; payload reference).
#include <fmt/format.h>

#include <stdexcept>

#include "doubles/slack/block_rules.hpp"
#include "doubles/slack/courier.hpp"
#include "doubles/slack/events.hpp"
#include "doubles/slack/people.hpp"
#include "doubles/slack/views.hpp"

namespace rapport::test::slack {
namespace json = boost::json;

/// Where something is pressed.
struct People::Place {
    const json::object* body = nullptr;  ///< Of the message, ephemeral or view.
    Channel* channel = nullptr;
    View* view = nullptr;
    const Ephemeral* ephemeral = nullptr;
    std::string ts{};
};

View& People::top(const std::string& user) {
    const std::vector<View*> stack = core_.world.stack(core_.world.person(user).id);
    if (stack.empty()) throw std::out_of_range(user + " has no view open");
    return *stack.back();
}

People::Place People::find_place(const User& user, const Press& what) {
    Place place;
    if (!what.ts.empty()) {
        place.channel = &core_.world.place(what.channel);
        place.ts = what.ts;
        for (const Ephemeral& one : core_.world.ephemerals) {
            if (one.ts == what.ts && one.user == user.id) place.ephemeral = &one;
        }
        const auto found = place.channel->messages.find(what.ts);
        if (place.ephemeral) place.body = &place.ephemeral->body;
        if (!place.body && found != place.channel->messages.end()) place.body = &found->second;
        if (!place.body) throw std::out_of_range("no message " + what.ts);
        return place;
    }
    const std::vector<View*> stack = core_.world.stack(user.id);
    if (!what.view.empty()) {
        place.view = core_.world.view(what.view);
    } else {
        place.view = stack.empty() ? core_.world.home(user.id) : stack.back();
    }
    if (!place.view) throw std::out_of_range(user.name + " has neither a view open nor a Home");
    place.body = &place.view->body;
    return place;
}

json::object People::common(const User& user, const Team& team, std::string_view type,
                            const std::string& view) {
    const Team* home = core_.world.team(user.team);
    json::object shown{{"id", user.team}, {"domain", home ? home->domain : "elsewhere"}};
    json::object person{
        {"id", user.id}, {"username", user.name}, {"name", user.name}, {"team_id", user.team}};
    const std::string enterprise = home ? home->enterprise : user.enterprise;
    json::value enterprise_json = nullptr;
    if (!enterprise.empty()) {
        enterprise_json =
            json::object{{"id", enterprise}, {"name", home ? home->enterprise_name : enterprise}};
        shown["enterprise_id"] = enterprise;
        shown["enterprise_name"] = home ? home->enterprise_name : enterprise;
    }
    json::value shown_team = shown;
    if (team.whole_organisation) shown_team = nullptr;
    return {{"type", type},
            {"user", std::move(person)},
            {"api_app_id", core_.settings.app},
            {"token", "legacy-token"},
            {"trigger_id", core_.world.trigger(team.id, user.id, view)},
            {"team", std::move(shown_team)},
            {"enterprise", std::move(enterprise_json)},
            {"is_enterprise_install", team.whole_organisation}};
}

std::string People::interactive(const User& user, const Team& team, json::object payload, bool takes_payload,
                                std::string channel, std::string view) {
    Delivery delivery;
    delivery.type = "interactive";
    delivery.name = std::string{text_of(payload, "type")};
    delivery.payload = std::move(payload);
    delivery.takes_payload = takes_payload;
    delivery.team = team.id;
    delivery.user = user.id;
    delivery.channel = std::move(channel);
    delivery.view = std::move(view);
    return core_.courier->deliver(std::move(delivery));
}

namespace {

/// What actions[] tells of an element: itself, with what was chosen.
json::object action_of(Core& core, const json::object& element, const std::string& block,
                       const std::string& choice) {
    json::object action = chosen(element, choice);
    action["action_id"] = element.at("action_id");
    action["block_id"] = block;
    action["action_ts"] = core.world.next_ts();
    for (const char* name : {"text", "value", "placeholder", "style", "confirm"}) {
        const bool typed = std::string_view{name} == "value" && action.contains("value");
        if (const json::value* kept = element.if_contains(name); kept && !typed) action[name] = *kept;
    }
    return action;
}

json::object channel_of(const Channel& channel) {
    const std::string name = channel.kind == Kind::im       ? "directmessage"
                             : channel.kind == Kind::closed ? "privategroup"
                                                            : channel.name;
    return {{"id", channel.id}, {"name", name}};
}

}  // namespace

std::string People::press(const std::string& who, const Press& what) {
    const User& user = core_.world.person(who);
    const Place place = find_place(user, what);
    const json::value* blocks = place.body->if_contains("blocks");
    std::string block = what.block;
    const json::object* element = blocks ? find_element(*blocks, what.action, block) : nullptr;
    if (!element) throw std::out_of_range("there is no \"" + what.action + "\" to press");
    const Team& team =
        place.view ? core_.world.teams.at(place.view->team) : core_.world.team_of(*place.channel);
    json::object payload = common(user, team, "block_actions", place.view ? place.view->id : std::string{});
    const std::string type{text_of(*element, "type")};
    json::object values = place.view ? place.view->values : json::object{};
    if (type != "button" && type != "overflow") {
        json::object& slot = values.contains(block)
                                 ? values[block].get_object()
                                 : values.emplace(block, json::object{}).first->value().get_object();
        slot[text_of(*element, "action_id")] = chosen(*element, what.choice);
        if (place.view) place.view->values = values;
    }
    payload["actions"] = json::array{action_of(core_, *element, block, what.choice)};
    if (place.view) {
        payload["container"] = json::object{{"type", "view"}, {"view_id", place.view->id}};
        payload["view"] = view_json(core_, *place.view);
        return interactive(user, team, std::move(payload), false, {}, place.view->id);
    }
    payload["state"] = json::object{{"values", values}};
    payload["channel"] = channel_of(*place.channel);
    json::object container{{"type", "message"},
                           {"message_ts", place.ts},
                           {"channel_id", place.channel->id},
                           {"is_ephemeral", place.ephemeral != nullptr}};
    const std::string thread =
        place.ephemeral ? place.ephemeral->thread : std::string{text_of(*place.body, "thread_ts")};
    if (!thread.empty()) container["thread_ts"] = thread;
    payload["container"] = std::move(container);
    if (!place.ephemeral) payload["message"] = *place.body;
    ResponseUrl reply{team.id, place.channel->id, user.id, {}, {}, thread};
    (place.ephemeral ? reply.ephemeral : reply.message) = place.ts;
    payload["response_url"] = core_.base + core_.world.response_url("actions", std::move(reply));
    return interactive(user, team, std::move(payload), false, place.channel->id, {});
}

void People::fill(const std::string& user, const std::map<std::string, std::string>& values) {
    View& view = top(user);
    for (const auto& [key, value] : values) {
        std::string block;
        const json::object* element = find_element(view.body.at("blocks"), key, block);
        if (!element) {
            block = key;
            element = find_element(view.body.at("blocks"), {}, block);
        }
        if (!element) throw std::out_of_range("the view has no input \"" + key + "\"");
        view.values[block] = json::object{{text_of(*element, "action_id"), chosen(*element, value)}};
    }
}

namespace {

/// The first required input that is still empty; empty if there is none.
std::string missing_input(const View& view) {
    const json::value* blocks = view.body.if_contains("blocks");
    if (!blocks || !blocks->is_array()) return {};
    for (const json::value& block : blocks->get_array()) {
        const json::object& item = block.get_object();
        const json::value* optional = item.if_contains("optional");
        const bool may_be_empty = optional && optional->is_bool() && optional->get_bool();
        const std::string id{text_of(item, "block_id")};
        const json::value* state = view.values.if_contains(id);
        if (text_of(item, "type") != "input" || may_be_empty || !state) continue;
        bool filled = false;
        for (const auto& [action, value] : state->get_object()) {
            for (const auto& [name, part] : value.get_object()) {
                const json::array* list = part.if_array();
                filled = filled || (name != "type" && !part.is_null() && (!list || !list->empty()));
            }
        }
        if (!filled) return id;
    }
    return {};
}

}  // namespace

std::string People::submit(const std::string& who, const std::map<std::string, std::string>& values) {
    fill(who, values);
    const User& user = core_.world.person(who);
    View& view = top(who);
    if (const std::string block = missing_input(view); !block.empty()) {  // Slack's program does not send it.
        core_.note({user.id, {}, "required " + block, {}});
        return {};
    }
    const Team& team = core_.world.teams.at(view.team);
    json::object payload = common(user, team, "view_submission", view.id);
    payload["view"] = view_json(core_, view);
    payload["response_urls"] = json::array{};
    return interactive(user, team, std::move(payload), true, {}, view.id);
}

std::string People::close_view(const std::string& who, bool all) {
    const User& user = core_.world.person(who);
    View& view = top(who);
    const Team& team = core_.world.teams.at(view.team);
    const json::value* told = view.body.if_contains("notify_on_close");
    const bool tell = told && told->is_bool() && told->get_bool();
    json::object payload = common(user, team, "view_closed", view.id);
    payload.erase("trigger_id");
    payload["view"] = view_json(core_, view);
    payload["is_cleared"] = all;
    const std::string id = view.id;
    if (all) {
        clear_views(core_, user.id);
    } else {
        drop_view(core_, id);
    }
    return tell ? interactive(user, team, std::move(payload), false, {}, id) : std::string{};
}

bool People::external(const User& user, const Team& team) {
    return user.team != team.id && (user.enterprise.empty() || user.enterprise != team.enterprise);
}

std::string People::slash(const std::string& who, const std::string& channel, const std::string& command,
                          const std::string& text) {
    const User& user = core_.world.person(who);
    const Channel& place = core_.world.place(channel);
    const Team& team = core_.world.team_of(place);
    if (external(user,
                 team)) {  // Other companies' people cannot use our commands (docs.slack.dev, Slack Connect).
        core_.note({user.id, place.id, "not_a_valid_command", {}});
        return {};
    }
    Delivery delivery;
    delivery.type = "slash_commands";
    delivery.name = command;
    delivery.takes_payload = true;
    delivery.team = team.id;
    delivery.user = user.id;
    delivery.channel = place.id;
    delivery.payload = {
        {"token", "legacy-token"},
        {"team_id", team.id},
        {"team_domain", team.domain},
        {"channel_id", place.id},
        {"channel_name", text_of(channel_of(place), "name")},
        {"user_id", user.id},
        {"user_name", user.name},
        {"command", command},
        {"text", text},
        {"api_app_id", core_.settings.app},
        {"is_enterprise_install", team.whole_organisation ? "true" : "false"},
        {"response_url", core_.base + core_.world.response_url("commands", {team.id, place.id, user.id})},
        {"trigger_id", core_.world.trigger(team.id, user.id)}};
    if (!team.enterprise.empty()) {
        delivery.payload["enterprise_id"] = team.enterprise;
        delivery.payload["enterprise_name"] = team.enterprise_name;
    }
    return core_.courier->deliver(std::move(delivery));
}

std::string People::shortcut(const std::string& who, const std::string& callback) {
    const User& user = core_.world.person(who);
    const Team& team = core_.world.teams.at(user.team);
    json::object payload = common(user, team, "shortcut", {});
    payload["callback_id"] = callback;
    payload["action_ts"] = core_.world.next_ts();
    return interactive(user, team, std::move(payload), false, {}, {});
}

std::string People::message_shortcut(const std::string& who, const std::string& callback,
                                     const std::string& channel, const std::string& ts) {
    const User& user = core_.world.person(who);
    Channel& place = core_.world.place(channel);
    const Team& team = core_.world.team_of(place);
    if (external(user, team)) {
        core_.note({user.id, place.id, "not_a_valid_shortcut", {}});
        return {};
    }
    json::object payload = common(user, team, "message_action", {});
    payload["callback_id"] = callback;
    payload["action_ts"] = core_.world.next_ts();
    payload["channel"] = channel_of(place);
    payload["message_ts"] = ts;
    payload["message"] = place.messages.at(ts);
    const std::string thread{text_of(place.messages.at(ts), "thread_ts")};
    payload["response_url"] =
        core_.base + core_.world.response_url("app", {team.id, place.id, user.id, ts, {}, thread});
    return interactive(user, team, std::move(payload), false, place.id, {});
}

std::string People::suggest(const std::string& who, const std::string& action, const std::string& typed) {
    const User& user = core_.world.person(who);
    const Place place = find_place(user, {});
    std::string block;
    const json::object* element = find_element(place.body->at("blocks"), action, block);
    if (!element) throw std::out_of_range("there is no \"" + action + "\"");
    const Team& team = core_.world.teams.at(place.view->team);
    json::object payload = common(user, team, "block_suggestion", place.view->id);
    payload.erase("trigger_id");
    payload["action_id"] = element->at("action_id");
    payload["block_id"] = block;
    payload["value"] = typed;
    payload["container"] = json::object{{"type", "view"}, {"view_id", place.view->id}};
    payload["view"] = view_json(core_, *place.view);
    return interactive(user, team, std::move(payload), true, {}, place.view->id);
}

void People::open_home(const std::string& who, const std::string& tab) {
    const User& user = core_.world.person(who);
    const Team& team = core_.world.teams.at(user.team);
    const Channel& direct = core_.world.direct(team.id, {user.id, team.bot_user});
    json::object event{{"type", "app_home_opened"},
                       {"user", user.id},
                       {"channel", direct.id},
                       {"tab", tab},
                       {"event_ts", core_.world.next_ts()}};
    const View* home = core_.world.home(user.id);
    if (home && tab == "home") event["view"] = view_json(core_, *home);
    announce(core_, team, std::move(event));
}

}  // namespace rapport::test::slack
