#include "support/model/model.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "bot/alerts/card.hpp"
#include "bot/alerts/lifecycle.hpp"
#include "bot/config/load.hpp"
#include "bot/conversations/waiting.hpp"
#include "rules/rule_set.hpp"
#include "support/house.hpp"

namespace rapport::test {

namespace {

using Kind = Move::Kind;

constexpr std::string_view model_rules = R"(
rules:
  - name: urgent
    title: Something is broken
    when: message.text contains "broken" and not conversation.answered_by_person
    ask: [owner, "@bea"]
    reply within: 2h
    urgency: high
    cooldown: 0s
  - name: question
    title: A champion waits
    when: message.needs_reply and not conversation.answered_by_person
    after: 30m
    ask: [owner, "@bea"]
    reply within: 2h
    escalate: [{after: 3h, to: channel}]
    cooldown: 0s
)";

constexpr std::string_view model_team = R"(
brand: {names: [Acme], accounts: ["chat:home:brand"]}
staff:
  ada: {full_name: Ada Winter, accounts: ["chat:home:ada"], hours: always, capacity: 9}
  bea: {full_name: Bea Morgan, accounts: ["chat:home:bea"], hours: always, capacity: 9, lead: true}
)";

constexpr std::string_view question = "Does it speak IPv6?";

std::shared_ptr<const World> model_world(std::string team) {
    rules::LoadResult loaded = rules::load(model_rules, "rules.yaml");
    if (!loaded.rules) throw std::runtime_error(to_string(loaded.diagnostics.front()));
    auto read = load_team(team, "team.yaml");
    if (!read.value) throw std::runtime_error("the model's team does not load");
    return std::make_shared<World>(std::move(*read.value), std::move(*loaded.rules),
                                   *load_config("", "rapport.yaml").value);
}

AccountKey key_of(std::string_view who) {
    return {"chat", "home", std::string(who)};
}
const ChannelKey help{"chat", "home", "help"};

/// What nothing is known of, for a store that has nothing.
void answer_with_nothing(const Wanted& wanted, State& state) {
    for (const AccountKey& key : wanted.account_keys) state.account_ids.learn(key, AccountId::none);
    for (const ChannelKey& key : wanted.channel_keys) state.channel_ids.learn(key, ChannelId::none);
    for (const auto& key : wanted.message_keys) state.message_ids.learn(key, MessageId::none);
    for (const std::string& id : wanted.action_ids) state.actions[id] = false;
    if (!wanted.accounts.empty() || !wanted.persons.empty() || !wanted.channels.empty() ||
        !wanted.messages.empty() || !wanted.conversations.empty() || !wanted.alerts.empty())
        throw std::runtime_error("the model asks for a row that is not there");
}

}  // namespace

const std::vector<Move>& moves() {
    static const std::vector<Move> all{
        {.name = "time passes", .kind = Kind::time_passes, .core = true},
        {.name = "asks again", .kind = Kind::person_asks, .core = true},
        {"edits to praise", Kind::person_edits, "", "Good morning all"},
        {"edits to broken", Kind::person_edits, "", "It is broken"},
        {.name = "deletes", .kind = Kind::person_deletes, .core = true},
        {"is erased", Kind::person_erased},
        {"looks like a bot", Kind::person_is_bot},
        {.name = "owner answers", .kind = Kind::staff_answers, .who = "ada", .core = true},
        {.name = "colleague answers", .kind = Kind::staff_answers, .who = "bea", .core = true},
        {"owner answers nearby", Kind::staff_nearby, "ada"},
        {"colleague answers nearby", Kind::staff_nearby, "bea"},
        {"owner's app answers", Kind::staff_by_app, "ada"},
        {"brand answers", Kind::brand_answers, "brand"},
        {.name = "owner's answer goes", .kind = Kind::answer_deleted, .who = "ada", .core = true},
        {"colleague's answer goes", Kind::answer_deleted, "bea"},
        {.name = "owner claims", .kind = Kind::press, .who = "ada", .text = "claim", .core = true},
        {.name = "colleague claims", .kind = Kind::press, .who = "bea", .text = "claim", .core = true},
        {.name = "owner replied", .kind = Kind::press, .who = "ada", .text = "replied", .core = true},
        {.name = "owner snoozes",
         .kind = Kind::press,
         .who = "ada",
         .text = "snooze",
         .choice = "1h",
         .core = true},
        {"colleague wakes", Kind::press, "bea", "wake"},
        {.name = "owner hands over",
         .kind = Kind::press,
         .who = "ada",
         .text = "hand_over",
         .choice = "bea",
         .core = true},
        {.name = "owner dismisses",
         .kind = Kind::press,
         .who = "ada",
         .text = "dismiss",
         .choice = "not_us",
         .core = true},
        {"owner says yes", Kind::press, "ada", "answered_yes"},
        {.name = "owner says no", .kind = Kind::press, .who = "ada", .text = "answered_no", .core = true},
        {"owner asks for an introduction", Kind::press, "ada", "introduce"},
        {"colleague asks", Kind::colleague_asks, "bea"},
        {"owner leaves", Kind::staffer_leaves},
        {.name = "says it is broken", .kind = Kind::person_asks, .text = "It is broken", .other = true},
        {.name = "somebody else asks", .kind = Kind::another_asks, .other = true},
        {.name = "somebody else says it is broken",
         .kind = Kind::another_asks,
         .text = "It is broken",
         .other = true},
        {.name = "owner answers somebody else",
         .kind = Kind::another_is_answered,
         .who = "ada",
         .other = true},
        {.name = "somebody else deletes", .kind = Kind::another_deletes, .other = true},
    };
    return all;
}

