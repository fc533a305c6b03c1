// Payloads as Slack's own SDKs have them in their tests, field by field.

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <filesystem>

#include "adapters/slack/blocks/interaction.hpp"
#include "support/catch.hpp"
#include "unit/slack/blocks/samples.hpp"

namespace rapport::slack {
namespace json = boost::json;

namespace {

const Time midday{std::chrono::seconds{1'763'812'800}};

Installation installed(Id team = "T111") {
    Installation out;
    out.team = std::move(team);
    return out;
}

std::optional<Interaction> understood(const std::string& name, const Installation& installation = installed(),
                                      const Lookups& lookups = {}) {
    const auto payload = test::sample("realistic/interactive/" + name);
    if (!payload) return std::nullopt;
    return understand_interaction(*payload, installation, lookups, midday);
}

template <class T>
bool is(const Interaction& interaction) {
    return interaction.meanings.size() == 1 && std::holds_alternative<T>(interaction.meanings.front());
}

#define NEEDS(result) \
    if (!(result)) RAPPORT_SKIP("the shared Slack samples are not there")

}  // namespace

TEST_CASE("samples: a press on an unfurl says where and by whom") {
    const auto got = understood("block_actions.app-unfurl.json");
    NEEDS(got);
    CHECK(is<Ignored>(*got));
    CHECK(got->reply.trigger == "111.222.xxx");
    CHECK(got->reply.response_url == "https://hooks.slack.com/actions/T111/111/222");
    CHECK(got->reply.from == Surface::message);
    CHECK(got->reply.channel == "C111");
    CHECK(got->reply.message == "1661488735.191299");
    CHECK(got->reply.user == "U111");
    CHECK_FALSE(got->reply.ephemeral);
}

TEST_CASE("samples: ephemeral messages have no message but a container") {
    const auto thread = understood("block_actions.ephemeral-in-thread.json");
    NEEDS(thread);
    CHECK(thread->reply.ephemeral);
    CHECK(thread->reply.message == "1693635296.000500");
    CHECK(thread->reply.thread == "1693616242.466609");
    CHECK(thread->reply.response_url == "https://hooks.slack.com/actions/T111/111/xxx");

    const auto bolt = understood("block_actions.ephemeral.bolt.json");
    CHECK(bolt->reply.ephemeral);
    CHECK(bolt->reply.message == "111.222");
    CHECK(bolt->reply.trigger == "111.222.valid");
    CHECK(bolt->reply.user == "W111");

    const auto bare = understood("block_actions.ephemeral.no-message.json");
    CHECK(bare->reply.ephemeral);
    CHECK(bare->reply.channel == "C111");
    CHECK(bare->reply.thread.empty());
}

TEST_CASE("samples: a function's message has no response_url and another kind of trigger") {
    const auto got = understood("block_actions.function-no-response_url.json");
    NEEDS(got);
    CHECK(got->reply.response_url.empty());
    CHECK(got->reply.trigger == "111.222.333");
    CHECK(got->reply.channel == "D065ZJQQQAE");
    CHECK(got->reply.message == "1700455285.968429");
    CHECK(got->reply.user == "U03E94MK0");
}

TEST_CASE("samples: Home has neither channel nor response_url") {
    const auto got = understood("block_actions.home-view.no-channel.json");
    NEEDS(got);
    CHECK(got->reply.from == Surface::home);
    CHECK(got->reply.view == "V12345678");
    CHECK(got->reply.hash == "1574381430.230cf862");
    CHECK(got->reply.root_view == "V12345678");
    CHECK(got->reply.previous_view.empty());
    CHECK(got->reply.channel.empty());
    CHECK(got->reply.response_url.empty());
    CHECK(got->reply.views_open() == 0);
}

TEST_CASE("samples: a press on an attachment") {
    const auto got = understood("block_actions.message_attachment.json", installed("T9TK3CUKW"));
    NEEDS(got);
    CHECK(got->reply.channel == "CBR2V3XEX");
    CHECK(got->reply.message == "1548261231.000200");
    CHECK(got->reply.trigger == "12321423423.333649436676.d8c1bb837935619ccad0f624c448ffb3");
    CHECK(got->reply.response_url ==
          "https://hooks.slack.com/actions/AABA1ABCD/1232321423432/D09sSasdasdAS9091209");
}

TEST_CASE("samples: a request for options") {
    const auto got = understood("block_suggestion.json");
    NEEDS(got);
    REQUIRE(is<OptionsRequest>(*got));
    const auto& request = std::get<OptionsRequest>(got->meanings.front());
    CHECK(request.action == "a");
    CHECK(request.block == "b");
    CHECK(request.typed == "This is a test");
    CHECK(got->reply.view == "V123");
    CHECK(got->reply.fields.empty());
}

TEST_CASE("samples: message shortcuts bring the message") {
    Lookups lookups;
    std::string seen_channel;
    lookups.message = [&](const json::object& message, const Id& channel) {
        seen_channel = channel;
        Message out;
        out.id = std::string{message.at("ts").as_string()};
        out.text = std::string{message.at("text").as_string()};
        return std::optional{out};
    };
    const auto basic = understood("message_action.basic.json", installed("T0MJRM1A7"), lookups);
    NEEDS(basic);
    REQUIRE(is<Ask>(*basic));
    const Ask& ask = std::get<Ask>(basic->meanings.front());
    CHECK(ask.kind == Ask::Kind::shortcut);
    CHECK(ask.name == "chirp_message");
    CHECK(ask.by == AccountKey{"slack", "T0MJRM1A7", "U0D15K92L"});
    REQUIRE(ask.about);
    CHECK(ask.about->id == "1516229207.000133");
    CHECK(ask.at == midday);
    CHECK(seen_channel == "D0LFFBKLZ");
    CHECK(basic->reply.message == "1516229207.000133");
    CHECK(basic->reply.response_url ==
          "https://hooks.slack.com/app-actions/T0MJR11A4/21974584944/yk1S9ndf35Q1flupVG5JbpM6");
    CHECK(basic->reply.trigger == "13345224609.8534564800.6f8ab1f53e13d0cd15f96106292d5536");

    const auto bolt = understood("message_action.bolt.json", installed(), lookups);
    CHECK(std::get<Ask>(bolt->meanings.front()).name == "test-shortcut");
    CHECK(std::get<Ask>(bolt->meanings.front()).by == AccountKey{"slack", "T111", "W111"});
    CHECK(std::get<Ask>(bolt->meanings.front()).about->text == "<@W222> test");
    CHECK(bolt->reply.message == "1583636382.000300");
    CHECK(seen_channel == "C111");

    const auto rich = understood("message_action.rich.json", installed(), lookups);
    CHECK(std::get<Ask>(rich->meanings.front()).name == "test-message-action");
    CHECK(std::get<Ask>(rich->meanings.front()).about->id == "1608093938.001200");
    CHECK(rich->reply.from == Surface::message);
}

TEST_CASE("samples: global shortcuts have no channel, and in organisations no team") {
    const auto bolt = understood("shortcut.global.bolt.json");
    NEEDS(bolt);
    REQUIRE(is<Ask>(*bolt));
    CHECK(std::get<Ask>(bolt->meanings.front()).kind == Ask::Kind::shortcut);
    CHECK(std::get<Ask>(bolt->meanings.front()).name == "test-shortcut");
    CHECK_FALSE(std::get<Ask>(bolt->meanings.front()).about);
    CHECK(bolt->reply.from == Surface::nowhere);
    CHECK(bolt->reply.channel.empty());

    Installation organisation;
    organisation.enterprise = "E111";
    organisation.whole_organisation = true;
    const auto org = understood("shortcut.global.org-install.team-null.json", organisation);
    CHECK(std::get<Ask>(org->meanings.front()).by == AccountKey{"slack", "E111", "W111"});
    const InstalledIn where =
        installed_in(*test::sample("realistic/interactive/shortcut.global.org-install.team-null.json"));
    CHECK(where.enterprise == "E111");
    CHECK(where.team == "T111");
}

TEST_CASE("samples: closed views") {
    const auto bolt = understood("view_closed.bolt.json");
    NEEDS(bolt);
    REQUIRE(is<Closed>(*bolt));
    CHECK(bolt->reply.view == "V111");
    CHECK(bolt->reply.callback == "view-id");
    const auto other = understood("view_closed.json");
    REQUIRE(is<Closed>(*other));
    CHECK_FALSE(std::get<Closed>(other->meanings.front()).all);
    CHECK(other->reply.hash == "random");
}

TEST_CASE("samples: submitted views of others are left alone, with all handles read") {
    const auto bolt = understood("view_submission.bolt.json");
    NEEDS(bolt);
    CHECK(is<Ignored>(*bolt));
    CHECK(bolt->reply.view == "V111");
    CHECK(bolt->reply.hash == "1596530361.3wRYuk3R");
    CHECK(bolt->reply.from == Surface::modal);
    CHECK(bolt->reply.views_open() == 1);
    CHECK(bolt->reply.callback == "view-id");

    const auto function = understood("view_submission.function.json", installed("T03E94MJU"));
    CHECK(function->reply.view == "V066196HSPR");
    CHECK(function->reply.trigger == "111.222.333");

    const auto many = understood("view_submission.many-inputs.json", installed("T12345678"));
    CHECK(many->reply.trigger == "768915595217.771150964790.bbc12e4f1483ce782cd891edf9dca94c");
    CHECK(many->reply.hash == "1569562184.10297bc3");

    const auto urls = understood("view_submission.response_urls.json");
    CHECK(urls->reply.response_url == "http://localhost:8888/webhook");
}

TEST_CASE("samples: values of each kind of input are read") {
    auto many = test::sample("realistic/interactive/view_submission.many-inputs.json");
    NEEDS(many);
    // The same values, in a form of ours: only the names differ.
    std::string text = *test::sample_text("realistic/interactive/view_submission.many-inputs.json");
    const auto rename = [&](const std::string& from, const std::string& to) {
        for (std::size_t at = 0; (at = text.find('"' + from + '"', at)) != std::string::npos; at += to.size())
            text.replace(at + 1, from.size(), to);
    };
    rename("rating", "f0:rating");
    rename("date-of-visit", "d0:visit");
    rename("comment", "f0:comment");
    rename("modal-callback-id", "ask:visit");
    const Interaction got =
        understand_interaction(json::parse(text).as_object(), installed("T12345678"), {}, midday);
    REQUIRE(is<Ask>(got));
    const Ask& ask = std::get<Ask>(got.meanings.front());
    CHECK(ask.kind == Ask::Kind::form);
    CHECK(ask.name == "visit");
    CHECK(ask.values == std::map<std::string, std::string>{
                            {"rating", "3"}, {"visit", "2019-09-23"}, {"comment", "Just amazing!"}});
    CHECK(got.reply.fields == std::vector<std::pair<std::string, std::string>>{
                                  {"rating", "f0:rating"}, {"visit", "d0:visit"}, {"comment", "f0:comment"}});
}

TEST_CASE("edge case 36: the installation is the view's, and the presser's home is their own team") {
    const auto payload =
        test::sample("realistic/interactive/view_submission.slack-connect.app_installed_team_id.json");
    NEEDS(payload);
    CHECK(installed_in(*payload).team == "T-installed-workspace");
    json::object ours = *payload;
    ours.at("view").as_object()["callback_id"] = "ask:who";
    const Interaction got = understand_interaction(ours, installed("T-installed-workspace"), {}, midday);
    REQUIRE(is<Ask>(got));
    CHECK(std::get<Ask>(got.meanings.front()).by == AccountKey{"slack", "T-other-side", "W111"});

    const auto org = test::sample("realistic/interactive/view_submission.org-install.team-null.json");
    CHECK(installed_in(*org).enterprise == "E111");
    CHECK(installed_in(*org).team.empty());
}

TEST_CASE("samples: slash commands") {
    const auto command = test::sample("realistic/slash/command.json");
    NEEDS(command);
    const Interaction got = understand_command(*command, installed(), {}, midday);
    REQUIRE(is<Ask>(got));
    const Ask& ask = std::get<Ask>(got.meanings.front());
    CHECK(ask.kind == Ask::Kind::words);
    CHECK(ask.text == "hello");
    CHECK(ask.by == AccountKey{"slack", "T111", "U111"});
    CHECK(got.reply.callback == "/test");
    CHECK(got.reply.channel == "C111");
    CHECK(got.reply.trigger == "111.222.xxx");
    CHECK(got.reply.response_url == "https://hooks.slack.com/commands/T111/111/xxx");
    CHECK_FALSE(ask.id.empty());

    const auto socket = test::sample("realistic/socket-mode/slash_commands.json");
    const Interaction over_socket =
        understand_command(socket->at("payload").as_object(), installed(), {}, midday);
    CHECK(is<Ask>(over_socket));
    CHECK(std::get<Ask>(over_socket.meanings.front()).text.empty());
    CHECK(over_socket.reply.callback == "/hi-socket-mode");
}

TEST_CASE("samples: slash commands as forms") {
    NEEDS(test::sample_text("realistic/slash/command-1.form.txt"));
    struct Expected {
        std::string file, command, text, user, team;
    };
    for (const Expected& expected : {Expected{"1", "/weather", "94070", "U2147483697", "T0001"},
                                     Expected{"2", "/hello", "", "W111", "T111"},
                                     Expected{"3", "/org-level-command", "test", "W111", "T111"}}) {
        INFO("form " << expected.file);
        const json::object fields =
            test::form_fields(*test::sample_text("realistic/slash/command-" + expected.file + ".form.txt"));
        const Interaction got = understand_command(fields, installed(expected.team), {}, midday);
        REQUIRE(is<Ask>(got));
        CHECK(std::get<Ask>(got.meanings.front()).text == expected.text);
        CHECK(std::get<Ask>(got.meanings.front()).by == AccountKey{"slack", expected.team, expected.user});
        CHECK(got.reply.callback == expected.command);
        CHECK_FALSE(got.reply.trigger.empty());
        CHECK(got.reply.response_url.starts_with("https://hooks.slack.com/commands/"));
        CHECK(installed_in(fields).team == expected.team);
        CHECK(installed_in(fields).enterprise == (expected.file == "3" ? "E111" : ""));
    }
}

TEST_CASE("samples: what comes over Socket Mode is the same") {
    const auto envelope = test::sample("realistic/socket-mode/interactive.block_actions.json");
    NEEDS(envelope);
    const Interaction got =
        understand_interaction(envelope->at("payload").as_object(), installed(), {}, midday);
    CHECK(is<Ignored>(got));
    CHECK(got.reply.message == "1605853634.000400");
    CHECK(got.reply.channel == "C111");
    CHECK(got.reply.response_url == "https://hooks.slack.com/actions/T111/111/xxx");
}

TEST_CASE("samples: every skeleton and every form is understood without an error") {
    const std::filesystem::path folder{std::string{RAPPORT_SHARED_DIR} + "/slack/samples"};
    NEEDS(std::filesystem::exists(folder));
    int seen = 0;
    for (const std::string sub : {"skeleton/app-backend", "realistic/interactive", "realistic/slash"})
        for (const auto& entry : std::filesystem::directory_iterator{folder / sub}) {
            if (entry.path().extension() != ".json") continue;
            const auto payload = test::sample(sub + "/" + entry.path().filename().string());
            INFO(entry.path().filename().string());
            CHECK_FALSE(understand_interaction(*payload, installed(), {}, midday).meanings.empty());
            CHECK_FALSE(understand_command(*payload, installed(), {}, midday).meanings.empty());
            ++seen;
        }
    CHECK(seen >= 27);
}

}  // namespace rapport::slack
