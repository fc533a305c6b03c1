#include "adapters/replay/timestamp.hpp"

#include <cmath>

namespace rapport::replay {
namespace {

constexpr std::int64_t last_second = 253402300799;  // 9999-12-31T23:59:59Z

/// Takes digits off the front of `text`, one thing after the other; once something is missing it stays
/// failed.
class Scanner {
public:
    explicit Scanner(std::string_view text) : text_(text) {}

    int digits(std::size_t count) {
        int value = 0;
        for (std::size_t i = 0; i < count; ++i) {
            if (text_.empty() || text_[0] < '0' || text_[0] > '9') {
                failed_ = true;
                return 0;
            }
            value = value * 10 + (text_[0] - '0');
            text_.remove_prefix(1);
        }
        return value;
    }
    bool skip_one_of(std::string_view allowed) {
        if (text_.empty() || allowed.find(text_[0]) == std::string_view::npos) return false;
        text_.remove_prefix(1);
        return true;
    }
    void require_one_of(std::string_view allowed) { failed_ = !skip_one_of(allowed) || failed_; }

    /// A fraction's digits as units of 10^-`places`; further digits are dropped.
    std::int64_t fraction(int places) {
        std::int64_t value = 0;
        int seen = 0;
        for (; !text_.empty() && text_[0] >= '0' && text_[0] <= '9'; text_.remove_prefix(1), ++seen)
            if (seen < places) value = value * 10 + (text_[0] - '0');
        if (seen == 0) failed_ = true;
        for (; seen < places; ++seen) value *= 10;
        return value;
    }
    void fail() { failed_ = true; }
    bool ok() const { return !failed_; }
    bool done() const { return text_.empty(); }
    char peek() const { return text_.empty() ? '\0' : text_[0]; }

private:
    std::string_view text_;
    bool failed_ = false;
};

std::chrono::minutes scan_zone(Scanner& in) {
    if (in.done() || in.skip_one_of("Zz")) return {};
    const bool west = in.peek() == '-';
    in.require_one_of("+-");
    const int hours = in.digits(2);
    int minutes = 0;
    if (!in.done()) {
        in.skip_one_of(":");
        minutes = in.digits(2);
    }
    if (hours > 23 || minutes > 59) in.fail();
    const std::chrono::minutes offset{hours * 60 + minutes};
    return west ? -offset : offset;
}

std::optional<Time> parse_iso(std::string_view text) {
    using namespace std::chrono;
    Scanner in{text};
    const int y = in.digits(4);
    in.require_one_of("-");
    const int m = in.digits(2);
    in.require_one_of("-");
    const int d = in.digits(2);
    in.require_one_of("Tt ");
    const int hour = in.digits(2);
    in.require_one_of(":");
    const int minute = in.digits(2);
    int second = 0;
    std::int64_t millisecond = 0;
    if (in.skip_one_of(":")) {
        second = in.digits(2);
        if (in.skip_one_of(".,")) millisecond = in.fraction(3);
    }
    const minutes offset = scan_zone(in);
    const year_month_day date{year{y}, month{static_cast<unsigned>(m)}, day{static_cast<unsigned>(d)}};
    // Second 60 is a leap second; it falls together with the next minute's start.
    if (!in.ok() || !in.done() || !date.ok() || hour > 23 || minute > 59 || second > 60) return std::nullopt;
    const Time at = sys_days{date} + hours{hour} + minutes{minute} + seconds{second} +
                    milliseconds{millisecond} - duration_cast<milliseconds>(offset);
    if (at < Time{} || at > Time{milliseconds{last_second * 1000 + 999}}) return std::nullopt;
    return at;
}

/// Seconds with a fraction, in units of 10^-`places`.
std::optional<std::int64_t> parse_seconds(std::string_view text, int places, bool fraction_required) {
    std::int64_t seconds = 0;
    std::size_t digits = 0;
    while (digits < text.size() && digits < 12 && text[digits] >= '0' && text[digits] <= '9')
        seconds = seconds * 10 + (text[digits++] - '0');
    if (digits == 0 || seconds > last_second) return std::nullopt;
    std::int64_t scale = 1;
    for (int i = 0; i < places; ++i) scale *= 10;
    if (digits == text.size()) {
        if (fraction_required) return std::nullopt;
        return seconds * scale;
    }
    Scanner rest{text.substr(digits)};
    rest.require_one_of(".");
    const std::int64_t fraction = rest.fraction(places);
    if (!rest.ok() || !rest.done()) return std::nullopt;
    return seconds * scale + fraction;
}

}  // namespace

std::optional<Time> parse_time(std::string_view text) {
    if (text.size() > 64) return std::nullopt;
    if (const auto at = parse_iso(text)) return at;
    if (const auto milliseconds = parse_seconds(text, 3, false))
        return Time{std::chrono::milliseconds{*milliseconds}};
    return std::nullopt;
}

std::optional<Time> time_of_seconds(double seconds) {
    if (!(seconds >= 0 && seconds <= static_cast<double>(last_second))) return std::nullopt;
    return Time{std::chrono::milliseconds{std::llround(seconds * 1000)}};
}

std::optional<std::int64_t> parse_slack_ts(std::string_view ts) {
    if (ts.size() > 32) return std::nullopt;
    return parse_seconds(ts, 6, true);
}

}  // namespace rapport::replay
