// `rapport alerts states`: the table of the life cycle, as it runs.

#include <fmt/format.h>

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <ostream>

#include "bot/alerts/lifecycle.hpp"
#include "bot/cli/commands.hpp"
#include "bot/cli/text.hpp"

namespace rapport::cli {

namespace {

/// "somebody_of_the_step_works" -> "somebody of the step works".
std::string in_words(std::string_view name) {
    std::string words{name};
    std::replace(words.begin(), words.end(), '_', ' ');
    return words;
}

std::vector<std::string_view> names_of(LifeStates states) {
    std::vector<std::string_view> names;
    for (std::size_t i = 0; i < life_states; ++i)
        if (states.has(LifeState(i))) names.push_back(name_of(LifeState(i)));
    return names;
}

std::string state_list(LifeStates states) {
    std::string text;
    for (const std::string_view name : names_of(states))
        text += (text.empty() ? "" : ", ") + std::string(name);
    return states.size() == int(life_states) ? "anywhere" : text;
}

std::string what_follows(const Transition& row) {
    if (row.kind == Transition::Kind::ignored) return fmt::format("nothing: {}", row.because);
    if (row.kind == Transition::Kind::refused) return fmt::format("cannot be: {}", row.because);
    std::string text;
    for (const Effect& effect : row.effects)
        if (effect.run) text += (text.empty() ? "" : ", then ") + in_words(effect.name);
    return text;
}

void print_json(std::ostream& out) {
    namespace json = boost::json;
    const auto list = [](LifeStates states) {
        json::array names;
        for (const std::string_view name : names_of(states)) names.emplace_back(name);
        return names;
    };
    for (const Transition& row : transitions()) {
        json::array effects;
        for (const Effect& effect : row.effects)
            if (effect.run) effects.emplace_back(in_words(effect.name));
        constexpr std::string_view kinds[] = {"moves", "ignored", "refused"};
        const json::object object{
            {"when", name_of(row.on)},
            {"in", list(row.from)},
            {"if", row.guard.holds ? json::value(in_words(row.guard.name)) : json::value()},
            {"kind", kinds[std::size_t(row.kind)]},
            {"do", std::move(effects)},
            {"to", list(row.to)},
            {"because", row.because}};
        out << json::serialize(object) << '\n';
    }
}

}  // namespace

int alerts_states(const Context& context) {
    if (context.json) {
        print_json(context.terminal.out);
        return int(Exit::fine);
    }
    std::vector<std::vector<std::string>> rows{{"WHEN", "IN", "IF", "AND IT IS", "THEN"}};
    for (std::size_t event = 0; event < life_events; ++event) {
        bool first = true;
        for (const Transition& row : transitions()) {
            if (row.on != LifeEvent(event)) continue;
            rows.push_back({first ? std::string(name_of(row.on)) : "", state_list(row.from),
                            row.guard.holds ? in_words(row.guard.name) : "",
                            row.kind != Transition::Kind::moves ? "-"
                            : row.to.empty()                    ? "the same"
                                                                : state_list(row.to),
                            what_follows(row)});
            first = false;
        }
    }
    context.terminal.out << table(rows)
                         << fmt::format(
                                "\n{} states, {} events; of the rows for a pair, the first whose IF holds "
                                "counts.\n",
                                life_states, life_events);
    return int(Exit::fine);
}

}  // namespace rapport::cli
