#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "adapters/net/error.hpp"
#include "doubles/slack/core.hpp"
#include "doubles/slack/courier.hpp"
#include "doubles/slack/people.hpp"

namespace rapport::test::slack {

/// A Slack for tests: refuses what Slack refuses, and can be made to fail as it fails. Lives on one executor;
/// not thread-safe (RunningDouble is).
///
///     SlackDouble slack{context.get_executor()};
///     slack.seed();                               // Or add_team, add_user, add_channel.
///     slack.listen();                             // Then api_url(), and run() as a coroutine.
///     const std::string ts = slack.people().say("cleo", "help", "Does it work on Sundays?");
///
/// Everything starts at the Web API (`api_url`): methods, apps.connections.open, response_urls.
class SlackDouble {
public:
    explicit SlackDouble(boost::asio::any_io_executor executor, Settings settings = {});
    ~SlackDouble();
    SlackDouble(const SlackDouble&) = delete;
    SlackDouble& operator=(const SlackDouble&) = delete;

    Result<> listen();
    /// Serves until cancelled; then throws operation_aborted.
    boost::asio::awaitable<Result<>> run();
    std::uint16_t port() const;
    /// "http://127.0.0.1:1234/api/"
    std::string api_url() const;
    std::string page_url() const;

    // ---- the world
    /// Workspace "Acme" T0ACME with staff ada, bea, cyd, customers cleo and dan as guests, eve from
    /// workspace T0EXT, channels general, help, alerts and the shared ext-globex. The bot is in all of them.
    void seed();
    Team& add_team(Team team);
    User& add_user(User user) { return core_.world.add_user(std::move(user)); }
    Channel& add_channel(Channel channel) { return core_.world.add_channel(std::move(channel)); }
    Usergroup& add_usergroup(Usergroup group);
    World& world() noexcept { return core_.world; }
    Core& core() noexcept { return core_; }
    Settings& settings() noexcept { return core_.settings; }
    /// A token of a person ("xoxp-..."), as tools have them.
    std::string user_token(const std::string& user, std::set<std::string> scopes = usual_scopes());
    void revoke(const std::string& token);
    /// Takes a scope from every token of that workspace.
    void remove_scope(const std::string& team, const std::string& scope);
    /// A code for oauth.v2.access; `rotating`: with refresh_token and expires_in.
    std::string oauth_code(const std::string& team, bool rotating = false);

    // ---- what people do, and how things come
    People& people() noexcept { return people_; }
    Courier& courier() noexcept { return *core_.courier; }
    Policy& policy() noexcept { return core_.policy; }
    /// Deliveries go there over HTTP; empty: over Socket Mode.
    void deliver_to(std::string url) { core_.settings.request_url = std::move(url); }
    /// The switch in the app's settings. Off: open sockets are told link_disabled.
    void switch_socket_mode(bool on);
    /// The next `count` calls of `method` ("response_url" and "upload_url" too) go wrong like that.
    void next_calls(const std::string& method, int count, const Fault& fault);
    void clear_faults() { core_.faults.clear(); }
    void limit(const std::string& method, bool on);
    /// Stops all bytes of a socket (0: of all) without closing it; `frozen` false: lets them go on.
    void freeze(int socket = 0, bool frozen = true) { courier().freeze_socket(socket, frozen); }
    void cut_sockets();
    void keep_tcp_open(bool keep);

    // ---- what tests look at
    /// As people see the channel: top level and replies, in the order of their times.
    std::vector<boost::json::object> messages(const std::string& channel);
    std::vector<Ephemeral> ephemerals(const std::string& user);
    /// The views of a person, the topmost last; and their Home. As payloads show them.
    std::vector<boost::json::object> views(const std::string& user);
    std::optional<boost::json::object> home(const std::string& user);
    std::vector<ApiCall> calls(const std::string& method = {});
    std::vector<Delivery> deliveries(const std::string& name = {});
    std::vector<Delivery> unacked();
    std::vector<Note> notes(const std::string& user = {});
    std::vector<SocketInfo> sockets() { return courier().sockets(); }
    /// What the app did that it should not have done. Best empty at the end of every test.
    std::vector<std::string> complaints() { return core_.complaints; }

private:
    struct Server;
    Core core_;
    People people_;
    std::unique_ptr<Server> server_;
};

}  // namespace rapport::test::slack
