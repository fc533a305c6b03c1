#include <fmt/format.h>

#include "adapters/slack/blocks/block_list.hpp"
#include "adapters/slack/blocks/elements.hpp"
#include "adapters/slack/blocks/limits.hpp"
#include "adapters/slack/blocks/names.hpp"
#include "adapters/slack/blocks/parts.hpp"
#include "adapters/slack/blocks/render.hpp"
#include "adapters/slack/blocks/safe_text.hpp"

namespace rapport::slack {
namespace json = boost::json;
using namespace blocks;

namespace {

constexpr std::size_t spoken_room = 500;

bool blank(std::string_view words) {
    return tame(words, Lines::join).empty();
}

void add_part(BlockList& list, const Part& part) {
    if (!blank(part.heading)) list.add(header(part.heading));
    add_words(list, part.text, part.picture, part.picture_text);
    add_fields(list, part.fields);
    add_quotes(list, part.quotes);
    add_buttons(list, part.buttons);
}

BlockList blocks_of(const Page& page, Place place, bool with_title) {
    BlockList list{place};
    if (with_title && !blank(page.title)) list.add(header(page.title));
    for (const Part& part : page.parts) add_part(list, part);
    return list;
}

std::string spoken_page(const Page& page) {
    std::string text = cut(tame(page.title, Lines::join), limits::header);
    for (const Part& part : page.parts) {
        if (length(text) > limits::message_text) break;
        add_line(text, cut(tame(part.heading, Lines::join), limits::header));
        add_line(text, cut(tame(part.text, Lines::keep), limits::section));
        for (const Field& field : part.fields) add_line(text, spoken(field, spoken_room));
        for (const Quote& quote : part.quotes) add_line(text, spoken(quote, spoken_room));
    }
    return text.empty() ? "There is nothing here." : text;
}

/// Whether a view's title bar has room for it.
bool fits_title(std::string_view title) {
    return length(tame(title, Lines::join)) <= limits::view_title;
}

json::object modal(std::string_view title, json::array blocks, std::string callback_id) {
    return {{"type", "modal"},
            {"callback_id", std::move(callback_id)},
            {"title", plain(title, limits::view_title, "Rapport")},
            {"close", plain("Close", limits::view_title)},
            {"blocks", std::move(blocks)}};
}

}  // namespace

json::object page_message(const Page& page) {
    return {{"text", escape(cut_for_escape(spoken_page(page), limits::message_text))},
            {"blocks", blocks_of(page, Place::message, true).take()}};
}

json::object page_view(const Page& page) {
    return modal(page.title, blocks_of(page, Place::view, !fits_title(page.title)).take(),
                 callback(page_prefix, page.id));
}

json::object home_view(const Page& page) {
    return {{"type", "home"},
            {"callback_id", home_callback},
            {"blocks", blocks_of(page, Place::view, true).take()}};
}

json::object loading_view(std::string_view title) {
    BlockList list{Place::view};
    list.add(rich_text(json::array{rich_section(
        json::array{emoji_element("hourglass_flowing_sand"), words_element("  One moment, please …")})}));
    return modal(title, list.take(), callback(page_prefix, "loading"));
}

json::object error_view(std::string_view title, std::string_view words) {
    BlockList list{Place::view};
    list.add(rich_text(json::array{
        rich_section(json::array{emoji_element("warning"), words_element("  That did not work", true)})}));
    add_words(list, blank(words) ? "Please close this and try again." : words);
    return modal(title, list.take(), callback(page_prefix, "error"));
}

}  // namespace rapport::slack
