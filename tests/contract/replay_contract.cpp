// Reads the shared recordings where they lie: real conversations and real Slack payloads, in the shape of an
// export.
#include <boost/json.hpp>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "adapters/replay/slack_message.hpp"
#include "adapters/replay/source.hpp"
#include "support/catch.hpp"

using namespace rapport;
using namespace rapport::replay;

namespace {

const std::filesystem::path shared = RAPPORT_SHARED_DIR;

struct Sum {
    std::uint64_t messages = 0;
    std::uint64_t replies = 0;
    bool in_order = true;
    std::string error{};
};

Sum read_through(EventSource& source) {
    Sum sum;
    Time last{};
    for (;;) {
        const auto event = source.next();
        if (!event) sum.error = event.error().what;
        if (!event || !*event) return sum;
        ++sum.messages;
        sum.in_order = sum.in_order && (*event)->seen >= last;
        last = (*event)->seen;
        if (!std::get<MessagePosted>((*event)->body).message.reply_to.empty()) ++sum.replies;
    }
}

boost::json::value load(const std::filesystem::path& path) {
    std::ifstream file{path};
    std::stringstream text;
    text << file.rdbuf();
    return boost::json::parse(text.str());
}

/// The message in a sample: the payload's `event`, or the payload itself. Null if it is no message.
const boost::json::object* message_in(const boost::json::value& sample) {
    const boost::json::object* object = sample.if_object();
    if (object && object->if_contains("event")) object = object->at("event").if_object();
    if (!object || !object->if_contains("type") || object->at("type") != "message") return nullptr;
    return object;
}

SlackDirectory workspace() {
    SlackDirectory people;
    people.realm = "T111";
    return people;
}

const Channel general{{"slack", "T111", "C111"}, "general", ChannelKind::open};

}  // namespace

TEST_CASE("the Ubuntu channel of 110,699 lines is read whole and without a problem") {
    const auto path = shared / "data/replay/ubuntu_irc.jsonl.gz";
    if (!std::filesystem::exists(path)) RAPPORT_SKIP("the shared recordings are not here (data/replay)");
    auto source = open(path).value();
    const auto begin = std::chrono::steady_clock::now();
    const Sum sum = read_through(*source);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    CHECK(sum.error == "");
    CHECK(source->tally().records == 110'699);
    CHECK(source->tally().notices == 12'545);
    CHECK(source->tally().problems == 0);
    CHECK(sum.messages == 110'699 - 12'545);
    CHECK(sum.in_order);
    CHECK(source->bytes_read() == source->bytes_total());
    std::cout << "read 110,699 lines in " << took.count() << " s\n";
}

TEST_CASE("every recorded channel is read without a problem, with its replies") {
    const auto folder = shared / "data/irc_reply";
    if (!std::filesystem::exists(folder)) RAPPORT_SKIP("the shared recordings are not here (data/irc_reply)");
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        CAPTURE(entry.path().filename());
        auto source = open(entry.path()).value();
        const Sum sum = read_through(*source);
        CHECK(sum.error == "");
        CHECK(sum.in_order);
        CHECK(sum.messages > 500);
        CHECK(sum.replies > 100);
    }
}

TEST_CASE("a recording goes on in its middle as if it had never stopped") {
    const auto path = shared / "data/irc_reply/stripe.jsonl";
    if (!std::filesystem::exists(path)) RAPPORT_SKIP("the shared recordings are not here (data/irc_reply)");
    auto whole = open(path).value();
    std::string cursor;
    for (int i = 0; i < 700; ++i) cursor = whole->next().value()->cursor;
    auto resumed = open(path).value();
    REQUIRE(resumed->skip_to(cursor).has_value());
    for (;;) {
        const auto expected = whole->next().value(), actual = resumed->next().value();
        REQUIRE(expected.has_value() == actual.has_value());
        if (!expected) break;
        REQUIRE(expected->cursor == actual->cursor);
        REQUIRE(expected->seen == actual->seen);
        REQUIRE(expected->raw == actual->raw);
    }
}

TEST_CASE("every Slack message that was recorded is understood") {
    const auto folder = shared / "slack/samples/realistic";
    if (!std::filesystem::exists(folder)) RAPPORT_SKIP("the shared recordings are not here (slack/samples)");
    std::map<std::string, std::string> outcomes;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (entry.path().extension() != ".json") continue;
        const boost::json::value sample = load(entry.path());
        const boost::json::object* message = message_in(sample);
        if (!message) continue;
        SlackDirectory people = workspace();
        const SlackRecord record = read_slack_record(*message, general, people);
        CAPTURE(entry.path().filename());
        CHECK(record.problem == "");
        CHECK((record.notice || !record.events.empty()));
        CHECK(record.at > Time{});
        std::string& outcome = outcomes[entry.path().filename().string()];
        if (record.events.empty())
            outcome = "notice";
        else if (std::holds_alternative<MessagePosted>(record.events[0].body))
            outcome = "posted";
        else if (std::holds_alternative<MessageEdited>(record.events[0].body))
            outcome = "edited";
        else if (std::holds_alternative<MessageDeleted>(record.events[0].body))
            outcome = "deleted";
    }
    CHECK(outcomes.size() >= 18);
    CHECK(outcomes["message.plain.json"] == "posted");
    CHECK(outcomes["message.me_message.json"] == "posted");
    CHECK(outcomes["message.file_share.json"] == "posted");
    CHECK(outcomes["message.thread_broadcast.json"] == "posted");
    CHECK(outcomes["message.bot_message.no-user.json"] == "posted");
    CHECK(outcomes["message.channel_join.json"] == "notice");
    CHECK(outcomes["message.message_changed.edit.json"] == "edited");
    CHECK(outcomes["message.message_changed.assistant_app_thread.json"] == "notice");
    CHECK(outcomes["message.message_changed.tombstone-thread-root.json"] == "deleted");
    CHECK(outcomes["message.message_changed.tombstone.previous_message-is-empty-array.json"] == "deleted");
    CHECK(outcomes["message.message_deleted.json"] == "deleted");
}

