#include "bot/network/roles.hpp"

#include <algorithm>

#include "support/catch.hpp"

using namespace rapport;
using namespace rapport::network;
using namespace std::chrono_literals;

namespace {

constexpr Time spring{std::chrono::sys_days{std::chrono::year{2026} / 3 / 1}};
using Days = std::chrono::days;

std::string day_text(std::string_view, Time at) {
    return std::to_string(std::chrono::duration_cast<Days>(at - spring).count());
}

/// Talk of numbered people, in the order in which it is told.
struct Told {
    std::vector<Line> lines{};
    Told& asks(Node from, Time at) {
        lines.push_back({from, nobody, at, true});
        return *this;
    }
    Told& answers(Node from, Node to, Time at, bool asks_back = false) {
        lines.push_back({from, to, at, asks_back});
        return *this;
    }
    Told& says(Node from, Time at) {
        lines.push_back({from, nobody, at, false});
        return *this;
    }
    std::vector<SuggestedRole> roles(Role role, Time now) const {
        std::vector<SuggestedRole> all = roles_of(lines, 40, now);
        std::erase_if(all, [&](const SuggestedRole& one) { return one.role != role; });
        return all;
    }
};

std::string reason(const SuggestedRole& role) {
    return reason_of(role, day_text, "UTC");
}

}  // namespace

TEST_CASE("a helper answers what others ask, and asks back without becoming somebody who asks") {
    Told told;
    for (Node who = 1; who <= 3; ++who)
        told.asks(who, spring).answers(0, who, spring + 1h, true).answers(who, 0, spring + 2h);
    const auto helpers = told.roles(Role::helper, spring + Days{1});
    REQUIRE(helpers.size() == 1);
    CHECK(helpers[0].who == 0);
    CHECK(reason(helpers[0]) == "answered questions of 3 people, asked 0");
    told.asks(0, spring + 3h).asks(0, spring + 3h);
    CHECK(told.roles(Role::helper, spring + Days{1}).empty());
}

TEST_CASE("small talk, and what is said days after a question, help nobody") {
    Told told;
    for (Node who = 1; who <= 5; ++who) told.says(who, spring).answers(0, who, spring + 1h);
    for (Node who = 6; who <= 9; ++who) told.asks(who, spring + 2h).answers(0, who, spring + Days{3});
    CHECK(told.roles(Role::helper, spring + Days{4}).empty());
}

TEST_CASE("a connector has acquaintances in several circles") {
    Told told;
    for (int round = 0; round < 5; ++round)
        for (Node circle = 0; circle < 2; ++circle)
            for (Node a = 0; a < 4; ++a)
                for (Node b = 0; b < 4; ++b)
                    if (a != b) told.answers(10 + 10 * circle + a, 10 + 10 * circle + b, spring);
    for (Node a = 0; a < 3; ++a) told.answers(0, 10 + a, spring).answers(0, 20 + a, spring);
    const auto connectors = told.roles(Role::connector, spring + Days{1});
    REQUIRE(connectors.size() == 1);
    CHECK(connectors[0].who == 0);
    CHECK(reason(connectors[0]) == "talks with 6 people of 2 circles that else hardly talk with one another");
}

TEST_CASE("a newcomer is seen first within the last month, if there was talk before") {
    Told told;
    told.says(1, spring).says(2, spring + Days{50}).says(2, spring + Days{51});
    const auto newcomers = told.roles(Role::newcomer, spring + Days{60});
    REQUIRE(newcomers.size() == 1);
    CHECK(newcomers[0].who == 2);
    CHECK(reason(newcomers[0]) == "first seen 50, 2 messages since");
    CHECK(told.roles(Role::newcomer, spring + Days{90}).empty());
    CHECK(Told{}.says(1, spring).roles(Role::newcomer, spring + Days{1}).empty());
}

TEST_CASE("whoever asked and was not answered waits, from an hour to two weeks") {
    Told told;
    told.asks(1, spring).asks(1, spring + 10min).asks(2, spring).answers(3, 2, spring + 5min);
    CHECK(told.roles(Role::waiting, spring + 30min).empty());
    const auto waiting = told.roles(Role::waiting, spring + 2h);
    REQUIRE(waiting.size() == 1);
    CHECK(waiting[0].who == 1);
    CHECK(reason(waiting[0]) == "2 questions without an answer since 0");
    CHECK(told.roles(Role::waiting, spring + Days{15}).empty());
    told.answers(3, 1, spring + 3h);
    CHECK(told.roles(Role::waiting, spring + 4h).empty());
}

TEST_CASE("rising is clearly more than before, and more than chance") {
    const auto rising = [](int before, int now) {
        Told told;
        told.says(9, spring);
        for (int i = 0; i < before; ++i) told.says(1, spring + Days{60 * i / std::max(1, before)});
        for (int i = 0; i < now; ++i) told.says(1, spring + Days{65} + 1h * i);
        return told.roles(Role::rising, spring + Days{90});
    };
    REQUIRE(rising(12, 31).size() == 1);
    CHECK(reason(rising(12, 31)[0]) == "31 messages in the last 30 days, where 6 would be usual");
    CHECK(rising(12, 9).empty());
    CHECK(rising(60, 35).empty());
    CHECK(rising(0, 31).empty());
}

TEST_CASE("leaving is a silence that was never so long") {
    Told told;
    for (int i = 0; i < 12; ++i) told.says(1, spring + Days{4 * i});
    CHECK(told.roles(Role::leaving, spring + Days{44 + 10}).empty());
    const auto leaving = told.roles(Role::leaving, spring + Days{44 + 20});
    REQUIRE(leaving.size() == 1);
    CHECK(reason(leaving[0]) == "silent for 20 days since 44, never before for more than 4");
    told.says(1, spring + Days{44 + 21});
    CHECK(told.roles(Role::leaving, spring + Days{44 + 22}).empty());
}

TEST_CASE("no talk, no roles, and talk with oneself is none") {
    CHECK(roles_of({}, 0, spring).empty());
    Told told;
    told.asks(1, spring).answers(1, 1, spring + 1h);
    CHECK(told.roles(Role::helper, spring + 2h).empty());
    CHECK(told.roles(Role::waiting, spring + 2h).size() == 1);
}
