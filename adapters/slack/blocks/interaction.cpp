#include "adapters/slack/blocks/interaction.hpp"

#include <fmt/format.h>

#include "adapters/slack/blocks/names.hpp"
#include "adapters/slack/blocks/payload.hpp"

namespace rapport::slack {
namespace json = boost::json;
using namespace blocks;

namespace {

Surface surface(const json::object& payload) {
    const json::object& view = object_at(payload, "view");
    if (!view.empty()) return text_at(view, "type") == "home" ? Surface::home : Surface::modal;
    const bool message = !object_at(payload, "channel").empty() ||
                         !text_at(object_at(payload, "container"), "message_ts").empty();
    return message ? Surface::message : Surface::nowhere;
}

std::string first_of(std::initializer_list<std::string> candidates) {
    for (const std::string& candidate : candidates)
        if (!candidate.empty()) return candidate;
    return {};
}

void read_view(const json::object& view, Reply& reply) {
    reply.view = text_at(view, "id");
    reply.hash = text_at(view, "hash");
    reply.root_view = text_at(view, "root_view_id");
    reply.previous_view = text_at(view, "previous_view_id");
    reply.callback = text_at(view, "callback_id");
    const ViewNote note = read_view_note(text_at(view, "private_metadata"));
    reply.round = note.round;
    reply.revision = note.card.revision;
    reply.extra = note.extra;
    for (const json::value& each : array_at(view, "blocks")) {
        const json::object* block = each.if_object();
        if (!block || text_at(*block, "type") != "input") continue;
        const std::string id = text_at(*block, "block_id");
        if (const auto field = read_field_block(id)) reply.fields.emplace_back(field->field, id);
    }
}

std::string response_url_of(const json::object& payload) {
    if (std::string url = text_at(payload, "response_url"); !url.empty()) return url;
    for (const json::value& each : array_at(payload, "response_urls"))
        if (const json::object* one = each.if_object()) return text_at(*one, "response_url");
    return {};
}

Reply read_reply(const json::object& payload) {
    Reply reply;
    const json::object& container = object_at(payload, "container");
    const json::object& message = object_at(payload, "message");
    reply.trigger = first_of({text_at(payload, "trigger_id"),
                              text_at(object_at(payload, "interactivity"), "interactivity_pointer")});
    reply.response_url = response_url_of(payload);
    reply.from = surface(payload);
    read_view(object_at(payload, "view"), reply);
    if (reply.view.empty()) reply.view = text_at(container, "view_id");
    if (reply.callback.empty()) reply.callback = text_at(payload, "callback_id");
    reply.channel = first_of({id_at(payload, "channel"), text_at(container, "channel_id")});
    reply.message =
        first_of({text_at(container, "message_ts"), text_at(payload, "message_ts"), text_at(message, "ts")});
    reply.thread = first_of({text_at(container, "thread_ts"), text_at(message, "thread_ts")});
    reply.ephemeral = flag_at(container, "is_ephemeral");
    reply.user = id_at(payload, "user");
    return reply;
}

/// Understands one payload.
class Understanding {
public:
    Understanding(const json::object& payload, const Installation& installation, const Lookups& lookups,
                  Time received)
        : payload_(payload),
          installation_(installation),
          lookups_(lookups),
          received_(received),
          out_{read_reply(payload), {}},
          view_(object_at(payload, "view")),
          by_(presser(payload, installation, lookups)),
          note_(read_view_note(text_at(view_, "private_metadata"))) {}

