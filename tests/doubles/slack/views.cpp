#include "doubles/slack/views.hpp"

#include "doubles/slack/block_rules.hpp"
#include "doubles/slack/events.hpp"

namespace rapport::test::slack {
namespace json = boost::json;

namespace {

/// A value for each input that begins with one, as Slack puts it into state.values.
json::object initial_values(const json::object& body) {
    json::object result;
    const json::value* blocks = body.if_contains("blocks");
    for (const json::value& block : blocks && blocks->is_array() ? blocks->get_array() : json::array{}) {
        const json::object& item = block.get_object();
        const json::value* element = item.if_contains("element");
        if (!element || !element->is_object()) continue;
        const json::object& input = element->get_object();
        const std::string type{text_of(input, "type")};
        json::object value{{"type", type}};
        const auto take = [&](const char* from, const char* to) {
            const json::value* initial = input.if_contains(from);
            value[to] = initial ? *initial : json::value(nullptr);
        };
        if (type.ends_with("text_input") || type == "number_input") take("initial_value", "value");
        if (type == "static_select" || type == "external_select" || type == "radio_buttons")
            take("initial_option", "selected_option");
        if (type == "checkboxes" || type == "multi_static_select" || type == "multi_external_select")
            take("initial_options", "selected_options");
        if (type == "users_select") take("initial_user", "selected_user");
        if (type == "multi_users_select") take("initial_users", "selected_users");
        if (type == "conversations_select") take("initial_conversation", "selected_conversation");
        if (type == "multi_conversations_select") take("initial_conversations", "selected_conversations");
        if (type == "channels_select") take("initial_channel", "selected_channel");
        if (type == "datepicker") take("initial_date", "selected_date");
        if (type == "timepicker") take("initial_time", "selected_time");
        if (type == "datetimepicker") take("initial_date_time", "selected_date_time");
        for (const char* list : {"selected_options", "selected_users", "selected_conversations"}) {
            if (value.contains(list) && value[list].is_null()) value[list] = json::array{};
        }
        result[text_of(item, "block_id")] = json::object{{text_of(input, "action_id"), std::move(value)}};
    }
    return result;
}

void show(Core& core, View& view, json::object body) {
    if (json::value* blocks = body.if_contains("blocks")) fill_ids(core, *blocks);
    const json::object before = std::exchange(view.values, initial_values(body));
    for (auto& [block, actions] : view.values) {
        const json::value* old = before.if_contains(block);
        if (!old) continue;
        for (auto& [action, value] : actions.get_object()) {
            const json::value* kept = old->get_object().if_contains(action);
            if (kept && text_of(kept->get_object(), "type") == text_of(value.get_object(), "type"))
                value = *kept;
        }
    }
    view.body = std::move(body);
    view.hash = std::to_string(seconds_of(core.world.now())) + "." + core.world.next_id("h");
}

}  // namespace

json::object view_json(Core& core, const View& view) {
    const Team* team = core.world.team(view.team);
    const User* user = core.world.user(view.user);
    json::object result{
        {"id", view.id},
        {"team_id", user ? user->team : view.team},
        {"type", text_of(view.body, "type")},
        {"blocks", view.body.contains("blocks") ? view.body.at("blocks") : json::value(json::array{})},
        {"private_metadata", text_of(view.body, "private_metadata")},
        {"callback_id", text_of(view.body, "callback_id")},
        {"external_id", text_of(view.body, "external_id")},
        {"state", json::object{{"values", view.values}}},
        {"hash", view.hash},
        {"clear_on_close", false},
        {"notify_on_close", false},
        {"close", nullptr},
        {"submit", nullptr},
        {"previous_view_id", view.previous.empty() ? json::value(nullptr) : json::value(view.previous)},
        {"root_view_id", view.root},
        {"app_id", core.settings.app},
        {"app_installed_team_id", team && team->whole_organisation ? team->enterprise : view.team},
        {"bot_id", team ? team->bot : std::string{}}};
    for (const char* name : {"title", "submit", "close", "clear_on_close", "notify_on_close"}) {
        if (const json::value* given = view.body.if_contains(name)) result[name] = *given;
    }
    if (view.home()) result["title"] = text_object("View Title");
    return result;
}

View& stack_view(Core& core, const Team& team, const std::string& user, const json::object& body) {
    View view;
    view.id = core.world.next_id("V");
    view.team = team.id;
    view.user = user;
    std::vector<std::string>& stack = core.world.stacks[user];
    view.previous = stack.empty() ? std::string{} : stack.back();
    view.root = stack.empty() ? view.id : stack.front();
    show(core, view, body);
    stack.push_back(view.id);
    return core.world.views[view.id] = std::move(view);
}

void replace_view(Core& core, View& view, const json::object& body) {
    show(core, view, body);
}

void drop_view(Core& core, const std::string& id) {
    const View* view = core.world.view(id);
    if (!view) return;
    std::vector<std::string>& stack = core.world.stacks[view->user];
    const auto at = std::find(stack.begin(), stack.end(), id);
    const std::vector<std::string> gone(at, stack.end());
    stack.erase(at, stack.end());
    for (const std::string& one : gone) core.world.views.erase(one);
}

void clear_views(Core& core, const std::string& user) {
    for (const std::string& id : std::exchange(core.world.stacks[user], {})) core.world.views.erase(id);
}

}  // namespace rapport::test::slack
