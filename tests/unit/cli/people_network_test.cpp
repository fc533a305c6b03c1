#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

#include "support/catch.hpp"
#include "workshop.hpp"

namespace rapport::test {

namespace json = boost::json;

namespace {

/// Kim and Lou talk about mirrors; Sam talks with Kim and with Ada. Rex the bot and a direct message are
/// heard as well.
void hear_talk(const Workshop& workshop) {
    workshop.commit({said("kim", "n1", "Which mirrors speak rsync?", moment("2026-03-02 10:00"))});
    workshop.commit({said("lou", "n2", "Most mirrors have rsync now", moment("2026-03-02 10:05"), "n1")});
    workshop.commit({said("sam", "n3", "Good to know", moment("2026-03-02 10:06"), "n1")});
    workshop.commit(
        {said("ada", "n4", "Hello Sam, did the upgrade work?", moment("2026-03-03 10:00"), "n3")});
    workshop.commit({said("rex", "n5", "mirrors are up", moment("2026-03-03 10:01"), "n2", "bot")});
    Input secret = said("kim", "n6", "Between us: mirrors cost too much", moment("2026-03-03 11:00"));
    Channel& channel = std::get<MessagePosted>(std::get<Event>(secret.what).body).message.channel;
    channel.key.id = "D1";
    channel.kind = ChannelKind::dm;
    workshop.commit({secret});
}

}  // namespace

TEST_CASE("people network: who said how much to whom, about what") {
    Workshop workshop;
    hear_talk(workshop);
    const Ran table = workshop.run({"people", "network"});
    CHECK(table.code == 0);
    CHECK_THAT(table.out, ContainsSubstring("mirrors"));
    CHECK_THAT(table.out, ContainsSubstring("Ada Winter"));
    CHECK_THAT(table.out, !ContainsSubstring("rex"));
    const json::value all = json::parse(workshop.run({"people", "network", "--json"}).out);
    REQUIRE(all.at("exchanges").as_array().size() == 3);
    CHECK(all.at("people").as_array().size() == 4);
    const json::value lou = json::parse(workshop.run({"people", "network", "--json", "--with", "lou"}).out);
    REQUIRE(lou.at("exchanges").as_array().size() == 1);
    CHECK(lou.at("exchanges").at(0).at("from").as_string() == "chat:home:lou");
    CHECK(lou.at("exchanges").at(0).at("to").as_string() == "chat:home:kim");
    CHECK(lou.at("exchanges").at(0).at("last").as_string() == "2026-03-02T10:05:00.000Z");
    CHECK(lou.at("people").as_array().size() == 2);
    const json::value about =
        json::parse(workshop.run({"people", "network", "--json", "--topic", "upgrade"}).out);
    REQUIRE(about.at("exchanges").as_array().size() == 1);
    CHECK(about.at("exchanges").at(0).at("from").as_string() == "ada");
    CHECK(about.at("people").at(0).at("staff").as_bool());
}

TEST_CASE("people network: drawings, and what cannot be") {
    Workshop workshop;
    hear_talk(workshop);
    CHECK_THAT(workshop.run({"people", "network", "--as", "graphml"}).out, ContainsSubstring("</graphml>"));
    CHECK_THAT(workshop.run({"people", "network", "--as", "dot"}).out, ContainsSubstring("digraph talk {"));
    CHECK(workshop.run({"people", "network", "--as", "png"}).code == 2);
    CHECK(workshop.run({"people", "network", "--since", "soon"}).code == 2);
    CHECK(workshop.run({"people", "network", "--with", "zoe"}).code == 3);
    CHECK_THAT(workshop.run({"people", "network", "--topic", "cheese"}).out, ContainsSubstring("Nobody has"));
}

TEST_CASE("people path: who could introduce whom") {
    Workshop workshop;
    hear_talk(workshop);
    const Ran way = workshop.run({"people", "path", "ada", "lou"});
    CHECK(way.code == 0);
    CHECK(way.out == "Ada Winter - sam - kim - lou\n");
    const json::value path = json::parse(workshop.run({"people", "path", "ada", "lou", "--json"}).out);
    CHECK(path.at("path").as_array().size() == 4);
    Input alone = said("mia", "p1", "Anybody here?", moment("2026-03-04 10:00"));
    std::get<MessagePosted>(std::get<Event>(alone.what).body).message.channel.key.id = "elsewhere";
    workshop.commit({alone});
    CHECK(workshop.run({"people", "path", "ada", "mia"}).code == 3);
    CHECK(workshop.run({"people", "path", "ada", "zoe"}).code == 3);
}

TEST_CASE("scenario 20: people suggest shows who may be one, with evidence, and links nobody") {
    Workshop workshop;
    Input there = said("marguerite_duras", "s1", "Hello", moment("2026-03-02 10:00"));
    auto& message = std::get<MessagePosted>(std::get<Event>(there.what).body).message;
    message.author.name = "Marguerite Duras";
    workshop.commit({there});
    // How rare a name is shows only among others.
    for (const char* who : {"omar_sharif", "lena", "kim.novak", "lou_reed", "sam.cooke", "dolores", "toni88"})
        workshop.commit({said(who, who, "Hello", moment("2026-03-02 11:00"))});
    message.id = "s2";
    message.author.key.platform = message.channel.key.platform = "irc";
    workshop.commit({there});
    CHECK_THAT(workshop.run({"people", "list", "marguerite"}).out,
               ContainsSubstring("irc:home:marguerite_duras"));
    const Ran table = workshop.run({"people", "suggest"});
    CHECK_THAT(table.out, ContainsSubstring("the same handle"));
    const json::value pair = json::parse(workshop.run({"people", "suggest", "--json"}).out);
    CHECK(pair.at("a").as_string() == "chat:home:marguerite_duras");
    CHECK(pair.at("b").as_string() == "irc:home:marguerite_duras");
    CHECK(pair.at("confidence").to_number<double>() >= 0.9);
    const json::value one =
        json::parse(workshop.run({"people", "show", "chat:home:marguerite_duras", "--json"}).out);
    CHECK(one.at("accounts").as_array().size() == 1);
    CHECK(workshop.run({"people", "link", "chat:home:marguerite_duras", "irc:home:marguerite_duras"}).code ==
          0);
    CHECK_THAT(workshop.run({"people", "suggest"}).out, ContainsSubstring("No two accounts"));
}

TEST_CASE("scenario 22: what falls short of proof is a suggestion, and a person says why it is one") {
    Workshop workshop;
    const auto heard = [&](const char* who, const char* platform, const char* email) {
        Input there = said(who, who, "Hello", moment("2026-03-02 10:00"));
        auto& message = std::get<MessagePosted>(std::get<Event>(there.what).body).message;
        message.author.key.platform = message.channel.key.platform = platform;
        message.author.email = email;
        workshop.commit({there});
    };
    heard("kim", "chat", "kim@example.org");
    heard("zoe", "irc", "kim@example.org");
    heard("omar", "x", "kim@example.org");
    const std::string page = workshop.run({"people", "show", "chat:home:kim"}).out;
    CHECK_THAT(page, ContainsSubstring("Why they are one person:\n  chat:home:kim and irc:home:zoe: the same "
                                       "verified e-mail, Mon 2 Mar 2026"));
    // X wants its people asked first: nothing by itself.
    const Ran table = workshop.run({"people", "suggest"});
    CHECK_THAT(table.out, ContainsSubstring("x:home:omar"));
    CHECK_THAT(table.out, ContainsSubstring("the same verified e-mail"));
    CHECK(workshop.run({"people", "unlink", "irc:home:zoe"}).code == 0);
    CHECK_THAT(workshop.run({"people", "suggest"}).out,
               ContainsSubstring("the same verified e-mail, somebody here has said that they are two"));
    CHECK_THAT(workshop.run({"people", "export", "chat:home:kim"}).out,
               !ContainsSubstring("kim@example.org"));
}

}  // namespace rapport::test
