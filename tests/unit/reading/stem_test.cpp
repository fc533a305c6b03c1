#include "bot/reading/stem.hpp"

#include "support/catch.hpp"

using namespace rapport::reading;

TEST_CASE("forms of a word have one stem") {
    CHECK(stem("proxies") == stem("proxy"));
    CHECK(stem("mirrors") == stem("mirror"));
    CHECK(stem("installation") == stem("install"));
    CHECK(stem("installing") == stem("installed"));
    CHECK(stem("packages") == stem("packaging"));
    CHECK(stem("webhooks") == stem("webhook"));
}

TEST_CASE("short words stay as they are") {
    CHECK(stem("apis") == "api");
    CHECK(stem("notes") == "note");
    CHECK(stem("dns") == "dns");
    CHECK(stem("bed") == "bed");
    CHECK(stem("es") == "es");
    CHECK(stem("") == "");
}

TEST_CASE("a text is about a topic if all words of it stand there, in whatever form") {
    const auto [text, topic, about] = GENERATE(table<std::string, std::string, bool>({
        {"Does 2.0 speak IPv6?", "ipv6", true},
        {"Does 2.0 speak IPv4?", "ipv6", false},
        {"Our proxies are slow", "Proxy", true},
        {"How do I set up a mirror?", "mirrors", true},
        {"The release notes for engineers", "release engineering", true},
        {"The release notes", "release engineering", false},
        {"Wie geht die Einrichtung der Übersetzungen?", "übersetzung", true},
        {"この翻訳は正しいですか", "翻訳", true},
        {"この文書は正しいですか", "翻訳", false},
        {"anything at all", "?!", false},
        {"", "mirrors", false},
    }));
    CAPTURE(text, topic);
    CHECK(is_about(text, stems_of(text), topic) == about);
}
