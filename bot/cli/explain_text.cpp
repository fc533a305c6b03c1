#include "bot/cli/explain_text.hpp"

#include <fmt/format.h>

#include <boost/json/array.hpp>

#include "bot/cli/text.hpp"

namespace rapport::cli {

namespace {

namespace json = boost::json;

void gather(const rules::Seen& seen, json::array& all) {
    for (const rules::Seen& part : seen.parts) gather(part, all);
    if (seen.kind != rules::Seen::Kind::test) return;
    json::object one{{"condition", seen.text}, {"holds", seen.holds}};
    if (seen.fact) one["fact"] = rules::info(*seen.fact).name;
    one["saw"] = rules::to_text(seen.value);
    all.push_back(std::move(one));
}

}  // namespace

std::string explanation_text(const rules::Explanation& explanation) {
    const std::string_view outcome = !explanation.enabled ? "it is switched off"
                                     : explanation.holds  ? "it asks"
                                                          : "it is silent";
    return several_lines(fmt::format("{} {}: {}\n{}", explanation.holds && explanation.enabled ? "✓" : "✗",
                                     explanation.rule, outcome, to_text(explanation)));
}

json::object explanation_json(const rules::Explanation& explanation) {
    json::array conditions;
    gather(explanation.condition, conditions);
    return {{"rule", explanation.rule},
            {"title", explanation.title},
            {"enabled", explanation.enabled},
            {"holds", explanation.holds},
            {"conditions", std::move(conditions)}};
}

}  // namespace rapport::cli
