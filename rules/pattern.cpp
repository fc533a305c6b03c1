#include "rules/pattern.hpp"

#include <re2/re2.h>

namespace rapport::rules {
namespace {

constexpr std::size_t longest_source = 1000;
constexpr int largest_program = 10'000;        // instructions
constexpr std::int64_t most_memory = 1 << 20;  // bytes, program and automaton together

}  // namespace

struct Pattern::Impl {
    Impl(std::string_view source, const re2::RE2::Options& options)
        : re({source.data(), source.size()}, options) {}
    re2::RE2 re;
};

Pattern::Pattern(std::string source, std::unique_ptr<Impl> impl)
    : source_(std::move(source)), impl_(std::move(impl)) {}
Pattern::~Pattern() = default;

std::shared_ptr<const Pattern> Pattern::compile(std::string_view source, bool ignore_case, std::string& error,
                                                std::size_t& error_offset) {
    error_offset = 0;
    if (source.size() > longest_source) {
        error = "longer than 1,000 bytes";
        return nullptr;
    }
    re2::RE2::Options options;
    options.set_log_errors(false);
    options.set_case_sensitive(!ignore_case);
    options.set_max_mem(most_memory);
    options.set_never_capture(true);
    auto impl = std::make_unique<Impl>(source, options);
    if (!impl->re.ok()) {
        error = impl->re.error();
        const std::size_t at = source.find(impl->re.error_arg());
        error_offset = at == std::string_view::npos ? 0 : at;
        return nullptr;
    }
    if (impl->re.ProgramSize() > largest_program) {
        error = "too large once compiled";
        return nullptr;
    }
    return std::shared_ptr<const Pattern>(new Pattern(std::string{source}, std::move(impl)));
}

bool Pattern::found_in(std::string_view text) const {
    return re2::RE2::PartialMatch({text.data(), text.size()}, impl_->re);
}

}  // namespace rapport::rules
