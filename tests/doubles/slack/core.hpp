#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "doubles/slack/logs.hpp"
#include "doubles/slack/world.hpp"

namespace rapport::test::slack {

class Courier;

/// Calls functions later, on one executor; none any more after its destruction.
class Timers {
public:
    explicit Timers(boost::asio::any_io_executor executor) : executor_(std::move(executor)) {}
    ~Timers() { stop(); }
    void after(Milliseconds wait, std::function<void()> what);
    void stop();

private:
    boost::asio::any_io_executor executor_;
    std::shared_ptr<std::set<std::shared_ptr<boost::asio::steady_timer>>> waiting_ =
        std::make_shared<std::set<std::shared_ptr<boost::asio::steady_timer>>>();
};

/// A rotating token, or one that is no longer good.
struct Token {
    std::string kind{};  ///< "bot", "app", "user".
    std::string team{};
    std::string user{};  ///< "user" tokens: whose.
    std::set<std::string> scopes{};
    Time expires = Time::max();
    bool revoked = false;
};

/// What all parts of the double share. Lives on one executor; not thread-safe.
struct Core {
    Core(Settings wanted, boost::asio::any_io_executor where);
    ~Core();

    /// "http://127.0.0.1:1234"
    std::string base{};
    Settings settings;
    boost::asio::any_io_executor executor;
    World world;
    Timers timers;
    std::map<std::string, Token> tokens{};
    std::map<std::string, std::string> refresh_tokens{};  ///< Token -> team; used ones map to "".
    std::map<std::string, std::string> codes{};           ///< OAuth code -> team; used ones map to "".
    std::deque<ApiCall> calls{};
    std::vector<Note> notes{};
    std::vector<std::string> complaints{};  ///< What the app did that it should not have done.
    std::map<std::string, std::deque<Fault>> faults{};
    std::set<std::string> unlimited{};  ///< Methods whose tier is switched off.
    Policy policy{};
    bool socket_mode = true;  ///< The switch in the app's settings.
    std::unique_ptr<Courier> courier;

    void complain(std::string what) { complaints.push_back(std::move(what)); }
    void note(Note note) { notes.push_back(std::move(note)); }
};

}  // namespace rapport::test::slack
