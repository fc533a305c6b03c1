#include "bot/office/rule_builder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "bot/office/pages.hpp"
#include "bot/office/rule_check.hpp"
#include "bot/office/text.hpp"
#include "rules/vocabulary.hpp"

namespace rapport::office {

std::string value(const Values& values, const std::string& key) {
    const auto at = values.find(key);
    return at == values.end() ? std::string{} : at->second;
}

namespace {

std::string text_of(const BuilderContext& context) {
    return fmt::format("{}\n{}\n{}", context.hash, context.rows, context.name);
}

}  // namespace

BuilderContext context_of(const Values& values) {
    const std::string text = value(values, "context");
    BuilderContext context;
    const std::size_t first = text.find('\n');
    const std::size_t second = first == std::string::npos ? first : text.find('\n', first + 1);
    if (second == std::string::npos) return context;
    context.hash = text.substr(0, first);
    std::from_chars(text.data() + first + 1, text.data() + second, context.rows);
    context.rows = std::clamp<std::size_t>(context.rows, 1, most_rows);
    context.name = text.substr(second + 1);
    return context;
}

std::string row_key(const char* what, std::size_t row) {
    return fmt::format("{}_{}", what, row + 1);
}

rules::Type type_of(const std::string& fact) {
    const auto known = rules::find_fact(fact);
    return known ? rules::info(*known).type : rules::Type::text;
}

namespace {

void add_row(Form& form, const Values& values, std::size_t row) {
    FormField fact{row_key("fact", row), row == 0 ? "If" : "and", FieldKind::choice, "", fact_options()};
    fact.value = value(values, fact.id);
    fact.required = row == 0;
    fact.asks_again = true;
    const bool known = rules::find_fact(fact.value).has_value();
    if (known) fact.hint = rules::info(*rules::find_fact(fact.value)).meaning;
    const rules::Type type = type_of(fact.value);
    form.fields.push_back(std::move(fact));
    if (!known) return;
    FormField test{row_key("test", row), "is", FieldKind::choice, "", test_options(type)};
    const std::string given = value(values, test.id);
    const auto fits = [&](const Option& one) { return one.value == given; };
    test.value =
        std::any_of(test.options.begin(), test.options.end(), fits) ? given : test.options.front().value;
    test.required = true;
    const auto at = rules::find_fact(form.fields.back().value);
    form.fields.push_back(std::move(test));
    if (type == rules::Type::boolean) return;
    FormField wanted{row_key("value", row), "this", FieldKind::text};
    wanted.value = value(values, wanted.id);
    wanted.required = true;
    wanted.hint = "For example: " + std::string(rules::info(*at).example);
    if (!rules::info(*at).allowed.empty()) {
        std::vector<std::string> words{rules::info(*at).allowed.begin(), rules::info(*at).allowed.end()};
        wanted.hint = "One or more, with commas, of: " + joined(words);
    }
    form.fields.push_back(std::move(wanted));
}

}  // namespace

namespace {

FormField text_field(std::string id, std::string label, const Values& values, std::string hint,
                     bool required = false) {
    FormField field{std::move(id), std::move(label), FieldKind::text, std::move(hint)};
    field.value = value(values, field.id);
    field.required = required;
    return field;
}

}  // namespace

Form builder(const Values& values, const BuilderContext& context) {
    Form form;
    form.id = "rule";
    form.title = context.name.empty() ? "A new rule" : "Rule " + context.name;
    form.title = cut(form.title, 24);
    form.submit = "Save";
    form.context = text_of(context);
    form.text = "Somebody is asked when all of this is so.";
    form.fields.push_back(
        text_field("name", "Name", values, "Small letters, digits and dashes: champion-waits", true));
    form.fields.push_back(text_field("title", "What colleagues read on the alert", values,
                                     "A champion is waiting for an answer"));
    for (std::size_t row = 0; row < context.rows; ++row) add_row(form, values, row);
    form.fields.push_back(
        text_field("after", "Only if it is still so after", values, "30m, 2h. Empty: at once"));
    form.fields.push_back(text_field("ask", "Ask", values,
                                     "owner, strongest tie, expert, on duty in community, @ada, channel"));
    form.fields.push_back(text_field("within", "Answer within", values, "2h, of their working time"));
    FormField urgency{"urgency",
                      "Urgency",
                      FieldKind::choice,
                      "",
                      {{"normal: in working hours", "normal"},
                       {"high: at any hour", "high"},
                       {"digest: no hurry", "digest"}}};
    urgency.value = value(values, "urgency").empty() ? "normal" : value(values, "urgency");
    form.fields.push_back(std::move(urgency));
    if (context.rows < most_rows) form.buttons.push_back(button("rule/add", "One more condition"));
    form.buttons.push_back(button("rule/text", "As text"));
    form.buttons.push_back(button("rule/test", "Try on the last 90 days"));
    return form;
}

Form text_mode(std::string yaml, const BuilderContext& context) {
    Form form;
    form.id = "rule_text";
    form.title = cut(context.name.empty() ? "A new rule" : "Rule " + context.name, 24);
    form.submit = "Save";
    form.context = text_of(context);
    form.text = "The rule as it stands in rules.yaml.";
    FormField field{"yaml", "Rule", FieldKind::text, "", {}, true, std::move(yaml)};
    field.several = true;
    form.fields.push_back(std::move(field));
    form.buttons = {button("rule/rows", "As a form"), button("rule/test", "Try on the last 90 days")};
    return form;
}

Values values_of(const rules::Rule& rule, const std::vector<RuleRow>& rows) {
    Values values{{"name", rule.name}, {"title", rule.title}};
    for (std::size_t i = 0; i < rows.size(); ++i) {
        values[row_key("fact", i)] = rows[i].fact;
        values[row_key("test", i)] = rows[i].test;
        values[row_key("value", i)] = rows[i].value;
    }
    std::string ask;
    for (const rules::Target& target : rule.ask) ask += (ask.empty() ? "" : ", ") + to_string(target);
    values["ask"] = ask;
    if (rule.after.count() > 0) values["after"] = duration_words(rule.after);
    values["within"] = duration_words(rule.reply_within);
    values["urgency"] = std::string(to_string(rule.urgency));
    return values;
}

std::vector<RuleRow> rows_in(const Values& values, std::size_t count) {
    std::vector<RuleRow> rows;
    for (std::size_t i = 0; i < count; ++i) {
        RuleRow row{value(values, row_key("fact", i)), value(values, row_key("test", i)),
                    value(values, row_key("value", i))};
        if (row.fact.empty()) continue;
        if (row.test.empty()) row.test = test_options(type_of(row.fact)).front().value;
        rows.push_back(std::move(row));
    }
    return rows;
}

}  // namespace rapport::office
