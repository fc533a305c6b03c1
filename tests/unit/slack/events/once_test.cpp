#include "adapters/slack/events/once.hpp"

#include "adapters/slack/events/fields.hpp"
#include "adapters/slack/events/moment.hpp"
#include "unit/slack/events/support.hpp"

namespace rapport::slack::events {
namespace {

Keys keys(const char* payload, const std::string& envelope = {}) {
    return keys_of(boost::json::parse(payload).as_object(), envelope);
}

}  // namespace

TEST_CASE("times are compared as two integers") {
    CHECK(earlier("1700000000.000100", "1700000000.000200"));
    CHECK(earlier("999999999.999999", "1700000000.000100"));
    CHECK_FALSE(earlier("1700000000.000100", "1700000000.000100"));
    // A double holds neither apart.
    CHECK(earlier("9007199254740993.000001", "9007199254740993.000002"));
    CHECK(earlier("", "1.000000"));
    CHECK_FALSE(earlier("1.000000", ""));
    CHECK_FALSE(earlier("", ""));
    CHECK(to_time("1700000000.123456") == at_ms(1700000000123));
    CHECK(to_time("1515449522000016") == at_ms(1515449522000));
    CHECK_FALSE(to_time("soon"));
    CHECK_FALSE(to_time("1.x"));
    CHECK_FALSE(to_time(""));
    CHECK(to_ts(at_ms(1700000000123)) == "1700000000.123000");
    CHECK(valid_ts("1.000001"));
    CHECK_FALSE(valid_ts("17"));
    CHECK_FALSE(valid_ts("1.2.3"));
    CHECK_FALSE(valid_ts("-1.000001"));
}

TEST_CASE("edge case 35: an id is read from a string and from an object") {
    const auto object = boost::json::parse(
                            R"({"a":"U1","b":{"id":"U2"},"c":{"id":{"id":"U3"}},"d":7,"e":null,"f":[],
                                "g":"a b","h":"../x/y"})")
                            .as_object();
    CHECK(id_in(object, "a") == "U1");
    CHECK(id_in(object, "b") == "U2");
    for (const char* name : {"c", "d", "e", "f", "g", "h", "none"}) CHECK(id_in(object, name).empty());
    CHECK_FALSE(valid_id(std::string(65, 'U')));
}

TEST_CASE("edge case 26: one message has one key, whatever its event ids") {
    const Keys a =
        keys(R"({"event_id":"Ev1","event":{"type":"message","channel":"C1","ts":"1.000001"}})", "e1");
    const Keys b = keys(R"({"event_id":"Ev2","event":{"type":"message","channel":"C1","ts":"1.000001"}})");
    CHECK(a.envelope == "envelope:e1");
    CHECK(a.event == "event:Ev1");
    CHECK(a.meaning == "new:C1:1.000001");
    CHECK(b.meaning == a.meaning);
    CHECK(b.envelope.empty());
}

TEST_CASE("edge case 27: a mention and its message have the same key") {
    CHECK(keys(R"({"event":{"type":"app_mention","channel":"C1","ts":"1.000001"}})").meaning ==
          "new:C1:1.000001");
}

TEST_CASE("edits and deletions have keys of their own, unfurls have none") {
    CHECK(keys(R"({"event":{"type":"message","subtype":"message_changed","channel":"C1",
        "message":{"ts":"1.000001","edited":{"ts":"2.000000"}}}})")
              .meaning == "edit:C1:1.000001:2.000000");
    CHECK(keys(R"({"event":{"type":"message","subtype":"message_changed","channel":"C1",
        "message":{"ts":"1.000001"}}})")
              .meaning.empty());
    CHECK(
        keys(
            R"({"event":{"type":"message","subtype":"message_deleted","channel":"C1","deleted_ts":"1.000001"}})")
            .meaning == "gone:C1:1.000001");
    CHECK(keys(R"({"event":{"type":"message","subtype":"message_changed","channel":"C1",
        "message":{"ts":"1.000001","subtype":"tombstone"}}})")
              .meaning == "gone:C1:1.000001");
    CHECK(keys(R"({"event":{"type":"reaction_added"}})").meaning.empty());
    CHECK(keys(R"({"event":[]})").meaning.empty());
}

TEST_CASE("edge case 10: what was seen is remembered for 26 hours") {
    Once once;
    const Time start = at_ms(1'000'000);
    CHECK(once.remember("event:Ev1", start));
    CHECK_FALSE(once.remember("event:Ev1", start + std::chrono::hours{25}));
    CHECK(once.seen("event:Ev1", start + std::chrono::hours{25}));
    CHECK_FALSE(once.seen("event:Ev1", start + std::chrono::hours{26}));
    CHECK(once.remember("event:Ev1", start + std::chrono::hours{26}));
    CHECK(once.seen("event:Ev1", start + std::chrono::hours{50}));
    once.forget("event:Ev1");
    CHECK(once.remember("event:Ev1", start + std::chrono::hours{51}));
}

TEST_CASE("what is remembered is bounded") {
    Once once{std::chrono::hours{1}, 3};
    for (int i = 0; i < 10; ++i) CHECK(once.remember(std::to_string(i), at_ms(i)));
    CHECK(once.size() == 3);
    CHECK(once.seen("9", at_ms(10)));
    CHECK_FALSE(once.seen("6", at_ms(10)));
}

TEST_CASE("of a message's edits the newest stays") {
    NewestEdit edits{2};
    CHECK(edits.take("C1", "1.000001", "5.000000"));
    CHECK_FALSE(edits.take("C1", "1.000001", "4.000000"));
    CHECK(edits.take("C1", "1.000001", "5.000000"));
    CHECK(edits.take("C1", "1.000001", "6.000000"));
    CHECK(edits.take("C2", "1.000001", "1.000000"));
    CHECK(edits.take("C3", "1.000001", "1.000000"));
    CHECK(edits.take("C1", "1.000001", "4.000000"));  // forgotten: two are kept
}

}  // namespace rapport::slack::events
