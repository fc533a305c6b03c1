// `rapport rules vocabulary` and `rapport rules explain`.

#include <fmt/format.h>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <ostream>

#include "bot/cli/commands.hpp"
#include "bot/cli/explain_text.hpp"
#include "bot/cli/given.hpp"
#include "bot/cli/reading_facts.hpp"
#include "bot/cli/store_access.hpp"
#include "rules/reference.hpp"

namespace rapport::cli {

namespace {

namespace json = boost::json;

json::object to_json(const rules::FactInfo& fact) {
    json::array allowed;
    for (const std::string_view word : fact.allowed) allowed.emplace_back(word);
    return {{"name", fact.name},       {"type", rules::to_string(fact.type)},
            {"unit", fact.unit},       {"meaning", fact.meaning},
            {"example", fact.example}, {"allowed", std::move(allowed)}};
}

std::vector<rules::RuleId> chosen(const rules::RuleSet& rules, const std::string& name) {
    std::vector<rules::RuleId> ids;
    if (name.empty()) {
        for (rules::RuleId id = 0; id < rules.rules().size(); ++id) ids.push_back(id);
        return ids;
    }
    if (const auto id = rules.find(name)) return {*id};
    std::vector<std::string_view> known;
    for (const rules::Rule& rule : rules.rules()) known.push_back(rule.name);
    const std::string meant = rules::did_you_mean(name, known);
    throw Stop(Exit::not_found, fmt::format("There is no rule {} in {}{}", name, rules.file(),
                                            meant.empty() ? "." : ": " + meant));
}

rules::Facts facts_of(const ExplainOptions& options, const World& world) {
    rules::Facts given;
    const auto set_all = [&](rules::Facts& facts) {
        if (!options.text.empty()) facts.set(rules::Fact::message_text, std::string_view{options.text});
        for (const std::string& one : options.given)
            if (const Result<> set = set_given(facts, one); !set) throw Stop(Exit::usage, set.error().what);
    };
    set_all(given);
    facts_by_reading (*world.reader)(given);
    set_all(given);  // what is given outright stays as given
    return given;
}

}  // namespace

int rules_vocabulary(const Context& context, VocabularyForm form) {
    std::ostream& out = context.terminal.out;
    switch (form) {
        case VocabularyForm::text:
            out << rules::vocabulary_text();
            break;
        case VocabularyForm::markdown:
            out << rules::vocabulary_markdown();
            break;
        case VocabularyForm::schema:
            out << rules::json_schema();
            break;
        case VocabularyForm::json:
            for (const rules::FactInfo& fact : rules::vocabulary())
                out << json::serialize(to_json(fact)) << "\n";
            break;
    }
    return int(Exit::fine);
}

int rules_explain(const Context& context, const ExplainOptions& options) {
    const auto world = must_load_world(context);
    const std::vector<rules::RuleId> ids = chosen(world->rules, options.rule);
    const rules::Facts facts = facts_of(options, *world);
    bool first = true;
    for (const rules::RuleId id : ids) {
        const rules::Explanation explanation = explain(world->rules, id, facts);
        if (context.json) {
            context.terminal.out << json::serialize(explanation_json(explanation)) << "\n";
        } else {
            context.terminal.out << (std::exchange(first, false) ? "" : "\n")
                                 << explanation_text(explanation);
        }
    }
    return int(Exit::fine);
}

}  // namespace rapport::cli
