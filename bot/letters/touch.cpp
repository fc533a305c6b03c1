#include "bot/letters/touch.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "bot/alerts/candidates.hpp"
#include "bot/people/working_time.hpp"

namespace rapport::letters {

namespace {

/// Who is to write to the person: an owner who is on the team, else whoever is closest to them.
const Staffer* keeper(const Look& look, const PersonView& person) {
    const Staffer* owner = look.world.team.staffer(person.owner);
    if (owner && owner->on_team(look.now)) return owner;
    return person.ties.empty() ? nullptr : person.ties.front().staffer;
}

/// What the staffer may read again: their own last words to the person wherever they stood, and what was said
/// where all may read.
void add_words(Look& look, const Staffer& staffer, const PersonView& person, Part& part) {
    const auto quote = [&](MessageId id, bool by_staff) {
        const MessageRow* message = id == MessageId::none ? nullptr : look.lookup.message(id);
        if (!message || message->deleted || message->text.empty()) return;
        const AccountRow* author = look.lookup.account(message->author);
        const ChannelRow* channel = look.lookup.channel(message->channel);
        if (!author || !channel) return;
        const bool own = look.world.team.staffer_of(author->key, look.now) == &staffer;
        if (channel->kind == ChannelKind::dm && !own) return;
        if (by_staff && !own) return;
        part.quotes.push_back({std::string(shown_name(*author)), message->text, message->at, message->link});
    };
    const AccountRow* latest = nullptr;
    for (const AccountRow* account : person.accounts)
        if (!account->said.empty() && (!latest || account->said.back() > latest->said.back()))
            latest = account;
    MessageId contact = MessageId::none;
    for (const AccountRow* account : person.accounts) contact = std::max(contact, account->contact);
    if (latest) quote(latest->said.back(), false);
    quote(contact, true);
    std::stable_sort(part.quotes.begin(), part.quotes.end(),
                     [](const Quote& a, const Quote& b) { return a.at < b.at; });
}

}  // namespace

std::vector<Silent> losing_touch(Look& look, const Staffer& staffer, Depth least) {
    std::vector<Silent> all;
    for (const AccountId id : people_of(look, staffer.name)) {
        look.lookup.load_person(id);
        const PersonView person = view_person(look.lookup.state(), look.world.people, id, look.now);
        if (person.depth < least || person.bot || person.suspected || keeper(look, person) != &staffer)
            continue;
        const StafferTie* tie = tie_to_keep(person);
        if (!tie) continue;
        const Rhythm rhythm = rhythm_of(look.lookup.state(), look.world.team, person, *tie, look.now);
        const Time silent = silent_from(rhythm, look.world.config.letters.rhythm_factor);
        if (silent == never || silent > look.now) continue;
        const AccountRow& self = person.self();
        Time remind_after = never;
        for (const AccountRow* account : person.accounts)
            remind_after = std::max(remind_after, account->remind_after);
        const double beyond = double((look.now - rhythm.last).count()) / double(rhythm.usual.count());
        all.push_back({id, self.key, std::string(person.shown_name()), rhythm, beyond,
                       person.muted_until > look.now, remind_after});
    }
    std::sort(all.begin(), all.end(), [](const Silent& a, const Silent& b) {
        return a.beyond != b.beyond ? a.beyond > b.beyond : a.account < b.account;
    });
    return all;
}

std::string silence_text(const Silent& silent, std::string_view zone) {
    return fmt::format("last contact {}; usually {}", local_date_text(zone, silent.rhythm.last),
                       rhythm_text(silent.rhythm));
}

bool may_remind(Look& look, const Silent& silent) {
    if (silent.muted || silent.remind_after > look.now) return false;
    const std::vector<AccountId> accounts = look.lookup.load_person(silent.account);
    const auto is_open = [&](AlertId id) {
        const AlertRow* alert = look.lookup.alert(id);
        return alert && !is_closed(alert->state);
    };
    return std::none_of(accounts.begin(), accounts.end(), [&](AccountId id) {
        const std::vector<AlertId> alerts = look.lookup.state().accounts.at(id).alerts;
        return std::any_of(alerts.begin(), alerts.end(), is_open);
    });
}

std::string reminder_id(const Silent& silent) {
    return fmt::format("rhythm:{}:{}:{}", std::int64_t(silent.account),
                       silent.rhythm.last.time_since_epoch().count(),
                       silent.remind_after.time_since_epoch().count());
}

SendLetter reminder(Look& look, const Staffer& staffer, const Silent& silent) {
    const PersonView person = view_person(look.lookup.state(), look.world.people, silent.account, look.now);
    Part part;
    part.text = fmt::format("You and {} are usually in touch {}. It has been {} days.", silent.name,
                            rhythm_text(silent.rhythm),
                            std::chrono::floor<std::chrono::days>(look.now - silent.rhythm.last).count());
    part.fields.push_back({"Last contact", local_date_text(staffer.zone, silent.rhythm.last)});
    part.fields.push_back(
        {"Usual", silent.rhythm.by_staff ? rhythm_text(silent.rhythm) + ", as the team has set it"
                  : silent.rhythm.learned_from > 0
                      ? fmt::format("{}, learned from the last {}", rhythm_text(silent.rhythm),
                                    counted_of(silent.rhythm.learned_from, "silence"))
                      : rhythm_text(silent.rhythm) + ", as far as can be said so soon"});
    part.fields.push_back({"How close", std::string(rapport::name_of(person.depth))});
    if (const AccountRow& self = person.self(); !self.note.empty())
        part.fields.push_back({"Note", self.note});
    add_words(look, staffer, person, part);
    const std::string key = key_text(silent.key);
    Button often{"rhythm/" + key, "How often?"};
    often.options = {{"Every two weeks", "14d"},
                     {"Every month", "30d"},
                     {"Every three months", "90d"},
                     {"As usual between us", "usual"},
                     {"Don't remind me of them", "never"}};
    part.buttons = {{"who/" + key, "Who is this?", ButtonStyle::primary},
                    {"remind_later/" + key, "Remind me in a week"},
                    std::move(often)};
    SendLetter send;
    send.id = reminder_id(silent);
    send.to = {staffer.name};
    send.letter.page = {"rhythm", fmt::format("Time for a word with {}?", silent.name), {std::move(part)}};
    return send;
}

}  // namespace rapport::letters
