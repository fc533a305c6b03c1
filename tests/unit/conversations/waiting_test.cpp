#include "bot/conversations/waiting.hpp"

#include "support/catch.hpp"

using namespace rapport;
using namespace std::chrono_literals;

namespace {

const Time midday{std::chrono::sys_days{std::chrono::year{2026} / 3 / 2} + 12h};
constexpr AccountId her{1}, him{2}, helper{3};

/// A conversation that counts its messages as they are said.
struct Talk {
    ConversationRow row{};
    std::int64_t next = 1;

    MessageId say(AccountId who, Speaker speaker, bool question, std::vector<AccountId> to = {},
                  bool linked = false, bool personal = true) {
        const auto id = MessageId(next++);
        note_said(row,
                  {id, who, speaker, personal, question, linked, to, midday + std::chrono::minutes{next}});
        return id;
    }
    MessageId asks(AccountId who) { return say(who, Speaker::person, true); }
    const Waiting& of(AccountId who) const {
        REQUIRE(waiting_of(row, who));
        return *waiting_of(row, who);
    }
};

}  // namespace

TEST_CASE("who asks waits, who just talks does not") {
    Talk talk;
    talk.say(her, Speaker::person, false);
    CHECK(talk.row.waiting.empty());
    const MessageId asked = talk.asks(her);
    CHECK(talk.of(her).first == asked);
    CHECK(talk.of(her).last == asked);
    CHECK(talk.of(her).since == midday + 3min);
    CHECK(talk.of(her).answered_person == never);
    CHECK(waiting_of(talk.row, him) == nullptr);
}

TEST_CASE("staff, the brand and bots never wait") {
    Talk talk;
    for (const Speaker speaker : {Speaker::staff, Speaker::brand, Speaker::bot})
        talk.say(helper, speaker, true);
    CHECK(talk.row.waiting.empty());
    CHECK(talk.row.messages == 3);
}

TEST_CASE("a second question of the same person is the same wait") {
    Talk talk;
    const MessageId first = talk.asks(her);
    const Time since = talk.of(her).since;
    const MessageId last = talk.asks(her);
    REQUIRE(talk.row.waiting.size() == 1);
    CHECK(talk.of(her).first == first);
    CHECK(talk.of(her).last == last);
    CHECK(talk.of(her).since == since);
}

TEST_CASE("each kind of answer is noted where it belongs, once") {
    struct Case {
        Speaker speaker;
        bool personal;
        Time Waiting::* noted;
    };
    const Case cases[] = {{Speaker::staff, true, &Waiting::answered_person},
                          {Speaker::staff, false, &Waiting::answered_brand},
                          {Speaker::brand, true, &Waiting::answered_brand},
                          {Speaker::person, true, &Waiting::answered_other}};
    for (const Case& one : cases) {
        Talk talk;
        talk.asks(her);
        talk.say(helper, one.speaker, false, {her}, false, one.personal);
        for (const auto when :
             {&Waiting::answered_person, &Waiting::answered_brand, &Waiting::answered_other})
            CHECK((talk.of(her).*when != never) == (when == one.noted));
        const Time at = talk.of(her).*one.noted;
        talk.say(helper, one.speaker, false, {her}, false, one.personal);
        CHECK(talk.of(her).*one.noted == at);
    }
}

TEST_CASE("a bot's answer is none") {
    Talk talk;
    talk.asks(her);
    const Waiting before = talk.of(her);
    talk.say(him, Speaker::bot, false, {her}, true);
    CHECK(talk.of(her) == before);
}

TEST_CASE("an unaddressed word answers only by the platform's link, and only where one person waits") {
    Talk talk;
    talk.asks(her);
    talk.say(helper, Speaker::staff, false);
    CHECK(talk.of(her).answered_person == never);
    talk.asks(him);
    talk.say(helper, Speaker::staff, false, {}, true);
    CHECK(talk.of(her).answered_person == never);
    CHECK(talk.of(him).answered_person == never);
    Talk alone;
    alone.asks(her);
    alone.say(helper, Speaker::staff, false, {}, true);
    CHECK(alone.of(her).answered_person != never);
}

TEST_CASE("an answer to one of two leaves the other waiting") {
    Talk talk;
    talk.asks(her);
    talk.asks(him);
    talk.say(helper, Speaker::staff, false, {him}, true);
    CHECK(talk.of(her).answered_person == never);
    CHECK(talk.of(him).answered_person != never);
}

TEST_CASE("nobody answers themselves") {
    Talk talk;
    talk.asks(her);
    talk.say(her, Speaker::person, false, {her}, true);
    CHECK(talk.of(her).answered_other == never);
}

TEST_CASE("after a person's answer a new question is a new wait, after the brand's it is not") {
    Talk talk;
    const MessageId first = talk.asks(her);
    talk.say(helper, Speaker::brand, false, {her});
    talk.asks(her);
    CHECK(talk.of(her).first == first);
    CHECK(talk.of(her).answered_brand != never);
    talk.say(helper, Speaker::staff, false, {her});
    talk.say(her, Speaker::person, false);  // "thanks" asks nothing
    CHECK(talk.of(her).answered_person != never);
    const MessageId again = talk.asks(her);
    CHECK(talk.of(her).first == again);
    CHECK(talk.of(her).answered_person == never);
    CHECK(talk.of(her).answered_brand == never);
    CHECK(talk.row.waiting.size() == 1);
}

TEST_CASE("the lists are bounded, messages are counted on") {
    Talk talk;
    for (std::int64_t who = 1; who <= 100; ++who) talk.asks(AccountId(who));
    CHECK(talk.row.people.size() == max_participants);
    CHECK(talk.row.waiting.size() == max_waiting);
    CHECK(talk.row.waiting.front().who == AccountId(93));
    CHECK(talk.row.waiting.back().who == AccountId(100));
    CHECK(talk.row.messages == 100);
    talk.asks(AccountId(1));
    CHECK(talk.row.people.front().messages == 2);
}

TEST_CASE("a late message does not turn the conversation's time back") {
    Talk talk;
    talk.asks(her);
    const Time last = talk.row.last;
    note_said(talk.row, {MessageId{99}, him, Speaker::person, true, false, false, {}, midday - 5h});
    CHECK(talk.row.last == last);
}

TEST_CASE("a deleted question no longer waits, one of two leaves the other") {
    Talk talk;
    const MessageId only = talk.asks(her);
    CHECK_FALSE(note_deleted(talk.row, MessageId{77}));
    CHECK(note_deleted(talk.row, only));
    CHECK(talk.row.waiting.empty());
    const MessageId first = talk.asks(her), last = talk.asks(her);
    CHECK(note_deleted(talk.row, first));
    CHECK(talk.of(her).first == last);
    CHECK(note_deleted(talk.row, last));
    CHECK(talk.row.waiting.empty());
}

TEST_CASE("staff stand first among the people, and find a place in a full list") {
    Talk talk;
    for (std::int64_t who = 1; who <= 40; ++who) talk.say(AccountId(who), Speaker::person, false);
    talk.say(AccountId(50), Speaker::staff, false);
    talk.say(AccountId(51), Speaker::brand, false);
    talk.say(AccountId(50), Speaker::staff, false);
    CHECK(talk.row.people.size() == max_participants);
    CHECK(talk.row.people.front() == Participant{AccountId(50), 2});
    CHECK(talk.row.people[1].who == AccountId(1));
    CHECK(talk.row.people.back().who == AccountId(31));
}
