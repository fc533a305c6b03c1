#pragma once

#include <deque>
#include <string>
#include <vector>

#include "adapters/slack/slack.hpp"
#include "unit/net/fixture.hpp"

namespace rapport::test {

/// A Receiver that keeps what it is given, and acknowledges when and how the test wants.
class Listener : public slack::Receiver {
public:
    bool receive(slack::Delivery& delivery) override {
        ++asked;
        if (full) return false;
        envelopes.push_back(delivery.envelope);
        deliveries.push_back(std::move(delivery));
        if (at_once) deliveries.back().acknowledge(payload);
        return true;
    }
    void may_have_missed(Time from, Time until, std::string why) override {
        gaps.push_back({from, until});
        reasons.push_back(std::move(why));
    }
    void connected(const slack::Id& app) override { apps.push_back(app); }

    bool full = false;
    bool at_once = true;
    std::optional<boost::json::object> payload{};
    int asked = 0;
    std::vector<std::string> envelopes{};
    std::deque<slack::Delivery> deliveries{};
    std::vector<std::pair<Time, Time>> gaps{};
    std::vector<std::string> reasons{};
    std::vector<slack::Id> apps{};
};

}  // namespace rapport::test
