// What any store must do, whatever it keeps its rows in.

#include "samples.hpp"

using namespace rapport;
using namespace rapport::test;

namespace {

const std::string native_of_5 = sample_message(5).native;

}  // namespace

TEST_CASE("an empty store opens with the first ids and nothing else") {
    FaultyDisk disk;
    const auto store = open_on(disk);
    const State state = opened(*store);
    CHECK(state.next == NextIds{});
    CHECK(state.timers.empty());
    CHECK(state.staffers.empty());
    CHECK(state.cursors.empty());
    CHECK(state.community == CommunityRow{});
    CHECK(state.now == never);
}

TEST_CASE("every field of every row comes back as it was saved") {
    FaultyDisk disk;
    AlertRow closed = sample_alert(2);
    closed.state = AlertState::withdrawn;
    {
        const auto store = open_on(disk);
        State state = opened(*store);
        state.accounts.add(sample_account(1));
        state.channels.add(sample_channel(1));
        state.messages.add(sample_message(5));
        state.conversations.add(sample_conversation(3));
        state.alerts.add(sample_alert(1));
        state.alerts.add(closed);
        REQUIRE_OK(save(*store, state));
    }
    const auto store = open_on(disk);
    State state = opened(*store);
    Wanted wanted;
    SECTION("by id") {
        wanted.accounts = {AccountId(1)};
        wanted.channels = {ChannelId(1)};
        wanted.messages = {MessageId(5)};
    }
    SECTION("by key") {
        wanted.account_keys = {sample_account(1).key};
        wanted.channel_keys = {sample_channel(1).key};
        wanted.message_keys = {{ChannelId(1), native_of_5}};
    }
    wanted.conversations = {ConversationId(3)};
    wanted.alerts = {AlertId(1), AlertId(2)};
    REQUIRE_OK(store->load(wanted, state));
    CHECK(state.accounts.at(AccountId(1)) == sample_account(1));
    CHECK(state.channels.at(ChannelId(1)) == sample_channel(1));
    CHECK(state.messages.at(MessageId(5)) == sample_message(5));
    CHECK(state.conversations.at(ConversationId(3)) == sample_conversation(3));
    CHECK(state.alerts.at(AlertId(1)) == sample_alert(1));
    CHECK(state.alerts.at(AlertId(2)) == closed);
    CHECK(state.account_ids.find(sample_account(1).key) == AccountId(1));
    CHECK(state.channel_ids.find(sample_channel(1).key) == ChannelId(1));
    CHECK(state.message_ids.find({ChannelId(1), native_of_5}) == MessageId(5));
    CHECK_FALSE(state.accounts.has_changes());
}

TEST_CASE("rows with nothing but defaults come back as well, and a changed row replaces the old one") {
    FaultyDisk disk;
    const auto store = open_on(disk);
    State state = opened(*store);
    AccountRow account = sample_account(1);
    ChannelRow channel = sample_channel(1);
    MessageRow message = sample_message(5);
    ConversationRow conversation = sample_conversation(3);
    AlertRow alert = sample_alert(1);
    state.accounts.add(account);
    state.channels.add(channel);
    state.messages.add(message);
    state.conversations.add(conversation);
    state.alerts.add(alert);
    REQUIRE_OK(save(*store, state));

    // Identity stays; the rest goes back to its defaults.
    state.accounts.edit(account.id) = account = AccountRow{.id = account.id, .key = account.key};
    state.channels.edit(channel.id) = channel = ChannelRow{.id = channel.id, .key = channel.key};
    state.messages.edit(message.id) = message =
        MessageRow{.id = message.id, .channel = message.channel, .native = message.native};
    state.conversations.edit(conversation.id) = conversation = ConversationRow{.id = conversation.id};
    state.alerts.edit(alert.id) = alert = AlertRow{.id = alert.id};
    REQUIRE_OK(save(*store, state));

    State again = opened(*store);
    Wanted wanted;
    wanted.accounts = {account.id};
    wanted.channels = {channel.id};
    wanted.messages = {message.id};
    wanted.conversations = {conversation.id};
    wanted.alerts = {alert.id};
    REQUIRE_OK(store->load(wanted, again));
    CHECK(again.accounts.at(account.id) == account);
    CHECK(again.channels.at(channel.id) == channel);
    CHECK(again.messages.at(message.id) == message);
    CHECK(again.conversations.at(conversation.id) == conversation);
    CHECK(again.alerts.at(alert.id) == alert);
}

