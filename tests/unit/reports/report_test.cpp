// What a week's report says about a week that is known.

#include "bot/reports/report.hpp"

#include "support/catch.hpp"
#include "week.hpp"

using namespace rapport;
using namespace rapport::test;
using namespace rapport::reports;
using namespace std::chrono_literals;

namespace {

const std::string_view question = "How do I install the new version? It does not start.";

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("how a wait ended: in person seen, as they say, by the brand, by others, by nobody") {
    House house{week_rules};
    const auto ask = [&](const char* who, const char* channel) {
        return house.say(who, question, {.channel = channel});
    };
    house.know("lena", {"champion"}, "ada");
    const std::string seen = ask("kim", "one"), brand = ask("omar", "two"), others = ask("pia", "three");
    ask("quin", "four");
    ask("lena", "five");
    house.later(10min);
    house.say("rex", "I am a bot and I answer everything.", {.channel = "four", .reply_to = "", .bot = true});
    house.say("brand", "Thanks for asking! We are on it.", {.channel = "two", .reply_to = brand});
    house.say("tom", "Try turning it off and on.", {.channel = "three", .reply_to = others});
    house.later(20min);
    house.say("bea", "Run the installer, please.", {.channel = "one", .reply_to = seen});
    house.press("ada", AlertId{1}, "replied");
    const WeeklyReport report = report_on(house);
    CHECK(check(report) == Lines{});
    CHECK(report.answers == Answers{{1, 1, 1, 1, 1}});
    CHECK(report.conversations == 5);
    CHECK(report.conversations_answered == 2);
    CHECK(line_of(report, "bea").verified == 1);
    CHECK(line_of(report, "ada").attested == 1);
    CHECK(line_of(report, "ada").verified == 0);
    CHECK(report.times.calendar == Spread{1, 30min, 30min});
    CHECK(report.brand.answered == 1);
    CHECK(report.brand.only == 1);
    CHECK(report.by_role.at("champion") == Answers{{0, 1, 0, 0, 0}});
    CHECK(report.messages == 6);
    CHECK(report.persons == 6);
    CHECK(report.course.at(0).label == "Mon 2");
    CHECK(report.course.at(0).answers == report.answers);
    CHECK(report.alerts.attested == 1);
}

TEST_CASE("time to the first human answer: by the calendar, and in the working time of who answered") {
    House house{week_rules};
    house.at("2026-03-06 15:00");  // Friday 16:00 in Berlin, where they work until 17:00
    const std::string id = house.say("kim", question);
    house.later(1min);
    house.say("brand", "We are on it!", {.reply_to = id});
    house.at("2026-03-09 08:30");  // Monday, 09:30
    house.say("ada", "Run the installer.", {.reply_to = id});
    const WeeklyReport week = report_on(house);
    CHECK(week.answers == Answers{{0, 0, 1, 0, 0}});  // by Sunday night, only the brand
    CHECK(week.times.calendar.count == 0);
    const WeeklyReport longer = report_on(house, "2026-03-01 23:00", "2026-03-15 23:00");
    CHECK(check(longer) == Lines{});
    CHECK(longer.answers == Answers{{1, 0, 0, 0, 0}});
    CHECK(longer.brand.answered == 1);
    CHECK(longer.brand.only == 0);
    CHECK(longer.times.calendar == Spread{1, 65h + 30min, 65h + 30min});
    CHECK(longer.times.working == Spread{1, 90min, 90min});
    CHECK(line_of(longer, "ada").times == longer.times);
}

TEST_CASE("what a tool posts with a staffer's token is the brand's answer, and a deleted answer is none") {
    House house{week_rules};
    const std::string first = house.say("kim", question, {.channel = "one"});
    house.say("ada", "Automatic words", {.channel = "one", .reply_to = first, .via_app = true});
    const std::string second = house.say("omar", question, {.channel = "two"});
    const std::string answer = house.say("ada", "Run it.", {.channel = "two", .reply_to = second});
    CHECK(report_on(house).answers == Answers{{1, 0, 1, 0, 0}});
    house.remove(answer, {.channel = "two"});
    CHECK(report_on(house).answers == Answers{{0, 0, 1, 0, 1}});
    house.remove(second, {.channel = "two"});
    CHECK(report_on(house).answers == Answers{{0, 0, 1, 0, 0}});
}

TEST_CASE("a wait belongs to the week in which it began, however often they ask again") {
    House house{week_rules};
    house.at("2026-03-08 22:00");
    const std::string id = house.say("kim", question);
    house.at("2026-03-08 23:10");
    house.say("kim", "Hello? Can anybody help me, please?", {.reply_to = id});
    CHECK(report_on(house).answers.total() == 1);
    CHECK(report_on(house, "2026-03-08 23:00", "2026-03-15 23:00").answers.total() == 0);
}

TEST_CASE(
    "load: asked, took, handed over, went on to the next, most at once, and alerts not needed by reason") {
    House house{week_rules};
    for (const char* who : {"lena", "mia", "noa"}) house.know(who, {"champion"}, "ada");
    house.say("lena", question, {.channel = "one"});
    house.say("mia", question, {.channel = "two"});
    house.later(5min);
    house.press("ada", AlertId{1}, "claim");
    house.press("ada", AlertId{2}, "hand_over", "bea", "You know her better.");
    house.say("noa", question, {.channel = "three"});
    house.later(1min);
    house.press("ada", AlertId{3}, "dismiss", "automated");
    house.later(7h);  // ada does not answer lena: the next is asked
    const WeeklyReport report = report_on(house);
    CHECK(check(report) == Lines{});
    const StafferLine& ada = line_of(report, "ada");
    CHECK(ada.asked == 3);
    CHECK(ada.claimed == 1);
    CHECK(ada.handed_over == 1);
    CHECK(ada.released == 1);
    CHECK(ada.most_at_once == 2);
    CHECK(ada.capacity == 5);
    CHECK(line_of(report, "bea").asked == 2);
    CHECK(line_of(report, "cyd").asked == 0);
    REQUIRE(report.rules.size() == 1);
    CHECK(report.rules[0].alerts.raised == 3);
    CHECK(report.rules[0].alerts.not_needed == 1);
    CHECK(report.rules[0].reasons == std::map<std::string, std::size_t>{{"it was automated", 1}});
    CHECK(report.open_before == 0);
    CHECK(report.open_after == 2);
    const WeeklyReport next = report_on(house, "2026-03-08 23:00", "2026-03-15 23:00");
    CHECK(next.open_before == 2);
    CHECK(check(next) == Lines{});
}

TEST_CASE("the brand where a person should have answered is seen and counted") {
    House house{week_rules};
    house.know("lena", {"champion"}, "ada");
    house.know("mia", {"champion"}, "ada");
    const std::string one = house.say("lena", question, {.channel = "one"});
    const std::string two = house.say("mia", question, {.channel = "two"});
    house.later(5min);
    house.say("brand", "We are on it!", {.channel = "one", .reply_to = one});
    house.say("brand", "We are on it!", {.channel = "two", .reply_to = two});
    house.later(5min);
    house.say("ada", "It is me, Ada.", {.channel = "two", .reply_to = two});
    const WeeklyReport report = report_on(house);
    CHECK(report.brand.instead == 2);
    CHECK(report.brand.then_person == 1);
    CHECK(report.brand.only == 1);
}

TEST_CASE("relations: a first contact, one that grew, one that goes cold") {
    House house{week_rules};
    const auto talk = [&](const char* who, int times) {
        for (int i = 0; i < times; ++i) {
            const std::string id = house.say(who, question);
            house.later(1min);
            house.say("ada", "Like this. Did it help?", {.reply_to = id});
            house.later(std::chrono::days{1});
        }
    };
    house.at("2026-01-01 10:00");
    talk("cora", 12);  // familiar or closer, and silent since 12 January
    house.at("2026-02-10 10:00");
    talk("greta", 1);
    house.at("2026-03-02 10:00");
    talk("greta", 5);
    talk("nils", 1);
    const WeeklyReport report = report_on(house);
    REQUIRE(report.won.size() == 2);
    CHECK(report.won[0].name == "greta");
    CHECK(report.won[0].is > report.won[0].was);
    CHECK_FALSE(report.won[0].first_contact);
    CHECK(report.won[0].staffer == "ada");
    CHECK(report.won[1].name == "nils");
    CHECK(report.won[1].first_contact);
    CHECK(report.cold.empty());
    const WeeklyReport january = report_on(house, "2026-01-18 23:00", "2026-02-01 23:00");
    REQUIRE(january.cold.size() == 1);
    CHECK(january.cold[0].name == "cora");
    CHECK(january.cold[0].was >= Depth::familiar);
    CHECK(january.won.empty());
}

TEST_CASE("a past week is told as it was then, whatever was said since") {
    House house{week_rules};
    const std::string id = house.say("kim", question);
    house.later(30min);
    house.say("ada", "Like this.", {.reply_to = id});
    house.at("2026-03-09 10:00");
    const WeeklyReport then = report_on(house);
    for (int i = 0; i < 12; ++i) {
        const std::string more = house.say("kim", question);
        house.later(5min);
        house.say("ada", "Like this.", {.reply_to = more});
        house.later(1h);
    }
    const WeeklyReport later = report_on(house);
    CHECK(later.answers == then.answers);
    CHECK(later.by_depth == then.by_depth);
    CHECK(later.won.size() == then.won.size());
    CHECK(later.won.at(0).is == then.won.at(0).is);
}

TEST_CASE("gaps are shown as holes, on their day") {
    House house{week_rules};
    const Time from = moment("2026-03-04 08:00");
    Event event;
    event.body = Gap{{"chat", "home", "help"}, from, from + 2h, "the connection was lost"};
    event.seen = house.now();
    house.together({event});
    const WeeklyReport report = report_on(house);
    REQUIRE(report.gaps.size() == 1);
    CHECK(report.gaps[0].why == "the connection was lost");
    for (const Bucket& one : report.course) CHECK(one.gap == (one.label == "Wed 4"));
    CHECK(report_on(house, "2026-03-08 23:00", "2026-03-15 23:00").gaps.empty());
}

TEST_CASE("who was forgotten stays out, and nothing breaks") {
    House house{week_rules};
    house.know("lena", {"champion"}, "ada");
    const std::string id = house.say("lena", question);
    house.later(5min);
    house.say("ada", "Like this.", {.reply_to = id});
    house.put(EraseAccount{house.key("lena")});
    const WeeklyReport report = report_on(house);
    CHECK(check(report) == Lines{});
    CHECK(report.answers.total() == 0);
    CHECK(report.alerts.closed() == 1);
}

TEST_CASE("the middle and the ninetieth are lengths that really occurred") {
    CHECK(spread_of({}) == Spread{});
    CHECK(spread_of({5min}) == Spread{1, 5min, 5min});
    CHECK(spread_of({4min, 1min, 3min, 2min}) == Spread{4, 2min, 4min});
    std::vector<std::chrono::milliseconds> ten;
    for (int i = 10; i > 0; --i) ten.push_back(i * 1min);
    CHECK(spread_of(ten) == Spread{10, 5min, 9min});
}
