// views.open, .push, .update, .publish
#include <boost/json/serialize.hpp>

#include "doubles/slack/api.hpp"
#include "doubles/slack/views.hpp"

namespace rapport::test::slack {
namespace json = boost::json;

namespace {

json::object given_view(const Call& call, std::string_view type) {
    const std::optional<json::value> view = call.json("view");
    if (!view)
        throw Refusal{"invalid_arguments", {"[ERROR] missing required field: view [json-pointer:/view]"}};
    Complaints wrong = check_view(*view);
    if (!wrong.empty()) throw Refusal{"invalid_arguments", std::move(wrong)};
    if (text_of(view->get_object(), "type") != type) {
        throw Refusal{"invalid_arguments",
                      {"[ERROR] this type of view does not go here [json-pointer:/view/type]"}};
    }
    const std::string_view external = text_of(view->get_object(), "external_id");
    for (const auto& [id, other] : call.core.world.views) {
        const bool itself =
            id == call.text("view_id") || call.text("external_id") == external || type == "home";
        if (!external.empty() && !itself && text_of(other.body, "external_id") == external) {
            throw Refusal{"duplicate_external_id"};
        }
    }
    return view->get_object();
}

[[noreturn]] void refuse_trigger(const Call& call, bool expired) {
    switch (call.core.settings.trigger_words) {
        case TriggerWords::other:
            throw Refusal{expired ? "trigger_expired" : "trigger_exchanged"};
        case TriggerWords::arguments:
            throw Refusal{"invalid_arguments",
                          {expired ? "[ERROR] the trigger_id has expired [json-pointer:/trigger_id]"
                                   : "[ERROR] the trigger_id was used before [json-pointer:/trigger_id]"}};
        case TriggerWords::usual:
            break;
    }
    throw Refusal{expired ? "expired_trigger_id" : "exchanged_trigger_id"};
}

/// The trigger, used up.
Trigger used_trigger(const Call& call) {
    const auto found = call.core.world.triggers.find(call.need("trigger_id"));
    if (found == call.core.world.triggers.end()) throw Refusal{"invalid_trigger_id"};
    Trigger& trigger = found->second;
    if (trigger.team != call.team->id) throw Refusal{"invalid_trigger_id"};
    if (call.core.world.now() - trigger.made > call.core.settings.pace.trigger) refuse_trigger(call, true);
    if (trigger.used) refuse_trigger(call, false);
    trigger.used = true;
    return trigger;
}

json::object open(const Call& call) {
    const json::object body = given_view(call, "modal");
    const Trigger trigger = used_trigger(call);
    const bool from_modal = !trigger.view.empty() && call.core.world.view(trigger.view) &&
                            !call.core.world.view(trigger.view)->home();
    if (!from_modal) clear_views(call.core, trigger.user);  // What was open before is replaced.
    if (call.core.world.stacks[trigger.user].size() >= most_views) throw Refusal{"push_limit_reached"};
    return {{"view", view_json(call.core, stack_view(call.core, *call.team, trigger.user, body))}};
}

json::object push(const Call& call) {
    const json::object body = given_view(call, "modal");
    const Trigger trigger = used_trigger(call);
    const std::vector<std::string>& stack = call.core.world.stacks[trigger.user];
    if (stack.empty()) throw Refusal{"not_found"};
    if (stack.size() >= most_views) throw Refusal{"push_limit_reached"};
    return {{"view", view_json(call.core, stack_view(call.core, *call.team, trigger.user, body))}};
}

json::object update(const Call& call) {
    View* view = nullptr;
    const std::string id = call.text("view_id");
    const std::string external = call.text("external_id");
    if (id.empty() && external.empty()) {
        throw Refusal{"invalid_arguments",
                      {"[ERROR] missing required field: view_id [json-pointer:/view_id]"}};
    }
    for (auto& [key, one] : call.core.world.views) {
        const bool this_one = id.empty() ? text_of(one.body, "external_id") == external : key == id;
        if (this_one && one.team == call.team->id) view = &one;
    }
    if (!view) throw Refusal{"not_found"};
    const json::object body = given_view(call, text_of(view->body, "type"));
    const std::string hash = call.text("hash");
    if (!hash.empty() && hash != view->hash) throw Refusal{"hash_conflict"};
    replace_view(call.core, *view, body);
    return {{"view", view_json(call.core, *view)}};
}

json::object publish(const Call& call) {
    const json::object body = given_view(call, "home");
    const User& user = call.user("user_id");
    if (user.deleted) throw Refusal{"user_disabled"};
    View* home = call.core.world.home(user.id);
    const std::string hash = call.text("hash");
    if (home && !hash.empty() && hash != home->hash) throw Refusal{"hash_conflict"};
    if (!home) {
        View view;
        view.id = view.root = call.core.world.next_id("V");
        view.team = call.team->id;
        view.user = user.id;
        call.core.world.homes[user.id] = view.id;
        home = &(call.core.world.views[view.id] = std::move(view));
    }
    replace_view(call.core, *home, body);
    return {{"view", view_json(call.core, *home)}};
}

constexpr Method methods[] = {
    {"views.open", open, 100, true},
    {"views.push", push, 100, true},
    {"views.update", update, 100, true},
    {"views.publish", publish, 100, true},
};

}  // namespace

std::span<const Method> view_methods() {
    return methods;
}

}  // namespace rapport::test::slack
