// What is said in Slack becomes events, none twice, none lost, none acknowledged too early.
#include "unit/slack/adapter/bench.hpp"

namespace rapport::test {
namespace {

/// Texts of all messages that were heard, each once, sorted.
std::vector<std::string> different(const FakeInbox& inbox) {
    std::map<std::string, std::string> by_key;
    for (const MessagePosted& one : inbox.all<MessagePosted>()) by_key[one.message.id] = one.message.text;
    std::vector<std::string> texts;
    for (const auto& [id, text] : by_key) texts.push_back(text);
    return texts;
}

TEST_CASE("a message becomes an event and is acknowledged only when what follows from it is durable") {
    Bench bench{GENERATE(Way::socket, Way::http)};
    bench.inbox.durable_at_once = false;
    bench.start();
    const std::string ts = bench.slack.people().say("cleo", "help", "Does it work on <!here> Sundays?");
    REQUIRE(bench.until([&] { return bench.inbox.events.size() == 1; }));
    const MessagePosted posted = bench.inbox.all<MessagePosted>().at(0);
    CHECK(posted.message.id == ts);
    CHECK(posted.message.channel.key == ChannelKey{"slack", "T0ACME", "C0HELP"});
    CHECK(posted.message.channel.name == "help");
    CHECK(posted.message.author.key == AccountKey{"slack", "T0ACME", "U0CLEO"});
    CHECK_FALSE(posted.late);
    CHECK(bench.inbox.events[0].cursor == ts);
    bench.turn();
    CHECK(bench.slack.unacked().size() == 1);
    bench.inbox.settle();
    CHECK(bench.until([&] { return bench.all_acknowledged(); }));
    CHECK(bench.slack.complaints().empty());
}

TEST_CASE("copies of an event that come while the first is on its way are acknowledged with it") {
    Bench bench;
    bench.inbox.durable_at_once = false;
    bench.start();
    bench.slack.policy().duplicate = 1;
    bench.slack.policy().copies = 3;
    bench.slack.people().say("cleo", "help", "Once?");
    REQUIRE(bench.until([&] { return bench.inbox.events.size() == 1; }));
    bench.turn();
    bench.inbox.settle();
    CHECK(bench.until([&] { return bench.all_acknowledged(); }));
    CHECK(bench.inbox.events.size() == 1);
}

TEST_CASE("names that Slack does not tell in time hold nobody up") {
    Bench bench;
    bench.start();
    bench.slack.next_calls("users.info", 100, Fault::timeout());
    slack::User stranger;
    stranger.id = "U0NEW";
    stranger.name = stranger.display_name = "newcomer";
    stranger.team = "T0EXT";
    bench.slack.add_user(stranger);
    bench.slack.world().channels.at("C0EXT").members.insert("U0NEW");
    bench.slack.people().say("newcomer", "C0EXT", "Hello from Globex");
    REQUIRE(bench.until([&] { return bench.inbox.texts().size() == 1; }));
    bench.slack.people().say("newcomer", "C0EXT", "Anybody there?");
    REQUIRE(bench.until([&] { return bench.inbox.texts().size() == 2; }));
    CHECK(bench.until([&] { return bench.all_acknowledged(); }));
}

TEST_CASE("a bot that nobody has heard before is heard as one") {
    Bench bench;
    bench.start();
    slack::User relay;
    relay.id = "U0RELAY";
    relay.name = "relay";
    relay.team = "T0ACME";
    relay.bot = "B0RELAY";
    relay.app = "A0RELAY";
    bench.slack.add_user(relay);
    bench.slack.world().channels.at("C0HELP").members.insert("U0RELAY");
    bench.slack.people().say("relay", "C0HELP", "kim wrote: does it speak IPv6?");
    REQUIRE(bench.until([&] { return bench.inbox.texts().size() == 1; }));
    const Account author = bench.inbox.all<MessagePosted>().at(0).message.author;
    INFO("users.info was called " << bench.slack.calls("users.info").size() << " times. " << bench.log);
    CHECK(author.bot);
    CHECK(author.handle == "relay");
}

TEST_CASE("edits and deletes are heard too") {
    Bench bench;
    bench.start();
    const std::string ts = bench.slack.people().say("cleo", "help", "One");
    bench.slack.people().edit("help", ts, "Two");
    bench.slack.people().remove("help", ts);
    REQUIRE(bench.until([&] { return bench.inbox.all<MessageDeleted>().size() == 1; }));
    CHECK(bench.inbox.all<MessageEdited>().at(0).text == "Two");
    CHECK(bench.inbox.all<MessageDeleted>().at(0).message.id == ts);
}

TEST_CASE("a full inbox holds Slack up and loses nothing") {
    Bench bench;
    bench.start();
    bench.inbox.full = true;
    for (int i = 0; i < 30; ++i) bench.slack.people().say("cleo", "help", "Number " + std::to_string(i));
    bench.turn();
    CHECK(bench.inbox.events.empty());
    bench.inbox.full = false;
    CHECK(bench.until([&] { return bench.inbox.events.size() == 30; }));
    CHECK(bench.until([&] { return bench.all_acknowledged(); }));
}

TEST_CASE("a customer's direct message is kept like any other and not given to the office") {
    Bench bench;
    bench.inbox.durable_at_once = false;
    bench.start();
    bench.slack.people().say("cleo", bench.direct("cleo"), "Hello, is anybody there?");
    REQUIRE(bench.until([&] { return bench.inbox.events.size() == 1; }));
    CHECK(bench.inbox.all<MessagePosted>().at(0).message.channel.kind == ChannelKind::dm);
    CHECK(bench.office.asks.empty());
    bench.turn();
    CHECK(bench.slack.unacked().size() == 1);
    bench.inbox.settle();
    CHECK(bench.until([&] { return bench.all_acknowledged(); }));
}

TEST_CASE("after a time without us history tells what was said and it is marked as late") {
    Bench bench{GENERATE(Way::socket, Way::http)};
    bench.start();
    const std::string root = bench.slack.people().say("cleo", "help", "Before");
    REQUIRE(bench.until([&] { return bench.inbox.events.size() == 1 && bench.all_acknowledged(); }));
    bench.stop();
    slack::Saying quiet;
    quiet.quiet = true;
    bench.slack.people().say("dan", "help", "Meanwhile one", quiet);
    bench.slack.people().say("cleo", "general", "Meanwhile two", quiet);  // never heard of before
    slack::Saying reply = quiet;
    reply.thread = root;
    bench.slack.people().say("dan", "help", "Meanwhile in the thread", reply);
    bench.slack.people().say("dan", bench.direct("dan"), "Meanwhile to you", quiet);
    bench.build();
    bench.start();
    REQUIRE(bench.until([&] { return different(bench.inbox).size() == 5; }));
    for (const MessagePosted& one : bench.inbox.all<MessagePosted>()) {
        CAPTURE(one.message.text);
        CHECK((one.late || one.message.text == "Before"));
    }
    // And what is said from now on is not late.
    bench.slack.people().say("cleo", "help", "After");
    REQUIRE(bench.until([&] { return bench.inbox.texts().back() == "After"; }));
    CHECK_FALSE(bench.inbox.all<MessagePosted>().back().late);
}

TEST_CASE("a gap that is longer than we look back is said") {
    Bench bench{Way::socket, [](app::Config& config) { config.backfill = 10min; }};
    bench.start();
    bench.slack.people().say("cleo", "help", "Before");
    REQUIRE(bench.until([&] { return bench.inbox.events.size() == 1; }));
    bench.stop();
    bench.skip(3h);
    bench.build();
    bench.start();
    REQUIRE(bench.until([&] { return !bench.inbox.all<Gap>().empty(); }));
    CHECK_THAT(bench.inbox.all<Gap>().at(0).why, ContainsSubstring("Rapport was not running"));
}

TEST_CASE("sockets that Slack replaces or breaks lose nothing") {
    Bench bench;
    // What was on a socket when it went comes again; here without the minutes that Slack lets pass.
    bench.slack.settings().pace.retries = {0ms, 200ms, 400ms, 800ms, 1600ms, 3200ms, 6400ms};
    bench.slack.limit("apps.connections.open", false);  // nobody replaces a dozen within a second
    bench.start();
    const int way = GENERATE(0, 1, 2);
    for (int i = 0; i < 40; ++i) {
        bench.slack.people().say("cleo", "help", "Number " + std::to_string(i));
        if (i % 10 == 5) {
            if (way == 0) bench.slack.courier().disconnect("refresh_requested");
            if (way == 1) bench.slack.courier().disconnect("warning");
            if (way == 2) bench.slack.cut_sockets();
        }
        bench.turn(3ms);
    }
    CHECK(bench.until([&] { return different(bench.inbox).size() == 40; }));
    const bool all = bench.until([&] { return bench.all_acknowledged(); });
    for (const slack::Delivery& one : bench.slack.unacked())
        UNSCOPED_INFO(one.name << ", sent " << one.sends << " times, tried " << one.attempts.size()
                               << " times, state " << int(one.state));
    INFO("way " << way << ": " << bench.log);
    CHECK(all);
    std::set<std::string> live;
    for (const MessagePosted& one : bench.inbox.all<MessagePosted>())
        if (!one.late) CHECK(live.insert(one.message.id).second);
}

TEST_CASE("a token that Slack does not take ends it in words") {
    Bench bench;
    SECTION("at the start") {
        bench.slack.revoke("xoxb-double-acme");
        bench.launch();
    }
    SECTION("while it runs") {
        bench.start();
        bench.slack.people().uninstall("T0ACME");
    }
    REQUIRE(bench.until([&] { return bench.ended.has_value(); }));
    REQUIRE_FALSE(*bench.ended);
    CHECK(bench.ended->error().kind == ErrorKind::unauthorized);
    CHECK_THAT(bench.ended->error().what, !ContainsSubstring("xoxb-double"));
    CHECK(bench.ended->error().what.size() > 30);
}

}  // namespace
}  // namespace rapport::test
