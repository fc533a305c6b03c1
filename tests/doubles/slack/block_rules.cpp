// Each kind of block, and views (docs.slack.dev, Block Kit, blocks; and Views).
#include "doubles/slack/block_rules.hpp"

#include <fmt/format.h>

#include <boost/json/serialize.hpp>

namespace rapport::test::slack {
namespace json = boost::json;

namespace {

void section(Checker& check, const json::object& block, const std::string& at) {
    if (!block.contains("text") && !block.contains("fields")) {
        return check.say(at, "missing required field: text or fields");
    }
    check.text(block, "text", at, 3000, true, false);
    const json::array* fields = check.array(block, "fields", at, 10, false);
    for (std::size_t i = 0; fields && i < fields->size(); ++i) {
        check.text_object((*fields)[i], fmt::format("{}/fields/{}", at, i), 2000, true);
    }
    std::set<std::string> action_ids;
    const json::value* accessory = block.if_contains("accessory");
    if (accessory) check.element(*accessory, at + "/accessory", "accessory", action_ids);
    check.boolean(block, "expand", at);
}

void actions(Checker& check, const json::object& block, const std::string& at) {
    std::set<std::string> action_ids;
    const json::array* elements = check.array(block, "elements", at, 25, true);
    for (std::size_t i = 0; elements && i < elements->size(); ++i) {
        check.element((*elements)[i], fmt::format("{}/elements/{}", at, i), "actions", action_ids);
    }
}

void context(Checker& check, const json::object& block, const std::string& at) {
    std::set<std::string> none;
    const json::array* elements = check.array(block, "elements", at, 10, true);
    for (std::size_t i = 0; elements && i < elements->size(); ++i) {
        const std::string here = fmt::format("{}/elements/{}", at, i);
        const json::object* item = (*elements)[i].if_object();
        const std::string_view type = item ? text_of(*item, "type") : std::string_view{};
        if (type == "mrkdwn" || type == "plain_text") {
            check.text_object((*elements)[i], here, 3000, true);
        } else {
            check.element((*elements)[i], here, "context", none);
        }
    }
}

void input(Checker& check, const json::object& block, const std::string& at) {
    check.has_input = true;
    check.text(block, "label", at, 2000, false, true);
    check.text(block, "hint", at, 2000, false, false);
    check.boolean(block, "optional", at);
    check.boolean(block, "dispatch_action", at);
    std::set<std::string> action_ids;
    const json::value* element = check.need(block, "element", at);
    if (element) check.element(*element, at + "/element", "input", action_ids);
}

void image_block(Checker& check, const json::object& block, const std::string& at) {
    if (!block.contains("slack_file")) check.string(block, "image_url", at, 3000, true);
    check.string(block, "alt_text", at, 2000, true);
    check.text(block, "title", at, 2000, false, false);
}

void markdown(Checker& check, const json::object& block, const std::string& at) {
    check.string(block, "text", at, 12'000, true);
    const std::size_t length = code_points(text_of(block, "text"));
    check.markdown_length += length;
    if (length <= 12'000 && check.markdown_length > 12'000)
        check.say(at, "all markdown blocks together must be less than 12001 characters");
}

/// Which blocks there are, and whether a surface takes them.
bool known_block(std::string_view type, Surface surface) {
    static const std::set<std::string_view> everywhere{"section", "divider", "image", "actions",  "context",
                                                       "header",  "input",   "video", "rich_text"};
    if (everywhere.contains(type)) return true;
    return type == "markdown" && surface == Surface::message;
}

void view_texts(Checker& check, const json::object& view, Surface surface) {
    check.string(view, "private_metadata", "/view", 3000, false, 0);
    check.string(view, "callback_id", "/view", 255, false, 0);
    check.string(view, "external_id", "/view", 255, false, 0);
    if (surface == Surface::home) {
        for (const std::string_view name : {"title", "submit", "close"}) {
            if (view.contains(name)) check.say("/view", fmt::format("additional property: {}", name));
        }
        return;
    }
    check.text(view, "title", "/view", 24, false, true);
    check.text(view, "submit", "/view", 24, false, false);
    check.text(view, "close", "/view", 24, false, false);
    check.boolean(view, "clear_on_close", "/view");
    check.boolean(view, "notify_on_close", "/view");
}

constexpr std::size_t longest_view = 250 * 1024;  // Bytes of JSON (docs.slack.dev, views.open).

}  // namespace

void Checker::rich_text(const json::object& block, const std::string& at) {
    static const std::set<std::string_view> parts{"rich_text_section", "rich_text_list",
                                                  "rich_text_preformatted", "rich_text_quote"};
    static const std::set<std::string_view> leaves{"text",  "user",      "channel",          "link",
                                                   "emoji", "usergroup", "broadcast",        "date",
                                                   "color", "team",      "rich_text_section"};
    const json::array* elements = array(block, "elements", at, 1000, true);
    for (std::size_t i = 0; elements && i < elements->size(); ++i) {
        const std::string here = fmt::format("{}/elements/{}", at, i);
        const json::object* part = (*elements)[i].if_object();
        const std::string_view type = part ? text_of(*part, "type") : std::string_view{};
        if (!parts.contains(type)) {
            say(here + "/type", fmt::format("unsupported type: {}", type));
            continue;
        }
        const json::array* inner = array(*part, "elements", here, 1000, true, 0);
        for (std::size_t j = 0; inner && j < inner->size(); ++j) {
            const std::string place = fmt::format("{}/elements/{}", here, j);
            const json::object* leaf = (*inner)[j].if_object();
            const std::string_view kind = leaf ? text_of(*leaf, "type") : std::string_view{};
            if (!leaves.contains(kind)) say(place + "/type", fmt::format("unsupported type: {}", kind));
            if (kind == "text") string(*leaf, "text", place, 40'000, true);
        }
    }
}

void Checker::block(const json::value& value, const std::string& at) {
    const json::object* item = value.if_object();
    if (!item) return say(at, "must provide an object");
    const std::string_view type = text_of(*item, "type");
    if (!known_block(type, surface)) return say(at + "/type", fmt::format("unsupported type: {}", type));
    string(*item, "block_id", at, 255);
    const std::string id{text_of(*item, "block_id")};
    if (!id.empty() && !block_ids.insert(id).second) {
        say(at + "/block_id", fmt::format("`block_id` `{}` already exists", id));
    }
    if (type == "section") section(*this, *item, at);
    if (type == "actions") actions(*this, *item, at);
    if (type == "context") context(*this, *item, at);
    if (type == "input") input(*this, *item, at);
    if (type == "image") image_block(*this, *item, at);
    if (type == "header") text(*item, "text", at, 150, false, true);
    if (type == "markdown") markdown(*this, *item, at);
    if (type == "rich_text") rich_text(*item, at);
    if (type == "video") {
        string(*item, "alt_text", at, 2000, true);
        text(*item, "title", at, 200, false, true);
        string(*item, "video_url", at, 3000, true);
        string(*item, "thumbnail_url", at, 3000, true);
    }
}

void Checker::blocks(const json::value& list, const std::string& at) {
    const json::array* items = list.if_array();
    if (!items) return say(at, "must provide an array");
    const std::size_t most = surface == Surface::message ? 50 : 100;
    if (items->size() > most) say(at, fmt::format("no more than {} items allowed", most));
    for (std::size_t i = 0; i < items->size(); ++i) block((*items)[i], fmt::format("{}/{}", at, i));
}

void Checker::view(const json::value& value) {
    const json::object* item = value.if_object();
    if (!item) return say("/view", "must provide an object");
    const std::string_view type = text_of(*item, "type");
    if (type != "modal" && type != "home") return say("/view/type", "must be a valid enum value");
    surface = type == "home" ? Surface::home : Surface::modal;
    view_texts(*this, *item, surface);
    const json::value* list = need(*item, "blocks", "/view");
    if (list) blocks(*list, "/view/blocks");
    if (surface == Surface::modal && has_input && !item->contains("submit")) {
        say("/view", "missing required field: submit, as there is an input block");
    }
    if (json::serialize(value).size() > longest_view) say("/view", "the view is larger than 250 KB");
}

Complaints check_blocks(const json::value& blocks, Surface surface, std::string at) {
    Checker check{surface};
    check.blocks(blocks, at);
    return std::move(check.wrong);
}

Complaints check_view(const json::value& view) {
    Checker check{Surface::modal};
    check.view(view);
    return std::move(check.wrong);
}

Complaints check_suggestions(const json::object& answer) {
    Checker check{Surface::modal};
    if (answer.contains("options") && answer.at("options").is_array() &&
        answer.at("options").get_array().empty())
        return {};
    check.options(answer, "", 100, true, false);
    return std::move(check.wrong);
}

}  // namespace rapport::test::slack
