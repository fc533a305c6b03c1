#include <fmt/core.h>

#include <algorithm>

#include "bot/config/suggest.hpp"
#include "bot/config/team_file.hpp"
#include "bot/config/values.hpp"

namespace rapport::config_file {

namespace {

constexpr const char* members_hint = "Write [ada, bea], in the order in which they are asked.";
constexpr std::size_t most_changes = 1'000;  ///< Overrides, and swaps.

class GroupReader {
public:
    GroupReader(Section& in, GroupEntry& group) : in_(in), group_(group), path_("groups." + group.name) {}

    void read() {
        in_.texts("members", [&](const std::string& name, const YAML::Mark& mark) {
            group_.members.push_back({name, mark});
        });
        read_zone(in_, group_.rotation.zone);
        read_kind();
        read_start();
        read_overrides();
        read_swaps();
        in_.finish();
        if (group_.members.empty() && group_.rotation.kind != RotationKind::calendar)
            in_.wrong("members", group_.mark, "must be a list of staffers", members_hint);
    }

private:
    void read_kind() {
        std::string text;
        in_.text("rotation", text);
        Rotation& rotation = group_.rotation;
        if (text.empty()) return;
        if (text == "weekly") {
            rotation.kind = RotationKind::weekly;
        } else if (text == "follow the sun") {
            rotation.kind = RotationKind::follow_the_sun;
        } else if (is_calendar(text)) {
            rotation.kind = RotationKind::calendar;
            group_.calendar = {text, in_.mark("rotation")};
        } else {
            static const std::vector<std::string> known{"weekly", "follow the sun"};
            const std::string* meant = nearest(text, known);
            in_.wrong("rotation", in_.mark("rotation"), fmt::format("cannot be \"{}\"", text),
                      meant ? fmt::format("Did you mean \"{}\"?", *meant)
                            : "Write weekly, follow the sun, or the name of a calendar: duty.ics.");
        }
    }

    bool only_weekly(std::string_view key) {
        if (group_.rotation.kind == RotationKind::weekly) return true;
        in_.wrong(key, in_.mark(key), "says something only with `rotation: weekly`", "Take it out.");
        return false;
    }

    /// "Mon 09:00", or "2026-03-02 09:00": then the first of the list begins on that very day.
    void read_start() {
        std::string text;
        in_.text("starts", text);
        if (text.empty() || !only_weekly("starts")) return;
        Rotation& rotation = group_.rotation;
        if (const auto moment = parse_local_moment(text)) {
            rotation.first = moment->day;
            rotation.minute = moment->minute;
            return;
        }
        const auto blank = text.find(' ');
        const std::vector<unsigned> day = parse_days(std::string_view{text}.substr(0, blank));
        const auto clock = blank == std::string::npos ? std::optional{std::chrono::minutes{0}}
                                                      : parse_clock(std::string_view{text}.substr(blank + 1));
        if (day.size() != 1 || !clock || *clock == std::chrono::hours{24})
            return in_.wrong("starts", in_.mark("starts"),
                             fmt::format("must be a day and a clock, not \"{}\"", text),
                             "Write Mon 09:00, or the day on which the first begins: \"2026-03-02 09:00\".");
        rotation.first = std::chrono::sys_days{rotation.first} + std::chrono::days{(day.front() + 6) % 7};
        rotation.minute = *clock;
    }

    /// The maps of the list under `key`, each as a section of its own.
    template <class Each>
    void each_of(std::string_view key, const char* hint, Each each) {
        const Section::Found found = in_.find(key, true);
        if (!found) return;
        if (!found.node.IsSequence()) return in_.wrong(key, found.node.Mark(), "must be a list", hint);
        if (found.node.size() > most_changes)
            return in_.wrong(key, found.node.Mark(), fmt::format("may be {} at most", most_changes),
                             "Take out those that are over.");
        for (const YAML::Node& item : found.node) {
            Section one{item, fmt::format("{}.{}", path_, key), in_.mistakes()};
            if (item.IsMap()) each(one, item);
            one.finish();
        }
    }

