#include "bot/office/hours_words.hpp"

#include <fmt/format.h>

#include <vector>

#include "bot/config/own_settings.hpp"
#include "bot/config/values.hpp"
#include "bot/office/text.hpp"

namespace rapport::office {

namespace {

/// "9am" -> "9", "5pm" -> "17", "9:30" -> "9:30".
std::string plain_clock(std::string word) {
    int shift = -1;
    if (word.ends_with("am")) shift = 0;
    if (word.ends_with("pm")) shift = 12;
    if (shift < 0) return word;
    word.resize(word.size() - 2);
    const std::size_t colon = std::min(word.find(':'), word.size());
    const auto hour = config_file::parse_integer(word.substr(0, colon));
    if (!hour || *hour < 1 || *hour > 12) return "?";
    return fmt::format("{}{}", *hour % 12 + shift, word.substr(colon));
}

std::optional<DaySpan> span_of(const std::string& word) {
    const std::size_t dash = word.find('-');
    if (dash == std::string::npos) return std::nullopt;
    return config_file::parse_span(plain_clock(word.substr(0, dash)) + "-" +
                                   plain_clock(word.substr(dash + 1)));
}

std::vector<unsigned> days_of(const std::string& word) {
    if (word == "weekdays") return {1, 2, 3, 4, 5};
    if (word == "weekends" || word == "weekend") return {6, 0};
    if (word == "everyday") return {0, 1, 2, 3, 4, 5, 6};
    return config_file::parse_days(word);
}

/// "9 to 17", "9 - 17" -> "9-17"; commas and "and" part like blanks.
std::vector<std::string> words_of(std::string_view text) {
    std::string plain = lower(text);
    for (char& c : plain)
        if (c == ',' || c == ';') c = ' ';
    std::vector<std::string> words;
    bool join = false;
    for (std::string& word : split(plain)) {
        if (word.ends_with(':')) word.pop_back();
        if (word == "and" || word == "from" || word.empty()) continue;
        if (word == "to" || word == "-" || word == "until") {
            join = !words.empty();
            continue;
        }
        if (join) {
            words.back() += "-" + word;
        } else {
            words.push_back(std::move(word));
        }
        join = false;
    }
    return words;
}

}  // namespace

std::optional<std::string> parse_hours_words(std::string_view text) {
    constexpr std::size_t longest = 500;
    if (text.size() > longest) return std::nullopt;
    if (const auto hours = parse_hours(trim(text))) return hours_text(*hours);
    WorkingHours hours;
    std::vector<unsigned> days;
    bool any = false, days_used = true;
    for (const std::string& word : words_of(text)) {
        if (const auto span = span_of(word)) {
            if (days.empty()) days = {1, 2, 3, 4, 5};
            for (const unsigned day : days) hours.days[day].push_back(*span);
            any = days_used = true;
            continue;
        }
        if (word == "off") {
            days_used = true;
            continue;
        }
        const std::vector<unsigned> more = days_of(word);
        if (more.empty()) return std::nullopt;
        if (days_used) days.clear();  // new days begin; "mon wed 9-17" names two
        days.insert(days.end(), more.begin(), more.end());
        days_used = false;
    }
    if (!any || !days_used) return std::nullopt;
    return hours_text(hours);
}

}  // namespace rapport::office
