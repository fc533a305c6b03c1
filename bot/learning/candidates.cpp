#include "bot/learning/candidates.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

namespace rapport::learning {

namespace {

using rules::Fact;
using rules::FactInfo;
using rules::Type;

constexpr std::size_t most_values = 5;
constexpr std::size_t longest_value = 60;
/// It goes into a button's id.
constexpr std::size_t longest_condition = 140;

/// They say who it is and not what it is about: a rule made of them would only learn names.
bool names_somebody(Fact fact) {
    return fact == Fact::person_name || fact == Fact::person_handle || fact == Fact::person_owner ||
           fact == Fact::person_closest || fact == Fact::message_text || fact == Fact::conversation_realm ||
           fact == Fact::conversation_connected_by;
}

bool plain(std::string_view word) {
    const bool letters = std::all_of(word.begin(), word.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    });
    return letters && !word.empty() && word.front() >= 'a' && word.front() <= 'z' && word != "and" &&
           word != "or" && word != "not" && word != "in" && word != "has";
}

std::string literal(Type type, std::string_view word) {
    if (type != Type::text && plain(word)) return std::string(word);
    std::string out = "\"";
    for (const char c : word) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    return out + "\"";
}

/// A bound that a person would write: rounded outwards.
std::string number_text(double value, bool down) {
    const double step = std::abs(value) >= 10 ? 1 : 0.1;
    const double rounded = (down ? std::floor(value / step + 1e-9) : std::ceil(value / step - 1e-9)) * step;
    return fmt::format("{:g}", std::round(rounded * 10) / 10);
}
std::string duration_text(double milliseconds, bool down) {
    constexpr std::pair<double, char> units[]{{86'400'000, 'd'}, {3'600'000, 'h'}, {60'000, 'm'}};
    for (const auto& [unit, letter] : units)
        if (milliseconds >= 2 * unit)
            return fmt::format(
                "{:.0f}{}", down ? std::floor(milliseconds / unit) : std::ceil(milliseconds / unit), letter);
    return fmt::format("{:.0f}s", down ? std::floor(milliseconds / 1000) : std::ceil(milliseconds / 1000));
}

class Finder {
public:
    explicit Finder(std::span<const Example> examples) : examples_(examples) {}

    std::vector<Candidate> all() {
        for (const FactInfo& fact : rules::vocabulary()) {
            if (names_somebody(fact.fact)) continue;
            switch (fact.type) {
                case Type::boolean:
                    add(fact, std::string(fact.name));
                    add(fact, fmt::format("not {}", fact.name));
                    break;
                case Type::number:
                case Type::duration:
                    bounds(fact);
                    break;
                case Type::level:
                    levels(fact);
                    break;
                case Type::text:
                case Type::word:
                case Type::words:
                    lists(fact);
                    break;
            }
        }
        return std::move(found_);
    }

private:
    void add(const FactInfo& fact, std::string condition, std::size_t values = 1) {
        if (condition.size() <= longest_condition && found_.size() < most_candidates)
            found_.push_back({fact.fact, std::move(condition), values});
    }

    /// What keeps all of the good ones, or all but the outermost tenth.
    void bounds(const FactInfo& fact) {
        std::vector<double> good;
        for (const Example& one : examples_)
            if (one.verdict == Verdict::good && one.facts.known(fact.fact))
                good.push_back(one.facts.number(fact.fact));
        if (good.empty()) return;
        std::sort(good.begin(), good.end());
        const auto text = [&](double value, bool down) {
            return fact.type == Type::duration ? duration_text(value, down) : number_text(value, down);
        };
        for (const std::size_t in : {std::size_t{0}, good.size() / 10}) {
            add(fact, fmt::format("{} >= {}", fact.name, text(good[in], true)));
            add(fact, fmt::format("{} <= {}", fact.name, text(good[good.size() - 1 - in], false)));
        }
    }

    void levels(const FactInfo& fact) {
        for (const std::string_view word : fact.allowed.subspan(1))
            add(fact, fmt::format("{} >= {}", fact.name, word));
        for (const std::string_view word : fact.allowed.first(fact.allowed.size() - 1))
            add(fact, fmt::format("{} <= {}", fact.name, word));
    }

    struct Seen {
        std::size_t good = 0, bad = 0;
    };
    std::map<std::string, Seen> values(Fact fact) const {
        std::map<std::string, Seen> seen;
        const auto note = [&](const std::string& value, Verdict verdict) {
            if (value.empty() || value.size() > longest_value) return;
            Seen& one = seen[value];
            ++(verdict == Verdict::good ? one.good : one.bad);
        };
        for (const Example& one : examples_) {
            if (one.verdict == Verdict::neither) continue;
            const rules::Value value = one.facts.get(fact);
            if (const auto* text = std::get_if<std::string>(&value)) note(*text, one.verdict);
            if (const auto* words = std::get_if<std::vector<std::string>>(&value))
                for (const std::string& word : *words) note(word, one.verdict);
        }
        return seen;
    }

    /// Not what only the bad ones had; only what the good ones had.
    void lists(const FactInfo& fact) {
        std::vector<std::pair<std::size_t, std::string>> bad, good;
        for (const auto& [value, seen] : values(fact.fact)) {
            if (seen.good == 0) bad.emplace_back(seen.bad, value);
            if (seen.good > 0) good.emplace_back(seen.good, value);
        }
        const auto frequent = [](const auto& a, const auto& b) {
            return a.first != b.first ? a.first > b.first : a.second < b.second;
        };
        std::sort(bad.begin(), bad.end(), frequent);
        std::sort(good.begin(), good.end(), frequent);
        std::string list;
        for (std::size_t i = 0; i < std::min(bad.size(), most_values); ++i) {
            list += (i == 0 ? "" : ", ") + literal(fact.type, bad[i].second);
            add(fact, fmt::format("not {} in [{}]", fact.name, list), i + 1);
        }
        list.clear();
        for (std::size_t i = 0; i < std::min(good.size(), most_values); ++i) {
            list += (i == 0 ? "" : ", ") + literal(fact.type, good[i].second);
            add(fact, fmt::format("{} in [{}]", fact.name, list), i + 1);
        }
    }

    std::span<const Example> examples_;
    std::vector<Candidate> found_{};
};

}  // namespace

std::vector<Candidate> candidates(std::span<const Example> examples) {
    return Finder{examples}.all();
}

}  // namespace rapport::learning
