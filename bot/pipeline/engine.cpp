#include "bot/pipeline/engine.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "bot/alerts/card.hpp"
#include "bot/alerts/connection.hpp"
#include "bot/people/directory.hpp"
#include "bot/people/proof.hpp"

namespace rapport {

namespace {

std::string words(const ChannelKey& key) {
    return fmt::format("{}:{}:{}", key.platform, key.realm, key.id);
}
std::string words(const AccountKey& key) {
    return fmt::format("{}:{}:{}", key.platform, key.realm, key.id);
}
std::string words(const MessageKey& key) {
    return fmt::format("{}/{}", words(key.channel), key.id);
}

struct Describe {
    std::string operator()(const MessagePosted& one) const {
        return "message posted " + words(one.message.key());
    }
    std::string operator()(const MessageEdited& one) const { return "message edited " + words(one.message); }
    std::string operator()(const MessageDeleted& one) const {
        return "message deleted " + words(one.message);
    }
    std::string operator()(const ReactionAdded& one) const { return "reaction to " + words(one.message); }
    std::string operator()(const AccountChanged& one) const {
        return "account changed " + words(one.account.key);
    }
    std::string operator()(const ContactStated& one) const {
        return "contact stated " + words(one.account.key);
    }
    std::string operator()(const Gap& one) const { return "gap in " + words(one.channel); }
    std::string operator()(const Action& one) const { return fmt::format("{} on {}", one.button, one.card); }
    std::string operator()(const NotUnderstood&) const { return "something that was not understood"; }
    std::string operator()(const Event& event) const { return std::visit(*this, event.body); }
    std::string operator()(const Tick&) const { return "tick"; }
    std::string operator()(const Delivered& one) const {
        return fmt::format("delivered {}", std::int64_t(one.id));
    }
    std::string operator()(const DeliveryFailed& one) const {
        return fmt::format("delivery failed {}", std::int64_t(one.id));
    }
    std::string operator()(const LinkAccounts& one) const {
        return fmt::format("link {} and {}", words(one.a), words(one.b));
    }
    std::string operator()(const UnlinkAccount& one) const { return "un-link " + words(one.account); }
    std::string operator()(const EraseAccount& one) const { return "erase " + words(one.account); }
    std::string operator()(const MarkBot& one) const {
        return fmt::format("{} is {} bot", words(one.account), one.bot ? "a" : "no");
    }
    std::string operator()(const StaffChange& one) const {
        return fmt::format("a change by {} ({})", one.by, one.id);
    }
    std::string operator()(const ShowAgain&) const { return "show again"; }
    std::string operator()(const TeamChanged&) const { return "team changed"; }
    std::string operator()(const SendLetter& send) const { return "letter " + send.id; }
};

/// What is left of an account until its row goes: that there was one.
AccountRow forgotten(const AccountRow& account) {
    AccountRow row;
    row.id = row.person = account.id;
    row.key = account.key;
    row.name = "somebody who was forgotten";
    row.first_seen = account.first_seen;
    row.last_seen = account.last_seen;
    row.alerts = account.alerts;
    return row;
}

AccountId known_account(const State& state, const AccountKey& key) {
    const auto id = state.account_ids.find(key);
    if (!id) throw NotLoaded("account " + words(key) + " is not loaded");
    return *id;
}

}  // namespace

std::string describe(const Input& input) {
    return std::visit(Describe{}, input.what);
}

MessageRow* find_message(State& state, const MessageKey& key) {
    const auto channel = state.channel_ids.find(key.channel);
    if (!channel) throw NotLoaded("channel " + words(key.channel) + " is not loaded");
    if (*channel == ChannelId::none) return nullptr;
    const MessageId message = state.message_in(*channel, key.id);
    return message == MessageId::none ? nullptr : &state.messages.edit(message);
}

namespace {

/// What the relationship behind the alert is worth. What is broken is told when its turn comes, not here.
double value_of_alert(const State& state, const World& world, AlertId id, Time at) {
    try {
        const AlertRow& alert = state.alerts.at(id);
        if (is_closed(alert.state) || alert.about == AccountId::none) return 0;
        return view_person(state, world.people, alert.about, at).value;
    } catch (const NotLoaded&) {
        return 0;
    }
}

/// The words of somebody who is erased leave what the alert quotes. Whether there were any.
bool forget_words(State& state, AlertId alert, AccountId who) {
    bool any = false;
    for (const MessageId quoted : state.alerts.at(alert).quoted) {
        if (state.messages.at(quoted).author != who) continue;
        MessageRow& message = state.messages.edit(quoted);
        message.text.clear();
        message.deleted = any = true;
    }
    return any;
}

}  // namespace

/// What is due at the same moment, by what the relationships are worth: in a surge the highest comes first.
std::vector<AlertId> Engine::due_together(const State& state) const {
    const Time due = state.timers.begin()->first;
    std::vector<AlertId> ids;
    for (auto one = state.timers.begin(); one != state.timers.end() && one->first == due; ++one)
        ids.push_back(one->second);
    if (ids.size() == 1) return ids;
    std::vector<std::pair<double, AlertId>> by_value;
    by_value.reserve(ids.size());
    for (const AlertId id : ids) by_value.emplace_back(value_of_alert(state, *world_, id, due), id);
    std::stable_sort(by_value.begin(), by_value.end(),
                     [](const auto& a, const auto& b) { return a.first > b.first; });
    for (std::size_t i = 0; i < ids.size(); ++i) ids[i] = by_value[i].second;
    return ids;
}

void Engine::pass_time(State& state, Time until, const std::set<AlertId>& broken) const {
    while (!state.timers.empty() && state.timers.begin()->first <= until) {
        const Time due = state.timers.begin()->first;
        for (const AlertId alert : due_together(state)) {
            if (state.timer_of(alert) != due) continue;  // what came before it has moved it
            if (broken.contains(alert)) {
                state.set_timer(alert, until + broken_pause);
                continue;
            }
            state.now = std::max(state.now, due);
            Deciding d{state, *world_, state.now, {}, {}};
            try {
                time_passed(d, alert);
                finish(d);
            } catch (const std::exception& error) {
                throw TimerFailed(alert, error.what());
            }
        }
    }
    state.now = std::max(state.now, until);
}

void Engine::decide(const Input& input, State& state) const {
    std::visit([&](const auto& what) { on(what, state); }, input.what);
}

void Engine::on(const Event& event, State& state) const {
    Deciding d{state, *world_, state.now, {}, {}};
    std::visit([&](const auto& body) { hear(d, body); }, event.body);
    finish(d);
    if (event.cursor_name.empty()) return;
    state.cursors[event.cursor_name] = event.cursor;
    state.added.cursors_changed.push_back(event.cursor_name);
}

void Engine::on(const Delivered& delivered, State& state) const {
    state.added.outbox_done.push_back(delivered.id);
}

void Engine::on(const DeliveryFailed& failed, State& state) const {
    OutboxRow row;
    row.id = failed.id;
    row.tries = failed.tries;
    row.next_try = failed.next_try;
    row.last_error = failed.error;
    state.added.outbox_retry.push_back(std::move(row));
}

void Engine::on(const LinkAccounts& link, State& state) const {
    const AccountId a = known_account(state, link.a);
    const AccountId b = known_account(state, link.b);
    if (a == AccountId::none || b == AccountId::none) return;
    if (link_accounts(state, a, b)) note_linked_by(state, a, b, link.by, state.now);
}

void Engine::on(const UnlinkAccount& unlink, State& state) const {
    const AccountId account = known_account(state, unlink.account);
    if (account == AccountId::none) return;
    note_unlinked(state, account);
    unlink_account(state, account);
}

void Engine::on(const EraseAccount& erase, State& state) const {
    const AccountId id = known_account(state, erase.account);
    if (id == AccountId::none) return;
    Deciding d{state, *world_, state.now, {}, {}};
    const std::vector<AlertId> alerts = state.accounts.at(id).alerts;
    for (const AlertId alert : alerts) {
        forget_words(state, alert, id);
        state.alerts.edit(alert).why.clear();  // they may quote them
    }
    // Others' alerts may quote them too.
    for (const auto& [due, alert] : state.timers)
        if (forget_words(state, alert, id) ||
            is_connected_by(state, *world_, state.alerts.at(alert), id, state.now))
            d.shown.insert(alert);
    for (auto& [name, staffer] : state.staffers)
        if (std::erase_if(staffer.given, [&](const Given& one) { return one.about == id; }) > 0)
            state.added.staffers_changed.push_back(name);
    person_erased(d, id);
    forget_claims(state, id);
    unlink_account(state, id);
    for (const StaffTie& tie : state.accounts.at(id).ties) move_in_community(state.community, tie, {});
    state.added.community_changed = true;
    AccountRow& row = state.accounts.edit(id);
    row = forgotten(row);  // cards that are drawn below name nobody
    finish(d);
    state.added.erased.push_back(id);
    // Who speaks under that key from now on, even in this batch, is somebody new.
    state.account_ids.set(row.key, AccountId::none);
    state.erased.insert(row.key);
}

void Engine::on(const MarkBot& mark, State& state) const {
    const AccountId id = known_account(state, mark.account);
    if (id == AccountId::none) return;
    Deciding d{state, *world_, state.now, {}, {}};
    looked_at(d, id, mark.bot);
    finish(d);
}

void Engine::on(const ShowAgain&, State& state) const {
    Deciding d{state, *world_, state.now, {}, {}};
    for (const auto& [due, alert] : state.timers) {
        AlertRow& row = state.alerts.edit(alert);
        if (!is_closed(row.state) || row.asking_about_answer) show(d, row);
    }
    finish(d);
}

void Engine::on(const TeamChanged&, State& state) const {
    std::vector<AlertId> all;
    all.reserve(state.timers.size());
    for (const auto& [due, alert] : state.timers) all.push_back(alert);
    for (const AlertId id : all) state.set_timer(id, next_step(state.alerts.at(id), world_->team));
}

void Engine::on(const SendLetter& send, State& state) const {
    const auto done = state.actions.find(send.id);
    if (done == state.actions.end()) throw NotLoaded("letter " + send.id + " is not loaded");
    if (std::exchange(done->second, true)) return;
    state.added.actions.push_back(send.id);
    OutboxRow row;
    row.id = OutboxId(state.next.outbox++);
    row.outgoing.id = send.id;
    row.outgoing.notify = send.notify;
    row.outgoing.team = send.to.empty();
    row.outgoing.body = send.letter;
    for (const std::string& name : send.to)
        if (const Staffer* staffer = world_->team.staffer(name); staffer && staffer->on_team(state.now))
            row.outgoing.to.insert(row.outgoing.to.end(), staffer->accounts.begin(), staffer->accounts.end());
    if (!send.to.empty() && row.outgoing.to.empty()) return;  // they left meanwhile, or cannot be reached
    state.added.outbox.push_back(std::move(row));
}

}  // namespace rapport
