#include "bot/letters/succession.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "bot/people/working_time.hpp"

namespace rapport::letters {

namespace {

constexpr std::size_t most_shown = 20;
constexpr std::size_t most_friends = 20;
constexpr std::size_t most_names = 3;

PersonView view(Look& look, AccountId id, Time at) {
    look.lookup.load_person(id);
    return view_person(look.lookup.state(), look.world.people, id, at);
}

bool owned_by_team(const Look& look, const PersonView& person) {
    const Staffer* owner = look.world.team.staffer(person.owner);
    return owner && owner->on_team(look.now);
}

/// A person who loses somebody close: owned by the leaver, or at least close and closest to them, as it was
/// when they left.
bool is_left_alone(Look& look, const Leaver& leaver, AccountId id, const PersonView& person) {
    if (person.bot || owned_by_team(look, person)) return false;
    if (person.owner == leaver.name) return true;
    if (leaver.left == never) return false;
    const PersonView then = view(look, id, leaver.left - std::chrono::milliseconds{1});
    return then.depth >= Depth::close && !then.ties.empty() && then.ties.front().staffer->name == leaver.name;
}

/// To have been in one conversation is not to know each other.
bool have_met(const StafferTie& tie) {
    return tie.contacts > 0 && tie.strength > 0;
}

bool by_strongest_tie(const Look& look, const PersonView& person, Proposal& proposal) {
    const auto best = std::find_if(person.ties.begin(), person.ties.end(), have_met);
    if (best == person.ties.end()) return false;
    const StafferTie& tie = *best;
    proposal.successor = tie.staffer;
    const Staffer* reader = look.world.team.lead(look.now);
    proposal.reason = fmt::format(
        "knows them best of those who are here; last contact {}",
        local_date_text(reader ? reader->zone : tie.staffer->zone, std::max(tie.last_in, tie.last_out)));
    return true;
}

struct Through {
    const Staffer* staffer = nullptr;
    double strength = 0;
    std::vector<std::string> friends{};
};

/// The staffer who is closest to those whom the person talks with.
bool by_common_friends(Look& look, const PersonView& person, Proposal& proposal) {
    std::vector<Through> all;
    std::set<AccountId> seen;
    for (const AccountRow* account : person.accounts)
        for (const AccountId id : must_read(look.store.known_to(account->id, most_friends))) {
            const AccountRow* row = look.lookup.account(id);
            if (!row || !is_outsider(look, *row) || !seen.insert(row->person).second) continue;
            const PersonView common = view(look, row->person, look.now);
            for (const StafferTie& tie : common.ties) {
                if (!have_met(tie)) continue;
                auto at = std::find_if(all.begin(), all.end(),
                                       [&](const Through& one) { return one.staffer == tie.staffer; });
                if (at == all.end()) at = all.insert(all.end(), Through{tie.staffer, 0, {}});
                at->strength += tie.strength;
                at->friends.emplace_back(common.shown_name());
            }
        }
    const auto best = std::max_element(all.begin(), all.end(), [](const Through& a, const Through& b) {
        return a.strength != b.strength ? a.strength < b.strength : a.staffer->name > b.staffer->name;
    });
    if (best == all.end() || best->strength <= 0) return false;
    proposal.successor = best->staffer;
    proposal.reason = fmt::format("knows {}, whom they talk with", listed(best->friends, most_names));
    return true;
}

/// The language of what the person said last where all may read; empty: not known.
std::string language_of(Look& look, const PersonView& person) {
    MessageId latest = MessageId::none;
    for (const AccountRow* account : person.accounts)
        if (!account->said.empty()) latest = std::max(latest, account->said.back());
    const MessageRow* message = latest == MessageId::none ? nullptr : look.lookup.message(latest);
    return message ? message->reading.language : "";
}

std::vector<std::string> groups_of(const Team& team, std::string_view name) {
    std::vector<std::string> groups;
    for (const Group& group : team.groups())
        if (std::find(group.members.begin(), group.members.end(), name) != group.members.end())
            groups.push_back(group.name);
    return groups;
}

/// Somebody of the leaver's group or of the person's language, at best both; of equals, whoever has the
/// fewest alerts.
bool by_group_or_language(Look& look, const Leaver& leaver, const PersonView& person, Proposal& proposal) {
    const std::string language = language_of(look, person);
    const std::vector<std::string> groups = groups_of(look.world.team, leaver.name);
    int best = 0;
    std::uint32_t fewest = 0;
    for (const Staffer& staffer : look.world.team.staffers()) {
        if (!staffer.on_team(look.now)) continue;
        std::string common;
        for (const std::string& group : groups_of(look.world.team, staffer.name))
            if (std::find(groups.begin(), groups.end(), group) != groups.end()) common = group;
        const bool speaks = !language.empty() && std::find(staffer.languages.begin(), staffer.languages.end(),
                                                           language) != staffer.languages.end();
        const int points = (speaks ? 2 : 0) + (common.empty() ? 0 : 1);
        const auto& settings = look.lookup.state().staffers;
        const auto row = settings.find(staffer.name);
        const std::uint32_t open = row == settings.end() ? 0 : row->second.open_alerts;
        if (points == 0 || points < best || (points == best && open >= fewest)) continue;
        best = points;
        fewest = open;
        proposal.successor = &staffer;
        proposal.reason = common.empty()
                              ? fmt::format("speaks their language ({})", language)
                              : fmt::format("is in {}, as {} was{}", common, leaver.full_name,
                                            speaks ? fmt::format(", and speaks their language ({})", language)
                                                   : std::string{});
    }
    return best > 0;
}

/// Nobody knows them: somebody has to begin.
void by_lead(Look& look, Proposal& proposal) {
    proposal.successor = look.world.team.lead(look.now);
    proposal.reason = proposal.successor
                          ? "leads the team; nobody on it knows them or those whom they talk with"
                          : "Nobody on the team knows them or those whom they talk with.";
}

Button owner_button(const Proposal& one) {
    return {fmt::format("succeed/{}/{}", one.successor->name, key_text(one.key)),
            fmt::format("{} for {}", one.successor->full_name, one.name)};
}

std::vector<Part> parts_of(const Leaver& leaver, const std::vector<Proposal>& all) {
    std::vector<Part> parts;
    Part first;
    first.text =
        fmt::format("{} is not on the team any more. Who should look after {} now?", leaver.full_name,
                    all.size() == 1 ? "the person who was theirs"
                                    : fmt::format("the {} people who were theirs", all.size()));
    if (std::any_of(all.begin(), all.end(), [](const Proposal& one) { return one.successor; }))
        first.buttons.push_back({"succeed_all/" + leaver.name, "All as proposed", ButtonStyle::primary});
    parts.push_back(std::move(first));
    for (std::size_t i = 0; i < std::min(all.size(), most_shown); ++i) {
        const Proposal& one = all[i];
        Part part;
        part.heading = one.name;
        part.fields.push_back({"How close", std::string(rapport::name_of(one.depth))});
        if (one.successor) {
            part.fields.push_back({one.successor->full_name, one.reason});
            part.buttons.push_back(owner_button(one));
        } else {
            part.text = one.reason;
        }
        part.buttons.push_back(
            {"person/" + key_text(one.key), one.successor ? "Somebody else" : "Choose somebody"});
        parts.push_back(std::move(part));
    }
    if (all.size() > most_shown) {
        Part more;
        more.text = fmt::format("And {} more.", all.size() - most_shown);
        parts.push_back(std::move(more));
    }
    return parts;
}

}  // namespace

std::vector<Leaver> leavers(Look& look) {
    std::vector<Leaver> all;
    for (const Staffer& staffer : look.world.team.staffers())
        if (staffer.left && *staffer.left <= look.now)
            all.push_back({staffer.name, staffer.full_name, *staffer.left});
    for (const std::string& name : must_read(look.store.owners()))
        if (!look.world.team.staffer(name)) all.push_back({name, name, never});
    return all;
}

std::vector<Proposal> propose(Look& look, const Leaver& leaver) {
    std::vector<Proposal> all;
    for (const AccountId id : people_of(look, leaver.name)) {
        const PersonView person = view(look, id, look.now);
        if (!is_left_alone(look, leaver, id, person)) continue;
        Proposal one{id, person.self().key, std::string(person.shown_name()), person.depth, person.value};
        if (leaver.left != never)
            one.depth = std::max(one.depth, view(look, id, leaver.left - std::chrono::milliseconds{1}).depth);
        if (!by_strongest_tie(look, person, one) && !by_common_friends(look, person, one) &&
            !by_group_or_language(look, leaver, person, one))
            by_lead(look, one);
        all.push_back(std::move(one));
    }
    std::sort(all.begin(), all.end(), [](const Proposal& a, const Proposal& b) {
        return std::tuple{b.depth, b.value, a.account} < std::tuple{a.depth, a.value, b.account};
    });
    return all;
}

std::string succession_id(const Leaver& leaver) {
    return fmt::format("succession:{}:{}", leaver.name, leaver.left.time_since_epoch().count());
}

std::optional<SendLetter> succession_letter(Look& look, const Leaver& leaver) {
    const std::vector<Proposal> all = propose(look, leaver);
    if (all.empty()) return std::nullopt;
    SendLetter send;
    send.id = succession_id(leaver);
    if (const Staffer* lead = look.world.team.lead(look.now)) send.to = {lead->name};
    send.letter.page = {"succession", fmt::format("Who follows {}?", leaver.full_name),
                        parts_of(leaver, all)};
    return send;
}

Page succession_page(Look& look) {
    Page page{"succession", "Who follows whom", {}};
    for (const Leaver& leaver : leavers(look)) {
        const std::vector<Proposal> all = propose(look, leaver);
        if (all.empty()) continue;
        for (Part& part : parts_of(leaver, all)) page.parts.push_back(std::move(part));
    }
    if (page.parts.empty()) {
        Part part;
        part.text = "Everybody whom a colleague who has left looked after is with somebody else by now.";
        page.parts.push_back(std::move(part));
    }
    return page;
}

}  // namespace rapport::letters