    Interaction understood() {
        const std::string type = text_at(payload_, "type");
        if (by_.id.empty())
            ignore("It does not say who did it");
        else if (type == "block_actions")
            presses();
        else if (type == "view_submission")
            submission();
        else if (type == "view_closed")
            add(Closed{flag_at(payload_, "is_cleared")});
        else if (type == "shortcut" || type == "message_action")
            shortcut();
        else if (type == "block_suggestion")
            add(OptionsRequest{text_at(payload_, "action_id"), text_at(payload_, "block_id"),
                               text_at(payload_, "value")});
        else
            ignore(fmt::format("An interaction of the unknown type \"{}\"", type.substr(0, 40)));
        return std::move(out_);
    }

private:
    template <class T>
    void add(T meaning) {
        out_.meanings.emplace_back(std::move(meaning));
    }
    void ignore(std::string why) { add(Ignored{std::move(why)}); }

    /// The same for the same payload, and for no other.
    std::string id(const json::object& action, std::size_t index) const {
        const Reply& reply = out_.reply;
        const std::string at = first_of({text_at(action, "action_ts"), text_at(payload_, "action_ts")});
        return fmt::format("slack:{}:{}:{}:{}:{}:{}", by_.id, reply.trigger, reply.view, reply.hash, at,
                           index);
    }

    Ask ask(Ask::Kind kind, std::string name, std::string ask_id) const {
        Ask ask;
        ask.id = std::move(ask_id);
        ask.kind = kind;
        ask.by = by_;
        ask.name = std::move(name);
        ask.at = received_;
        return ask;
    }

    Action action(std::string button, std::string card, std::string action_id) const {
        Action action;
        action.id = std::move(action_id);
        action.by = by_;
        action.card = std::move(card);
        action.button = std::move(button);
        action.at = received_;
        return action;
    }

    std::map<std::string, std::string> form_values() const {
        auto values = values_of(view_, installation_, lookups_);
        if (!note_.context.empty()) values["context"] = note_.context;
        return values;
    }

    std::string form_name() const {
        const std::string& callback = out_.reply.callback;
        return callback.starts_with(form_prefix) ? callback.substr(form_prefix.size()) : std::string{};
    }

    void presses() {
        const json::array& all = array_at(payload_, "actions");
        for (std::size_t k = 0; k < all.size(); ++k)
            if (const json::object* one = all[k].if_object()) press(*one, k);
        if (out_.meanings.empty()) ignore("It holds no press that we know");
    }

    void press(const json::object& pressed, std::size_t index) {
        if (!text_at(pressed, "url").empty()) return ignore("A link that was opened");
        const ActionName name = read_action_name(text_at(pressed, "action_id"));
        switch (name.press) {
            case Press::card:
                return press_on_card(pressed, name.id, id(pressed, index));
            case Press::ask:
                return press_on_page(pressed, name.id, id(pressed, index));
            case Press::field:
                return changed(id(pressed, index));
            case Press::link:
                return ignore("A link that was opened");
            case Press::other:
                return ignore("Not a button of ours, or one that only counts when the form is submitted");
        }
    }

    void press_on_card(const json::object& pressed, const std::string& button, std::string press_id) {
        auto ref = read_card_value(text_at(pressed, "value"));
        if (!ref) ref = read_card_block(text_at(pressed, "block_id"));
        if (!ref) return ignore("A button of a card that does not say which card");
        out_.reply.revision = ref->revision;
        const std::string choice = value_of_menu(pressed);
        if (const auto form = form_of(button, choice))
            return add(OwnForm{*form, by_, ref->card, ref->revision});
        Action made = action(button, ref->card, std::move(press_id));
        if (!choice.empty()) made.values["choice"] = choice;
        add(std::move(made));
    }

    /// What takes more than a menu.
    static std::optional<OwnForm::Kind> form_of(std::string_view button, std::string_view choice) {
        if (button == snooze_button && choice == custom_choice) return OwnForm::Kind::snooze;
        if (button == hand_over_button && choice.empty()) return OwnForm::Kind::hand_over;
        if (button == dismiss_button && choice == other_choice) return OwnForm::Kind::dismiss;
        return std::nullopt;
    }

    void press_on_page(const json::object& pressed, const std::string& button, std::string press_id) {
        Ask made = ask(Ask::Kind::button, button, std::move(press_id));
        made.values = form_values();
        if (std::string choice = value_of_menu(pressed); !choice.empty())
            made.values["choice"] = std::move(choice);
        add(std::move(made));
    }

