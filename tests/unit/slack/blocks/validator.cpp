#include "unit/slack/blocks/validator.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <cctype>
#include <initializer_list>
#include <set>

namespace rapport::slack::test {
namespace json = boost::json;

namespace {

constexpr std::string_view menus[] = {"static_select", "multi_static_select", "users_select"};

class Validator {
public:
    std::vector<std::string> complaints{};

    void blocks(const json::value* value, std::size_t most, bool inputs_allowed) {
        const json::array* all = value ? value->if_array() : nullptr;
        if (!all) return complain("blocks", "no array");
        if (all->empty() || all->size() > most)
            complain("blocks", "bad count " + std::to_string(all->size()));
        for (const json::value& each : *all) {
            const json::object* object = each.if_object();
            if (!object) {
                complain("block", "no object");
                continue;
            }
            block(*object, inputs_allowed);
        }
    }

    void string(const json::object& in, std::string_view key, long most, bool needed = true, long least = 1) {
        const json::value* value = in.if_contains(key);
        if (!value) {
            if (needed) complain(key, "is missing");
            return;
        }
        const json::string* text = value->if_string();
        if (!text) return complain(key, "is no string");
        const long points = code_points(*text);
        if (points < 0) complain(key, "is not UTF-8");
        if (points > most || points < least) complain(key, "has " + std::to_string(points) + " code points");
        if (least > 0 && blank(*text)) complain(key, "is blank");
    }

    void plain(const json::object& in, std::string_view key, long most, bool needed = true) {
        const json::value* value = in.if_contains(key);
        if (!value) {
            if (needed) complain(key, "is missing");
            return;
        }
        const json::object* text = value->if_object();
        if (!text || type(*text) != "plain_text") return complain(key, "is not plain_text");
        only(*text, {"type", "text", "emoji"});
        string(*text, "text", most);
    }

    void complain(std::string_view where, std::string_view what) {
        complaints.push_back(std::string{where} + ": " + std::string{what});
    }

    void only(const json::object& object, std::initializer_list<std::string_view> keys) {
        for (const auto& [key, value] : object) {
            bool known = false;
            for (const std::string_view each : keys) known = known || each == key;
            if (!known) complain(key, "does not belong there");
        }
    }

    static std::string type(const json::object& object) {
        const json::value* value = object.if_contains("type");
        return value && value->is_string() ? std::string{value->get_string()} : std::string{};
    }

    bool has_input = false;

private:
    static bool blank(std::string_view text) {
        for (const char c : text)
            if (!std::isspace(static_cast<unsigned char>(c))) return false;
        return true;
    }

    void block(const json::object& block, bool inputs_allowed) {
        string(block, "block_id", 255);
        if (const json::value* id = block.if_contains("block_id"))
            if (id->is_string() && !ids_.insert(std::string{id->get_string()}).second)
                complain("block_id", "is there twice");
        const std::string kind = type(block);
        if (kind == "header") {
            only(block, {"type", "block_id", "text"});
            plain(block, "text", 150);
        } else if (kind == "section") {
            section(block);
        } else if (kind == "context") {
            context(block);
        } else if (kind == "actions") {
            actions(block);
        } else if (kind == "rich_text") {
            rich_text(block);
        } else if (kind == "input" && inputs_allowed) {
            input(block);
        } else {
            complain("block", "of type " + kind);
        }
    }

    void section(const json::object& block) {
        only(block, {"type", "block_id", "text", "accessory"});
        plain(block, "text", 3000);
        if (const json::value* accessory = block.if_contains("accessory")) {
            if (!accessory->is_object()) return complain("accessory", "is no object");
            if (type(accessory->get_object()) == "image")
                image(accessory->get_object());
            else
                element(accessory->get_object());
        }
    }

    void image(const json::object& image) {
        only(image, {"type", "image_url", "alt_text"});
        string(image, "image_url", 3000);
        string(image, "alt_text", 2000);
        if (const json::value* url = image.if_contains("image_url"))
            if (!url->is_string() || !std::string_view{url->get_string()}.starts_with("https://"))
                complain("image_url", "is no https address");
    }

    const json::array& elements(const json::object& in, std::string_view key, std::size_t most) {
        static const json::array none;
        const json::value* value = in.if_contains(key);
        const json::array* all = value ? value->if_array() : nullptr;
        if (!all) {
            complain(key, "is no array");
            return none;
        }
        if (all->empty() || all->size() > most)
            complain(key, "has " + std::to_string(all->size()) + " elements");
        for (const json::value& each : *all)
            if (!each.is_object()) {
                complain(key, "holds what is no object");
                return none;
            }
        return *all;
    }

