#pragma once

#include <boost/json/parse.hpp>
#include <string>
#include <variant>

#include "adapters/slack/events/parse.hpp"
#include "support/catch.hpp"

namespace rapport::slack::events {

/// A workspace "acme" that knows a few people and channels, and what it understands.
struct World {
    World() {
        installation.team = "T1";
        installation.url = "https://acme.slack.com/";
        installation.bot_user = "UBOT";
        installation.bot = "BBOT";
        installation.app = "A1";
        learn(R"({"members":[
            {"id":"U1","team_id":"T1","name":"ada","profile":{"display_name":"Ada","image_192":"https://p.example/ada"}},
            {"id":"U2","team_id":"T1","name":"bea","real_name":"Bea Baker","profile":{"display_name":""}},
            {"id":"U3","team_id":"T9","name":"carl","profile":{"display_name":"Carl"}},
            {"id":"U4","team_id":"T1","name":"helper","is_bot":true,"profile":{"display_name":"Helper"}}],
          "channels":[
            {"id":"C1","name":"general","is_channel":true},
            {"id":"G1","name":"leads","is_channel":true,"is_private":true},
            {"id":"M1","name":"mpdm","is_mpim":true},
            {"id":"D1","is_im":true,"user":"U1"}],
          "usergroups":[{"id":"S1","handle":"support","users":["U1","U2"]}]})");
    }

    void learn(const char* answer) { directory.learn(boost::json::parse(answer).as_object()); }
    Knowledge knowledge() {
        return {installation, directory,
                [this](const Id& channel, const Id& ts) { return posted.contains(channel + "/" + ts); },
                &edits};
    }
    Understood body(const boost::json::object& payload) { return understand(payload, knowledge()); }
    /// An inner event, wrapped as Slack does.
    Understood event(std::string_view inner) { return body(wrap(boost::json::parse(inner).as_object())); }

    boost::json::object wrap(boost::json::object inner) const {
        boost::json::object payload{{"type", "event_callback"},
                                    {"api_app_id", "A1"},
                                    {"team_id", "T1"},
                                    {"event_id", "Ev1"},
                                    {"event_time", 1700000500}};
        payload["authorizations"] =
            boost::json::array{boost::json::object{{"team_id", "T1"}, {"user_id", "UBOT"}, {"is_bot", true}}};
        payload["event"] = std::move(inner);
        return payload;
    }

    Installation installation{};
    Directory directory{};
    NewestEdit edits{};
    std::set<std::string> posted{};  ///< "CHANNEL/TS"
};

/// The one event that was understood.
template <class T>
T only(const Understood& understood) {
    if (const auto* ignored = std::get_if<Ignored>(&understood)) FAIL("ignored: " << ignored->why);
    if (const auto* broken = std::get_if<Broken>(&understood)) FAIL("broken: " << broken->why);
    const Meaning& meaning = std::get<Meaning>(understood);
    REQUIRE(meaning.events.size() == 1);
    CHECK(meaning.signals.empty());
    REQUIRE(std::holds_alternative<T>(meaning.events[0].body));
    return std::get<T>(meaning.events[0].body);
}
inline Message posted(const Understood& understood) {
    return only<MessagePosted>(understood).message;
}
/// The one signal.
template <class T>
T signal(const Understood& understood) {
    if (const auto* ignored = std::get_if<Ignored>(&understood)) FAIL("ignored: " << ignored->why);
    if (const auto* broken = std::get_if<Broken>(&understood)) FAIL("broken: " << broken->why);
    const Meaning& meaning = std::get<Meaning>(understood);
    REQUIRE(meaning.signals.size() == 1);
    CHECK(meaning.events.empty());
    REQUIRE(std::holds_alternative<T>(meaning.signals[0]));
    return std::get<T>(meaning.signals[0]);
}
inline std::string ignored(const Understood& understood) {
    REQUIRE(std::holds_alternative<Ignored>(understood));
    return std::get<Ignored>(understood).why;
}
inline std::string broken(const Understood& understood) {
    REQUIRE(std::holds_alternative<Broken>(understood));
    return std::get<Broken>(understood).why;
}
inline Time at_ms(std::int64_t ms) {
    return Time{std::chrono::milliseconds{ms}};
}

}  // namespace rapport::slack::events
