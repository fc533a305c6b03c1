#include "bot/people/directory.hpp"

#include <algorithm>
#include <random>

#include "support/catch.hpp"
#include "unit/people/world_of_people.hpp"

using namespace rapport;
using namespace rapport::test;
using namespace std::chrono_literals;

namespace {

const Time start{std::chrono::sys_days{std::chrono::year{2026} / 3 / 2}};

Account said(const std::string& id) {
    Account account;
    account.key = {"chat", "home", id};
    return account;
}

/// Who is one person with whom, as sorted sets of ids.
std::set<std::set<AccountId>> partition(const State& state, const std::vector<AccountId>& all) {
    std::map<AccountId, std::set<AccountId>> by_person;
    for (const AccountId id : all) by_person[state.accounts.at(id).person].insert(id);
    std::set<std::set<AccountId>> parts;
    for (auto& [person, members] : by_person) parts.insert(members);
    return parts;
}

}  // namespace

TEST_CASE("a new account is a person of its own, seen now") {
    WorldOfPeople world;
    Account account = said("u1");
    account.handle = "sam";
    account.reach = 7;
    world.state.account_ids.set(account.key, AccountId::none);
    const AccountRow& row = recognise(world.state, account, start);
    CHECK(row.id == AccountId(1));
    CHECK(row.person == row.id);
    CHECK(row.key == account.key);
    CHECK(row.handle == "sam");
    CHECK(row.reach == 7);
    CHECK(row.first_seen == start);
    CHECK(row.last_seen == start);
    CHECK(world.state.accounts_of_person(row.id) == std::vector<AccountId>{row.id});
    CHECK(world.state.account_ids.find(account.key) == row.id);
    CHECK(world.state.accounts.is_new(row.id));
}

TEST_CASE("recognising asks for an account that nobody looked up") {
    WorldOfPeople world;
    CHECK_THROWS_AS(recognise(world.state, said("u1"), start), NotLoaded);
}

TEST_CASE("a changed handle is the same account, and empty members change nothing") {
    WorldOfPeople world;
    Account account = said("u1");
    account.handle = "sam";
    account.name = "Sam Reed";
    account.picture = "https://example.org/sam.png";
    account.reach = 70;
    account.bot = true;
    world.state.account_ids.set(account.key, AccountId::none);
    const AccountId id = recognise(world.state, account, start).id;
    const AccountRow before = world.state.accounts.at(id);
    AccountRow same = recognise(world.state, said("u1"), start);
    CHECK(same == before);
    Account renamed = said("u1");
    renamed.handle = "sam_reed";
    renamed.reach = 0;
    const AccountRow& after = recognise(world.state, renamed, start + 1h);
    CHECK(after.id == id);
    CHECK(after.handle == "sam_reed");
    CHECK(after.name == "Sam Reed");
    CHECK(after.picture == "https://example.org/sam.png");
    CHECK(after.reach == 0);
    CHECK(after.bot);
    CHECK(after.first_seen == start);
    CHECK(after.last_seen == start + 1h);
    recognise(world.state, said("u1"), start - 1h);
    CHECK(world.state.accounts.at(id).last_seen == start + 1h);
}

TEST_CASE("another account with the same old handle is another person") {
    WorldOfPeople world;
    Account old = said("u1"), other = said("u2");
    old.handle = other.handle = "sam";
    for (const Account& one : {old, other}) world.state.account_ids.set(one.key, AccountId::none);
    const AccountId a = recognise(world.state, old, start).id;
    const AccountId b = recognise(world.state, other, start).id;
    CHECK(a != b);
    CHECK(world.state.accounts.at(a).person != world.state.accounts.at(b).person);
}

TEST_CASE("a role is added once, an empty one never, and no more than 32") {
    AccountRow row;
    add_role(row, "speaker");
    add_role(row, "speaker");
    add_role(row, "");
    CHECK(row.roles == std::vector<std::string>{"speaker"});
    for (int i = 0; i < 100; ++i) add_role(row, "role" + std::to_string(i));
    CHECK(row.roles.size() == 32);
    CHECK(row.roles.back() == "role30");
}

TEST_CASE("team.yaml says who speaks for whom before the source does") {
    WorldOfPeople world;
    const auto speaker = [&](const char* name, std::string_view role, bool bot = false) {
        AccountRow row;
        row.key = {"chat", "home", name};
        row.bot = bot;
        return speaker_of(row, world.team, role, start);
    };
    CHECK(speaker("brand", "") == Speaker::brand);
    CHECK(speaker("brand", "staff") == Speaker::brand);
    CHECK(speaker("brand", "", true) == Speaker::brand);
    CHECK(speaker("ada", "") == Speaker::staff);
    CHECK(speaker("ada", "bot") == Speaker::staff);
    CHECK(speaker("sam", "") == Speaker::person);
    CHECK(speaker("sam", "champion") == Speaker::person);
    CHECK(speaker("sam", "staff") == Speaker::staff);
    CHECK(speaker("sam", "brand") == Speaker::brand);
    CHECK(speaker("sam", "bot") == Speaker::bot);
    CHECK(speaker("sam", "staff", true) == Speaker::bot);
}

