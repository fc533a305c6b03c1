#include "support/web_pages.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "adapters/net/cancelled.hpp"
#include "adapters/net/client.hpp"

namespace rapport::test {

namespace asio = boost::asio;
namespace json = boost::json;

namespace {

std::string string_of(const json::object& from, std::string_view name) {
    return std::string(from.at(name).as_string());
}

void put_line(std::vector<ShownLine>& lines, const json::object& line) {
    ShownLine shown{string_of(line, "id"), string_of(line, "author"), string_of(line, "who"),
                    string_of(line, "text")};
    const auto same =
        std::find_if(lines.begin(), lines.end(), [&](const ShownLine& one) { return one.id == shown.id; });
    if (same != lines.end())
        *same = std::move(shown);
    else
        lines.push_back(std::move(shown));
}

/// A transcript or a welcome: all there is, or what has come since.
void put_lines(std::vector<ShownLine>& lines, const json::object& frame) {
    if (frame.at("whole").as_bool()) lines.clear();
    for (const json::value& line : frame.at("lines").as_array()) put_line(lines, line.as_object());
}

}  // namespace

// ------------------------------------------------------------------------------------------ any page

void WebPage::open(const std::string& server) {
    connected_ = true;
    seated_ = false;
    echo_ = echo_heard_ = 0;
    asio::co_spawn(io_, run(server + path()),
                   asio::bind_cancellation_slot(stop_.slot(), [this](const std::exception_ptr& thrown) {
                       if (thrown && !net::was_cancelled(thrown)) {
                           try {
                               std::rethrow_exception(thrown);
                           } catch (const std::exception& error) {
                               fail(error.what());
                           }
                       }
                       socket_ = nullptr;
                       connected_ = seated_ = false;
                       echo_heard_ = echo_;
                   }));
}

void WebPage::cut() {
    if (connected_) stop_.emit(asio::cancellation_type::terminal);
}

asio::awaitable<void> WebPage::run(std::string url) {
    Result<net::WebSocket> socket = co_await net::connect_websocket(std::move(url));
    if (!socket) {
        fail(socket.error().what);
        co_return;
    }
    socket_ = &*socket;
    send(hello());
    for (;;) {
        const Result<std::string> text = co_await socket_->read();
        if (!text) {
            if (socket_->close_code() >= 1002) fail(text.error().what);
            co_return;
        }
        const json::object frame = json::parse(*text).as_object();
        if (is_echo(frame)) {
            ++echo_heard_;
        } else {
            ++heard_;
            take(frame);
        }
    }
}

void WebPage::send(const json::object& frame) {
    if (socket_ != nullptr && !socket_->try_send(json::serialize(frame))) fail("the page could not send");
}

void WebPage::fail(std::string what) {
    if (problem_.empty()) problem_ = std::move(what);
}

void WebPage::echo() {
    if (socket_ == nullptr) return;
    ++echo_;
    send(echo_frame());
}

// ------------------------------------------------------------------------------------------ the desk

json::object DeskPage::hello() const {
    return {{"type", "hello"}, {"token", token_}};
}

/// Nobody of that name is on the list, which is all that the server says of it.
json::object DeskPage::echo_frame() const {
    return {{"type", "iam"}, {"name", "nobody-of-that-name"}};
}
bool DeskPage::is_echo(const json::object& frame) const {
    return string_of(frame, "type") == "trouble" &&
           string_of(frame, "text").find("nobody-of-that-name") != std::string::npos;
}

void DeskPage::take(const json::object& frame) {
    const std::string type = string_of(frame, "type");
    if (type == "roster") return take_roster(frame);
    if (type == "desk") return take_cards(frame);
    if (type == "card") return take_card(frame);
    if (type == "notice") {
        notices[string_of(frame, "action")] = string_of(frame, "text");
    } else if (type == "pressed") {
        unconfirmed.erase(string_of(frame, "id"));
        presses_.erase(string_of(frame, "id"));
    } else if (type == "conversation") {
        const json::object& one = frame.at("conversation").as_object();
        conversations[string_of(one, "channel")] = string_of(one.at("last").as_object(), "text");
    } else if (type == "transcript") {
        if (string_of(frame, "channel") == open_) put_lines(lines, frame);
    } else if (type == "line") {
        if (string_of(frame, "channel") == open_) put_line(lines, frame.at("line").as_object());
    } else if (type == "sent") {
        unconfirmed.erase(string_of(frame, "id"));
    } else if (type == "letters") {
        std::erase_if(letters, [&](const auto& one) {
            const json::array& ids = frame.at("ids").as_array();
            return std::none_of(ids.begin(), ids.end(),
                                [&](const json::value& id) { return id.as_string() == one.first; });
        });
    } else if (type == "letter") {
        const json::object& letter = frame.at("letter").as_object();
        letters[string_of(letter, "id")] = letter.at("page").as_object();
    } else if (type == "dismissed") {
        letters.erase(string_of(frame, "letter"));
    } else if (type == "asked") {
        unconfirmed.erase(string_of(frame, "id"));
    } else if (type == "page") {
        ++answers;
    } else if (type != "picture") {
        fail("the desk was told: " + json::serialize(frame));
    }
}

/// Sits down, as whoever was remembered; whoever is not on the list any more sees nothing.
void DeskPage::take_roster(const json::object& frame) {
    const json::array& staff = frame.at("staff").as_array();
    const bool listed = std::any_of(staff.begin(), staff.end(), [&](const json::value& one) {
        return string_of(one.as_object(), "name") == staffer_;
    });
    if (listed) return send({{"type", "iam"}, {"name", staffer_}});
    cards.clear();
    letters.clear();
    conversations.clear();
    now_seated();
}

void DeskPage::take_cards(const json::object& frame) {
    cards.clear();
    sounds.clear();
    for (const json::value& card : frame.at("cards").as_array())
        cards[string_of(card.as_object(), "id")] = card.as_object();
    conversations.clear();
    for (const json::value& each : frame.at("conversations").as_array()) {
        const json::object& one = each.as_object();
        conversations.try_emplace(string_of(one, "channel"), string_of(one.at("last").as_object(), "text"));
    }
    for (const auto& [id, press] : presses_) send(json::parse(press).as_object());
    if (!open_.empty()) look_at(open_);
    now_seated();
}

/// Edited in place; an older revision changes nothing.
void DeskPage::take_card(const json::object& frame) {
    const json::object& card = frame.at("card").as_object();
    const std::string id = string_of(card, "id");
    if (frame.at("notify").as_bool()) ++sounds[id];
    const auto before = cards.find(id);
    if (before == cards.end())
        cards.emplace(id, card);
    else if (before->second.at("revision").as_int64() <= card.at("revision").as_int64())
        before->second = card;
}

void DeskPage::press(const std::string& id, const std::string& card, const std::string& button,
                     const std::map<std::string, std::string>& values) {
    json::object given;
    for (const auto& [name, value] : values) given[name] = value;
    const json::object frame{
        {"type", "press"}, {"id", id}, {"card", card}, {"button", button}, {"values", std::move(given)}};
    unconfirmed.insert(id);
    presses_[id] = json::serialize(frame);
    if (seated()) send(frame);
}

void DeskPage::look_at(const std::string& visitor) {
    if (open_ != visitor) lines.clear();
    open_ = visitor;
    send({{"type", "open"}, {"channel", visitor}, {"after", lines.empty() ? "" : lines.back().id}});
}

void DeskPage::say(const std::string& id, const std::string& visitor, const std::string& text,
                   const std::string& reply_to, bool as_brand) {
    unconfirmed.insert(id);
    send({{"type", "say"},
          {"id", id},
          {"channel", visitor},
          {"text", text},
          {"reply_to", reply_to},
          {"as_brand", as_brand}});
}

void DeskPage::ask(const std::string& id, const std::string& button,
                   const std::map<std::string, std::string>& values) {
    json::object given;
    for (const auto& [name, value] : values) given[name] = value;
    unconfirmed.insert(id);
    send({{"type", "ask"}, {"id", id}, {"form", false}, {"name", button}, {"values", std::move(given)}});
}

namespace {

bool is_among(const json::array& buttons, std::string_view button, std::string_view choice) {
    for (const json::value& each : buttons) {
        const json::object& one = each.as_object();
        if (string_of(one, "id") != button || !string_of(one, "url").empty()) continue;
        const json::array& options = one.at("options").as_array();
        return options.empty() == choice.empty() &&
               (choice.empty() || std::any_of(options.begin(), options.end(), [&](const json::value& option) {
                    return string_of(option.as_object(), "value") == choice;
                }));
    }
    return false;
}

}  // namespace

bool DeskPage::has_button(const std::string& card, std::string_view button, std::string_view choice) const {
    const auto shown = cards.find(card);
    return shown != cards.end() && is_among(shown->second.at("buttons").as_array(), button, choice);
}

bool DeskPage::letter_has_button(const std::string& letter, std::string_view button,
                                 std::string_view choice) const {
    const auto shown = letters.find(letter);
    if (shown == letters.end()) return false;
    const json::array& parts = shown->second.at("parts").as_array();
    return std::any_of(parts.begin(), parts.end(), [&](const json::value& part) {
        return is_among(part.as_object().at("buttons").as_array(), button, choice);
    });
}

// ------------------------------------------------------------------------------------------ a visitor

json::object VisitorPage::hello() const {
    return {{"type", "hello"},      {"secret", secret_},
            {"name", name_},        {"after", lines.empty() ? "" : lines.back().id},
            {"email", vouch.email}, {"until", vouch.until},
            {"proof", vouch.proof}};
}

/// An empty message is refused, and that is all.
json::object VisitorPage::echo_frame() const {
    return {{"type", "say"}, {"id", "0000000000000-echoecho"}, {"text", ""}};
}
bool VisitorPage::is_echo(const json::object& frame) const {
    return string_of(frame, "type") == "refused" && string_of(frame, "id") == "0000000000000-echoecho";
}

void VisitorPage::take(const json::object& frame) {
    const std::string type = string_of(frame, "type");
    if (type == "welcome") {
        put_lines(lines, frame);
        for (const auto& [id, text] : unsent) send({{"type", "say"}, {"id", id}, {"text", text}});
        now_seated();
    } else if (type == "line") {
        put_line(lines, frame.at("line").as_object());
        unsent.erase(string_of(frame.at("line").as_object(), "id"));
    } else if (type == "sent") {
        unsent.erase(string_of(frame, "id"));
    } else {
        fail("the visitor was told: " + json::serialize(frame));
    }
}

void VisitorPage::say(const std::string& id, const std::string& text) {
    unsent[id] = text;
    if (seated()) send({{"type", "say"}, {"id", id}, {"text", text}});
}

// ------------------------------------------------------------------------------------------ cards in words

std::string in_words(const json::object& card) {
    std::string words = fmt::format("{} revision {} {}\n{}\n{}\n", string_of(card, "id"),
                                    card.at("revision").to_number<int>(), string_of(card, "tone"),
                                    string_of(card, "title"), string_of(card, "status"));
    for (const json::value& each : card.at("fields").as_array())
        words += fmt::format("{}: {}\n", string_of(each.as_object(), "label"),
                             string_of(each.as_object(), "text"));
    for (const json::value& each : card.at("quotes").as_array()) {
        const json::object& one = each.as_object();
        const json::value* at = one.if_contains("at");
        words += fmt::format("\"{}\" {} {} {}\n", string_of(one, "text"), string_of(one, "author"),
                             string_of(one, "link"), at ? at->as_int64() : -1);
    }
    for (const json::value& each : card.at("buttons").as_array()) {
        const json::object& one = each.as_object();
        words += fmt::format("[{} {} {} {} {}", string_of(one, "id"), string_of(one, "label"),
                             string_of(one, "style"), string_of(one, "url"), string_of(one, "confirm"));
        for (const json::value& option : one.at("options").as_array())
            words += fmt::format(" | {} {}", string_of(option.as_object(), "label"),
                                 string_of(option.as_object(), "value"));
        words += "]\n";
    }
    for (const json::value& each : card.at("history").as_array())
        words +=
            fmt::format("{} {}\n", each.as_object().at("at").as_int64(), string_of(each.as_object(), "text"));
    return words;
}

std::string in_words(const Card& card) {
    constexpr std::array tones{"asking", "claimed", "waiting", "done", "closed"};
    constexpr std::array styles{"normal", "primary", "danger"};
    std::string words = fmt::format("{} revision {} {}\n{}\n{}\n", card.id, card.revision,
                                    tones[std::size_t(card.tone)], card.title, card.status);
    for (const Field& field : card.fields) words += fmt::format("{}: {}\n", field.label, field.text);
    for (const Quote& quote : card.quotes)
        words += fmt::format("\"{}\" {} {} {}\n", quote.text, quote.author, quote.link,
                             quote.at ? quote.at->time_since_epoch().count() : -1);
    for (const Button& button : card.buttons) {
        words += fmt::format("[{} {} {} {} {}", button.id, button.label, styles[std::size_t(button.style)],
                             button.url, button.confirm);
        for (const Option& option : button.options)
            words += fmt::format(" | {} {}", option.label, option.value);
        words += "]\n";
    }
    for (const HistoryLine& line : card.history)
        words += fmt::format("{} {}\n", line.at.time_since_epoch().count(), line.text);
    return words;
}

}  // namespace rapport::test
