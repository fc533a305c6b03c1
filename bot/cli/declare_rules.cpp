#include "bot/cli/command_line.hpp"
#include "bot/cli/declare.hpp"

namespace rapport::cli {

namespace {

/// The rules file as an argument stands for --rules.
Context with_rules(const Context& context, const std::filesystem::path& file) {
    Context changed = context;
    if (!file.empty()) changed.places.rules = file;
    return changed;
}

void declare_rule_files(CommandLine& line, CLI::App& rules) {
    auto& file = line.keep<std::filesystem::path>();
    const auto with_file = [&file](CLI::App* added) {
        added->add_option("FILE", file, "The rules file (default: rules.yaml of --config)")
            ->type_name("FILE");
        return added;
    };
    line.add_json(
        with_file(line.command(rules, "check", "Mistakes, with line, column and what was probably meant",
                               "  rapport rules check\n  rapport rules check new-rules.yaml\n",
                               [&file](const Context& c) { return rules_check(with_rules(c, file)); })),
        "One object: file, ok, rules (how many), mistakes");
    line.add_json(
        with_file(line.command(rules, "test", "Run the tests that stand below each rule",
                               "  rapport rules test\n  rapport rules test new-rules.yaml\n",
                               [&file](const Context& c) { return rules_test(with_rules(c, file)); })),
        "A line for each test: rule, test, line, passed, expected, explanation");
}

void declare_vocabulary(CommandLine& line, CLI::App& rules) {
    struct Form {
        bool markdown = false;
        bool schema = false;
    };
    auto& form = line.keep<Form>();
    CLI::App* vocabulary =
        line.command(rules, "vocabulary", "Everything that a condition can ask about",
                     "  rapport rules vocabulary\n"
                     "  rapport rules vocabulary --schema > rules.schema.json\n",
                     [&form](const Context& c) {
                         return rules_vocabulary(c, form.markdown ? VocabularyForm::markdown
                                                    : form.schema ? VocabularyForm::schema
                                                    : c.json      ? VocabularyForm::json
                                                                  : VocabularyForm::text);
                     });
    CLI::Option* markdown = vocabulary->add_flag("--markdown", form.markdown, "As a table for a manual");
    CLI::Option* schema =
        vocabulary->add_flag("--schema", form.schema, "As JSON Schema of the rules file, for editors");
    CLI::Option* lines = vocabulary->add_flag(
        "--json", line.json, "A line for each fact: name, type, unit, meaning, example, allowed");
    markdown->excludes(schema)->excludes(lines);
    schema->excludes(lines);
}

void declare_explain(CommandLine& line, CLI::App& rules) {
    auto& options = line.keep<ExplainOptions>();
    CLI::App* explain =
        line.command(rules, "explain", "What a rule would say, condition by condition",
                     "  rapport rules explain champion-waits --given person.role=champion --text \"Does it "
                     "work?\"\n"
                     "  rapport rules explain --given person.depth=close --given person.reach=5000\n"
                     "Facts that are not given are unknown. A text is read, and what follows from it is "
                     "filled in.\n",
                     [&options](const Context& c) { return rules_explain(c, options); });
    explain->add_option("RULE", options.rule, "Its name; all rules without it")->type_name("RULE");
    explain->add_option("--given", options.given, "A fact: person.role=champion. As often as you like")
        ->type_name("FACT=VALUE")
        ->type_size(1)
        ->allow_extra_args(false);
    explain->add_option("--text", options.text, "What the message says")->type_name("TEXT");
    line.add_json(explain,
                  "A line for each rule: rule, title, enabled, holds, conditions with what they saw");
}

void declare_show(CommandLine& line, CLI::App& rules) {
    auto& name = line.keep<std::string>();
    CLI::App* show = line.command(
        rules, "show", "How a rule does: asked, answered, not needed; what would be better",
        "  rapport rules show champion-waits\n", [&name](const Context& c) { return rules_show(c, name); });
    show->add_option("RULE", name, "Its name")->required()->type_name("RULE");
    line.add_json(show, "One object: rule, when, all, weeks, reasons, suggestions");
}

}  // namespace

void declare_rules(CommandLine& line) {
    CLI::App* rules =
        line.group(line.app, "rules", "Check, test and explain the rules", "  rapport rules check\n");
    declare_rule_files(line, *rules);
    declare_vocabulary(line, *rules);
    declare_explain(line, *rules);
    declare_show(line, *rules);
}

}  // namespace rapport::cli