TEST_CASE("somebody is staff only while they are on the team") {
    Staffer ada = WorldOfPeople::staffer("ada");
    ada.joined = start;
    ada.left = start + 24h;
    const Team team{{ada}, {}, {}, {}};
    AccountRow row;
    row.key = {"chat", "home", "ada"};
    CHECK(speaker_of(row, team, "", start - 1ms) == Speaker::person);
    CHECK(speaker_of(row, team, "", start) == Speaker::staff);
    CHECK(speaker_of(row, team, "", start + 24h) == Speaker::person);
}

TEST_CASE("a word to a staffer strengthens the tie of the accounts and the tie to staff") {
    WorldOfPeople world;
    const AccountId sam = world.id("sam"), ada = world.id("ada");
    world.talk(sam, ada, Interaction::reply, start);
    REQUIRE(world.state.added.ties.size() == 1);
    const TieAdded added = world.state.added.ties[0];
    CHECK(added.from == sam);
    CHECK(added.to == ada);
    CHECK(added.fast == Approx(world.context.fast.grown(start)));
    CHECK(added.deep == Approx(world.context.deep.grown(start)));
    CHECK(added.at == start);
    REQUIRE(world.account("sam").ties.size() == 1);
    CHECK(world.account("sam").ties[0].staff == ada);
    CHECK(world.account("sam").ties[0].out == Approx(added.fast));
    CHECK(world.account("sam").ties[0].in == 0);
    CHECK(world.account("ada").ties.empty());
    CHECK(world.state.added.community_changed);
    world.talk(ada, sam, Interaction::mention, start);
    REQUIRE(world.account("sam").ties.size() == 1);
    CHECK(world.account("sam").ties[0].in == Approx(0.5 * added.fast));
}

TEST_CASE("words among people, among staff, or to oneself make no tie to staff") {
    WorldOfPeople world;
    const AccountId sam = world.id("sam"), kim = world.id("kim"), ada = world.id("ada"),
                    bea = world.id("bea");
    world.talk(sam, kim, Interaction::reply, start);
    world.talk(ada, bea, Interaction::reply, start);
    CHECK(world.state.added.ties.size() == 2);
    world.talk(sam, sam, Interaction::reply, start);
    CHECK(world.state.added.ties.size() == 2);
    for (const AccountId one : {sam, kim, ada, bea}) CHECK(world.state.accounts.at(one).ties.empty());
    CHECK(world.state.community.ties.empty());
}

TEST_CASE("an interaction that weighs nothing leaves no trace") {
    WorldOfPeople world;
    world.config.ties.reaction = 0;
    world.talk(world.id("sam"), world.id("ada"), Interaction::reaction, start);
    CHECK(world.state.added.ties.empty());
    CHECK(world.account("sam").ties.empty());
}

TEST_CASE("to share a conversation brings two closer, but is no contact") {
    WorldOfPeople world;
    const AccountId sam = world.id("sam"), ada = world.id("ada");
    world.talk(sam, ada, Interaction::shared_conversation, start);
    world.talk(ada, sam, Interaction::shared_conversation, start);
    const StaffTie& tie = world.account("sam").ties.at(0);
    CHECK(tie.out > 0);
    CHECK(tie.in > 0);
    CHECK(tie.contacts == 0);
    CHECK(tie.last_out == never);
    CHECK(tie.last_in == never);
}

TEST_CASE("the community's histogram always equals a recount of all ties") {
    WorldOfPeople world;
    std::mt19937 random{17};
    std::vector<AccountId> people, staff;
    for (int i = 0; i < 12; ++i) people.push_back(world.id("p" + std::to_string(i)));
    for (const char* name : {"ada", "bea", "cyd"}) staff.push_back(world.id(name));
    for (int i = 0; i < 3000; ++i) {
        const AccountId a = people[random() % people.size()], b = staff[random() % staff.size()];
        const bool outward = random() % 2 == 0;
        const auto kind = Interaction(random() % 4);
        world.talk(outward ? a : b, outward ? b : a, kind, start + std::chrono::hours{random() % 20000});
        if (i % 97 == 0) REQUIRE(world.state.community == recount(world.state, staff.back()));
    }
    CHECK(world.state.community == recount(world.state, staff.back()));
}

TEST_CASE("accounts that are one person already are not linked again, nor a lone one un-linked") {
    WorldOfPeople world;
    const AccountId a = world.id("a"), b = world.id("b");
    CHECK(link_accounts(world.state, a, b));
    CHECK_FALSE(link_accounts(world.state, b, a));
    CHECK(world.state.accounts_of_person(a) == std::vector<AccountId>{a, b});
    CHECK(unlink_account(world.state, a));
    CHECK_FALSE(unlink_account(world.state, a));
    CHECK_FALSE(unlink_account(world.state, b));
}

