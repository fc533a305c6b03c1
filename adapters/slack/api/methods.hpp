#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <string_view>

#include "adapters/net/rate_limit.hpp"

namespace rapport::slack {

/// Who goes first when calls wait. A click that somebody just made, then alerts, then Home, then catching up.
enum class Priority { click, alert, home, sync };

/// How a Web API method is to be treated (docs.slack.dev, "Rate limits" and each method's page).
struct Method {
    net::Rate rate{};
    bool per_channel = false;  ///< The limit is for each channel; calls to one go one after the other.
    bool repeatable = false;   ///< Doing it twice is like doing it once.
    Priority priority = Priority::sync;
};

/// For apps that are sold outside Slack's Marketplace: history and replies once a minute, 15 messages each.
enum class Profile { standard, restricted };

/// A method that is not known here counts as tier 2, not repeatable.
Method method_traits(std::string_view method, const boost::json::object& params, Profile profile);

/// The queue that a call belongs to: the method, and the channel where the limit is for each channel.
std::string queue_of(std::string_view method, const Method& traits, const boost::json::object& params);

/// Most objects a page of that method may hold.
int page_limit(std::string_view method, Profile profile);

/// "application/x-www-form-urlencoded": strings as they are, booleans as true and false, what is nested as
/// JSON; null members are left out.
std::string form_encode(const boost::json::object& params);

}  // namespace rapport::slack
