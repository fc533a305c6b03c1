// Finding elements, and what a choice in one looks like.
#include "doubles/slack/block_rules.hpp"
#include "doubles/slack/people.hpp"

namespace rapport::test::slack {
namespace json = boost::json;

const json::object* find_element(const json::value& blocks, const std::string& action, std::string& block) {
    const json::array* list = blocks.if_array();
    if (!list) return nullptr;
    for (const json::value& one : *list) {
        const json::object& item = one.get_object();
        if (!block.empty() && text_of(item, "block_id") != block) continue;
        const auto fits = [&](const json::value* value) -> const json::object* {
            const json::object* element = value ? value->if_object() : nullptr;
            if (!element || !element->contains("action_id")) return nullptr;
            return action.empty() || text_of(*element, "action_id") == action ? element : nullptr;
        };
        const json::object* found = fits(item.if_contains("accessory"));
        if (!found) found = fits(item.if_contains("element"));
        const json::value* elements = item.if_contains("elements");
        if (elements && elements->is_array()) {
            for (const json::value& element : elements->get_array()) {
                if (!found) found = fits(&element);
            }
        }
        if (!found) continue;
        block = std::string{text_of(item, "block_id")};
        return found;
    }
    return nullptr;
}

namespace {

json::value option_of(const json::object& element, const std::string& choice) {
    const auto among = [&](const json::value* options) -> json::value {
        for (const json::value& one : options && options->is_array() ? options->get_array() : json::array{}) {
            if (text_of(one.get_object(), "value") == choice) return one;
        }
        return nullptr;
    };
    json::value found = among(element.if_contains("options"));
    const json::value* groups = element.if_contains("option_groups");
    for (const json::value& group : groups && groups->is_array() ? groups->get_array() : json::array{}) {
        if (found.is_null()) found = among(group.get_object().if_contains("options"));
    }
    const bool outside = text_of(element, "type").find("external_select") != std::string_view::npos;
    if (found.is_null() && outside)
        return json::object{{"text", {{"type", "plain_text"}, {"text", choice}}}, {"value", choice}};
    return found;
}

json::array split(const std::string& choice) {
    json::array result;
    std::string_view rest = choice;
    while (!rest.empty()) {
        const std::size_t comma = rest.find(',');
        result.emplace_back(rest.substr(0, comma));
        rest = comma == std::string_view::npos ? std::string_view{} : rest.substr(comma + 1);
    }
    return result;
}

}  // namespace

json::object chosen(const json::object& element, const std::string& choice) {
    const std::string type{text_of(element, "type")};
    json::object value{{"type", type}};
    const json::value text = choice.empty() ? json::value(nullptr) : json::value(choice);
    if (type.ends_with("text_input") || type == "number_input") value["value"] = text;
    if (type == "static_select" || type == "external_select" || type == "radio_buttons" ||
        type == "overflow") {
        value["selected_option"] = option_of(element, choice);
    }
    if (type == "checkboxes" || type == "multi_static_select" || type == "multi_external_select") {
        json::array options;
        for (const json::value& one : split(choice))
            options.push_back(option_of(element, std::string{one.get_string()}));
        value["selected_options"] = std::move(options);
    }
    if (type == "users_select") value["selected_user"] = text;
    if (type == "multi_users_select") value["selected_users"] = split(choice);
    if (type == "conversations_select") value["selected_conversation"] = text;
    if (type == "multi_conversations_select") value["selected_conversations"] = split(choice);
    if (type == "channels_select") value["selected_channel"] = text;
    if (type == "multi_channels_select") value["selected_channels"] = split(choice);
    if (type == "datepicker") value["selected_date"] = text;
    if (type == "timepicker") value["selected_time"] = text;
    if (type == "datetimepicker" && !choice.empty()) value["selected_date_time"] = std::stoll(choice);
    return value;
}

}  // namespace rapport::test::slack
