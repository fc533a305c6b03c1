// A message's way through the core (design §4, step 3).

#include <algorithm>

#include "bot/conversations/waiting.hpp"
#include "bot/people/directory.hpp"
#include "bot/people/proof.hpp"
#include "bot/people/suspicion.hpp"
#include "bot/pipeline/engine.hpp"

namespace rapport {

namespace {

constexpr std::size_t most_mentions = 50;
/// Shorter words say little to somebody who looks for a subject to talk about.
constexpr std::size_t shortest_telling = 24;

ChannelRow& find_or_add(State& state, const Channel& said) {
    const auto known = state.channel_ids.find(said.key);
    if (!known) throw NotLoaded("channel " + said.key.id + " is not loaded");
    if (*known == ChannelId::none) {
        ChannelRow row;
        row.id = ChannelId(state.next.channel++);
        row.key = said.key;
        state.channel_ids.set(said.key, row.id);
        state.channels.add(std::move(row));
    }
    ChannelRow& row = state.channels.edit(*state.channel_ids.find(said.key));
    if (!said.name.empty()) row.name = said.name;
    // A platform that cannot tell just now what a place is does not tell its name either: then what was a
    // direct message stays one.
    if (row.kind != ChannelKind::dm || !said.name.empty()) row.kind = said.kind;
    return row;
}

/// The message with that id in the channel, or null; also null for an empty id.
const MessageRow* message_in(const State& state, ChannelId channel, const std::string& native) {
    if (native.empty()) return nullptr;
    const MessageId id = state.message_in(channel, native);
    return id == MessageId::none ? nullptr : &state.messages.at(id);
}

ConversationRow& open_conversation(State& state, ChannelId channel, MessageId root, Time at) {
    ConversationRow row;
    row.id = ConversationId(state.next.conversation++);
    row.channel = channel;
    row.root = root;
    row.started = at;
    row.last = at;
    return state.conversations.add(std::move(row));
}

Account mentioned(const AccountKey& key) {
    Account account;
    account.key = key;
    return account;
}

void remember(ChannelRow& channel, const Recent& recent) {
    // By halves, so that what was made of the older ones can be gone on from for a while.
    if (channel.recent.size() >= max_recent)
        channel.recent.erase(channel.recent.begin(), channel.recent.begin() + max_recent / 2);
    channel.recent.push_back(recent);
}

/// One message while it is being heard.
class Hearing {
public:
    Hearing(Deciding& d, const MessagePosted& posted) : d_(d), said_(posted.message), late_(posted.late) {}

    void run() {
        ChannelRow& channel = find_or_add(d_.state, said_.channel);
        // A copy, whatever its event id: it has been heard already (scenario 25).
        if (d_.state.message_in(channel.id, said_.id) != MessageId::none) return;
        recognise_people();
        const Placing placing = place(channel);
        read(channel);
        follow(placing);
        join_conversation(channel);
        strengthen_ties();
        seat_addressees(channel);
        MessageRow& row = keep(channel);
        suspect_bot(channel);
        remember_words(channel);
        tell_alerts(row, channel);
    }

private:
    void recognise_people() {
        AccountRow& author = recognise(d_.state, said_.author, said_.at);
        ++author.messages;
        if (said_.role != "staff" && said_.role != "brand" && said_.role != "bot")
            add_role(author, said_.role);
        author_ = author.id;
        prove(d_.state, d_.world.team, author_, said_.author, d_.now);
        speaker_ = speaker_of(author, d_.world.team, said_.role, d_.now);
        staffer_ = d_.world.team.staffer_of(author.key, d_.now);
        const std::size_t count = std::min(said_.mentions.size(), most_mentions);
        for (std::size_t i = 0; i < count; ++i)
            mentions_.push_back(recognise(d_.state, mentioned(said_.mentions[i]), said_.at).id);
    }

