#include "samples.hpp"

#include <stdlib.h>

#include <fstream>
#include <iterator>

#include "bot/store/sqlite/row_codec.hpp"

namespace rapport::test {

AccountRow sample_account(std::int64_t id) {
    const std::string number = std::to_string(id);
    AccountRow row;
    row.id = AccountId(id);
    row.key = {"slack", "T1", "U" + number};
    row.handle = "ada" + number;
    row.name = "Ada \xC3\xA9 " + number;
    row.picture = "https://example.org/" + number + ".png";
    row.bot = true;
    row.reach = 5'000'000'000;
    row.person = AccountId(id);
    row.first_seen = at(-id);
    row.last_seen = at(id);
    row.messages = 4'000'000'000;
    row.roles = {"champion", "speaker"};
    row.owner = "bea";
    row.note = "Met at the fair";
    row.muted_until = at(99);
    row.ties = {{AccountId(7), 0.1, -2.5, 1e300, 5e-324, at(1), at(2), 3, at(-5), {24, 4'000'000'000}},
                {AccountId(-8), 1, 2, 3, 4, never, at(9), 1, never, {}}};
    row.cooldowns = {{"champion-waits", at(3600)}};
    row.said = {MessageId{7}, MessageId{9}};
    row.contact = MessageId{8};
    row.rhythm_ms = no_rhythm;
    row.remind_after = at(7);
    row.unwanted = {{"champion-waits", {at(5), at(6)}, never}, {"question", {}, at(7)}};
    row.alerts = {AlertId(1), AlertId(INT64_MAX)};
    return row;
}

ChannelRow sample_channel(std::int64_t id) {
    ChannelRow row;
    row.id = ChannelId(id);
    row.key = {"slack", "T1", "C" + std::to_string(id)};
    row.name = "general";
    row.kind = ChannelKind::dm;
    row.recent = {{MessageId(1), AccountId(2), ConversationId(3), at(4)},
                  {MessageId(5), AccountId(6), {}, at(-7)}};
    return row;
}

MessageRow sample_message(std::int64_t id, std::int64_t channel, std::int64_t author) {
    MessageRow row;
    row.id = MessageId(id);
    row.channel = ChannelId(channel);
    row.native = std::to_string(1'700'000'000 + id) + ".000100";
    row.author = AccountId(author);
    row.at = at(id);
    row.conversation = ConversationId(3);
    row.reply_to = MessageId(17);
    row.speaker = Speaker::brand;
    row.via_app = row.linked = row.late = row.edited = true;
    row.reading = {200, true, -0.3f, "pt"};
    row.text = std::string("Does 2.0 speak IPv6?\0\xF0\x9F\x91\x8B", 25);
    row.link = "https://example.org/" + std::to_string(id);
    return row;
}

ConversationRow sample_conversation(std::int64_t id) {
    ConversationRow row;
    row.id = ConversationId(id);
    row.channel = ChannelId(2);
    row.root = MessageId(3);
    row.started = at(4);
    row.last = at(5);
    row.messages = 6;
    row.people = {{AccountId(1), 2}, {AccountId(3), 4'000'000'000}};
    row.waiting = {{AccountId(1), MessageId(2), MessageId(3), at(4), at(5), at(6), at(7)}};
    row.alerts = {AlertId(9)};
    return row;
}

AlertRow sample_alert(std::int64_t id) {
    AlertRow row;
    row.id = AlertId(id);
    row.rule = "champion-waits";
    row.title = "A champion waits";
    row.policy = {
        {"owner", "strongest tie"}, {{3'600'000, "@lead"}}, 7'200'000, 86'400'000, true, Urgency::digest};
    row.about = AccountId(1);
    row.conversation = ConversationId(2);
    row.channel = ChannelId(3);
    row.quoted = {MessageId(4), MessageId(5)};
    row.messages = 60;
    row.late = true;
    row.state = AlertState::claimed;
    row.outcome = Outcome::other_staff;
    row.staffer = "bea";
    row.asked = {"ada", "bea"};
    row.why = {"person.role is champion", "owner is away"};
    row.brief = "They asked twice";
    row.reason = "spam";
    row.escalated = 1;
    row.notified = 3;
    row.asking_about_answer = true;
    row.created = at(1);
    row.opened = at(2);
    row.claimed = at(3);
    row.closed = at(4);
    row.brand_answered = at(5);
    row.answer = MessageId(6);
    row.answered_by = AccountId(7);
    row.wait_until = at(8);
    row.hold_until = at(9);
    row.due = at(10);
    row.escalate_at = at(11);
    row.remind_at = at(12);
    row.release_at = at(13);
    row.snooze_until = at(14);
    row.attest_check_at = at(15);
    row.expires_at = at(16);
    row.revision = 17;
    row.history = {{at(1), "asked Ada"}, {at(2), "asked Bea"}};
    row.moves = {{at(2), MoveKind::asked, "ada"}, {at(3), MoveKind::held, ""}};
    return row;
}

Outgoing sample_card(std::string id, std::uint32_t revision, bool notify) {
    Card card;
    card.id = std::move(id);
    card.revision = revision;
    card.tone = Tone::done;
    card.title = "A champion waits";
    card.status = "Waiting for Bea";
    card.fields = {{"Who", "Ada"}};
    card.quotes = {{"Ada", "hello?", at(1), "https://example.org"}, {"Ada", "anyone?", std::nullopt, ""}};
    card.buttons = {
        {"snooze", "Snooze", ButtonStyle::danger, {{"an hour", "1h"}}, "https://example.org", "Sure?"}};
    card.history = {{at(2), "asked Bea"}};
    card.conversation = "slack:T1:C1";
    card.picture = "https://example.org/ada.png";
    card.is_private = true;
    return {"o" + std::to_string(revision), {{"slack", "T1", "U9"}}, notify, card};
}

Outgoing sample_form() {
    return {"f1",
            {},
            true,
            Form{"hand-over",
                 "a1",
                 "Hand over",
                 "Do it",
                 {{"to", "To", FieldKind::person, "whom?", {{"Bea", "bea"}}, true}}}};
}

OutboxRow outbox_row(std::int64_t id, std::int64_t alert, Outgoing outgoing) {
    return {OutboxId(id), AlertId(alert), std::move(outgoing), 2, at(30), "timed out"};
}

std::string bytes_of(const Outgoing& outgoing) {
    std::string bytes;
    sqlite::Encoder{bytes}(outgoing);
    return bytes;
}

TemporaryFolder::TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "rapport-store-XXXXXX").string();
    if (!::mkdtemp(name.data())) throw std::runtime_error("no temporary folder: " + name);
    path = name;
}

TemporaryFolder::~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
}

std::string file_contents(const std::string& path) {
    std::ifstream in{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, {}};
}

Result<std::unique_ptr<Store>> try_open_on(FaultyDisk& disk) {
    SqliteOptions options;
    options.path = "world.db";
    options.vfs = disk.vfs();
    options.exclusive = true;
    return open_sqlite(options);
}

std::unique_ptr<Store> open_on(FaultyDisk& disk) {
    auto store = try_open_on(disk);
    REQUIRE_OK(store);
    return std::move(*store);
}

std::unique_ptr<Store> open_file(const std::string& path) {
    SqliteOptions options;
    options.path = path;
    auto store = open_sqlite(options);
    REQUIRE_OK(store);
    return std::move(*store);
}

State opened(Store& store) {
    State state;
    REQUIRE_OK(store.open(state));
    return state;
}

Result<> save(Store& store, State& state) {
    const Result<> saved = store.save(state);
    if (saved) state.settle(1'000'000);
    return saved;
}

}  // namespace rapport::test
