#include "bot/alerts/routing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "bot/alerts/candidates.hpp"
#include "bot/alerts/life.hpp"
#include "bot/alerts/suits.hpp"
#include "bot/people/working_time.hpp"

namespace rapport {

namespace {

/// Different persons given to them within a week, but for `person`; empty if `person` is one of them.
std::optional<std::size_t> others_given(const StafferRow& row, const PersonView& person, Time now) {
    std::size_t count = 0;
    for (const Given& one : row.given) {
        if (one.at + week_of_given <= now) continue;
        const auto same = [&](const AccountRow* account) { return account->id == one.about; };
        if (std::any_of(person.accounts.begin(), person.accounts.end(), same)) return std::nullopt;
        ++count;
    }
    return count;
}

class Chooser {
public:
    Chooser(const Deciding& deciding, const PersonView& person, const AlertRow& alert)
        : d_(deciding), person_(person), alert_(alert), suits_(deciding, alert) {}

    Route choose(std::span<const std::string> ask) {
        for (const std::string& line : suits_.missing()) route_.why.push_back(line);
        for (const std::string& target : ask) {
            if (target == "channel") {
                if (!somebody_works()) break;  // nobody would see it there before the first of them works
                if (second_best_ && second_best_flaws_ <= suits_.flaws_of_team()) break;
                if (const std::optional<Time> room = channel_room()) return queue(*room);
                return to_channel(alert_.rule == asked_by_colleague
                                      ? "nobody who knows them can be asked, so it goes to everybody"
                                      : "the rule asks the team's channel");
            }
            Candidates found = candidates_of(d_, person_, alert_, target);
            if (found.all.empty()) route_.why.push_back(std::move(found.nobody));
            for (const Candidate& candidate : found.all)
                if (consider(candidate)) return std::move(route_);
        }
        return settle();
    }

private:
    Route to_channel(std::string_view why) {
        route_.why.emplace_back(why);
        return std::move(route_);
    }
    Route hold(Time until) {
        route_.hold_until = until;
        return std::move(route_);
    }

    /// Nobody who suits is there now: whoever is, who comes soon, or the channel.
    Route settle() {
        const bool can_wait = alert_.policy.urgency != Urgency::high || !second_best_;
        for (Flaws flaws = 0; can_wait && flaws < second_best_flaws_; ++flaws)
            if (earliest_[flaws] && in_time(*earliest_[flaws], longest_preference))
                return hold(*earliest_[flaws]);
        if (second_best_) {
            give(*second_best_,
                 fmt::format(", and nobody else who can be asked {}", suits_.would(second_best_flaws_)));
            return std::move(route_);
        }
        std::optional<Time> first;
        for (const std::optional<Time>& when : earliest_)
            if (when && (!first || *when < *first)) first = when;
        if (first && in_time(*first, longest_hold)) return hold(*first);
        if (busy_until_) return queue(*busy_until_);
        if (const std::optional<Time> room = channel_room()) return queue(*room);
        return to_channel("nobody else can be asked, so it goes to the team's channel");
    }

    Route queue(Time until) {
        route_.queued = true;
        return hold(until);
    }

    /// Asked about so many others within a minute that what is new may wait for the next: all of it is looked
    /// at at the same moment then, by value.
    bool is_rushed(const StafferRow& row) const {
        if (!may_queue()) return false;
        const auto lately = [&](const Given& one) {
            return one.about != alert_.about && one.at + std::chrono::minutes{1} > d_.now;
        };
        return std::size_t(std::count_if(row.given.begin(), row.given.end(), lately)) >=
               d_.world.config.alerts.at_once;
    }
    Time next_minute() const {
        return std::chrono::floor<std::chrono::minutes>(d_.now) + std::chrono::minutes{1};
    }
    /// When to look again whether there is room.
    Time next_look() const {
        constexpr std::chrono::minutes step{5};
        const auto passed = d_.now.time_since_epoch() / step;
        return Time{step * (passed + 1)};
    }

    /// What is urgent does not queue, and nothing queues for ever.
    bool may_queue() const {
        constexpr std::chrono::hours longest_queue{24};
        return alert_.policy.urgency != Urgency::high && d_.now - alert_.created < longest_queue;
    }

    /// Until when the team's channel has enough; empty: it has room.
    std::optional<Time> channel_room() {
        const auto row = d_.state.staffers.find("");
        if (row == d_.state.staffers.end() || !may_queue()) return std::nullopt;
        if (row->second.open_alerts >= d_.world.config.alerts.channel_most) {
            route_.why.push_back(fmt::format("the team's channel has {} already, as many as may stand there",
                                             counted_of(row->second.open_alerts, "alert")));
            return next_look();
        }
        if (!is_rushed(row->second)) return std::nullopt;
        route_.why.emplace_back("the team's channel was just told of others");
        return next_minute();
    }

    bool in_time(Time when, std::chrono::milliseconds longest) const {
        return when - d_.now <= longest && (alert_.expires_at == never || when < alert_.expires_at);
    }

    /// The first moment they could take it; empty: not in sight.
    std::optional<Time> available(const Staffer& staffer) const {
        Time from = d_.now;
        if (const StafferRow* row = row_of(staffer))
            from = std::max({from, row->away_until, row->quiet_until});
        return alert_.policy.urgency == Urgency::high ? next_reachable(staffer, from)
                                                      : next_working(staffer, from);
    }
    const StafferRow* row_of(const Staffer& staffer) const {
        const auto row = d_.state.staffers.find(staffer.name);
        return row == d_.state.staffers.end() ? nullptr : &row->second;
    }