    void changed(std::string press_id) {
        if (form_name().empty()) return ignore("A field that belongs to no form of ours");
        Ask made = ask(Ask::Kind::changed, form_name(), std::move(press_id));
        made.values = form_values();
        add(std::move(made));
    }

    /// A button's value names its card; only menus hold a choice.
    std::string value_of_menu(const json::object& pressed) const {
        return text_at(pressed, "type") == "button" ? std::string{}
                                                    : value_of(pressed, installation_, lookups_);
    }

    void submission() {
        const std::string& callback = out_.reply.callback;
        const std::string press_id = id({}, 0);
        if (callback == snooze_callback || callback == hand_over_callback || callback == dismiss_callback) {
            Action made = action(callback, note_.card.card, press_id);
            made.values = form_values();
            if (callback == dismiss_callback) made.values["choice"] = other_choice;
            return add(std::move(made));
        }
        if (!callback.starts_with(form_prefix)) return ignore("A form that is not ours");
        if (note_.whom == FormFor::card) {
            Action made = action(form_name(), note_.card.card, press_id);
            made.values = form_values();
            return add(std::move(made));
        }
        Ask made = ask(Ask::Kind::form, form_name(), press_id);
        made.values = form_values();
        add(std::move(made));
    }

    void shortcut() {
        Ask made = ask(Ask::Kind::shortcut, out_.reply.callback, id({}, 0));
        const json::object& message = object_at(payload_, "message");
        if (!message.empty() && lookups_.message) made.about = lookups_.message(message, out_.reply.channel);
        add(std::move(made));
    }

    const json::object& payload_;
    const Installation& installation_;
    const Lookups& lookups_;
    Time received_;
    Interaction out_;
    const json::object& view_;
    AccountKey by_;
    ViewNote note_;
};

}  // namespace

int Reply::views_open() const noexcept {
    if (view.empty() || from != Surface::modal) return 0;
    if (previous_view.empty()) return 1;
    return previous_view == root_view ? 2 : 3;
}

InstalledIn installed_in(const json::object& payload) {
    InstalledIn where;
    const std::string installed = text_at(object_at(payload, "view"), "app_installed_team_id");
    if (installed.starts_with('E')) {
        where.enterprise = installed;
        return where;
    }
    if (flag_at(payload, "is_enterprise_install"))
        where.enterprise = first_of({id_at(payload, "enterprise"), text_at(payload, "enterprise_id")});
    where.team = first_of({installed, id_at(payload, "team"), text_at(payload, "team_id"),
                           text_at(object_at(payload, "user"), "team_id")});
    return where;
}

Interaction understand_interaction(const json::object& payload, const Installation& installation,
                                   const Lookups& lookups, Time received) {
    return Understanding{payload, installation, lookups, received}.understood();
}

Interaction understand_command(const json::object& fields, const Installation& installation,
                               const Lookups& lookups, Time received) {
    Interaction out;
    out.reply.trigger = text_at(fields, "trigger_id");
    out.reply.response_url = text_at(fields, "response_url");
    out.reply.callback = text_at(fields, "command");
    out.reply.channel = text_at(fields, "channel_id");
    out.reply.user = text_at(fields, "user_id");
    if (out.reply.user.empty() || out.reply.callback.empty()) {
        out.meanings.emplace_back(Ignored{"A command that does not say who gave it"});
        return out;
    }
    Ask ask;
    ask.id = fmt::format("slack:{}:{}:command", out.reply.user, out.reply.trigger);
    ask.kind = Ask::Kind::words;
    ask.by = presser(fields, installation, lookups);
    ask.text = words_of(text_at(fields, "text"), installation, lookups);
    ask.at = received;
    out.meanings.emplace_back(std::move(ask));
    return out;
}

}  // namespace rapport::slack
