#include "bot/people/person.hpp"

#include <cmath>
#include <random>

#include "support/catch.hpp"
#include "unit/people/world_of_people.hpp"

using namespace rapport;
using namespace rapport::test;
using namespace std::chrono_literals;

namespace {

const Time begin_of_year{std::chrono::sys_days{std::chrono::year{2026} / 3 / 2}};

double sum_of(const std::vector<ValueTerm>& terms) {
    double sum = 0;
    for (const ValueTerm& term : terms) sum += term.points;
    return sum;
}

CommunityRow community_of(const std::vector<double>& forward_sums) {
    CommunityRow community;
    for (const double sum : forward_sums) ++community.ties[community_bucket(sum)];
    return community;
}

}  // namespace

TEST_CASE("a person is the sum of their accounts") {
    WorldOfPeople world;
    AccountRow& a = world.account("sam", "chat", begin_of_year + 2h);
    AccountRow& b = world.account("sam", "mail", begin_of_year);
    a.roles = {"speaker", "customer"};
    b.roles = {"customer", "press"};
    a.reach = 100;
    b.reach = 23;
    a.messages = 4;
    b.messages = 5;
    b.owner = "bea";
    b.muted_until = begin_of_year + 5h;
    link_accounts(world.state, a.id, b.id);
    const PersonView person = world.view(b.id, begin_of_year + 3h);
    CHECK(person.accounts.size() == 2);
    CHECK(person.roles == std::vector<std::string_view>{"speaker", "customer", "press"});
    CHECK(person.reach == 123);
    CHECK(person.messages == 9);
    CHECK(person.owner == "bea");
    CHECK(person.first_seen == begin_of_year);
    CHECK(person.muted_until == begin_of_year + 5h);
    CHECK(person.account == b.id);
    CHECK(&person.self() == world.state.accounts.find(b.id));
    CHECK_FALSE(person.bot);
}

TEST_CASE("the owner is that of the first account that has one, and one bot account makes a bot") {
    WorldOfPeople world;
    AccountRow& a = world.account("sam", "chat");
    AccountRow& b = world.account("sam", "mail");
    a.owner = "ada";
    b.owner = "bea";
    b.bot = true;
    link_accounts(world.state, a.id, b.id);
    CHECK(world.view(a.id, begin_of_year).owner == "ada");
    CHECK(world.view(b.id, begin_of_year).owner == "ada");
    CHECK(world.view(a.id, begin_of_year).bot);
}

TEST_CASE("a reach that nobody told is unknown, and an unknown one does not lower a known one") {
    WorldOfPeople world;
    AccountRow& a = world.account("sam", "chat");
    AccountRow& b = world.account("sam", "mail");
    CHECK(world.view(a.id, begin_of_year).reach == -1);
    b.reach = 0;
    link_accounts(world.state, a.id, b.id);
    CHECK(world.view(a.id, begin_of_year).reach == 0);
    b.reach = 40;
    CHECK(world.view(a.id, begin_of_year).reach == 40);
}

TEST_CASE("somebody is shown by name, or handle, or id") {
    AccountRow row;
    row.key.id = "U1";
    CHECK(shown_name(row) == "U1");
    row.handle = "sam";
    CHECK(shown_name(row) == "sam");
    row.name = "Sam Reed";
    CHECK(shown_name(row) == "Sam Reed");
}

TEST_CASE("ties of two accounts to two accounts of one staffer are one tie, exactly the sum") {
    WorldOfPeople world;
    std::mt19937 random{3};
    const AccountId mine[] = {world.id("sam", "chat"), world.id("sam", "mail")};
    const AccountId theirs[] = {world.id("ada", "chat"), world.id("ada", "mail")};
    double out = 0, in = 0;
    const Time now = begin_of_year + 1000h;
    for (int i = 0; i < 60; ++i) {
        const AccountId a = mine[random() % 2], b = theirs[random() % 2];
        const Time at = begin_of_year + std::chrono::hours{random() % 900};
        const bool outward = random() % 2 == 0;
        world.talk(outward ? a : b, outward ? b : a, Interaction::reply, at);
        const double left = std::pow(0.9, double((now - at).count()) / (30.436875 * 24 * 3600 * 1000));
        (outward ? out : in) += left;
    }
    link_accounts(world.state, mine[0], mine[1]);
    const PersonView person = world.view(mine[1], now);
    REQUIRE(person.ties.size() == 1);
    CHECK(person.ties[0].staffer->name == "ada");
    CHECK(person.ties[0].strength == Approx(mutual_strength(out, in)));
    CHECK(person.ties[0].contacts == 60);
}

