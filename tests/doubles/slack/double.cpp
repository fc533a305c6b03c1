#include "doubles/slack/double.hpp"

#include <boost/asio/experimental/awaitable_operators.hpp>

#include "adapters/net/server.hpp"
#include "doubles/slack/answers.hpp"
#include "doubles/slack/api.hpp"
#include "doubles/slack/gate.hpp"
#include "doubles/slack/page.hpp"
#include "doubles/slack/views.hpp"

namespace rapport::test::slack {
namespace asio = boost::asio;
namespace json = boost::json;

struct SlackDouble::Server : net::HttpHandler {
    Server(SlackDouble& owner, Core& c)
        : api(c), gate(c.executor), self(owner), core(c), server(config(), *this) {}

    static net::ServerConfig config() {
        net::ServerConfig result;
        result.port = 0;
        result.body = 8 * 1024 * 1024;
        result.sockets = result.sockets_per_address = 4096;
        result.idle = std::chrono::hours{1};
        result.websocket.idle = std::chrono::hours{24};  // Never our task to find out who is gone: ghosts.
        result.websocket.message = 2 * 1024 * 1024;
        result.websocket.queue = 64 * 1024 * 1024;
        result.websocket.close = std::chrono::milliseconds{300};
        return result;
    }

    asio::awaitable<net::Response> handle(net::Request request) override {
        const std::string_view path = request.path();
        if (path.starts_with("/api/")) return api.answer(std::move(request));
        return elsewhere(std::move(request));
    }

    asio::awaitable<net::Response> elsewhere(net::Request request) {
        const std::string path{request.path()};
        const bool hook =
            path.starts_with("/actions/") || path.starts_with("/commands/") || path.starts_with("/app/");
        const bool upload = path.starts_with("/upload/");
        if (!hook && !upload) co_return page(self, request);
        const auto truly = upload ? take_upload : response_url;
        auto planned = core.faults.find(upload ? "upload_url" : "response_url");
        if (planned == core.faults.end() || planned->second.empty()) co_return truly(core, request);
        const Fault fault = planned->second.front();
        planned->second.pop_front();
        net::Response truth;
        if (fault.effect) truth = truly(core, request);
        co_return co_await api.faulty(fault, std::move(truth));
    }

    std::optional<net::Response> refuse_upgrade(const net::Request& request) override {
        return core.courier->refuse(request);
    }
    asio::awaitable<void> websocket(net::Request request, net::WebSocket& socket) override {
        return core.courier->serve(std::move(request), socket);
    }