    /// Whether the channel may be disturbed; if not, `earliest_` says when.
    bool somebody_works() {
        if (alert_.policy.urgency == Urgency::high) return true;
        std::optional<Time> first;
        for (const Staffer& staffer : d_.world.team.staffers())
            if (const std::optional<Time> when = available(staffer); when && (!first || *when < *first))
                first = when;
        if (!first || *first <= d_.now) return true;
        route_.why.push_back(
            fmt::format("the team's channel: nobody works before {} UTC", local_date_text("UTC", *first)));
        remember(suits_.flaws_of_team(), *first);
        return false;
    }
    void remember(Flaws flaws, Time when) {
        std::optional<Time>& earliest = earliest_[flaws];
        if (!earliest || when < *earliest) earliest = when;
    }

    void give(const Candidate& candidate, const std::string& besides) {
        route_.staffer = candidate.staffer->name;
        route_.why.push_back(
            fmt::format("{}: {}{}", candidate.staffer->full_name, candidate.because, besides));
    }

    /// Whether the candidate is the one. If not, their reason is kept, and what they are good for.
    bool consider(const Candidate& candidate) {
        const Staffer& staffer = *candidate.staffer;
        if (std::find(tried_.begin(), tried_.end(), &staffer) != tried_.end()) return false;
        tried_.push_back(&staffer);
        const auto note = [&](std::string_view against) {
            route_.why.push_back(
                fmt::format("{}: {}, but {}", staffer.full_name, candidate.because, against));
            return false;
        };
        if (std::find(alert_.asked.begin(), alert_.asked.end(), staffer.name) != alert_.asked.end())
            return note("has been asked already");
        if (!staffer.on_team(d_.now)) return note("is not on the team now");
        const Flaws flaws = suits_.flaws_of(staffer);
        const std::optional<Time> when = available(staffer);
        if (!when || *when > d_.now) {
            if (when) remember(flaws, *when);
            note(when ? absence(staffer, *when) : std::string("is away for long"));
            return step_in(staffer);
        }
        if (const std::string full = fullness(staffer); !full.empty()) {
            note(full);
            return step_in(staffer);
        }
        if (const StafferRow* row = row_of(staffer); row && is_rushed(*row)) {
            if (!busy_until_ || next_minute() < *busy_until_) busy_until_ = next_minute();
            note("was just asked about others");
            return step_in(staffer);
        }
        if (flaws == 0) {
            give(candidate, "");
            return true;
        }
        note(suits_.words_against(flaws));
        if (!second_best_ || flaws < second_best_flaws_) {
            second_best_ = candidate;
            second_best_flaws_ = flaws;
        }
        return false;
    }

    std::string absence(const Staffer& staffer, Time until) const {
        const StafferRow* row = row_of(staffer);
        bool quiet = row && row->quiet_until > d_.now;
        if (!quiet && staffer.do_not_disturb != WorkingHours{}) {
            Staffer otherwise = staffer;
            otherwise.do_not_disturb = {};
            quiet = alert_.policy.urgency == Urgency::high || is_working(otherwise, d_.now);
        }
        return fmt::format("{} until {}", quiet ? "is not to be disturbed" : "is not working",
                           local_date_text(staffer.zone, until));
    }

    /// Why they can take nothing more; empty if they can.
    std::string fullness(const Staffer& staffer) const {
        const StafferRow* row = row_of(staffer);
        if (!row) return {};
        if (row->open_alerts >= staffer.capacity)
            return fmt::format("has {} already, as many as they take", counted_of(row->open_alerts, "alert"));
        if (staffer.relationships == 0) return {};
        const std::optional<std::size_t> others = others_given(*row, person_, d_.now);
        if (!others || *others < staffer.relationships) return {};
        return fmt::format("was asked about {} {} within a week, as many as they can be there for", *others,
                           *others == 1 ? "person" : "people");
    }

    bool step_in(const Staffer& staffer) {
        if (staffer.backup.empty()) return false;
        const Staffer* backup = d_.world.team.staffer(staffer.backup);
        return backup && consider({backup, fmt::format("steps in for {}", staffer.full_name)});
    }

    const Deciding& d_;
    const PersonView& person_;
    const AlertRow& alert_;
    Suits suits_;
    Route route_{};
    std::vector<const Staffer*> tried_{};
    std::optional<Candidate> second_best_{};  ///< Is there now, but another one would suit better.
    Flaws second_best_flaws_ = all_flaws + 1;
    std::optional<Time> busy_until_{};  ///< Somebody has room, but was asked about others this minute.
    std::array<std::optional<Time>, all_flaws + 1>
        earliest_{};  ///< By flaws: when the first of those is there.
};

}  // namespace

Route choose_route(const Deciding& deciding, const PersonView& person, const AlertRow& alert,
                   std::span<const std::string> ask) {
    return Chooser{deciding, person, alert}.choose(ask);
}

void note_given(StafferRow& row, AccountId about, Time now) {
    std::erase_if(row.given,
                  [&](const Given& one) { return one.about == about || one.at + week_of_given <= now; });
    if (row.given.size() >= max_given) row.given.erase(row.given.begin());
    row.given.push_back({about, now});
}

}  // namespace rapport
