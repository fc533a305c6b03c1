// Who gets what for which ask.

#include <fmt/format.h>

#include <charconv>

#include "bot/alerts/card.hpp"
#include "bot/config/values.hpp"
#include "bot/office/find.hpp"
#include "bot/office/forms.hpp"
#include "bot/office/over_time.hpp"
#include "bot/office/pages.hpp"
#include "bot/office/quiet.hpp"
#include "bot/office/rule_forms.hpp"
#include "bot/office/text.hpp"
#include "bot/people/person.hpp"
#include "bot/people/working_time.hpp"

namespace rapport::office {

namespace {

using std::chrono::days;

/// What `find_account` found, or its words on a page.
template <class Then>
Reply with_account(Room& room, std::string_view who, Then then) {
    const auto found = find_account(room, who);
    if (const auto* words = std::get_if<std::string>(&found))
        return Answer{words_page("who", "Who?", *words)};
    return then(*std::get<const AccountRow*>(found));
}

Reply back(Room& room, const Ask& ask) {
    Reply reply;
    reply.inputs.push_back(change(room, ask, SetAway{room.by.name, never}));
    if (quiet_until(room, room.by) != never)
        reply.inputs.push_back(change(room, ask, SetQuiet{room.by.name, never}, 1));
    for (const Away& away : room.by.away)
        if (away.from <= room.now && room.now < away.until) {
            reply.answer = words_page(
                "back", "Welcome back",
                fmt::format(
                    "Noted. team.yaml still says that you are away until {}: please have that changed.",
                    local_date_text(room.zone(), away.until)));
            return reply;
        }
    reply.answer =
        words_page("back", "Welcome back", "Welcome back! You are asked again in your working hours.");
    return reply;
}

/// The change, and then the person as they are now.
template <class What>
Reply about_person(Room& room, const Ask& ask, const AccountRow& account, What what, std::string line) {
    Reply reply;
    reply.inputs.push_back(change(room, ask, std::move(what)));
    reply.after = [id = account.id, line = std::move(line)](Room& again, const Backtest&) -> Answer {
        return with_line(line, person_page(again, id));
    };
    return reply;
}

Reply set_roles(Room& room, const Ask& ask, const Intent& intent) {
    for (const auto* roles : {&intent.add, &intent.remove})
        for (const std::string& role : *roles)
            if (!config_file::is_word(role))
                return Answer{words_page(
                    "role", "Roles",
                    fmt::format("\"{}\" is no role. Use one short word, as in: role @person champion.",
                                cut(role, 40)))};
    return with_account(room, intent.who, [&](const AccountRow& account) {
        std::vector<std::string> said;
        said.reserve(intent.add.size() + intent.remove.size());
        for (const std::string& role : intent.add) said.push_back("+" + role);
        for (const std::string& role : intent.remove) said.push_back("-" + role);
        return about_person(room, ask, account, SetRoles{account.key, intent.add, intent.remove},
                            fmt::format("Roles changed: {}.", joined(said)));
    });
}

Reply set_owner(Room& room, const Ask& ask, const Intent& intent) {
    const Staffer* owner = intent.other.empty() ? nullptr : find_staffer(room, intent.other);
    if (!intent.other.empty() && !owner)
        return Answer{
            words_page("owner", "Owner",
                       fmt::format("I don't know a colleague called \"{}\". team shows who there is.",
                                   cut(intent.other, 60)))};
    return with_account(room, intent.who, [&](const AccountRow& account) {
        return about_person(room, ask, account, SetOwner{account.key, owner ? owner->name : ""},
                            owner ? fmt::format("{} looks after them now.", owner->full_name)
                                  : "Nobody looks after them now.");
    });
}

Reply unlink(Room& room, const Ask& ask, const Intent& intent) {
    return with_account(room, intent.who, [&](const AccountRow& account) -> Reply {
        if (room.lookup.load_person(account.id).size() < 2)
            return Answer{words_page("unlink", "Not linked",
                                     fmt::format("{} is not linked with anybody.", key_text(account.key)))};
        return about_person(room, ask, account, UnlinkAccount{account.key, room.by.name},
                            "This is a person of its own again, as if never linked.");
    });
}

Reply link(Room& room, const Intent& intent) {
    return with_account(room, intent.who, [&](const AccountRow& a) {
        return with_account(room, intent.other, [&](const AccountRow& b) -> Reply {
            if (a.person == b.person)
                return Answer{with_line("They are one person already.", person_page(room, a.id))};
            return Answer{link_form(a, b)};
        });
    });
}

Reply remove_account(Room& room, const Ask& ask, std::string_view text) {
    const auto key = parse_account(text);
    const auto& all = room.lookup.state().staffers;
    const auto row = all.find(room.by.name);
    const bool own = key && row != all.end() &&
                     std::find(row->second.accounts.begin(), row->second.accounts.end(), *key) !=
                         row->second.accounts.end();
    if (!own)
        return Answer{words_page(
            "me", "Your accounts",
            "That is none of the accounts that you have added. Those of team.yaml are changed there.")};
    Reply reply;
    reply.settings = true;
    reply.inputs.push_back(change(room, ask, RemoveStaffAccount{room.by.name, *key}));
    reply.after = [](Room& again, const Backtest&) -> Answer {
        return with_line("Removed.", me_page(again));
    };
    return reply;
}

Reply for_words(Room& room, const Ask& ask) {
    if (ask.text.size() > longest_text)
        return Answer{words_page(
            "unclear", "That is long",
            "That is more than I can read at once. Please say it shorter; help shows what I understand.")};
    const Intent intent = understand(ask.text);
    switch (intent.want) {
        case Want::help:
            return Answer{help_page(room)};
        case Want::mine:
            return Answer{alerts_page(room, true)};
        case Want::open_alerts:
            return Answer{alerts_page(room, false)};
        case Want::who:
            return with_account(room, intent.who, [&](const AccountRow& account) -> Reply {
                return Answer{person_page(room, account.id)};
            });
        case Want::why:
            return Answer{why_page(room, intent.alert)};
        case Want::rules:
            return intent.rest.empty() ? Reply{Answer{rules_page(room)}} : show_rule(room, intent.rest);
        case Want::team:
            return Answer{team_page(room)};
        case Want::away:
            return set_away(room, ask, intent.rest, "");
        case Want::quiet:
            return set_quiet(room, ask, intent.rest);
        case Want::back:
            return back(room, ask);
        case Want::hours:
            return intent.rest.empty() ? Reply{Answer{hours_page(room)}}
                                       : set_hours(room, ask, intent.rest, "", "");
        case Want::me:
            return Answer{me_page(room)};
        case Want::me_add:
            return add_account(room, ask, intent.who, "");
        case Want::me_remove:
            return remove_account(room, ask, intent.who);
        case Want::link:
            return link(room, intent);
        case Want::unlink:
            return unlink(room, ask, intent);
        case Want::role:
            return set_roles(room, ask, intent);
        case Want::owner:
            return set_owner(room, ask, intent);
        case Want::rhythm:
            return set_rhythm(room, ask, intent.who, intent.rest);
        case Want::succession:
            return succession(room);
        case Want::report:
            return Answer{report_page(room)};
        case Want::forget:
            return with_account(room, intent.who, [&](const AccountRow& account) -> Reply {
                return Answer{forget_form(room, account)};
            });
        case Want::thanks:
            return Answer{words_page("thanks", "You're welcome", "You're welcome!")};
        case Want::unclear:
            return Answer{unclear_page(intent)};
    }
    return Answer{help_page(room)};
}

Answer asked_page(Room& room, const MessageKey& key) {
    const MessageRow* message = room.lookup.message(key);
    if (!message || message->deleted)
        return words_page("asked", "Gone", "That message is not there any more, so nobody was asked.");
    if (message->speaker != Speaker::person)
        return words_page("asked", "Nobody was asked",
                          "The team, the brand or a bot said that, so nobody needs to answer it.");
    const auto about = alerts_where(room, true, [&](const AlertRow& alert) {
        return !is_closed(alert.state) &&
               std::find(alert.quoted.begin(), alert.quoted.end(), message->id) != alert.quoted.end();
    });
    if (about.empty()) return words_page("asked", "Nobody was asked", "It has been dealt with meanwhile.");
    const AlertRow& alert = about.back();
    const Staffer* staffer = room.world->team.staffer(alert.staffer);
    std::string words =
        alert.state == AlertState::held ? fmt::format("Nobody works just now. Somebody is asked {}.",
                                                      local_date_text(room.zone(), alert.hold_until))
        : staffer                       ? fmt::format("{} is asked to reply.",
                                staffer == &room.by ? "You are the one who knows them best, so it is you who"
                                                                          : staffer->full_name)
                                        : "The team's channel is asked to reply.";
    Page page = words_page("asked", "Thanks for watching out", std::move(words));
    page.parts.push_back(alert_part(room, alert));
    return page;
}

Reply for_shortcut(Room& room, const Ask& ask) {
    if (ask.name == "open_alerts") return Answer{alerts_page(room, false)};
    if (!ask.about) return Answer{help_page(room, "That works on a message. Here is what else you can ask:")};
    const MessageKey key = ask.about->key();
    if (ask.name == "ask_someone") {
        Reply reply;
        if (!room.lookup.message(key)) {  // it was said before Rapport listened
            Event event;
            event.body = MessagePosted{*ask.about, true};
            event.seen = room.now;
            event.source = "office";
            reply.inputs.push_back({std::move(event), room.now});
        }
        reply.inputs.push_back(change(room, ask, AskForReply{key}));
        reply.after = [key](Room& again, const Backtest&) { return asked_page(again, key); };
        return reply;
    }
    if (ask.name == "who_is") {
        if (const AccountRow* row = room.lookup.account(ask.about->author.key)) {
            Page page = person_page(room, row->id);
            page.parts.front().buttons.push_back(
                button(fmt::format("why_message/{}:{}:{}/{}", key.channel.platform, key.channel.realm,
                                   key.channel.id, key.id),
                       "Why no alert?"));
            return Answer{std::move(page)};
        }
        return Answer{words_page("who", "Who is this?", "I have not heard anything from them yet.")};
    }
    if (ask.name == "make_rule") return Answer{rule_form_like(room, *ask.about)};
    return Answer{help_page(room)};
}

/// "act/claim/12": presses a button of the alert's card, here.
Reply act(Room& room, const Ask& ask, std::string_view what) {
    const std::size_t slash = std::min(what.find('/'), what.size());
    const std::string_view number = what.substr(std::min(slash + 1, what.size()));
    std::int64_t id = 0;
    std::from_chars(number.data(), number.data() + number.size(), id);
    Action action;
    action.id = ask.id;
    action.by = ask.by;
    action.card = card_id(AlertId(id));
    action.button = what.substr(0, slash);
    action.values = ask.values;
    action.at = room.now;
    Event event;
    event.body = std::move(action);
    event.seen = room.now;
    event.source = "office";
    Reply reply;
    reply.inputs.push_back({std::move(event), room.now});
    reply.after = [home = ask.values.contains("home")](Room& again, const Backtest&) -> Answer {
        return home ? home_page(again) : alerts_page(again, true);
    };
    return reply;
}

Reply mute(Room& room, const Ask& ask, std::string_view who, bool on) {
    return with_account(room, who, [&](const AccountRow& account) {
        const Time until = on ? room.now + days{7} : never;
        return about_person(
            room, ask, account, MutePerson{account.key, until},
            on ? fmt::format("No alerts about them until {}.", local_date_text(room.zone(), until))
               : "Alerts about them are raised again.");
    });
}

Reply why_message(Room& room, std::string_view text) {
    for (std::size_t cut_at = text.find('/'); cut_at != std::string_view::npos;
         cut_at = text.find('/', cut_at + 1)) {
        const auto place = parse_account(text.substr(0, cut_at));
        if (!place || cut_at + 1 == text.size()) continue;
        const MessageKey key{{place->platform, place->realm, place->id},
                             std::string(text.substr(cut_at + 1))};
        if (room.lookup.message(key)) return Answer{why_message_page(room, key)};
    }
    return Answer{words_page("why", "Why?", "I have not heard that message, so no rule has seen it.")};
}

/// "NAME/CONDITION" or "NAME/30m": the rule's form with that change filled in.
Reply change_rule(Room& room, const std::string& what, bool wait) {
    const std::size_t slash = std::min(what.find('/'), what.size());
    const std::string change = slash == what.size() ? "" : what.substr(slash + 1);
    FilledIn filled;
    (wait ? filled.after : filled.condition) = change;
    return Answer{rule_form(room, what.substr(0, slash), filled)};
}

Reply for_button(Room& room, const Ask& ask) {
    const std::size_t slash = std::min(ask.name.find('/'), ask.name.size());
    const std::string what = ask.name.substr(0, slash);
    const std::string rest = slash == ask.name.size() ? "" : ask.name.substr(slash + 1);
    if (what == "act") return act(room, ask, rest);
    if (what == "rule") return rule_button(room, ask, rest);
    if (what == "rule_new") return Answer{rule_form(room, "")};
    if (what == "rule_edit") return Answer{rule_form(room, rest)};
    if (what == "rule_show") return show_rule(room, rest);
    if (what == "rule_with" || what == "rule_wait") return change_rule(room, rest, what == "rule_wait");
    if (what == "rule_on" || what == "rule_off") return switch_rule(room, rest, what == "rule_on");
    if (what == "rule_try") return test_rule(room, rest);
    if (what == "rules") return Answer{rules_page(room)};
    if (what == "me") return Answer{me_page(room)};
    if (what == "me_remove") return remove_account(room, ask, rest);
    if (what == "back") return back(room, ask);
    if (what == "mute" || what == "unmute") return mute(room, ask, rest, what == "mute");
    if (what == "why_message") return why_message(room, rest);
    if (auto reply = over_time_button(room, ask, what, rest)) return std::move(*reply);
    if (what == "form" && rest == "hours") return Answer{hours_form(room)};
    if (what == "form" && rest == "away") return Answer{away_form(room)};
    if (what == "form" && rest == "account") return Answer{account_form()};
    if (what == "person")
        return with_account(
            room, rest, [&](const AccountRow& row) -> Reply { return Answer{person_form(room, row.id)}; });
    // The others are commands with a button's name: "who/slack:T1:U1", "why/12", "say/mine".
    Ask said = ask;
    said.text = what == "say" ? rest : what + " " + rest;
    if (what == "say" || what == "who" || what == "why" || what == "forget") return for_words(room, said);
    if (what == "open") return Answer{};
    return Answer{help_page(room, "That button is from an older page. Here is what you can ask me:")};
}

}  // namespace

Reply answer(Room& room, const Ask& ask) {
    switch (ask.kind) {
        case Ask::Kind::words:
            return for_words(room, ask);
        case Ask::Kind::home:
            return Answer{home_page(room)};
        case Ask::Kind::shortcut:
            return for_shortcut(room, ask);
        case Ask::Kind::button:
            return for_button(room, ask);
        case Ask::Kind::changed:
            return Answer{rule_changed(ask)};
        case Ask::Kind::form:
            if (ask.name == "rule" || ask.name == "rule_text")
                return rule_submitted(room, ask, ask.name == "rule_text");
            if (auto reply = form_submitted(room, ask)) return std::move(*reply);
            return Answer{help_page(room, "That form is from an older page. Here is what you can ask me:")};
    }
    return Answer{};
}

}  // namespace rapport::office
