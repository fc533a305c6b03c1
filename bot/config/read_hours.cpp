#include <fmt/core.h>

#include <array>

#include "bot/config/suggest.hpp"
#include "bot/config/team_file.hpp"
#include "bot/config/values.hpp"

namespace rapport::config_file {

namespace {

const std::string& day_name(unsigned day) {
    static const std::array<std::string, 7> names{"Sunday",   "Monday", "Tuesday", "Wednesday",
                                                  "Thursday", "Friday", "Saturday"};
    return names[day];
}

class HoursReader {
public:
    HoursReader(const std::string& path, Mistakes& mistakes) : path_(path), mistakes_(mistakes) {}

    /// False, with the mistakes told, if anything is wrong.
    bool read(const YAML::Node& node, WorkingHours& hours) {
        for (const auto& pair : node) {
            const YAML::Mark mark = pair.first.Mark();
            if (!pair.first.IsScalar()) {
                wrong(mark, "needs days as keys", days_hint);
                continue;
            }
            const std::vector<unsigned> days = parse_days(pair.first.Scalar());
            if (days.empty()) {
                static const std::vector<std::string> known{"mon", "tue", "wed",     "thu",  "fri",
                                                            "sat", "sun", "mon-fri", "daily"};
                const std::string* meant = nearest(pair.first.Scalar(), known);
                wrong(mark, fmt::format("does not know the days \"{}\"", pair.first.Scalar()),
                      meant ? fmt::format("Did you mean \"{}\"?", *meant) : days_hint);
                continue;
            }
            put(days, mark, read_spans(pair.second, mark), hours);
        }
        return good_;
    }

private:
    static constexpr const char* days_hint = "Write mon, tue, wed, thu, fri, sat, sun, mon-fri or daily.";
    static constexpr const char* spans_hint =
        "Write \"09:00-17:00\", or \"09:00-12:00, 13:00-17:00\", or \"off\".";

    void wrong(const YAML::Mark& mark, const std::string& what, const std::string& suggestion) {
        mistakes_.add(mark, path_ + " " + what, suggestion);
        good_ = false;
    }

    void put(const std::vector<unsigned>& days, const YAML::Mark& mark, const std::vector<DaySpan>& spans,
             WorkingHours& hours) {
        for (const unsigned day : days) {
            if (given_[day]) {
                wrong(mark, fmt::format("gives {} twice", day_name(day)), "Name each day once.");
                return;
            }
            given_[day] = true;
            hours.days[day] = spans;
        }
    }

    /// "a, b", [a, b] or "off".
    std::vector<DaySpan> read_spans(const YAML::Node& node, const YAML::Mark& key) {
        std::vector<DaySpan> spans;
        if (node.IsScalar()) {
            read_list(node.Scalar(), node.Mark(), spans);
        } else if (node.IsSequence()) {
            for (const YAML::Node& item : node) {
                if (item.IsScalar()) {
                    read_list(item.Scalar(), item.Mark(), spans);
                } else {
                    wrong(item.Mark(), "needs spans of time", spans_hint);
                }
            }
        } else {
            wrong(key, "needs spans of time", spans_hint);
        }
        return spans;
    }

    void read_list(std::string_view list, const YAML::Mark& mark, std::vector<DaySpan>& spans) {
        if (trim(list) == "off" || trim(list) == "none") return;
        for (std::string_view rest = list;;) {
            const auto comma = rest.find(',');
            const std::string_view one = trim(rest.substr(0, comma));
            if (const auto span = parse_span(one)) {
                spans.push_back(*span);
            } else {
                wrong(mark, fmt::format("does not understand \"{}\"", one), spans_hint);
            }
            if (comma == std::string_view::npos) return;
            rest.remove_prefix(comma + 1);
        }
    }

    const std::string& path_;
    Mistakes& mistakes_;
    std::array<bool, 7> given_{};
    bool good_ = true;
};

}  // namespace

void read_hours(const YAML::Node& node, const std::string& path, Mistakes& mistakes, WorkingHours& into) {
    if (node.IsScalar() && node.Scalar() == "always") {
        into = WorkingHours::always();
    } else if (node.IsScalar() && node.Scalar() == "office") {
        into = WorkingHours::office();
    } else if (node.IsMap()) {
        WorkingHours hours;
        if (HoursReader{path, mistakes}.read(node, hours)) into = std::move(hours);
    } else {
        mistakes.add(node.Mark(), path + " must be always, office, or days with their hours",
                     "Write hours: {mon-fri: \"09:00-17:00\"}.");
    }
}

}  // namespace rapport::config_file
