#include "rules/value.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "rules/fold.hpp"
#include "rules/utf8.hpp"

namespace rapport::rules {
namespace {

constexpr std::size_t longest_text_shown = 120;

template <class... Visitors>
struct Overloaded : Visitors... {
    using Visitors::operator()...;
};

/// On one line whatever is in it, so that nobody's words can pass for a line of ours.
std::string shown(const std::string& text) {
    if (text.empty()) return "\"\"";
    std::string line{text.size() <= longest_text_shown ? std::string_view{text}
                                                       : cut(text, longest_text_shown)};
    std::replace_if(line.begin(), line.end(), [](char c) { return c >= 0 && c < ' '; }, ' ');
    return text.size() <= longest_text_shown ? line : line + "...";
}

bool takes_text(Type type) {
    return type == Type::text || type == Type::word;
}

}  // namespace

std::string to_text(Duration duration) {
    constexpr std::pair<std::string_view, Duration> units[] = {{"w", std::chrono::weeks{1}},
                                                               {"d", std::chrono::days{1}},
                                                               {"h", std::chrono::hours{1}},
                                                               {"m", std::chrono::minutes{1}},
                                                               {"s", std::chrono::seconds{1}}};
    if (duration < Duration::zero()) return "-" + to_text(-std::max(duration, -Duration::max()));
    std::string out;
    for (const auto& [unit, length] : units) {
        const auto count = duration / length;
        if (count == 0) continue;
        out += fmt::format("{}{}{}", out.empty() ? "" : " ", count, unit);
        duration -= count * length;
    }
    return out.empty() ? "0s" : out;
}

std::string to_text(const Value& value) {
    return std::visit(Overloaded{[](std::monostate) { return std::string{"unknown"}; },
                                 [](bool yes) { return std::string{yes ? "yes" : "no"}; },
                                 [](double number) { return fmt::format("{:.10g}", number); },
                                 [](Duration duration) { return to_text(duration); },
                                 [](const std::string& text) { return shown(text); },
                                 [](const std::vector<std::string>& words) {
                                     return shown(fmt::format("[{}]", fmt::join(words, ", ")));
                                 }},
                      value);
}

void Facts::clear() noexcept {
    known_ = 0;
    buffer_.clear();
    words_.clear();
}

void Facts::forget(Fact fact) noexcept {
    known_ &= ~(std::uint64_t{1} << static_cast<unsigned>(fact));
}

void Facts::set_number(Fact fact, double value, Type type) noexcept {
    forget(fact);
    if (info(fact).type != type || std::isnan(value)) return;
    slot(fact).number = value;
    mark(fact);
}

Facts::Ref Facts::keep(std::string_view text) {
    const Ref ref{static_cast<std::uint32_t>(buffer_.size()), static_cast<std::uint32_t>(text.size())};
    buffer_ += text;
    return ref;
}

Facts::Ref Facts::keep_folded(Ref text) {
    if (is_folded(view(text))) return text;
    // Folding never makes more than two bytes of one, so the source is not moved while it is read.
    buffer_.reserve(buffer_.size() + 2 * std::size_t{text.size});
    const auto begin = static_cast<std::uint32_t>(buffer_.size());
    fold_into(buffer_, view(text));
    return {begin, static_cast<std::uint32_t>(buffer_.size()) - begin};
}

void Facts::set(Fact fact, std::string_view text) {
    const FactInfo& row = info(fact);
    if (row.type == Type::words) {
        set_empty(fact);
        return add(fact, text);
    }
    forget(fact);
    if (!row.allowed.empty()) {
        const auto found = std::ranges::find(row.allowed, text);
        if (found == row.allowed.end()) return;
        slot(fact).number = static_cast<double>(found - row.allowed.begin());
    } else if (takes_text(row.type)) {
        slot(fact).first = keep(text);
        slot(fact).folded = keep_folded(slot(fact).first);
    } else {
        return;
    }
    mark(fact);
}

void Facts::set(Fact fact, std::span<const std::string> words) {
    set_empty(fact);
    for (const std::string& word : words) add(fact, word);
}

void Facts::set_empty(Fact fact) noexcept {
    forget(fact);
    if (info(fact).type != Type::words) return;
    slot(fact).first = {none, none};
    mark(fact);
}

void Facts::add(Fact fact, std::string_view word) {
    if (!known(fact)) set_empty(fact);
    if (!known(fact)) return;
    const Ref text = keep(word);
    const auto place = static_cast<std::uint32_t>(words_.size());
    words_.push_back({text, keep_folded(text), none});
    Ref& chain = slot(fact).first;
    (chain.offset == none ? chain.offset : words_[chain.size].next) = place;
    chain.size = place;
}

void Facts::assign(Fact fact, const Value& value) {
    std::visit(Overloaded{[&](std::monostate) { forget(fact); },
                          [&](const std::string& text) { set(fact, std::string_view{text}); },
                          [&](const auto& other) { set(fact, other); }},
               value);
}

Value Facts::get(Fact fact) const {
    if (!known(fact)) return {};
    const FactInfo& row = info(fact);
    const double number = slot(fact).number;
    if (!row.allowed.empty()) return std::string{row.allowed[static_cast<std::size_t>(number)]};
    switch (row.type) {
        case Type::boolean:
            return number != 0;
        case Type::number:
            return number;
        case Type::duration:
            return Duration{static_cast<Duration::rep>(number)};
        case Type::words: {
            std::vector<std::string> all;
            for (std::uint32_t at = slot(fact).first.offset; at != none; at = words_[at].next)
                all.emplace_back(view(words_[at].text));
            return all;
        }
        default:
            return std::string{text(fact)};
    }
}

}  // namespace rapport::rules
