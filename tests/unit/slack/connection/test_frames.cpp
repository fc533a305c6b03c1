#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "adapters/slack/connection/frame.hpp"
#include "adapters/slack/connection/ledger.hpp"
#include "adapters/slack/connection/open_errors.hpp"
#include "adapters/slack/connection/payload.hpp"
#include "support/catch.hpp"

using namespace rapport;
using namespace rapport::slack;
using namespace std::chrono_literals;

namespace {

std::optional<std::string> sample(const std::string& name) {
    std::ifstream file{std::string{RAPPORT_SHARED_DIR} + "/slack/samples/realistic/" + name};
    if (!file) return std::nullopt;
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
}

template <class T>
T read_as(const std::string& text) {
    Frame frame = read_frame(text);
    REQUIRE(std::holds_alternative<T>(frame));
    return std::get<T>(std::move(frame));
}

}  // namespace

TEST_CASE("hello: all of it, parts of it, none of it") {
    const Hello full = read_as<Hello>(
        R"({"type":"hello","num_connections":3,"connection_info":{"app_id":"A1"},
            "debug_info":{"host":"h","approximate_connection_time":18060}})");
    CHECK(full.app == "A1");
    CHECK(full.connections == 3);
    CHECK(full.lifetime == 18060s);
    for (const char* text :
         {R"({"type":"hello"})", R"({"type":"hello","num_connections":"3","debug_info":[]})",
          R"({"type":"hello","debug_info":{"approximate_connection_time":-1}})"}) {
        const Hello bare = read_as<Hello>(text);
        CHECK(bare.app.empty());
        CHECK_FALSE(bare.connections);
        CHECK_FALSE(bare.lifetime);
    }
}

TEST_CASE("Slack's own samples of Socket Mode are understood field by field") {
    const auto hello = sample("socket-mode/hello.json");
    if (!hello) RAPPORT_SKIP("no Slack samples beside this checkout");
    CHECK(read_as<Hello>(*hello).app == "A111");
    CHECK(read_as<Hello>(*hello).lifetime == 18060s);
    const Envelope event = read_as<Envelope>(sample("socket-mode/events_api.with-retry-fields.json").value());
    CHECK(event.kind == DeliveryKind::event);
    CHECK(event.id == "xxx-11-222-yyy-zzz");
    CHECK(event.retry == 0);
    CHECK_FALSE(event.takes_payload);
    CHECK(text_of(event.payload, "event_id") == "Ev01ERKCFKK9");
    const Envelope click = read_as<Envelope>(sample("socket-mode/interactive.block_actions.json").value());
    CHECK(click.kind == DeliveryKind::interaction);
    CHECK(text_of(click.payload, "type") == "block_actions");
    const Envelope command = read_as<Envelope>(sample("socket-mode/slash_commands.json").value());
    CHECK(command.kind == DeliveryKind::command);
    CHECK(command.takes_payload);
    CHECK(text_of(command.payload, "command") == "/hi-socket-mode");
}

TEST_CASE("edge case 10: a first delivery may say attempt 0, and only more than that is a retry") {
    const auto [fields, retry] = GENERATE(table<std::string, int>({
        {"", 0},
        {R"(,"retry_attempt":0,"retry_reason":"")", 0},
        {R"(,"retry_attempt":1,"retry_reason":"timeout")", 1},
        {R"(,"retry_attempt":"2")", 2},
        {R"(,"retry_attempt":null)", 0},
        {R"(,"retry_attempt":-3)", 0},
        {R"(,"retry_attempt":{})", 0},
        {R"(,"retry_attempt":99999999999999999999)", 0},
    }));
    const Envelope envelope =
        read_as<Envelope>(R"({"envelope_id":"e","type":"events_api","payload":{"a":1})" + fields + "}");
    CHECK(envelope.retry == retry);
}

TEST_CASE("edge case 12: envelopes that cannot be understood keep their id, to be acknowledged") {
    const auto [text, id] = GENERATE(table<std::string, std::string>({
        {R"({"envelope_id":"e1","type":"events_api"})", "e1"},
        {R"({"envelope_id":"e2","type":"events_api","payload":null})", "e2"},
        {R"({"envelope_id":"e3","type":"interactive","payload":"{}"})", "e3"},
        {R"({"envelope_id":"e4","type":"brand_new","payload":{}})", "e4"},
        {R"({"envelope_id":"e5","payload":{}})", "e5"},
        {R"({"type":"events_api","payload":{}})", ""},
        {R"({"type":"events_api","payload":{},"envelope_id":7})", ""},
        {R"({})", ""},
    }));
    const StrangeFrame strange = read_as<StrangeFrame>(text);
    CHECK(strange.envelope == id);
    CHECK_FALSE(strange.why.empty());
}

