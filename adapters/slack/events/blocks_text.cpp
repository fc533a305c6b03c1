#include <utf8proc.h>

#include <algorithm>
#include <charconv>

#include "adapters/slack/events/fields.hpp"
#include "adapters/slack/events/moment.hpp"
#include "adapters/slack/events/writer.hpp"

namespace rapport::slack::events {
namespace {

/// More than Slack allows anywhere; what comes after it is left out.
constexpr std::size_t most_elements = 2'000;

/// Calls `each` with every object of the array that stands under `name`.
template <class Each>
void for_objects(const json::object& in, std::string_view name, Each each) {
    const json::array* array = array_in(in, name);
    if (array == nullptr) return;
    for (std::size_t i = 0; i < std::min(array->size(), most_elements); ++i)
        if (const json::object* one = (*array)[i].if_object()) each(*one, i);
}

/// "1f44d-1f3fd" -> the characters; empty if it is not that.
std::string characters(std::string_view hex) {
    std::string out;
    while (!hex.empty()) {
        const std::size_t dash = std::min(hex.find('-'), hex.size());
        std::uint32_t code_point = 0;
        const std::string_view one = hex.substr(0, dash);
        const auto [end, error] = std::from_chars(one.data(), one.data() + one.size(), code_point, 16);
        utf8proc_uint8_t bytes[4];
        if (error != std::errc{} || end != hex.data() + dash || code_point > 0x10FFFF ||
            !utf8proc_codepoint_valid(static_cast<utf8proc_int32_t>(code_point)))
            return {};
        const auto count = utf8proc_encode_char(static_cast<utf8proc_int32_t>(code_point), bytes);
        out.append(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(count));
        hex.remove_prefix(std::min(dash + 1, hex.size()));
    }
    return out;
}

void write_emoji(Writer& out, const json::object& element) {
    const std::string shown = characters(text(element, "unicode"));
    if (!shown.empty()) return out.raw(shown);
    out.raw(":");
    out.raw(text(element, "name"));
    out.raw(":");
}

void write_inline(Writer& out, const json::object& element) {
    const std::string_view type = text(element, "type");
    if (type == "text") return out.raw(text(element, "text"));
    if (type == "emoji") return write_emoji(out, element);
    if (type == "user") return out.user(id_in(element, "user_id"));
    if (type == "usergroup") return out.group(id_in(element, "usergroup_id"));
    if (type == "channel") return out.channel(id_in(element, "channel_id"));
    if (type == "broadcast") return out.broadcast(text(element, "range"));
    if (type == "link") return out.link(text(element, "url"), text(element, "text"));
    if (type == "color") return out.raw(text(element, "value"));
    if (type == "date") return out.raw(text(element, "fallback"));
    out.raw(text(element, "text"));
}

void write_section(Writer& out, const json::object& section) {
    for_objects(section, "elements", [&](const json::object& one, std::size_t) { write_inline(out, one); });
}

void write_list(Writer& out, const json::object& list) {
    const bool ordered = text(list, "style") == "ordered";
    const std::int64_t first = number(list, "offset").value_or(0) + 1;
    const std::int64_t indent = std::clamp<std::int64_t>(number(list, "indent").value_or(0), 0, 8);
    for_objects(list, "elements", [&](const json::object& item, std::size_t i) {
        out.new_line();
        out.raw(std::string(static_cast<std::size_t>(indent) * 2, ' '));
        out.raw(ordered ? std::to_string(first + static_cast<std::int64_t>(i)) + ". " : "• ");
        write_section(out, item);
    });
}

void write_quote(Writer& out, const json::object& quote) {
    const std::size_t start = out.size();
    write_section(out, quote);
    std::string lines = out.take_from(start);
    for (std::size_t at = 0; (at = lines.find('\n', at)) != std::string::npos; at += 3)
        lines.replace(at, 1, "\n> ");
    out.raw("> " + lines);
}

void write_rich(Writer& out, const json::object& block) {
    for_objects(block, "elements", [&](const json::object& part, std::size_t) {
        const std::string_view type = text(part, "type");
        out.new_line();
        if (type == "rich_text_list")
            write_list(out, part);
        else if (type == "rich_text_quote")
            write_quote(out, part);
        else
            write_section(out, part);
    });
}

/// A text object {type, text}, or a plain string.
void write_text_object(Writer& out, const json::object& in, std::string_view name) {
    out.new_line();
    const json::object* object = object_in(in, name);
    if (object == nullptr) return out.mrkdwn(text(in, name));
    if (text(*object, "type") == "plain_text") return out.unescaped(text(*object, "text"));
    out.mrkdwn(text(*object, "text"));
}

void write_block(Writer& out, const json::object& block) {
    const std::string_view type = text(block, "type");
    if (type == "rich_text") return write_rich(out, block);
    if (type == "image" || type == "video") {
        write_text_object(out, block, "title");
        if (object_in(block, "title") == nullptr) out.unescaped(text(block, "alt_text"));
        return;
    }
    if (block.contains("text")) write_text_object(out, block, "text");
    for_objects(block, "fields", [&](const json::object& field, std::size_t) {
        out.new_line();
        out.mrkdwn(text(field, "text"));
    });
    if (type != "context") return;
    out.new_line();
    const std::size_t start = out.size();
    for_objects(block, "elements", [&](const json::object& element, std::size_t) {
        if (const std::string_view words = text(element, "text"); !words.empty()) {
            if (out.size() > start) out.raw(" ");
            out.mrkdwn(words);
        }
    });
}

void write_attachment(Writer& out, const json::object& attachment) {
    const std::size_t start = out.size();
    for (const std::string_view name : {"pretext", "title", "text"}) write_text_object(out, attachment, name);
    for_objects(attachment, "blocks", [&](const json::object& block, std::size_t) {
        out.new_line();
        write_block(out, block);
    });
    if (out.size() == start) write_text_object(out, attachment, "fallback");
}

void write_files(Writer& out, const json::object& message) {
    for_objects(message, "files", [&](const json::object& file, std::size_t i) {
        const std::string_view title = text(file, "title");
        const std::string_view name = title.empty() ? text(file, "name") : title;
        out.raw(i > 0 ? ", " : "File: ");
        out.unescaped(name.empty() ? "without a name" : name);
    });
}

}  // namespace

Plain from_blocks(const json::array& blocks, const Names& names) {
    Writer writer{names};
    for (std::size_t i = 0; i < std::min(blocks.size(), most_elements); ++i) {
        const json::object* block = blocks[i].if_object();
        if (block == nullptr) continue;
        writer.new_line();
        write_block(writer, *block);
    }
    return writer.finished();
}

Plain text_of(const json::object& message, const Names& names) {
    Plain plain = from_mrkdwn(text(message, "text"), names);
    if (!plain.text.empty()) return plain;
    if (const json::array* blocks = array_in(message, "blocks")) {
        plain = from_blocks(*blocks, names);
        if (!plain.text.empty()) return plain;
    }
    Writer attachments{names};
    for_objects(message, "attachments",
                [&](const json::object& one, std::size_t) { write_attachment(attachments, one); });
    plain = attachments.finished();
    if (!plain.text.empty()) return plain;
    Writer files{names};
    write_files(files, message);
    return files.finished();
}

}  // namespace rapport::slack::events
