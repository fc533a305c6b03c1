#include "adapters/slack/counter.hpp"

#include <fmt/format.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "adapters/slack/api/calls.hpp"
#include "adapters/slack/events/fields.hpp"
#include "adapters/slack/events/history.hpp"

namespace rapport::slack {

namespace asio = boost::asio;
namespace json = boost::json;

namespace {

constexpr std::size_t most_tasks = 200;
/// After that long without an answer a "one moment" opens, while the trigger is still good.
constexpr std::chrono::milliseconds patience{700};
/// After that long the acknowledgement goes without the answer: Slack shows an error after three seconds.
constexpr std::chrono::milliseconds longest_silence{2'200};
constexpr std::chrono::minutes longest_answer{2};

json::object as_message(const rapport::Answer& answer) {
    if (const Page* page = std::get_if<Page>(&answer)) return page_message(*page);
    if (const FormErrors* errors = std::get_if<FormErrors>(&answer))
        return notice_message(errors->empty() ? "" : errors->begin()->second);
    return {};
}

}  // namespace

struct Counter::Awaited {
    explicit Awaited(asio::any_io_executor executor)
        : done(executor, asio::steady_timer::time_point::max()), limit(executor) {}

    /// Waits for the answer, for at most that long; whether it is there. One waits at a time.
    asio::awaitable<bool> wait(std::chrono::milliseconds most) {
        if (answer) co_return true;
        limit.expires_after(most);
        limit.async_wait([this, here = alive](boost::system::error_code error) {
            if (!error && *here) done.cancel();
        });
        co_await done.async_wait(asio::as_tuple(asio::use_awaitable));
        limit.cancel();
        const auto state = co_await asio::this_coro::cancellation_state;
        if (state.cancelled() != asio::cancellation_type::none)
            throw boost::system::system_error(asio::error::operation_aborted);
        co_return answer.has_value();
    }
    ~Awaited() { *alive = false; }

