#include "adapters/slack/connection/payload.hpp"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <charconv>

namespace rapport::slack {
namespace json = boost::json;
namespace {

constexpr std::size_t deepest = 128;
constexpr int most_retries = 1000;
constexpr std::int64_t latest_second = 253'402'300'799;  // the year 9999

const json::object* limited_part(const json::object& body) {
    if (text_of(body, "type") == "app_rate_limited") return &body;
    const json::value* event = body.if_contains("event");
    const json::object* inner = event ? event->if_object() : nullptr;
    return inner && text_of(*inner, "type") == "app_rate_limited" ? inner : nullptr;
}

std::int64_t whole_number(const json::value* value) {
    if (!value) return 0;
    if (const auto* number = value->if_int64()) return *number;
    if (const auto* number = value->if_uint64()) {
        return static_cast<std::int64_t>(std::min<std::uint64_t>(*number, latest_second + 1));
    }
    return 0;
}

}  // namespace

std::optional<json::value> parse_json(std::string_view text) {
    json::parse_options options;
    options.max_depth = deepest;
    boost::system::error_code ec;
    json::value value = json::parse(json::string_view{text.data(), text.size()}, ec, {}, options);
    if (ec) return std::nullopt;
    return value;
}

std::string_view text_of(const json::object& object, std::string_view name) {
    const json::value* value = object.if_contains(json::string_view{name.data(), name.size()});
    const json::string* text = value ? value->if_string() : nullptr;
    return text ? std::string_view{text->data(), text->size()} : std::string_view{};
}

int retry_number(const json::value* value) {
    if (!value) return 0;
    if (const json::string* digits = value->if_string()) {
        return retry_number(std::string_view{digits->data(), digits->size()});
    }
    return static_cast<int>(std::clamp<std::int64_t>(whole_number(value), 0, most_retries));
}

int retry_number(std::string_view digits) {
    int number = 0;
    const auto [end, ec] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (ec != std::errc{} || end != digits.data() + digits.size()) return 0;
    return std::clamp(number, 0, most_retries);
}

std::optional<Blackout> held_back(const json::object& body, Time now) {
    const json::object* limited = limited_part(body);
    if (!limited) return std::nullopt;
    const std::int64_t minute = whole_number(limited->if_contains("minute_rate_limited"));
    if (minute <= 0 || minute > latest_second) return Blackout{now - std::chrono::minutes{1}, now};
    const Time from{std::chrono::seconds{minute}};
    return Blackout{from, from + std::chrono::minutes{1}};
}

}  // namespace rapport::slack
