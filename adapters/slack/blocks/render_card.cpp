#include <fmt/format.h>

#include <algorithm>

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

constexpr Room card_room{.field = 400, .fields = 12, .quote = 1500, .all_quotes = 3000, .quotes = 10};
constexpr std::size_t spoken_quote = 300;
constexpr std::size_t spoken_field = 200;
constexpr std::size_t status_room = 500;
constexpr std::size_t most_mentions = 10;
constexpr std::string_view who_label = "Who";

/// A shape and words for each tone: nobody needs to tell colours apart.
struct ToneSign {
    std::string_view emoji{};
    std::string_view words{};
};

ToneSign sign(Tone tone) {
    switch (tone) {
        case Tone::asking:
            return {"bell", "To answer"};
        case Tone::claimed:
            return {"raised_hand", "Taken"};
        case Tone::waiting:
            return {"hourglass_flowing_sand", "Later"};
        case Tone::done:
            return {"white_check_mark", "Answered"};
        case Tone::closed:
            return {"heavy_minus_sign", "Closed"};
    }
    return {"bell", "To answer"};
}

std::string status_of(const Card& card) {
    return cut(tame(card.status, Lines::join), status_room);
}

json::object status_block(const Card& card) {
    const ToneSign tone = sign(card.tone);
    json::array line{emoji_element(tone.emoji)};
    const std::string status = status_of(card);
    line.push_back(words_element(fmt::format("  {}", tone.words), true));
    if (!status.empty()) {
        line.push_back(words_element(". "));
        line.push_back(words_element(isolated(status)));
    }
    return rich_text(json::array{rich_section(std::move(line))});
}

/// Who waits, with their face where it is known; then the other fields.
void add_people(BlockList& list, const Card& card) {
    std::vector<Field> fields = card.fields;
    const auto who =
        std::find_if(fields.begin(), fields.end(), [](const Field& f) { return f.label == who_label; });
    if (usable_picture(card.picture) && who != fields.end()) {
        const std::string words = cut_and_tell(tame(who->text, Lines::keep), card_room.field);
        const std::string alternative = "Picture of " + cut(words, 100);
        if (!words.empty()) {
            add_words(list, fmt::format("{}: {}", who_label, isolated(words)), card.picture, alternative);
            fields.erase(who);
        }
    }
    add_fields(list, fields, card_room);
}

/// The card's menu with what only this adapter can offer.
Button for_slack(Button button) {
    if (button.id == snooze_button && !button.options.empty())
        button.options.push_back({"Another time…", std::string{custom_choice}});
    // Whom to hand it to is chosen among all users, in a form of our own.
    if (button.id == hand_over_button) button.options.clear();
    return button;
}

void add_card_buttons(BlockList& list, const Card& card) {
    const CardRef ref{card.id, card.revision};
    ActionNames names;
    std::vector<json::object> elements;
    for (const Button& shown : card.buttons) {
        const Button button = for_slack(shown);
        const Press kind = button.url.empty() ? Press::card : Press::link;
        if (auto element = press(button, names.next(kind, button.id), card_value(ref)))
            elements.push_back(std::move(*element));
        else
            list.left_out(1);
    }
    std::vector<std::string> ids;
    for (std::size_t k = 0; k * limits::actions < elements.size(); ++k) ids.push_back(card_block(ref, k));
    list.add_last_actions(std::move(elements), ids);
}

bool is_user_id(std::string_view id) {
    return !id.empty() && id.size() <= 40 && std::all_of(id.begin(), id.end(), [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    });
}

std::string mentions(const CardLook& look) {
    std::string out;
    std::size_t count = 0;
    for (const Id& user : look.ask)
        if (is_user_id(user) && count++ < most_mentions) out += fmt::format("<@{}> ", user);
    return out;
}

/// What, who and why in plain words.
std::string spoken_card(const Card& card) {
    const std::string title = cut(tame(card.title, Lines::join), limits::header);
    const std::string status = status_of(card);
    std::string text =
        fmt::format("{}: {}", sign(card.tone).words, isolated(title.empty() ? "an alert" : title));
    if (!status.empty()) text += fmt::format(". {}", isolated(status));
    if (!card.quotes.empty()) add_line(text, spoken(card.quotes.back(), spoken_quote));
    std::size_t count = 0;
    for (const Field& field : card.fields)
        if (count++ < card_room.fields) add_line(text, spoken(field, spoken_field));
    return text;
}

json::object text_only(std::string_view plain_words) {
    return {{"text", escape(cut_for_escape(plain_words, limits::message_text))}};
}

}  // namespace

json::object mention_block(const std::vector<Id>& users) {
    json::array elements;
    std::size_t count = 0;
    for (const Id& user : users) {
        if (!is_user_id(user) || count++ >= most_mentions) continue;
        if (!elements.empty()) elements.push_back(words_element(" "));
        elements.push_back(json::object{{"type", "user"}, {"user_id", user}});
    }
    return rich_text(json::array{rich_section(std::move(elements))});
}

json::object card_message(const Card& card, const CardLook& look) {
    BlockList list{Place::message};
    list.add(header(tame(card.title, Lines::join).empty() ? "An alert" : card.title));
    if (std::any_of(look.ask.begin(), look.ask.end(), is_user_id)) list.add(mention_block(look.ask));
    list.add(status_block(card));
    add_people(list, card);
    add_quotes(list, card.quotes, card_room);
    add_card_buttons(list, card);

    const std::string called = mentions(look);
    const std::string words = escape(cut_for_escape(spoken_card(card), limits::message_text - called.size()));
    json::object id{{"id", cut(tame(card.id, Lines::join), 200)}};
    return {{"text", called + words},
            {"blocks", list.take()},
            {"metadata", json::object{{"event_type", card_event_type}, {"event_payload", std::move(id)}}}};
}

json::object history_message(const std::vector<HistoryLine>& lines) {
    BlockList list{Place::message};
    std::string text;
    for (const HistoryLine& line : lines) {
        const std::string words = cut(tame(line.text, Lines::join), status_room);
        if (words.empty()) continue;
        json::array elements;
        std::string spoken_line;
        if (lines.size() > 1 && line.at > Time{}) {
            elements.push_back(date_element(line.at));
            elements.push_back(words_element(": "));
            spoken_line = date_token(line.at) + ": ";
        }
        elements.push_back(words_element(isolated(words)));
        spoken_line += escape(isolated(words));
        if (length(text) + length(spoken_line) + 1 <= limits::message_text) add_line(text, spoken_line);
        list.add(rich_text(json::array{rich_section(std::move(elements))}));
    }
    if (text.empty()) text = "Nothing has happened yet.";
    return {{"text", std::move(text)}, {"blocks", list.take()}};
}

json::object outcome_message(const Card& card) {
    BlockList list{Place::message};
    list.add(status_block(card));
    const std::string status = status_of(card);
    json::object out =
        text_only(status.empty() ? std::string{sign(card.tone).words}
                                 : fmt::format("{}. {}", sign(card.tone).words, isolated(status)));
    out["blocks"] = list.take();
    return out;
}

json::object notice_message(std::string_view words) {
    const std::string clean = tame(words, Lines::keep);
    return text_only(clean.empty() ? "Done." : clean);
}

}  // namespace rapport::slack
