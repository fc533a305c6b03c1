// With HTTP: can we listen, and can Slack get there.

#include <fmt/core.h>

#include <boost/asio/this_coro.hpp>

#include "adapters/slack/check/look.hpp"
#include "adapters/slack/connection/http_receiver.hpp"

namespace rapport::slack {
namespace asio = boost::asio;

namespace {

struct Nobody : Receiver {
    bool receive(Delivery&) override { return false; }
    void may_have_missed(Time, Time, std::string) override {}
    void connected(const Id&) override {}
};

}  // namespace

asio::awaitable<void> look_at_http(Look& look) {
    Nobody nobody;
    HttpOptions options;
    options.address = look.workspace.address;
    options.port = look.workspace.port;
    options.signing_secret = look.workspace.signing_secret.value;
    HttpReceiver receiver{std::move(options), nobody};
    const Result<> taken = receiver.listen(co_await asio::this_coro::executor);
    const std::string place = fmt::format("{}:{}", look.workspace.address, look.workspace.port);
    if (taken) {
        look.ok(fmt::format("{} is free to receive Slack's requests.", place));
    } else {
        look.unknown(fmt::format("{} is taken. If it is Rapport that runs there, all is well. ({})", place,
                                 taken.error().what),
                     "Otherwise stop what is there, or set another slack.port in rapport.yaml.");
    }
    look.unknown(
        "Whether Slack reaches this machine: only Slack can try.",
        fmt::format("Put a public https address in front of {}, enter https://YOUR-ADDRESS/slack/events "
                    "at api.slack.com/apps, your app, \"Event Subscriptions\", \"Interactivity & "
                    "Shortcuts\" and \"Slash Commands\". With Rapport running, Slack shows \"Verified\".",
                    place));
}

}  // namespace rapport::slack
