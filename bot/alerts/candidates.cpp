#include "bot/alerts/candidates.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "bot/alerts/connection.hpp"
#include "bot/alerts/privacy.hpp"
#include "bot/reading/stem.hpp"

namespace rapport {

namespace {

constexpr std::string_view on_duty_prefix = "on duty in ";

Candidates nobody(std::string why) {
    return {{}, std::move(why)};
}

Candidates owner(const Deciding& d, const PersonView& person) {
    if (person.owner.empty()) return nobody("nobody owns this relationship");
    const Staffer* staffer = d.world.team.staffer(person.owner);
    if (!staffer) return nobody(fmt::format("the owner, {}, is not in the team", person.owner));
    return {{{staffer, "owns this relationship"}}, {}};
}

Candidates ties(const PersonView& person) {
    std::vector<Candidate> all;
    for (const StafferTie& tie : person.ties)
        if (tie.contacts > 0)  // to have been in the same conversation is no acquaintance
            all.push_back(
                {tie.staffer, fmt::format("{} tie ({})", all.empty() ? "strongest" : "next strongest",
                                          counted_of(tie.contacts, "contact"))});
    if (all.empty()) return nobody("nobody in the team has talked with them yet");
    return {std::move(all), {}};
}

Candidates friends_in_common(const Deciding& d, const AlertRow& alert) {
    std::vector<Candidate> all;
    // A direct message is between its two, and no talk among customers.
    if (!is_private(d.state, alert))
        for (const Connection& one :
             connections(d.state, d.world, alert.about, d.state.conversations.at(alert.conversation), d.now))
            // Without the friend's name: whoever is forgotten later must not go on standing here.
            all.push_back({one.staffer, fmt::format("knows a friend of two who talk here ({})",
                                                    counted_of(one.contacts, "contact"))});
    if (all.empty()) return nobody("nobody in the team knows a friend of two who talk here");
    return {std::move(all), {}};
}

Candidates group(const Deciding& d, const std::string& name) {
    const Group* group = d.world.team.group(name);
    if (!group) return nobody(fmt::format("there is no group {}", name));
    std::vector<Candidate> all;
    for (OnDuty& one : on_duty(d.world.team, *group, d.now)) all.push_back({one.staffer, std::move(one.why)});
    if (all.empty()) return nobody(fmt::format("nobody is in the group {}", name));
    return {std::move(all), {}};
}

double tie_with(const PersonView& person, const Staffer& staffer) {
    for (const StafferTie& tie : person.ties)
        if (tie.staffer == &staffer) return tie.strength;
    return 0;
}

/// What they said that it is about.
std::string words_of(const State& state, const AlertRow& alert) {
    std::string text;
    for (const MessageId id : alert.quoted)
        if (const MessageRow* message = state.messages.find(id); message && !message->deleted)
            text += message->text + "\n";
    return text;
}

/// Who knows about it: by how many of their topics it touches, then by how well they know the person.
Candidates experts(const Deciding& d, const PersonView& person, const AlertRow& alert) {
    struct Expert {
        const Staffer* staffer;
        std::vector<std::string_view> topics;
        double tie;
    };
    const std::string text = words_of(d.state, alert);
    const auto stems = reading::stems_of(text);
    std::vector<Expert> experts;
    for (const Staffer& staffer : d.world.team.staffers()) {
        std::vector<std::string_view> topics;
        for (const std::string& topic : staffer.topics)
            if (reading::is_about(text, stems, topic)) topics.emplace_back(topic);
        if (!topics.empty()) experts.push_back({&staffer, std::move(topics), tie_with(person, staffer)});
    }
    std::stable_sort(experts.begin(), experts.end(), [](const Expert& a, const Expert& b) {
        return a.topics.size() != b.topics.size() ? a.topics.size() > b.topics.size() : a.tie > b.tie;
    });
    if (experts.empty()) return nobody("nobody in the team has named what it is about as a topic");
    // Whoever may not read a direct message need not learn what it is about either.
    const bool secret = is_private(d.state, alert);
    std::vector<Candidate> all;
    all.reserve(experts.size());
    for (const Expert& one : experts)
        all.push_back({one.staffer, secret ? std::string("knows what it is about")
                                           : fmt::format("knows about {}", fmt::join(one.topics, ", "))});
    return {std::move(all), {}};
}

}  // namespace

std::string counted_of(std::size_t count, std::string_view what) {
    return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

Candidates candidates_of(const Deciding& d, const PersonView& person, const AlertRow& alert,
                         const std::string& target) {
    if (target == "owner") return owner(d, person);
    if (target == "strongest tie") return ties(person);
    if (target == friend_in_common) return friends_in_common(d, alert);
    if (target == "expert") return experts(d, person, alert);
    if (target.starts_with(on_duty_prefix)) return group(d, target.substr(on_duty_prefix.size()));
    if (target == "@lead") {
        const Staffer* lead = d.world.team.lead(d.now);
        return lead ? Candidates{{{lead, "leads the team"}}, {}} : nobody("nobody leads the team");
    }
    const Staffer* staffer = d.world.team.staffer(std::string_view{target}.substr(1));
    return staffer ? Candidates{{{staffer, "named by the rule"}}, {}}
                   : nobody(fmt::format("{} is not in the team", target));
}

}  // namespace rapport
