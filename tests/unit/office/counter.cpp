#include "counter.hpp"

#include <fmt/format.h>

#include "bot/config/own_settings.hpp"
#include "bot/pipeline/hindsight.hpp"
#include "bot/store/sqlite/throw_away.hpp"

namespace rapport::test {

namespace {

void write(std::string& out, const std::vector<Button>& buttons) {
    for (const Button& button : buttons) {
        out +=
            fmt::format("[{}{}]", button.label, button.url.empty() ? " = " + button.id : " -> " + button.url);
        for (const Option& option : button.options) out += fmt::format("<{}>", option.value);
    }
    if (!buttons.empty()) out += "\n";
}

struct Write {
    std::string operator()(std::monostate) const { return "nothing\n"; }
    std::string operator()(const Page& page) const {
        std::string out = fmt::format("{}: {}\n", page.id, page.title);
        for (const Part& part : page.parts) {
            if (!part.heading.empty()) out += "# " + part.heading + "\n";
            if (!part.text.empty()) out += part.text + "\n";
            for (const Field& field : part.fields) out += fmt::format("{}: {}\n", field.label, field.text);
            for (const Quote& quote : part.quotes) out += fmt::format("> {}: {}\n", quote.author, quote.text);
            write(out, part.buttons);
        }
        return out;
    }
    std::string operator()(const Form& form) const {
        std::string out = fmt::format("form {}: {}\n{}\n", form.id, form.title, form.text);
        for (const FormField& field : form.fields)
            out += fmt::format("{} ({}): {}\n", field.label, field.id, field.value);
        write(out, form.buttons);
        return out + (form.submit.empty() ? "" : fmt::format("({})\n", form.submit));
    }
    std::string operator()(const FormErrors& errors) const {
        std::string out;
        for (const auto& [field, words] : errors) out += fmt::format("! {}: {}\n", field, words);
        return out;
    }
};

}  // namespace

std::string as_text(const Answer& answer) {
    return std::visit(Write{}, answer);
}

std::shared_ptr<const World> Counter::world() const {
    const World& now = house_.world();
    Team team = with_own_settings(now.team, house_.store().staffers().value());
    return std::make_shared<const World>(std::move(team), now.rules, now.config);
}

Answer Counter::ask(Ask ask) {
    ask.id = fmt::format("ask{}", next_++);
    ask.at = house_.now();
    std::shared_ptr<const World> here = world();
    const Staffer* by = here->team.staffer_of(ask.by, ask.at);
    if (!by) throw std::runtime_error("not on the team");
    office::Reply reply;
    {
        Lookup lookup{house_.store()};
        office::Room room{house_.store(), lookup, here, *by, ask.at, rules_file};
        reply = office::answer(room, ask);
    }
    for (Input& input : reply.inputs) house_.put(std::move(input.what));
    if (reply.save) {
        if (reply.save->before != rules_file) throw std::runtime_error("another file was there");
        const auto keep = [&](const std::string& text, const std::string& by_whom) {
            const auto hash = rules::load(text, "rules.yaml").rules.value().hash();
            if (!house_.store().keep_rules({0, house_.now(), by_whom, hash, text}))
                throw std::runtime_error("not kept");
        };
        keep(reply.save->before, "file");
        keep(reply.save->text, reply.save->by);
        rules_file = reply.save->text;
        if (!house_.change_rules(rules_file))
            throw std::runtime_error("bad rules were saved: " + house_.mistakes.front());
    }
    Backtest history;
    const auto open_empty = [] { return open_throw_away("backtest"); };
    if (reply.test)
        history = backtest(house_.store(), reply.test->candidate, reply.test->today, open_empty, {}).value();
    if (reply.look_back)
        history.seen =
            hindsight(house_.store(), reply.look_back->world, reply.look_back->messages, open_empty, {})
                .value();
    last = std::move(reply.answer);
    if (reply.after) {
        here = world();
        Lookup lookup{house_.store()};
        office::Room room{house_.store(), lookup,    here, *here->team.staffer_of(ask.by, ask.at),
                          ask.at,         rules_file};
        last = reply.after(room, history);
    }
    return last;
}

Ask Counter::an_ask(Ask::Kind kind, std::string_view staffer) {
    Ask ask;
    ask.kind = kind;
    ask.by = house_.key(staffer);
    return ask;
}

std::string Counter::says(std::string_view staffer, std::string_view text) {
    Ask one = an_ask(Ask::Kind::words, staffer);
    one.text = text;
    return as_text(ask(std::move(one)));
}

std::string Counter::presses(std::string_view staffer, std::string_view button,
                             std::map<std::string, std::string> values) {
    Ask one = an_ask(Ask::Kind::button, staffer);
    one.name = button;
    one.values = std::move(values);
    return as_text(ask(std::move(one)));
}

std::string Counter::submits(std::string_view staffer, std::string_view form,
                             std::map<std::string, std::string> values) {
    Ask one = an_ask(Ask::Kind::form, staffer);
    one.name = form;
    one.values = std::move(values);
    return as_text(ask(std::move(one)));
}

std::string Counter::shortcut(std::string_view staffer, std::string_view name, const Message& about) {
    Ask one = an_ask(Ask::Kind::shortcut, staffer);
    one.name = name;
    one.about = about;
    return as_text(ask(std::move(one)));
}

std::string Counter::home(std::string_view staffer) {
    return as_text(ask(an_ask(Ask::Kind::home, staffer)));
}

std::map<std::string, std::string> Counter::values() const {
    std::map<std::string, std::string> values;
    const Form* form = std::get_if<Form>(&last);
    if (!form) return values;
    for (const FormField& field : form->fields) values[field.id] = field.value;
    values["context"] = form->context;
    return values;
}

}  // namespace rapport::test
