// Who joins a conversation shares it with those who are there.

#include <fmt/format.h>

#include "support/catch.hpp"
#include "support/house.hpp"

using namespace rapport;
using namespace rapport::test;
using namespace std::chrono_literals;

namespace {

const std::string_view kept_rules = R"(
rules:
  - name: refund
    when: message.text contains "refund"
    ask: [strongest tie, "@cyd"]
)";

const StaffTie* tie_to(const House& house, const AccountRow& who, std::string_view staff) {
    for (const StaffTie& tie : who.ties)
        if (tie.staff == house.account(staff).id) return &tie;
    return nullptr;
}

Saying in_thread(std::string root) {
    Saying how;
    how.thread = std::move(root);
    return how;
}

std::size_t rows_of(House& house, std::string_view table) {
    std::size_t count = 0;
    for (const std::string& row : house.all_rows())
        if (row.starts_with(fmt::format("{} ", table))) ++count;
    return count;
}

}  // namespace

TEST_CASE("who joins a conversation shares it with those whom they do not address, once, as no contact") {
    House house{kept_rules};
    const std::string root = house.say("kim", "Good morning");
    const std::string reply = house.say("lou", "Good morning kim", {.reply_to = root});
    house.say("ada", "Good morning lou", {.reply_to = reply});
    const AccountRow kim = house.account("kim");
    const StaffTie* shared = tie_to(house, kim, "ada");
    const AccountRow lou = house.account("lou");
    const StaffTie* replied = tie_to(house, lou, "ada");
    REQUIRE(shared);
    REQUIRE(replied);
    CHECK(shared->in == Approx(replied->in * 0.1));
    CHECK(shared->contacts == 0);
    CHECK(shared->last_in == never);
    CHECK(replied->contacts == 1);
    CHECK(rows_of(house, "ties") == 3);  // lou -> kim, ada -> lou, ada -> kim

    SECTION("what they say after that shares nothing more") {
        house.say("ada", "How are you, lou?", {.reply_to = reply});
        CHECK(house.account("kim").ties == kim.ties);
    }
    SECTION("nobody is asked because of it") {
        house.say("kim", "I want a refund", {.channel = "billing"});
        CHECK(house.only_alert().staffer == "cyd");
        CHECK(house.only_alert().why[1] == "nobody in the team has talked with them yet");
    }
}

TEST_CASE("the first eight others are met, machines and the brand are not") {
    House house{kept_rules};
    const std::string root = house.say("relay", "Release 2.0 is out", {.bot = true});
    house.say("brand", "Hear, hear", in_thread(root));
    for (int i = 0; i < 10; ++i) house.say(fmt::format("guest{}", i), "Hear, hear", in_thread(root));
    const std::size_t before = rows_of(house, "ties");
    house.say("ada", "Hear, hear", in_thread(root));
    // Of the first eight, two are a machine and the brand; the thread's first message is the machine's,
    // addressed.
    CHECK(rows_of(house, "ties") == before + 1 + 6);
    CHECK(tie_to(house, house.account("guest5"), "ada"));
    CHECK_FALSE(tie_to(house, house.account("guest6"), "ada"));
}
