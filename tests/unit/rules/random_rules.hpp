#pragma once

#include <array>
#include <random>

#include "rules_support.hpp"

namespace rapport::rules {

/// Makes random conditions and random facts out of the vocabulary, from a seed. Values are few, so that
/// conditions often meet facts that fit.
class Random {
public:
    explicit Random(std::uint32_t seed) : engine_(seed) {}

    std::size_t below(std::size_t n) { return engine_() % n; }  // the same on every machine
    bool one_in(std::size_t n) { return below(n) == 0; }
    template <std::size_t N>
    std::string_view of(const std::array<std::string_view, N>& all) {
        return all[below(N)];
    }

    std::string condition(int depth = 0) {
        const std::size_t dice = below(depth > 3 ? 4 : 10);
        if (dice < 4) return (one_in(4) ? "not " : "") + test();
        if (dice == 4) return "not (" + condition(depth + 1) + ")";
        std::string joined = "(" + condition(depth + 1);
        for (std::size_t i = 0, n = 1 + below(3); i < n; ++i)
            joined += (dice < 8 ? " and " : " or ") + condition(depth + 1);
        return joined + ")";
    }

    void fill(Facts& facts) {
        facts.clear();
        for (const FactInfo& row : vocabulary())
            if (!one_in(4)) fill(facts, row);
    }

private:
    static constexpr std::array<std::string_view, 8> words = {"ada", "bea",  "Café", "cafe",
                                                              "x",   "\"\"", "été",  "slack"};
    static constexpr std::array<std::string_view, 11> parts = {
        "export", "Café au lait", "ab", "x", "refund", "Kelvin", "stop", "ßtrasse", "日本", "and the", "aaa"};
    static constexpr std::array<std::string_view, 22> patterns = {"/export/",
                                                                  "/EXPORT/",
                                                                  "/ex?port/i",
                                                                  "/(refund|money back)s?/",
                                                                  "/^stop/",
                                                                  "/a{3}b/",
                                                                  "/caf[eé]/i",
                                                                  "/kelvin/i",
                                                                  "/(?i)STOP|xyz+/",
                                                                  "/\\bthe\\b/",
                                                                  "/(the){2}/",
                                                                  "/(refund)?/",
                                                                  "/[[:alpha:]]+port/",
                                                                  "/(?P<n>refund) and/",
                                                                  "/refund.*stop|export/i",
                                                                  "/(?:export|)the/",
                                                                  "/\\x65xport/",
                                                                  "/sto+p/",
                                                                  "/((refund))+/",
                                                                  "/日本/",
                                                                  "/and\\.the/",
                                                                  "/a(?i)THE(?-i)b|refund{0}nothing/"};
    static constexpr std::array<std::string_view, 16> fragments = {
        "export", "EXPORT", "refund ", "café au LAIT", "Cafe\u0301", "\u212Aelvin", "kelvin",  "\u017Ftop",
        "stop",   "日本",   "aaab",    " and the ",    "the",        "and.the",     "STRASSE", "\xFF"};

    std::string list() {
        std::string out = "[";
        for (std::size_t i = 0, n = 1 + below(3); i < n; ++i) {
            const std::string_view word = of(words);
            out += (i == 0 ? "" : ", ") + std::string{word == "\"\"" ? "ada" : word};
        }
        return out + "]";
    }
    std::string_view comparison() {
        return of(std::array<std::string_view, 6>{"=", "!=", "<", "<=", ">", ">="});
    }
    std::string_view equality() { return one_in(3) ? "!=" : "="; }

    std::string test() {
        const FactInfo& row = vocabulary()[below(fact_count)];
        const auto allowed = [&] { return row.allowed[below(row.allowed.size())]; };
        switch (row.type) {
            case Type::boolean:
                return one_in(2)
                           ? std::string{row.name}
                           : fmt::format("{} {} {}", row.name, equality(), one_in(2) ? "true" : "false");
            case Type::number:
                return fmt::format("{} {} {}", row.name, comparison(), below(5));
            case Type::duration:
                return fmt::format("{} {} {}h", row.name, comparison(), below(5));
            case Type::words:
                return fmt::format("{} {} {}", row.name, one_in(2) ? "has" : "in", list());
            case Type::level:
                return fmt::format("{} {} {}", row.name, comparison(), allowed());
            case Type::word:
                if (!row.allowed.empty())
                    return one_in(2) ? fmt::format("{} in [{}, {}]", row.name, allowed(), allowed())
                                     : fmt::format("{} {} {}", row.name, equality(), allowed());
                return fmt::format("{} {} {}", row.name, equality(), of(words));
            case Type::text:
                break;
        }
        switch (below(4)) {
            case 0:
                return fmt::format("{} {} {}", row.name, equality(), of(words));
            case 1:
                return fmt::format("{} in {}", row.name, list());
            case 2:
                return fmt::format("message.text contains [\"{}\", \"{}\"]", of(parts), of(parts));
            default:
                return fmt::format("message.text matches {}", of(patterns));
        }
    }

    void fill(Facts& facts, const FactInfo& row) {
        const auto word = [&] {
            const std::string_view chosen = of(words);
            return chosen == "\"\"" ? std::string_view{} : chosen;
        };
        switch (row.type) {
            case Type::boolean:
                return facts.set(row.fact, one_in(2));
            case Type::number:
                return facts.set(row.fact, below(5));
            case Type::duration:
                return facts.set(row.fact, std::chrono::hours{below(5)});
            case Type::level:
                return facts.set(row.fact, static_cast<Level>(below(5)));
            case Type::words:
                facts.set_empty(row.fact);
                for (std::size_t i = below(4); i > 0; --i) facts.add(row.fact, word());
                return;
            case Type::word:
                return facts.set(row.fact,
                                 row.allowed.empty() ? word() : row.allowed[below(row.allowed.size())]);
            case Type::text:
                break;
        }
        if (row.fact != Fact::message_text) return facts.set(row.fact, word());
        std::string text;
        for (std::size_t i = below(6); i > 0; --i) text += of(fragments);
        facts.set(row.fact, std::string_view{text});
    }

    std::mt19937 engine_;
};

}  // namespace rapport::rules
