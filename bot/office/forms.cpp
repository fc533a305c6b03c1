#include "bot/office/forms.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "bot/config/own_settings.hpp"
#include "bot/config/values.hpp"
#include "bot/office/find.hpp"
#include "bot/office/hours_words.hpp"
#include "bot/office/pages.hpp"
#include "bot/office/text.hpp"
#include "bot/office/when.hpp"
#include "bot/people/person.hpp"
#include "bot/people/working_time.hpp"

namespace rapport::office {

namespace {

constexpr std::chrono::days longest_away{366};

std::string given(const Ask& ask, const std::string& key) {
    const auto at = ask.values.find(key);
    return at == ask.values.end() ? std::string{} : at->second;
}

Reply wrong(const std::string& field, std::string id, std::string title, std::string words) {
    if (!field.empty()) return Answer{FormErrors{{field, std::move(words)}}};
    return Answer{words_page(std::move(id), std::move(title), std::move(words))};
}

std::string named(const AccountRow& row) {
    return fmt::format("{} ({})", shown_name(row), key_text(row.key));
}

/// The account that a form was about.
const AccountRow* account_of(Room& room, const std::string& text) {
    const auto key = parse_account(text);
    return key ? room.lookup.account(*key) : nullptr;
}

Reply person_submitted(Room& room, const Ask& ask) {
    const AccountRow* account = account_of(room, given(ask, "context"));
    if (!account)
        return Answer{words_page("who", "Gone", "That person is not there any more. Nothing was changed.")};
    FormErrors errors;
    const std::string owner = given(ask, "owner");
    const Staffer* staffer = owner.empty() || owner == "nobody" ? nullptr : find_staffer(room, owner);
    if (!owner.empty() && owner != "nobody" && !staffer) errors["owner"] = "I don't know that colleague.";
    std::vector<std::string> wanted;
    for (const std::string& one : split_list(given(ask, "roles"))) {
        wanted.push_back(lower(one));
        if (!config_file::is_word(wanted.back()))
            errors["roles"] =
                fmt::format("\"{}\" is no role. Use one short word each, with commas between.", cut(one, 40));
    }
    if (given(ask, "note").size() > 1'000) errors["note"] = "Please keep it below 1,000 letters.";
    if (!errors.empty()) return Answer{errors};
    room.lookup.load_person(account->id);
    const PersonView person = view_person(room.lookup.state(), room.world->people, account->id, room.now);
    SetRoles roles{account->key, {}, {}};
    for (const std::string& role : wanted)
        if (std::find(person.roles.begin(), person.roles.end(), role) == person.roles.end())
            roles.add.push_back(role);
    for (const std::string_view role : person.roles)
        if (std::find(wanted.begin(), wanted.end(), role) == wanted.end()) roles.remove.emplace_back(role);
    Reply reply;
    int part = 0;
    if (!roles.add.empty() || !roles.remove.empty()) reply.inputs.push_back(change(room, ask, roles, ++part));
    const std::string new_owner = staffer ? staffer->name : "";
    if (new_owner != person.owner && ask.values.contains("owner"))
        reply.inputs.push_back(change(room, ask, SetOwner{account->key, new_owner}, ++part));
    if (given(ask, "note") != account->note)
        reply.inputs.push_back(change(room, ask, SetNote{account->key, given(ask, "note")}, ++part));
    reply.after = [id = account->id](Room& again, const Backtest&) -> Answer {
        return with_line("Saved.", person_page(again, id));
    };
    return reply;
}

Reply link_submitted(Room& room, const Ask& ask) {
    const std::string context = given(ask, "context");
    const std::size_t newline = std::min(context.find('\n'), context.size());
    const AccountRow* a = account_of(room, context.substr(0, newline));
    const AccountRow* b = newline == context.size() ? nullptr : account_of(room, context.substr(newline + 1));
    if (!a || !b)
        return Answer{
            words_page("link", "Gone", "One of the two is not there any more. Nothing was changed.")};
    Reply reply;
    reply.inputs.push_back(change(room, ask, LinkAccounts{a->key, b->key, room.by.name}));
    reply.after = [id = a->id, other = key_text(b->key)](Room& again, const Backtest&) -> Answer {
        return with_line(fmt::format("They are one person now. unlink {} takes it back.", other),
                         person_page(again, id));
    };
    return reply;
}

Reply forget_submitted(Room& room, const Ask& ask) {
    const AccountRow* account = account_of(room, given(ask, "context"));
    if (!account) return Answer{words_page("forgotten", "Forgotten", "Nothing is kept of them any more.")};
    Reply reply;
    int part = 0;
    for (const AccountId id : room.lookup.load_person(account->id))
        reply.inputs.push_back(
            change(room, ask, EraseAccount{room.lookup.account(id)->key, room.by.name}, ++part));
    reply.answer =
        words_page("forgotten", "Forgotten",
                   "Their words, ties and profile are deleted. What they write from now on begins anew.");
    return reply;
}

}  // namespace

Form away_form(Room& room) {
    Form form{"away", "", "Away", "Save", {}, "You are not asked until you are back.", "", {}};
    FormField field{"until", "Back", FieldKind::text,
                    "Monday, 3 Dec 14:00, 2 days. Your clock: " + room.by.zone};
    field.required = true;
    form.fields = {std::move(field)};
    return form;
}

Form hours_form(Room& room) {
    Form form{"hours", "", "Your hours", "Save", {}, "When you may be asked.", "", {}};
    FormField hours{"hours", "Hours", FieldKind::text, "mon-thu 9-12:30 13:30-17, fri 9-14. Or: always"};
    hours.value = hours_text(room.by.hours);
    hours.required = true;
    FormField zone{"zone", "Time zone", FieldKind::text, "Europe/Berlin"};
    zone.value = room.by.zone;
    form.fields = {std::move(hours), std::move(zone)};
    return form;
}

Form account_form() {
    Form form{"account", "", "One more account", "Add", {}, "When it answers, that is you answering.",
              "",        {}};
    FormField field{"account", "Account", FieldKind::text, "platform:realm:id, as in mastodon:home:123"};
    field.required = true;
    form.fields = {std::move(field)};
    return form;
}

Form person_form(Room& room, AccountId account) {
    room.lookup.load_person(account);
    const PersonView person = view_person(room.lookup.state(), room.world->people, account, room.now);
    Form form{"person", "", cut(person.shown_name(), 24), "Save", {}, "", key_text(person.self().key), {}};
    FormField roles{"roles", "Roles", FieldKind::text, "With commas between: champion, customer"};
    for (const std::string_view role : person.roles)
        roles.value += (roles.value.empty() ? "" : ", ") + std::string(role);
    FormField owner{"owner", "Who looks after them", FieldKind::choice, "", {{"Nobody", "nobody"}}};
    for (const Staffer& staffer : room.world->team.staffers())
        if (staffer.on_team(room.now)) owner.options.push_back({staffer.full_name, staffer.name});
    const bool here = std::any_of(owner.options.begin(), owner.options.end(),
                                  [&](const Option& one) { return one.value == person.owner; });
    owner.value = here ? std::string(person.owner) : "nobody";
    FormField note{"note", "Note", FieldKind::text, "How you met, what they care about"};
    note.value = person.self().note;
    note.several = true;
    form.fields = {std::move(roles), std::move(owner), std::move(note)};
    return form;
}

Form link_form(const AccountRow& a, const AccountRow& b) {
    Form form{
        "link", "", "One person?", "They are one person", {}, "", key_text(a.key) + "\n" + key_text(b.key),
        {}};
    form.text = fmt::format(
        "{}\n{}\n\nTheir roles, ties and history are then looked at together. unlink takes it back.",
        named(a), named(b));
    return form;
}

Form forget_form(Room& room, const AccountRow& account) {
    Form form{"forget", "", "Forget them?", "Forget for good", {}, "", key_text(account.key), {}};
    form.text = "This deletes all that is kept of";
    for (const AccountId id : room.lookup.load_person(account.id))
        form.text += "\n" + named(*room.lookup.account(id));
    form.text +=
        "\n\nTheir words, ties, notes and profile. It cannot be undone. `rapport people export` writes a "
        "copy first.";
    return form;
}

Reply set_away(Room& room, const Ask& ask, std::string_view when, const std::string& field) {
    if (trim(when).empty()) return Answer{away_form(room)};
    const auto until = parse_when(when, room.zone(), room.now);
    const std::string hint = "Try \"Monday\", \"3 Dec 14:00\" or \"for 2 days\".";
    if (!until)
        return wrong(
            field, "away", "Away",
            fmt::format("I did not understand until when you are away (\"{}\"). {}", cut(when, 80), hint));
    if (*until <= room.now)
        return wrong(field, "away", "Away",
                     fmt::format("{} is over already. {}", local_date_text(room.zone(), *until), hint));
    if (*until > room.now + longest_away)
        return wrong(
            field, "away", "Away",
            fmt::format(
                "{} is more than a year from now. Is somebody leaving? Then the lead sets that in team.yaml.",
                local_date_text(room.zone(), *until)));
    Reply reply;
    reply.inputs.push_back(change(room, ask, SetAway{room.by.name, *until}));
    Page page = words_page("away", "Away",
                           fmt::format("You are away until {}. Nobody asks you before. Enjoy it!",
                                       local_date_text(room.zone(), *until)));
    page.parts.front().buttons = {button("back", "I'm back")};
    reply.answer = std::move(page);
    return reply;
}

Reply set_hours(Room& room, const Ask& ask, std::string_view words, std::string_view zone,
                const std::string& field) {
    const auto hours = parse_hours_words(words);
    if (!hours)
        return wrong(field, "hours", "Your hours",
                     fmt::format("I did not understand these hours (\"{}\"). Write \"mon-fri 9-17\", or "
                                 "\"mon-thu 9-17, fri 9-14\".",
                                 cut(words, 80)));
    zone = trim(zone);
    if (!zone.empty() && !zone_exists(zone))
        return wrong(
            field.empty() ? field : "zone", "hours", "Your hours",
            fmt::format("I don't know the time zone \"{}\". Write it like Europe/Berlin.", cut(zone, 60)));
    Reply reply;
    reply.settings = true;
    const std::string kept = zone.empty() ? room.by.zone : std::string(zone);
    reply.inputs.push_back(change(room, ask, SetHours{room.by.name, *hours, kept}));
    reply.answer = words_page(
        "hours", "Your hours",
        fmt::format("Saved. You are asked {} on the clocks of {}.", hours_for_people(*hours), kept));
    return reply;
}

Reply add_account(Room& room, const Ask& ask, std::string_view account, const std::string& field) {
    account = trim(account);
    if (account.starts_with('@')) account.remove_prefix(1);
    const auto key = parse_account(account);
    if (!key || key->platform.empty() || key->realm.empty())
        return wrong(field, "me", "Your accounts",
                     "An account is written platform:realm:id, as in mastodon:home:123.");
    if (const Staffer* has = room.world->team.staffer_of(*key, room.now))
        return wrong(field, "me", "Your accounts",
                     fmt::format("{} is {} already.", key_text(*key),
                                 has == &room.by ? "yours" : has->full_name + "'s"));
    if (room.world->team.is_brand(*key))
        return wrong(field, "me", "Your accounts",
                     "That account speaks for the brand, so it cannot be one person's.");
    Reply reply;
    reply.settings = true;
    reply.inputs.push_back(change(room, ask, AddStaffAccount{room.by.name, *key}));
    reply.after = [](Room& again, const Backtest&) -> Answer { return with_line("Added.", me_page(again)); };
    return reply;
}

std::optional<Reply> form_submitted(Room& room, const Ask& ask) {
    if (ask.name == "away")
        return set_away(room, ask, given(ask, "until").empty() ? "?" : given(ask, "until"), "until");
    if (ask.name == "hours") return set_hours(room, ask, given(ask, "hours"), given(ask, "zone"), "hours");
    if (ask.name == "account") return add_account(room, ask, given(ask, "account"), "account");
    if (ask.name == "person") return person_submitted(room, ask);
    if (ask.name == "link") return link_submitted(room, ask);
    if (ask.name == "forget") return forget_submitted(room, ask);
    return std::nullopt;
}

}  // namespace rapport::office
