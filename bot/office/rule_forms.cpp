#include "bot/office/rule_forms.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "bot/office/pages.hpp"
#include "bot/office/rule_builder.hpp"
#include "bot/office/rule_check.hpp"
#include "bot/office/rule_rows.hpp"
#include "bot/office/text.hpp"
#include "rules/lexer.hpp"

namespace rapport::office {

namespace {

constexpr std::size_t longest_rule = 3'000;

/// The rule that the builder says: the old one's text with the keys that the form has.
std::string yaml_of(const Values& values, const BuilderContext& context, const rules::RuleSet& rules) {
    std::string text = "- name: x\n";
    if (const auto block = find_block(rules, context.name)) text = block_text(rules.source(), *block);
    text = with_key(text, "name", std::string(trim(value(values, "name"))));
    text = with_key(text, "title", value(values, "title").empty() ? "" : yaml_text(value(values, "title")));
    text = with_key(text, "when", yaml_text(condition_of(rows_in(values, context.rows))));
    text = with_key(text, "after", value(values, "after"));
    std::string ask;
    for (const std::string& one : split_list(value(values, "ask")))
        ask += (ask.empty() ? "" : ", ") + (one.starts_with('@') ? yaml_text(one) : one);
    text = with_key(text, "ask", ask.empty() ? "" : "[" + ask + "]");
    text = with_key(text, "reply within", value(values, "within"));
    return with_key(text, "urgency", value(values, "urgency"));
}

/// Puts each mistake at the field that it is about.
FormErrors errors_in_builder(const Values& values, const BuilderContext& context,
                             const CheckedRule& checked) {
    FormErrors errors;
    std::size_t at = 0;
    for (std::size_t i = 0; i < context.rows; ++i) {
        const std::vector<RuleRow> row = rows_in({{"fact_1", value(values, row_key("fact", i))},
                                                  {"test_1", value(values, row_key("test", i))},
                                                  {"value_1", value(values, row_key("value", i))}},
                                                 1);
        if (row.empty()) continue;
        ++at;
        const std::string wrong = mistake_in_condition(condition_of(row.front()));
        if (!wrong.empty())
            errors[row_key(type_of(row.front().fact) == rules::Type::boolean ? "fact" : "value", i)] = wrong;
    }
    if (at == 0) errors["fact_1"] = "Choose what has to be so.";
    for (const auto& [key, field] :
         std::initializer_list<std::pair<const char*, const char*>>{{"after", "after"}, {"within", "within"}})
        if (const std::string text = value(values, key); !text.empty() && !rules::parse_duration(text))
            errors[field] = fmt::format("\"{}\" is no length of time. Write 30m, 2h or 1d.", cut(text, 50));
    if (!errors.empty()) return errors;
    for (const RuleMistake& mistake : checked.mistakes) {
        const std::string field = mistake.key == "reply within" ? "within"
                                  : mistake.key == "when"       ? "value_1"
                                                                : mistake.key;
        const bool has = field == "name" || field == "title" || field == "ask" || field == "urgency" ||
                         field == "after" || field == "within";
        errors.emplace(has ? field : "name", mistake.text);
    }
    return errors;
}

struct Submitted {
    BuilderContext context{};
    std::string yaml{};
    CheckedRule checked{};
    FormErrors errors{};
};

Submitted read(Room& room, const Ask& ask, bool as_text) {
    Submitted read;
    read.context = context_of(ask.values);
    const rules::LoadResult file = rules::load(room.rules_file, "rules.yaml");
    if (!file.rules) {
        read.errors[as_text ? "yaml" : "name"] =
            "rules.yaml has a mistake just now, so nothing can be added: " +
            to_string(file.diagnostics.front());
        return read;
    }
    read.yaml = as_text ? value(ask.values, "yaml") : yaml_of(ask.values, read.context, *file.rules);
    if (read.yaml.size() > longest_rule) {
        read.errors[as_text ? "yaml" : "name"] =
            "That is longer than a rule may be here. Write it into rules.yaml.";
        return read;
    }
    read.checked = check_rule(*room.world, *file.rules, read.context.name, read.yaml);
    if (!as_text) {
        read.errors = errors_in_builder(ask.values, read.context, read.checked);
    } else if (!read.checked.mistakes.empty()) {
        std::string words;
        for (std::size_t i = 0; i < std::min<std::size_t>(read.checked.mistakes.size(), 5); ++i)
            words += (i == 0 ? "" : "\n") + read.checked.mistakes[i].place();
        read.errors["yaml"] = words;
    }
    return read;
}

Answer saved_page(Room& room, const std::string& name, bool changed_meanwhile) {
    std::string line = fmt::format("Saved. The rule {} holds from now on.", name);
    if (changed_meanwhile)
        line +=
            " While you were editing, somebody else changed rules.yaml. Both versions are kept in the "
            "history; of "
            "this rule yours holds now, and all their other changes stay.";
    return with_line(line, rules_page(room));
}

/// With one more condition; what is more than a list of conditions gets brackets.
std::string with_condition(const std::string& when, const std::string& more) {
    if (more.empty()) return when;
    return fmt::format("{} and {}", rows_of(when) ? when : "(" + when + ")", more);
}

}  // namespace

Answer rule_form(Room& room, const std::string& name, const FilledIn& change) {
    const rules::LoadResult file = rules::load(room.rules_file, "rules.yaml");
    if (!file.rules)
        return words_page("rules", "Rules",
                          "rules.yaml has a mistake just now: " + to_string(file.diagnostics.front()));
    BuilderContext context{name, file.rules->hash(), 1};
    if (name.empty()) return builder({{"ask", "owner, strongest tie, channel"}, {"within", "4h"}}, context);
    const auto id = file.rules->find(name);
    const auto block = find_block(*file.rules, name);
    if (!id) return words_page("rules", "Rules", fmt::format("There is no rule {} any more.", cut(name, 80)));
    if (!block)
        return words_page(
            "rules", "Rules",
            fmt::format(
                "{} is written in a way that I cannot change piece by piece. Change it in rules.yaml.",
                name));
    const rules::Rule& rule = file.rules->rule(*id);
    const std::string when = with_condition(rule.when, change.condition);
    const auto rows = rows_of(when);
    if (!rows) {
        std::string text = block_text(room.rules_file, *block);
        if (!change.condition.empty()) text = with_key(text, "when", yaml_text(when));
        if (!change.after.empty()) text = with_key(text, "after", change.after);
        return text_mode(std::move(text), context);
    }
    context.rows = std::max<std::size_t>(1, rows->size());
    Values values = values_of(rule, *rows);
    if (!change.after.empty()) values["after"] = change.after;
    return builder(values, context);
}

Form rule_form_like(Room& room, const Message& message) {
    const rules::LoadResult file = rules::load(room.rules_file, "rules.yaml");
    BuilderContext context{"", file.rules ? file.rules->hash() : "", 1};
    std::vector<RuleRow> rows;
    const MessageRow* row = room.lookup.message(message.key());
    const AccountRow* author = room.lookup.account(message.author.key);
    static constexpr std::array<std::string_view, 9> kinds{"problem",  "complaint",    "request",
                                                           "question", "announcement", "praise",
                                                           "thanks",   "greeting",     "chatter"};
    const Reading reading = room.world->reader->read(message.text, {});
    const auto kind = name_of(row ? MessageKind(row->reading.kind) : reading.kind);
    if (std::find(kinds.begin(), kinds.end(), kind) != kinds.end())
        rows.push_back({"message.kind", "in", std::string(kind)});
    if (author && !author->roles.empty()) {
        std::string roles;
        for (const std::string& role : author->roles) roles += (roles.empty() ? "" : ", ") + role;
        rows.push_back({"person.role", "in", roles});
    }
    if (!message.channel.name.empty() && message.channel.kind != ChannelKind::dm)
        rows.push_back({"conversation.channel", "in", message.channel.name});
    if (reading.mentions_brand) rows.push_back({"message.mentions_brand", "is", ""});
    rows.push_back({"conversation.answered_by_person", "is not", ""});
    context.rows = rows.size();
    Values values{{"ask", "owner, strongest tie, channel"}, {"within", "4h"}};
    for (std::size_t i = 0; i < rows.size(); ++i) {
        values[row_key("fact", i)] = rows[i].fact;
        values[row_key("test", i)] = rows[i].test;
        values[row_key("value", i)] = rows[i].value;
    }
    return builder(values, context);
}

Answer rule_changed(const Ask& ask) {
    const BuilderContext context = context_of(ask.values);
    if (ask.name == "rule_text") return text_mode(value(ask.values, "yaml"), context);
    return builder(ask.values, context);
}

Reply rule_submitted(Room& room, const Ask& ask, bool as_text) {
    Submitted form = read(room, ask, as_text);
    if (!form.errors.empty()) return Answer{form.errors};
    const bool meanwhile = !form.context.hash.empty() && form.context.hash != form.checked.file_hash;
    Reply reply;
    reply.save = SaveRules{form.checked.file, room.rules_file, room.by.name};
    reply.after = [name = form.checked.name, meanwhile](Room& again, const Backtest&) {
        return saved_page(again, name, meanwhile);
    };
    return reply;
}

Reply rule_button(Room& room, const Ask& ask, const std::string& what) {
    BuilderContext context = context_of(ask.values);
    const bool as_text = ask.values.contains("yaml");
    if (what == "add") {
        context.rows = std::min(context.rows + 1, most_rows);
        return Answer{builder(ask.values, context)};
    }
    if (what == "text") {
        const rules::LoadResult file = rules::load(room.rules_file, "rules.yaml");
        return Answer{
            text_mode(yaml_of(ask.values, context, file.rules.value_or(rules::RuleSet{})), context)};
    }
    const auto with_mistakes = [&](const FormErrors& errors) -> Reply {
        Form form = as_text ? text_mode(value(ask.values, "yaml"), context) : builder(ask.values, context);
        form.text = "This has to be put right first:";
        for (const auto& [field, words] : errors) form.text += "\n" + words;
        return Answer{form};
    };
    Submitted form = read(room, ask, as_text);
    if (!form.errors.empty()) return with_mistakes(form.errors);
    if (what == "rows") {
        const rules::RuleSet& rules = form.checked.world->rules;
        const rules::Rule& rule = rules.rule(*rules.find(form.checked.name));
        const auto rows = rows_of(rule.when);
        if (!rows)
            return with_mistakes(
                {{"yaml",
                  "This condition has more to it than the form can show. Nothing is wrong with it."}});
        context.rows = std::max<std::size_t>(1, rows->size());
        return Answer{builder(values_of(rule, *rows), context)};
    }
    Reply reply;
    reply.test = TestRules{form.checked.world, room.world};
    const Form again = as_text ? text_mode(form.yaml, context) : builder(ask.values, context);
    reply.after = [again](Room& then, const Backtest& result) -> Answer {
        Form shown = again;
        shown.text.clear();
        for (const Part& part : backtest_parts(then, result)) {
            if (!part.heading.empty()) shown.text += (shown.text.empty() ? "" : "\n\n") + part.heading;
            if (!part.text.empty()) shown.text += (shown.text.empty() ? "" : "\n") + part.text;
            for (const Field& field : part.fields)
                shown.text += fmt::format("\n{}: {}", field.label, field.text);
            for (const Quote& quote : part.quotes)
                shown.text += fmt::format("\n- {}: {}", quote.author, cut(quote.text, 120));
        }
        shown.text = cut(shown.text, 2'900);
        return shown;
    };
    return reply;
}

Reply switch_rule(Room& room, const std::string& name, bool on) {
    const rules::LoadResult file = rules::load(room.rules_file, "rules.yaml");
    const auto block = file.rules ? find_block(*file.rules, name) : std::nullopt;
    if (!block)
        return Answer{words_page("rules", "Rules",
                                 "I cannot find that rule in rules.yaml just now. Nothing was changed.")};
    const std::string text = with_key(block_text(room.rules_file, *block), "enabled", on ? "true" : "false");
    const CheckedRule checked = check_rule(*room.world, *file.rules, name, text);
    if (!checked.mistakes.empty())
        return Answer{words_page("rules", "Rules", checked.mistakes.front().place())};
    Reply reply;
    reply.save = SaveRules{checked.file, room.rules_file, room.by.name};
    reply.after = [name, on](Room& again, const Backtest&) -> Answer {
        return with_line(fmt::format("{} is {} now.", name, on ? "on" : "off"), rules_page(again));
    };
    return reply;
}

Reply test_rule(Room& room, const std::string& name) {
    const rules::LoadResult file = rules::load(room.rules_file, "rules.yaml");
    const auto block = file.rules ? find_block(*file.rules, name) : std::nullopt;
    if (!block)
        return Answer{words_page("rules", "Rules", "I cannot find that rule in rules.yaml just now.")};
    const auto side = [&](bool on) {
        return check_rule(*room.world, *file.rules, name,
                          with_key(block_text(room.rules_file, *block), "enabled", on ? "true" : "false"));
    };
    const CheckedRule with = side(true), without = side(false);
    if (!with.world || !without.world)
        return Answer{words_page("rules", "Rules", "The rule cannot be read just now.")};
    Reply reply;
    reply.test = TestRules{with.world, without.world};
    reply.after = [name](Room& again, const Backtest& result) -> Answer {
        Page page{"backtest", fmt::format("{} on the last 90 days", cut(name, 60)),
                  backtest_parts(again, result)};
        return bounded(std::move(page));
    };
    return reply;
}

}  // namespace rapport::office