const AlertRow* Position::newest() const {
    return state.next.alert == 1 ? nullptr : state.alerts.find(AlertId(state.next.alert - 1));
}

bool Position::other_is_answered(const std::string& native) const {
    return std::any_of(other_answered.begin(), other_answered.end(), [&](const auto& one) {
        const auto is_it = [&](const auto& answer) { return answer.second == one.second; };
        return one.first == native &&
               (one.second.empty() || std::any_of(answers.begin(), answers.end(), is_it));
    });
}

std::vector<const AlertRow*> Position::open() const {
    std::vector<const AlertRow*> all;
    for (std::int64_t id = 1; id < state.next.alert; ++id)
        if (const AlertRow* row = state.alerts.find(AlertId(id)); row && !is_closed(row->state))
            all.push_back(row);
    return all;
}

Model::Model()
    : whole_(model_world(std::string(model_team))),
      without_owner_(model_world(std::string(model_team.substr(0, model_team.find("  ada:"))) +
                                 std::string(model_team.substr(model_team.find("  bea:"))))) {}

const World& Model::world(const Position& position) const {
    return position.owner_left ? *without_owner_ : *whole_;
}

bool Model::put(decltype(Input::what) what, Position& position) const {
    State& state = position.state;
    const Engine engine{position.owner_left ? without_owner_ : whole_};
    const Input inputs[] = {{std::move(what), state.now}};
    for (Wanted wanted = engine.wanted(inputs, state); !wanted.empty(); wanted = engine.wanted(inputs, state))
        answer_with_nothing(wanted, state);
    engine.pass_time(state, inputs[0].at);
    engine.decide(inputs[0], state);
    return true;
}

Position Model::start() const {
    Position position;
    position.state.now = moment("2026-03-02 10:00");
    ContactStated contact;
    contact.account.key = key_of("sam");
    contact.owner = "ada";
    contact.at = position.state.now;
    put(Event{contact, position.state.now, "model", {}, {}, {}}, position);
    contact.account.key = key_of("kim");
    contact.owner = "bea";
    put(Event{contact, position.state.now, "model", {}, {}, {}}, position);
    make({"asks", Kind::person_asks}, position);
    return position;
}

