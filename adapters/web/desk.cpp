#include <boost/asio/this_coro.hpp>
#include <utility>

#include "adapters/web/chat.hpp"
#include "adapters/web/protocol.hpp"
#include "adapters/web/text.hpp"

namespace rapport::web {
namespace asio = boost::asio;

namespace {

class DeskSession {
public:
    DeskSession(std::shared_ptr<Hub> hub, std::shared_ptr<Tab> tab)
        : hub_(std::move(hub)), tab_(std::move(tab)) {}

    /// False if the frame did not come from our page.
    asio::awaitable<bool> take(const std::string& text) {
        Result<DeskFrame> frame = decode_desk(text);
        if (!frame) co_return false;
        if (IAm* iam = std::get_if<IAm>(&*frame)) {
            co_await sit_down(std::move(*iam));
            co_return true;
        }
        if (tab_->staff.empty()) co_return false;
        if (Press* pressed = std::get_if<Press>(&*frame)) co_await press(std::move(*pressed));
        if (AskOffice* asked = std::get_if<AskOffice>(&*frame)) co_await ask(std::move(*asked));
        if (WantPicture* wanted = std::get_if<WantPicture>(&*frame)) co_await picture(std::move(*wanted));
        if (Dismiss* dismissed = std::get_if<Dismiss>(&*frame)) co_await dismiss(std::move(*dismissed));
        if (Open* opened = std::get_if<Open>(&*frame)) co_await open(std::move(*opened));
        if (Say* said = std::get_if<Say>(&*frame)) co_await say(std::move(*said));
        if (std::holds_alternative<Leave>(*frame)) tab_->visitor.clear();
        co_return true;
    }

private:
    asio::awaitable<void> sit_down(IAm iam) {
        const RosterEntry* listed = hub_->staffer(iam.name);
        if (listed == nullptr) {
            tab_->send(
                encode_trouble("\"" + iam.name + "\" is not on the team's list. Please choose again."));
            co_return;
        }
        const RosterEntry me = *listed;  // the list may change below
        tab_->staff = me.name;
        tab_->name = me.full_name.empty() ? me.name : me.full_name;
        tab_->visitor.clear();
        tab_->holding = true;
        auto recent = co_await hub_->transcripts.recent(hub_->config.limits.conversations);
        tab_->holding = false;
        tab_->send(encode_desk(me, hub_->config.realm, hub_->cards_of(me.name),
                               recent ? *recent : std::vector<ConversationSummary>{}));
        if (!recent)
            tab_->send(encode_trouble("The conversations cannot be listed just now: " + recent.error().what));
        tab_->release();
        co_await lay_out_letters();
        hub_->hand_over_waiting(*tab_);
    }

    /// One by one, as the page reads them. What comes or is dismissed meanwhile is told to the page as well.
    asio::awaitable<void> lay_out_letters() {
        const std::vector<std::string> ids = hub_->letters.of(tab_->staff);
        tab_->send(encode_letters(ids));
        for (const std::string& id : ids) {
            const KeptLetter* letter = hub_->letters.find(id, tab_->staff);
            if (letter == nullptr || tab_->socket == nullptr) continue;
            const Result<> sent = co_await tab_->socket->send(encode_letter(*letter, false));
            if (!sent) co_return;
        }
    }

    asio::awaitable<void> picture(WantPicture wanted) {
        const KeptLetter* letter = hub_->letters.find(wanted.letter, tab_->staff);
        if (letter == nullptr || letter->image.empty() || tab_->socket == nullptr) co_return;
        co_await tab_->socket->send(encode_picture(*letter));
    }

    asio::awaitable<void> dismiss(Dismiss dismissed) {
        const Result<> gone = co_await hub_->dismiss(std::move(dismissed.letter), tab_->staff);
        if (!gone) tab_->send(encode_trouble("The letter may come back: " + gone.error().what));
    }

    asio::awaitable<void> ask(AskOffice asked) {
        if (hub_->office == nullptr) {
            tab_->send(encode_trouble("Nobody answers that here. Please ask Rapport in Slack."));
            tab_->send(encode_asked(asked.id));
            co_return;
        }
        Ask question;
        question.id = "web:" + asked.id;
        question.kind = asked.is_form ? Ask::Kind::form : Ask::Kind::button;
        question.by = hub_->staff_account(tab_->staff);
        question.name = std::move(asked.name);
        question.values = std::move(asked.values);
        question.at = hub_->config.clock();
        const Answer answer = co_await hub_->office->ask(std::move(question));
        if (const Page* page = std::get_if<Page>(&answer)) tab_->send(encode_page(*page));
        if (const Form* form = std::get_if<Form>(&answer)) tab_->send(encode_form(*form, true));
        if (const FormErrors* errors = std::get_if<FormErrors>(&answer))
            tab_->send(encode_form_errors(*errors));
        tab_->send(encode_asked(asked.id));
    }

