#include "adapters/console/console_desk.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "adapters/console/line_input.hpp"
#include "adapters/console/screen_text.hpp"

namespace rapport::console {

namespace asio = boost::asio;

AccountKey console_account(std::string_view name) {
    return {"console", "local", fmt::format("staff:{}", name)};
}

ConsoleDesk::ConsoleDesk(asio::any_io_executor executor, int input, ConsoleOptions options)
    : executor_(std::move(executor)), input_(input), options_(std::move(options)) {}

asio::awaitable<Result<>> ConsoleDesk::run(Inbox& inbox) {
    LineInput lines{executor_, input_};
    say("Type help to see what you can do here, quit to leave.");
    for (;;) {
        prompt();
        const std::optional<std::string> line = co_await lines.next();
        if (!line) co_return Result<>{};
        Answer answer = hear(*line);
        if (answer.quit) co_return Result<>{};
        if (!answer.action) continue;
        Event event;
        event.seen = answer.action->at;
        event.source = "console";
        event.body = std::move(*answer.action);
        co_await inbox.put(std::move(event), [] {});
    }
}

asio::awaitable<Result<>> ConsoleDesk::deliver(Outgoing outgoing) {
    const bool mine = outgoing.team ||
                      std::find(outgoing.to.begin(), outgoing.to.end(), options_.staff) != outgoing.to.end();
    if (mine && board_.first_time(outgoing.id)) show(outgoing);
    co_return Result<>{};
}

void ConsoleDesk::show(const Outgoing& outgoing) {
    if (const Card* card = std::get_if<Card>(&outgoing.body)) {
        const Shown* shown = board_.put(*card);
        if (!shown) return;
        if (outgoing.notify) options_.print(options_.prompt ? "\n\a" : "\n");
        options_.print(render(shown->card, shown->number, options_.clock(), options_.look));
    } else if (const Form* form = std::get_if<Form>(&outgoing.body)) {
        form_.emplace(*form);
        say(form->title);
        if (!form_->done())
            say(form_->question());
        else
            say(fmt::format("Press Enter: {}. Or cancel.", form->submit));
    } else if (const Notice* notice = std::get_if<Notice>(&outgoing.body)) {
        say(notice->text);
    } else if (const Letter* letter = std::get_if<Letter>(&outgoing.body)) {
        if (outgoing.notify) options_.print(options_.prompt ? "\n\a" : "\n");
        options_.print(render(*letter, options_.look));
    }
    prompt();
}

ConsoleDesk::Answer ConsoleDesk::hear(std::string_view line) {
    if (to_confirm_) return hear_confirmation(line);
    if (form_) return hear_form(line);
    return hear_command(line);
}

ConsoleDesk::Answer ConsoleDesk::hear_command(std::string_view line) {
    Intent intent = understand(line, board_);
    if (const auto* list_cards = std::get_if<ListCards>(&intent)) list(list_cards->all);
    if (const auto* card = std::get_if<ShowCard>(&intent))
        options_.print(
            render(board_.find(card->number)->card, card->number, options_.clock(), options_.look));
    if (const auto* link = std::get_if<OpenLink>(&intent))
        options_.print(tame(link->url, Breaks::join) + "\n");
    if (std::holds_alternative<Help>(intent)) options_.print(std::string{help_text()} + "\n");
    if (std::holds_alternative<WhoAmI>(intent))
        say(fmt::format("This is the desk of {} ({}, {}).", options_.staff.id, options_.staff.platform,
                        options_.staff.realm));
    if (const auto* complaint = std::get_if<Complaint>(&intent)) say(complaint->text);
    if (std::holds_alternative<Quit>(intent)) return {std::nullopt, true};
    auto* press = std::get_if<Press>(&intent);
    if (!press) return {};
    if (!press->confirm.empty()) {
        say(press->confirm + " (yes or no)");
        to_confirm_ = std::move(*press);
        return {};
    }
    return {action_of(std::move(press->card), std::move(press->button), std::move(press->values))};
}

ConsoleDesk::Answer ConsoleDesk::hear_confirmation(std::string_view line) {
    Press press = std::move(*to_confirm_);
    to_confirm_.reset();
    const auto first = line.find_first_not_of(" \t");
    if (first == std::string_view::npos || (line[first] != 'y' && line[first] != 'Y')) {
        say("Nothing was done.");
        return {};
    }
    return {action_of(std::move(press.card), std::move(press.button), std::move(press.values))};
}

ConsoleDesk::Answer ConsoleDesk::hear_form(std::string_view line) {
    if (line == "cancel") {
        form_.reset();
        say("Nothing was done.");
        return {};
    }
    if (!form_->done()) {
        if (const std::string wrong = form_->answer(line); !wrong.empty()) say(wrong);
        if (!form_->done()) {
            say(form_->question());
            return {};
        }
    }
    const FormDialog filled = std::move(*form_);
    form_.reset();
    return {action_of(filled.form().card, filled.form().id, filled.values())};
}

Action ConsoleDesk::action_of(std::string card, std::string button,
                              std::map<std::string, std::string> values) {
    Action action;
    action.id = options_.random_id();
    action.by = options_.staff;
    action.card = std::move(card);
    action.button = std::move(button);
    action.values = std::move(values);
    action.at = options_.clock();
    return action;
}

void ConsoleDesk::list(bool all) {
    const std::vector<const Shown*> cards = board_.cards(all);
    if (cards.empty())
        return say(all ? "No cards yet." : "Nobody waits for you. (list all shows what is over.)");
    for (const Shown* card : cards) options_.print(render_line(card->card, card->number, options_.look));
}

void ConsoleDesk::say(std::string_view words) {
    options_.print(render_words(words, options_.look));
}

void ConsoleDesk::prompt() {
    if (options_.prompt) options_.print("> ");
}

}  // namespace rapport::console