TEST_CASE("the strongest tie comes first, and equal ones by name") {
    WorldOfPeople world;
    const AccountId sam = world.id("sam");
    world.talk(sam, world.id("bea"), Interaction::reply, begin_of_year);
    world.talk(sam, world.id("ada"), Interaction::mention, begin_of_year);
    world.talk(sam, world.id("cyd"), Interaction::reply, begin_of_year);
    const PersonView person = world.view(sam, begin_of_year);
    REQUIRE(person.ties.size() == 3);
    CHECK(person.ties[0].staffer->name == "bea");
    CHECK(person.ties[1].staffer->name == "cyd");
    CHECK(person.ties[2].staffer->name == "ada");
}

TEST_CASE("a tie to somebody who has left is not shown any more") {
    WorldOfPeople world;
    Staffer ada = WorldOfPeople::staffer("ada");
    ada.left = begin_of_year + 24h;
    const Team team{{ada, WorldOfPeople::staffer("bea")}, {}, {}, {}};
    const PeopleContext context{team, world.config};
    const AccountId sam = world.id("sam");
    world.talk(sam, world.id("ada"), Interaction::reply, begin_of_year);
    CHECK(view_person(world.state, context, sam, begin_of_year + 23h).ties.size() == 1);
    CHECK(view_person(world.state, context, sam, begin_of_year + 24h).ties.empty());
}

TEST_CASE("the last contact is when staff last answered, not when they were last addressed") {
    WorldOfPeople world;
    const AccountId sam = world.id("sam");
    CHECK(world.view(sam, begin_of_year).last_contact() == never);
    world.talk(world.id("ada"), sam, Interaction::reply, begin_of_year + 1h);
    world.talk(world.id("bea"), sam, Interaction::reply, begin_of_year + 3h);
    world.talk(sam, world.id("ada"), Interaction::reply, begin_of_year + 9h);
    CHECK(world.view(sam, begin_of_year + 10h).last_contact() == begin_of_year + 3h);
}

TEST_CASE("a level is reached at its threshold and not just below") {
    const DepthThresholds thresholds{1, 4, 12, 30};
    CHECK(depth_of(0, thresholds) == Depth::stranger);
    CHECK(depth_of(std::nextafter(1.0, 0.0), thresholds) == Depth::stranger);
    CHECK(depth_of(1, thresholds) == Depth::acquaintance);
    CHECK(depth_of(4, thresholds) == Depth::familiar);
    CHECK(depth_of(11.99, thresholds) == Depth::familiar);
    CHECK(depth_of(12, thresholds) == Depth::close);
    CHECK(depth_of(30, thresholds) == Depth::core);
    CHECK(name_of(Depth::core) == "core");
    CHECK(name_of(Depth::stranger) == "stranger");
}

TEST_CASE("in a small community the floors hold, in a strong one the percentiles") {
    const Decay deep{0.97};
    DepthConfig config;
    const double grown = deep.grown(begin_of_year);
    CHECK(depth_thresholds({}, config, deep, begin_of_year) == config.floors);
    const auto weak = community_of({grown * 0.1, grown * 0.2, grown * 0.2});
    CHECK(depth_thresholds(weak, config, deep, begin_of_year) == config.floors);
    std::vector<double> sums;
    for (int i = 1; i <= 100; ++i) sums.push_back(grown * 10 * i);
    const DepthThresholds strong = depth_thresholds(community_of(sums), config, deep, begin_of_year);
    const double expected[] = {500, 750, 900, 980};
    for (std::size_t level = 0; level < 4; ++level) {
        CHECK(strong[level] <= expected[level] * 1.0001);
        CHECK(strong[level] >
              expected[level] / std::exp2(0.25) * 0.9999);  // a bucket is a quarter of a power
    }
}

TEST_CASE("half the community is at the median or above it") {
    const Decay deep{0.97};
    DepthConfig config;
    config.floors = {1e-9, 2e-9, 3e-9, 4e-9};
    std::mt19937 random{5};
    std::vector<double> sums;
    for (int i = 0; i < 1000; ++i)
        sums.push_back(deep.grown(begin_of_year) * std::exp2(double(random() % 1000) / 100));
    const DepthThresholds at = depth_thresholds(community_of(sums), config, deep, begin_of_year);
    const auto share = [&](double threshold) {
        return double(std::count_if(
                   sums.begin(), sums.end(),
                   [&](double sum) { return deep.read(sum, begin_of_year) >= threshold * 0.9999; })) /
               double(sums.size());
    };
    CHECK(share(at[0]) == Approx(0.50).margin(0.03));
    CHECK(share(at[1]) == Approx(0.25).margin(0.03));
    CHECK(share(at[2]) == Approx(0.10).margin(0.03));
    CHECK(share(at[3]) == Approx(0.02).margin(0.03));
}

