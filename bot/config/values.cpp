#include "bot/config/values.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <iterator>
#include <string>

namespace rapport::config_file {

namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using namespace std::chrono_literals;

struct Unit {
    std::string_view name;
    milliseconds length;
};
// "ms" before "m", so that the longer name is tried first.
constexpr std::array<Unit, 6> units{
    {{"ms", 1ms}, {"s", 1s}, {"m", 1min}, {"h", 1h}, {"d", 24h}, {"w", 168h}}};
constexpr milliseconds longest_duration = std::chrono::days{3653};

bool is_digit(char letter) {
    return letter >= '0' && letter <= '9';
}

/// Digits at the front of `text`, at most `most` of them, taken off. Nothing if there are none or too many.
std::optional<int> take_digits(std::string_view& text, std::size_t most) {
    std::size_t count = 0;
    int value = 0;
    while (count < text.size() && is_digit(text[count])) {
        if (count == most) return std::nullopt;
        value = value * 10 + (text[count++] - '0');
    }
    if (count == 0) return std::nullopt;
    text.remove_prefix(count);
    return value;
}

bool take(std::string_view& text, char letter) {
    if (text.empty() || text.front() != letter) return false;
    text.remove_prefix(1);
    return true;
}

std::string lower(std::string_view text) {
    std::string result{text};
    for (char& letter : result) {
        if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter + 32);
    }
    return result;
}

/// 0 for Sunday ... 6, from the first three letters or the whole name.
std::optional<unsigned> parse_day(std::string_view text) {
    constexpr std::array<std::string_view, 7> names{"sunday",   "monday", "tuesday", "wednesday",
                                                    "thursday", "friday", "saturday"};
    const std::string name = lower(trim(text));
    for (unsigned day = 0; day < names.size(); ++day) {
        if (name == names[day] || name == names[day].substr(0, 3)) return day;
    }
    return std::nullopt;
}

}  // namespace