bool Model::make(const Move& move, Position& position) const {
    State& state = position.state;
    state.added = {};
    state.now += std::chrono::milliseconds{1};
    const Time moment_before = state.now;
    const auto message = [&](std::string_view who, std::string_view text) {
        MessagePosted posted;
        posted.message.channel = {help, "help", ChannelKind::open};
        posted.message.id = fmt::format("m{}", position.next_id++);
        posted.message.author.key = key_of(who);
        posted.message.text = text;
        posted.message.at = state.now;
        return posted;
    };
    const auto event = [&](auto body) {
        return put(Event{std::move(body), state.now, "model", {}, {}, {}}, position);
    };
    switch (move.kind) {
        case Kind::time_passes:
            if (state.timers.empty()) return false;
            // What is due within seconds is due together: the milliseconds between moves mean nothing.
            for (const auto& [due, alert] : state.timers) {
                if (state.now > moment_before && due > state.now + std::chrono::seconds{1}) break;
                state.now = std::max(state.now, due + std::chrono::seconds{1});
            }
            return put(Tick{}, position);
        case Kind::person_asks: {
            const MessagePosted posted = message("sam", move.text.empty() ? question : move.text);
            position.said.push_back(posted.message.id);
            return event(posted);
        }
        case Kind::another_asks: {
            if (position.said.empty()) return false;
            MessagePosted posted = message("kim", move.text.empty() ? question : move.text);
            posted.message.reply_to = position.said.back();
            position.other_said.push_back(posted.message.id);
            return event(posted);
        }
        case Kind::another_is_answered: {
            if (position.other_said.empty() || (position.owner_left && move.who == "ada")) return false;
            MessagePosted posted = message(move.who, "It does.");
            posted.message.reply_to = position.other_said.back();
            for (const std::string& native : position.other_said)
                position.other_answered.emplace_back(native, posted.message.id);
            position.answers.emplace_back(move.who, posted.message.id);
            return event(posted);
        }
        case Kind::another_deletes: {
            if (position.other_said.empty()) return false;
            const std::string id = position.other_said.back();
            position.other_said.pop_back();
            return event(MessageDeleted{{help, id}, state.now});
        }
        case Kind::person_edits:
            if (position.said.empty()) return false;
            return event(MessageEdited{{help, position.said.back()}, std::string(move.text), state.now});
        case Kind::person_deletes: {
            if (position.said.empty()) return false;
            const std::string id = position.said.back();
            position.said.pop_back();
            return event(MessageDeleted{{help, id}, state.now});
        }
        case Kind::person_erased:
            position.said.clear();
            return put(EraseAccount{key_of("sam"), "ada"}, position);
        case Kind::person_is_bot: {
            const auto id = state.account_ids.find(key_of("sam"));
            if (!id || *id == AccountId::none) return false;
            Deciding d{state, world(position), state.now, {}, {}};
            suspected(d, *id, {"it says the same everywhere"});
            finish(d);
            return true;
        }
        case Kind::staff_answers:
        case Kind::staff_by_app:
        case Kind::brand_answers: {
            if (position.said.empty() || (position.owner_left && move.who == "ada")) return false;
            MessagePosted posted = message(move.who, "It does.");
            posted.message.reply_to = position.said.back();
            posted.message.via_app = move.kind == Kind::staff_by_app;
            if (move.kind == Kind::staff_answers) position.answers.emplace_back(move.who, posted.message.id);
            return event(posted);
        }
        case Kind::staff_nearby: {
            if (position.owner_left && move.who == "ada") return false;
            MessagePosted posted = message(move.who, "sam: it does");
            position.answers.emplace_back(move.who, posted.message.id);
            return event(posted);
        }
        case Kind::answer_deleted: {
            const auto last = std::find_if(position.answers.rbegin(), position.answers.rend(),
                                           [&](const auto& one) { return one.first == move.who; });
            if (last == position.answers.rend()) return false;
            const std::string id = last->second;
            position.answers.erase(std::next(last).base());
            const auto row = state.message_ids.find({ChannelId{1}, id});
            if (state.messages.at(*row).at + world(position).config.alerts.answer_watch < state.now)
                for (const std::string& said : position.other_said)  // days later it changes nothing
                    position.other_answered.emplace_back(said, "");
            return event(MessageDeleted{{help, id}, state.now});
        }
        case Kind::press: {
            const AlertRow* alert = position.newest();
            if (!alert || (position.owner_left && move.who == "ada")) return false;
            Action action;
            action.id = fmt::format("p{}", position.next_id++);
            action.by = key_of(move.who);
            action.card = card_id(alert->id);
            action.button = move.text;
            if (!move.choice.empty()) action.values["choice"] = move.choice;
            action.at = state.now;
            return event(action);
        }
        case Kind::colleague_asks:
            if (position.said.empty()) return false;
            return put(StaffChange{fmt::format("c{}", position.next_id++), "bea",
                                   AskForReply{{help, position.said.back()}}},
                       position);
        case Kind::staffer_leaves:
            if (std::exchange(position.owner_left, true)) return false;
            put(TeamChanged{}, position);
            return put(Tick{}, position);  // what follows from it is due at once
    }
    return false;
}

}  // namespace rapport::test
