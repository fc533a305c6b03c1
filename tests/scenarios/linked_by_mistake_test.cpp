// Scenario 21: two accounts linked, by mistake, then un-linked.

#include <algorithm>

#include "scenarios/told.hpp"
#include "support/catch.hpp"
#include "support/house.hpp"

using namespace rapport;
using namespace rapport::test;
using namespace std::chrono_literals;

namespace {

const std::string_view kept_rules = R"(
rules:
  - name: brand-problem
    title: Somebody has a problem with us
    when: message.mentions_brand and message.kind in [problem, complaint]
    ask: [on duty in support]
    cooldown: 2h
  - name: champion-waits
    title: A champion is waiting for an answer
    when: person.role in [champion] and message.needs_reply
    ask: [owner, strongest tie]
    cooldown: 1d
)";

/// Two houses in which the same is said; in one of them kim's and lou's accounts are linked for a while.
class Twins {
public:
    template <class Do>
    void both(Do act) {
        act(linked);
        act(never_linked);
    }
    void say(std::string_view who, std::string_view text, Saying how = {}) {
        both([&](House& house) { house.say(who, text, how); });
    }
    void link() {
        linked.put(LinkAccounts{linked.key("kim"), linked.key("lou"), "ada"});
        never_linked.put(Tick{});
    }
    void unlink(std::string_view who) {
        linked.put(UnlinkAccount{linked.key(who), "ada"});
        never_linked.put(Tick{});
    }
    House linked{kept_rules};
    House never_linked{kept_rules};
};

/// The rows that only one of the two has.
std::vector<std::string> differences(Twins& twins) {
    const auto a = twins.linked.all_rows();
    const auto b = twins.never_linked.all_rows();
    std::vector<std::string> rows;
    std::set_symmetric_difference(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(rows));
    return rows;
}

/// What everybody is to everybody before the mistake.
void meet(House& house) {
    house.know("kim", {"champion"}, "ada");
    house.know("lou", {"customer"}, "cyd");
    const std::string kim = house.say("kim", "ada: hi, will the talk be recorded?");
    house.later(1min);
    house.say("ada", "kim: yes", {.reply_to = kim});
    house.later(1h);
    const std::string lou = house.say("lou", "How do I mirror the repository?", {.channel = "mirrors"});
    house.later(1min);
    house.say("bea", "With the script, here", {.channel = "mirrors", .reply_to = lou});
    house.later(24h);
}

}  // namespace

TEST_CASE("scenario 21: linked by mistake and un-linked at once, every row is as if never linked") {
    Twins twins;
    twins.both(meet);
    REQUIRE(differences(twins).empty());
    twins.link();
    CHECK(differences(twins).size() == 4);  // both accounts: who they are one person with, and why
    State state;
    CHECK(twins.linked.person("lou", state).accounts.size() == 2);
    twins.unlink(GENERATE("kim", "lou"));
    CHECK(differences(twins) == std::vector<std::string>{});
}

TEST_CASE("scenario 21: what was said, answered and asked while linked is kept by account") {
    Twins twins;
    twins.both(meet);
    twins.link();
    // While linked, both talk, with staff and with each other, and alerts are raised, answered and put off.
    twins.say("kim", "lou: thanks for the tip");
    twins.both([](House& house) { house.later(1min); });
    twins.say("lou", "Acme crashes when I mirror the repository, it is broken!", {.channel = "mirrors"});
    twins.both([](House& house) {
        const AlertRow alert = house.alerts().back();
        REQUIRE(alert.rule == "brand-problem");
        REQUIRE(alert.about == house.account("lou").id);
        house.later(1min);
        house.press("bea", alert.id, "claim");
        house.later(1min);
        house.say("bea", "lou: looking into it", {.channel = "mirrors", .mentions = {"lou"}});
        house.later(3h);
    });
    twins.say("kim", "Acme does not start any more, it is broken!", {.channel = "start"});
    twins.both([](House& house) {
        REQUIRE(house.alerts().back().about == house.account("kim").id);
        house.press("cyd", house.alerts().back().id, "snooze", "1h");
        house.later(5min);
    });
    twins.unlink(GENERATE("kim", "lou"));
    CHECK(differences(twins) == std::vector<std::string>{});

    // And what comes after is decided alike: owner, role, cooldown, ties, depth and value are each account's
    // own.
    twins.both([](House& house) { house.later(48h); });
    twins.say("lou", "Is there a mirror in Japan?", {.channel = "japan"});
    twins.say("kim", "Is there a mirror in Japan?", {.channel = "japan2"});
    twins.say("lou", "Acme fails again, it is broken!", {.channel = "japan3"});
    CHECK(differences(twins) == std::vector<std::string>{});
    for (const std::string_view who : {"kim", "lou"}) {
        State a, b;
        const PersonView one = twins.linked.person(who, a);
        const PersonView other = twins.never_linked.person(who, b);
        CHECK(one.value == other.value);
        CHECK(one.depth == other.depth);
        REQUIRE(one.ties.size() == other.ties.size());
        for (std::size_t i = 0; i < one.ties.size(); ++i)
            CHECK(one.ties[i].strength == other.ties[i].strength);
    }
    CHECK(twins.linked.cards.size() == twins.never_linked.cards.size());
}

TEST_CASE("scenario 21: while linked they are one person: the sums are the sums of both") {
    Twins twins;
    twins.both(meet);
    State a, b, c;
    const PersonView kim = twins.never_linked.person("kim", a);
    const PersonView lou = twins.never_linked.person("lou", b);
    twins.link();
    const PersonView both = twins.linked.person("lou", c);
    CHECK(both.messages == kim.messages + lou.messages);
    CHECK(both.roles == std::vector<std::string_view>{"champion", "customer"});
    CHECK(both.owner == "ada");
    // The one whom the owner knows is asked about the other account too.
    twins.linked.say("lou", "Is there a mirror in Japan?", {.channel = "japan"});
    CHECK(twins.linked.alerts().back().rule == "champion-waits");
    CHECK(twins.linked.alerts().back().staffer == "ada");
}