    asio::awaitable<void> press(Press pressed) {
        Action action;
        action.id = pressed.id;
        action.by = hub_->staff_account(tab_->staff);
        action.card = std::move(pressed.card);
        action.button = std::move(pressed.button);
        action.values = std::move(pressed.values);
        action.at = hub_->config.clock();
        Event event = hub_->event(std::move(action));
        auto durable = [id = std::move(pressed.id)](Hub&, Tab* page) {
            if (page != nullptr) page->send(encode_pressed(id));
        };
        co_await hub_->put(tab_, std::move(event), std::move(durable));
    }

    asio::awaitable<void> open(Open opened) {
        const std::size_t limit = hub_->config.limits.lines;
        tab_->visitor = opened.channel;
        tab_->holding = true;
        auto lines = co_await hub_->transcripts.lines({"web", hub_->config.realm, opened.channel},
                                                      opened.after, limit);
        tab_->holding = false;
        if (lines) {
            const bool whole = opened.after.empty() || lines->size() >= limit;
            tab_->send(encode_transcript(opened.channel, *lines, whole));
        } else {
            tab_->send(encode_trouble("This conversation cannot be shown just now: " + lines.error().what));
        }
        tab_->release();
    }

    asio::awaitable<void> say(Say said) {
        if (const std::string wrong = wrong_with_text(said.text, hub_->config.limits.text); !wrong.empty()) {
            tab_->send(encode_refused(said.id, wrong));
            co_return;
        }
        Message message = hub_->blank_message(said.channel);
        message.id = said.id;
        message.text = std::move(said.text);
        message.reply_to = std::move(said.reply_to);
        message.role = said.as_brand ? "brand" : "staff";
        message.author.key = said.as_brand ? hub_->brand_account() : hub_->staff_account(tab_->staff);
        message.author.handle = said.as_brand ? "brand" : tab_->staff;
        message.author.name = said.as_brand ? hub_->config.brand_name : tab_->name;
        const Line line{message.id,          message.author.key,
                        message.author.name, said.as_brand ? Who::brand : Who::staff,
                        message.text,        message.at};
        Event event = hub_->event(MessagePosted{std::move(message)});
        auto durable = [line, visitor = said.channel](Hub& hub, Tab* page) {
            if (page != nullptr) page->send(encode_sent(line.id, line.at));
            hub.announce(visitor, {}, line);
        };
        co_await hub_->put(tab_, std::move(event), std::move(durable));
    }

    std::shared_ptr<Hub> hub_;
    std::shared_ptr<Tab> tab_;
};

/// Whether the page's first frame brings the token; if not, the socket is closed with words.
asio::awaitable<bool> may_enter(Hub& hub, const std::string& remote, net::WebSocket& socket) {
    const Result<std::string> first = co_await first_frame(socket);
    if (!first) co_return false;
    if (!hub.hellos_per_address.allow(remote, hub.config.clock())) {
        co_await socket.close(net::CloseCode::try_again_later, "too many connections at once");
        co_return false;
    }
    Result<DeskFrame> frame = decode_desk(*first);
    const DeskHello* hello = frame ? std::get_if<DeskHello>(&*frame) : nullptr;
    const bool open = hub.config.token.size() >= 16;
    if (open && hello != nullptr && same_secret(hello->token, hub.config.token)) co_return true;
    co_await socket.close(close_refused,
                          open ? "This key does not open the desk. Use the link that Rapport printed."
                               : "The desk is closed: no token is configured.");
    co_return false;
}

}  // namespace

asio::awaitable<void> serve_desk(std::shared_ptr<Hub> hub, net::Request request, net::WebSocket& socket) {
    const bool enters = co_await may_enter(*hub, request.remote, socket);
    if (!enters) co_return;
    const auto tab = std::make_shared<Tab>(socket, co_await asio::this_coro::executor);
    tab->remote = request.remote;
    const Presence here{hub, tab, true};
    DeskSession session{hub, tab};
    tab->send(encode_roster(hub->config));
    for (;;) {
        const Result<std::string> text = co_await socket.read();
        if (!text) co_return;
        const bool understood = co_await session.take(*text);
        if (!understood) {
            co_await socket.close(net::CloseCode::policy, "not understood");
            co_return;
        }
    }
}

}  // namespace rapport::web
