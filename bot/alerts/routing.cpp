#include "bot/alerts/routing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "bot/people/working_time.hpp"

namespace rapport {

namespace {

constexpr std::string_view on_duty_prefix = "on duty in ";

/// "1 alert", "2 alerts".
std::string counted(std::uint32_t count, std::string_view what) {
    return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

/// Somebody who might be asked, and because of what.
struct Candidate {
    const Staffer* staffer;
    std::string because;
};

class Chooser {
public:
    Chooser(const Deciding& deciding, const PersonView& person, std::span<const std::string> except,
            Urgency urgency)
        : d_(deciding), person_(person), except_(except), urgency_(urgency) {}

    Route choose(std::span<const std::string> ask) {
        for (const std::string& target : ask) {
            if (target == "channel") {
                if (somebody_works()) return to_channel("the rule asks the team's channel");
                break;  // nobody would see it there before the first of them works again
            }
            for (const Candidate& candidate : candidates(target))
                if (consider(candidate)) return std::move(route_);
        }
        if (earliest_ && *earliest_ - d_.now <= longest_hold) {
            route_.hold_until = *earliest_;
            return std::move(route_);
        }
        return to_channel("nobody else can be asked, so it goes to the team's channel");
    }

private:
    Route to_channel(std::string_view why) {
        route_.why.emplace_back(why);
        return std::move(route_);
    }

    std::vector<Candidate> candidates(const std::string& target) {
        if (target == "owner") return owner();
        if (target == "strongest tie") return ties();
        if (target.starts_with(on_duty_prefix)) return group(target.substr(on_duty_prefix.size()));
        if (target == "@lead") {
            const Staffer* lead = d_.world.team.lead(d_.now);
            return lead ? std::vector<Candidate>{{lead, "leads the team"}} : nobody("nobody leads the team");
        }
        const Staffer* staffer = d_.world.team.staffer(std::string_view{target}.substr(1));
        return staffer ? std::vector<Candidate>{{staffer, "named by the rule"}}
                       : nobody(fmt::format("{} is not in the team", target));
    }
    std::vector<Candidate> nobody(std::string why) {
        route_.why.push_back(std::move(why));
        return {};
    }
    std::vector<Candidate> owner() {
        if (person_.owner.empty()) return nobody("nobody owns this relationship");
        const Staffer* staffer = d_.world.team.staffer(person_.owner);
        if (!staffer) return nobody(fmt::format("the owner, {}, is not in the team", person_.owner));
        return {{staffer, "owns this relationship"}};
    }
    std::vector<Candidate> ties() {
        std::vector<Candidate> all;
        for (const StafferTie& tie : person_.ties)
            if (tie.contacts > 0)  // to have been in the same conversation is no acquaintance
                all.push_back(
                    {tie.staffer, fmt::format("{} tie ({})", all.empty() ? "strongest" : "next strongest",
                                              counted(tie.contacts, "contact"))});
        return all.empty() ? nobody("nobody in the team has talked with them yet") : all;
    }
    std::vector<Candidate> group(const std::string& name) {
        const Group* group = d_.world.team.group(name);
        if (!group) return nobody(fmt::format("there is no group {}", name));
        std::vector<Candidate> all;
        for (const std::string& member : group->members)
            if (const Staffer* staffer = d_.world.team.staffer(member))
                all.push_back({staffer, fmt::format("on duty in {}", name)});
        return all;
    }

    /// The first moment they could take it; empty: not in sight.
    std::optional<Time> available(const Staffer& staffer) const {
        Time from = d_.now;
        if (const auto row = d_.state.staffers.find(staffer.name); row != d_.state.staffers.end())
            from = std::max(from, row->second.away_until);
        if (urgency_ != Urgency::high) return next_working(staffer, from);
        for (const Away& away : staffer.away)
            if (away.from <= from && from < away.until) from = away.until;
        return from;
    }

    /// Whether the channel may be disturbed; if not, `earliest_` says when.
    bool somebody_works() {
        if (urgency_ == Urgency::high) return true;
        std::optional<Time> first;
        for (const Staffer& staffer : d_.world.team.staffers())
            if (const std::optional<Time> when = available(staffer); when && (!first || *when < *first))
                first = when;
        if (!first || *first <= d_.now) return true;
        route_.why.push_back(
            fmt::format("the team's channel: nobody works before {} UTC", local_date_text("UTC", *first)));
        if (!earliest_) earliest_ = first;
        return false;
    }

    bool consider(const Candidate& candidate) {
        const Staffer& staffer = *candidate.staffer;
        if (std::find(tried_.begin(), tried_.end(), &staffer) != tried_.end()) return false;
        tried_.push_back(&staffer);
        const auto note = [&](std::string_view against) {
            route_.why.push_back(
                fmt::format("{}: {}, but {}", staffer.full_name, candidate.because, against));
            return false;
        };
        if (std::find(except_.begin(), except_.end(), staffer.name) != except_.end())
            return note("has been asked already");
        if (!staffer.on_team(d_.now)) return note("is not on the team now");
        const std::optional<Time> when = available(staffer);
        if (!when || *when > d_.now) {
            if (when && (!earliest_ || *when < *earliest_)) earliest_ = when;
            note(when ? fmt::format("is not working until {}", local_date_text(staffer.zone, *when))
                      : std::string("is away for long"));
            return step_in(staffer);
        }
        if (const auto row = d_.state.staffers.find(staffer.name);
            row != d_.state.staffers.end() && row->second.open_alerts >= staffer.capacity) {
            note(fmt::format("has {} already, as many as they take",
                             counted(row->second.open_alerts, "alert")));
            return step_in(staffer);
        }
        route_.staffer = staffer.name;
        route_.why.push_back(fmt::format("{}: {}", staffer.full_name, candidate.because));
        return true;
    }
    bool step_in(const Staffer& staffer) {
        if (staffer.backup.empty()) return false;
        const Staffer* backup = d_.world.team.staffer(staffer.backup);
        return backup && consider({backup, fmt::format("steps in for {}", staffer.full_name)});
    }

    const Deciding& d_;
    const PersonView& person_;
    std::span<const std::string> except_;
    Urgency urgency_;
    Route route_{};
    std::vector<const Staffer*> tried_{};
    std::optional<Time> earliest_{};
};

}  // namespace

Route choose_route(const Deciding& deciding, const PersonView& person, std::span<const std::string> ask,
                   std::span<const std::string> except, Urgency urgency) {
    return Chooser{deciding, person, except, urgency}.choose(ask);
}

}  // namespace rapport
