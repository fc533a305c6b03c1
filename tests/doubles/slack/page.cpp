#include "doubles/slack/page.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <cctype>
#include <stdexcept>

#include "doubles/slack/assets.hpp"
#include "doubles/slack/block_rules.hpp"
#include "doubles/slack/double.hpp"
#include "doubles/slack/events.hpp"

namespace rapport::test::slack {
namespace json = boost::json;

namespace {

net::Response answer(unsigned status, std::string type, std::string body) {
    net::Response response;
    response.status = status;
    response.headers = {{"Content-Type", std::move(type)}, {"Cache-Control", "no-store"}};
    response.body = std::move(body);
    return response;
}

/// All that the page shows to that person.
json::object state(SlackDouble& slack, const std::string& me) {
    World& world = slack.world();
    const User& self = world.person(me);
    json::array people;
    json::object names;
    for (const auto& [id, user] : world.users) {
        names[id] = user.shown();
        if (user.bot.empty() && id != "USLACKBOT") {
            people.push_back(json::object{{"id", id}, {"name", user.name}, {"title", user.title}});
        }
    }
    json::array channels;
    for (const auto& [id, channel] : world.channels) {
        if (!channel.members.contains(self.id)) continue;
        json::array messages;
        for (const auto& [ts, message] : channel.messages) messages.push_back(message);
        json::object one = world.channel_json(channel, self.id);
        one["messages"] = std::move(messages);
        channels.push_back(std::move(one));
    }
    json::array ephemerals;
    for (const Ephemeral& one : slack.ephemerals(self.id)) {
        ephemerals.push_back(json::object{{"channel", one.channel}, {"ts", one.ts}, {"body", one.body}});
    }
    json::array views;
    for (json::object& view : slack.views(self.id)) views.push_back(std::move(view));
    json::array notes;
    for (const Note& note : slack.notes(self.id)) notes.emplace_back(note.what);
    const std::optional<json::object> home = slack.home(self.id);
    return {{"me", self.id},
            {"people", std::move(people)},
            {"names", std::move(names)},
            {"channels", std::move(channels)},
            {"ephemerals", std::move(ephemerals)},
            {"views", std::move(views)},
            {"home", home ? json::value(*home) : json::value(nullptr)},
            {"notes", std::move(notes)},
            {"sockets", slack.sockets().size()}};
}

std::string member(const json::object& in, std::string_view name) {
    return std::string{text_of(in, name)};
}

/// What somebody typed, as Slack's own program would send it: escaped, "@name" and "#channel" as mentions.
std::string typed(World& world, const std::string& text) {
    std::string result;
    for (std::size_t at = 0; at < text.size();) {
        const bool begins = at == 0 || text[at - 1] == ' ' || text[at - 1] == '(';
        if (begins && (text[at] == '@' || text[at] == '#')) {
            std::size_t end = at + 1;
            while (end < text.size() &&
                   (std::isalnum(static_cast<unsigned char>(text[end])) || text[end] == '-'))
                ++end;
            const std::string name = text.substr(at + 1, end - at - 1);
            std::string id;
            for (const auto& [key, user] : world.users) {
                if (text[at] == '@' && user.name == name) id = "@" + key;
            }
            for (const auto& [key, channel] : world.channels) {
                if (text[at] == '#' && channel.name == name) id = "#" + key + "|" + name;
            }
            if (!id.empty()) {
                result += "<" + id + ">";
                at = end;
                continue;
            }
        }
        const char c = text[at++];
        result += c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '>' ? "&gt;" : std::string(1, c);
    }
    return result;
}

void act(SlackDouble& slack, const json::object& asked) {
    People& people = slack.people();
    const std::string what = member(asked, "do");
    const std::string me = member(asked, "me");
    const std::string channel = member(asked, "channel");
    const std::string text = member(asked, "text");
    std::map<std::string, std::string> values;
    if (const json::value* given = asked.if_contains("values"); given && given->is_object()) {
        for (const auto& [name, value] : given->get_object()) {
            if (value.is_string()) values[std::string{name}] = std::string{value.get_string()};
        }
    }
    if (what == "say" && text.starts_with('/')) {
        const std::size_t space = text.find(' ');
        people.slash(me, channel, text.substr(0, space),
                     space == std::string::npos ? "" : typed(slack.world(), text.substr(space + 1)));
    } else if (what == "say") {
        Saying how;
        how.thread = member(asked, "thread");
        people.say(me, channel, typed(slack.world(), text), how);
    } else if (what == "press") {
        if (!values.empty()) people.fill(me, values);
        people.press(me, {channel, member(asked, "ts"), member(asked, "view"), member(asked, "action"),
                          member(asked, "block"), member(asked, "choice")});
    } else if (what == "submit") {
        people.submit(me, values);
    } else if (what == "close") {
        people.close_view(me);
    } else if (what == "home") {
        people.open_home(me);
    } else if (what == "direct") {
        const Team& team = slack.world().teams.at("T0ACME");
        slack.world().direct(team.id, {slack.world().person(me).id, team.bot_user});
    } else if (what == "shortcut") {
        people.message_shortcut(me, member(asked, "callback"), channel, member(asked, "ts"));
    } else if (what == "edit") {
        people.edit(channel, member(asked, "ts"), typed(slack.world(), text));
    } else if (what == "delete") {
        people.remove(channel, member(asked, "ts"));
    } else {
        throw std::out_of_range("the double does not know how to " + what);
    }
}

}  // namespace

net::Response page(SlackDouble& slack, const net::Request& request) {
    const std::string_view path = request.path();
    if (path == "/" && request.method == "GET") {
        const Asset* asset = find_asset("slack.html");
        return answer(200, std::string{asset->type}, std::string{asset->data});
    }
    if (path.starts_with("/files/") && request.method == "GET") {
        const auto file = slack.world().files.find(std::string{path.substr(7)});
        if (file != slack.world().files.end() && file->second.shown)
            return answer(200, "image/png", file->second.bytes);
    }
    if (!path.starts_with("/double/") || request.method != "POST")
        return answer(404, "text/plain", "There is nothing here.\n");
    // A page of somewhere else cannot send this type without asking first, and nobody answers that question.
    if (!request.header("content-type").starts_with("application/json"))
        return answer(415, "text/plain", "JSON only\n");
    boost::system::error_code ec;
    const json::value parsed = json::parse(request.body, ec);
    const json::object* asked = ec ? nullptr : parsed.if_object();
    if (!asked) return answer(400, "text/plain", "not a JSON object\n");
    try {
        if (path == "/double/do") act(slack, *asked);
        return answer(200, "application/json", json::serialize(state(slack, member(*asked, "me"))));
    } catch (const std::out_of_range& error) {
        return answer(400, "text/plain; charset=utf-8", error.what());
    }
}

}  // namespace rapport::test::slack
