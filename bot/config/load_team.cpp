#include <algorithm>

#include "bot/config/load.hpp"
#include "bot/config/section.hpp"
#include "bot/config/team_file.hpp"
#include "bot/config/values.hpp"

namespace rapport {

using namespace config_file;

namespace {

void read_brand(Section in, TeamFile& file) {
    in.texts("names", [&](const std::string& name, const YAML::Mark& mark) {
        if (trim(name).empty() || name.size() > 64) {
            in.wrong("names", mark, "must be words of 1 to 64 bytes");
        } else {
            file.brand_names.emplace_back(trim(name));
        }
    });
    in.texts("accounts", [&](const std::string& text, const YAML::Mark& mark) {
        read_account(text, mark, "brand.accounts", in.mistakes(), file.brand_accounts);
    });
    in.finish();
}

/// Calls `each` with every key of the map under `key` and asks `section` for it, so that doubles are found.
template <class Each>
void for_each_key(Section& whole, const char* key, Each each) {
    const Section::Found found = whole.find(key, true);
    if (!found) return;
    Section in{found.node, key, whole.mistakes()};
    if (!found.node.IsMap()) return;
    for (const auto& pair : found.node) {
        if (!pair.first.IsScalar()) continue;
        const std::string& name = pair.first.Scalar();
        in.find(name, true);
        each(name, pair.first.Mark(), pair.second);
    }
    in.finish();
}

void read_staff(Section& whole, TeamFile& file, Calendars& calendars) {
    for_each_key(whole, "staff",
                 [&](const std::string& name, const YAML::Mark& mark, const YAML::Node& node) {
                     file.staffers.push_back(read_staffer(name, mark, node, whole.mistakes(), calendars));
                 });
    if (file.staffers.empty()) {
        whole.mistakes().add(whole.mark("staff"), "there is no staffer, so nobody could be asked",
                             "Add at least one below \"staff:\", as in \"ada: {full_name: Ada Winter}\".");
    }
}

void read_groups(Section& whole, TeamFile& file) {
    for_each_key(whole, "groups",
                 [&](const std::string& name, const YAML::Mark& mark, const YAML::Node& node) {
                     file.groups.push_back(read_group(name, mark, node, whole.mistakes()));
                 });
}

Team make_team(TeamFile file) {
    std::vector<Staffer> staffers;
    staffers.reserve(file.staffers.size());
    for (StafferEntry& entry : file.staffers) {
        std::vector<std::chrono::year_month_day>& own = entry.staffer.holidays;
        own.insert(own.end(), file.holidays.begin(), file.holidays.end());
        std::sort(own.begin(), own.end());
        own.erase(std::unique(own.begin(), own.end()), own.end());
        staffers.push_back(std::move(entry.staffer));
    }
    std::vector<Group> groups;
    for (const GroupEntry& entry : file.groups) {
        Group group{entry.name, {}, entry.rotation};
        group.members.reserve(entry.members.size());
        for (const Marked& member : entry.members) group.members.push_back(member.text);
        groups.push_back(std::move(group));
    }
    std::vector<AccountKey> brand;
    brand.reserve(file.brand_accounts.size());
    for (MarkedAccount& account : file.brand_accounts) brand.push_back(std::move(account.key));
    return Team{std::move(staffers), std::move(groups), std::move(brand), std::move(file.brand_names)};
}

}  // namespace

Loaded<Team> load_team(std::string_view text, std::string_view file, const ReadFile& read_file) {
    Mistakes mistakes{text, file};
    Calendars calendars{read_file, file, mistakes};
    const YAML::Node document = parse_document(text, mistakes);
    TeamFile read;
    if (mistakes.none()) {
        Section whole{document, "", mistakes};
        read_brand(whole.section("brand"), read);
        read_holidays(whole, calendars, read.holidays);
        read_staff(whole, read, calendars);
        read_groups(whole, read);
        read_shifts(read, mistakes, calendars);
        whole.finish();
        check_team(read, mistakes);
    }
    if (mistakes.none()) return {make_team(std::move(read)), {}};
    return {std::nullopt, mistakes.take()};
}

}  // namespace rapport
