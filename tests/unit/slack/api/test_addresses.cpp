#include "adapters/slack/api/addresses.hpp"
#include "support/catch.hpp"

using namespace rapport;
using namespace rapport::slack;

TEST_CASE("addresses out of payloads are called on Slack's hosts only") {
    const AllowedHosts hosts;
    for (const char* fine :
         {"https://hooks.slack.com/actions/T1/2/3", "https://slack.com/x", "https://HOOKS.Slack.Com/a",
          "https://hooks.slack-gov.com/commands/1", "https://hooks.slack.com:443/a"}) {
        INFO(fine);
        CHECK(hosts.response_url(fine));
    }
    for (const char* bad : {"http://hooks.slack.com/a",
                            "https://slack.com.evil.example/a",
                            "https://evilslack.com/a",
                            "https://evil.example/hooks.slack.com",
                            "https://evil.example/?.slack.com",
                            "https://evil.example?x.slack.com",
                            "https://hooks.slack.com@evil.example/",
                            "https://evil.example\\.slack.com/",
                            "https://evil.example#.slack.com",
                            "https://hooks%2eslack.com/a",
                            "https://evil%00.slack.com/",
                            "https://hooks.slack.com:8443/a",
                            "https://hooks.slack.com./a",
                            "https://.slack.com/",
                            "https://127.0.0.1/a",
                            "http://127.0.0.1:80/a",
                            "http://localhost/a",
                            "http://[::1]/a",
                            "https://[::ffff:127.0.0.1]/a",
                            "http://169.254.169.254/latest",
                            "https://0x7f000001/",
                            "ftp://hooks.slack.com/",
                            "file:///etc/passwd",
                            "hooks.slack.com/a",
                            "",
                            "wss://wss-primary.slack.com/x",
                            "https://hooks.slack.com\r\nX: y/"}) {
        INFO(bad);
        CHECK_FALSE(hosts.response_url(bad));
    }
    CHECK(hosts.websocket_url("wss://wss-primary.slack.com/link/?ticket=1"));
    CHECK_FALSE(hosts.websocket_url("ws://wss-primary.slack.com/link/"));
    CHECK_FALSE(hosts.websocket_url("https://slack.com/"));
    CHECK_FALSE(hosts.websocket_url("wss://evil.example/?ticket=1"));
}

TEST_CASE("this machine is called only where the configuration names it") {
    const AllowedHosts hosts{
        {"127.0.0.1:8080", "[::1]", "evil.example:80", "127.0.0.1.evil.example", "localhost"}};
    CHECK(hosts.response_url("http://127.0.0.1:8080/respond/1"));
    CHECK(hosts.websocket_url("ws://127.0.0.1:8080/link"));
    CHECK(hosts.response_url("http://[::1]:99/"));
    CHECK(hosts.response_url("http://localhost:1/"));
    CHECK_FALSE(hosts.response_url("http://127.0.0.1:8081/"));
    CHECK_FALSE(hosts.response_url("http://127.0.0.2:8080/"));
    CHECK_FALSE(hosts.response_url("http://evil.example/"));
    CHECK_FALSE(hosts.response_url("http://127.0.0.1.evil.example/"));
    CHECK(ApiBase::parse("http://127.0.0.1:9/api").value().allowed().response_url("http://127.0.0.1:10/"));
    CHECK_FALSE(ApiBase{}.allowed().response_url("http://127.0.0.1:10/"));
    CHECK(ApiBase{}.allowed({"127.0.0.1:10"}).response_url("http://127.0.0.1:10/"));
}

TEST_CASE("a refused address is named without its secrets") {
    const Result<> refused = AllowedHosts{}.response_url("https://evil.example/xoxb-123-secret?ticket=abc");
    REQUIRE_FALSE(refused);
    CHECK(refused.error().kind == ErrorKind::rejected);
    CHECK_THAT(refused.error().what, ContainsSubstring("evil.example"));
    CHECK(refused.error().what.find("secret") == std::string::npos);
    CHECK(refused.error().what.find("abc") == std::string::npos);
}

TEST_CASE("the base address ends in exactly one slash and is plain http on this machine only") {
    CHECK(ApiBase{}.url() == "https://slack.com/api/");
    CHECK(ApiBase::parse("https://slack.com/api").value().url() == "https://slack.com/api/");
    CHECK(ApiBase::parse("https://slack.com/api///").value().url() == "https://slack.com/api/");
    CHECK(ApiBase::parse("http://localhost:8080").value().url() == "http://localhost:8080/");
    CHECK(ApiBase::parse("http://[::1]:8080/api").value().url() == "http://[::1]:8080/api/");
    const auto plain = ApiBase::parse("http://slack.com/api/");
    REQUIRE_FALSE(plain);
    CHECK_THAT(plain.error().what, ContainsSubstring("https://"));
    CHECK_FALSE(ApiBase::parse("http://127.0.0.1.evil.example/"));
    CHECK_FALSE(ApiBase::parse("wss://slack.com/"));
    CHECK_FALSE(ApiBase::parse("https://slack.com/api?x=1"));
    CHECK_FALSE(ApiBase::parse("slack.com"));
}

TEST_CASE("tokens are cut out of any text") {
    CHECK(redact("nothing here: xo, xox, xoxb, box-y") == "nothing here: xo, xox, xoxb, box-y");
    for (const char* token : {"xoxb-12-34-AbC", "xoxp-1", "xapp-1-A0-9-ff", "xoxe.xoxb-1-Mi0yLTQ",
                              "xoxe-1-My0xLT", "XOXB-12-AB", "xwfp-123", "xoxc-77", "xoxb%2D12%2D34"}) {
        INFO(token);
        const std::string shown = redact("token=" + std::string{token} + "&x \"" + token + "\".");
        CHECK(shown.find("12") == std::string::npos);
        CHECK(shown.find(std::string{token}.substr(5)) == std::string::npos);
        CHECK_THAT(shown, ContainsSubstring("[removed]&x"));
    }
    CHECK(redact("wss://a.slack.com/link/?ticket=ab12&app_id=9") ==
          "wss://a.slack.com/link/?ticket=[removed]&app_id=9");
}
