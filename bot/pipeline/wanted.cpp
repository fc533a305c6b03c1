// Which rows a batch touches, found out in rounds: keys first, then what the loaded rows point at. Pure.

#include <algorithm>
#include <unordered_set>

#include "bot/alerts/card.hpp"
#include "bot/people/proof.hpp"
#include "bot/pipeline/engine.hpp"

namespace rapport {

namespace {

class Gather {
public:
    Gather(const State& state, const World& world)
        : state_(state), team_(world.team), with_friends_(world.asks_for_friends) {}

    /// If nothing is missing, all that was looked at is whole, and next time need not be looked at again.
    Wanted take() {
        if (wanted_.empty()) {
            for (const AccountId id : persons_) state_.accounts.note_whole(id);
            for (const AlertId id : alerts_) state_.alerts.note_whole(id);
            for (const ChannelId id : channels_) state_.channels.note_whole(id);
            for (const ConversationId id : conversations_) state_.conversations.note_whole(id);
        }
        return std::move(wanted_);
    }

    void input(const Input& input) { std::visit(*this, input.what); }

    void operator()(const Event& event) { std::visit(*this, event.body); }
    void operator()(const Tick&) {}
    void operator()(const Delivered&) {}
    void operator()(const DeliveryFailed&) {}
    void operator()(const LinkAccounts& link) {
        account(link.a);
        account(link.b);
    }
    void operator()(const UnlinkAccount& unlink) { account(unlink.account); }
    void operator()(const EraseAccount& erase) {
        account(erase.account);
        all_timers();  // others' alerts may quote them
    }
    void operator()(const MarkBot& mark) {
        account(mark.account);
        const auto id = state_.account_ids.find(mark.account);
        const AccountRow* row = id ? state_.accounts.find(*id) : nullptr;
        if (!row) return;
        for (const MessageId held : row->held)
            if (const MessageRow* said = message(held)) channel(said->channel);
    }
    void operator()(const StaffChange& change) {
        if (!state_.actions.contains(change.id)) wanted_.action_ids.push_back(change.id);
        std::visit(*this, change.what);
    }
    void operator()(const SetAway&) {}
    void operator()(const SetQuiet&) {}
    void operator()(const SetHours&) {}
    void operator()(const AddStaffAccount&) {}
    void operator()(const RemoveStaffAccount&) {}
    void operator()(const SetRoles& roles) { becomes_known(roles.account); }
    void operator()(const SetOwner& owner) { becomes_known(owner.account); }
    void operator()(const SetNote& note) { account(note.account); }
    void operator()(const SetRhythm& rhythm) { account(rhythm.account); }
    void operator()(const RemindLater& later) { account(later.account); }
    void operator()(const MutePerson& mute) { account(mute.account); }
    void operator()(const AskForReply& ask) { known_message(ask.message); }
    void operator()(const ShowAgain&) { all_timers(); }
    void operator()(const TeamChanged&) { all_timers(); }
    void operator()(const SendLetter& send) {
        if (!state_.actions.contains(send.id)) wanted_.action_ids.push_back(send.id);
    }

    void operator()(const MessagePosted& posted) {
        const Message& message = posted.message;
        account(message.author);
        for (const AccountKey& mention : message.mentions) account(mention);
        const ChannelId in = channel(message.channel.key);
        if (in == ChannelId::none) return;
        surroundings(in);
        message_in(in, message.id);
        const MessageRow* asked = message.reply_to.empty() ? nullptr : message_in(in, message.reply_to);
        const MessageRow* root = message.thread.empty() ? nullptr : message_in(in, message.thread);
        if (!message.role.empty()) becomes_known(message.author.key);
        if (!team_.staffer_of(message.author.key, posted.message.at) &&
            !team_.staffer_of(message.author.key, state_.now))
            return;
        for (const AccountKey& mention : message.mentions) becomes_known(mention);
        if (asked) words_of(asked->author);
        if (root) words_of(root->author);
        if (const ChannelRow* row = state_.channels.find(in))
            for (const Recent& recent : row->recent) words_of(recent.author);
    }
    void operator()(const MessageEdited& edited) { known_message(edited.message); }
    void operator()(const MessageDeleted& deleted) {
        if (const MessageRow* row = known_message(deleted.message)) {
            those_who_wait(row->conversation);
            if (row->reply_to != MessageId::none)
                if (const MessageRow* asked = message(row->reply_to)) person(asked->author);
        }
        // Another answer nearby may still stand.
        if (const ChannelId in = channel(deleted.message.channel); in != ChannelId::none) surroundings(in);
    }
    void operator()(const ReactionAdded& reaction) {
        account(reaction.by);
        known_message(reaction.message);
    }
    void operator()(const AccountChanged& changed) { account(changed.account); }
    void operator()(const ContactStated& contact) { becomes_known(contact.account.key); }
    void operator()(const Gap&) {}
    void operator()(const NotUnderstood&) {}
    void operator()(const Action& action) {
        if (!state_.actions.contains(action.id)) wanted_.action_ids.push_back(action.id);
        account(action.by);
        // A card that is older than the store, or made up, names an alert that never was.
        if (const AlertId id = alert_of_card(action.card); std::int64_t(id) < state_.next.alert)
            if (id != AlertId::none) {
                alert(id);
                if (action.button == "introduce") acquaintances(id);
            }
    }

