#include "adapters/web/page_json.hpp"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <utility>

namespace rapport::web {
namespace json = boost::json;

namespace {

constexpr std::array styles{std::pair{ButtonStyle::normal, std::string_view{"normal"}},
                            std::pair{ButtonStyle::primary, std::string_view{"primary"}},
                            std::pair{ButtonStyle::danger, std::string_view{"danger"}}};

std::string_view style_word(ButtonStyle style) {
    const auto* const found =
        std::find_if(styles.begin(), styles.end(), [&](const auto& one) { return one.first == style; });
    return found == styles.end() ? "normal" : found->second;
}

ButtonStyle style_of(const std::string& word) {
    const auto* const found =
        std::find_if(styles.begin(), styles.end(), [&](const auto& one) { return one.second == word; });
    return found == styles.end() ? ButtonStyle::normal : found->first;
}

template <class Item>
json::array listed(const std::vector<Item>& items) {
    json::array out;
    out.reserve(items.size());
    for (const Item& item : items) out.emplace_back(to_json(item));
    return out;
}

/// Each object in the array of that name.
template <class Take>
void each(const json::object& from, std::string_view name, Take take) {
    const json::value* value = from.if_contains(name);
    if (value == nullptr || !value->is_array()) return;
    for (const json::value& item : value->get_array())
        if (item.is_object()) take(item.get_object());
}

json::object part_json(const Part& part) {
    return {{"heading", part.heading},        {"text", part.text},
            {"picture", part.picture},        {"picture_text", part.picture_text},
            {"fields", listed(part.fields)},  {"quotes", listed(part.quotes)},
            {"buttons", listed(part.buttons)}};
}

Button button_of(const json::object& from) {
    Button button{text_of(from, "id"),  text_of(from, "label"),  style_of(text_of(from, "style")), {},
                  text_of(from, "url"), text_of(from, "confirm")};
    each(from, "options", [&](const json::object& option) {
        button.options.push_back({text_of(option, "label"), text_of(option, "value")});
    });
    return button;
}

Part part_of(const json::object& from) {
    Part part;
    part.heading = text_of(from, "heading");
    part.text = text_of(from, "text");
    part.picture = text_of(from, "picture");
    part.picture_text = text_of(from, "picture_text");
    each(from, "fields", [&](const json::object& field) {
        part.fields.push_back({text_of(field, "label"), text_of(field, "text")});
    });
    each(from, "quotes", [&](const json::object& quote) {
        part.quotes.push_back(
            {text_of(quote, "author"), text_of(quote, "text"), time_of(quote, "at"), text_of(quote, "link")});
    });
    each(from, "buttons", [&](const json::object& button) { part.buttons.push_back(button_of(button)); });
    return part;
}

}  // namespace

json::array to_json(const std::vector<Option>& options) {
    json::array out;
    for (const Option& option : options)
        out.push_back(json::object{{"label", option.label}, {"value", option.value}});
    return out;
}

json::object to_json(const Button& button) {
    return {{"id", button.id},   {"label", button.label},     {"style", style_word(button.style)},
            {"url", button.url}, {"confirm", button.confirm}, {"options", to_json(button.options)}};
}

json::object to_json(const Field& field) {
    return {{"label", field.label}, {"text", field.text}};
}

json::object to_json(const Quote& quote) {
    json::object out{{"author", quote.author}, {"text", quote.text}, {"link", quote.link}};
    if (quote.at) out["at"] = quote.at->time_since_epoch().count();
    return out;
}

json::object to_json(const Page& page) {
    json::array parts;
    parts.reserve(page.parts.size());
    for (const Part& part : page.parts) parts.emplace_back(part_json(part));
    return {{"id", page.id}, {"title", page.title}, {"parts", std::move(parts)}};
}

Page page_of(const json::object& from) {
    Page page;
    page.id = text_of(from, "id");
    page.title = text_of(from, "title");
    each(from, "parts", [&](const json::object& part) { page.parts.push_back(part_of(part)); });
    return page;
}

std::string text_of(const json::object& from, std::string_view name) {
    const json::value* value = from.if_contains(name);
    return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string{};
}

std::optional<Time> time_of(const json::object& from, std::string_view name) {
    const json::value* value = from.if_contains(name);
    if (value == nullptr || !value->is_int64()) return std::nullopt;
    return Time{std::chrono::milliseconds{value->get_int64()}};
}

}  // namespace rapport::web