TEST_CASE("linked by mistake and un-linked: everything is as if it had never been") {
    WorldOfPeople world;
    const AccountId a = world.id("a"), b = world.id("b"), c = world.id("c"), ada = world.id("ada");
    world.talk(a, ada, Interaction::reply, start);
    world.talk(ada, b, Interaction::reply, start + 1h);
    link_accounts(world.state, a, c);
    const auto rows = [&] {
        return std::vector<AccountRow>{world.account("a"), world.account("b"), world.account("c")};
    };
    const auto before = rows();
    const double tie = world.view(a, start + 2h).ties.at(0).strength;
    link_accounts(world.state, a, b);
    CHECK(world.view(c, start + 2h).ties.at(0).strength > tie);
    unlink_account(world.state, b);
    CHECK(rows() == before);
    CHECK(world.view(a, start + 2h).ties.at(0).strength == tie);
    CHECK(world.state.accounts_of_person(c) == std::vector<AccountId>{a, c});
    CHECK(world.state.accounts_of_person(b) == std::vector<AccountId>{b});
}

TEST_CASE("links and un-links at random give the same sets as a simple model") {
    for (unsigned seed = 0; seed < 60; ++seed) {
        WorldOfPeople world;
        std::mt19937 random{seed};
        std::vector<AccountId> all;
        std::set<std::set<AccountId>> model;
        for (int i = 0; i < 8; ++i) {
            all.push_back(world.id("p" + std::to_string(i)));
            model.insert({all.back()});
        }
        const auto part_of = [&](AccountId id) {
            return *std::find_if(model.begin(), model.end(),
                                 [&](const auto& part) { return part.contains(id); });
        };
        for (int step = 0; step < 60; ++step) {
            const AccountId a = all[random() % all.size()], b = all[random() % all.size()];
            std::set<AccountId> part = part_of(a);
            if (random() % 5 < 2) {
                CHECK(unlink_account(world.state, a) == (part.size() > 1));
                model.erase(part);
                part.erase(a);
                if (!part.empty()) model.insert(part);
                model.insert({a});
            } else {
                CHECK(link_accounts(world.state, a, b) == !part.contains(b));
                std::set<AccountId> other = part_of(b);
                model.erase(part);
                model.erase(other);
                part.merge(other);
                model.insert(part);
            }
            REQUIRE(partition(world.state, all) == model);
            for (const AccountId id : all) {
                const std::vector<AccountId>& members = world.state.accounts_of_person(id);
                const std::set<AccountId> expected = part_of(id);
                REQUIRE(members == std::vector<AccountId>(expected.begin(), expected.end()));
                REQUIRE(world.state.accounts.at(id).person == *expected.begin());
            }
            REQUIRE(world.state.persons.size() == model.size());
        }
    }
}

TEST_CASE("the order of links does not matter") {
    std::vector<std::pair<int, int>> links{{0, 1}, {2, 3}, {1, 2}, {4, 5}};
    std::optional<std::vector<AccountId>> first;
    std::sort(links.begin(), links.end());
    do {
        WorldOfPeople world;
        std::vector<AccountId> all, persons;
        for (int i = 0; i < 6; ++i) all.push_back(world.id("p" + std::to_string(i)));
        for (const auto& [a, b] : links) link_accounts(world.state, all[std::size_t(b)], all[std::size_t(a)]);
        for (const AccountId id : all) persons.push_back(world.state.accounts.at(id).person);
        if (!first) first = persons;
        CHECK(persons == *first);
    } while (std::next_permutation(links.begin(), links.end()));
}

TEST_CASE("of those whom somebody addresses, the ones addressed most are kept, and nobody of the team") {
    WorldOfPeople world;
    const AccountId kim = world.id("kim");
    const AccountId often = world.id("often");
    for (int i = 0; i < 3; ++i) world.talk(kim, often, Interaction::reply, start);
    world.talk(kim, world.id("ada"), Interaction::reply, start);
    world.talk(kim, world.id("seen"), Interaction::reaction, start);
    for (std::size_t i = 0; i < 2 * max_friends; ++i)
        world.talk(kim, world.id("p" + std::to_string(i)), Interaction::mention, start);
    const std::vector<Friend>& friends = world.state.accounts.at(kim).friends;
    REQUIRE(friends.size() == max_friends);
    CHECK(friends.front() == Friend{often, 3});
    CHECK(friends.back() == Friend{world.id("p" + std::to_string(2 * max_friends - 1)), 1});
    for (const char* none : {"ada", "seen"})
        CHECK(std::none_of(friends.begin(), friends.end(),
                           [&](const Friend& one) { return one.who == world.id(none); }));
    CHECK(world.state.accounts.at(often).friends.empty());
}
