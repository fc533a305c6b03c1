#include <fmt/format.h>

#include "bot/store/sqlite/open.hpp"
#include "bot/store/sqlite/row_codec.hpp"
#include "bot/store/sqlite/schema.hpp"
#include "samples.hpp"

using namespace rapport;
using namespace rapport::test;

namespace {

/// Three people, two channels on two platforms, messages 1..12 in turn.
State furnished(Store& store) {
    State state = opened(store);
    for (std::int64_t id = 1; id <= 3; ++id) state.accounts.add(sample_account(id));
    for (std::int64_t id = 1; id <= 2; ++id) {
        ChannelRow channel = sample_channel(id);
        if (id == 2) channel.key.platform = "web";
        state.channels.add(channel);
    }
    for (std::int64_t id = 1; id <= 4; ++id) state.conversations.add(sample_conversation(id));
    REQUIRE_OK(save(store, state));
    for (std::int64_t id = 1; id <= 12; ++id) {
        MessageRow message = sample_message(id, 1 + id % 2, 1 + id % 3);
        message.conversation = ConversationId(1 + id % 4);
        state.messages.add(message);
        if (id % 5 == 0) REQUIRE_OK(save(store, state));
    }
    REQUIRE_OK(save(store, state));
    return state;
}

template <class Rows>
std::vector<std::int64_t> ids_of(const Rows& rows) {
    std::vector<std::int64_t> ids;
    for (const auto& row : rows) {
        if constexpr (requires { row.message; }) {
            ids.push_back(std::int64_t(row.message.id));
        } else {
            ids.push_back(std::int64_t(row.id));
        }
    }
    return ids;
}

using Ids = std::vector<std::int64_t>;

}  // namespace

TEST_CASE("messages of an account and of a channel are found in order, also after a restart") {
    FaultyDisk disk;
    auto store = open_on(disk);
    furnished(*store);
    if (GENERATE(false, true)) {
        store.reset();
        store = open_on(disk);
        State state = opened(*store);
        state.messages.add(sample_message(13, 1, 2));
        REQUIRE_OK(save(*store, state));
        CHECK(ids_of(store->messages_of(AccountId(2), 100).value()) == Ids{1, 4, 7, 10, 13});
        return;
    }
    CHECK(ids_of(store->messages_of(AccountId(2), 100).value()) == Ids{1, 4, 7, 10});
    CHECK(ids_of(store->messages_of(AccountId(2), 2).value()) == Ids{1, 4});
    CHECK(store->messages_of(AccountId(9), 2).value().empty());
    const ChannelKey channel = sample_channel(1).key;
    CHECK(ids_of(store->transcript(channel, "", 100).value()) == Ids{2, 4, 6, 8, 10, 12});
    CHECK(ids_of(store->transcript(channel, "", 2).value()) == Ids{10, 12});
    CHECK(ids_of(store->transcript(channel, sample_message(4).native, 2).value()) == Ids{6, 8});
    CHECK(ids_of(store->transcript(channel, "never heard of", 2).value()) == Ids{10, 12});
    CHECK(store->transcript({"slack", "T1", "C9"}, "", 2).value().empty());
    CHECK(store->transcript(channel, "", 1).value().at(0).author == sample_account(1));
}

TEST_CASE("a message whose author or channel was not saved with it still joins the chains") {
    FaultyDisk disk;
    const auto store = open_on(disk);
    State state = furnished(*store);
    state.messages.add(sample_message(20, 1, 1));
    REQUIRE_OK(save(*store, state));  // neither account 1 nor channel 1 changed
    state.messages.add(sample_message(21, 1, 1));
    state.accounts.edit(AccountId(1)).name = "Ada";
    state.channels.edit(ChannelId(1)).name = "random";
    REQUIRE_OK(save(*store, state));
    CHECK(ids_of(store->messages_of(AccountId(1), 100).value()) == Ids{3, 6, 9, 12, 20, 21});
    CHECK(ids_of(store->transcript(sample_channel(1).key, "", 3).value()) == Ids{12, 20, 21});
}

TEST_CASE("the latest conversations of a platform, newest first") {
    FaultyDisk disk;
    const auto store = open_on(disk);
    furnished(*store);
    const auto lines = store->recent_conversations("slack", 10).value();
    REQUIRE(lines.size() == 2);  // conversations 1 and 3 are in channel 1
    CHECK(lines[0].last.id == MessageId(12));
    CHECK(lines[0].conversation.id == ConversationId(1));
    CHECK(lines[0].channel.id == ChannelId(1));
    CHECK(lines[0].author.id == AccountId(1));
    CHECK(lines[1].last.id == MessageId(10));
    CHECK(store->recent_conversations("web", 1).value().at(0).last.id == MessageId(11));
    CHECK(store->recent_conversations("irc", 10).value().empty());
}

