#include "bot/alerts/card_fields.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "bot/alerts/connection.hpp"
#include "bot/alerts/introductions.hpp"
#include "bot/alerts/privacy.hpp"
#include "bot/people/working_time.hpp"

namespace rapport {

namespace {

constexpr std::size_t longest_quote = 100;  ///< Characters.
constexpr std::size_t most_points = 3;
constexpr std::size_t most_friends = 3;

/// "Europe/Berlin" -> "Berlin".
std::string city_of(std::string_view zone) {
    std::string city{zone.substr(zone.find_last_of('/') + 1)};
    std::replace(city.begin(), city.end(), '_', ' ');
    return city;
}

std::string who_line(const PersonView& person) {
    std::string line{person.shown_name()};
    for (const std::string_view role : person.roles) line += fmt::format(", {}", role);
    line +=
        person.depth == Depth::stranger ? ". A stranger so far" : fmt::format(". {}", name_of(person.depth));
    if (person.reach >= 0) line += fmt::format(", heard by {} people", person.reach);
    return line;
}

/// With which a staffer last addressed the person, if all may read it; or null.
const MessageRow* last_contact_message(const State& state, const PersonView& person) {
    const MessageRow* latest = nullptr;
    for (const AccountRow* account : person.accounts) {
        if (account->contact == MessageId::none) continue;
        const MessageRow& one = state.messages.at(account->contact);
        if (!latest || one.at > latest->at) latest = &one;
    }
    return latest;
}

/// What that was about: the words that the staffer answered, or else the staffer's own.
std::string subject_of(const State& state, const PersonView& person) {
    const MessageRow* contact = last_contact_message(state, person);
    if (!contact) return {};
    if (state.channels.at(contact->channel).kind == ChannelKind::dm) return {};
    const MessageRow* asked =
        contact->reply_to == MessageId::none ? nullptr : &state.messages.at(contact->reply_to);
    const MessageRow& telling = asked && !asked->deleted && !asked->text.empty() ? *asked : *contact;
    if (telling.deleted || telling.text.empty()) return {};
    return fmt::format(", about \"{}\"", in_short(telling.text, longest_quote));
}

std::string contact_line(const State& state, const World& world, const AlertRow& alert,
                         const PersonView& person) {
    const StafferTie* last = nullptr;
    for (const StafferTie& tie : person.ties)
        if (tie.last_in != never && (!last || tie.last_in > last->last_in)) last = &tie;
    if (!last) return "Nobody from the team has talked with them yet";
    return fmt::format("{}, {}{}", last->staffer->full_name, when_on_card(world, alert, last->last_in),
                       subject_of(state, person));
}

/// Those in the conversation whom the asked staffer knows. Others they have in common would have to be looked
/// for among all ties.
std::vector<std::string> friends_in_common(const State& state, const World& world, const AlertRow& alert,
                                           const PersonView& person, Time now) {
    std::vector<std::string> names;
    const Staffer* asked = world.team.staffer(alert.staffer);
    if (!asked) return names;
    const auto knows = [&](const StaffTie& tie) {
        return tie.contacts > 0 && world.team.staffer_of(state.accounts.at(tie.staff).key, now) == asked;
    };
    const auto& people = state.conversations.at(alert.conversation).people;
    for (std::size_t i = 0; i < std::min(people.size(), most_met) && names.size() < most_friends; ++i) {
        const AccountRow& one = state.accounts.at(people[i].who);
        if (one.person == person.self().person || one.bot || world.team.is_brand(one.key) ||
            world.team.staffer_of(one.key, now))
            continue;
        if (std::any_of(one.ties.begin(), one.ties.end(), knows)) names.emplace_back(shown_name(one));
    }
    return names;
}

/// What they said before, newest first: something to talk about, in their words.
void add_talking_points(std::vector<Field>& fields, const State& state, const World& world,
                        const AlertRow& alert, const PersonView& person) {
    std::vector<const MessageRow*> said;
    for (const AccountRow* account : person.accounts) {
        if (!known_to_team(*account)) continue;
        for (const MessageId id : account->said) {
            const MessageRow* message = state.messages.find(id);
            const bool quoted = std::find(alert.quoted.begin(), alert.quoted.end(), id) != alert.quoted.end();
            if (message && !quoted && !message->deleted && !message->text.empty()) said.push_back(message);
        }
    }
    std::sort(said.begin(), said.end(), [](const MessageRow* a, const MessageRow* b) {
        return a->at != b->at ? a->at > b->at : a->id > b->id;
    });
    for (std::size_t i = 0; i < std::min(said.size(), most_points); ++i)
        fields.push_back(
            {"Said before", fmt::format("\"{}\" ({}){}{}", in_short(said[i]->text, longest_quote),
                                        when_on_card(world, alert, said[i]->at),
                                        said[i]->link.empty() ? "" : " ", said[i]->link)});
}

/// "A question, since Mon 2 Mar 2026, 11:00".
std::string why_now(const State& state, const World& world, const AlertRow& alert) {
    const MessageRow& last = state.messages.at(alert.quoted.back());
    const MessageRow& first = state.messages.at(alert.quoted.front());
    std::string kind{name_of(MessageKind(last.reading.kind))};
    if (MessageKind(last.reading.kind) == MessageKind::chatter || last.deleted) kind = "message";
    const bool vowel = std::string_view{"aeiou"}.find(kind.front()) != std::string_view::npos;
    const bool counted = kind == "praise" || kind == "thanks";
    return fmt::format("{}{}{} {}",
                       counted ? ""
                       : vowel ? "an "
                               : "a ",
                       kind, last.reading.needs_reply ? " that waits for an answer since" : " of",
                       when_on_card(world, alert, first.at));
}

std::string capital(std::string text) {
    if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = char(text[0] - 'a' + 'A');
    return text;
}

std::string hidden_line(const State& state, const World& world, const AlertRow& alert, Time now) {
    std::vector<std::string_view> names;
    for (const Staffer* staffer : readers(state, world, alert, now)) names.push_back(staffer->full_name);
    if (names.empty()) return "A direct message. The text is shown to whoever takes it, and nobody else";
    return fmt::format("A direct message. The text is shown to {} only", fmt::join(names, " and "));
}

}  // namespace

std::string in_short(std::string_view text, std::size_t most) {
    std::string line;
    std::size_t count = 0, last_blank = 0;
    for (const char c : text) {
        const bool begins = (c & 0xC0) != 0x80;
        if (begins && count == most) {
            // A cut inside a word is better than losing half of the line.
            line.resize(last_blank > line.size() / 2 ? last_blank : line.size());
            return line + "…";
        }
        if (c == ' ' || c == '\n' || c == '\t' || c == '\r') {
            if (line.empty() || line.back() == ' ') continue;
            last_blank = line.size();
            line += ' ';
        } else {
            line += c;
        }
        if (begins) ++count;
    }
    while (line.ends_with(' ')) line.pop_back();
    return line;
}

std::string when_on_card(const World& world, const AlertRow& alert, Time at) {
    const Staffer* staffer = alert.staffer.empty() ? nullptr : world.team.staffer(alert.staffer);
    if (!staffer) {  // for everybody: by the clock of whoever leads them
        const Staffer* lead = world.team.lead(at);
        if (!lead || lead->zone == "UTC") return local_date_text("UTC", at) + " UTC";
        return fmt::format("{} ({})", local_date_text(lead->zone, at), city_of(lead->zone));
    }
    const bool others = std::any_of(alert.asked.begin(), alert.asked.end(),
                                    [&](const std::string& name) { return name != alert.staffer; });
    const std::string text = local_date_text(staffer->zone, at);
    return others ? fmt::format("{} ({})", text, city_of(staffer->zone)) : text;
}

std::uint32_t queued_of(const State& state) {
    const auto channel = state.staffers.find("");
    return channel == state.staffers.end() ? 0 : channel->second.queued;
}

std::vector<Field> card_fields(const State& state, const World& world, const AlertRow& alert, bool with_text,
                               Time now) {
    const PersonView person = view_person(state, world.people, alert.about, now);
    const ChannelRow& channel = state.channels.at(alert.channel);
    std::vector<Field> all;
    all.push_back({"Who", who_line(person)});
    all.push_back({"Where", fmt::format("{} on {}", channel.name.empty() ? channel.key.id : channel.name,
                                        channel.key.platform)});
    if (!with_text) all.push_back({"Text", hidden_line(state, world, alert, now)});
    all.push_back({"Last contact", contact_line(state, world, alert, person)});
    if (const auto friends = friends_in_common(state, world, alert, person, now); !friends.empty())
        all.push_back({"Friends in common", fmt::format("{}", fmt::join(friends, ", "))});
    if (std::string line = connection_line(state, world, alert, now); !line.empty())
        all.push_back({"Who connects them", std::move(line)});
    all.push_back({"Why now", capital(why_now(state, world, alert))});
    if (!alert.why.empty())
        all.push_back({alert.staffer.empty() ? "Why everybody" : "Why you", alert.why.back()});
    add_introduction_fields(all, state, world, alert, now);
    if (alert.messages > 1) all.push_back({"Messages", fmt::format("{} so far", alert.messages)});
    if (const std::uint32_t queued = queued_of(state); queued > 0 && alert.state == AlertState::open)
        all.push_back(
            {"Also waiting", fmt::format("{} more, until somebody has room; the most valuable first",
                                         queued == 1 ? "1 alert" : fmt::format("{} alerts", queued))});
    if (alert.late) all.push_back({"Late", "This was found after a break in listening"});
    if (alert.brand_answered != never)
        all.push_back({"Brand", fmt::format("The brand's account answered {}",
                                            when_on_card(world, alert, alert.brand_answered))});
    if (alert.app_answered != never)
        all.push_back({"App", fmt::format("An app answered with a colleague's account {}",
                                          when_on_card(world, alert, alert.app_answered))});
    if (!alert.brief.empty()) all.push_back({"Brief", alert.brief});
    if (!is_closed(alert.state)) add_talking_points(all, state, world, alert, person);
    return all;
}

}  // namespace rapport
