#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/json/object.hpp>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "adapters/net/http.hpp"
#include "adapters/net/rate_limit.hpp"
#include "doubles/slack/block_rules.hpp"
#include "doubles/slack/core.hpp"
#include "doubles/slack/form.hpp"

namespace rapport::test::slack {

/// What Slack refuses: thrown by methods, answered as {"ok":false,"error":word, ...}.
struct Refusal {
    std::string error{};
    Complaints messages{};
    std::string needed{};
};

/// One call on its way through a method.
struct Call {
    Core& core;
    const Params& params;  ///< Nested values as JSON text.
    const Token& token;
    Team* team = nullptr;  ///< Null for app-level tokens.
    std::string basic{};   ///< "id:secret" of HTTP Basic.

    /// A parameter that must be there.
    const std::string& need(const std::string& name) const;
    std::string text(const std::string& name, std::string fallback = {}) const;
    bool flag(const std::string& name, bool fallback = false) const;
    std::size_t number(const std::string& name, std::size_t fallback, std::size_t most) const;
    /// A parameter that is JSON; nothing if it is not there.
    std::optional<boost::json::value> json(const std::string& name) const;
    /// Refuses unless the token has that scope.
    void scope(std::string_view wanted) const;
    /// The scope "channels:SUFFIX", "groups:SUFFIX", ... that fits the channel.
    void scope_for(const Channel& channel, std::string_view suffix) const;
    /// The channel of that parameter, if this installation may know of it.
    Channel& channel(const std::string& name = "channel") const;
    /// The same, and the bot must be in it.
    Channel& joined(const std::string& name = "channel") const;
    User& user(const std::string& name = "user") const;
    /// The user that the token speaks for.
    std::string self() const;
};

using Handler = boost::json::object (*)(const Call& call);

struct Method {
    std::string_view name;
    Handler handler;
    double per_minute;
    bool json = false;              ///< Takes a JSON body.
    std::string_view scope = {};    ///< Always needed.
    std::string_view kind = "bot";  ///< Which tokens: "bot" (and user), "app", "any", "none".
};

std::span<const Method> auth_methods();
std::span<const Method> chat_methods();
std::span<const Method> conversation_methods();
std::span<const Method> file_methods();
std::span<const Method> history_methods();
std::span<const Method> people_methods();
std::span<const Method> view_methods();

/// A POST of a file's bytes to an address of files.getUploadURLExternal.
net::Response take_upload(Core& core, const net::Request& request);

/// Cuts out one page: `items` from the cursor on. Sets response_metadata in `answer`.
template <class Item>
std::vector<Item> page(const Call& call, const std::vector<Item>& items, boost::json::object& answer,
                       std::size_t usual = 100, std::size_t most = 1000);
/// Where the cursor of the call stands; Refusal "invalid_cursor".
std::size_t cursor_of(const Call& call);
std::string cursor_at(std::size_t place);

template <class Item>
std::vector<Item> page(const Call& call, const std::vector<Item>& items, boost::json::object& answer,
                       std::size_t usual, std::size_t most) {
    const std::size_t from = std::min(cursor_of(call), items.size());
    const std::size_t until = std::min(items.size(), from + call.number("limit", usual, most));
    const std::string next = until < items.size() ? cursor_at(until) : std::string{};
    answer["response_metadata"] = boost::json::object{{"next_cursor", next}};
    return {items.begin() + static_cast<std::ptrdiff_t>(from),
            items.begin() + static_cast<std::ptrdiff_t>(until)};
}

/// The Web API: tokens, scopes, tiers, faults and the methods. Lives on one executor; not thread-safe.
class Api {
public:
    explicit Api(Core& core);
    /// A request to /api/METHOD.
    boost::asio::awaitable<net::Response> answer(net::Request request);
    /// The answer that goes out instead of the true one; may never return.
    boost::asio::awaitable<net::Response> faulty(Fault fault, net::Response truth);

private:
    std::optional<net::Response> limited(const Method& method, const Token& token, const Params& params);
    boost::json::object run(const Method& method, const Params& params, const net::Request& request,
                            bool as_json, ApiCall& log);
    const Token& token_of(const Method& method, const net::Request& request, const Params& params,
                          ApiCall& log);

    Core& core_;
    std::map<std::string_view, Method> methods_{};
    std::map<std::string, net::TokenBucket> buckets_{};
};

}  // namespace rapport::test::slack