TEST_CASE("every message can be gone through, from a time on") {
    FaultyDisk disk;
    const auto store = open_on(disk);
    State state = furnished(*store);
    for (std::int64_t id = 13; id <= 2'500; ++id) state.messages.add(sample_message(id, 1, 1));
    REQUIRE_OK(save(*store, state));
    std::int64_t expected = 5;
    REQUIRE_OK(store->each_message(at(5), [&](const auto& message, const auto& author, const auto& channel) {
        if (expected < 10) {
            CHECK(author.id == message.author);
            CHECK(channel.id == message.channel);
        }
        return message.id == MessageId(expected++);
    }));
    CHECK(expected == 2'501);
    int seen = 0;
    REQUIRE_OK(store->each_message(never, [&](const auto&, const auto&, const auto&) { return ++seen < 3; }));
    CHECK(seen == 3);
}

TEST_CASE("a week's messages are found wherever they stand: after older ones, and before an old import") {
    FaultyDisk disk;
    auto store = open_on(disk);
    furnished(*store);
    const auto day = std::chrono::days{1};
    const auto add = [&](std::int64_t first, std::int64_t last, Time from) {
        State state = opened(*store);
        for (std::int64_t id = first; id <= last; ++id) {
            MessageRow message = sample_message(id, 1, 1);
            message.at = from + std::chrono::minutes{id - first};
            state.messages.add(message);
        }
        REQUIRE_OK(save(*store, state));
    };
    add(13, 2'000, at(0) + 10 * day);
    add(2'001, 4'000, at(0) - 400 * day);  // what was said long ago comes late
    add(4'001, 4'010, at(0) + 10 * day);   // and somebody's words of that day come even later
    if (GENERATE(false, true)) {
        store.reset();
        store = open_on(disk);
        opened(*store);
    }
    Ids found;
    REQUIRE_OK(store->each_message(at(0) + 11 * day, [&](const auto& message, const auto&, const auto&) {
        found.push_back(std::int64_t(message.id));
        return true;
    }));
    Ids expected;  // a day and a half of minutes: what is left after the first day
    for (std::int64_t id = 13 + 24 * 60; id <= 2'000; ++id) expected.push_back(id);
    CHECK(found == expected);
    std::size_t all = 0;
    REQUIRE_OK(
        store->each_message(Time::min(), [&](const auto&, const auto&, const auto&) { return ++all > 0; }));
    CHECK(all == 4'010);
}

TEST_CASE("alerts that were open at a moment or later, however many closed before") {
    FaultyDisk disk;
    const auto store = open_on(disk);
    State state = opened(*store);
    const auto alert = [&](std::int64_t id, AlertState in, Time closed) {
        AlertRow row = sample_alert(id);
        row.state = in;
        row.closed = closed;
        state.alerts.add(row);
    };
    alert(1, AlertState::dismissed, at(10));
    alert(2, AlertState::open, never);
    alert(3, AlertState::replied, at(20));
    alert(4, AlertState::expired, at(30));
    alert(5, AlertState::claimed, at(5));  // it was closed once, and is open again
    REQUIRE_OK(save(*store, state));
    CHECK(ids_of(store->alerts_since(at(20)).value()) == Ids{2, 3, 4, 5});
    CHECK(ids_of(store->alerts_since(at(31)).value()) == Ids{2, 5});
    CHECK(ids_of(store->alerts_since(never).value()) == Ids{1, 2, 3, 4, 5});
    CHECK(store->alerts_since(at(20)).value().at(1) == [&] {
        AlertRow row = sample_alert(3);
        row.state = AlertState::replied;
        row.closed = at(20);
        return row;
    }());
}

TEST_CASE("a database from before reports finds its messages by day and its closed alerts all the same") {
    TemporaryFolder folder;
    const std::string path = folder.file("x.db");
    {
        SqliteOptions options;
        options.path = path;
        const auto old = sqlite::connect(options, sqlite::migrations().first(2));
        std::string body;
        AlertRow closed = sample_alert(1);
        closed.closed = at(20);
        sqlite::Encoder{body}(closed);
        std::string hex;
        for (const char byte : body) hex += fmt::format("{:02x}", std::uint8_t(byte));
        old->execute(fmt::format(
            "INSERT INTO alerts (id, state, about, conversation, closed, body) VALUES (1, 5, 1, 2, 1, x'{}')",
            hex));
        for (int id = 1; id <= 3; ++id)
            old->execute(
                fmt::format("INSERT INTO messages VALUES ({}, 1, 'n{}', 1, {}, 1, 0, 0, 0, 0, 0, '', '', "
                            "'', 0, 0)",
                            id, id, at(0).time_since_epoch().count() + id * 86'400'000LL));
    }
    const auto store = open_file(path);
    CHECK(ids_of(store->alerts_since(at(20)).value()) == Ids{1});
    CHECK(store->alerts_since(at(21)).value().empty());
    Ids found;
    const Time second = at(0) + std::chrono::days{2};
    REQUIRE_OK(store->each_message(second, [&](const auto& message, const auto&, const auto&) {
        found.push_back(std::int64_t(message.id));
        return true;
    }));
    CHECK(found == Ids{2, 3});
}

TEST_CASE("accounts are found by a part of handle, name or id, taken literally") {
    FaultyDisk disk;
    const auto store = open_on(disk);
    State state = opened(*store);
    const char* handles[] = {"ada", "50%_off", "50x_off", "back\\slash"};
    std::int64_t id = 0;
    for (const char* handle : handles) {
        AccountRow row = sample_account(++id);
        row.handle = handle;
        row.name = "Name" + std::to_string(id);
        row.last_seen = at(id);
        state.accounts.add(row);
    }
    REQUIRE_OK(save(*store, state));
    CHECK(ids_of(store->find_accounts("ADA", 9).value()) == Ids{1});
    CHECK(ids_of(store->find_accounts("50%", 9).value()) == Ids{2});
    CHECK(ids_of(store->find_accounts("0%_o", 9).value()) == Ids{2});
    CHECK(ids_of(store->find_accounts("k\\s", 9).value()) == Ids{4});
    CHECK(ids_of(store->find_accounts("name3", 9).value()) == Ids{3});
    CHECK(ids_of(store->find_accounts("u2", 9).value()) == Ids{2});
    CHECK(ids_of(store->find_accounts("", 2).value()) == Ids{4, 3});
    CHECK(store->find_accounts("nobody", 9).value().empty());
}

TEST_CASE("alerts are listed, all or the open ones") {
    FaultyDisk disk;
    const auto store = open_on(disk);
    State state = opened(*store);
    for (std::int64_t id = 1; id <= 4; ++id) {
        AlertRow row = sample_alert(id);
        if (id == 2) row.state = AlertState::replied;
        state.alerts.add(row);
    }
    REQUIRE_OK(save(*store, state));
    state.alerts.edit(AlertId(3)).state = AlertState::dismissed;
    REQUIRE_OK(save(*store, state));
    CHECK(ids_of(store->alerts(false, AlertId::none, 9).value()) == Ids{1, 2, 3, 4});
    CHECK(ids_of(store->alerts(true, AlertId::none, 9).value()) == Ids{1, 4});
    CHECK(ids_of(store->alerts(false, AlertId(1), 2).value()) == Ids{2, 3});
    CHECK(store->alerts(true, AlertId(1), 9).value().at(0) == sample_alert(4));
}

TEST_CASE("alerts of one rule since a moment, oldest first, of too many the newest") {
    FaultyDisk disk;
    const auto store = open_on(disk);
    State state = opened(*store);
    const Time start{std::chrono::days{20'000}};
    for (std::int64_t id = 1; id <= 6; ++id) {
        AlertRow row = sample_alert(id);
        row.rule = id == 4 ? "other" : "question";
        row.created = start + std::chrono::hours{id};
        state.alerts.add(row);
    }
    REQUIRE_OK(save(*store, state));
    const auto of_rule = [&](Time since, std::size_t limit) {
        return ids_of(store->alerts_of_rule("question", since, limit).value());
    };
    CHECK(of_rule(start, 9) == Ids{1, 2, 3, 5, 6});
    CHECK(of_rule(start + std::chrono::hours{3}, 9) == Ids{3, 5, 6});
    CHECK(of_rule(start, 2) == Ids{5, 6});
    CHECK(of_rule(start + std::chrono::hours{7}, 9).empty());
    CHECK(store->alerts_of_rule("", start, 9).value().empty());
}

TEST_CASE("things are counted") {
    FaultyDisk disk;
    const auto store = open_on(disk);
    State state = furnished(*store);
    state.accounts.edit(AccountId(3)).person = AccountId(1);
    state.alerts.add(sample_alert(1));
    state.added.gaps.resize(2);
    state.added.quarantine.resize(3);
    state.added.outbox = {outbox_row(1, 0, sample_form())};
    REQUIRE_OK(save(*store, state));
    const StoreCounts counts = store->counts().value();
    CHECK(counts.accounts == 3);
    CHECK(counts.persons == 2);
    CHECK(counts.channels == 2);
    CHECK(counts.messages == 12);
    CHECK(counts.conversations == 4);
    CHECK(counts.alerts == 1);
    CHECK(counts.alerts_open == 1);
    CHECK(counts.outbox == 1);
    CHECK(counts.quarantine == 3);
    CHECK(counts.gaps == 2);
}

TEST_CASE("rules are kept once in a row, every change is a version") {
    FaultyDisk disk;
    const auto store = open_on(disk);
    CHECK(store->keep_rules({0, at(1), "file", "aa", "rules: []"}).value() == 1);
    CHECK(store->keep_rules({0, at(2), "file", "aa", "rules: []"}).value() == 1);
    CHECK(store->keep_rules({0, at(3), "ada", "bb", "rules: [x]"}).value() == 2);
    CHECK(store->keep_rules({0, at(4), "file", "aa", "rules: []"}).value() == 3);
    const auto versions = store->rules_versions(2).value();
    REQUIRE(versions.size() == 2);
    CHECK(versions[0].id == 3);
    CHECK(versions[1].id == 2);
    CHECK(versions[1].at == at(3));
    CHECK(versions[1].by == "ada");
    CHECK(versions[1].hash == "bb");
    CHECK(versions[1].source == "rules: [x]");
}

TEST_CASE("an erased account leaves a hash and nothing else") {
    FaultyDisk disk;
    const auto store = open_on(disk);
    State state = furnished(*store);
    state.added.ties = {{AccountId(2), AccountId(1), 1, 1, at(1)},
                        {AccountId(1), AccountId(2), 1, 1, at(1)},
                        {AccountId(1), AccountId(3), 1, 1, at(1)}};
    REQUIRE_OK(save(*store, state));
    state.accounts.edit(AccountId(2)).note = "changed in the same batch";
    state.added.erased = {AccountId(2)};
    REQUIRE_OK(save(*store, state));

    State again = opened(*store);
    Wanted wanted;
    wanted.account_keys = {sample_account(2).key};
    wanted.messages = {MessageId(1), MessageId(2)};
    REQUIRE_OK(store->load(wanted, again));
    CHECK(again.account_ids.find(sample_account(2).key) == AccountId::none);
    const MessageRow& theirs = again.messages.at(MessageId(1));
    CHECK(theirs.author == AccountId::none);
    CHECK(theirs.deleted);
    CHECK(theirs.text.empty());
    CHECK(theirs.link.empty());
    CHECK(theirs.native == sample_message(1).native);  // a copy that comes later is still a copy
    CHECK(again.messages.at(MessageId(2)).text == sample_message(2).text);
    CHECK(store->messages_of(AccountId(2), 9).value().empty());
    // Not in the file either, nor in its log.
    const std::string bytes = disk.contents("world.db") + disk.contents("world.db-wal");
    CHECK(bytes.find("changed in the same batch") == std::string::npos);
    CHECK(bytes.find("ada2") == std::string::npos);
    CHECK(bytes.find(sample_message(7).link) == std::string::npos);
}

TEST_CASE("whom a staffer owns is found by an index, of staffers who are gone as well") {
    FaultyDisk disk;
    auto store = open_on(disk);
    State state = opened(*store);
    for (std::int64_t id = 1; id <= 5; ++id) {
        AccountRow row = sample_account(id);
        row.owner = id == 1 ? "" : id == 3 ? "ada" : "bea";
        state.accounts.add(row);
    }
    REQUIRE_OK(save(*store, state));
    CHECK(store->owners().value() == std::vector<std::string>{"ada", "bea"});
    const auto owned = [&](std::string_view staffer, std::size_t limit = 9) {
        return store->owned_by(staffer, limit).value();
    };
    CHECK(owned("bea") == std::vector{AccountId(2), AccountId(4), AccountId(5)});
    CHECK(owned("bea", 2) == std::vector{AccountId(2), AccountId(4)});
    CHECK(owned("ada") == std::vector{AccountId(3)});
    CHECK(owned("cyd").empty());
    CHECK(owned("").empty());
}
