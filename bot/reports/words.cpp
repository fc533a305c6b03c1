#include "bot/reports/words.hpp"

#include <fmt/format.h>

#include "bot/reports/dates.hpp"

namespace rapport::reports {

std::string share_text(std::size_t part, std::size_t whole) {
    if (whole == 0) return "\xE2\x80\x93";
    const std::size_t percent = (part * 200 + whole) / (whole * 2);
    // All and nothing are said only when they are.
    if (percent == 100 && part < whole) return "99 %";
    if (percent == 0 && part > 0) return "under 1 %";
    return fmt::format("{} %", percent);
}

std::string working_text(std::chrono::milliseconds length) {
    if (length < std::chrono::seconds{1}) return "outside of working hours";
    return length_text(length) + " of working time";
}

std::string_view words_for(WaitEnd end) {
    switch (end) {
        case WaitEnd::verified:
            return "in person, seen";
        case WaitEnd::attested:
            return "in person, they say";
        case WaitEnd::brand:
            return "only by the brand";
        case WaitEnd::others:
            return "only by others";
        case WaitEnd::none:
            break;
    }
    return "by nobody";
}

std::string role_text(const std::string& role) {
    return role.empty() ? "without a role" : role;
}

}  // namespace rapport::reports