    void context(const json::object& block) {
        only(block, {"type", "block_id", "elements"});
        for (const json::value& each : elements(block, "elements", 10)) {
            const json::object& one = each.get_object();
            if (type(one) == "image")
                image(one);
            else
                plain(json::object{{"text", one}}, "text", 3000);
        }
    }

    void actions(const json::object& block) {
        only(block, {"type", "block_id", "elements"});
        std::set<std::string> names;
        for (const json::value& each : elements(block, "elements", 25)) {
            const json::object& one = each.get_object();
            element(one);
            if (const json::value* name = one.if_contains("action_id"))
                if (name->is_string() && !names.insert(std::string{name->get_string()}).second)
                    complain("action_id", "is there twice in a block");
        }
    }

    void rich_text(const json::object& block) {
        only(block, {"type", "block_id", "elements"});
        for (const json::value& each : elements(block, "elements", 1000)) {
            const json::object& one = each.get_object();
            only(one, {"type", "elements"});
            if (type(one) != "rich_text_section" && type(one) != "rich_text_quote")
                complain("rich_text", "holds " + type(one));
            for (const json::value& inner : elements(one, "elements", 1000)) rich_element(inner.get_object());
        }
    }

    void rich_element(const json::object& one) {
        const std::string kind = type(one);
        if (kind == "text") {
            only(one, {"type", "text", "style"});
            const json::value* text = one.if_contains("text");
            if (!text || !text->is_string() || text->get_string().empty())
                return complain("rich text", "is empty");
            const long points = code_points(text->get_string());
            if (points < 0 || points > 3000) complain("rich text", "has " + std::to_string(points));
        } else if (kind == "user") {
            only(one, {"type", "user_id"});
            string(one, "user_id", 64);
        } else if (kind == "emoji") {
            only(one, {"type", "name"});
            string(one, "name", 100);
        } else if (kind == "date") {
            only(one, {"type", "timestamp", "format", "fallback"});
            string(one, "format", 200);
            string(one, "fallback", 200);
            const json::value* at = one.if_contains("timestamp");
            if (!at || !at->is_int64() || at->get_int64() <= 0) complain("timestamp", "is no moment");
        } else if (kind == "link") {
            only(one, {"type", "url", "text"});
            string(one, "url", 3000);
            string(one, "text", 3000);
        } else {
            complain("rich_text", "holds " + kind);
        }
    }

    void input(const json::object& block) {
        has_input = true;
        only(block, {"type", "block_id", "label", "element", "optional", "hint", "dispatch_action"});
        plain(block, "label", 2000);
        plain(block, "hint", 2000, false);
        const json::value* inner = block.if_contains("element");
        if (!inner || !inner->is_object()) return complain("element", "is missing");
        if (type(inner->get_object()) == "button") complain("element", "is a button");
        element(inner->get_object());
    }

    void element(const json::object& one) {
        string(one, "action_id", 255);
        confirm(one);
        const std::string kind = type(one);
        if (kind == "button") return button(one);
        if (kind == "radio_buttons") return choices(one, 10);
        if (kind == "datepicker") return moment(one, "initial_date", 10);
        if (kind == "timepicker") return moment(one, "initial_time", 5);
        if (kind == "plain_text_input") {
            only(one, {"type", "action_id", "multiline", "initial_value", "dispatch_action_config"});
            return string(one, "initial_value", 3000, false);
        }
        for (const std::string_view menu : menus)
            if (kind == menu) {
                plain(one, "placeholder", 150);
                if (kind != "users_select") return choices(one, 100);
                return string(one, "initial_user", 50, false);
            }
        complain("element", "of type " + kind);
    }

    void moment(const json::object& one, std::string_view key, long size) {
        only(one, {"type", "action_id", key});
        string(one, key, size, false, size);
    }

    void button(const json::object& one) {
        only(one, {"type", "action_id", "text", "value", "url", "style", "confirm"});
        plain(one, "text", 75);
        string(one, "value", 2000, false);
        string(one, "url", 3000, false);
        if (const json::value* style = one.if_contains("style"))
            if (*style != json::value("primary") && *style != json::value("danger"))
                complain("style", "is neither primary nor danger");
        if (const json::value* url = one.if_contains("url"))
            if (!url->is_string() || !std::string_view{url->get_string()}.starts_with("http"))
                complain("url", "is no address");
    }

    void confirm(const json::object& one) {
        const json::value* value = one.if_contains("confirm");
        if (!value) return;
        if (!value->is_object()) return complain("confirm", "is no object");
        const json::object& ask = value->get_object();
        only(ask, {"title", "text", "confirm", "deny", "style"});
        plain(ask, "title", 100);
        plain(ask, "text", 300);
        plain(ask, "confirm", 30);
        plain(ask, "deny", 30);
    }