    Placing place(const ChannelRow& channel) {
        const State& state = d_.state;
        const auto handle = [&state](AccountId id) -> std::string_view {
            const AccountRow* row = state.accounts.find(id);
            return row ? std::string_view{row->handle.empty() ? row->key.id : row->handle}
                       : std::string_view{};
        };
        const Placing placing{channel,
                              author_,
                              said_.text,
                              said_.at,
                              message_in(state, channel.id, said_.reply_to),
                              message_in(state, channel.id, said_.thread),
                              mentions_,
                              handle,
                              [&state](MessageId id) { return state.messages.find(id); },
                              speaker_ == Speaker::staff};
        placement_ = d_.world.placer->place(placing);
        return placing;
    }

    /// A staffer who names nobody and speaks right after somebody who waits answers them (scenario 32): a
    /// guess, as by name. What wants an answer itself, and what is said in passing, is none.
    void follow(const Placing& placing) {
        if (speaker_ != Speaker::staff || said_.via_app || reading_.needs_reply ||
            reading_.kind == MessageKind::greeting || reading_.kind == MessageKind::announcement)
            return;
        const Recent* before =
            plainly_followed(placing, placement_, d_.world.config.conversations.open_channel_window);
        if (!before || !waits(*before)) return;
        placement_.conversation = before->conversation;
        placement_.answers = before->message;
        placement_.addressed = {before->author};
    }

    /// Their question has had no person's answer yet, or an alert about them there is not closed.
    bool waits(const Recent& one) const {
        const ConversationRow& there = d_.state.conversations.at(one.conversation);
        const Waiting* waiting = waiting_of(there, one.author);
        if (waiting && waiting->answered_person == never) return true;
        return std::any_of(there.alerts.begin(), there.alerts.end(), [&](AlertId id) {
            const AlertRow& alert = d_.state.alerts.at(id);
            return alert.about == one.author && !is_closed(alert.state);
        });
    }

    void join_conversation(const ChannelRow& channel) {
        id_ = MessageId(d_.state.next.message++);
        if (placement_.conversation == ConversationId::none)
            placement_.conversation = open_conversation(d_.state, channel.id, id_, said_.at).id;
    }

    bool is_staff(AccountId id) const {
        return d_.world.team.staffer_of(d_.state.accounts.at(id).key, d_.now) != nullptr;
    }

    void read(const ChannelRow& channel) {
        ReadingContext context;
        context.direct = channel.kind == ChannelKind::dm || channel.kind == ChannelKind::ticket;
        for (const AccountId id : mentions_)
            context.mentions_brand = context.mentions_brand ||
                                     d_.world.team.is_brand(d_.state.accounts.at(id).key) || is_staff(id);
        if (const MessageRow* parent = d_.state.messages.find(placement_.answers))
            context.answers_team = parent->speaker == Speaker::staff || parent->speaker == Speaker::brand;
        reading_ = d_.world.reader->read(said_.text, context);
    }

    void strengthen_ties() {
        if (speaker_ == Speaker::bot || speaker_ == Speaker::brand) return;
        const bool from_staff = staffer_ != nullptr;
        for (const AccountId to : placement_.addressed) {
            const bool mentioned = std::find(mentions_.begin(), mentions_.end(), to) != mentions_.end();
            const Interaction kind =
                mentioned && !placement_.linked ? Interaction::mention : Interaction::reply;
            strengthen(d_.state, d_.world.people, author_, to, from_staff, is_staff(to), kind, said_.at);
        }
        join_others(from_staff);
    }

    /// Who first says something in a conversation shares it from now on with those who are there.
    void join_others(bool from_staff) {
        const ConversationRow& conversation = d_.state.conversations.at(placement_.conversation);
        const auto& people = conversation.people;
        const auto is_author = [&](const Participant& one) { return one.who == author_; };
        if (std::any_of(people.begin(), people.end(), is_author)) return;
        const std::size_t count = std::min(people.size(), most_met);
        for (std::size_t i = 0; i < count; ++i) {
            const AccountRow& other = d_.state.accounts.at(people[i].who);
            const auto& addressed = placement_.addressed;
            if (std::find(addressed.begin(), addressed.end(), other.id) != addressed.end()) continue;
            if (other.bot || d_.world.team.is_brand(other.key)) continue;
            strengthen(d_.state, d_.world.people, author_, other.id, from_staff, is_staff(other.id),
                       Interaction::shared_conversation, said_.at);
        }
    }

