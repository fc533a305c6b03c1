#include <deque>
#include <map>

#include "bot/conversations/placer.hpp"
#include "support/catch.hpp"

using namespace rapport;
using namespace std::chrono_literals;

namespace {

const Time morning{std::chrono::sys_days{std::chrono::year{2026} / 3 / 2} + 9h};
constexpr AccountId ana{1}, bob{2}, cleo{3}, dan{4};

/// An open channel in which each message is placed and kept, as the pipeline does it.
class Lobby {
public:
    Placement says(AccountId who, std::string text, std::vector<AccountId> mentions = {}, bool staff = false,
                   std::chrono::milliseconds later = 20s) {
        now_ += later;
        Placing placing{channel_,
                        who,
                        text,
                        now_,
                        nullptr,
                        nullptr,
                        mentions,
                        [&](AccountId id) { return std::string_view{handles_.at(id)}; },
                        [&](MessageId id) { return row_of(id); },
                        staff};
        Placement placement = placer_.place(placing);
        MessageRow& row = rows_.emplace_back();
        row.id = MessageId(std::int64_t(rows_.size()));
        row.author = who;
        row.text = std::move(text);
        row.reply_to = placement.answers;
        if (placement.conversation == ConversationId::none)
            placement.conversation = ConversationId(std::int64_t(rows_.size()));
        channel_.recent.push_back({row.id, who, placement.conversation, now_});
        return placement;
    }
    /// Its text is not there any more.
    void forget(MessageId id) { gone_ = id; }

private:
    const MessageRow* row_of(MessageId id) const {
        return id == gone_ ? nullptr : &rows_.at(std::size_t(id) - 1);
    }

    TrainedPlacer placer_{ConversationsConfig{}};
    ChannelRow channel_{ChannelId{5}, {}, "lobby", ChannelKind::open, {}};
    std::deque<MessageRow> rows_{};
    std::map<AccountId, std::string> handles_{{ana, "ana"}, {bob, "bob"}, {cleo, "cleo"}, {dan, "dan"}};
    Time now_ = morning;
    MessageId gone_{};
};

using Addressed = std::vector<AccountId>;

}  // namespace

TEST_CASE("two talks at once in an open channel are held apart without names") {
    Lobby lobby;
    const Placement ipv6 = lobby.says(ana, "Does the router firmware speak IPv6?");
    const Placement disk =
        lobby.says(cleo, "My disk is full and apt-get fails, what can I delete?", {}, false, 2min);
    CHECK(ipv6.conversation != disk.conversation);
    const Placement answer = lobby.says(bob, "cleo: apt-get clean frees the disk");
    CHECK(answer.conversation == disk.conversation);
    CHECK(answer.answers == MessageId{2});
    CHECK(answer.addressed == Addressed{cleo});
    const Placement more = lobby.says(cleo, "bob: thanks, that worked");
    CHECK(more.conversation == disk.conversation);
    CHECK(more.addressed == Addressed{bob});
}

TEST_CASE("an answer right after a question needs no name") {
    Lobby lobby;
    const Placement asked = lobby.says(ana, "Does it speak IPv6?");
    const Placement answer = lobby.says(bob, "It does, since spring.", {}, true, 1min);
    CHECK(answer.conversation == asked.conversation);
    CHECK(answer.addressed == Addressed{ana});
    CHECK_FALSE(answer.linked);
    const Placement thanks = lobby.says(ana, "thanks!", {}, false, 1min);
    CHECK(thanks.conversation == asked.conversation);
    CHECK(thanks.addressed == Addressed{bob});
}

TEST_CASE("those who say the same do not answer one another") {
    Lobby lobby;
    const Placement first = lobby.says(ana, "Does it speak IPv6?");
    const Placement second = lobby.says(bob, "Does it speak IPv6?", {}, false, 6s);
    CHECK(first.conversation != second.conversation);
    CHECK(second.addressed.empty());
    CHECK(second.answers == MessageId::none);
}

TEST_CASE("whom the platform marks as mentioned is believed before the model") {
    Lobby lobby;
    const Placement first = lobby.says(dan, "Good morning");
    lobby.says(ana, "Does it speak IPv6?");
    const Placement answer = lobby.says(bob, "It does, since spring.", {dan});
    CHECK(answer.conversation == first.conversation);
    CHECK(answer.answers == MessageId{1});
    CHECK(answer.addressed.front() == dan);
}

TEST_CASE("what a staffer says to nobody in particular is taken as an answer only if the model is sure") {
    const auto addressed = [](bool staff) {
        Lobby lobby;
        lobby.says(ana, "I brought cake, it is in the kitchen.");
        return lobby.says(bob, "Rain until Friday, they say.", {}, staff, 1min).addressed;
    };
    CHECK(addressed(false) == Addressed{ana});
    CHECK(addressed(true).empty());
}

TEST_CASE("after half an hour a guess is none, and a message without a text hurts nobody") {
    Lobby lobby;
    const Placement asked = lobby.says(ana, "Does it speak IPv6?");
    CHECK(lobby.says(ana, "Does it speak IPv6?", {}, false, 31min).conversation != asked.conversation);
    lobby.forget(MessageId{1});
    CHECK_NOTHROW(lobby.says(bob, "It does, since spring."));
}

TEST_CASE("the first message of a channel starts a conversation, mentions or not") {
    Lobby lobby;
    const Placement placement = lobby.says(ana, "bob: are you there?", {bob});
    CHECK(placement.answers == MessageId::none);
    CHECK(placement.addressed == Addressed{bob});
}
