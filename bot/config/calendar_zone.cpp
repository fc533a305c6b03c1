#include <algorithm>
#include <array>
#include <utility>

#include "bot/config/calendar.hpp"
#include "bot/config/values.hpp"

namespace rapport::config_file {

namespace {

/// Outlook writes these. The mapping is Unicode's (CLDR, windowsZones), of the zones that most people live
/// in.
constexpr std::array<std::pair<std::string_view, std::string_view>, 24> windows_zones{{
    {"AUS Eastern Standard Time", "Australia/Sydney"},
    {"Arabian Standard Time", "Asia/Dubai"},
    {"Central America Standard Time", "America/Guatemala"},
    {"Central Europe Standard Time", "Europe/Budapest"},
    {"Central European Standard Time", "Europe/Warsaw"},
    {"Central Standard Time", "America/Chicago"},
    {"China Standard Time", "Asia/Shanghai"},
    {"E. South America Standard Time", "America/Sao_Paulo"},
    {"Eastern Standard Time", "America/New_York"},
    {"FLE Standard Time", "Europe/Kiev"},
    {"GMT Standard Time", "Europe/London"},
    {"GTB Standard Time", "Europe/Bucharest"},
    {"Greenwich Standard Time", "Atlantic/Reykjavik"},
    {"India Standard Time", "Asia/Kolkata"},
    {"Israel Standard Time", "Asia/Jerusalem"},
    {"Mountain Standard Time", "America/Denver"},
    {"New Zealand Standard Time", "Pacific/Auckland"},
    {"Pacific Standard Time", "America/Los_Angeles"},
    {"Romance Standard Time", "Europe/Paris"},
    {"Russian Standard Time", "Europe/Moscow"},
    {"Singapore Standard Time", "Asia/Singapore"},
    {"South Africa Standard Time", "Africa/Johannesburg"},
    {"Tokyo Standard Time", "Asia/Tokyo"},
    {"W. Europe Standard Time", "Europe/Berlin"},
}};

}  // namespace

std::string zone_of_calendar(std::string_view name) {
    name = trim(name);
    const auto* const windows = std::find_if(windows_zones.begin(), windows_zones.end(),
                                             [&](const auto& zone) { return zone.first == name; });
    if (windows != windows_zones.end()) return std::string{windows->second};
    // "/freeassociation.sourceforge.net/Europe/Berlin": the name stands at the end.
    for (std::string_view rest = name; !rest.empty();) {
        if (zone_exists(rest)) return std::string{rest};
        const auto slash = rest.find('/');
        if (slash == std::string_view::npos) break;
        rest.remove_prefix(slash + 1);
    }
    return {};
}

}  // namespace rapport::config_file
