#pragma once

// The people on the team: who they are, when they work, which accounts are theirs. Read from config/team.yaml
// by bot/config and never changed while it is in use; a reload makes a new Team.

#include <array>
#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "adapters/event.hpp"
#include "bot/people/rotation.hpp"

namespace rapport {

/// A stretch of one day's wall clock, `until` not included. 0 <= from < 24 h and from < until <= from + 24 h:
/// what goes past 24 h runs into the next day (22:00-06:00 is {22 h, 30 h}) and belongs to the day it begins
/// on.
struct DaySpan {
    std::chrono::minutes from{};
    std::chrono::minutes until{};
    auto operator<=>(const DaySpan&) const = default;
};

/// A staffer's week on their own wall clock. Spans of a day may touch and overlap.
struct WorkingHours {
    std::array<std::vector<DaySpan>, 7> days{};  ///< By std::chrono::weekday::c_encoding(): 0 is Sunday.

    /// Monday to Friday, 09:00-17:00.
    static WorkingHours office();
    /// Every minute of every day.
    static WorkingHours always();

    bool operator==(const WorkingHours&) const = default;
};

/// A time off: from `from` on, back at `until`.
struct Away {
    Time from{};
    Time until{};
    std::string reason{};  ///< A few words for colleagues, or empty.
};

/// A person on the team.
struct Staffer {
    std::string name{};  ///< One short word, unique in the team ("ada"): how rules and other files call them.
    std::string full_name{};             ///< For people to read ("Ada Winter"); never empty after loading.
    std::vector<AccountKey> accounts{};  ///< Their own accounts anywhere.
    std::string zone = "UTC";            ///< IANA time zone; known to the system after loading.
    WorkingHours hours = WorkingHours::office();
    std::vector<std::string> languages{};  ///< Codes as `Reading::language` has them ("en"), best first.
    std::vector<std::string> topics{};     ///< What they know about, as written: "IPv6", "mirror setup".
    unsigned capacity = 5;                 ///< Most alerts open with or claimed by them at once; at least 1.
    unsigned relationships = 0;            ///< Most different persons given to them in 7 days; 0: no limit.
    WorkingHours do_not_disturb{};         ///< When nothing is asked of them, however urgent, by their clock.
    std::vector<Away> away{};
    std::vector<std::chrono::year_month_day> holidays{};  ///< Whole days off on their own calendar; sorted.
    std::string backup{};          ///< Name of the staffer who steps in when this one cannot; or empty.
    std::optional<Time> joined{};  ///< Before it their accounts are not staff. Empty: always were.
    std::optional<Time> left{};    ///< From it on their accounts are not staff. Empty: still here.
    bool lead = false;             ///< Asked when nobody else is left ("@lead").

    /// Whether they are on the team at `at`: joined, and not left.
    bool on_team(Time at) const { return (!joined || *joined <= at) && (!left || at < *left); }
    bool speaks(std::string_view language) const;  ///< Whose languages are not known speaks any.
    bool has_account_on(std::string_view platform) const;
};

/// Staffers under one name, to be asked in this order unless a rotation says otherwise.
struct Group {
    std::string name{};
    std::vector<std::string> members{};  ///< Names of staffers, or of other groups; no group is in itself.
    Rotation rotation{};
};

/// The whole team with its lookups; each lookup is one hash, since it is made for every message. Pointers
/// that a lookup returns live as long as the Team and are null when there is none.
class Team {
public:
    Team() = default;
    /// Names and accounts should be unique (`load_team` sees to it); of two, the first wins.
    Team(std::vector<Staffer> staffers, std::vector<Group> groups, std::vector<AccountKey> brand_accounts,
         std::vector<std::string> brand_names);

    const std::vector<Staffer>& staffers() const noexcept { return staffers_; }
    const std::vector<Group>& groups() const noexcept { return groups_; }
    const std::vector<AccountKey>& brand_accounts() const noexcept { return brand_accounts_; }
    /// The words by which people mention the brand in a text: its name, products, handles.
    const std::vector<std::string>& brand_names() const noexcept { return brand_names_; }
    /// What staff know about, as they wrote it; each once.
    std::vector<std::string> subjects() const;

    const Staffer* staffer(std::string_view name) const;
    const Group* group(std::string_view name) const;
    /// Whose account this was at `at`: null before they joined and once they left.
    const Staffer* staffer_of(const AccountKey& account, Time at) const;
    bool is_brand(const AccountKey& account) const;
    /// The first staffer marked as lead who is on the team at `at`.
    const Staffer* lead(Time at) const;

    /// Gives `staffer` one more account (the desks' own accounts, which no file lists). False, and nothing
    /// changes, if there is no such staffer or the account is somebody's already.
    bool add_account(std::string_view staffer, const AccountKey& account);

private:
    struct TextHash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const noexcept {
            return std::hash<std::string_view>{}(text);
        }
    };
    struct KeyHash {
        std::size_t operator()(const AccountKey& key) const noexcept;
    };
    using ByName = std::unordered_map<std::string, std::uint32_t, TextHash, std::equal_to<>>;

    std::vector<Staffer> staffers_{};
    std::vector<Group> groups_{};
    std::vector<AccountKey> brand_accounts_{};
    std::vector<std::string> brand_names_{};
    ByName staffer_by_name_{};  ///< Index into staffers_.
    ByName group_by_name_{};
    std::unordered_map<AccountKey, std::uint32_t, KeyHash> staffer_by_account_{};
    std::unordered_set<AccountKey, KeyHash> brand_{};
};

}  // namespace rapport
