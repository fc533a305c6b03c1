#include "adapters/web/assets.hpp"
#include "adapters/web/board.hpp"
#include "adapters/web/pages.hpp"
#include "adapters/web/protocol.hpp"
#include "adapters/web/text.hpp"
#include "support/catch.hpp"

using namespace rapport;
using namespace rapport::web;

namespace {

Card plain_card(std::string id, std::uint32_t revision = 0, Tone tone = Tone::asking) {
    Card made;
    made.id = std::move(id);
    made.revision = revision;
    made.tone = tone;
    made.title = "revision " + std::to_string(revision);
    return made;
}

net::Request get(std::string target, std::vector<net::Header> headers = {{"Host", "127.0.0.1:8080"}}) {
    net::Request request;
    request.target = std::move(target);
    request.headers = std::move(headers);
    return request;
}

}  // namespace

TEST_CASE("texts are counted in characters and cleaned of what does not show") {
    CHECK(characters("a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80") == 4);
    CHECK(clean_text("\r\n  a\r\nb\x01\x1b[31mc\t \n") == "a\nb[31mc");
    CHECK(clean_text(" \n\t ") == "");
    CHECK(clean_name(" An\na\t", 60) == "An a");
    CHECK(clean_name("\xc3\xa9\xc3\xa9\xc3\xa9", 2) == "\xc3\xa9\xc3\xa9");
}

TEST_CASE("ids that browsers make are checked before anything else") {
    CHECK(valid_message_id("1700000000000-0123456789abcdef"));
    for (const char* bad : {"", "1700000000000", "1700000000000-short", "170000000000x-0123456789abcdef",
                            "1700000000000_0123456789abcdef", "1700000000000-0123456789ABCDEF",
                            "1700000000000-0123456789abcdef0123456789abcdef"}) {
        INFO(bad);
        CHECK_FALSE(valid_message_id(bad));
    }
    CHECK(valid_action_id("press-0a1B"));
    CHECK_FALSE(valid_action_id("short"));
    CHECK_FALSE(valid_action_id("press/../../x"));
    CHECK(valid_hex_id("0123456789abcdef0123456789abcdef"));
    CHECK_FALSE(valid_hex_id("0123456789abcdef0123456789abcdeF"));
}

TEST_CASE("a visitor's id is a hash of their secret, and tokens are compared whole") {
    // SHA-256 of "abc" as in FIPS 180-2, appendix B.1.
    CHECK(visitor_id("abc") == "ba7816bf8f01cfea414140de5dae2223");
    CHECK(same_secret("secret", "secret"));
    CHECK_FALSE(same_secret("secret", "secrets"));
    CHECK_FALSE(same_secret("", "secret"));
}

TEST_CASE("frames that our page did not make are refused, whatever they are") {
    for (const char* bad :
         {"", "null", "[]", "{", "{}", "{\"type\":1}", "{\"type\":\"x\"}", "{\"type\":\"hello\"}", "\xff\xfe",
          "{\"type\":\"hello\",\"secret\":\"0123456789abcdef0123456789abcdef\",\"name\":5}",
          "{\"type\":\"say\",\"id\":\"1\",\"text\":\"x\"}", "{\"type\":\"say\",\"id\":[],\"text\":\"x\"}",
          "{\"type\":\"name\",\"name\":{}}", "{\"type\":\"name\",\"name\":\"\xc3\x28\"}",
          "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]"}) {
        INFO(bad);
        CHECK_FALSE(decode_chat(bad));
        // A hello of the desk has a token and no secret, so these two are merely hellos without one there.
        if (std::string_view{bad}.find("hello") == std::string_view::npos) CHECK_FALSE(decode_desk(bad));
    }
    std::string many = R"({"type":"press","id":"press-12345678","values":{)";
    for (int i = 0; i < 40; ++i) many += (i ? ",\"" : "\"") + std::to_string(i) + "\":\"x\"";
    CHECK_FALSE(decode_desk(many + "}}"));
    CHECK_FALSE(decode_desk(R"({"type":"open","channel":"../../etc"})"));
}

TEST_CASE("good frames are read") {
    const auto hello =
        decode_chat(R"({"type":"hello","secret":"0123456789abcdef0123456789abcdef","name":"Ana","x":1})");
    REQUIRE(hello);
    CHECK(std::get<ChatHello>(*hello).name == "Ana");
    const auto press = decode_desk(
        R"({"type":"press","id":"press-12345678","card":"c","button":"b","values":{"choice":" 1h "}})");
    REQUIRE(press);
    CHECK(std::get<Press>(*press).values.at("choice") == "1h");
    const auto say = decode_desk(
        R"({"type":"say","id":"1700000000000-0123456789abcdef","channel":"0123456789abcdef0123456789abcdef","text":" hi ","as_brand":true})");
    REQUIRE(say);
    CHECK(std::get<Say>(*say).text == "hi");
    CHECK(std::get<Say>(*say).as_brand);
}

TEST_CASE("a card's later revision replaces the earlier one, never the other way round") {
    Board board{10};
    CHECK(board.put("", plain_card("a", 2)));
    CHECK_FALSE(board.put("", plain_card("a", 1)));
    CHECK(board.seen_by("ada", "a").card.revision == 2);
    CHECK(board.put("", plain_card("a", 3)));
    CHECK(board.seen_by("ada").size() == 1);
    CHECK(board.seen_by("ada", "a").card.revision == 3);
}

