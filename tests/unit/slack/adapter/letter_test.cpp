// Letters and their pictures: the words at once, the picture once, and never twice.
#include "unit/slack/adapter/bench.hpp"

namespace rapport::test {
namespace {

void team_channel(app::Config& config) {
    config.alert_channel = "alerts";
}

Outgoing a_letter(std::vector<std::string> names, std::string image = "\x89PNG the week as bars") {
    Letter letter;
    letter.page.id = "report";
    letter.page.title = "The week";
    letter.page.parts.push_back({});
    letter.page.parts.back().text = "Answered in person: 62 of 100";
    letter.page.parts.back().buttons = {{"report:why", "How is this counted?"}};
    letter.image = std::move(image);
    letter.image_text = "Bars: Ada 40, Bea 22 & nobody else";
    letter.image_title = "Answers by staffer";
    Outgoing outgoing;
    outgoing.id = "letter:week:47";
    for (const std::string& name : names) outgoing.to.push_back(staff(name));
    outgoing.team = names.empty();
    outgoing.body = std::move(letter);
    return outgoing;
}

std::vector<json::object> pictures(const std::vector<json::object>& messages) {
    std::vector<json::object> found;
    for (const json::object& message : messages)
        if (message.contains("files")) found.push_back(message);
    return found;
}

/// As the outbox does: again and again, and later each time.
Result<> bring(Bench& bench, const Outgoing& outgoing, int tries = 12) {
    Result<> shown = Error{ErrorKind::transient, "not yet"};
    for (int i = 0; i < tries && !shown; ++i) {
        shown = bench.deliver(outgoing);
        bench.skip(1min);
    }
    return shown;
}

TEST_CASE("a letter's picture follows it, with words for those who do not see it") {
    Bench bench{GENERATE(Way::socket, Way::http)};
    bench.start();
    REQUIRE(bench.deliver(a_letter({"ada"})));
    const auto messages = bench.shown_to("ada");
    REQUIRE(messages.size() == 2);
    CHECK_THAT(all_of(messages[0]), ContainsSubstring("Answered in person: 62 of 100"));
    CHECK_FALSE(messages[0].contains("files"));
    const json::object& file = messages[1].at("files").as_array().at(0).as_object();
    CHECK(file.at("title") == "Answers by staffer");
    CHECK(text_of(messages[1]) == "Bars: Ada 40, Bea 22 &amp; nobody else");
    CHECK_FALSE(slack::is_reply(messages[1]));
    const slack::File& kept = bench.slack.world().files.begin()->second;
    CHECK(kept.bytes == "\x89PNG the week as bars");
    CHECK(bench.slack.calls("upload_url").size() == 1);

    REQUIRE(bench.deliver(a_letter({"ada"})));
    bench.restart();
    REQUIRE(bench.deliver(a_letter({"ada"})));
    CHECK(bench.shown_to("ada") == messages);
    CHECK(bench.slack.complaints().empty());
    CHECK(bench.inbox.all<MessagePosted>().empty());  // our own pictures are nobody's message
    CHECK(bench.inbox.all<NotUnderstood>().empty());
}

TEST_CASE("in a channel the picture stands in the letter's thread") {
    Bench bench{Way::socket, team_channel};
    bench.start();
    REQUIRE(bench.deliver(a_letter({})));
    const auto messages = bench.slack.messages("alerts");
    REQUIRE(messages.size() == 2);
    CHECK(messages[1].at("thread_ts") == messages[0].at("ts"));
    CHECK(messages[1].contains("files"));
}

TEST_CASE("no letter waits for the picture of another") {
    Bench bench;
    bench.start();
    bench.slack.next_calls("files.getUploadURLExternal", 1, Fault::slow(200ms));
    std::optional<Result<>> shown;
    bench.deliver_into(a_letter({"ada", "bea"}), shown);
    REQUIRE(bench.until([&] { return !bench.shown_to("bea").empty(); }));
    CHECK(bench.shown_to("ada").size() == 1);
    CHECK_FALSE(shown);
    REQUIRE(bench.until([&] { return shown.has_value(); }));
}

TEST_CASE("whatever goes wrong in one of the three steps: the picture comes once") {
    const std::string step =
        GENERATE("files.getUploadURLExternal", "upload_url", "files.completeUploadExternal");
    const auto [what, fault] = GENERATE(table<std::string, Fault>({
        {"429", Fault::rate_limited(7)},
        {"500", Fault::server_error(500)},
        {"a page of HTML", Fault::html(502)},
        {"nothing happens", Fault::reset()},
        {"the answer is lost", Fault::lost_answer()},
    }));
    const bool restarts = GENERATE(false, true);
    CAPTURE(step, what, restarts);
    Bench bench;
    bench.start();
    bench.slack.next_calls(step, 1, fault);
    Result<> shown = bench.deliver(a_letter({"ada"}));
    CHECK(bench.shown_to("ada").size() >= 1);
    if (restarts) bench.restart();
    bench.skip(1min);
    if (!shown || restarts) shown = bring(bench, a_letter({"ada"}));
    REQUIRE(shown);
    CHECK(pictures(bench.shown_to("ada")).size() == 1);
    CHECK(bench.shown_to("ada").size() == 2);
    CHECK(bench.slack.complaints().empty());
}

TEST_CASE("a restart in the middle of any step brings no second picture") {
    const std::string step =
        GENERATE("files.getUploadURLExternal", "upload_url", "files.completeUploadExternal");
    const bool happened = GENERATE(false, true);
    CAPTURE(step, happened);
    Bench bench;
    bench.start();
    Fault late = happened ? Fault::slow(200ms) : Fault::server_error(500);
    late.delay = 200ms;
    bench.slack.next_calls(step, 1, late);
    std::optional<Result<>> shown;
    bench.deliver_into(a_letter({"ada"}), shown);
    // While the answer is on its way: what the notebook holds then is all that is left after a crash.
    REQUIRE(bench.until([&] { return bench.slack.core().faults[step].empty(); }));
    bench.turn(20ms);
    REQUIRE_FALSE(shown);
    const auto then = bench.notebook.notes;
    const bool there = !pictures(bench.shown_to("ada")).empty();
    CHECK(there == (happened && step == "files.completeUploadExternal"));
    bench.slack.next_calls("files.completeUploadExternal", there ? 0 : 1, Fault::reset());
    REQUIRE(bench.until([&] { return shown.has_value(); }));
    bench.notebook.notes = then;
    bench.restart();
    bench.slack.clear_faults();
    bench.skip(1min);
    REQUIRE(bring(bench, a_letter({"ada"})));
    CHECK(pictures(bench.shown_to("ada")).size() == 1);
    CHECK(bench.shown_to("ada").size() == 2);
}

TEST_CASE("a picture that Slack refuses is put into words in the letter") {
    Bench bench;
    bench.start();
    SECTION("the permission is missing") {
        bench.slack.remove_scope("T0ACME", "files:write");
    }
    SECTION("uploads are switched off") {
        bench.slack.next_calls("files.getUploadURLExternal", 1, Fault::error("file_uploads_disabled"));
    }
    SECTION("the address does not take the bytes") {
        Fault gone;
        gone.status = 404;
        bench.slack.next_calls("upload_url", 1, gone);
    }
    SECTION("it cannot be shown there") {
        bench.slack.next_calls("files.completeUploadExternal", 1, Fault::error("not_in_channel"));
    }
    SECTION("it fails for a whole day") {
        bench.slack.next_calls("files.getUploadURLExternal", 1'000, Fault::server_error(503));
        REQUIRE_FALSE(bench.deliver(a_letter({"ada"})));
        bench.skip(24h);
    }
    REQUIRE(bench.deliver(a_letter({"ada"})));
    const auto messages = bench.shown_to("ada");
    REQUIRE(messages.size() == 1);
    CHECK_THAT(all_of(messages[0]), ContainsSubstring("Answered in person: 62 of 100"));
    CHECK_THAT(all_of(messages[0]), ContainsSubstring("Answers by staffer"));
    CHECK_THAT(all_of(messages[0]), ContainsSubstring("Bars: Ada 40, Bea 22"));
    CHECK_THAT(bench.log, ContainsSubstring("The letter \"The week\" stands without its picture"));
    bench.slack.clear_faults();
    REQUIRE(bench.deliver(a_letter({"ada"})));
    CHECK(bench.shown_to("ada") == messages);
}

TEST_CASE("a letter without a picture uploads nothing") {
    Bench bench;
    bench.start();
    REQUIRE(bench.deliver(a_letter({"ada"}, "")));
    CHECK(bench.shown_to("ada").size() == 1);
    CHECK(bench.slack.calls("files.getUploadURLExternal").empty());
}

}  // namespace
}  // namespace rapport::test
