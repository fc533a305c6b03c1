#pragma once

#include <yaml-cpp/yaml.h>

#include <string>
#include <vector>

#include "bot/config/mistakes.hpp"
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
};

/// team.yaml as it was read, before its parts are checked against each other.
struct TeamFile {
    std::vector<StafferEntry> staffers{};
    std::vector<GroupEntry> groups{};
    std::vector<MarkedAccount> brand_accounts{};
    std::vector<std::string> brand_names{};
};

/// The value of `hours`: "always", "office", or a map of days to spans. Mistakes leave `into` as it is.
void read_hours(const YAML::Node& node, const std::string& path, Mistakes& mistakes, WorkingHours& into);

/// One entry below `staff`.
StafferEntry read_staffer(const std::string& name, const YAML::Mark& mark, const YAML::Node& node,
                          Mistakes& mistakes);

/// The account that `text` at `mark` names, or nothing and a mistake.
void read_account(const std::string& text, const YAML::Mark& mark, const std::string& path,
                  Mistakes& mistakes, std::vector<MarkedAccount>& into);

/// What `load_team` promises to check across the file.
void check_team(const TeamFile& file, Mistakes& mistakes);

}  // namespace rapport::config_file
