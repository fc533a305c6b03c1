#include "bot/people/proof.hpp"

#include "support/catch.hpp"
#include "unit/people/world_of_people.hpp"

using namespace rapport;
using namespace rapport::test;

TEST_CASE("an e-mail is a claim in one spelling, and one that several read is none") {
    CHECK(email_claim("Ada.Berg@Example.ORG") == "mail:ada.berg@example.org");
    CHECK(email_claim("ada+news@example.org") == "mail:ada+news@example.org");
    for (const char* none : {"", "ada", "@example.org", "ada@localhost", "ada berg@example.org",
                             "info@example.org", "Support@example.org", "ada@example.org\n"})
        CHECK(email_claim(none).empty());
    CHECK(email_claim(std::string(300, 'a') + "@example.org").empty());
}

TEST_CASE("an address is a claim in one spelling") {
    for (const char* same :
         {"https://example.org/@Ada", "http://www.Example.org/@Ada/", "HTTPS://example.org/@Ada#me"})
        CHECK(page_claim(same) == "page:example.org/@Ada");
    CHECK(page_claim("https://example.org/?id=7") == "page:example.org/?id=7");
    CHECK(page_claim("https://ada.example") == "page:ada.example");
    for (const char* none : {"", "example.org/@ada", "ftp://example.org/a", "https://", "https://localhost/a",
                             "https://ada@example.org/a", "https://example.org/a b"})
        CHECK(page_claim(none).empty());
}

namespace {

struct Proofs : WorldOfPeople {
    AccountId states(const std::string& name, const std::string& platform, const std::string& email) {
        Account said;
        said.key = {platform, "home", name};
        said.email = email;
        const AccountId id = account(name, platform).id;
        for (const std::string& claim : claims_of(said)) state.claimants.try_emplace(claim);
        prove(state, team, id, said, Time{});
        return id;
    }
    bool one(AccountId a, AccountId b) const {
        return state.accounts.at(a).person == state.accounts.at(b).person;
    }
};

}  // namespace

TEST_CASE("what an account claims is written once, and a new e-mail takes the place of the old one") {
    Proofs world;
    const AccountId kim = world.states("kim", "chat", "kim@example.org");
    CHECK(world.state.added.claims.size() == 1);
    world.states("kim", "chat", "kim@example.org");
    CHECK(world.state.added.claims.size() == 1);
    world.states("kim", "chat", "kim@example.com");
    CHECK(world.state.added.claims.size() == 2);
    CHECK_FALSE(world.one(kim, world.states("kk", "irc", "kim@example.org")));
    CHECK(world.one(kim, world.states("kay", "mail", "kim@example.com")));
}

TEST_CASE("who makes a claim must have been looked up") {
    Proofs world;
    Account said;
    said.key = {"chat", "home", "kim"};
    said.email = "kim@example.org";
    const AccountId kim = world.id("kim");
    CHECK_THROWS_AS(prove(world.state, world.team, kim, said, Time{}), NotLoaded);
}

TEST_CASE(
    "three accounts with one e-mail are one person, and what more than a handful claim links nobody more") {
    Proofs world;
    const AccountId first = world.states("kim", "p0", "kim@example.org");
    for (std::size_t i = 1; i < max_claimants; ++i)
        CHECK(world.one(first, world.states("kim", "p" + std::to_string(i), "kim@example.org")) ==
              (i + 1 < max_claimants));
}

TEST_CASE("a bot is nobody's account, and un-linking one leaves the others together") {
    Proofs world;
    const AccountId kim = world.states("kim", "chat", "kim@example.org");
    world.account("kimbot", "irc").bot = true;
    CHECK_FALSE(world.one(kim, world.states("kimbot", "irc", "kim@example.org")));
    const AccountId kk = world.states("kk", "forum", "kim@example.org");
    const AccountId kay = world.states("kay", "gitea", "kim@example.org");
    REQUIRE(world.one(kim, kk));
    REQUIRE(world.one(kim, kay));
    note_unlinked(world.state, kk);
    unlink_account(world.state, kk);
    world.states("kk", "forum", "kim@example.org");
    world.states("kim", "chat", "kim@example.org");
    CHECK_FALSE(world.one(kim, kk));
    CHECK(world.one(kim, kay));
    CHECK(world.state.accounts.at(kk).bonds.empty());
    CHECK(world.state.accounts.at(kk).apart.size() == 2);
}
