#include "rules/index.hpp"

#include <algorithm>
#include <array>
#include <bit>

namespace rapport::rules {
namespace {

using Kind = Condition::Kind;

/// How many values a fact of few values has besides unknown; 0 for others.
std::size_t domain(Fact fact) {
    const FactInfo& row = info(fact);
    return row.type == Type::boolean ? 2 : row.allowed.size();
}

/// For which values of `fact` (bit 0: unknown, bit n + 1: value n) the condition can still come out as
/// `wanted`.
std::uint32_t possible_values(const Condition& condition, std::span<const Test> tests, Fact fact,
                              bool wanted) {
    const std::uint32_t all_values = (1U << (domain(fact) + 1)) - 1;
    if (condition.kind == Kind::test) {
        const Test& test = tests[condition.test];
        if (test.fact != fact) return all_values;
        const std::uint32_t holding = test.mask << 1;
        return wanted ? holding : all_values & ~holding;
    }
    if (condition.kind == Kind::negation)
        return possible_values(condition.parts.front(), tests, fact, !wanted);
    const bool every = (condition.kind == Kind::all) == wanted;  // De Morgan
    std::uint32_t values = every ? all_values : 0;
    for (const Condition& part : condition.parts) {
        const std::uint32_t of_part = possible_values(part, tests, fact, wanted);
        values = every ? values & of_part : values | of_part;
    }
    return values;
}

using Needed = std::optional<std::vector<std::string>>;

/// What a single test needs of its fact's text or words to hold.
Needed needed_by(const Test& test, bool parts) {
    if (!parts) {
        if (test.op == Op::one_of || test.op == Op::has) return test.words;
        return std::nullopt;
    }
    if (test.op == Op::matches) return necessary_literals(test.pattern->source());
    if (test.op != Op::contains) return std::nullopt;
    const auto too_short = [](const std::string& word) { return word.size() < shortest_literal; };
    if (std::ranges::any_of(test.words, too_short)) return std::nullopt;
    return test.words;
}

/// Words of which `fact` must have at least one for the condition to come out as `wanted`; nothing: need not.
Needed needed_words(const Condition& condition, std::span<const Test> tests, Fact fact, bool parts,
                    bool wanted) {
    if (condition.kind == Kind::test) {
        const Test& test = tests[condition.test];
        return test.fact == fact && wanted ? needed_by(test, parts) : std::nullopt;
    }
    if (condition.kind == Kind::negation)
        return needed_words(condition.parts.front(), tests, fact, parts, !wanted);
    const bool every = (condition.kind == Kind::all) == wanted;
    Needed needed;
    for (std::size_t i = 0; i < condition.parts.size(); ++i) {
        Needed of_part = needed_words(condition.parts[i], tests, fact, parts, wanted);
        if (every) {  // one need is enough: the narrowest
            if (of_part && (!needed || of_part->size() < needed->size())) needed = std::move(of_part);
        } else {
            if (!of_part) return std::nullopt;
            if (!needed) needed.emplace();
            needed->insert(needed->end(), of_part->begin(), of_part->end());
        }
    }
    return needed;
}

void set_bit(std::span<std::uint64_t> row, std::size_t i) {
    row[i / 64] |= std::uint64_t{1} << i % 64;
}

bool asks(std::span<const Test> tests, Fact fact) {
    return std::ranges::any_of(tests, [&](const Test& test) { return test.fact == fact; });
}

}  // namespace

Index::Index(std::span<const Condition> conditions, std::span<const Test> tests,
             const std::vector<bool>& enabled)
    : words_((conditions.size() + 63) / 64), enabled_(words_) {
    for (std::size_t i = 0; i < enabled.size(); ++i)
        if (enabled[i]) set_bit(enabled_, i);
    for (const FactInfo& row : vocabulary()) {
        if (!asks(tests, row.fact)) continue;
        if (domain(row.fact) > 0)
            add_ordinals(conditions, tests, row.fact);
        else if (row.type == Type::text || row.type == Type::word || row.type == Type::words)
            add_texts(conditions, tests, row.fact, false);
    }
    // The parts of texts come last: they cost a pass over the text, and often nobody is left by then.
    for (const FactInfo& row : vocabulary())
        if (row.type == Type::text && asks(tests, row.fact)) add_texts(conditions, tests, row.fact, true);
}

void Index::add_ordinals(std::span<const Condition> conditions, std::span<const Test> tests, Fact fact) {
    Ordinals ordinals{fact, std::vector<Row>(domain(fact) + 1, Row(words_))};
    const std::uint32_t all_values = (1U << ordinals.rows.size()) - 1;
    bool restricts = false;
    for (std::size_t rule = 0; rule < conditions.size(); ++rule) {
        const std::uint32_t values = possible_values(conditions[rule], tests, fact, true);
        restricts = restricts || values != all_values;
        for (std::size_t value = 0; value < ordinals.rows.size(); ++value)
            if ((values >> value & 1U) != 0) set_bit(ordinals.rows[value], rule);
    }
    if (restricts) ordinals_.push_back(std::move(ordinals));
}

void Index::add_texts(std::span<const Condition> conditions, std::span<const Test> tests, Fact fact,
                      bool parts) {
    Texts texts;
    texts.fact = fact;
    texts.parts = parts;
    texts.free = Row(words_);
    ByText by_text;
    for (std::size_t rule = 0; rule < conditions.size(); ++rule) {
        const Needed needed = needed_words(conditions[rule], tests, fact, parts, true);
        if (!needed) {
            set_bit(texts.free, rule);
            continue;
        }
        for (const std::string& word : *needed) {
            std::vector<std::uint32_t>& rules = by_text[word];
            if (rules.empty() || rules.back() != rule) rules.push_back(static_cast<std::uint32_t>(rule));
        }
    }
    if (by_text.empty()) return;
    for (auto& [word, rules] : by_text) {
        if (parts)
            texts.finder.add(word);
        else
            texts.numbers.emplace(word, static_cast<std::uint32_t>(texts.members.size()));
        texts.members.push_back(pack(std::move(rules)));
    }
    texts_.push_back(std::move(texts));
}

Index::Members Index::pack(std::vector<std::uint32_t> rules) const {
    if (rules.size() <= words_) return {std::move(rules), {}};
    Row row(words_);
    for (const std::uint32_t rule : rules) set_bit(row, rule);
    return {{}, std::move(row)};
}

void Index::restrict(const Texts& texts, const Facts& facts, std::span<std::uint64_t> bits) const {
    const auto cares = [&](std::size_t i) { return (bits[i] & ~texts.free[i]) != 0; };
    std::size_t first = 0;
    while (first < words_ && !cares(first)) ++first;
    if (first == words_) return;

    std::array<std::uint64_t, most_words> allowed;
    std::ranges::copy(texts.free, allowed.begin());
    const auto admit = [&](std::uint32_t number) {
        const Members& members = texts.members[number];
        for (const std::uint32_t rule : members.few) set_bit(allowed, rule);
        for (std::size_t i = 0; i < members.many.size(); ++i) allowed[i] |= members.many[i];
        return false;
    };
    const auto look_up = [&](std::string_view word) {
        const auto found = texts.numbers.find(word);
        return found == texts.numbers.end() ? false : admit(found->second);
    };
    if (facts.known(texts.fact)) {
        if (texts.parts) {
            std::vector<bool> seen(
                texts.members.size());  // a long text may say the same word a thousand times
            texts.finder.scan(facts.folded(texts.fact), [&](std::uint32_t number) {
                if (!seen[number]) admit(number);
                seen[number] = true;
            });
        } else if (info(texts.fact).type == Type::words) {
            facts.any_word(texts.fact, look_up);
        } else {
            look_up(facts.folded(texts.fact));
        }
    }
    for (std::size_t i = first; i < words_; ++i) bits[i] &= allowed[i];
}

void Index::candidates(const Facts& facts, std::span<std::uint64_t, most_words> bits) const {
    std::ranges::copy(enabled_, bits.begin());
    for (const Ordinals& ordinals : ordinals_) {
        const std::size_t value =
            facts.known(ordinals.fact) ? static_cast<std::size_t>(facts.number(ordinals.fact)) + 1 : 0;
        const Row& row = ordinals.rows[value];
        for (std::size_t i = 0; i < words_; ++i) bits[i] &= row[i];
    }
    for (const Texts& texts : texts_) restrict(texts, facts, bits.first(words_));
}

}  // namespace rapport::rules
