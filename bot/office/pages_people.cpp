// A person as the team knows them.

#include <fmt/format.h>

#include <algorithm>

#include "bot/learning/quiet.hpp"
#include "bot/office/find.hpp"
#include "bot/office/pages.hpp"
#include "bot/office/text.hpp"
#include "bot/people/person.hpp"
#include "bot/people/working_time.hpp"

namespace rapport::office {

namespace {

constexpr std::size_t most_quotes = 3;
constexpr std::size_t longest_said = 300;
constexpr std::size_t most_ties = 8;
constexpr std::size_t most_messages = 5'000;

std::vector<std::string> texts(const std::vector<std::string_view>& views) {
    return {views.begin(), views.end()};
}

Part who_part(Room& room, const PersonView& person) {
    Part part;
    const AccountRow& self = person.self();
    part.heading = person.shown_name();
    part.picture = self.picture.starts_with("https://") ? self.picture : "";
    part.picture_text = part.picture.empty() ? "" : fmt::format("Picture of {}", person.shown_name());
    const Staffer* owner = room.world->team.staffer(person.owner);
    part.fields = {
        {"Roles", person.roles.empty() ? "none" : joined(texts(person.roles))},
        {"Relationship", std::string(name_of(person.depth))},
        {"Owner", person.owner.empty() ? "nobody"
                  : owner              ? owner->full_name
                                       : std::string(person.owner)},
        {"Reach",
         person.reach < 0 ? "unknown" : counted(std::uint64_t(person.reach), "person") + " hear them"},
    };
    std::string value = fmt::format("{:.0f} of {:.0f}", person.value, room.world->config.value.cap);
    for (const ValueTerm& term : value_terms(person, room.world->config.value))
        value += fmt::format("\n{:+.1f} {}", term.points, term.what);
    part.fields.push_back({"Value", value});
    std::string accounts;
    for (const AccountRow* account : person.accounts) {
        accounts +=
            fmt::format("{}{}{}{}", accounts.empty() ? "" : "\n", key_text(account->key),
                        account->handle.empty() ? "" : " @" + account->handle, account->bot ? ", a bot" : "");
        if (!account->note.empty()) part.fields.push_back({"Note", account->note});
    }
    part.fields.push_back({"Accounts", accounts});
    std::string why;
    for (const Bonded& one : why_one_person(person))
        why += fmt::format("{}{} and {}: {}, {}", why.empty() ? "" : "\n", key_text(one.a->key),
                           key_text(one.b->key), one.bond->how, local_date_text(room.zone(), one.bond->at));
    if (!why.empty()) part.fields.push_back({"Why one person", why});
    if (person.muted_until > room.now)
        part.fields.push_back({"Muted", "until " + local_date_text(room.zone(), person.muted_until)});
    const auto quiet = learning::all_quiet(person.accounts, room.world->config.learning);
    for (const learning::Quiet& one : quiet)
        part.fields.push_back(
            {"Quiet", one.rule + ": " + learning::quiet_words(one, local_date_text(room.zone(), one.since))});
    const std::string key = key_text(self.key);
    part.buttons = {button("person/" + key, "Change"),
                    person.muted_until > room.now || !quiet.empty()
                        ? button("unmute/" + key, "Alerts again")
                        : button("mute/" + key, "Mute for a week"),
                    button("forget/" + key, "Forget", ButtonStyle::danger)};
    return part;
}

Part ties_part(Room& room, const PersonView& person) {
    Part part;
    part.heading = "Who knows them";
    if (person.ties.empty()) part.text = "Nobody on the team has talked with them yet.";
    for (std::size_t i = 0; i < std::min(person.ties.size(), most_ties); ++i) {
        const StafferTie& tie = person.ties[i];
        std::string text = counted(tie.contacts, "contact");
        if (tie.last_in != never)
            text += ", last answered " + local_date_text(room.zone(), tie.last_in);
        else
            text += ", never answered them";
        part.fields.push_back({tie.staffer == &room.by ? "You" : tie.staffer->full_name, text});
    }
    return part;
}

Quote quote_of(const PersonView& person, const MessageRow& message) {
    return {std::string(person.shown_name()), cut(message.text, longest_said), message.at, message.link};
}

/// What they said last, and what nobody ever answered.
void add_words(Room& room, const PersonView& person, Page& page) {
    std::vector<MessageRow> said;
    for (const AccountRow* account : person.accounts) {
        const auto messages = must_read(room.store.messages_of(account->id, most_messages));
        std::copy_if(messages.begin(), messages.end(), std::back_inserter(said),
                     [](const MessageRow& one) { return !one.deleted && one.speaker == Speaker::person; });
    }
    std::sort(said.begin(), said.end(), [](const MessageRow& a, const MessageRow& b) { return a.at > b.at; });
    Part last, unanswered;
    last.heading = "What they said last";
    unanswered.heading = "Never answered";
    bool kept_back = false;
    std::size_t looked_at = 0;
    for (const MessageRow& message : said) {
        if (++looked_at > 200 ||
            (last.quotes.size() >= most_quotes && unanswered.quotes.size() >= most_quotes))
            break;
        if (!may_read(room, message)) {
            kept_back = true;
            continue;
        }
        if (last.quotes.size() < most_quotes) last.quotes.push_back(quote_of(person, message));
        room.lookup.load_around(message.id);
        const ConversationRow* conversation = room.lookup.state().conversations.find(message.conversation);
        if (!conversation || unanswered.quotes.size() >= most_quotes || !message.reading.needs_reply)
            continue;
        for (const Waiting& one : conversation->waiting)
            if (one.who == message.author && one.since <= message.at && one.answered_person == never &&
                one.answered_brand == never && one.answered_other == never)
                unanswered.quotes.push_back(quote_of(person, message));
    }
    if (kept_back) last.text = "They also wrote direct messages, for others to read.";
    if (last.quotes.empty() && last.text.empty()) last.text = "Nothing that is still there.";
    page.parts.push_back(std::move(last));
    if (!unanswered.quotes.empty()) page.parts.push_back(std::move(unanswered));
}

}  // namespace

Page person_page(Room& room, AccountId account) {
    room.lookup.load_person(account);
    const PersonView person = view_person(room.lookup.state(), room.world->people, account, room.now);
    Page page{"who", std::string(person.shown_name()), {}};
    page.parts.push_back(who_part(room, person));
    page.parts.push_back(ties_part(room, person));
    std::vector<AlertId> open;
    for (const AccountRow* one : person.accounts)
        open.insert(open.end(), one->alerts.begin(), one->alerts.end());
    add_words(room, person, page);
    for (const AlertId id : open)
        if (const AlertRow* alert = room.lookup.alert(id); alert && !is_closed(alert->state))
            page.parts.push_back(alert_part(room, *alert));
    return bounded(std::move(page));
}

}  // namespace rapport::office