    /// The alert with all that its card shows and its rule may ask about.
    void alert(AlertId id) {
        if (state_.alerts.whole(id) || !alerts_.insert(id).second) return;
        const AlertRow* row = state_.alerts.find(id);
        if (!row) {
            wanted_.alerts.push_back(id);
            return;
        }
        person(row->about);
        channel(row->channel);
        conversation(row->conversation);
        // Somebody else who waits in the same conversation may be quoted, too, and so may what the person
        // said in another channel; the rule asks about them.
        for (const MessageId quoted : row->quoted) {
            const MessageRow* said = message(quoted);
            if (!said) continue;
            person(said->author);
            channel(said->channel);
        }
        if (row->answer != MessageId::none)
            if (const MessageRow* answer = message(row->answer)) channel(answer->channel);
        message_row(row->second_answer);
        if (row->answered_by != AccountId::none) account_row(row->answered_by);
    }

private:
    void all_timers() {
        for (const auto& [due, id] : state_.timers) alert(id);
    }
    /// All that is known of those who talk with the person: a colleague may know one of them from elsewhere.
    void acquaintances(AlertId id) {
        const AlertRow* row = state_.alerts.find(id);
        const ConversationRow* conversation = row ? state_.conversations.find(row->conversation) : nullptr;
        if (!conversation) return;
        for (std::size_t i = 0; i < std::min(conversation->people.size(), most_met); ++i)
            person(conversation->people[i].who);
    }
    /// With everybody who claims to be the same person.
    void account(const Account& said) {
        account(said.key);
        for (std::string& claim : claims_of(said)) {
            const auto known = state_.claimants.find(claim);
            if (known == state_.claimants.end()) {
                wanted_.claims.push_back(std::move(claim));
                continue;
            }
            for (const Claimant& one : known->second) person(one.account);
        }
    }
    void account(const AccountKey& key) {
        const auto id = state_.account_ids.find(key);
        if (!id)
            wanted_.account_keys.push_back(key);
        else if (*id != AccountId::none)
            person(*id);
    }

    /// Who has a role or an owner from now on, or whom a staffer answers: cards of this very batch quote what
    /// they said before.
    void becomes_known(const AccountKey& key) {
        account(key);
        if (const auto id = state_.account_ids.find(key)) words_of(*id);
    }
    void words_of(AccountId id) {
        if (id == AccountId::none) return;
        if (const AccountRow* row = account_row(id))
            for (const MessageId said : row->said) message_row(said);
    }

    /// The row alone.
    const AccountRow* account_row(AccountId id) {
        if (id == AccountId::none) return nullptr;  // the author was erased
        const AccountRow* row = state_.accounts.find(id);
        if (!row) wanted_.accounts.push_back(id);
        return row;
    }

    /// The account, the others of its person, the staff they are tied to and the alerts about them.
    void person(AccountId id) {
        if (state_.accounts.whole(id) || !persons_.insert(id).second) return;
        const AccountRow* row = account_row(id);
        if (!row) return;
        const auto all = state_.persons.find(row->person);
        if (all == state_.persons.end()) {
            wanted_.persons.push_back(row->person);
            return;
        }
        for (const AccountId one : all->second) {
            const AccountRow* account = account_row(one);
            if (!account) continue;
            staff_of(*account);
            friends_of(*account);
            for (const AlertId about : account->alerts) alert(about);
            if (known_to_team(*account))
                for (const MessageId said : account->said) message_row(said);
            // What a card tells of the last contact is what the staffer answered.
            if (const MessageRow* contact = message_row(account->contact)) {
                message_row(contact->reply_to);
                channel(contact->channel);
            }
        }
    }