    void choices(const json::object& one, std::size_t most) {
        only(one, {"type", "action_id", "placeholder", "options", "option_groups", "initial_option",
                   "initial_options", "confirm"});
        std::vector<json::value> all;
        if (one.contains("options") == one.contains("option_groups"))
            complain("options", "or groups: exactly one");
        if (one.contains("options"))
            for (const json::value& each : elements(one, "options", most)) all.push_back(option(each));
        if (one.contains("option_groups"))
            for (const json::value& group : elements(one, "option_groups", 100)) {
                only(group.get_object(), {"label", "options"});
                plain(group.get_object(), "label", 75);
                for (const json::value& each : elements(group.get_object(), "options", 100))
                    all.push_back(option(each));
            }
        if (const json::value* initial = one.if_contains("initial_option")) among(*initial, all);
        if (one.contains("initial_options"))
            for (const json::value& each : elements(one, "initial_options", 100)) among(each, all);
    }

    const json::value& option(const json::value& value) {
        const json::object& one = value.get_object();
        only(one, {"text", "value", "description"});
        plain(one, "text", 75);
        plain(one, "description", 75, false);
        string(one, "value", 150);
        return value;
    }

    void among(const json::value& initial, const std::vector<json::value>& all) {
        for (const json::value& each : all)
            if (each == initial) return;
        complain("initial_option", "is none of the options");
    }

    std::set<std::string> ids_{};
};

bool calls_somebody(std::string_view text) {
    for (const std::string_view call :
         {"@here", "@channel", "@everyone", "<!here", "<!channel", "<!everyone", "<!subteam"})
        if (text.find(call) != std::string_view::npos) return true;
    return false;
}

}  // namespace

long code_points(std::string_view text) {
    long count = 0;
    for (std::size_t i = 0; i < text.size(); ++count) {
        const auto byte = [&](std::size_t k) {
            return static_cast<unsigned char>(i + k < text.size() ? text[i + k] : 0);
        };
        const unsigned lead = byte(0);
        const std::size_t size = lead < 0x80                   ? 1
                                 : lead >= 0xC2 && lead < 0xE0 ? 2
                                 : (lead & 0xF0) == 0xE0       ? 3
                                 : lead >= 0xF0 && lead < 0xF5 ? 4
                                                               : 0;
        if (size == 0) return -1;
        for (std::size_t k = 1; k < size; ++k)
            if ((byte(k) & 0xC0) != 0x80) return -1;
        if ((lead == 0xE0 && byte(1) < 0xA0) || (lead == 0xED && byte(1) > 0x9F) ||
            (lead == 0xF0 && byte(1) < 0x90) || (lead == 0xF4 && byte(1) > 0x8F))
            return -1;
        i += size;
    }
    return count;
}

std::vector<std::string> complaints_about_message(const json::object& message) {
    Validator check;
    check.only(message, {"text", "blocks", "metadata"});
    check.string(message, "text", 3800);
    if (const json::value* text = message.if_contains("text"))
        if (text->is_string() && calls_somebody(text->get_string()))
            check.complain("text", "calls everybody");
    if (message.contains("blocks")) check.blocks(message.if_contains("blocks"), 50, false);
    if (code_points(json::serialize(message)) > 40'000) check.complain("message", "is too long as a whole");
    return check.complaints;
}

std::vector<std::string> complaints_about_view(const json::object& view) {
    Validator check;
    const bool home = Validator::type(view) == "home";
    if (!home && Validator::type(view) != "modal") check.complain("type", "is neither home nor modal");
    check.only(view, {"type", "title", "submit", "close", "blocks", "callback_id", "private_metadata"});
    if (home && (view.contains("title") || view.contains("submit")))
        check.complain("home", "has a title or submit");
    check.plain(view, "title", 24, !home);
    check.plain(view, "submit", 24, false);
    check.plain(view, "close", 24, false);
    check.string(view, "callback_id", 255);
    check.string(view, "private_metadata", 3000, false, 0);
    check.blocks(view.if_contains("blocks"), 100, !home);
    if (check.has_input && !view.contains("submit"))
        check.complain("submit", "is needed where there are inputs");
    if (json::serialize(view).size() > 250'000) check.complain("view", "is larger than 250 KB");
    return check.complaints;
}

std::string listed(const std::vector<std::string>& complaints) {
    std::string out;
    for (const std::string& each : complaints) out += each + "\n";
    return out;
}

}  // namespace rapport::slack::test
