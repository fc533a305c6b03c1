#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "adapters/slack/slack_adapter.hpp"
#include "bot/config/config.hpp"
#include "bot/people/team.hpp"

namespace rapport {

/// Reads an environment variable; empty if it is not set. Passed in, so that tests need not set any.
using Environment = std::function<std::string(const std::string& name)>;
Environment process_environment();

/// The Slack workspaces whose tokens are there, ready to be made; and what is wrong with the others, in
/// words.
struct SlackSetUp {
    std::vector<slack::Config> workspaces{};
    std::vector<std::string> problems{};
};

/// What the file says of a workspace, without tokens.
slack::Config slack_workspace(const SlackConfig& config, const SlackWorkspace& workspace);

/// A workspace without any token is simply not used (the first one is there by default, the others are named
/// on purpose, so that is a problem). One with some of its tokens is a problem that names the missing one.
/// Clock, log, roster and cursors are left for the caller to fill in.
/// With `SlackConfig::oauth`, the first one's bot token is not wanted (see bot/slack_installs.hpp).
SlackSetUp slack_set_up(const SlackConfig& config, const Environment& environment);

}  // namespace rapport
