// `rapport people roles`: what part people play, and why.

#include <fmt/format.h>

#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <ostream>

#include "bot/cli/commands.hpp"
#include "bot/cli/store_access.hpp"
#include "bot/cli/talk.hpp"
#include "bot/cli/text.hpp"
#include "bot/network/roles.hpp"

namespace rapport::cli {

int people_roles(const Context& context, const PeopleRoles& options) {
    const auto world = must_load_world(context);
    const auto store = must_open_for_reading(context);
    const SpokenLines spoken = must_gather_lines(*store, *world, options.since, options.topic);
    auto roles = network::roles_of(spoken.lines, spoken.people.size(), spoken.now);
    std::erase_if(roles, [&](const network::SuggestedRole& one) {
        return spoken.people[one.who].staff ||
               (!options.role.empty() && network::name_of(one.role) != options.role);
    });
    const auto reason = [&](const network::SuggestedRole& one) {
        return network::reason_of(one, time_text, context.zone);
    };
    if (context.json) {
        for (const network::SuggestedRole& one : roles)
            context.terminal.out << boost::json::serialize(
                                        boost::json::object{{"id", spoken.people[one.who].id},
                                                            {"name", spoken.people[one.who].name},
                                                            {"role", network::name_of(one.role)},
                                                            {"score", one.score},
                                                            {"reason", reason(one)}})
                                 << "\n";
        return int(Exit::fine);
    }
    if (roles.empty()) {
        context.terminal.out << "Nobody plays a part there that could be told.\n";
        return int(Exit::fine);
    }
    std::vector<std::vector<std::string>> rows{{"ROLE", "WHO", "WHY"}};
    for (const network::SuggestedRole& one : std::span{roles}.first(std::min(options.limit, roles.size())))
        rows.push_back(
            {std::string{network::name_of(one.role)}, one_line(spoken.people[one.who].name), reason(one)});
    context.terminal.out << table(rows);
    if (roles.size() > options.limit)
        context.terminal.out << fmt::format("... and {} more; -n shows more, --role only some.\n",
                                            roles.size() - options.limit);
    return int(Exit::fine);
}

}  // namespace rapport::cli
