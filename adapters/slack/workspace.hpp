#pragma once

#include <functional>

#include "adapters/slack/api/web_api.hpp"
#include "adapters/slack/slack.hpp"
#include "adapters/slack/slack_adapter.hpp"

namespace rapport::slack {

/// What the adapter's parts share. Lives as long as the adapter.
struct Workspace {
    boost::asio::any_io_executor executor{};
    Config config{};
    Office& office;
    Notebook& notebook;
    WebApi& api;
    Installation installation{};  ///< Empty until we know who we are.
    bool ready = false;           ///< It is known where alerts go.
    Id alert_channel{};           ///< Its id, once found; empty: none, or not fit for alerts.

    /// The id that a channel has now, for calls to Slack.
    std::function<Id(const Id&)> current_channel{};

    bool known() const noexcept { return !installation.bot_user.empty(); }
    Time now() const { return config.now ? config.now() : config.timing.now(); }
    void log(const std::string& words) const {
        if (config.log) config.log(config.name + ": " + redact(words));
    }
    /// "slack:T1:" + `what`: a key of the notebook.
    std::string key(std::string_view what) const {
        return config.name + ":" + installation.realm() + ":" + std::string(what);
    }
};

}  // namespace rapport::slack
