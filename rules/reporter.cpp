#include "rules/reporter.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "rules/rule_set.hpp"

namespace rapport::rules {

LineMap::LineMap(std::string_view source) : source_(source) {
    for (std::size_t i = source.find('\n'); i != std::string_view::npos; i = source.find('\n', i + 1))
        starts_.push_back(i + 1);
}

Position LineMap::at(std::size_t offset) const noexcept {
    offset = std::min(offset, source_.size());
    const auto next = std::ranges::upper_bound(starts_, offset);
    const std::size_t start = *(next - 1);
    const auto begins_character = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; };
    const auto before = std::ranges::count_if(source_.substr(start, offset - start), begins_character);
    return {static_cast<int>(next - starts_.begin()), 1 + static_cast<int>(before)};
}

void Reporter::add(std::size_t offset, std::string message, std::string suggestion) {
    if (full()) {
        ++left_out_;
        return;
    }
    const Position at = lines_.at(offset);
    diagnostics_.push_back(
        {std::string{file_}, at.line, at.column, std::move(message), std::move(suggestion)});
}

bool Reporter::full() const noexcept {
    return diagnostics_.size() >= max_diagnostics;
}

std::vector<Diagnostic> Reporter::take() {
    const auto place = [](const Diagnostic& d) { return std::tie(d.line, d.column, d.message); };
    std::ranges::sort(diagnostics_, {}, place);
    if (left_out_ > 0) {
        Diagnostic last = diagnostics_.back();
        last.message = fmt::format("and at least {} more mistakes", left_out_);
        last.suggestion = "mend these first";
        diagnostics_.push_back(std::move(last));
    }
    return std::move(diagnostics_);
}

}  // namespace rapport::rules
