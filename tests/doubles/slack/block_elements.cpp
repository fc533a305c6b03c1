// Each kind of element: where it may stand and what it must look like (docs.slack.dev, Block Kit, block
// elements).
#include <fmt/format.h>

#include <map>

#include "doubles/slack/block_rules.hpp"

namespace rapport::test::slack {
namespace json = boost::json;

namespace {

using Homes = std::set<std::string_view>;

/// In which blocks an element may stand: "accessory" is a section's.
const Homes* homes_of(std::string_view type) {
    static const Homes everywhere{"accessory", "actions", "input"};
    static const std::map<std::string_view, Homes> table{
        {"button", {"accessory", "actions"}},
        {"workflow_button", {"accessory", "actions"}},
        {"overflow", {"accessory", "actions"}},
        {"image", {"accessory", "context"}},
        {"checkboxes", everywhere},
        {"radio_buttons", everywhere},
        {"datepicker", everywhere},
        {"timepicker", everywhere},
        {"datetimepicker", {"actions", "input"}},
        {"static_select", everywhere},
        {"external_select", everywhere},
        {"users_select", everywhere},
        {"conversations_select", everywhere},
        {"channels_select", everywhere},
        {"multi_static_select", {"accessory", "input"}},
        {"multi_external_select", {"accessory", "input"}},
        {"multi_users_select", {"accessory", "input"}},
        {"multi_conversations_select", {"accessory", "input"}},
        {"multi_channels_select", {"accessory", "input"}},
        {"plain_text_input", {"input"}},
        {"rich_text_input", {"input"}},
        {"email_text_input", {"input"}},
        {"url_text_input", {"input"}},
        {"number_input", {"input"}},
        {"file_input", {"input"}},
    };
    const auto found = table.find(type);
    return found == table.end() ? nullptr : &found->second;
}

bool digits_at(std::string_view text, std::string_view pattern) {
    if (text.size() != pattern.size()) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool digit = text[i] >= '0' && text[i] <= '9';
        if (pattern[i] == '0' ? !digit : text[i] != pattern[i]) return false;
    }
    return true;
}

void initial_date(Checker& check, const json::object& element, const std::string& at, std::string_view name,
                  std::string_view pattern) {
    if (!element.contains(name)) return;
    if (!digits_at(text_of(element, name), pattern)) {
        check.say(at + "/" + std::string{name}, "must match " + std::string{pattern});
    }
}

/// An initial option must be one of the options, letter by letter.
void initial_option(Checker& check, const json::object& element, const std::string& at) {
    const json::value* initial = element.if_contains("initial_option");
    const json::value* several = element.if_contains("initial_options");
    const auto known = [&](const json::value& wanted) {
        const json::value* list = element.if_contains("options");
        if (list && list->is_array()) {
            for (const json::value& option : list->get_array())
                if (option == wanted) return true;
        }
        const json::value* groups = element.if_contains("option_groups");
        if (!groups || !groups->is_array()) return false;
        for (const json::value& group : groups->get_array()) {
            const json::value* inner =
                group.is_object() ? group.get_object().if_contains("options") : nullptr;
            if (!inner || !inner->is_array()) continue;
            for (const json::value& option : inner->get_array())
                if (option == wanted) return true;
        }
        return false;
    };
    if (initial && !known(*initial)) check.say(at + "/initial_option", "must be one of the options");
    if (!several) return;
    const json::array* list = check.array(element, "initial_options", at, 100, false);
    for (std::size_t i = 0; list && i < list->size(); ++i) {
        if (!known((*list)[i]))
            check.say(fmt::format("{}/initial_options/{}", at, i), "must be one of the options");
    }
}

void button(Checker& check, const json::object& element, const std::string& at) {
    check.text(element, "text", at, 75, false, true);
    check.string(element, "value", at, 2000);
    check.string(element, "url", at, 3000);
    check.string(element, "accessibility_label", at, 75);
    check.one_of(element, "style", at, {"primary", "danger"}, false);
}

void text_input(Checker& check, const json::object& element, const std::string& at) {
    check.boolean(element, "multiline", at);
    check.string(element, "initial_value", at, 3000, false, 0);
    const auto bound = [&](std::string_view name, std::int64_t least) {
        const json::value* found = element.if_contains(name);
        if (!found) return;
        const auto* number = found->if_int64();
        if (!number || *number < least || *number > 3000) {
            check.say(at + "/" + std::string{name}, fmt::format("must be {} to 3000", least));
        }
    };
    bound("min_length", 0);
    bound("max_length", 1);
}

void image(Checker& check, const json::object& element, const std::string& at) {
    if (!element.contains("slack_file")) check.string(element, "image_url", at, 3000, true);
    check.string(element, "alt_text", at, 2000, true);
}

void details(Checker& check, const json::object& element, const std::string& type, const std::string& at) {
    if (type == "button" || type == "workflow_button") button(check, element, at);
    if (type == "image") image(check, element, at);
    if (type == "overflow") check.options(element, at, 5, false, false);
    if (type == "checkboxes" || type == "radio_buttons") check.options(element, at, 10, false, true);
    if (type == "static_select" || type == "multi_static_select")
        check.options(element, at, 100, true, false);
    if (type == "plain_text_input") text_input(check, element, at);
    if (type == "datepicker") initial_date(check, element, at, "initial_date", "0000-00-00");
    if (type == "timepicker") initial_date(check, element, at, "initial_time", "00:00");
    if (type == "number_input" && !element.contains("is_decimal_allowed")) {
        check.say(at, "missing required field: is_decimal_allowed");
    }
    if (type.ends_with("static_select") || type == "checkboxes" || type == "radio_buttons") {
        initial_option(check, element, at);
    }
}

}  // namespace

void Checker::element(const json::value& value, const std::string& at, std::string_view home,
                      std::set<std::string>& action_ids) {
    const json::object* item = value.if_object();
    if (!item) return say(at, "must provide an object");
    const std::string type{text_of(*item, "type")};
    const Homes* homes = homes_of(type);
    if (!homes) return say(at + "/type", fmt::format("unsupported type: {}", type));
    if (!homes->contains(home))
        return say(at + "/type", fmt::format("unsupported type: {} in {}", type, home));
    if (type != "image") {
        string(*item, "action_id", at, 255);
        const std::string id{text_of(*item, "action_id")};
        if (!id.empty() && !action_ids.insert(id).second) {
            say(at + "/action_id", fmt::format("`action_id` `{}` already exists", id));
        }
    }
    text(*item, "placeholder", at, 150, false, false);
    boolean(*item, "focus_on_load", at);
    confirm(*item, at);
    details(*this, *item, type, at);
}

}  // namespace rapport::test::slack
