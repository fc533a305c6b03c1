#pragma once

// The website's pages as the server sees them: a WebSocket client that says what our pages say, and keeps
// what they would show.

#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/json/object.hpp>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "adapters/event.hpp"
#include "adapters/net/websocket.hpp"
#include "adapters/web/vouch.hpp"

namespace rapport::test {

/// One page, open or between two connections. Lives on one loop, and longer than its connection.
class WebPage {
public:
    explicit WebPage(boost::asio::io_context& io) : io_(io) {}
    virtual ~WebPage() = default;
    WebPage(const WebPage&) = delete;
    WebPage& operator=(const WebPage&) = delete;

    /// Connects to "ws://host:port" and introduces itself. What it holds stays until the server says anew.
    void open(const std::string& server);
    /// Cuts the connection, if there is one; `connected` says when it is gone.
    void cut();
    bool connected() const { return connected_; }
    /// The server has told how things stand.
    bool seated() const { return seated_; }

    /// Asks something whose answer changes nothing: once `echoed`, the server has taken all that was sent
    /// before, and all that it had sent before has arrived.
    void echo();
    bool echoed() const { return echo_heard_ == echo_; }

    /// Frames that have come, echoes not counted.
    std::size_t heard() const { return heard_; }
    /// What went wrong, in words; empty: nothing.
    const std::string& problem() const { return problem_; }

protected:
    void send(const boost::json::object& frame);
    void fail(std::string what);
    void now_seated() { seated_ = true; }

    virtual std::string path() const = 0;
    virtual boost::json::object hello() const = 0;
    virtual boost::json::object echo_frame() const = 0;
    virtual bool is_echo(const boost::json::object& frame) const = 0;
    virtual void take(const boost::json::object& frame) = 0;

private:
    boost::asio::awaitable<void> run(std::string url);

    boost::asio::io_context& io_;
    boost::asio::cancellation_signal stop_{};
    net::WebSocket* socket_ = nullptr;
    bool connected_ = false, seated_ = false;
    int echo_ = 0, echo_heard_ = 0;
    std::size_t heard_ = 0;
    std::string problem_{};
};

/// What stands in a conversation.
struct ShownLine {
    std::string id{};
    std::string author{};  ///< The account's id.
    std::string who{};     ///< "visitor", "staff" or "brand".
    std::string text{};
};

/// A staffer's desk.
class DeskPage final : public WebPage {
public:
    DeskPage(boost::asio::io_context& io, std::string token, std::string staffer)
        : WebPage(io), token_(std::move(token)), staffer_(std::move(staffer)) {}

    const std::string& staffer() const { return staffer_; }
    /// A button of a card that stands there.
    void press(const std::string& id, const std::string& card, const std::string& button,
               const std::map<std::string, std::string>& values);
    /// A button of a letter that lies there; `answers` grows when the office has answered.
    void ask(const std::string& id, const std::string& button,
             const std::map<std::string, std::string>& values);
    /// Opens a visitor's conversation beside the cards.
    void look_at(const std::string& visitor);
    void say(const std::string& id, const std::string& visitor, const std::string& text,
             const std::string& reply_to, bool as_brand);

    /// Whether the card stands there with that button; `choice` not empty: and with that choice.
    bool has_button(const std::string& card, std::string_view button, std::string_view choice) const;
    bool letter_has_button(const std::string& letter, std::string_view button, std::string_view choice) const;

    std::map<std::string, boost::json::object> cards{};
    std::map<std::string, int> sounds{};                   ///< By card, since the last connection.
    std::map<std::string, std::string> notices{};          ///< By the press that they answer.
    std::map<std::string, boost::json::object> letters{};  ///< Pages of those that lie there.
    int answers = 0;                                       ///< Of the office.
    std::map<std::string, std::string> conversations{};    ///< Visitor -> what was said last.
    std::vector<ShownLine> lines{};                        ///< Of the conversation that is open.
    std::set<std::string> unconfirmed{};                   ///< Presses and messages on their way.

private:
    std::string path() const override { return "/ws/desk"; }
    boost::json::object hello() const override;
    boost::json::object echo_frame() const override;
    bool is_echo(const boost::json::object& frame) const override;
    void take(const boost::json::object& frame) override;
    void take_roster(const boost::json::object& frame);
    void take_cards(const boost::json::object& frame);
    void take_card(const boost::json::object& frame);

    std::string token_, staffer_, open_{};
    std::map<std::string, std::string> presses_{};  ///< Sent again if the connection breaks: id -> frame.
};

/// A visitor's page.
class VisitorPage final : public WebPage {
public:
    VisitorPage(boost::asio::io_context& io, std::string secret, std::string name)
        : WebPage(io), secret_(std::move(secret)), name_(std::move(name)) {}

    void say(const std::string& id, const std::string& text);

    std::vector<ShownLine> lines{};
    std::map<std::string, std::string> unsent{};  ///< Not confirmed yet: id -> text.
    /// Opened from the site by somebody who is signed in there, from the next connection on.
    web::Vouch vouch{};

private:
    std::string path() const override { return "/ws/chat"; }
    boost::json::object hello() const override;
    boost::json::object echo_frame() const override;
    bool is_echo(const boost::json::object& frame) const override;
    void take(const boost::json::object& frame) override;

    std::string secret_, name_;
};

/// A card in words, line by line, as the protocol brought it and as it was meant: the same if nothing was
/// lost on the way.
std::string in_words(const boost::json::object& card);
std::string in_words(const Card& card);

}  // namespace rapport::test
