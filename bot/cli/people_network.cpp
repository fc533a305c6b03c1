// `rapport people network` and `people path`: who talks with whom about what, and who could introduce whom.

#include <fmt/format.h>

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <map>
#include <optional>
#include <ostream>

#include "bot/cli/commands.hpp"
#include "bot/cli/lookup.hpp"
#include "bot/cli/store_access.hpp"
#include "bot/cli/talk.hpp"
#include "bot/cli/text.hpp"
#include "bot/json/alert_json.hpp"
#include "bot/network/communities.hpp"
#include "bot/network/drawing.hpp"
#include "bot/network/introduction.hpp"

namespace rapport::cli {

namespace {

namespace json = boost::json;
using network::Drawn;
using network::Exchange;
using network::Node;

/// Everybody who talked, with their community. By the numbers of the exchanges.
std::vector<Drawn> drawn(const std::vector<network::Talker>& people, std::span<const Exchange> exchanges) {
    const network::Graph graph = graph_of(people, exchanges);
    const network::Communities found = communities_of(graph);
    std::map<std::string_view, std::uint32_t> community;
    for (Node node = 0; node < graph.size(); ++node) community[graph.name(node)] = found.of[node];
    std::vector<Drawn> all;
    all.reserve(people.size());
    for (const network::Talker& one : people) {
        const auto at = community.find(one.id);
        all.push_back({one, at == community.end() ? std::uint32_t(found.count) : at->second});
    }
    return all;
}

/// Only those who are in an exchange, and the exchanges by their new numbers.
void leave_out_others(std::vector<network::Talker>& people, std::vector<Exchange>& exchanges) {
    constexpr Node nobody = UINT32_MAX;
    std::vector<Node> number(people.size(), nobody);
    std::vector<network::Talker> left;
    const auto renumber = [&](Node& node) {
        if (number[node] == nobody) {
            number[node] = Node(left.size());
            left.push_back(people[node]);
        }
        node = number[node];
    };
    for (Exchange& one : exchanges) {
        renumber(one.from);
        renumber(one.to);
    }
    people = std::move(left);
}

json::array topics_json(const Exchange& exchange) {
    json::array all;
    for (const auto& [topic, messages] : exchange.topics)
        all.push_back(json::object{{"topic", topic}, {"messages", messages}});
    return all;
}

std::string talk_json(std::span<const Drawn> people, std::span<const Exchange> exchanges) {
    json::array who, said;
    for (const Drawn& one : people)
        who.push_back(json::object{{"id", one.who.id},
                                   {"name", one.who.name},
                                   {"staff", one.who.staff},
                                   {"community", one.community}});
    for (const Exchange& one : exchanges)
        said.push_back(json::object{{"from", people[one.from].who.id},
                                    {"to", people[one.to].who.id},
                                    {"messages", one.messages},
                                    {"lift", one.lift},
                                    {"closeness", one.closeness},
                                    {"last", iso_utc(one.last)},
                                    {"topics", topics_json(one)}});
    return json::serialize(json::object{{"people", std::move(who)}, {"exchanges", std::move(said)}}) + "\n";
}

/// The busiest first; of equals the latest.
void sort_busiest(std::vector<Exchange>& exchanges) {
    std::stable_sort(exchanges.begin(), exchanges.end(), [](const Exchange& a, const Exchange& b) {
        return a.messages != b.messages ? a.messages > b.messages : a.last > b.last;
    });
}

std::string talk_table(const Context& context, std::span<const Drawn> people, std::vector<Exchange> exchanges,
                       std::size_t limit) {
    if (exchanges.empty()) return "Nobody has talked with anybody there.\n";
    sort_busiest(exchanges);
    std::vector<std::vector<std::string>> rows{{"WHO", "TO WHOM", "MESSAGES", "LAST", "ABOUT"}};
    for (const Exchange& one : std::span{exchanges}.first(std::min(limit, exchanges.size())))
        rows.push_back({people[one.from].who.name, people[one.to].who.name, std::to_string(one.messages),
                        time_text(context.zone, one.last), or_dash(topics_text(one))});
    std::string text = table(rows);
    if (exchanges.size() > limit)
        text += fmt::format("These are the {} busiest of {}. -n shows more; --with and --topic find some.\n",
                            limit, exchanges.size());
    return text;
}

/// The talker that `who` names: a staffer, platform:realm:id, or a handle.
Node must_find_talker(const network::Talk& talk, Store& store, const World& world, const std::string& who) {
    std::string id = who;
    if (!world.team.staffer(who)) {
        Lookup lookup{store};
        id = talker_of(must_find_account(lookup, who), lookup, world).id;
    }
    const auto& people = talk.people();
    const auto at = std::find_if(people.begin(), people.end(), [&](const auto& one) { return one.id == id; });
    if (at == people.end())
        throw Stop(Exit::not_found, fmt::format("{} has talked with nobody since then.", one_line(who)));
    return Node(at - people.begin());
}

}  // namespace

int people_network(const Context& context, const PeopleNetwork& options) {
    const auto world = must_load_world(context);
    const auto store = must_open_for_reading(context);
    const network::Talk talk = must_gather_talk(*store, *world, options.since, options.topic);
    std::vector<Exchange> exchanges = talk.exchanges();
    if (!options.with.empty()) {
        const Node who = must_find_talker(talk, *store, *world, options.with);
        std::erase_if(exchanges, [&](const Exchange& one) { return one.from != who && one.to != who; });
    }
    std::vector<network::Talker> talkers = talk.people();
    leave_out_others(talkers, exchanges);
    const std::vector<Drawn> people = drawn(talkers, exchanges);
    std::ostream& out = context.terminal.out;
    if (context.json)
        out << talk_json(people, exchanges);
    else if (options.form == "graphml")
        write_graphml(out, people, exchanges);
    else if (options.form == "dot")
        write_dot(out, people, exchanges);
    else
        out << talk_table(context, people, std::move(exchanges), options.limit);
    return int(Exit::fine);
}

int people_path(const Context& context, const PeoplePath& options) {
    const auto world = must_load_world(context);
    const auto store = must_open_for_reading(context);
    const network::Talk talk = must_gather_talk(*store, *world, options.since, "");
    const auto& people = talk.people();
    const std::string from = people[must_find_talker(talk, *store, *world, options.from)].id;
    const std::string to = people[must_find_talker(talk, *store, *world, options.to)].id;
    const std::vector<Exchange> exchanges = talk.exchanges();
    const network::Graph graph = graph_of_closeness(people, exchanges);
    const auto node_of = [&](const std::string& id) -> std::optional<Node> {
        for (Node node = 0; node < graph.size(); ++node)
            if (graph.name(node) == id) return node;
        return std::nullopt;  // has talked with nobody
    };
    const auto start = node_of(from), end = node_of(to);
    const auto named = [&](Node node) {
        return *std::find_if(people.begin(), people.end(),
                             [&](const auto& one) { return one.id == graph.name(node); });
    };
    const std::vector<Node> way = start && end ? introduction(graph, *start, *end) : std::vector<Node>{};
    if (context.json) {
        json::array ids;
        for (const Node node : way)
            ids.push_back(json::object{{"id", named(node).id}, {"name", named(node).name}});
        context.terminal.out << json::serialize(json::object{{"path", std::move(ids)}}) << "\n";
    } else if (!way.empty()) {
        std::vector<std::string> names;
        names.reserve(way.size());
        for (const Node node : way) names.push_back(one_line(named(node).name));
        context.terminal.out << fmt::format("{}\n", fmt::join(names, " - "));
    }
    if (!way.empty()) return int(Exit::fine);
    if (!context.json) context.terminal.out << "Nobody who is known here leads from one to the other.\n";
    return int(Exit::not_found);
}

}  // namespace rapport::cli
