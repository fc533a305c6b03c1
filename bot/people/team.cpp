#include "bot/people/team.hpp"

#include <algorithm>
#include <utility>

namespace rapport {

namespace {

using std::chrono::hours;

constexpr DaySpan office_day{hours{9}, hours{17}};
constexpr DaySpan whole_day{hours{0}, hours{24}};

}  // namespace

WorkingHours WorkingHours::office() {
    WorkingHours hours;
    for (std::size_t day = 1; day <= 5; ++day) hours.days[day] = {office_day};
    return hours;
}

WorkingHours WorkingHours::always() {
    WorkingHours hours;
    hours.days.fill({whole_day});
    return hours;
}

bool Staffer::speaks(std::string_view language) const {
    return languages.empty() || std::find(languages.begin(), languages.end(), language) != languages.end();
}

bool Staffer::has_account_on(std::string_view platform) const {
    return std::any_of(accounts.begin(), accounts.end(),
                       [&](const AccountKey& account) { return account.platform == platform; });
}

Team::Team(std::vector<Staffer> staffers, std::vector<Group> groups, std::vector<AccountKey> brand_accounts,
           std::vector<std::string> brand_names)
    : staffers_(std::move(staffers)),
      groups_(std::move(groups)),
      brand_accounts_(std::move(brand_accounts)),
      brand_names_(std::move(brand_names)),
      brand_(brand_accounts_.begin(), brand_accounts_.end()) {
    for (std::uint32_t index = 0; index < staffers_.size(); ++index) {
        staffer_by_name_.try_emplace(staffers_[index].name, index);
        for (const AccountKey& account : staffers_[index].accounts) {
            staffer_by_account_.try_emplace(account, index);
        }
    }
    for (std::uint32_t index = 0; index < groups_.size(); ++index) {
        group_by_name_.try_emplace(groups_[index].name, index);
    }
}

std::vector<std::string> Team::subjects() const {
    std::vector<std::string> all;
    for (const Staffer& one : staffers_)
        for (const std::string& topic : one.topics)
            if (std::find(all.begin(), all.end(), topic) == all.end()) all.push_back(topic);
    return all;
}

const Staffer* Team::staffer(std::string_view name) const {
    const auto found = staffer_by_name_.find(name);
    return found == staffer_by_name_.end() ? nullptr : &staffers_[found->second];
}

const Group* Team::group(std::string_view name) const {
    const auto found = group_by_name_.find(name);
    return found == group_by_name_.end() ? nullptr : &groups_[found->second];
}

const Staffer* Team::staffer_of(const AccountKey& account, Time at) const {
    const auto found = staffer_by_account_.find(account);
    if (found == staffer_by_account_.end()) return nullptr;
    const Staffer& staffer = staffers_[found->second];
    return staffer.on_team(at) ? &staffer : nullptr;
}

bool Team::is_brand(const AccountKey& account) const {
    return brand_.contains(account);
}

const Staffer* Team::lead(Time at) const {
    for (const Staffer& staffer : staffers_) {
        if (staffer.lead && staffer.on_team(at)) return &staffer;
    }
    return nullptr;
}

bool Team::add_account(std::string_view staffer, const AccountKey& account) {
    const auto found = staffer_by_name_.find(staffer);
    if (found == staffer_by_name_.end() || is_brand(account)) return false;
    if (!staffer_by_account_.try_emplace(account, found->second).second) return false;
    staffers_[found->second].accounts.push_back(account);
    return true;
}

std::size_t Team::KeyHash::operator()(const AccountKey& key) const noexcept {
    // The id tells the few accounts of a team apart nearly always, and this is asked several times a message.
    return std::hash<std::string_view>{}(key.id);
}

}  // namespace rapport
