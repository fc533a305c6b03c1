#include "bot/office/when.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <vector>

#include "bot/office/text.hpp"
#include "bot/people/working_time.hpp"

namespace rapport::office {

namespace {

using namespace std::chrono;
using Words = std::vector<std::string>;

constexpr std::array<std::string_view, 7> day_names{"sunday",   "monday", "tuesday", "wednesday",
                                                    "thursday", "friday", "saturday"};
constexpr std::array<std::string_view, 12> month_names{"january",   "february", "march",    "april",
                                                       "may",       "june",     "july",     "august",
                                                       "september", "october",  "november", "december"};

/// The place of the name that `word` is or shortens to at least three letters.
template <std::size_t N>
std::optional<unsigned> named(const std::string& word, const std::array<std::string_view, N>& names) {
    for (unsigned i = 0; i < N; ++i)
        if (word.size() >= 3 && names[i].starts_with(word)) return i;
    return std::nullopt;
}

std::optional<int> number(std::string_view word) {
    int value = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
    if (error != std::errc{} || end != word.data() + word.size() || value < 0) return std::nullopt;
    return value;
}

/// "3", "3rd", "21st".
std::optional<int> day_number(std::string word) {
    for (const std::string_view ending : {"st", "nd", "rd", "th"})
        if (word.size() > 2 && word.ends_with(ending)) {
            word.resize(word.size() - 2);
            break;
        }
    const auto value = number(word);
    return value && *value >= 1 && *value <= 31 ? value : std::nullopt;
}

/// "14:00", "9am", "2:30pm", "noon", "midnight".
std::optional<minutes> clock(std::string word) {
    if (word == "noon") return minutes{12 * 60};
    if (word == "midnight") return minutes{0};
    int shift = -1;
    if (word.ends_with("am")) shift = 0;
    if (word.ends_with("pm")) shift = 12;
    if (shift >= 0) word.resize(word.size() - 2);
    const std::size_t colon = word.find(':');
    if (shift < 0 && colon == std::string::npos) return std::nullopt;
    const auto hour = number(std::string_view{word}.substr(0, colon));
    const auto minute =
        colon == std::string::npos ? std::optional<int>{0} : number(std::string_view{word}.substr(colon + 1));
    if (!hour || !minute || *minute > 59) return std::nullopt;
    if (shift >= 0 && (*hour < 1 || *hour > 12)) return std::nullopt;
    if (*hour > 23) return std::nullopt;
    const int full = shift < 0 ? *hour : *hour % 12 + shift;
    return minutes{full * 60 + *minute};
}

/// The date on the wall in `zone`.
sys_days local_day(std::string_view zone, Time at) {
    // The day whose first moment is the last one not after `at`; zones are within a day of UTC.
    sys_days day = floor<days>(at) + days{1};
    while (start_of_day(zone, day) > at) day -= days{1};
    return day;
}

std::optional<milliseconds> unit(std::string word) {
    if (word.size() > 1 && word.ends_with('s')) word.pop_back();
    if (word == "m" || word == "min" || word == "minute") return minutes{1};
    if (word == "h" || word == "hr" || word == "hour") return hours{1};
    if (word == "d" || word == "day") return days{1};
    if (word == "w" || word == "week") return weeks{1};
    return std::nullopt;
}

/// "2 days", "an hour", "3h", "1 week 2 days".
std::optional<milliseconds> length(const Words& words) {
    constexpr int most = 1'000;
    milliseconds sum{};
    if (words.empty()) return std::nullopt;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (words[i] == "and" && i > 0) continue;
        const std::size_t letters = std::min(words[i].find_first_not_of("0123456789"), words[i].size());
        std::optional<int> count;
        std::string rest = words[i].substr(letters);
        if (letters > 0) count = number(words[i].substr(0, letters));
        if (words[i] == "a" || words[i] == "an" || words[i] == "one") count = 1, rest.clear();
        if (words[i] == "two") count = 2, rest.clear();
        if (words[i] == "three") count = 3, rest.clear();
        if (rest.empty()) {
            if (++i == words.size()) return std::nullopt;
            rest = words[i];
        }
        const auto one = unit(rest);
        if (!count || !one || *count == 0 || *count > most) return std::nullopt;
        sum += *one * *count;
    }
    return sum;
}

struct Date {
    std::optional<sys_days> day{};
    std::optional<minutes> at{};
};

class Reader {
public:
    Reader(Words words, std::string_view zone, Time now) : words_(std::move(words)), zone_(zone), now_(now) {}

