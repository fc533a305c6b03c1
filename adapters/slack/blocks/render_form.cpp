#include <fmt/format.h>

#include <algorithm>

#include "adapters/slack/blocks/block_list.hpp"
#include "adapters/slack/blocks/elements.hpp"
#include "adapters/slack/blocks/interaction.hpp"
#include "adapters/slack/blocks/limits.hpp"
#include "adapters/slack/blocks/names.hpp"
#include "adapters/slack/blocks/parts.hpp"
#include "adapters/slack/blocks/render.hpp"
#include "adapters/slack/blocks/safe_text.hpp"

namespace rapport::slack {
namespace json = boost::json;
using namespace blocks;

namespace {

constexpr std::size_t most_radio_options = 4;
constexpr std::size_t menu_bytes = 60'000;
constexpr std::string_view plain_action = "v";

std::string action_of(const FormField& field) {
    return field.asks_again ? action_name(Press::field, field.id) : std::string{plain_action};
}

/// "2026-11-22 14:30", as a form's value holds a moment.
bool is_date(std::string_view text) {
    const auto digits = [&](std::size_t at, std::size_t count) {
        return std::all_of(text.begin() + std::ptrdiff_t(at), text.begin() + std::ptrdiff_t(at + count),
                           [](char c) { return c >= '0' && c <= '9'; });
    };
    if (text.size() != 10 || text[4] != '-' || text[7] != '-' || !digits(0, 4) || !digits(5, 2) ||
        !digits(8, 2))
        return false;
    const auto number_at = [&](std::size_t at) {
        return unsigned(text[at] - '0') * 10 + unsigned(text[at + 1] - '0');
    };
    const std::chrono::year_month_day date{std::chrono::year{int(number_at(0) * 100 + number_at(2))},
                                           std::chrono::month{number_at(5)}, std::chrono::day{number_at(8)}};
    return date.ok();
}

bool is_time(std::string_view text) {
    const auto digit = [&](std::size_t at) { return text[at] >= '0' && text[at] <= '9'; };
    return text.size() == 5 && text[2] == ':' && digit(0) && digit(1) && digit(3) && digit(4) &&
           text.substr(0, 2) <= "23" && text.substr(3) <= "59";
}

bool has_value(const FormField& field, std::string_view value) {
    if (!field.several) return field.value == value;
    std::string_view rest = field.value;
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find(','), rest.size());
        std::string_view one = rest.substr(0, end);
        while (one.starts_with(' ')) one.remove_prefix(1);
        while (one.ends_with(' ')) one.remove_suffix(1);
        if (one == value) return true;
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return false;
}

/// Builds the blocks of one form.
class FormBlocks {
public:
    FormBlocks(BlockList& list, const FormState& state, bool submits)
        : list_(list), round_(state.round), submits_(submits) {}

    void add(const FormField& field) {
        if (!carried(field.id)) return list_.left_out(1);
        switch (field.kind) {
            case FieldKind::text:
                return add_text(field);
            case FieldKind::choice:
                return add_choice(field);
            case FieldKind::time:
                return add_time(field);
            case FieldKind::person:
                return add_person(field);
        }
    }

private:
    /// An input; where nothing is submitted Slack allows none, so it stands beside its label.
    void add_input(const FormField& field, FieldPart part, json::object element, std::string_view label_end,
                   std::string_view hint) {
        const std::string label = cut(tame(field.label, Lines::join), limits::label - 20);
        const std::string whole = (label.empty() ? "…" : label) + std::string{label_end};
        json::object block;
        if (submits_) {
            block = {{"type", "input"},
                     {"label", plain(whole, limits::label)},
                     {"element", std::move(element)},
                     {"optional", !field.required}};
            if (!tame(hint, Lines::join).empty()) block["hint"] = plain(hint, limits::label);
            if (field.asks_again) block["dispatch_action"] = true;
        } else {
            block = section(plain(whole, limits::section));
            block["accessory"] = std::move(element);
        }
        list_.add(std::move(block), field_block(part, round_, field.id));
    }

    void add_read_only(const FormField& field, std::string_view note) {
        add_fields(list_, {{field.label, field.value}});
        if (!note.empty()) list_.add(remark(note));
    }

    void add_text(const FormField& field) {
        const std::string value = editable(field.value);
        if (!submits_) return add_read_only(field, {});
        if (length(value) > limits::input)
            return add_read_only(
                field, fmt::format("{} characters are more than Slack lets you edit here. What is not "
                                   "shown stays as it is.",
                                   number(length(value))));
        json::object element{
            {"type", "plain_text_input"}, {"action_id", action_of(field)}, {"multiline", field.several}};
        if (!tame(value, Lines::join).empty()) element["initial_value"] = value;
        if (field.asks_again)
            element["dispatch_action_config"] =
                json::object{{"trigger_actions_on", json::array{"on_enter_pressed"}}};
        add_input(field, FieldPart::whole, std::move(element), {}, field.hint);
    }

