// What staff change by talking with Rapport: settings of their own, what is known of people, who is to be
// asked.

#include <algorithm>

#include "bot/people/directory.hpp"
#include "bot/pipeline/engine.hpp"

namespace rapport {

namespace {

constexpr std::size_t most_accounts = 50;
constexpr std::size_t longest_note = 1'000;

class Change {
public:
    Change(Deciding& d, const std::string& by) : d_(d), by_(by) {}

    void operator()(const SetAway& away) { settings(away.staffer).away_until = away.until; }
    void operator()(const SetQuiet& quiet) { settings(quiet.staffer).quiet_until = quiet.until; }
    void operator()(const SetHours& hours) {
        StafferRow& row = settings(hours.staffer);
        row.hours = hours.hours;
        row.zone = hours.zone;
    }
    void operator()(const AddStaffAccount& add) {
        if (d_.world.team.staffer_of(add.account, d_.now) || d_.world.team.is_brand(add.account)) return;
        for (const auto& [name, row] : d_.state.staffers)
            if (std::find(row.accounts.begin(), row.accounts.end(), add.account) != row.accounts.end())
                return;
        StafferRow& row = settings(add.staffer);
        if (row.accounts.size() < most_accounts) row.accounts.push_back(add.account);
    }
    void operator()(const RemoveStaffAccount& remove) {
        std::erase(settings(remove.staffer).accounts, remove.account);
    }
    void operator()(const SetRoles& roles) {
        AccountRow* account = known(roles.account);
        if (!account) return;
        for (const std::string& role : roles.add) add_role(*account, role);
        if (roles.remove.empty()) return;
        // The person has a role if any of their accounts has it.
        for (const AccountId id : d_.state.accounts_of_person(account->id))
            for (const std::string& role : roles.remove) std::erase(d_.state.accounts.edit(id).roles, role);
    }
    void operator()(const SetOwner& owner) {
        AccountRow* account = known(owner.account);
        if (!account) return;
        for (const AccountId id : d_.state.accounts_of_person(account->id))
            d_.state.accounts.edit(id).owner.clear();
        d_.state.accounts.edit(account->id).owner = owner.staffer;
    }
    void operator()(const SetNote& note) {
        if (AccountRow* account = known(note.account)) account->note = note.note.substr(0, longest_note);
    }
    void operator()(const SetRhythm& rhythm) {
        AccountRow* account = known(rhythm.account);
        if (!account) return;
        for (const AccountId id : d_.state.accounts_of_person(account->id)) {
            AccountRow& one = d_.state.accounts.edit(id);
            one.rhythm_ms = 0;
            one.remind_after = never;
        }
        account->rhythm_ms = std::max(rhythm.rhythm_ms, no_rhythm);
    }
    void operator()(const RemindLater& later) {
        if (AccountRow* account = known(later.account)) account->remind_after = later.after;
    }
    void operator()(const MutePerson& mute) {
        AccountRow* account = known(mute.account);
        if (!account) return;
        const std::vector<AccountId> all = d_.state.accounts_of_person(account->id);
        for (const AccountId id : all) {
            AccountRow& row = d_.state.accounts.edit(id);
            row.muted_until = mute.until;
            if (mute.until == never) row.unwanted.clear();  // what staff did not need counts no more
        }
    }
    void operator()(const AskForReply& ask) {
        const Staffer* staffer = d_.world.team.staffer(by_);
        const MessageRow* message = find_message(d_.state, ask.message);
        if (staffer && message) ask_for_reply(d_, message->id, *staffer);
    }

private:
    StafferRow& settings(const std::string& staffer) {
        StafferRow& row = d_.state.staffers[staffer];
        row.name = staffer;
        d_.state.added.staffers_changed.push_back(staffer);
        return row;
    }
    AccountRow* known(const AccountKey& key) {
        const auto id = d_.state.account_ids.find(key);
        if (!id) throw NotLoaded("account " + key.id + " is not loaded");
        return *id == AccountId::none ? nullptr : &d_.state.accounts.edit(*id);
    }

    Deciding& d_;
    const std::string& by_;
};

}  // namespace

void Engine::on(const StaffChange& change, State& state) const {
    const auto done = state.actions.find(change.id);
    if (done == state.actions.end()) throw NotLoaded("action " + change.id + " is not loaded");
    if (std::exchange(done->second, true)) return;
    state.added.actions.push_back(change.id);
    // These stand by themselves, with their own decisions.
    if (const auto* link = std::get_if<LinkAccounts>(&change.what)) return on(*link, state);
    if (const auto* unlink = std::get_if<UnlinkAccount>(&change.what)) return on(*unlink, state);
    if (const auto* erase = std::get_if<EraseAccount>(&change.what)) return on(*erase, state);
    Deciding d{state, *world_, state.now, {}, {}};
    Change decide{d, change.by};
    std::visit(
        [&](const auto& what) {
            if constexpr (requires { decide(what); }) decide(what);
        },
        change.what);
    finish(d);
}

}  // namespace rapport
