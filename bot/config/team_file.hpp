#pragma once

#include <yaml-cpp/yaml.h>

#include <map>
#include <string>
#include <vector>

#include "bot/config/calendar.hpp"
#include "bot/config/mistakes.hpp"
#include "bot/config/section.hpp"
#include "bot/people/team.hpp"

namespace rapport::config_file {

/// A word of the file with its place, kept for checks that need the whole file.
struct Marked {
    std::string text{};
    YAML::Mark mark{};
};

struct MarkedAccount {
    AccountKey key{};
    YAML::Mark mark{};
};

struct StafferEntry {
    Staffer staffer{};
    YAML::Mark mark{};  ///< Of the name.
    YAML::Mark backup{};
    std::vector<MarkedAccount> accounts{};
};

struct GroupEntry {
    std::string name{};
    YAML::Mark mark{};
    std::vector<Marked> members{};
    Rotation rotation{};          ///< Its shifts are made when all staffers are known.
    std::vector<Marked> named{};  ///< By overrides.
    Marked calendar{};            ///< The file of a rotation that has one.
};

/// The calendars that a file names, each read once.
class Calendars {
public:
    /// `file`: who names them, in whose folder they are looked for.
    Calendars(const ReadFile& read, std::string_view file, Mistakes& mistakes)
        : read_(read), folder_(file.substr(0, file.rfind('/') + 1)), mistakes_(mistakes) {}
    /// Its name with the folder, for mistakes.
    std::string shown(const std::string& name) const { return name.starts_with('/') ? name : folder_ + name; }
    /// Null, with the mistakes told, if it cannot be read. Lives as long as this.
    const std::vector<CalendarEntry>* find(const std::string& name, const YAML::Mark& mark);

private:
    const ReadFile& read_;
    std::string folder_;
    Mistakes& mistakes_;
    std::map<std::string, std::optional<std::vector<CalendarEntry>>> known_{};
};

/// Whether a text names a calendar file rather than something else.
bool is_calendar(std::string_view text);

/// team.yaml as it was read, before its parts are checked against each other.
struct TeamFile {
    std::vector<StafferEntry> staffers{};
    std::vector<GroupEntry> groups{};
    std::vector<MarkedAccount> brand_accounts{};
    std::vector<std::string> brand_names{};
    std::vector<std::chrono::year_month_day> holidays{};  ///< Everybody's.
};

/// The value of `hours`: "always", "office", or a map of days to spans. Mistakes leave `into` as it is.
void read_hours(const YAML::Node& node, const std::string& path, Mistakes& mistakes, WorkingHours& into);

/// One entry below `staff`.
StafferEntry read_staffer(const std::string& name, const YAML::Mark& mark, const YAML::Node& node,
                          Mistakes& mistakes, Calendars& calendars);

/// One entry below `groups`: a list, or a map with a rotation.
GroupEntry read_group(const std::string& name, const YAML::Mark& mark, const YAML::Node& node,
                      Mistakes& mistakes);
/// Who is on duty when by the calendars that groups name.
void read_shifts(TeamFile& file, Mistakes& mistakes, Calendars& calendars);

/// The dates under `holidays`, and those of the calendars it names, added to `into`, sorted and without
/// repeats.
void read_holidays(Section& in, Calendars& calendars, std::vector<std::chrono::year_month_day>& into);

/// A moment under `key` on the clocks of `zone`; empty if missing or wrong.
std::optional<Time> read_moment(Section& in, std::string_view key, const std::string& zone);

/// The zone under `key`; mistakes leave `into` as it is.
void read_zone(Section& in, std::string& into);

/// The account that `text` at `mark` names, or nothing and a mistake.
void read_account(const std::string& text, const YAML::Mark& mark, const std::string& path,
                  Mistakes& mistakes, std::vector<MarkedAccount>& into);

/// What `load_team` promises to check across the file.
void check_team(const TeamFile& file, Mistakes& mistakes);

}  // namespace rapport::config_file