TEST_CASE("who wrote the recorded Slack messages is told apart") {
    const auto folder = shared / "slack/samples/realistic";
    if (!std::filesystem::exists(folder)) RAPPORT_SKIP("the shared recordings are not here (slack/samples)");
    const auto posted = [&](const char* name) {
        const boost::json::value sample = load(folder / name);
        SlackDirectory people = workspace();
        const SlackRecord record = read_slack_record(*message_in(sample), general, people);
        return std::get<MessagePosted>(record.events.at(0).body).message;
    };
    CHECK(posted("events/message.app-posted.no-subtype.json").via_app);
    CHECK_FALSE(posted("events/message.user.json").via_app);
    CHECK(posted("events/message.bot_message.no-user.json").author.bot);
    CHECK(posted("events/message.bot_message.no-user.json").role == "bot");
    CHECK(posted("events/message.thread_broadcast.json").reply_to != "");
    CHECK_THAT(posted("events-inner/message.file_share.json").text,
               ContainsSubstring("[file: title string]"));
}

TEST_CASE("the merged shapes of all Slack fields crash nothing") {
    const auto folder = shared / "slack/samples/skeleton";
    if (!std::filesystem::exists(folder)) RAPPORT_SKIP("the shared recordings are not here (slack/samples)");
    std::size_t read = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (entry.path().extension() != ".json") continue;
        const boost::json::value sample = load(entry.path());
        SlackDirectory people = workspace();
        read_slack_record(sample, general, people);
        const boost::json::object* object = sample.if_object();
        for (const char* key : {"event", "message"})
            if (object && object->if_contains(key)) read_slack_record(object->at(key), general, people);
        if (object && object->if_contains("messages") && object->at("messages").is_array())
            for (const auto& message : object->at("messages").as_array())
                read_slack_record(message, general, people);
        ++read;
    }
    CHECK(read > 50);
}