TEST_CASE("each staffer sees their own copy and the team's cards, and nobody else's") {
    Board board{10};
    board.put("", plain_card("team"));
    board.put("ada", plain_card("hers", 1));
    board.put("bea", plain_card("hers", 2));
    REQUIRE(board.seen_by("ada").size() == 2);
    CHECK(board.seen_by("ada").front().card.id == "hers");
    CHECK(board.seen_by("ada", "hers").card.revision == 1);
    CHECK(board.seen_by("ada", "hers").mine);
    CHECK(board.seen_by("bea", "hers").card.revision == 2);
    CHECK_FALSE(board.seen_by("bea", "team").mine);
    CHECK(board.seen_by("cleo").size() == 1);
    CHECK(board.seen_by("cleo", "hers").order == 0);
}

TEST_CASE("a full board drops the oldest closed card first") {
    Board board{2};
    board.put("", plain_card("open"));
    board.put("", plain_card("closed", 0, Tone::closed));
    board.put("", plain_card("third"));
    CHECK(board.seen_by("ada", "open").order != 0);
    CHECK(board.seen_by("ada", "closed").order == 0);
    board.put("", plain_card("fourth"));
    CHECK(board.seen_by("ada", "open").order == 0);
    CHECK(board.seen_by("ada").size() == 2);
}

TEST_CASE("pages come with their type, an ETag, and a policy that allows nothing from elsewhere") {
    const Config config;
    for (const char* path :
         {"/", "/desk", "/assets/base.css", "/assets/chat.js", "/assets/desk.js", "/assets/icon.svg"}) {
        INFO(path);
        const net::Response response = serve_page(get(path), config);
        CHECK(response.status == 200);
        CHECK(response.body.size() > 100);
        CHECK_THAT(std::string{response.header("Content-Security-Policy")},
                   ContainsSubstring("default-src 'none'"));
        CHECK(response.header("Content-Security-Policy").find("unsafe") == std::string_view::npos);
        const bool pictures =
            response.header("Content-Security-Policy").find("data:") != std::string_view::npos;
        CHECK(pictures == (std::string_view{path} == "/desk"));
        const net::Response again = serve_page(
            get(path, {{"Host", "localhost"}, {"If-None-Match", std::string{response.header("ETag")}}}),
            config);
        CHECK(again.status == 304);
        CHECK(again.body.empty());
    }
    CHECK(serve_page(get("/"), config).header("Content-Type") == "text/html; charset=utf-8");
    CHECK(serve_page(get("/assets/chat.js"), config).header("Content-Type") ==
          "text/javascript; charset=utf-8");
    CHECK(serve_page(get("/assets/../web.hpp"), config).status == 404);
    CHECK(serve_page(get("/healthz", {}), config).body == "ok\n");
    net::Request post = get("/");
    post.method = "POST";
    CHECK(serve_page(post, config).status == 405);
}

TEST_CASE("no page holds a script, a style or a handler of its own") {
    for (const char* name : {"chat.html", "desk.html"}) {
        const std::string page{find_asset(name)->data};
        for (const char* inlined :
             {"<style", "style=", "onclick", "onload", "javascript:", "http://", "https://"}) {
            INFO(name << ": " << inlined);
            CHECK(page.find(inlined) == std::string::npos);
        }
    }
    for (const char* name :
         {"chat.js", "desk.js", "lines.js", "card.js", "dialog.js", "panel.js", "link.js"}) {
        const std::string script{find_asset(name)->data};
        for (const char* dangerous :
             {"innerHTML", "outerHTML", "insertAdjacentHTML", "eval(", "document.write"}) {
            INFO(name << ": " << dangerous);
            CHECK(script.find(dangerous) == std::string::npos);
        }
    }
}

TEST_CASE("other sites' pages, and names rebound to this machine, get no WebSocket") {
    Config config;
    auto refused = [&](std::string host, std::string origin, std::string path = "/ws/desk") {
        std::vector<net::Header> headers{{"Host", std::move(host)}};
        if (!origin.empty()) headers.push_back({"Origin", std::move(origin)});
        return refuse_socket(get(std::move(path), headers), config).has_value();
    };
    CHECK_FALSE(refused("127.0.0.1:8080", "http://127.0.0.1:8080"));
    CHECK_FALSE(refused("localhost:8080", "http://localhost:8080"));
    CHECK_FALSE(refused("[::1]:8080", ""));
    CHECK(refused("127.0.0.1:8080", "http://127.0.0.1:9090"));
    CHECK(refused("127.0.0.1:8080", "https://evil.example"));
    CHECK(refused("127.0.0.1:8080", "null"));
    CHECK(refused("evil.example:8080", "http://evil.example:8080"));
    CHECK(refused("127.0.0.1:8080", "http://127.0.0.1:8080", "/ws/other"));
    config.hosts = {"chat.example.org"};
    CHECK_FALSE(refused("chat.example.org", "https://chat.example.org"));
    CHECK(serve_page(get("/", {{"Host", "evil.example"}}), config).status == 403);
}
