#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <thread>

#include "bot/json/requests.hpp"
#include "bot/store/sqlite/sqlite_store.hpp"
#include "support/catch.hpp"
#include "workshop.hpp"

namespace rapport::test {

namespace json = boost::json;

namespace {

Workshop& filled(Workshop& workshop) {
    workshop.fill();
    return workshop;
}

std::int64_t accounts_of(const Workshop& workshop, const std::string& who) {
    const Ran ran = workshop.run({"people", "show", who, "--json"});
    REQUIRE(ran.code == 0);
    return std::int64_t(json::parse(ran.out).at("accounts").as_array().size());
}

/// Says the same in three places: it calls itself a bot, so it is suspected.
void hear_suspect(const Workshop& workshop, const std::string& day = "2026-03-02") {
    for (const int i : {1, 2, 3}) {
        const std::string place = day + "-" + std::to_string(i);
        Input input = said("news-bot", place, "Is Acme 2.0 out yet, does anybody know?",
                           moment(day + " 12:00") + std::chrono::hours{i});
        std::get<MessagePosted>(std::get<Event>(input.what).body).message.channel.key.id = place;
        workshop.commit({input});
    }
}

}  // namespace

TEST_CASE("people list finds by name, handle and id") {
    Workshop workshop;
    filled(workshop);
    CHECK_THAT(workshop.run({"people", "list"}).out, ContainsSubstring("chat:home:omar"));
    const Ran lena = workshop.run({"people", "list", "LEN"});
    CHECK_THAT(lena.out, ContainsSubstring("champion"));
    // Nothing known stands as a dash: a column is never empty between two others.
    const std::string omar = workshop.run({"people", "list", "omar"}).out;
    CHECK_THAT(omar.substr(omar.find("chat:home:omar")), ContainsSubstring(" - "));
    CHECK_THAT(lena.out, !ContainsSubstring("omar"));
    CHECK_THAT(workshop.run({"people", "list", "zoe"}).out, ContainsSubstring("Nobody has \"zoe\""));
    const Ran lines = workshop.run({"people", "list", "--json"});
    CHECK(std::count(lines.out.begin(), lines.out.end(), '\n') == 4);
    CHECK_THAT(workshop.run({"people", "list", "-n", "1"}).out, ContainsSubstring("1 seen last"));
}

TEST_CASE("people show tells who somebody is") {
    Workshop workshop;
    filled(workshop);
    const Ran page = workshop.run({"people", "show", "@Lena"});
    CHECK(page.code == 0);
    CHECK_THAT(page.out, ContainsSubstring("champion"));
    CHECK_THAT(page.out, ContainsSubstring("met at a fair"));
    CHECK_THAT(page.out, ContainsSubstring("+30.0"));
    CHECK_THAT(page.out, ContainsSubstring("Nobody on the team knows them yet"));
    CHECK_THAT(workshop.run({"people", "show", "omar"}).out, ContainsSubstring("Ada Winter"));
    const json::value lena = json::parse(workshop.run({"people", "show", "chat:home:lena", "--json"}).out);
    CHECK(lena.at("owner").as_string() == "ada");
    CHECK(lena.at("open_alerts").as_array().at(0) == 1);
    CHECK(lena.at("first_seen").as_string() == "2026-03-02T10:00:00.000Z");
}

TEST_CASE("nobody is found with exit code 3, several with 2") {
    Workshop workshop;
    filled(workshop);
    Input other = said("second", "m9", "Hello", moment("2026-03-03 10:00"));
    std::get<MessagePosted>(std::get<Event>(other.what).body).message.author.handle = "lena";
    workshop.commit({other});
    CHECK(workshop.run({"people", "show", "zoe"}).code == 3);
    CHECK(workshop.run({"people", "show", "chat:home:zoe"}).code == 3);
    const Ran several = workshop.run({"people", "show", "lena"});
    CHECK(several.code == 2);
    CHECK_THAT(several.err, ContainsSubstring("chat:home:second"));
    CHECK(workshop.run({"people", "show", "chat:home:lena"}).code == 0);
}

TEST_CASE("export has words, ties and alerts") {
    Workshop workshop;
    filled(workshop);
    const json::value lena = json::parse(workshop.run({"people", "export", "lena"}).out);
    const json::value& kept = lena.at("accounts").as_array().at(0);
    CHECK(kept.at("said").as_array().at(0).at("text").as_string() == "Does 2.0 speak IPv6?");
    CHECK(lena.at("alerts").as_array().at(0).at("rule").as_string() == "champion-asks");
    const json::value omar = json::parse(workshop.run({"people", "export", "omar"}).out);
    CHECK(omar.at("accounts").as_array().at(0).at("ties").as_array().at(0).at("staff_account").as_string() ==
          "chat:home:ada");
    const json::object& tie = omar.at("accounts").as_array().at(0).at("ties").as_array().at(0).as_object();
    for (const char* key : {"first_in", "silences_hours"}) CHECK(tie.contains(key));
    for (const char* key : {"rhythm_ms", "remind_after", "unwanted"}) CHECK(kept.as_object().contains(key));
    CHECK(omar.at("alerts").as_array().empty());
}

TEST_CASE("link and unlink, when no Rapport runs") {
    Workshop workshop;
    filled(workshop);
    CHECK(workshop.run({"people", "link", "lena", "zoe"}).code == 3);
    const Ran linked = workshop.run({"people", "link", "lena", "omar"});
    CHECK(linked.code == 0);
    CHECK_THAT(linked.out, ContainsSubstring("one person now"));
    CHECK(accounts_of(workshop, "lena") == 2);
    CHECK_THAT(workshop.run({"people", "link", "omar", "lena"}).out, ContainsSubstring("one person already"));
    CHECK_THAT(workshop.run({"people", "unlink", "omar", "--json"}).out,
               ContainsSubstring("\"changed\":true"));
    CHECK(accounts_of(workshop, "lena") == 1);
    CHECK_THAT(workshop.run({"people", "unlink", "omar"}).out, ContainsSubstring("not linked"));
}

TEST_CASE("who looks like a bot is listed with the reasons") {
    Workshop workshop;
    filled(workshop);
    CHECK(workshop.run({"people", "list", "--suspected"}).out == "Nobody looks like a bot.\n");
    hear_suspect(workshop);
    const Ran list = workshop.run({"people", "list", "--suspected"});
    CHECK(list.code == 0);
    CHECK_THAT(list.out, ContainsSubstring("chat:home:news-bot"));
    CHECK_THAT(list.out,
               ContainsSubstring("calls itself a bot (0.6); said the same in 3 places within a day (0.5)"));
    CHECK_THAT(list.out, ContainsSubstring("rapport people bot"));
    CHECK_THAT(list.out, !ContainsSubstring("lena"));
    CHECK_THAT(workshop.run({"people", "list", "lena", "--suspected"}).out,
               ContainsSubstring("Nobody who looks like a bot has \"lena\""));
    const Ran lines = workshop.run({"people", "list", "--suspected", "--json"});
    CHECK(std::count(lines.out.begin(), lines.out.end(), '\n') == 1);
    CHECK(json::parse(lines.out).at("looks_like_bot").as_array().size() == 2);
    CHECK_THAT(workshop.run({"people", "show", "news-bot"}).out, ContainsSubstring("looks like a bot:"));
    CHECK_THAT(workshop.run({"people", "list", "--json", "omar"}).out,
               ContainsSubstring("\"looks_like_bot\":[]"));
}

TEST_CASE("the limit of suspected accounts counts these, not all") {
    Workshop workshop;
    hear_suspect(workshop);
    workshop.commit({said("omar", "m9", "Hello", moment("2026-03-02 18:00"))});
    CHECK_THAT(workshop.run({"people", "list", "--suspected", "-n", "1"}).out, ContainsSubstring("news-bot"));
}

TEST_CASE("somebody has looked: a bot, or none") {
    Workshop workshop;
    filled(workshop);
    hear_suspect(workshop);
    CHECK(workshop.run({"people", "bot", "zoe", "yes"}).code == 3);
    const Ran maybe = workshop.run({"people", "bot", "news-bot", "maybe"});
    CHECK(maybe.code == 2);
    CHECK_THAT(maybe.err, ContainsSubstring("\"maybe\" is neither yes nor no"));
    CHECK(workshop.run({"people", "bot", "news-bot"}).code == 2);
    SECTION("a bot: no longer in the list, and silent") {
        const Ran ran = workshop.run({"people", "bot", "news-bot", "yes"});
        CHECK(ran.code == 0);
        CHECK_THAT(ran.out, ContainsSubstring("chat:home:news-bot is a bot"));
        CHECK_THAT(workshop.run({"people", "list", "news", "--json"}).out, ContainsSubstring("\"bot\":true"));
        CHECK_THAT(workshop.run({"people", "bot", "news-bot", "yes"}).out, ContainsSubstring("already"));
        CHECK_THAT(workshop.run({"people", "bot", "rex", "yes", "--json"}).out,
                   ContainsSubstring("\"did\":\"bot\",\"accounts\":[\"chat:home:rex\"]"));
    }
    SECTION("none: no longer in the list, and not suspected again") {
        const Ran ran = workshop.run({"people", "bot", "chat:home:news-bot", "no", "--json"});
        CHECK(ran.code == 0);
        CHECK(ran.out == "{\"did\":\"no bot\",\"accounts\":[\"chat:home:news-bot\"],\"changed\":true}\n");
        CHECK_THAT(workshop.run({"people", "bot", "news-bot", "no", "--json"}).out,
                   ContainsSubstring("\"changed\":false"));
        hear_suspect(workshop, "2026-03-03");
    }
    CHECK(workshop.run({"people", "list", "--suspected"}).out == "Nobody looks like a bot.\n");
}

TEST_CASE("a change does not let time pass: open alerts stay open") {
    Workshop workshop;
    filled(workshop);
    REQUIRE(workshop.run({"people", "link", "lena", "omar"}).code == 0);
    CHECK_THAT(workshop.run({"alerts", "list"}).out, ContainsSubstring("champion-asks"));
}

TEST_CASE("erase asks, and forgets") {
    Workshop workshop;
    filled(workshop);
    const Ran alone = workshop.run({"people", "erase", "lena"});
    CHECK(alone.code == 2);
    CHECK_THAT(alone.err, ContainsSubstring("--yes"));
    const Ran no = workshop.run({"people", "erase", "lena"}, "no\n");
    CHECK(no.code == 1);
    CHECK_THAT(no.err, ContainsSubstring("rapport people export lena"));
    CHECK(accounts_of(workshop, "lena") == 1);
    CHECK(workshop.run({"people", "erase", "lena"}, "yes\n").code == 0);
    CHECK(workshop.run({"people", "show", "lena"}).code == 3);
    CHECK(workshop.run({"people", "erase", "omar", "--yes"}).code == 0);
    CHECK_THAT(workshop.run({"alerts", "show", "1", "--json"}).out, !ContainsSubstring("IPv6"));
}

TEST_CASE("erase --person takes the linked accounts too") {
    Workshop workshop;
    filled(workshop);
    REQUIRE(workshop.run({"people", "link", "lena", "omar"}).code == 0);
    SECTION("without it they stay, and it says so") {
        CHECK_THAT(workshop.run({"people", "erase", "lena", "--yes"}).out, ContainsSubstring("--person"));
        CHECK(workshop.run({"people", "show", "omar"}).code == 0);
    }
    SECTION("with it they go") {
        CHECK(workshop.run({"people", "erase", "lena", "--person", "--yes"}).code == 0);
        CHECK(workshop.run({"people", "show", "omar"}).code == 3);
    }
}

TEST_CASE("beside a running Rapport a change is a request, and its answer is waited for") {
    Workshop workshop;
    filled(workshop);
    SqliteOptions options;
    options.path = workshop.store().string();
    const auto running = open_sqlite(options).value();  // holds the lock
    std::vector<std::string> asked;
    const auto answer_with = [&](std::string_view answer) {
        return std::thread{[&running, &asked, answer] {
            for (int i = 0; i < 500; ++i) {
                const auto requests = running->requests().value();
                for (const Request& request : requests) {
                    asked.push_back(request.body);
                    (void)running->answer_request(request.id, answer);
                }
                if (!requests.empty()) return;
                std::this_thread::sleep_for(std::chrono::milliseconds{10});
            }
        }};
    };
    SECTION("done") {
        std::thread rapport = answer_with(request_done);
        const Ran ran = workshop.run({"people", "link", "lena", "omar"});
        rapport.join();
        CHECK(ran.code == 0);
        REQUIRE(asked.size() == 1);
        const Input input = input_of_request(asked[0], moment("2026-03-02 12:00")).value();
        CHECK(std::get<LinkAccounts>(input.what).b == account("omar"));
    }
    SECTION("somebody is a bot") {
        std::thread rapport = answer_with(request_done);
        const Ran ran = workshop.run({"people", "bot", "omar", "yes"});
        rapport.join();
        CHECK(ran.code == 0);
        REQUIRE(asked.size() == 1);
        const Input input = input_of_request(asked[0], moment("2026-03-02 12:00")).value();
        CHECK(std::get<MarkBot>(input.what).account == account("omar"));
        CHECK(std::get<MarkBot>(input.what).bot);
    }
    SECTION("refused") {
        std::thread rapport = answer_with("The disk is full.");
        const Ran ran = workshop.run({"people", "link", "lena", "omar"});
        rapport.join();
        CHECK(ran.code == 1);
        CHECK(ran.err == "The disk is full.\n");
    }
}

TEST_CASE("without a store there are words and exit code 1") {
    const Workshop workshop;
    const Ran ran = workshop.run({"people", "list"});
    CHECK(ran.code == 1);
    CHECK_THAT(ran.err, ContainsSubstring("There is no store at"));
    CHECK(!std::filesystem::exists(workshop.store()));
    CHECK(workshop.run({"people", "link", "a", "b"}).code == 1);
    CHECK(!std::filesystem::exists(workshop.store()));
}

}  // namespace rapport::test