TEST_CASE("where percentiles decide, silence of all changes nobody's level, since all fade alike") {
    WorldOfPeople world;
    world.config.depth.floors = {1e-9, 2e-9, 3e-9, 4e-9};
    std::vector<AccountId> people;
    for (int i = 0; i < 40; ++i) {
        people.push_back(world.id("p" + std::to_string(i)));
        for (int k = 0; k <= i; ++k)
            world.talk(people.back(), world.id("ada"), Interaction::reply, begin_of_year);
    }
    std::map<Depth, int> levels;
    for (const AccountId one : people) {
        const Depth now = world.view(one, begin_of_year).depth;
        CHECK(world.view(one, begin_of_year + std::chrono::days{700}).depth == now);
        ++levels[now];
    }
    CHECK(levels[Depth::stranger] > 0);
    CHECK(levels[Depth::familiar] > 0);
    CHECK(levels[Depth::core] > 0);
}

TEST_CASE("where the floors decide, a level is lost slowly") {
    WorldOfPeople world;
    const AccountId sam = world.id("sam"), ada = world.id("ada");
    for (int i = 0; i < 3; ++i) {
        world.talk(sam, ada, Interaction::reply, begin_of_year);
        world.talk(ada, sam, Interaction::reply, begin_of_year);
    }
    CHECK(world.view(sam, begin_of_year).depth == Depth::familiar);  // 6 of 4
    CHECK(world.view(sam, begin_of_year + std::chrono::days{365}).depth == Depth::familiar);
    CHECK(world.view(sam, begin_of_year + std::chrono::days{500}).depth == Depth::acquaintance);
}

TEST_CASE("the terms of a value say what they are and sum to it") {
    WorldOfPeople world;
    AccountRow& row = world.account("sam");
    row.roles = {"champion", "gardener", "speaker"};
    row.reach = 1000;
    const AccountId ada = world.id("ada");
    world.talk(row.id, ada, Interaction::reply, begin_of_year);
    world.talk(ada, row.id, Interaction::reply, begin_of_year);
    world.talk(ada, row.id, Interaction::reply, begin_of_year);
    const PersonView person = world.view(row.id, begin_of_year);
    const auto terms = value_terms(person, world.config.value);
    REQUIRE(terms.size() == 5);
    CHECK(terms[0].what == "role champion");
    CHECK(terms[0].points == 30);
    CHECK(terms[1].what == "role speaker");
    CHECK(terms[1].points == 15);
    CHECK(terms[2].what == "depth acquaintance");
    CHECK(terms[2].points == 8);
    CHECK(terms[3].what == "reach 1000");
    CHECK(terms[3].points == Approx(15));
    CHECK(terms[4].what == "tie to ada of the team");
    CHECK(terms[4].points == Approx(4 * std::log2(1 + 2.25)));
    CHECK(person.value == Approx(sum_of(terms)));
}

TEST_CASE("a value is never above the cap and never below zero") {
    ValueConfig config;
    CHECK(value_of({{"a", 70}, {"b", 50}}, config) == 100);
    CHECK(value_of({{"a", 70}, {"b", -90}}, config) == 0);
    CHECK(value_of({{"a", 70}, {"b", -20}}, config) == 50);
    CHECK(value_of({}, config) == 0);
    config.cap = 60;
    CHECK(value_of({{"a", 70}}, config) == 60);
}

TEST_CASE("a view asks for what is not loaded") {
    WorldOfPeople world;
    const AccountId sam = world.id("sam");
    world.talk(sam, world.id("ada"), Interaction::reply, begin_of_year);
    State other;
    CHECK_THROWS_AS(view_person(other, world.context, sam, begin_of_year), NotLoaded);
    other.accounts.load(world.state.accounts.at(sam));
    CHECK_THROWS_AS(view_person(other, world.context, sam, begin_of_year), NotLoaded);
    other.persons[sam] = {sam};
    CHECK_THROWS_AS(view_person(other, world.context, sam, begin_of_year), NotLoaded);
    other.accounts.load(world.account("ada"));
    CHECK(view_person(other, world.context, sam, begin_of_year).ties.size() == 1);
}