    /// In a direct message, whom the platform marks as its addressee belongs to the place.
    void seat_addressees(const ChannelRow& channel) {
        if (channel.kind != ChannelKind::dm) return;
        auto& people = d_.state.conversations.edit(placement_.conversation).people;
        for (const AccountId id : mentions_) {
            const auto is_there = [&](const Participant& one) { return one.who == id; };
            if (!is_staff(id) || people.size() >= most_met ||
                std::any_of(people.begin(), people.end(), is_there))
                continue;
            people.insert(people.begin(), {id, 0});
        }
    }

    void suspect_bot(const ChannelRow& channel) {
        if (speaker_ != Speaker::person) return;
        AccountRow& author = d_.state.accounts.edit(author_);
        note_same_text(author, said_.text, channel.id, said_.at);
        if (!author.suspicion.empty()) return;
        if (Suspicion found = suspect(author, reading_.has_link, d_.now); found.enough())
            suspected(d_, author_, std::move(found.reasons));
    }

    /// What a later card tells of them: their telling words, and who of the team last spoke with them.
    void remember_words(const ChannelRow& channel) {
        if (staffer_ && !said_.via_app)
            for (const AccountId to : placement_.addressed)
                if (!is_staff(to)) d_.state.accounts.edit(to).contact = id_;
        if (speaker_ != Speaker::person || channel.kind == ChannelKind::dm) return;
        const bool telling = reading_.kind != MessageKind::greeting && reading_.kind != MessageKind::thanks;
        if (!telling || said_.text.size() < shortest_telling) return;
        auto& said = d_.state.accounts.edit(author_).said;
        if (said.size() >= max_said) said.erase(said.begin());
        said.push_back(id_);
    }

    MessageRow& keep(ChannelRow& channel) {
        MessageRow row;
        row.id = id_;
        row.channel = channel.id;
        row.native = said_.id;
        row.author = author_;
        row.at = said_.at;
        row.conversation = placement_.conversation;
        row.reply_to = placement_.answers;
        row.speaker = speaker_;
        row.via_app = said_.via_app;
        row.linked = placement_.linked;
        row.late = late_;
        row.reading = {std::uint8_t(reading_.kind), reading_.needs_reply, reading_.sentiment,
                       reading_.language};
        row.text = said_.text;
        row.link = said_.link;
        d_.state.message_ids.set({channel.id, said_.id}, id_);
        remember(channel, {id_, author_, placement_.conversation, said_.at});
        note_said(d_.state.conversations.edit(placement_.conversation),
                  {id_, author_, speaker_, !said_.via_app, reading_.needs_reply, placement_.linked,
                   placement_.addressed, said_.at});
        return d_.state.messages.add(std::move(row));
    }

    void tell_alerts(const MessageRow& row, const ChannelRow& channel) {
        const ConversationRow& conversation = d_.state.conversations.at(row.conversation);
        if (speaker_ == Speaker::bot) return;
        if (speaker_ != Speaker::person) {
            const Heard heard{
                id_, author_, speaker_, staffer_, !said_.via_app, placement_.linked, placement_.addressed};
            const std::vector<AlertId> alerts = conversation.alerts;
            for (const AlertId alert : alerts) heard_in_conversation(d_, alert, heard);
            return;
        }
        const PersonView person = view_person(d_.state, d_.world.people, author_, d_.now);
        if (person.bot) return;
        consider_message(d_, {row, reading_, conversation, channel, person});
    }

    Deciding& d_;
    const Message& said_;
    bool late_;
    AccountId author_{};
    MessageId id_{};
    Speaker speaker_ = Speaker::person;
    const Staffer* staffer_ = nullptr;
    std::vector<AccountId> mentions_{};
    Placement placement_{};
    Reading reading_{};
};

}  // namespace

void Engine::hear(Deciding& d, const MessagePosted& posted) const {
    Hearing{d, posted}.run();
}

}  // namespace rapport