TEST_CASE("edge case 13: what is no JSON object is garbage") {
    const std::string text =
        GENERATE(as<std::string>{}, "", " ", "UNAUTHENTICATED: cache_error", "[]", "7", "null", "\"hello\"",
                 "{", "{}{}", "\xff\xfe", R"({"type":"hello")", std::string(100'000, '['));
    CHECK(std::holds_alternative<GarbageFrame>(read_frame(text)));
}

TEST_CASE("edge case 15: an acknowledgement has a payload key only if there is a payload") {
    CHECK(ack_text("e\"1", std::nullopt) == R"({"envelope_id":"e\"1"})");
    boost::json::object payload;
    payload["text"] = "done";
    CHECK(boost::json::parse(ack_text("e1", payload)) ==
          boost::json::parse(R"({"envelope_id":"e1","payload":{"text":"done"}})"));
}

TEST_CASE("edge case 16: an envelope on several lines is given on once and acknowledged on each") {
    Ledger ledger;
    const Ledger::Tick now{};
    CHECK(ledger.arrive(1, "e", now) == Ledger::Arrival::fresh);
    CHECK(ledger.arrive(2, "e", now) == Ledger::Arrival::under_way);
    CHECK(ledger.arrive(2, "e", now) == Ledger::Arrival::under_way);
    CHECK(ledger.under_way(1) == 1);
    CHECK(ledger.under_way(2) == 1);
    const auto owed = ledger.acknowledge("e");
    REQUIRE(owed);
    CHECK(owed->lines == std::vector<LineId>{1, 2});
    CHECK(ledger.under_way(1) == 0);
    CHECK_FALSE(ledger.acknowledge("e"));
    CHECK(ledger.arrive(3, "e", now) == Ledger::Arrival::done);
    CHECK(ledger.under_way(3) == 0);
}

TEST_CASE("an envelope that was given up is fresh again, and old ones are forgotten") {
    Ledger ledger{10};
    const Ledger::Tick now{};
    ledger.arrive(1, "e", now);
    CHECK(ledger.abandon("e") == std::vector<LineId>{1});
    CHECK(ledger.under_way(1) == 0);
    CHECK(ledger.arrive(2, "e", now) == Ledger::Arrival::fresh);
    for (int i = 0; i < 1000; ++i) {
        ledger.arrive(2, std::to_string(i), now);
        ledger.acknowledge(std::to_string(i));
    }
    CHECK(ledger.size() == 11);
    CHECK(ledger.arrive(3, "e", now) == Ledger::Arrival::under_way);
    CHECK(ledger.arrive(3, "999", now) == Ledger::Arrival::done);
    CHECK(ledger.abandon("999").empty());
}

TEST_CASE("edge case 25: app_rate_limited outside or inside an event names its minute") {
    const Time now{1'600'000'000s};
    const auto [text, from] = GENERATE(table<std::string, std::chrono::seconds>({
        {R"({"type":"app_rate_limited","minute_rate_limited":1518467820})", 1518467820s},
        {R"({"type":"event_callback","event":{"type":"app_rate_limited","minute_rate_limited":1518467820}})",
         1518467820s},
        {R"({"type":"app_rate_limited"})", 1'599'999'940s},
        {R"({"type":"app_rate_limited","minute_rate_limited":18446744073709551615})", 1'599'999'940s},
    }));
    const auto blackout = held_back(parse_json(text)->as_object(), now);
    REQUIRE(blackout);
    CHECK(blackout->from == Time{from});
    CHECK(blackout->until == Time{from} + 60s);
    CHECK_FALSE(held_back(parse_json(R"({"type":"event_callback","event":[]})")->as_object(), now));
}

TEST_CASE("what a person must mend is told with the place to mend it") {
    for (const char* code :
         {"invalid_auth", "not_authed", "account_inactive", "token_revoked", "user_removed_from_team",
          "team_disabled", "missing_scope", "not_allowed_token_type"}) {
        const auto error = fatal_open_error(code);
        REQUIRE(error);
        CHECK(error->kind == ErrorKind::unauthorized);
        CHECK_THAT(error->what, ContainsSubstring(code) && ContainsSubstring("api.slack.com/apps"));
    }
    CHECK_THAT(fatal_open_error("missing_scope")->what,
               ContainsSubstring("the app token lacks the scope connections:write"));
    CHECK_FALSE(fatal_open_error("internal_error"));
    CHECK_FALSE(fatal_open_error("ratelimited"));
}