    void read_overrides() {
        constexpr const char* hint = "Write overrides: [{from: 2026-04-06, until: 2026-04-13, who: cyd}].";
        if (group_.rotation.kind == RotationKind::none && in_.find("overrides", true))
            return in_.wrong("overrides", in_.mark("overrides"), "says something only with a rotation",
                             "Give the group one: rotation: weekly.");
        each_of("overrides", hint, [&](Section& one, const YAML::Node& item) {
            const auto from = read_moment(one, "from", group_.rotation.zone);
            const auto until = read_moment(one, "until", group_.rotation.zone);
            std::string who;
            one.text("who", who);
            if (who.empty() || !item["from"].IsDefined() || !item["until"].IsDefined())
                return in_.wrong("overrides", item.Mark(), "needs from, until and who", hint);
            if (from && until && *until <= *from)
                return in_.wrong("overrides", item.Mark(), "ends before it begins",
                                 "until is the first moment after it.");
            group_.named.push_back({who, one.mark("who")});
            if (from && until) group_.rotation.overrides.push_back({*from, *until, who});
        });
        std::stable_sort(group_.rotation.overrides.begin(), group_.rotation.overrides.end(),
                         [](const Shift& a, const Shift& b) { return a.from < b.from; });
    }

    /// The week that a day begins or lies in: a day on which duty changes hands stands for the new week.
    std::optional<std::int64_t> read_week(Section& one, std::string_view key) {
        std::string text;
        one.text(key, text);
        if (text.empty()) return std::nullopt;
        if (const auto date = parse_date(text))
            return week_of(group_.rotation,
                           local_moment(group_.rotation.zone, *date, std::chrono::minutes{1439}));
        one.wrong(key, one.mark(key), fmt::format("must be a date, not \"{}\"", text),
                  "Write a day of that week: 2026-04-06.");
        return std::nullopt;
    }

    void read_swaps() {
        constexpr const char* hint =
            "Write swaps: [{week: 2026-04-06, with: 2026-04-13}], a day of each week.";
        if (!in_.find("swaps", true) || !only_weekly("swaps")) return;
        std::vector<std::int64_t> seen;
        each_of("swaps", hint, [&](Section& one, const YAML::Node& item) {
            const auto week = read_week(one, "week");
            const auto with = read_week(one, "with");
            if (!item["week"].IsDefined() || !item["with"].IsDefined())
                return in_.wrong("swaps", item.Mark(), "needs week and with", hint);
            if (!week || !with) return;
            if (*week == *with) return in_.wrong("swaps", item.Mark(), "names the same week twice", hint);
            for (const std::int64_t number : {*week, *with}) {
                if (std::find(seen.begin(), seen.end(), number) != seen.end())
                    in_.wrong("swaps", item.Mark(), "changes a week that another swap changes too",
                              "Say with an override who has it.");
                seen.push_back(number);
            }
            group_.rotation.swaps.emplace_back(*week, *with);
        });
    }

    Section& in_;
    GroupEntry& group_;
    std::string path_;
};

}  // namespace

GroupEntry read_group(const std::string& name, const YAML::Mark& mark, const YAML::Node& node,
                      Mistakes& mistakes) {
    GroupEntry group;
    group.name = name;
    group.mark = mark;
    if (node.IsMap()) {
        Section in{node, "groups." + name, mistakes};
        GroupReader{in, group}.read();
        return group;
    }
    bool good = node.IsSequence() && node.size() > 0;
    for (const YAML::Node& item : node) {
        good = good && item.IsScalar();
        if (good) group.members.push_back({item.Scalar(), item.Mark()});
    }
    if (!good) mistakes.add(mark, fmt::format("groups.{} must be a list of staffers", name), members_hint);
    return group;
}

}  // namespace rapport::config_file