    void staff_of(const AccountRow& account) {
        for (const StaffTie& tie : account.ties) account_row(tie.staff);
    }

    /// With the staff whom they know: who of the team knows a friend of two who talk.
    void friends_of(const AccountRow& account) {
        if (!with_friends_) return;
        for (const Friend& one : account.friends)
            if (const AccountRow* row = account_row(one.who)) staff_of(*row);
    }

    ChannelId channel(const ChannelKey& key) {
        const auto id = state_.channel_ids.find(key);
        if (!id) wanted_.channel_keys.push_back(key);
        return id.value_or(ChannelId::none);
    }
    void channel(ChannelId id) {
        if (!state_.channels.find(id)) wanted_.channels.push_back(id);
    }

    /// What the next message in an open channel may be placed beside.
    void surroundings(ChannelId id) {
        if (state_.channels.whole(id) || !channels_.insert(id).second) return;
        const ChannelRow* row = state_.channels.find(id);
        if (!row) {
            wanted_.channels.push_back(id);
            return;
        }
        for (const Recent& recent : row->recent) {
            account_row(recent.author);
            conversation(recent.conversation);
            if (!state_.messages.find(recent.message)) wanted_.messages.push_back(recent.message);
        }
    }

    void conversation(ConversationId id) {
        if (state_.conversations.whole(id) || !conversations_.insert(id).second) return;
        const ConversationRow* row = state_.conversations.find(id);
        if (!row) {
            wanted_.conversations.push_back(id);
            return;
        }
        for (const AlertId about : row->alerts) alert(about);
        // Whether an answer is to them depends on whose account it is.
        for (const Waiting& one : row->waiting) account_row(one.who);
        const std::size_t count = std::min(row->people.size(), most_met);
        // Their ties too: a card names whom the asked staffer knows among them.
        for (std::size_t i = 0; i < count; ++i)
            if (const AccountRow* one = account_row(row->people[i].who)) {
                staff_of(*one);
                friends_of(*one);
            }
    }

    /// The row of a message by its own id in the channel, if there is one, and its conversation.
    const MessageRow* message_in(ChannelId in, const std::string& native) {
        const auto id = state_.message_ids.find({in, native});
        if (!id) wanted_.message_keys.emplace_back(in, native);
        if (!id || *id == MessageId::none) return nullptr;
        return message(*id);
    }
    /// The row alone.
    const MessageRow* message_row(MessageId id) {
        if (id == MessageId::none) return nullptr;
        const MessageRow* row = state_.messages.find(id);
        if (!row) wanted_.messages.push_back(id);
        return row;
    }
    const MessageRow* message(MessageId id) {
        const MessageRow* row = state_.messages.find(id);
        if (!row) {
            wanted_.messages.push_back(id);
            return nullptr;
        }
        account_row(row->author);
        conversation(row->conversation);
        if (row->reply_to != MessageId::none && messages_.insert(id).second &&
            !state_.messages.find(row->reply_to))
            wanted_.messages.push_back(row->reply_to);
        return row;
    }
    /// A message that something happens to: with its author's person, for the rules run again.
    const MessageRow* known_message(const MessageKey& key) {
        const ChannelId in = channel(key.channel);
        if (in == ChannelId::none) return nullptr;
        channel(in);
        const MessageRow* row = message_in(in, key.id);
        if (row) person(row->author);
        return row;
    }
    /// If it was an answer that is deleted, they wait again.
    void those_who_wait(ConversationId id) {
        const ConversationRow* row = state_.conversations.find(id);
        if (!row) return;
        for (const Waiting& one : row->waiting)
            if (const MessageRow* said = message(one.last)) person(said->author);
    }

    const State& state_;
    const Team& team_;
    const bool with_friends_;
    Wanted wanted_{};
    std::unordered_set<AccountId> persons_{};
    std::unordered_set<AlertId> alerts_{};
    std::unordered_set<ChannelId> channels_{};
    std::unordered_set<ConversationId> conversations_{};
    std::unordered_set<MessageId> messages_{};
};

}  // namespace

Wanted Engine::wanted(std::span<const Input> inputs, const State& state) const {
    Gather gather{state, *world_};
    Time until = state.now;
    for (const Input& input : inputs) {
        until = std::max(until, input.at);
        gather.input(input);
    }
    for (auto timer = state.timers.begin(); timer != state.timers.end() && timer->first <= until; ++timer)
        gather.alert(timer->second);
    return gather.take();
}

}  // namespace rapport