    Api api;
    Gate gate;
    SlackDouble& self;
    Core& core;
    net::Server server;
};

SlackDouble::SlackDouble(asio::any_io_executor executor, Settings settings)
    : core_(std::move(settings), std::move(executor)),
      people_(core_),
      server_(std::make_unique<Server>(*this, core_)) {
    core_.courier->answered = [this](Delivery& delivery) { answered(core_, delivery); };
    core_.courier->freeze = [this](const std::string& ticket, bool frozen) {
        server_->gate.freeze(ticket, frozen);
    };
}

SlackDouble::~SlackDouble() = default;

Result<> SlackDouble::listen() {
    Result<> inner = server_->server.listen(core_.executor);
    if (!inner) return inner;
    Result<> outer = server_->gate.listen(core_.settings.address, core_.settings.port);
    if (outer) core_.base = "http://" + core_.settings.address + ":" + std::to_string(port());
    return outer;
}

asio::awaitable<Result<>> SlackDouble::run() {
    using namespace asio::experimental::awaitable_operators;
    if (port() == 0) {
        Result<> listening = listen();
        if (!listening) co_return listening;
    }
    co_await asio::this_coro::throw_if_cancelled(false);
    try {
        co_await (server_->server.run() || server_->gate.run(server_->server.port()));
    } catch (const std::exception&) {  // Cancelled; what is under way is waited for below.
    }
    co_await asio::this_coro::reset_cancellation_state();
    co_await core_.courier->stop();
    throw boost::system::system_error{asio::error::operation_aborted};
}

std::uint16_t SlackDouble::port() const {
    return server_->gate.port();
}
std::string SlackDouble::api_url() const {
    return core_.base + "/api/";
}
std::string SlackDouble::page_url() const {
    return core_.base + "/";
}

Team& SlackDouble::add_team(Team team) {
    Team& kept = core_.world.add_team(std::move(team));
    core_.tokens[kept.bot_token] = Token{"bot", kept.id, {}, kept.scopes};
    return kept;
}

Usergroup& SlackDouble::add_usergroup(Usergroup group) {
    if (group.id.empty()) group.id = core_.world.next_id("S");
    return core_.world.usergroups[group.id] = std::move(group);
}

std::string SlackDouble::user_token(const std::string& user, std::set<std::string> scopes) {
    const User& who = core_.world.person(user);
    const std::string token = core_.world.next_secret("xoxp-");
    core_.tokens[token] = Token{"user", who.team, who.id, std::move(scopes)};
    return token;
}

void SlackDouble::revoke(const std::string& token) {
    core_.tokens.at(token).revoked = true;
}

void SlackDouble::remove_scope(const std::string& team, const std::string& scope) {
    for (auto& [text, token] : core_.tokens) {
        if (token.team == team) token.scopes.erase(scope);
    }
    core_.world.teams.at(team).scopes.erase(scope);
}

std::string SlackDouble::oauth_code(const std::string& team, bool rotating) {
    const std::string code = core_.world.next_secret(rotating ? "rotating-" : "code-");
    core_.codes[code] = team;
    return code;
}

void SlackDouble::switch_socket_mode(bool on) {
    core_.socket_mode = on;
    if (!on) courier().disconnect("link_disabled");
}

void SlackDouble::next_calls(const std::string& method, int count, const Fault& fault) {
    for (int i = 0; i < count; ++i) core_.faults[method].push_back(fault);
}

void SlackDouble::limit(const std::string& method, bool on) {
    if (on) {
        core_.unlimited.erase(method);
    } else {
        core_.unlimited.insert(method);
    }
}

void SlackDouble::cut_sockets() {
    server_->gate.cut();
}
void SlackDouble::keep_tcp_open(bool keep) {
    server_->gate.keep_tcp_open(keep);
}

std::vector<json::object> SlackDouble::messages(const std::string& channel) {
    std::vector<json::object> result;
    for (const auto& [ts, message] : core_.world.place(channel).messages) result.push_back(message);
    return result;
}

std::vector<Ephemeral> SlackDouble::ephemerals(const std::string& user) {
    const std::string id = core_.world.person(user).id;
    std::vector<Ephemeral> result;
    for (const Ephemeral& one : core_.world.ephemerals) {
        if (one.user == id) result.push_back(one);
    }
    return result;
}

std::vector<json::object> SlackDouble::views(const std::string& user) {
    std::vector<json::object> result;
    for (const View* view : core_.world.stack(core_.world.person(user).id))
        result.push_back(view_json(core_, *view));
    return result;
}

std::optional<json::object> SlackDouble::home(const std::string& user) {
    const View* view = core_.world.home(core_.world.person(user).id);
    if (!view) return std::nullopt;
    return view_json(core_, *view);
}

std::vector<ApiCall> SlackDouble::calls(const std::string& method) {
    std::vector<ApiCall> result;
    for (const ApiCall& call : core_.calls) {
        if (method.empty() || call.method == method) result.push_back(call);
    }
    return result;
}

std::vector<Delivery> SlackDouble::deliveries(const std::string& name) {
    std::vector<Delivery> result;
    for (const Delivery& one : courier().deliveries()) {
        if (name.empty() || one.name == name) result.push_back(one);
    }
    return result;
}

std::vector<Delivery> SlackDouble::unacked() {
    std::vector<Delivery> result;
    for (const Delivery& one : courier().deliveries()) {
        if (one.state != DeliveryState::acked) result.push_back(one);
    }
    return result;
}

std::vector<Note> SlackDouble::notes(const std::string& user) {
    const std::string id = user.empty() ? user : core_.world.person(user).id;
    std::vector<Note> result;
    for (const Note& note : core_.notes) {
        if (id.empty() || note.user == id) result.push_back(note);
    }
    return result;
}

}  // namespace rapport::test::slack
