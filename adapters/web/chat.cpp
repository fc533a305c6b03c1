#include "adapters/web/chat.hpp"

#include <fmt/format.h>

#include <boost/asio/this_coro.hpp>

#include "adapters/net/with_timeout.hpp"
#include "adapters/web/protocol.hpp"
#include "adapters/web/text.hpp"
#include "adapters/web/vouch.hpp"

namespace rapport::web {
namespace asio = boost::asio;

std::string wrong_with_text(const std::string& text, std::size_t limit) {
    if (text.empty()) return "There is nothing to send yet.";
    const std::size_t length = characters(text);
    if (length <= limit) return {};
    return fmt::format("That is {} characters; {} fit into one message. Please send it in parts.", length,
                       limit);
}

asio::awaitable<Result<std::string>> first_frame(net::WebSocket& socket) {
    return net::with_timeout(socket.read(), std::chrono::seconds{10}, "waiting for the page's first words");
}

namespace {

class ChatSession {
public:
    ChatSession(std::shared_ptr<Hub> hub, std::shared_ptr<Tab> tab)
        : hub_(std::move(hub)), tab_(std::move(tab)) {}

    /// Tells the page who it is and what it missed.
    asio::awaitable<void> welcome(std::string after) {
        const std::size_t limit = hub_->config.limits.lines;
        tab_->holding = true;
        auto lines =
            co_await hub_->transcripts.lines({"web", hub_->config.realm, tab_->visitor}, after, limit);
        tab_->holding = false;
        if (lines) {
            // As many as asked for: there may be more between, so the page starts afresh with these.
            const bool whole = after.empty() || lines->size() >= limit;
            tab_->send(encode_welcome(hub_->config, tab_->visitor, tab_->name, *lines, whole));
        } else {
            tab_->send(encode_welcome(hub_->config, tab_->visitor, tab_->name, {}, false));
            tab_->send(
                encode_trouble("What was said before cannot be shown just now. You can write all the same."));
        }
        tab_->release();
    }

    /// Who came back and is signed in by now is known from then on.
    asio::awaitable<void> tell_who() {
        if (tab_->email.empty()) co_return;
        Event event = hub_->event(AccountChanged{account(), hub_->config.clock()});
        co_await hub_->put(tab_, std::move(event), [](Hub&, Tab*) {});
    }

    /// False if the frame did not come from our page.
    asio::awaitable<bool> take(const std::string& text) {
        Result<ChatFrame> frame = decode_chat(text);
        if (!frame) co_return false;
        if (Say* said = std::get_if<Say>(&*frame)) {
            co_await say(std::move(*said));
        } else if (Rename* renamed = std::get_if<Rename>(&*frame)) {
            co_await rename(std::move(*renamed));
        }
        co_return true;
    }

private:
    /// How long this visitor must wait; zero if they need not.
    std::chrono::milliseconds must_wait() {
        const Time now = hub_->config.clock();
        const auto wait = std::max(hub_->messages.wait(tab_->visitor, now),
                                   hub_->messages_per_address.wait(tab_->remote, now));
        if (wait.count() > 0) return wait;
        hub_->messages.allow(tab_->visitor, now);
        hub_->messages_per_address.allow(tab_->remote, now);
        return {};
    }

    Account account() const {
        Account account;
        account.key = hub_->visitor_account(tab_->visitor);
        account.handle = "visitor-" + tab_->visitor.substr(0, 6);
        account.name = tab_->name;
        account.email = tab_->email;
        return account;
    }

    asio::awaitable<void> say(Say said) {
        if (const std::string wrong = wrong_with_text(said.text, hub_->config.limits.text); !wrong.empty()) {
            tab_->send(encode_refused(said.id, wrong));
            co_return;
        }
        if (const auto wait = must_wait(); wait.count() > 0) {
            tab_->send(
                encode_refused(said.id, "That was a lot at once. It goes out again in a moment.", wait));
            co_return;
        }
        Message message = hub_->blank_message(tab_->visitor);
        message.id = said.id;
        message.author = account();
        message.text = std::move(said.text);
        const Line line{message.id, message.author.key, tab_->name, Who::visitor, message.text, message.at};
        Event event = hub_->event(MessagePosted{std::move(message)});
        auto durable = [visitor = tab_->visitor, line](Hub& hub, Tab* page) {
            if (page != nullptr) page->send(encode_sent(line.id, line.at));
            hub.announce(visitor, line.name, line);
        };
        co_await hub_->put(tab_, std::move(event), std::move(durable));
    }

    asio::awaitable<void> rename(Rename renamed) {
        const std::string name = clean_name(renamed.name, hub_->config.limits.name);
        if (name == tab_->name) co_return;
        if (must_wait().count() > 0) {
            tab_->send(encode_trouble("That was a lot at once. Please try the name again in a moment."));
            co_return;
        }
        tab_->name = name;
        Event event = hub_->event(AccountChanged{account(), hub_->config.clock()});
        co_await hub_->put(tab_, std::move(event), [](Hub&, Tab*) {});
    }

    std::shared_ptr<Hub> hub_;
    std::shared_ptr<Tab> tab_;
};

/// Reads the page's first frame; nothing if it may not come in, and then the socket is closed.
asio::awaitable<std::optional<ChatHello>> introduction(Hub& hub, const std::string& remote,
                                                       net::WebSocket& socket) {
    const Result<std::string> first = co_await first_frame(socket);
    if (!first) co_return std::nullopt;
    Result<ChatFrame> frame = decode_chat(*first);
    ChatHello* hello = frame ? std::get_if<ChatHello>(&*frame) : nullptr;
    if (hello == nullptr) {
        co_await socket.close(net::CloseCode::policy, "expected a hello");
        co_return std::nullopt;
    }
    if (!hub.hellos_per_address.allow(remote, hub.config.clock())) {
        co_await socket.close(net::CloseCode::try_again_later, "too many connections at once");
        co_return std::nullopt;
    }
    if (hub.tabs_of(visitor_id(hello->secret)) >= hub.config.limits.tabs) {
        co_await socket.close(close_too_many,
                              "This conversation is open in too many windows. Please close some.");
        co_return std::nullopt;
    }
    co_return std::move(*hello);
}

}  // namespace

asio::awaitable<void> serve_chat(std::shared_ptr<Hub> hub, net::Request request, net::WebSocket& socket) {
    std::optional<ChatHello> hello = co_await introduction(*hub, request.remote, socket);
    if (!hello) co_return;
    const auto tab = std::make_shared<Tab>(socket, co_await asio::this_coro::executor);
    tab->visitor = visitor_id(hello->secret);
    tab->remote = request.remote;
    tab->name = clean_name(hello->name, hub->config.limits.name);
    tab->email = vouched_email(hello->vouch, hub->config.site_secret, hub->config.clock());
    const Presence here{hub, tab, false};
    ChatSession session{hub, tab};
    co_await session.welcome(std::move(hello->after));
    co_await session.tell_who();
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