std::string_view trim(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

std::optional<milliseconds> parse_duration(std::string_view text) {
    text = trim(text);
    if (text.empty()) return std::nullopt;
    milliseconds sum{};
    while (!text.empty()) {
        const std::optional<int> count = take_digits(text, 9);
        if (!count) return std::nullopt;
        const auto unit = std::find_if(units.begin(), units.end(),
                                       [&](const Unit& each) { return text.starts_with(each.name); });
        if (unit == units.end()) return std::nullopt;
        text.remove_prefix(unit->name.size());
        sum += unit->length * static_cast<long long>(*count);
        if (sum > longest_duration) return std::nullopt;
    }
    return sum;
}

std::string duration_text(milliseconds duration) {
    for (auto unit = units.rbegin(); unit != units.rend(); ++unit) {
        if (unit->name == "w") continue;
        if (duration.count() != 0 && duration % unit->length == 0ms) {
            return fmt::format("{}{}", duration / unit->length, unit->name);
        }
    }
    return "0s";
}

std::optional<std::chrono::year_month_day> parse_date(std::string_view text) {
    text = trim(text);
    const auto year = take_digits(text, 4);
    if (!year || !take(text, '-')) return std::nullopt;
    const auto month = take_digits(text, 2);
    if (!month || !take(text, '-')) return std::nullopt;
    const auto day = take_digits(text, 2);
    if (!day || !text.empty() || *year < 1970 || *year > 2200) return std::nullopt;
    const std::chrono::year_month_day date = std::chrono::year{*year} / *month / *day;
    if (!date.ok()) return std::nullopt;
    return date;
}

std::optional<minutes> parse_clock(std::string_view text) {
    text = trim(text);
    const auto hour = take_digits(text, 2);
    if (!hour) return std::nullopt;
    int minute = 0;
    if (!text.empty()) {
        if (!take(text, ':') || text.size() != 2) return std::nullopt;
        const auto given = take_digits(text, 2);
        if (!given || !text.empty()) return std::nullopt;
        minute = *given;
    }
    if (minute > 59 || *hour * 60 + minute > 24 * 60) return std::nullopt;
    return minutes{*hour * 60 + minute};
}

std::optional<LocalMoment> parse_local_moment(std::string_view text) {
    text = trim(text);
    const auto gap = text.find_first_of(" T");
    const auto day = parse_date(text.substr(0, gap));
    if (!day) return std::nullopt;
    if (gap == std::string_view::npos) return LocalMoment{*day, 0min};
    const auto minute = parse_clock(text.substr(gap + 1));
    if (!minute) return std::nullopt;
    return LocalMoment{*day, *minute};
}

std::optional<DaySpan> parse_span(std::string_view text) {
    const auto dash = text.find('-');
    if (dash == std::string_view::npos) return std::nullopt;
    const auto from = parse_clock(text.substr(0, dash));
    auto until = parse_clock(text.substr(dash + 1));
    if (!from || !until || *from == *until || *from == 24h) return std::nullopt;
    if (*until < *from) *until += 24h;
    return DaySpan{*from, *until};
}

std::vector<unsigned> parse_days(std::string_view text) {
    text = trim(text);
    if (lower(text) == "daily") return {0, 1, 2, 3, 4, 5, 6};
    const auto dash = text.find('-');
    const auto first = parse_day(text.substr(0, dash));
    const auto last = dash == std::string_view::npos ? first : parse_day(text.substr(dash + 1));
    if (!first || !last) return {};
    std::vector<unsigned> days{*first};
    for (unsigned day = *first; day != *last;) days.push_back(day = (day + 1) % 7);
    return days;
}

std::optional<AccountKey> parse_account(std::string_view text) {
    text = trim(text);
    const auto first = text.find(':');
    if (first == std::string_view::npos) return std::nullopt;
    const auto second = text.find(':', first + 1);
    if (second == std::string_view::npos) return std::nullopt;
    AccountKey key{std::string{text.substr(0, first)},
                   std::string{text.substr(first + 1, second - first - 1)},
                   std::string{text.substr(second + 1)}};
    if (!is_word(key.platform) || key.realm.empty() || key.id.empty()) return std::nullopt;
    return key;
}

std::optional<double> parse_number(std::string_view text) {
    text = trim(text);
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value))
        return std::nullopt;
    return value;
}

std::optional<long long> parse_integer(std::string_view text) {
    text = trim(text);
    long long value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

std::optional<bool> parse_bool(std::string_view text) {
    const std::string word = lower(trim(text));
    if (word == "true" || word == "yes" || word == "on") return true;
    if (word == "false" || word == "no" || word == "off") return false;
    return std::nullopt;
}

bool is_word(std::string_view text) {
    if (text.empty() || text.size() > 32 || text.front() < 'a' || text.front() > 'z') return false;
    return std::all_of(text.begin(), text.end(), [](char letter) {
        return (letter >= 'a' && letter <= 'z') || is_digit(letter) || letter == '-' || letter == '_';
    });
}

std::optional<std::size_t> find_invalid_utf8(std::string_view text) {
    const auto byte = [&](std::size_t at) {
        return static_cast<unsigned char>(at < text.size() ? text[at] : 0);
    };
    for (std::size_t i = 0; i < text.size();) {
        const unsigned char lead = byte(i);
        const std::size_t length = lead < 0x80   ? 1
                                   : lead < 0xC2 ? 0
                                   : lead < 0xE0 ? 2
                                   : lead < 0xF0 ? 3
                                   : lead < 0xF5 ? 4
                                                 : 0;
        if (length == 0) return i;
        for (std::size_t k = 1; k < length; ++k) {
            if ((byte(i + k) & 0xC0U) != 0x80U) return i;
        }
        // Too long forms, surrogates and what lies beyond the last code point.
        const unsigned char next = byte(i + 1);
        if ((lead == 0xE0 && next < 0xA0) || (lead == 0xED && next > 0x9F) || (lead == 0xF0 && next < 0x90) ||
            (lead == 0xF4 && next > 0x8F)) {
            return i;
        }
        i += length;
    }
    return std::nullopt;
}

}  // namespace rapport::config_file
