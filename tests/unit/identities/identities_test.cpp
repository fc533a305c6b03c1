#include <sstream>

#include "bot/identities/read_accounts.hpp"
#include "bot/identities/suggest.hpp"
#include "bot/identities/train.hpp"
#include "support/catch.hpp"

using namespace rapport;
using namespace rapport::identities;

namespace {

double value(const Traits& traits, Trait trait) {
    return traits[std::size_t(trait)];
}

/// Two accounts among enough others that a name of their own is rare.
Traits traits_of(Account a, Account b) {
    std::vector<Account> accounts{std::move(a), std::move(b)};
    for (int i = 0; i < 50; ++i)
        accounts.push_back(
            {"o" + std::to_string(i), "irc", "other" + std::to_string(i), "Other " + std::to_string(i)});
    std::vector<Spelling> spellings;
    for (const Account& account : accounts) spellings.push_back(spell(account));
    const Rarity rarity{spellings};
    return compare(profile(spellings[0], rarity), profile(spellings[1], rarity), rarity);
}

std::vector<Account> read(const std::string& text) {
    std::istringstream in{text};
    return read_accounts(in, "a.jsonl").value();
}

std::string mistake(const std::string& text) {
    std::istringstream in{text};
    const auto read = read_accounts(in, "a.jsonl");
    return read ? "" : read.error().what;
}

}  // namespace

TEST_CASE("names are compared without what platforms add to them") {
    const Spelling matrix = spell({"1", "matrix", "@Ana.Lima99:example.org", "Ána  LIMA"});
    CHECK(matrix.handle == "analima99");
    CHECK(matrix.without_end == "analima");
    CHECK(matrix.digits == "99");
    CHECK(matrix.words == std::vector<std::string>{"ana", "lima"});
    CHECK(matrix.forms() == std::vector<std::string_view>{"analima99", "analima"});
    CHECK(spell({"2", "x", "", "AnaLima"}).words == std::vector<std::string>{"ana", "lima"});
    CHECK(spell({"3", "facebook", "100088851021670", ""}).handle.empty());
    CHECK(spell({"4", "youtube", "UC2XDiCjAHtJqnSEzrHAY5IQ", ""}).handle.empty());
    CHECK(spell({"5", "chat", "", "Анна Лима"}).words.size() == 2);
    CHECK(spell({"6", "chat", "", ""}).forms().empty());
}

TEST_CASE("titles and common parts") {
    CHECK(without_title("senatorlima") == "lima");
    CHECK(without_title("senli") == "senli");
    CHECK(title_of("congresswomanlima") == title_of("replima"));
    CHECK(title_of("lima").empty());
    CHECK(longest_common("realanalima", "analimahq") == "analima");
    CHECK(longest_common("abc", "xyz").empty());
}

TEST_CASE("what speaks for one person and what against is seen") {
    const Traits named = traits_of({"a", "github", "alima", ""}, {"b", "zulip", "", "Ana Lima"});
    CHECK(value(named, Trait::initial) == 1);
    CHECK(value(named, Trait::both_named) == 0);
    CHECK(evidence(named).front() == "an initial and the surname");
    const Traits same =
        traits_of({"a", "github", "analima", "Ana Lima"}, {"b", "chat", "AnaLima", "Zoe Roth"});
    CHECK(value(same, Trait::same_handle) == 1);
    CHECK(value(same, Trait::other_name) == 1);
    const Traits nothing = traits_of({"a", "github", "analima", ""}, {"b", "chat", "qxz", ""});
    CHECK(value(nothing, Trait::cosine) == 0);
    const Traits titled = traits_of({"a", "x", "senlima", ""}, {"b", "chat", "replima", ""});
    CHECK(value(titled, Trait::other_title) == 1);
}

TEST_CASE("each is the other's best, on another platform, or it is no suggestion") {
    const std::vector<Account> accounts =
        read(R"({"id": "1", "platform": "github", "handle": "annalise_kowalczyk"}
{"id": "2", "platform": "x", "handle": "AnnaliseKowalczyk"}
{"id": "3", "platform": "x", "handle": "annalise_kowal"}
{"id": "4", "platform": "github", "handle": "somebody-quite-else"}

{"id": "5", "platform": "chat", "handle": "", "name": ""}
)");
    REQUIRE(accounts.size() == 5);
    const auto pairs = candidates(accounts);
    const auto found = suggest(pairs, accounts, shipped_weights(), 0.5);
    REQUIRE(found.size() == 1);
    CHECK(accounts[found[0].a].id == "1");
    CHECK(accounts[found[0].b].id == "2");
    CHECK(found[0].confidence > 0.9);
    CHECK(found[0].evidence.front() == "the same handle");
    for (const Pair& pair : pairs) CHECK(accounts[pair.a].platform != accounts[pair.b].platform);
    CHECK(suggest(pairs, accounts, shipped_weights(), 1.1).empty());
    CHECK(candidates({}).empty());
}

TEST_CASE("training finds what tells, the same each time, and survives being written down") {
    std::vector<Pair> pairs;
    Links links;
    for (std::size_t i = 0; i < 200; ++i) {
        Pair pair{2 * i, 2 * i + 1, {}};
        pair.traits[std::size_t(Trait::cosine)] = double(i % 10) / 10;
        pair.traits[std::size_t(Trait::same_handle)] = i % 2 == 0 ? 1 : 0;
        if (i % 2 == 0) links.insert({pair.a, pair.b});
        pairs.push_back(pair);
    }
    const Weights weights = train(pairs, links, 7);
    CHECK(confidence(weights, pairs[0].traits) > 0.9);
    CHECK(confidence(weights, pairs[1].traits) < 0.1);
    CHECK(to_json(train(pairs, links, 7)) == to_json(weights));
    const auto back = from_json(to_json(weights));
    REQUIRE(back);
    CHECK(to_json(*back) == to_json(weights));
    const std::vector<Account> accounts(400);
    constexpr double least[] = {0.5};
    const auto judged = cross_validate(accounts, pairs, links, 4, 7, least);
    CHECK(judged[0].links == 100);
}

TEST_CASE("a file of weights that cannot be used says why") {
    for (const char* bad : {"", "[]", "{}", R"({"kind": "identities 1"})", R"({"kind": "other"})",
                            R"({"kind": "identities 1", "bias": 0, "weights": {"cosine": "much"}})"}) {
        const auto read = from_json(bad);
        REQUIRE_FALSE(read);
        CHECK_THAT(read.error().what, ContainsSubstring("rapport train"));
    }
}

TEST_CASE("bad accounts and links are told with their place") {
    CHECK(mistake("{\"id\": \"1\", \"platform\": \"x\"}\nnonsense\n") ==
          "a.jsonl:2: this is no JSON object.");
    CHECK(mistake("{\"id\": \"1\"}\n") == "a.jsonl:1: an account needs \"id\" and \"platform\".");
    CHECK(mistake("{\"id\": \"1\", \"platform\": \"x\"}\n{\"id\": \"1\", \"platform\": \"y\"}\n") ==
          "a.jsonl:2: the id \"1\" was there before.");
    const auto accounts =
        read("{\"id\": \"1\", \"platform\": \"x\"}\n{\"id\": \"2\", \"platform\": \"y\"}\n");
    std::istringstream good{"2\t1\tsource\n"};
    CHECK(read_links(good, "l.tsv", accounts).value() == Links{{0, 1}});
    for (const char* bad : {"1\n", "1\t3\n", "1\t1\n"}) {
        std::istringstream in{bad};
        CHECK_FALSE(read_links(in, "l.tsv", accounts));
    }
}