    void add_choice(const FormField& field) {
        const Options choices = options(field.options, menu_bytes, true);
        if (choices.empty()) return add_fields(list_, {{field.label, "There is nothing to choose from."}});
        const bool radio =
            !field.several && choices.groups.empty() && choices.list.size() <= most_radio_options;
        json::object element{{"type", field.several ? "multi_static_select"
                                      : radio       ? "radio_buttons"
                                                    : "static_select"},
                             {"action_id", action_of(field)}};
        put(element, choices);
        if (!radio)
            element["placeholder"] = plain(field.several ? "Choose some" : "Choose one", limits::placeholder);
        choose_first(field, choices, element);
        std::string hint = field.hint;
        if (choices.left_out > 0)
            hint += fmt::format("{}({} more have no room here)", hint.empty() ? "" : " ",
                                number(choices.left_out));
        add_input(field, FieldPart::whole, std::move(element), {}, hint);
    }

    static void choose_first(const FormField& field, const Options& choices, json::object& element) {
        json::array initial;
        for (const Option& option : field.options) {
            if (!has_value(field, option.value) || initial.size() == limits::options) continue;
            const json::object* found = choices.find(option.value);
            if (found && std::find(initial.begin(), initial.end(), json::value(*found)) == initial.end())
                initial.emplace_back(*found);
        }
        if (initial.empty()) return;
        if (field.several)
            element["initial_options"] = std::move(initial);
        else
            element["initial_option"] = initial.front();
    }

    void add_time(const FormField& field) {
        const std::string_view value = field.value;
        json::object day{{"type", "datepicker"}, {"action_id", action_of(field)}};
        if (is_date(value.substr(0, 10))) day["initial_date"] = value.substr(0, 10);
        json::object time{{"type", "timepicker"}, {"action_id", action_of(field)}};
        if (value.size() > 11 && is_time(value.substr(11))) time["initial_time"] = value.substr(11);
        add_input(field, FieldPart::date, std::move(day), ": day", {});
        add_input(field, FieldPart::time, std::move(time), ": time", field.hint);
    }

    void add_person(const FormField& field) {
        json::object element{{"type", "users_select"},
                             {"action_id", action_of(field)},
                             {"placeholder", plain("Choose a person", limits::placeholder)}};
        if (const auto account = account_of(field.value)) element["initial_user"] = account->id;
        add_input(field, FieldPart::whole, std::move(element), {}, field.hint);
    }

    BlockList& list_;
    std::uint32_t round_;
    bool submits_;
};

bool has_input(const json::array& blocks) {
    return std::any_of(blocks.begin(), blocks.end(), [](const json::value& block) {
        return block.get_object().find("type")->value().get_string() == "input";
    });
}

json::object form_frame(const Form& form, json::array blocks, std::string callback_id, std::string note) {
    const bool submits = !tame(form.submit, Lines::join).empty() || has_input(blocks);
    json::object view{{"type", "modal"},
                      {"callback_id", std::move(callback_id)},
                      {"private_metadata", std::move(note)},
                      {"title", plain(form.title, limits::view_title, "Rapport")},
                      {"close", plain(submits ? "Cancel" : "Close", limits::view_title)},
                      {"blocks", std::move(blocks)}};
    if (submits) view["submit"] = plain(form.submit, limits::view_title, "Done");
    return view;
}

json::array form_blocks(const Form& form, const FormState& state) {
    BlockList list{Place::view};
    if (length(tame(form.title, Lines::join)) > limits::view_title) list.add(header(form.title));
    add_words(list, form.text);
    FormBlocks fields{list, state, !tame(form.submit, Lines::join).empty()};
    for (const FormField& field : form.fields) fields.add(field);
    add_buttons(list, form.buttons);
    return list.take();
}

std::string_view callback_of(OwnForm::Kind kind) {
    switch (kind) {
        case OwnForm::Kind::snooze:
            return snooze_callback;
        case OwnForm::Kind::dismiss:
            return dismiss_callback;
        case OwnForm::Kind::hand_over:
            break;
    }
    return hand_over_callback;
}

}  // namespace

json::object form_view(const Form& form, const FormState& state) {
    const ViewNote note{state.whom, state.round, {form.card, 0}, state.extra, form.context};
    return form_frame(form, form_blocks(form, state), callback(form_prefix, form.id), view_note(note));
}

json::object own_form_view(const OwnForm& own, std::string_view extra, std::string_view date,
                           std::string_view time) {
    Form form;
    form.card = own.card;
    if (own.kind == OwnForm::Kind::snooze) {
        form.title = "Another time";
        form.submit = "Snooze";
        form.text =
            "It comes back to you at that time, in your own time zone. If they write again, it comes back at "
            "once.";
        form.fields = {{"choice", "Until", FieldKind::time, "", {}, true, fmt::format("{} {}", date, time)}};
    } else if (own.kind == OwnForm::Kind::dismiss) {
        form.title = "Not needed";
        form.submit = "Close it";
        form.text = "Nobody is asked any more. Your reason is kept with the rule, so that it gets better.";
        form.fields = {{"reason", "Why?", FieldKind::text, "In a few words.", {}, true}};
    } else {
        form.title = "Hand over";
        form.submit = "Hand over";
        form.text = "They are asked to reply instead of you, and see what you write here.";
        form.fields = {{"choice", "To whom", FieldKind::person, "Somebody on the team.", {}, true},
                       {"brief", "What should they know?", FieldKind::text, "", {}, false, "", true}};
    }
    const ViewNote note{FormFor::card, 0, {own.card, own.revision}, std::string{extra}, {}};
    return form_frame(form, form_blocks(form, {}), std::string{callback_of(own.kind)}, view_note(note));
}

}  // namespace rapport::slack
