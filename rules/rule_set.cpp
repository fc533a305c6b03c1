#include "rules/rule_set.hpp"

#include <fmt/format.h>

#include <array>
#include <bit>

#include "rules/compiled.hpp"

namespace rapport::rules {
namespace {

using Kind = Condition::Kind;

/// Appends the steps of `condition`, last part first, so that all targets are known; returns where it begins.
std::uint32_t emit(const Condition& condition, std::vector<Step>& steps, std::uint32_t on_true,
                   std::uint32_t on_false) {
    switch (condition.kind) {
        case Kind::test:
            steps.push_back({condition.test, on_true, on_false});
            return static_cast<std::uint32_t>(steps.size() - 1);
        case Kind::negation:
            return emit(condition.parts.front(), steps, on_false, on_true);
        case Kind::all:
        case Kind::any:
            break;
    }
    const bool all = condition.kind == Kind::all;
    std::uint32_t entry = all ? on_true : on_false;
    for (auto part = condition.parts.rbegin(); part != condition.parts.rend(); ++part)
        entry = all ? emit(*part, steps, entry, on_false) : emit(*part, steps, on_true, entry);
    return entry;
}

std::uint64_t facts_of(const Condition& condition, const std::vector<Test>& tests) {
    if (condition.kind == Kind::test)
        return std::uint64_t{1} << static_cast<unsigned>(tests[condition.test].fact);
    std::uint64_t facts = 0;
    for (const Condition& part : condition.parts) facts |= facts_of(part, tests);
    return facts;
}

std::string fnv_1a(std::string_view text) {
    std::uint64_t hash = 0xcbf29ce484222325;
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
    return fmt::format("{:016x}", hash);
}

}  // namespace

void Compiled::finish() {
    hash = fnv_1a(source);
    std::vector<bool> enabled;
    for (std::size_t i = 0; i < rules.size(); ++i) {
        by_name.emplace(rules[i].name, static_cast<RuleId>(i));
        entries.push_back(emit(conditions[i], steps, Step::accept, Step::reject));
        enabled.push_back(rules[i].enabled);
        if (rules[i].enabled) used |= facts_of(conditions[i], tests);
    }
    index = Index{conditions, tests, enabled};
}

bool Compiled::run(RuleId id, const Facts& facts) const {
    std::uint32_t at = entries[id];
    while (at < Step::accept) {
        const Step& step = steps[at];
        at = rules::holds(tests[step.test], facts) ? step.on_true : step.on_false;
    }
    return at == Step::accept;
}

RuleSet::RuleSet() {
    auto empty = std::make_shared<Compiled>();
    empty->finish();
    compiled_ = std::move(empty);
}

RuleSet::RuleSet(std::shared_ptr<const Compiled> compiled) noexcept : compiled_(std::move(compiled)) {}

std::span<const Rule> RuleSet::rules() const noexcept {
    return compiled_->rules;
}

std::optional<RuleId> RuleSet::find(std::string_view name) const {
    const auto found = compiled_->by_name.find(std::string{name});
    if (found == compiled_->by_name.end()) return std::nullopt;
    return found->second;
}

void RuleSet::match(const Facts& facts, std::vector<RuleId>& out) const {
    out.clear();
    std::array<std::uint64_t, Index::most_words> bits;
    compiled_->index.candidates(facts, bits);
    for (std::size_t word = 0; word < compiled_->index.words(); ++word)
        for (std::uint64_t left = bits[word]; left != 0; left &= left - 1) {
            const auto id = static_cast<RuleId>(word * 64 + static_cast<std::size_t>(std::countr_zero(left)));
            if (compiled_->run(id, facts)) out.push_back(id);
        }
}

bool RuleSet::holds(RuleId id, const Facts& facts) const {
    return compiled_->run(id, facts);
}

bool RuleSet::uses(Fact fact) const noexcept {
    return (compiled_->used >> static_cast<unsigned>(fact) & 1U) != 0;
}

const std::string& RuleSet::source() const noexcept {
    return compiled_->source;
}
const std::string& RuleSet::file() const noexcept {
    return compiled_->file;
}
const std::string& RuleSet::hash() const noexcept {
    return compiled_->hash;
}

}  // namespace rapport::rules