TEST_CASE("the small tables, the next ids and the time come back at open") {
    FaultyDisk disk;
    State state;
    {
        const auto store = open_on(disk);
        state = opened(*store);
        state.next = {11, 12, 13, 14, 15, 16};
        state.now = at(77);
        state.set_timer(AlertId(1), at(10));
        state.set_timer(AlertId(2), at(5));
        state.staffers["ada"] = {"ada", at(50), 3};
        state.staffers["bea"] = {"bea", never, 1};
        state.added.staffers_changed = {"ada", "bea"};
        state.cursors["replay:x"] = std::string(
            "1\0"
            "2",
            3);
        state.added.cursors_changed = {"replay:x"};
        state.community.ties = {{-5, 2}, {0, 1}, {7, 4'000'000'000}};
        state.added.community_changed = true;
        REQUIRE_OK(save(*store, state));

        state.set_timer(AlertId(1), never);
        state.set_timer(AlertId(2), at(6));
        state.staffers["bea"].open_alerts = 2;
        state.staffers.erase("ada");
        state.added.staffers_changed = {"ada", "bea"};
        REQUIRE_OK(save(*store, state));
    }
    const auto store = open_on(disk);
    const State again = opened(*store);
    CHECK(again.next == state.next);
    CHECK(again.now == at(77));
    CHECK(again.timers == std::set<std::pair<Time, AlertId>>{{at(6), AlertId(2)}});
    CHECK(again.timer_of(AlertId(2)) == at(6));
    CHECK(again.added.timers_changed.empty());
    CHECK(again.staffers == state.staffers);
    CHECK(again.cursors == state.cursors);
    CHECK(again.community == state.community);
}

TEST_CASE("what is not there is noted as absent") {
    FaultyDisk disk;
    const auto store = open_on(disk);
    State state = opened(*store);
    Wanted wanted;
    wanted.account_keys = {{"slack", "T1", "U1"}};
    wanted.channel_keys = {{"slack", "T1", "C1"}};
    wanted.message_keys = {{ChannelId(1), "x"}};
    wanted.accounts = {AccountId(9)};
    wanted.messages = {MessageId(9)};
    wanted.persons = {AccountId(9)};
    wanted.action_ids = {"press"};
    REQUIRE_OK(store->load(wanted, state));
    CHECK(state.account_ids.find({"slack", "T1", "U1"}) == AccountId::none);
    CHECK(state.channel_ids.find({"slack", "T1", "C1"}) == ChannelId::none);
    CHECK(state.message_ids.find({ChannelId(1), "x"}) == MessageId::none);
    CHECK_FALSE(state.accounts.find(AccountId(9)));
    CHECK(state.persons.at(AccountId(9)).empty());
    CHECK(state.actions.at("press") == false);
}

TEST_CASE("keys that differ in one part only are different rows") {
    FaultyDisk disk;
    const auto store = open_on(disk);
    State state = opened(*store);
    const AccountKey keys[] = {{"slack", "T1", "U1"}, {"slack", "T2", "U1"}, {"discord", "T1", "U1"}};
    std::int64_t id = 0;
    for (const AccountKey& key : keys)
        state.accounts.add({.id = AccountId(++id), .key = key, .person = AccountId(id)});
    MessageRow here = sample_message(1, 1), there = sample_message(2, 2);
    there.native = here.native;
    state.messages.add(here);
    state.messages.add(there);
    REQUIRE_OK(save(*store, state));
    State again = opened(*store);
    Wanted wanted;
    wanted.account_keys = {std::begin(keys), std::end(keys)};
    wanted.message_keys = {{ChannelId(1), here.native}, {ChannelId(2), here.native}};
    REQUIRE_OK(store->load(wanted, again));
    for (std::int64_t n = 0; n < 3; ++n) CHECK(again.account_ids.find(keys[n]) == AccountId(n + 1));
    CHECK(again.message_ids.find({ChannelId(1), here.native}) == MessageId(1));
    CHECK(again.message_ids.find({ChannelId(2), here.native}) == MessageId(2));
}

TEST_CASE("what is in memory wins over what is stored, and stays in use") {
    FaultyDisk disk;
    const auto store = open_on(disk);
    State state = opened(*store);
    state.accounts.add(sample_account(1));
    state.accounts.add(sample_account(2));
    REQUIRE_OK(save(*store, state));
    state = opened(*store);
    Wanted wanted;
    wanted.account_keys = {sample_account(1).key};
    wanted.accounts = {AccountId(2)};
    REQUIRE_OK(store->load(wanted, state));
    state.accounts.edit(AccountId(1)).name = "changed";
    REQUIRE_OK(store->load(wanted, state));
    CHECK(state.accounts.at(AccountId(1)).name == "changed");
    for (int batch = 0; batch < 3; ++batch) {
        REQUIRE_OK(store->load(wanted, state));
        state.settle(0);
    }
    CHECK(state.accounts.find(AccountId(1)));
    CHECK(state.accounts.find(AccountId(2)));
}

TEST_CASE("a person is all accounts that say so, also those that changed in memory") {
    FaultyDisk disk;
    const auto store = open_on(disk);
    State state = opened(*store);
    for (std::int64_t id = 1; id <= 5; ++id) {
        AccountRow row = sample_account(id);
        if (id == 3 || id == 5) row.person = AccountId(1);
        state.accounts.add(row);
    }
    REQUIRE_OK(save(*store, state));
    state = opened(*store);
    Wanted person;
    person.persons = {AccountId(1), AccountId(2)};

    SECTION("as stored") {
        REQUIRE_OK(store->load(person, state));
        CHECK(state.persons.at(AccountId(1)) == std::vector{AccountId(1), AccountId(3), AccountId(5)});
        CHECK(state.persons.at(AccountId(2)) == std::vector{AccountId(2)});
        CHECK(state.accounts.at(AccountId(5)) == [] {
            AccountRow row = sample_account(5);
            row.person = AccountId(1);
            return row;
        }());
        CHECK(state.account_ids.find(sample_account(5).key) == AccountId(5));
    }
    SECTION("linked and un-linked in memory") {
        Wanted some;
        some.accounts = {AccountId(3), AccountId(4)};
        REQUIRE_OK(store->load(some, state));
        state.accounts.edit(AccountId(3)).person = AccountId(3);
        state.accounts.edit(AccountId(4)).person = AccountId(1);
        AccountRow fresh = sample_account(6);
        fresh.person = AccountId(1);
        state.accounts.add(fresh);
        REQUIRE_OK(store->load(person, state));
        CHECK(state.persons.at(AccountId(1)) ==
              std::vector{AccountId(1), AccountId(4), AccountId(5), AccountId(6)});
    }
    SECTION("un-linked for good") {
        REQUIRE_OK(store->load(person, state));
        state.accounts.edit(AccountId(3)).person = AccountId(3);
        REQUIRE_OK(save(*store, state));
        state = opened(*store);
        REQUIRE_OK(store->load(person, state));
        CHECK(state.persons.at(AccountId(1)) == std::vector{AccountId(1), AccountId(5)});
    }
}

TEST_CASE("a press is remembered") {
    FaultyDisk disk;
    const auto store = open_on(disk);
    State state = opened(*store);
    state.added.actions = {"press 1", "press 1"};
    REQUIRE_OK(save(*store, state));
    Wanted wanted;
    wanted.action_ids = {"press 1", "press 2"};
    REQUIRE_OK(store->load(wanted, state));
    CHECK(state.actions.at("press 1"));
    CHECK_FALSE(state.actions.at("press 2"));
}

TEST_CASE("what went wrong and what was not heard is kept") {
    FaultyDisk disk;
    const auto store = open_on(disk);
    State state = opened(*store);
    state.added.quarantine = {{at(1), "web", "no author", "message x", "{\xFF"}};
    state.added.gaps = {{{"slack", "T1", "C1"}, at(1), at(2), "down"}};
    REQUIRE_OK(save(*store, state));
    const auto quarantined = store->quarantined(10).value();
    REQUIRE(quarantined.size() == 1);
    CHECK(quarantined[0].at == at(1));
    CHECK(quarantined[0].source == "web");
    CHECK(quarantined[0].error == "no author");
    CHECK(quarantined[0].what == "message x");
    CHECK(quarantined[0].raw == "{\xFF");
    const auto gaps = store->gaps(10).value();
    REQUIRE(gaps.size() == 1);
    CHECK(gaps[0].channel == ChannelKey{"slack", "T1", "C1"});
    CHECK(gaps[0].from == at(1));
    CHECK(gaps[0].until == at(2));
    CHECK(gaps[0].why == "down");
}
