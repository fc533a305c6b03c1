// What every block and element has in common: strings, text objects, options, confirmations.
#include <fmt/format.h>

#include "doubles/slack/block_rules.hpp"

namespace rapport::test::slack {
namespace json = boost::json;

std::size_t code_points(std::string_view text) noexcept {
    std::size_t count = 0;
    for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    return count;
}

std::string_view text_of(const json::object& in, std::string_view name) noexcept {
    const json::value* found = in.if_contains(name);
    const json::string* text = found ? found->if_string() : nullptr;
    return text ? std::string_view{*text} : std::string_view{};
}

const json::value* Checker::need(const json::object& in, std::string_view name, const std::string& at) {
    const json::value* found = in.if_contains(name);
    if (!found || found->is_null()) {
        say(at, fmt::format("missing required field: {}", name));
        return nullptr;
    }
    return found;
}

void Checker::string(const json::object& in, std::string_view name, const std::string& at, std::size_t most,
                     bool required, std::size_t least) {
    const json::value* found = required ? need(in, name, at) : in.if_contains(name);
    if (!found) return;
    const std::string here = at + "/" + std::string{name};
    const json::string* text = found->if_string();
    if (!text) return say(here, "must provide a string");
    const std::size_t length = code_points(*text);
    if (length < least) return say(here, fmt::format("must be more than {} characters", least - 1));
    if (length > most) say(here, fmt::format("must be less than {} characters", most + 1));
}

void Checker::text(const json::object& in, std::string_view name, const std::string& at, std::size_t most,
                   bool mrkdwn, bool required) {
    const json::value* found = required ? need(in, name, at) : in.if_contains(name);
    if (found) text_object(*found, at + "/" + std::string{name}, most, mrkdwn);
}

void Checker::text_object(const json::value& value, const std::string& at, std::size_t most, bool mrkdwn) {
    const json::object* text = value.if_object();
    if (!text) return say(at, "must provide an object");
    const std::string_view type = text_of(*text, "type");
    if (type == "mrkdwn") {
        if (!mrkdwn) say(at + "/type", "must be a valid enum value: only plain_text is allowed here");
        if (text->contains("emoji")) say(at + "/emoji", "no more items than schema: emoji");
    } else if (type != "plain_text") {
        say(at + "/type", "must be a valid enum value");
    } else if (text->contains("verbatim")) {
        say(at + "/verbatim", "no more items than schema: verbatim");
    }
    boolean(*text, "emoji", at);
    boolean(*text, "verbatim", at);
    string(*text, "text", at, most, true);
}

const json::array* Checker::array(const json::object& in, std::string_view name, const std::string& at,
                                  std::size_t most, bool required, std::size_t least) {
    const json::value* found = required ? need(in, name, at) : in.if_contains(name);
    if (!found) return nullptr;
    const std::string here = at + "/" + std::string{name};
    const json::array* list = found->if_array();
    if (!list) {
        say(here, "must provide an array");
        return nullptr;
    }
    if (list->size() < least) say(here, fmt::format("no less than {} items allowed", least));
    if (list->size() > most) say(here, fmt::format("no more than {} items allowed", most));
    return list;
}

void Checker::boolean(const json::object& in, std::string_view name, const std::string& at) {
    const json::value* found = in.if_contains(name);
    if (found && !found->is_bool()) say(at + "/" + std::string{name}, "must provide a boolean");
}

void Checker::one_of(const json::object& in, std::string_view name, const std::string& at,
                     const std::set<std::string_view>& allowed, bool required) {
    const json::value* found = required ? need(in, name, at) : in.if_contains(name);
    if (!found) return;
    const json::string* word = found->if_string();
    if (!word || !allowed.contains(std::string_view{*word})) {
        say(at + "/" + std::string{name}, "must be a valid enum value");
    }
}

void Checker::confirm(const json::object& element, const std::string& at) {
    const json::value* found = element.if_contains("confirm");
    if (!found) return;
    const std::string here = at + "/confirm";
    const json::object* dialog = found->if_object();
    if (!dialog) return say(here, "must provide an object");
    text(*dialog, "title", here, 100, false, true);
    text(*dialog, "text", here, 300, true, true);
    text(*dialog, "confirm", here, 30, false, true);
    text(*dialog, "deny", here, 30, false, true);
    one_of(*dialog, "style", here, {"primary", "danger"}, false);
}

void Checker::option(const json::value& value, const std::string& at, bool mrkdwn) {
    const json::object* item = value.if_object();
    if (!item) return say(at, "must provide an object");
    text(*item, "text", at, 75, mrkdwn, true);
    string(*item, "value", at, 150, true);
    text(*item, "description", at, 75, mrkdwn, false);
    string(*item, "url", at, 3000);
}

void Checker::options(const json::object& element, const std::string& at, std::size_t most, bool groups,
                      bool mrkdwn) {
    const json::value* grouped = groups ? element.if_contains("option_groups") : nullptr;
    if (grouped && element.contains("options"))
        return say(at, "options and option_groups exclude one another");
    const auto list = [&](const json::array& items, const std::string& where) {
        for (std::size_t i = 0; i < items.size(); ++i)
            option(items[i], fmt::format("{}/{}", where, i), mrkdwn);
    };
    if (!grouped) {
        const json::array* items = array(element, "options", at, most, true);
        if (items) list(*items, at + "/options");
        return;
    }
    const json::array* sets = array(element, "option_groups", at, 100, true);
    for (std::size_t i = 0; sets && i < sets->size(); ++i) {
        const std::string here = fmt::format("{}/option_groups/{}", at, i);
        const json::object* group = (*sets)[i].if_object();
        if (!group) {
            say(here, "must provide an object");
            continue;
        }
        text(*group, "label", here, 75, false, true);
        const json::array* items = array(*group, "options", here, most, true);
        if (items) list(*items, here + "/options");
    }
}

}  // namespace rapport::test::slack
