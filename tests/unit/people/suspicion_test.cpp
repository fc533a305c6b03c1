#include "bot/people/suspicion.hpp"

#include "support/catch.hpp"

using namespace rapport;
using namespace std::chrono_literals;

namespace {

const Time noon{std::chrono::sys_days{std::chrono::year{2026} / 3 / 2} + 12h};

AccountRow named(std::string handle) {
    AccountRow row;
    row.handle = std::move(handle);
    return row;
}

void repeat(AccountRow& row, int places, Time at = noon) {
    for (int i = 1; i <= places; ++i)
        note_same_text(row, i % 2 ? "Buy cheap tokens here, now!" : "buy  cheap tokens here, NOW!",
                       ChannelId(i), at);
}

}  // namespace

TEST_CASE("a bot is a word of its own") {
    for (const char* name :
         {"bot", "Bot", "acme-bot", "AcmeBot", "bot_7", "the bot", "GithubBOT", "BotFather"})
        CHECK(calls_itself_bot(name));
    for (const char* name : {"", "abbot", "botany", "Talbot", "robots", "Bo t", "b\xC3\xB4t", "Abbott"})
        CHECK_FALSE(calls_itself_bot(name));
}

TEST_CASE("one sign is not enough, but for the strongest") {
    CHECK_FALSE(suspect(named("acme-bot"), true, noon).enough());
    AccountRow young = named("kim");
    young.created = noon - 24h;
    CHECK_FALSE(suspect(young, true, noon).enough());
    AccountRow talker = named("kim");
    repeat(talker, 2);
    CHECK(suspect(talker, true, noon).score == 0);
    repeat(talker, 4);
    CHECK_FALSE(suspect(talker, true, noon).enough());
    repeat(talker, 5);
    CHECK(suspect(talker, false, noon).enough());
}

TEST_CASE("two signs are enough, and each is named") {
    AccountRow young = named("promo-bot");
    young.created = noon - 24h;
    const Suspicion found = suspect(young, true, noon);
    CHECK(found.enough());
    CHECK(found.reasons == std::vector<std::string>{"calls itself a bot (0.6)",
                                                    "made less than two days ago, and posts a link (0.5)"});
    CHECK_FALSE(suspect(young, false, noon).enough());
    CHECK_FALSE(suspect(young, true, noon + 24h).enough());  // two days old by now
    AccountRow talker = named("acme-bot");
    repeat(talker, 3);
    CHECK(suspect(talker, false, noon).enough());
}

TEST_CASE("whom the team knows, or has looked at, is never suspected") {
    AccountRow row = named("acme-bot");
    repeat(row, 8);
    REQUIRE(suspect(row, true, noon).enough());
    AccountRow human = row, owned = row, met = row;
    human.human = true;
    owned.owner = "ada";
    met.ties.push_back({AccountId{9}});
    met.ties.back().last_in = noon;
    for (const AccountRow* one : {&human, &owned, &met}) CHECK(suspect(*one, true, noon).score == 0);
}

TEST_CASE("what is remembered of repeated texts is bounded and fades within a day") {
    AccountRow row = named("kim");
    repeat(row, 40);
    CHECK(row.same.size() == 1);
    CHECK(row.same[0].channels.size() == 8);
    CHECK(suspect(row, false, noon + 23h).enough());
    CHECK_FALSE(suspect(row, false, noon + 24h).enough());
    note_same_text(row, "thanks!", ChannelId{1}, noon);
    note_same_text(row, "Another text of some length", ChannelId{1}, noon);
    note_same_text(row, "A third text of some length", ChannelId{1}, noon);
    CHECK(row.same.size() == 2);
}
