#include "rules/rule_set.hpp"

#include <fmt/format.h>

#include <array>
#include <bit>

#include "rules/compiled.hpp"

namespace rapport::rules {
namespace {

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
        rests.push_back(append_rest(conditions[i], tests, steps));
        enabled.push_back(rules[i].enabled);
        if (rules[i].enabled) used |= facts_of(conditions[i], tests);
    }
    // Apart from the rests, which are run often and so should lie close together.
    for (const Condition& condition : conditions) entries.push_back(append_steps(condition, tests, steps));
    index = Index{conditions, tests, enabled};
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
            if (run(compiled_->steps, compiled_->rests[id], compiled_->tests, facts)) out.push_back(id);
        }
}

bool RuleSet::holds(RuleId id, const Facts& facts) const {
    return run(compiled_->steps, compiled_->entries[id], compiled_->tests, facts);
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
