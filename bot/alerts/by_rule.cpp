#include "bot/alerts/by_rule.hpp"

#include <algorithm>

#include "bot/learning/quiet.hpp"
#include "rules/explain.hpp"

namespace rapport {

namespace {

Urgency as_stored(rules::Urgency urgency) {
    switch (urgency) {
        case rules::Urgency::normal:
            return Urgency::normal;
        case rules::Urgency::high:
            return Urgency::high;
        case rules::Urgency::digest:
            return Urgency::digest;
    }
    return Urgency::normal;
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    for (std::size_t from = 0; from < text.size();) {
        const std::size_t end = std::min(text.find('\n', from), text.size());
        if (end > from) lines.push_back(text.substr(from, end - from));
        from = end + 1;
    }
    return lines;
}

/// Whether a line of AlertRow::why is a condition with its value; the others say why somebody was asked.
bool is_condition(std::string_view line) {
    line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
    return line.starts_with("✓") || line.starts_with("✗");
}

/// Digest, normal, high.
int loudness(Urgency urgency) {
    return urgency == Urgency::high ? 2 : urgency == Urgency::normal ? 1 : 0;
}

void start_cooldown(Deciding& d, const AlertRow& alert) {
    auto& all = d.state.accounts.edit(alert.about).cooldowns;
    std::erase_if(all, [&](const Cooldown& one) { return one.until <= d.now || one.rule == alert.rule; });
    if (alert.policy.cooldown_ms > 0)
        all.push_back({alert.rule, d.now + std::chrono::milliseconds{alert.policy.cooldown_ms}});
}

}  // namespace

AlertPolicy policy_of(const rules::Rule& rule) {
    AlertPolicy policy;
    for (const rules::Target& target : rule.ask) policy.ask.push_back(to_string(target));
    for (const rules::Escalation& step : rule.escalate)
        policy.escalate.push_back({step.after.count(), to_string(step.to)});
    policy.reply_within_ms = rule.reply_within.count();
    policy.cooldown_ms = rule.cooldown.count();
    policy.brand_counts = rule.brand_reply_counts;
    policy.urgency = as_stored(rule.urgency);
    return policy;
}

void take_rule(Deciding& d, AlertRow& alert, rules::RuleId id, const rules::Facts& facts) {
    const rules::Rule& rule = d.world.rules.rule(id);
    if (alert.opened == never) end_cooldown(d, alert);  // it has asked nobody
    alert.rule = rule.name;
    alert.title = rule.title;
    alert.policy = policy_of(rule);
    std::vector<std::string> why = lines_of(to_text(rules::explain(d.world.rules, id, facts)));
    std::remove_copy_if(alert.why.begin(), alert.why.end(), std::back_inserter(why), is_condition);
    alert.why = std::move(why);
    alert.escalated = 0;  // steps of another rule mean nothing in this one
    start_cooldown(d, alert);
}

void end_cooldown(Deciding& d, const AlertRow& alert) {
    std::erase_if(d.state.accounts.edit(alert.about).cooldowns,
                  [&](const Cooldown& one) { return one.rule == alert.rule; });
}

std::optional<rules::RuleId> first_match(const Deciding& d, const PersonView& person,
                                         const rules::Facts& facts, std::optional<rules::RuleId> own) {
    thread_local std::vector<rules::RuleId> matches;
    d.world.rules.match(facts, matches);
    std::optional<rules::RuleId> first;
    for (const rules::RuleId id : matches) {
        const bool counts = id == own || !is_silent(d, person, d.world.rules.rule(id).name);
        if (counts && urgency_of(d, id) == Urgency::high) return id;
        if (counts && !first) first = id;
    }
    return first;
}

std::optional<rules::RuleId> louder_match(const Deciding& d, const PersonView& person,
                                          const rules::Facts& facts, Urgency than) {
    thread_local std::vector<rules::RuleId> matches;
    d.world.rules.match(facts, matches);
    std::optional<rules::RuleId> loudest;
    for (const rules::RuleId id : matches) {
        const Urgency urgency = urgency_of(d, id);
        if (!is_louder(urgency, loudest ? urgency_of(d, *loudest) : than)) continue;
        if (!is_silent(d, person, d.world.rules.rule(id).name)) loudest = id;
    }
    return loudest;
}

Urgency urgency_of(const Deciding& d, rules::RuleId rule) {
    return as_stored(d.world.rules.rule(rule).urgency);
}

bool is_louder(Urgency a, Urgency b) {
    return loudness(a) > loudness(b);
}

bool is_silent(const Deciding& d, const PersonView& person, std::string_view rule) {
    for (const AccountRow* account : person.accounts)
        for (const Cooldown& one : account->cooldowns)
            if (one.rule == rule && one.until > d.now) return true;
    return learning::quiet_about(person.accounts, rule, d.world.config.learning).has_value();
}

void forget_quoted_words(AlertRow& alert) {
    for (std::string& line : alert.why)
        if (is_condition(line) && line.find("message.text") != std::string::npos)
            if (const std::size_t value = line.find(" — it is "); value != std::string::npos)
                line.replace(value, std::string::npos, " — it was deleted");
}

}  // namespace rapport
