#include "bot/alerts/check_chains.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace rapport {

namespace {

using rules::Target;
using rules::TargetKind;

bool is_unknown(const Target& target, const Team& team) {
    if (target.kind == TargetKind::on_duty) return team.group(target.name) == nullptr;
    return target.kind == TargetKind::staffer && target.name != "lead" && !team.staffer(target.name);
}

std::string did_you_mean(const Target& target, const Team& team) {
    std::vector<std::string_view> known;
    if (target.kind == TargetKind::staffer)
        for (const Staffer& staffer : team.staffers()) known.emplace_back(staffer.name);
    else
        for (const Group& group : team.groups()) known.emplace_back(group.name);
    const std::string meant = rules::did_you_mean(target.name, known);
    return meant.empty() ? "add it to team.yaml or ask somebody else" : meant;
}

/// Everybody whom the target can ever mean; empty if that depends on the person or the message. The channel
/// is somebody without a name.
std::optional<std::vector<std::string>> fixed(const Target& target, const Team& team) {
    switch (target.kind) {
        case TargetKind::channel:
            return std::vector<std::string>{""};
        case TargetKind::staffer:
            if (target.name == "lead") return std::nullopt;  // another one leads once this one has left
            return std::vector<std::string>{target.name};
        case TargetKind::on_duty: {
            std::vector<std::string> names;
            for (const Staffer* staffer : all_of(team, *team.group(target.name)))
                names.push_back(staffer->name);
            return names;
        }
        case TargetKind::owner:
        case TargetKind::strongest_tie:
        case TargetKind::expert:
        case TargetKind::friend_in_common:
            return std::nullopt;
    }
    return std::nullopt;
}

class Chain {
public:
    Chain(const rules::Rule& rule, const Team& team, std::vector<ChainMistake>& mistakes)
        : rule_(rule), team_(team), mistakes_(mistakes) {}

    void check() {
        bool good = true;
        for (const Target& target : rule_.ask) good = is_known(target, false) && good;
        for (const rules::Escalation& step : rule_.escalate) good = is_known(step.to, true) && good;
        if (good) check_circles();
    }

private:
    bool is_known(const Target& target, bool escalation) {
        if (!is_unknown(target, team_)) return true;
        add(target, escalation,
            fmt::format("{} is not in the team",
                        target.kind == TargetKind::on_duty ? "group " + target.name : "@" + target.name),
            did_you_mean(target, team_));
        return false;
    }

    /// A step leads nowhere if all whom it can mean have been asked for certain by then: by the first
    /// request, if there is only one who can be meant, and by the steps before.
    void check_circles() {
        std::vector<std::string> asked;
        if (std::optional<std::vector<std::string>> all = everybody_of_ask(); all && all->size() == 1)
            asked = std::move(*all);
        for (const rules::Escalation& step : rule_.escalate) {
            const std::optional<std::vector<std::string>> names = fixed(step.to, team_);
            if (!names || names->empty()) continue;
            const bool in_vain = std::all_of(names->begin(), names->end(), [&](const std::string& name) {
                return std::find(asked.begin(), asked.end(), name) != asked.end();
            });
            if (in_vain)
                add(step.to, true,
                    fmt::format("escalate comes back to {}, where the alert has been by then",
                                to_string(step.to)),
                    "name somebody else, or the channel as the last step");
            if (names->size() == 1) asked.push_back(names->front());
        }
    }
    /// Empty if not all of them are named.
    std::optional<std::vector<std::string>> everybody_of_ask() const {
        std::vector<std::string> all;
        for (const Target& target : rule_.ask) {
            const std::optional<std::vector<std::string>> names = fixed(target, team_);
            if (!names) return std::nullopt;
            for (const std::string& name : *names)
                if (std::find(all.begin(), all.end(), name) == all.end()) all.push_back(name);
        }
        return all;
    }

    void add(const Target& target, bool escalation, std::string message, std::string suggestion) {
        mistakes_.push_back({&rule_, target.at, escalation, std::move(message), std::move(suggestion)});
    }

    const rules::Rule& rule_;
    const Team& team_;
    std::vector<ChainMistake>& mistakes_;
};

}  // namespace

std::vector<ChainMistake> check_chains(const rules::RuleSet& rules, const Team& team) {
    std::vector<ChainMistake> mistakes;
    for (const rules::Rule& rule : rules.rules()) Chain{rule, team, mistakes}.check();
    return mistakes;
}

}  // namespace rapport