    std::optional<Time> read() {
        if (words_.empty()) return std::nullopt;
        while (at_ < words_.size())
            if (!one()) return std::nullopt;
        if (!date_.day && !date_.at) return std::nullopt;
        const sys_days day = date_.day.value_or(local_day(zone_, now_));
        Time moment = local_moment(zone_, day, date_.at.value_or(minutes{0}));
        if (!date_.day && moment <= now_) moment = local_moment(zone_, day + days{1}, *date_.at);
        return moment;
    }

private:
    bool set(sys_days day) {
        if (date_.day) return false;
        date_.day = day;
        return true;
    }

    bool one() {
        const std::string& word = words_[at_++];
        const sys_days today = local_day(zone_, now_);
        if (word == "at" || word == "on" || word == "the" || word == "of" || word == "next" ||
            word == "morning") {
            if (word == "next" && at_ < words_.size() && words_[at_] == "week") {
                ++at_;
                return set(today + days{7 - (weekday{today} - Monday).count()});
            }
            return at_ < words_.size() || word == "morning";
        }
        if (word == "today") return set(today);
        if (word == "tomorrow") return set(today + days{1});
        if (const auto at = clock(word)) {
            if (date_.at) return false;
            date_.at = at;
            return true;
        }
        if (const auto day = named(word, day_names)) {
            const auto ahead = (weekday{*day} - weekday{today}).count();
            // "Fri 3 Dec": the date says which.
            if (at_ < words_.size() && day_number(words_[at_])) return true;
            return set(today + days{ahead == 0 ? 7 : ahead});
        }
        if (word.size() == 10 && word[4] == '-' && word[7] == '-') return iso(word);
        return day_and_month(word, today);
    }

    bool iso(const std::string& word) {
        const auto y = number(word.substr(0, 4)), m = number(word.substr(5, 2)),
                   d = number(word.substr(8, 2));
        if (!y || !m || !d) return false;
        const year_month_day date{year{*y}, month(unsigned(*m)), day(unsigned(*d))};
        return date.ok() && *y >= 1970 && *y <= 2200 && set(date);
    }

    /// "3 Dec", "Dec 3", "3 December 2026".
    bool day_and_month(const std::string& word, sys_days today) {
        while (at_ < words_.size() && (words_[at_] == "of" || words_[at_] == "the")) ++at_;
        if (at_ == words_.size()) return false;
        const std::string& other = words_[at_++];
        auto in = named(other, month_names);
        auto of = day_number(word);
        if (!in) in = named(word, month_names), of = day_number(other);
        if (!in || !of) return false;
        std::optional<int> year_given;
        if (at_ < words_.size() && words_[at_].size() == 4) year_given = number(words_[at_]);
        if (year_given) ++at_;
        const year_month_day now_date{today};
        year_month_day date{year_given ? year{*year_given} : now_date.year(), month{*in + 1},
                            day(unsigned(*of))};
        if (!year_given && (!date.ok() || sys_days{date} < today)) date += years{1};
        return date.ok() && int(date.year()) >= 1970 && int(date.year()) <= 2200 && set(date);
    }

    Words words_;
    std::string_view zone_;
    Time now_;
    std::size_t at_ = 0;
    Date date_{};
};

}  // namespace

std::optional<Time> parse_when(std::string_view text, std::string_view zone, Time now) {
    constexpr std::size_t longest = 200;
    if (text.size() > longest) return std::nullopt;
    std::string plain = lower(text);
    std::replace(plain.begin(), plain.end(), ',', ' ');
    if (const std::size_t t = plain.find('t'); t == 10 && plain[4] == '-') plain[t] = ' ';
    Words words = split(plain);
    while (!words.empty() && (words.front() == "until" || words.front() == "till" || words.front() == "til" ||
                              words.front() == "for" || words.front() == "in"))
        words.erase(words.begin());
    if (const auto long_time = length(words)) return now + *long_time;
    return Reader{std::move(words), zone, now}.read();
}

}  // namespace rapport::office
