// What adapters remember and what staffers set for themselves.

#include "bot/store/sqlite/open.hpp"
#include "samples.hpp"

using namespace rapport;
using namespace rapport::test;

TEST_CASE("notes are kept by key, listed by prefix, replaced and erased") {
    TemporaryFolder folder;
    const std::string path = folder.file("x.db");
    {
        const auto store = open_file(path);
        REQUIRE_OK(store->keep_note("slack:T1:card:1", "C1/1.1"));
        REQUIRE_OK(store->keep_note("slack:T1:card:2", "C1/2.2"));
        REQUIRE_OK(store->keep_note("slack:T10:card:1", std::string("\0\xff", 2)));
        REQUIRE_OK(store->keep_note("slack:T1:card:1", "C1/3.3"));
    }
    const auto store = open_file(path);
    const std::map<std::string, std::string> cards{{"slack:T1:card:1", "C1/3.3"},
                                                   {"slack:T1:card:2", "C1/2.2"}};
    CHECK(store->notes("slack:T1:card:").value() == cards);
    CHECK(store->notes("slack:T10:card:1").value().at("slack:T10:card:1") == std::string("\0\xff", 2));
    CHECK(store->notes("").value().size() == 3);
    CHECK(store->notes("web").value().empty());
    REQUIRE_OK(store->erase_note("slack:T1:card:2"));
    REQUIRE_OK(store->erase_note("no such key"));
    CHECK(store->notes("slack:T1:").value().size() == 1);
}

TEST_CASE("what staffers set for themselves comes back whole") {
    TemporaryFolder folder;
    StafferRow row;
    row.name = "ada";
    row.away_until = at(50);
    row.open_alerts = 3;
    row.hours = "{mon-fri: \"09:00-17:00\"}";
    row.zone = "Asia/Tokyo";
    row.accounts = {{"mastodon", "home", "123"}, {"github", "github.com", "9:9"}};
    row.quiet_until = at(60);
    row.given = {{AccountId{3}, at(10)}, {AccountId{1}, at(20)}};
    {
        const auto store = open_file(folder.file("x.db"));
        State state = opened(*store);
        state.staffers["ada"] = row;
        state.added.staffers_changed = {"ada"};
        REQUIRE_OK(save(*store, state));
    }
    const auto store = open_file(folder.file("x.db"));
    CHECK(opened(*store).staffers.at("ada") == row);
    CHECK(store->staffers().value().at("ada") == row);
}

TEST_CASE("a database of version 1 gets its notes and settings, and loses nothing") {
    TemporaryFolder folder;
    const std::string path = folder.file("x.db");
    {
        SqliteOptions options;
        options.path = path;
        const auto old = sqlite::connect(options, sqlite::migrations().first(1));
        old->execute("INSERT INTO staffers (name, away_until, open_alerts) VALUES ('ada', 1700000050000, 2)");
    }
    const auto store = open_file(path);
    StafferRow ada;
    ada.name = "ada";
    ada.away_until = at(50);
    ada.open_alerts = 2;
    CHECK(opened(*store).staffers.at("ada") == ada);
    REQUIRE_OK(store->keep_note("k", "v"));
    CHECK(store->notes("k").value().size() == 1);
}
