#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <set>

#include "bot/config/suggest.hpp"
#include "bot/config/team_file.hpp"
#include "bot/config/values.hpp"

namespace rapport::config_file {

namespace {

/// Words that rules use for somebody other than the staffer of that name.
const std::set<std::string, std::less<>> reserved{"owner",     "lead", "team",  "brand",
                                                  "strongest", "on",   "anyone"};

/// The names of staffers, and who steps in for whom.
struct Roster {
    explicit Roster(const TeamFile& file) {
        for (const StafferEntry& entry : file.staffers) {
            names.push_back(entry.staffer.name);
            by_name.try_emplace(entry.staffer.name, &entry);
        }
    }
    std::vector<std::string> names{};
    std::map<std::string, const StafferEntry*, std::less<>> by_name{};
};

void check_name(const std::string& name, const char* what, const YAML::Mark& mark, Mistakes& mistakes) {
    if (!is_word(name)) {
        mistakes.add(
            mark, fmt::format("\"{}\" cannot name a {}", name, what),
            "Use a short word of lower-case letters, digits, - and _. What people read is full_name.");
    } else if (reserved.contains(name)) {
        mistakes.add(mark,
                     fmt::format("\"{}\" cannot name a {}: rules use it for something else", name, what),
                     "Choose another word.");
    }
}

using Groups = std::map<std::string, const GroupEntry*, std::less<>>;

void check_member(const GroupEntry& group, const Marked& member, const Groups& groups, const Roster& roster,
                  Mistakes& mistakes) {
    if (roster.by_name.contains(member.text) || groups.contains(member.text)) return;
    std::vector<std::string> known = roster.names;
    for (const auto& [name, entry] : groups) known.push_back(name);
    mistakes.add(member.mark, fmt::format("groups.{}: there is no staffer \"{}\"", group.name, member.text),
                 suggest(member.text, known));
}

/// Groups whose turns go to groups that lead back to them: nobody would be on duty.
class GroupCircles {
public:
    GroupCircles(const Groups& groups, const Roster& roster, Mistakes& mistakes)
        : groups_(groups), roster_(roster), mistakes_(mistakes) {}

    void look(const TeamFile& file) {
        for (const GroupEntry& group : file.groups)
            if (!done_.contains(group.name)) follow(group);
    }

private:
    void follow(const GroupEntry& group) {
        way_.push_back(group.name);
        for (const auto* names : {&group.members, &group.named})
            for (const Marked& name : *names) {
                const auto next = groups_.find(name.text);
                if (next == groups_.end() || roster_.by_name.contains(name.text)) continue;
                const auto begin = std::find(way_.begin(), way_.end(), name.text);
                if (begin != way_.end()) {
                    tell(begin, name);
                } else if (!done_.contains(name.text)) {
                    follow(*next->second);
                }
            }
        way_.pop_back();
        done_.insert(group.name);
    }
    void tell(std::vector<std::string>::const_iterator begin, const Marked& last) {
        std::string circle;
        for (auto at = begin; at != way_.end(); ++at) circle += *at + " -> ";
        mistakes_.add(last.mark, fmt::format("groups run in a circle: {}{}", circle, last.text),
                      "Name staffers in one of them.");
    }

    const Groups& groups_;
    const Roster& roster_;
    Mistakes& mistakes_;
    std::vector<std::string> way_{};
    std::set<std::string> done_{};
};

void check_groups(const TeamFile& file, const Roster& roster, Mistakes& mistakes) {
    Groups groups;
    for (const GroupEntry& group : file.groups) groups.try_emplace(group.name, &group);
    for (const GroupEntry& group : file.groups) {
        check_name(group.name, "group", group.mark, mistakes);
        if (roster.by_name.contains(group.name)) {
            mistakes.add(group.mark, fmt::format("group {} is called like a staffer", group.name),
                         "Give it another name.");
        }
        std::set<std::string> seen;
        for (const Marked& member : group.members) {
            check_member(group, member, groups, roster, mistakes);
            if (!seen.insert(member.text).second)
                mistakes.add(member.mark, fmt::format("groups.{} names {} twice", group.name, member.text),
                             "Name each member once.");
        }
        for (const Marked& name : group.named) check_member(group, name, groups, roster, mistakes);
    }
    GroupCircles{groups, roster, mistakes}.look(file);
}

void tell_circle(const Roster& roster, const StafferEntry& begin, Mistakes& mistakes) {
    std::string circle = begin.staffer.name;
    const StafferEntry* next = &begin;
    do {
        next = roster.by_name.at(next->staffer.backup);
        circle += " -> " + next->staffer.name;
    } while (next != &begin);
    mistakes.add(begin.backup, fmt::format("backups run in a circle: {}", circle),
                 "Take one of them out: when nobody in a chain is there, the team's channel is asked.");
}

/// Follows backups from each staffer as far as nobody was before, so that each circle is told once.
void check_backups(const TeamFile& file, const Roster& roster, Mistakes& mistakes) {
    std::map<const StafferEntry*, const StafferEntry*> reached_from;
    for (const StafferEntry& start : file.staffers) {
        const std::string& backup = start.staffer.backup;
        if (!backup.empty() && !roster.by_name.contains(backup)) {
            mistakes.add(
                start.backup,
                fmt::format("staff.{}.backup: there is no staffer \"{}\"", start.staffer.name, backup),
                suggest(backup, roster.names));
        }
        for (const StafferEntry* at = &start; at != nullptr;) {
            const auto [seen, is_new] = reached_from.try_emplace(at, &start);
            if (!is_new) {
                if (seen->second == &start) tell_circle(roster, *at, mistakes);
                break;
            }
            const auto next = roster.by_name.find(at->staffer.backup);
            at = next == roster.by_name.end() ? nullptr : next->second;
        }
    }
}

void check_accounts(const TeamFile& file, Mistakes& mistakes) {
    std::map<AccountKey, std::string> owner;
    const auto take = [&](const MarkedAccount& account, const std::string& who) {
        const auto [found, is_new] = owner.try_emplace(account.key, who);
        if (is_new) return;
        const std::string name =
            fmt::format("{}:{}:{}", account.key.platform, account.key.realm, account.key.id);
        if (found->second == who) {
            mistakes.add(account.mark, fmt::format("{} lists the account {} twice", who, name), "Keep one.");
        } else {
            mistakes.add(
                account.mark,
                fmt::format("the account {} belongs to {} already, not to {}", name, found->second, who),
                "An account speaks for one: take it out of one of the two.");
        }
    };
    for (const MarkedAccount& account : file.brand_accounts) take(account, "the brand");
    for (const StafferEntry& entry : file.staffers) {
        for (const MarkedAccount& account : entry.accounts) take(account, entry.staffer.name);
    }
}

}  // namespace

void check_team(const TeamFile& file, Mistakes& mistakes) {
    const Roster roster{file};
    for (const StafferEntry& entry : file.staffers) {
        check_name(entry.staffer.name, "staffer", entry.mark, mistakes);
    }
    check_groups(file, roster, mistakes);
    check_backups(file, roster, mistakes);
    check_accounts(file, mistakes);
}

}  // namespace rapport::config_file