    std::optional<rapport::Answer> answer{};
    asio::steady_timer done;
    asio::steady_timer limit;
    std::shared_ptr<bool> alive = std::make_shared<bool>(true);
};

Counter::Counter(asio::any_io_executor executor, Workspace& workspace, events::Directory& directory,
                 CardDesk& cards)
    : workspace_(workspace), directory_(directory), cards_(cards), tasks_(executor) {}

asio::awaitable<void> Counter::run() {
    asio::steady_timer forever{co_await asio::this_coro::executor, asio::steady_timer::time_point::max()};
    co_await forever.async_wait(asio::as_tuple(asio::use_awaitable));
    tasks_.cancel();
    // Nothing may be under way when this ends: the adapter may go next.
    co_await asio::this_coro::throw_if_cancelled(false);
    co_await tasks_.wait();
    throw boost::system::system_error(asio::error::operation_aborted);
}

Lookups Counter::lookups() {
    Lookups lookups;
    lookups.home = [this](const Id& user) { return directory_.home(workspace_.installation, user); };
    lookups.message = [this](const json::object& message, const Id& channel) -> std::optional<Message> {
        const json::object answer{{"messages", json::array{message}}};
        events::Knowledge knowledge{workspace_.installation, directory_, {}, nullptr};
        events::HistoryPage page = events::read_history(answer, channel, "", knowledge);
        for (Event& event : page.events)
            if (MessagePosted* posted = std::get_if<MessagePosted>(&event.body))
                return std::move(posted->message);
        return std::nullopt;
    };
    return lookups;
}

std::string Counter::next_id() {
    return fmt::format("{}:{}:{}", workspace_.config.name, workspace_.now().time_since_epoch().count(),
                       ++asked_);
}

bool Counter::receive(Inbox& inbox, Delivery& delivery) {
    if (tasks_.size() >= most_tasks) return false;
    if (delivery.kind == DeliveryKind::command)
        start(command(std::move(delivery)));
    else
        start(interaction(inbox, std::move(delivery)));
    return true;
}

void Counter::home(Id user, AccountKey by) {
    if (tasks_.size() < most_tasks) start(publish(std::move(user), std::move(by)));
}

void Counter::words(events::DirectMessageToUs said, std::function<void()> answered) {
    start(answer_words(std::move(said), std::move(answered)));
}

std::shared_ptr<Counter::Awaited> Counter::ask_office(Ask ask) {
    auto awaited = std::make_shared<Awaited>(workspace_.executor);
    start(fill(awaited, std::move(ask)));
    return awaited;
}

asio::awaitable<void> Counter::fill(std::shared_ptr<Awaited> awaited, Ask ask) {
    awaited->answer = co_await workspace_.office.ask(std::move(ask));
    awaited->done.cancel();
}

// ------------------------------------------------------------------------------------------------- presses

asio::awaitable<void> Counter::interaction(Inbox& inbox, Delivery delivery) {
    Interaction understood =
        understand_interaction(delivery.payload, workspace_.installation, lookups(), delivery.received);
    auto acknowledge = std::make_shared<Acknowledge>(std::move(delivery.acknowledge));
    for (Meaning& one : understood.meanings)
        co_await meaning(inbox, std::move(one), understood.reply, acknowledge, delivery.takes_payload);
}

asio::awaitable<void> Counter::meaning(Inbox& inbox, Meaning meaning, Reply reply, Shared acknowledge,
                                       bool takes_payload) {
    if (Action* action = std::get_if<Action>(&meaning)) {
        press(inbox, std::move(*action), std::move(reply), acknowledge);
    } else if (Ask* ask = std::get_if<Ask>(&meaning)) {
        if (ask->kind == Ask::Kind::form) {
            co_await submitted(std::move(*ask), std::move(reply), acknowledge, takes_payload);
        } else {
            (*acknowledge)();
            if (ask->kind == Ask::Kind::changed)
                co_await changed(std::move(*ask), std::move(reply));
            else
                co_await pressed(std::move(*ask), std::move(reply));
        }
    } else if (OwnForm* form = std::get_if<OwnForm>(&meaning)) {
        (*acknowledge)();
        co_await open(std::move(*form), std::move(reply));
    } else if (std::holds_alternative<OptionsRequest>(meaning)) {
        (*acknowledge)(options_ack({}));
    } else {
        (*acknowledge)();
    }
}

/// Acknowledged once it is durable; the notice finds its way back by the action's id.
void Counter::press(Inbox& inbox, Action action, Reply reply, Shared acknowledge) {
    if (reply.channel.empty() && !reply.extra.empty()) reply.channel = reply.extra;  // from a form of ours
    cards_.expect_notice(action.id, std::move(reply));
    Event event;
    event.seen = action.at;
    event.source = workspace_.config.name;
    event.body = std::move(action);
    Acked acked = [acknowledge] { (*acknowledge)(); };
    if (!inbox.try_put(event, acked)) start(put(inbox, std::move(event), acknowledge));
}

asio::awaitable<void> Counter::put(Inbox& inbox, Event event, Shared acknowledge) {
    co_await inbox.put(std::move(event), [acknowledge] { (*acknowledge)(); });
}

asio::awaitable<void> Counter::open(OwnForm form, Reply reply) {
    if (!workspace_.config.is_staff(form.by, workspace_.now())) co_return;
    const ApiResult<json::object> opened =
        co_await views_open(workspace_.api, reply.trigger, own_form_view(form, reply.channel));
    if (opened) co_return;
    workspace_.log(opened.error().what);
    co_await whisper(notice_message("Slack did not let me open the form in time. Please press once more."),
                     std::move(reply));
}

/// A button of a page, or a shortcut.
asio::awaitable<void> Counter::pressed(Ask ask, Reply reply) {
    const AccountKey by = ask.by;
    const bool opens_view = reply.from != Surface::message && reply.from != Surface::modal;
    const bool at_home = reply.from == Surface::home;
    // Somebody who is not on the team sees nothing at all, not even "one moment".
    if (!workspace_.config.is_staff(by, workspace_.now())) co_return;
    const auto awaited = ask_office(std::move(ask));
    std::optional<Id> view;
    if (reply.from == Surface::modal) view = reply.view;
    if (!co_await awaited->wait(patience) && opens_view) {
        ApiResult<json::object> opened =
            co_await views_open(workspace_.api, reply.trigger, loading_view("Rapport"));
        if (opened)
            if (const json::object* made = events::object_in(*opened, "view"))
                view = Id(events::text(*made, "id"));
    }
    if (!co_await awaited->wait(longest_answer)) co_return;
    const Id user = reply.user;
    co_await show(std::move(*awaited->answer), std::move(reply), std::move(view));
    if (at_home) co_await publish(user, by);
}

/// A field that the rest of the form hangs on was changed.
asio::awaitable<void> Counter::changed(Ask ask, Reply reply) {
    rapport::Answer answer = co_await workspace_.office.ask(std::move(ask));
    const Form* form = std::get_if<Form>(&answer);
    if (!form) co_return;
    FormState state;
    state.round = reply.round + 1;
    state.extra = reply.extra;
    const ApiResult<json::object> updated =
        co_await views_update(workspace_.api, reply.view, form_view(*form, state), reply.hash);
    if (!updated) workspace_.log(updated.error().what);
}

asio::awaitable<void> Counter::submitted(Ask ask, Reply reply, Shared acknowledge, bool takes_payload) {
    const AccountKey by = ask.by;
    if (!workspace_.config.is_staff(by, workspace_.now())) co_return (*acknowledge)();
    const auto awaited = ask_office(std::move(ask));
    if (co_await awaited->wait(longest_silence)) {
        const bool fits = takes_payload || std::holds_alternative<std::monostate>(*awaited->answer);
        if (fits) co_return (*acknowledge)(submission_ack(*awaited->answer, reply));
        (*acknowledge)();
        co_return co_await whisper(as_message(*awaited->answer), std::move(reply));
    }
    (*acknowledge)(takes_payload ? std::optional{update_ack(loading_view("Rapport"))} : std::nullopt);
    if (co_await awaited->wait(longest_answer)) {
        reply.hash.clear();
        std::optional<Id> view = reply.view;
        co_await show(std::move(*awaited->answer), std::move(reply), std::move(view));
    }
}

// ------------------------------------------------------------------------------------------------ commands

asio::awaitable<void> Counter::command(Delivery delivery) {
    Interaction understood =
        understand_command(delivery.payload, workspace_.installation, lookups(), delivery.received);
    auto acknowledge = std::make_shared<Acknowledge>(std::move(delivery.acknowledge));
    Ask* ask = std::get_if<Ask>(&understood.meanings.front());
    if (!ask) co_return (*acknowledge)();
    const auto awaited = ask_office(std::move(*ask));
    if (!co_await awaited->wait(longest_silence)) {
        (*acknowledge)();
        if (!co_await awaited->wait(longest_answer)) co_return;
    }
    rapport::Answer& answer = *awaited->answer;
    json::object message = as_message(answer);
    if (!message.empty() && acknowledge->pending() && delivery.takes_payload) {
        message["response_type"] = "ephemeral";
        co_return (*acknowledge)(std::move(message));
    }
    (*acknowledge)();
    co_await show(std::move(answer), std::move(understood.reply), std::nullopt);
}

asio::awaitable<void> Counter::answer_words(events::DirectMessageToUs said, std::function<void()> answered) {
    Ask ask;
    ask.id = fmt::format("{}:{}:{}", workspace_.config.name, said.message.channel.key.id, said.message.id);
    ask.by = said.message.author.key;
    ask.text = std::move(said.words);
    ask.at = said.message.at;
    rapport::Answer answer = co_await workspace_.office.ask(std::move(ask));
    answered();
    json::object message = as_message(answer);
    if (const Form* form = std::get_if<Form>(&answer))  // a form wants a press or a command first
        message =
            notice_message(fmt::format("For “{}” I need a form, and Slack opens one only after a command. "
                                       "Please type it as /rapport here.",
                                       form->title));
    if (message.empty()) co_return;
    message["channel"] = said.message.channel.key.id;
    if (!said.message.thread.empty()) message["thread_ts"] = said.message.thread;
    const ApiResult<Posted> posted = co_await post_message(workspace_.api, std::move(message));
    if (!posted) workspace_.log(posted.error().what);
}

asio::awaitable<void> Counter::publish(Id user, AccountKey by) {
    Ask ask;
    ask.id = next_id();
    ask.kind = Ask::Kind::home;
    ask.by = std::move(by);
    ask.at = workspace_.now();
    const rapport::Answer answer = co_await workspace_.office.ask(std::move(ask));
    const Page* page = std::get_if<Page>(&answer);
    if (!page) co_return;
    const ApiResult<json::object> published =
        co_await views_publish(workspace_.api, std::move(user), home_view(*page));
    if (!published) workspace_.log(published.error().what);
}

// ------------------------------------------------------------------------------------------------- answers

asio::awaitable<void> Counter::show(rapport::Answer answer, Reply reply, std::optional<Id> view) {
    if (Page* page = std::get_if<Page>(&answer)) {
        co_await show_page(std::move(*page), std::move(reply), std::move(view));
    } else if (const Form* form = std::get_if<Form>(&answer)) {
        FormState state;
        state.round = view ? reply.round + 1 : 0;
        state.extra = reply.channel;
        co_await show_view(form_view(*form, state), std::move(reply), std::move(view));
    } else if (view) {  // "one moment" must not stay for ever
        const json::object words = as_message(answer);
        const json::value* text = words.if_contains("text");
        const std::string_view said =
            text && text->is_string() ? std::string_view{text->get_string()} : "Done.";
        co_await show_view(error_view("Rapport", said), std::move(reply), std::move(view));
    } else if (!std::holds_alternative<std::monostate>(answer)) {
        co_await whisper(as_message(answer), std::move(reply));
    }
}

asio::awaitable<void> Counter::show_page(Page page, Reply reply, std::optional<Id> view) {
    const bool beside_message = reply.from == Surface::message || !reply.response_url.empty();
    if (!view && beside_message) co_return co_await whisper(page_message(page), std::move(reply));
    co_await show_view(page_view(page), std::move(reply), std::move(view));
}

asio::awaitable<void> Counter::show_view(json::object view, Reply reply, std::optional<Id> into) {
    ApiResult<json::object> shown = json::object{};
    if (into)
        shown = co_await views_update(workspace_.api, *into, std::move(view));
    else
        shown = co_await views_open(workspace_.api, reply.trigger, std::move(view));
    if (shown) co_return;
    workspace_.log(shown.error().what);
    co_await whisper(notice_message("Slack did not let me show that in time. Please try once more."),
                     std::move(reply));
}

/// To one person alone: where they pressed, or in their direct message.
asio::awaitable<void> Counter::whisper(json::object message, Reply reply) {
    if (message.empty()) co_return;
    if (!reply.response_url.empty()) {
        json::object first = message;
        first["response_type"] = "ephemeral";
        first["replace_original"] = false;
        if (co_await workspace_.api.respond(reply.response_url, std::move(first))) co_return;
    }
    if (reply.user.empty()) co_return;
    message["channel"] = reply.user;
    const ApiResult<Posted> posted = co_await post_message(workspace_.api, std::move(message));
    if (!posted) workspace_.log(posted.error().what);
}

}  // namespace rapport::slack
