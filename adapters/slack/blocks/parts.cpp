#include "adapters/slack/blocks/parts.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "adapters/slack/blocks/elements.hpp"
#include "adapters/slack/blocks/limits.hpp"
#include "adapters/slack/blocks/names.hpp"
#include "adapters/slack/blocks/safe_text.hpp"

namespace rapport::slack::blocks {
namespace json = boost::json;

namespace {

constexpr std::size_t most_sections = 5;
constexpr std::size_t label_room = 100;
constexpr std::size_t name_room = 100;
constexpr std::size_t fields_in_a_block = 10;

/// A moment that Slack can show: after 1970, and not beyond any calendar.
bool showable(Time at) {
    return at > Time{} && at < Time{} + std::chrono::days{365 * 1000};
}

json::object quote_head(const Quote& quote) {
    const std::string author = cut(tame(quote.author, Lines::join), name_room);
    json::array head;
    head.push_back(words_element(author.empty() ? "Somebody" : isolated(author), true));
    if (quote.at && showable(*quote.at)) {
        head.push_back(words_element(", "));
        head.push_back(date_element(*quote.at));
    }
    if (usable_link(quote.link)) {
        head.push_back(words_element("  "));
        head.push_back(link_element(quote.link, "See it there"));
    }
    return rich_section(std::move(head));
}

}  // namespace

void add_words(BlockList& list, std::string_view words, std::string_view picture,
               std::string_view picture_text) {
    std::vector<std::string> pieces = split(tame(words, Lines::keep), limits::section - 2, most_sections);
    const bool pictured = usable_picture(picture);
    if (pieces.empty() && pictured) {
        json::array elements{image(picture, picture_text)};
        if (!tame(picture_text, Lines::join).empty()) elements.push_back(plain(picture_text, limits::label));
        list.add({{"type", "context"}, {"elements", std::move(elements)}});
    }
    bool first = true;
    for (std::string& piece : pieces) {
        json::object block = section(plain_lines(piece, limits::section));
        if (first && pictured) block["accessory"] = image(picture, picture_text);
        first = false;
        list.add(std::move(block));
    }
}

void add_fields(BlockList& list, const std::vector<Field>& fields, const Room& room) {
    json::array lines;
    std::size_t shown = 0;
    const auto flush = [&] {
        if (!lines.empty()) list.add(rich_text(std::move(lines)));
        lines = json::array{};
    };
    for (const Field& field : fields) {
        const std::string label = cut(tame(field.label, Lines::join), label_room);
        const std::string text = cut_and_tell(tame(field.text, Lines::keep), room.field);
        if (text.empty()) continue;
        if (shown++ >= room.fields) {
            list.left_out(1);
            continue;
        }
        json::array line;
        if (!label.empty()) line.push_back(words_element(isolated(label) + ": ", true));
        line.push_back(words_element(isolated(text)));
        lines.push_back(rich_section(std::move(line)));
        if (lines.size() == fields_in_a_block) flush();
    }
    flush();
}

void add_quotes(BlockList& list, const std::vector<Quote>& quotes, const Room& room) {
    // The last words are the ones to answer, so it is the first ones that are left out.
    const std::size_t from = quotes.size() > room.quotes ? quotes.size() - room.quotes : 0;
    if (from > 0)
        list.add(remark(
            fmt::format("{} earlier {} not shown", number(from), from == 1 ? "message is" : "messages are")));
    const std::size_t share =
        std::min(room.quote, room.all_quotes / std::max<std::size_t>(quotes.size() - from, 1));
    for (std::size_t i = from; i < quotes.size(); ++i) {
        const std::string said = cut_and_tell(tame(quotes[i].text, Lines::keep), share);
        json::array whole{quote_head(quotes[i])};
        if (!said.empty()) whole.push_back(rich_quote(json::array{words_element(isolated(said))}));
        list.add(rich_text(std::move(whole)));
    }
}

void add_buttons(BlockList& list, const std::vector<Button>& buttons) {
    std::vector<json::object> elements;
    ActionNames names;
    for (const Button& button : buttons) {
        const Press kind = button.url.empty() ? Press::ask : Press::link;
        if (auto element = press(button, names.next(kind, button.id), {}))
            elements.push_back(std::move(*element));
        else
            list.left_out(1);
    }
    list.add_actions(std::move(elements));
}

std::string spoken(const Field& field, std::size_t most) {
    const std::string text = cut_and_tell(tame(field.text, Lines::join), most);
    const std::string label = cut(tame(field.label, Lines::join), label_room);
    if (text.empty() || label.empty()) return isolated(text);
    return fmt::format("{}: {}", isolated(label), isolated(text));
}

std::string spoken(const Quote& quote, std::size_t most) {
    const std::string author = cut(tame(quote.author, Lines::join), name_room);
    const std::string said = cut_and_tell(tame(quote.text, Lines::join), most);
    if (said.empty()) return {};
    return fmt::format("{} said: “{}”", author.empty() ? "Somebody" : isolated(author), isolated(said));
}

void add_line(std::string& text, std::string_view line) {
    if (line.empty()) return;
    if (!text.empty()) text += '\n';
    text += line;
}

}  // namespace rapport::slack::blocks
