#include "adapters/slack/blocks/names.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>

#include "adapters/slack/blocks/limits.hpp"
#include "adapters/slack/blocks/safe_text.hpp"

namespace rapport::slack::blocks {
namespace {

constexpr std::array<std::pair<std::string_view, Press>, 4> presses{
    {{"card", Press::card}, {"ask", Press::ask}, {"link", Press::link}, {"field", Press::field}}};
constexpr std::size_t id_room = 200;
constexpr std::size_t extra_room = 400;
constexpr std::size_t context_room = 2000;

std::optional<std::uint32_t> read_number(std::string_view digits) {
    std::uint32_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (digits.empty() || error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
    return value;
}

std::string one_line(std::string_view text, std::size_t room) {
    std::string line = tame(text, Lines::join);
    return length(line) <= room ? line : cut(line, room);
}

/// Takes what stands before the next line feed.
std::string_view take_line(std::string_view& text) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return line;
}

char letter(FieldPart part) {
    switch (part) {
        case FieldPart::whole:
            return 'f';
        case FieldPart::date:
            return 'd';
        case FieldPart::time:
            return 't';
    }
    return 'f';
}

}  // namespace

bool carried(std::string_view id) noexcept {
    return length(id) <= id_room;
}

std::string action_name(Press press, std::string_view id, int copy) {
    std::string_view word;
    for (const auto& [name, which] : presses)
        if (which == press) word = name;
    const std::string clean = one_line(id, id_room);
    return copy < 2 ? fmt::format("{}:{}", word, clean) : fmt::format("{}~{}:{}", word, copy, clean);
}

std::string ActionNames::next(Press press, std::string_view id) {
    for (int copy = 1;; ++copy)
        if (std::string name = action_name(press, id, copy); taken_.insert(name).second) return name;
}

ActionName read_action_name(std::string_view action_id) {
    const std::size_t colon = action_id.find(':');
    if (colon == std::string_view::npos) return {};
    std::string_view word = action_id.substr(0, colon);
    word = word.substr(0, word.find('~'));
    for (const auto& [name, press] : presses)
        if (name == word) return {press, std::string{action_id.substr(colon + 1)}};
    return {};
}

std::string card_value(const CardRef& ref) {
    return fmt::format("{}|{}", one_line(ref.card, id_room), ref.revision);
}

std::optional<CardRef> read_card_value(std::string_view value) {
    const std::size_t bar = value.rfind('|');
    if (bar == std::string_view::npos || bar == 0) return std::nullopt;
    const auto revision = read_number(value.substr(bar + 1));
    if (!revision) return std::nullopt;
    return CardRef{std::string{value.substr(0, bar)}, *revision};
}

std::string card_block(const CardRef& ref, std::size_t index) {
    return fmt::format("card:{}:{}", index, card_value(ref));
}

std::optional<CardRef> read_card_block(std::string_view block_id) {
    if (!block_id.starts_with("card:")) return std::nullopt;
    const std::size_t colon = block_id.find(':', 5);
    if (colon == std::string_view::npos) return std::nullopt;
    return read_card_value(block_id.substr(colon + 1));
}

std::string field_block(FieldPart part, std::uint32_t round, std::string_view field) {
    return fmt::format("{}{}:{}", letter(part), round, one_line(field, id_room));
}

std::optional<FieldBlock> read_field_block(std::string_view block_id) {
    const std::size_t colon = block_id.find(':');
    if (colon == std::string_view::npos || colon < 2) return std::nullopt;
    const auto round = read_number(block_id.substr(1, colon - 1));
    if (!round) return std::nullopt;
    for (const FieldPart part : {FieldPart::whole, FieldPart::date, FieldPart::time})
        if (block_id[0] == letter(part))
            return FieldBlock{part, *round, std::string{block_id.substr(colon + 1)}};
    return std::nullopt;
}

std::optional<std::string> option_value(std::string_view value) {
    const bool marked = value.starts_with('=') || tame(value, Lines::join).empty();
    std::string whole = marked ? fmt::format("={}", value) : std::string{value};
    if (length(whole) > limits::option_value || editable(whole) != whole) return std::nullopt;
    return whole;
}

std::string read_option_value(std::string_view value) {
    return std::string{value.starts_with('=') ? value.substr(1) : value};
}

std::string view_note(const ViewNote& note) {
    return fmt::format("1\n{}\n{}\n{}\n{}\n{}", note.whom == FormFor::card ? "card" : "office", note.round,
                       note.card.card.empty() ? std::string{} : card_value(note.card),
                       one_line(note.extra, extra_room), cut(editable(note.context), context_room));
}

ViewNote read_view_note(std::string_view text) {
    ViewNote note;
    if (take_line(text) != "1") return note;
    note.whom = take_line(text) == "card" ? FormFor::card : FormFor::office;
    note.round = read_number(take_line(text)).value_or(0);
    note.card = read_card_value(take_line(text)).value_or(CardRef{});
    note.extra = take_line(text);
    note.context = text;
    return note;
}

std::string callback(std::string_view prefix, std::string_view id) {
    return std::string{prefix} + one_line(id, id_room);
}

}  // namespace rapport::slack::blocks
