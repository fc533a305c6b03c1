#pragma once

// A person as the sum of their accounts, seen at one moment. Made for one decision and thrown away.

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/config/config.hpp"
#include "bot/people/team.hpp"
#include "bot/people/ties.hpp"
#include "bot/store/state.hpp"

namespace rapport {

/// The level that a relationship has reached.
enum class Depth : std::uint8_t { stranger, acquaintance, familiar, close, core };
std::string_view name_of(Depth depth) noexcept;

/// How close the person is to one staffer, over all accounts of both.
struct StafferTie {
    const Staffer* staffer = nullptr;  ///< Lives as long as the Team.
    double strength = 0;               ///< Faded; in units of one direct reply just now.
    double deep = 0;                   ///< The slow sum that depth is judged by.
    Time last_out{};                   ///< The person last addressed the staffer.
    Time last_in{};                    ///< The staffer last addressed the person.
    std::uint32_t contacts = 0;
};

/// Pointers live as long as the rows in the State: until the end of the batch.
struct PersonView {
    AccountId account{};                        ///< The one that was asked about.
    std::vector<const AccountRow*> accounts{};  ///< Ascending by id.
    std::vector<std::string_view> roles{};  ///< Without repeats, in the order in which accounts have them.
    std::string_view owner{};               ///< Of the first account that has one; or empty.
    std::int64_t reach = -1;                ///< Sum over accounts that know theirs; -1: none does.
    std::uint32_t messages = 0;
    Time first_seen{};
    bool bot = false;
    bool suspected = false;  ///< Of being a bot that nobody has marked as one.
    Time muted_until{};
    std::int64_t rhythm_ms = 0;      ///< As AccountRow::rhythm_ms; of the first account that has one.
    std::vector<StafferTie> ties{};  ///< Strongest first; staffers on the team now.
    Depth depth = Depth::stranger;
    double value = 0;

    const AccountRow& self() const;
    /// Display name, or handle, or id.
    std::string_view shown_name() const;
    /// When staff last answered them personally; `never` if not.
    Time last_contact() const;
};

/// Two accounts of a person, and why they are one's.
struct Bonded {
    const AccountRow* a;
    const AccountRow* b;
    const Bond* bond;
};
/// Each bond once, in the order of accounts.
std::vector<Bonded> why_one_person(const PersonView& person);

/// Name, or handle, or id.
std::string_view shown_name(const AccountRow& account);

/// "platform:realm:id".
std::string key_text(const AccountKey& key);

/// Whether the team has something to do with them: a role, an owner, or an answer from a staffer. Of a
/// stranger's many messages none is kept at hand.
bool known_to_team(const AccountRow& account);

/// The slow strength that a relationship must reach for each level above stranger, at one moment: the larger
/// of the community's percentile and the configured floor.
using DepthThresholds = std::array<double, 4>;
DepthThresholds depth_thresholds(const CommunityRow& community, const DepthConfig& config, const Decay& deep,
                                 Time now);
Depth depth_of(double deep_strength, const DepthThresholds& thresholds);

/// One summand of a person's value.
struct ValueTerm {
    std::string what{};
    double points = 0;
};
/// What the relationship is worth, term by term; the value is their sum, between 0 and `config.cap`.
std::vector<ValueTerm> value_terms(const PersonView& person, const ValueConfig& config);
double value_of(const std::vector<ValueTerm>& terms, const ValueConfig& config);

/// Everything besides the state that a view depends on.
struct PeopleContext {
    const Team& team;
    const Config& config;
    Decay fast;
    Decay deep;
    PeopleContext(const Team& on_team, const Config& settings)
        : team(on_team),
          config(settings),
          fast(settings.ties.fade_per_month),
          deep(settings.ties.depth_fade_per_month) {}
};

/// The person behind `account` at `now`. Throws NotLoaded when the batch did not load the person's accounts
/// or the staff accounts of their ties.
PersonView view_person(const State& state, const PeopleContext& context, AccountId account, Time now);

}  // namespace rapport
