#include "adapters/slack/blocks/elements.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "adapters/slack/blocks/limits.hpp"
#include "adapters/slack/blocks/names.hpp"
#include "adapters/slack/blocks/safe_text.hpp"

namespace rapport::slack::blocks {
namespace json = boost::json;

namespace {

constexpr std::size_t menu_bytes = 6000;

json::object text_object(std::string words) {
    return {{"type", "plain_text"}, {"text", std::move(words)}, {"emoji", true}};
}

bool is_address(std::string_view url) {
    return url.size() <= limits::url && std::all_of(url.begin(), url.end(), [](char c) {
               return c > ' ' && c < 0x7F && c != '<' && c != '>' && c != '|' && c != '"' && c != '\\';
           });
}

bool has_host(std::string_view url, std::string_view scheme) {
    return url.starts_with(scheme) && url.size() > scheme.size() && url[scheme.size()] != '/';
}

json::object confirmation(const Button& button) {
    json::object confirm{{"title", plain(button.label, limits::confirm_title)},
                         {"text", plain(button.confirm, limits::confirm_text)},
                         {"confirm", plain("Yes", limits::confirm_button)},
                         {"deny", plain("No", limits::confirm_button)}};
    if (button.style == ButtonStyle::danger) confirm["style"] = "danger";
    return confirm;
}

json::object group(json::array members) {
    const auto label = [](const json::value& option) {
        const json::object& text = option.get_object().find("text")->value().get_object();
        return std::string_view{text.find("text")->value().get_string()};
    };
    const std::string name =
        fmt::format("{} – {}", cut(label(members.front()), 30), cut(label(members.back()), 30));
    return {{"label", plain(name, limits::option_text)}, {"options", std::move(members)}};
}

}  // namespace

json::object plain(std::string_view words, std::size_t limit, std::string_view instead) {
    std::string line = tame(words, Lines::join);
    if (line.empty()) line = tame(instead, Lines::join);
    if (line.empty()) line = "…";
    return text_object(cut(line, limit));
}

json::object plain_lines(std::string_view words, std::size_t limit) {
    std::string lines = cut_and_tell(tame(words, Lines::keep), limit);
    return text_object(lines.empty() ? "…" : std::move(lines));
}

bool usable_link(std::string_view url) {
    return (has_host(url, "https://") || has_host(url, "http://")) && is_address(url);
}

bool usable_picture(std::string_view url) {
    return has_host(url, "https://") && is_address(url);
}

json::object image(std::string_view url, std::string_view alternative) {
    std::string words = cut(tame(alternative, Lines::join), limits::alt_text);
    return {
        {"type", "image"}, {"image_url", url}, {"alt_text", words.empty() ? "A picture" : std::move(words)}};
}

json::object words_element(std::string words, bool bold) {
    json::object element{{"type", "text"}, {"text", std::move(words)}};
    if (bold) element["style"] = json::object{{"bold", true}};
    return element;
}

json::object emoji_element(std::string_view name) {
    return {{"type", "emoji"}, {"name", name}};
}

json::object date_element(Time at) {
    return {{"type", "date"},
            {"timestamp", std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count()},
            {"format", "{date_short_pretty} at {time}"},
            {"fallback", utc_words(at)}};
}

json::object link_element(std::string_view url, std::string_view words) {
    return {{"type", "link"}, {"url", url}, {"text", words}};
}

json::object rich_section(json::array elements) {
    return {{"type", "rich_text_section"}, {"elements", std::move(elements)}};
}

json::object rich_quote(json::array elements) {
    return {{"type", "rich_text_quote"}, {"elements", std::move(elements)}};
}

json::object header(std::string_view words) {
    return {{"type", "header"}, {"text", plain(words, limits::header)}};
}

json::object section(json::object text) {
    return {{"type", "section"}, {"text", std::move(text)}};
}

json::object remark(std::string_view words) {
    return {{"type", "context"}, {"elements", json::array{plain(words, limits::label)}}};
}

json::object rich_text(json::array elements) {
    return {{"type", "rich_text"}, {"elements", std::move(elements)}};
}

std::string utc_words(Time at) {
    const auto day = std::chrono::floor<std::chrono::days>(at);
    const std::chrono::year_month_day date{day};
    const auto minutes = std::chrono::floor<std::chrono::minutes>(at - day).count();
    return fmt::format("{:04}-{:02}-{:02} {:02}:{:02} UTC", int(date.year()), unsigned(date.month()),
                       unsigned(date.day()), minutes / 60, minutes % 60);
}

std::string date_token(Time at) {
    return fmt::format("<!date^{}^{{date_short_pretty}} at {{time}}|{}>",
                       std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count(),
                       utc_words(at));
}

const json::object* Options::find(std::string_view value) const {
    const auto carried_value = option_value(value);
    if (!carried_value) return nullptr;
    const auto among = [&](const json::array& options) -> const json::object* {
        for (const json::value& option : options)
            if (option.get_object().find("value")->value().get_string() == *carried_value)
                return &option.get_object();
        return nullptr;
    };
    if (const json::object* found = among(list)) return found;
    for (const json::value& each : groups)
        if (const json::object* found = among(each.get_object().find("options")->value().get_array()))
            return found;
    return nullptr;
}

Options options(const std::vector<Option>& all, std::size_t bytes, bool grouped) {
    Options out;
    const std::size_t most = grouped ? limits::options * limits::groups : limits::options;
    json::array flat;
    for (const Option& option : all) {
        const auto value = option_value(option.value);
        json::object text = plain(option.label, limits::option_text, option.value);
        const std::size_t size = value ? value->size() + text.find("text")->value().get_string().size() : 0;
        if (!value || flat.size() == most || size > bytes) {
            ++out.left_out;
            continue;
        }
        bytes -= size;
        flat.push_back(json::object{{"text", std::move(text)}, {"value", *value}});
    }
    if (flat.size() <= limits::options) {
        out.list = std::move(flat);
        return out;
    }
    for (std::size_t at = 0; at < flat.size(); at += limits::options) {
        const auto end = flat.begin() + std::ptrdiff_t(std::min(at + limits::options, flat.size()));
        out.groups.push_back(group(json::array(flat.begin() + std::ptrdiff_t(at), end)));
    }
    return out;
}

void put(json::object& menu, const Options& options) {
    if (!options.groups.empty())
        menu["option_groups"] = options.groups;
    else
        menu["options"] = options.list;
}

std::optional<json::object> press(const Button& button, std::string action_id, const std::string& value) {
    if (!carried(button.id) || (!button.url.empty() && !usable_link(button.url))) return std::nullopt;
    json::object element{{"action_id", std::move(action_id)}};
    if (!button.options.empty()) {
        const Options choices = options(button.options, menu_bytes, false);
        if (choices.empty()) return std::nullopt;
        element["type"] = "static_select";
        const std::string more =
            choices.left_out > 0 ? fmt::format(" ({} more)", number(choices.left_out)) : "";
        element["placeholder"] =
            plain(cut(tame(button.label, Lines::join), limits::button) + more, limits::placeholder);
        put(element, choices);
    } else {
        element["type"] = "button";
        element["text"] = plain(button.label, limits::button);
        if (!button.url.empty()) element["url"] = button.url;
        if (!value.empty()) element["value"] = value;
        if (button.style == ButtonStyle::primary) element["style"] = "primary";
        if (button.style == ButtonStyle::danger) element["style"] = "danger";
    }
    if (!tame(button.confirm, Lines::join).empty() && button.url.empty())
        element["confirm"] = confirmation(button);
    return element;
}

}  // namespace rapport::slack::blocks
