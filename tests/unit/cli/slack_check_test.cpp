// `rapport slack check` as a command: what it looks at is tested in tests/unit/slack/check.

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <cstdlib>

#include "support/catch.hpp"
#include "workshop.hpp"

namespace rapport::test {

namespace {

/// The variables as a test wants them; none of the real ones.
struct Variables {
    explicit Variables(const char* bot) {
        clear();
        ::setenv("SLACK_API_URL", "http://127.0.0.1:1/api/", 1);
        if (bot) ::setenv("SLACK_BOT_TOKEN", bot, 1);
    }
    Variables(const Variables&) = delete;
    Variables& operator=(const Variables&) = delete;
    ~Variables() { clear(); }
    static void clear() {
        for (const char* name :
             {"SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_API_URL"})
            ::unsetenv(name);
    }
};

}  // namespace

TEST_CASE("slack check without tokens says where they come from") {
    const Variables none{nullptr};
    const Workshop workshop;
    const Ran ran = workshop.run({"slack", "check"});
    CHECK(ran.code == 1);
    CHECK_THAT(ran.out, ContainsSubstring("SLACK_BOT_TOKEN is not set."));
    CHECK_THAT(ran.out, ContainsSubstring("SLACK_APP_TOKEN is not set."));
    CHECK_THAT(ran.out, ContainsSubstring("problems to mend."));
}

TEST_CASE("slack check never shows a token, in text or in JSON") {
    const Variables swapped{"xapp-1-secret-secret"};
    const Workshop workshop;
    CHECK(workshop.run({"slack", "check"}).out.find("secret-secret") == std::string::npos);
    const Ran ran = workshop.run({"slack", "check", "--json"});
    CHECK(ran.out.find("secret-secret") == std::string::npos);
    boost::system::error_code ec;
    const boost::json::value value = boost::json::parse(ran.out, ec);
    REQUIRE_FALSE(ec);
    REQUIRE(value.is_object());
    CHECK(value.get_object().at("ok") == false);
    CHECK(value.get_object().at("reports").get_array().size() == 2);
}

TEST_CASE("slack check takes a workspace that the file names in place of the first one") {
    const Variables none{nullptr};
    const Workshop workshop;
    workshop.write("rapport.yaml", "slack: {more: {club: {bot_token: CLUB_BOT, app_token: CLUB_APP}}}\n");
    const Ran ran = workshop.run({"slack", "check"});
    CHECK_THAT(ran.out, ContainsSubstring("Slack workspace \"club\""));
    CHECK(ran.out.find("SLACK_BOT_TOKEN") == std::string::npos);
}

}  // namespace rapport::test
