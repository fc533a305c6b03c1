#pragma once

#include <functional>
#include <string>
#include <vector>

#include "adapters/slack/slack.hpp"

namespace rapport::slack {

/// One connection of an app brings what happens in all workspaces where it is installed: each delivery goes
/// to the workspace that it is for. Lives on one executor; not thread-safe.
class Switchboard final : public Receiver {
public:
    struct Line {
        Receiver* receiver = nullptr;  ///< Must outlive the switchboard's use.
        Id realm{};                    ///< "T1", or "E1" of an organisation-wide install.
    };
    void add(Receiver& receiver, Id realm) { lines_.push_back({&receiver, std::move(realm)}); }

    void remove(const Receiver& receiver);

    /// Told of each event for a workspace (its realm, the inner event), before it goes there. May be empty.
    std::function<void(const Id& realm, const boost::json::object& event)> heard{};
    /// One line for people. May be empty.
    std::function<void(const std::string&)> log{};

    /// True, always. What a workspace has no room for just now goes back unacknowledged, so that Slack brings
    /// it again and the other workspaces are not held up. What is for nobody here is acknowledged and
    /// forgotten: Slack would bring it again and again.
    bool receive(Delivery& delivery) override;
    void may_have_missed(Time from, Time until, std::string why) override;
    void connected(const Id& app) override;

private:
    std::vector<Line> lines_{};
    Id told_{};  ///< Of which unknown workspace was told last.
};

/// The realms that a delivery may be for, the likeliest first: of an event its authorization; of a view the
/// workspace that installed the app; of anything else its team, the person's team and its organisation. In
/// shared channels the outer team may be the sender's.
std::vector<Id> realms_of(const Delivery& delivery);

}  // namespace rapport::slack
