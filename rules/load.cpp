#include <utility>

#include "rules/compiled.hpp"
#include "rules/rule_reader.hpp"
#include "rules/rule_set.hpp"
#include "rules/utf8.hpp"

namespace rapport::rules {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

/// What makes a text unfit to be read at all; true if it is fit.
bool readable(std::string_view text, Reporter& reporter) {
    if (text.size() > max_file_size) {
        reporter.add(0, "the file is larger than 16 MB", "split the rules over several teams, or drop some");
        return false;
    }
    if (const std::size_t at = find_invalid_utf8(text); at != std::string_view::npos) {
        reporter.add(at, "this is not valid UTF-8", "save the file with the encoding UTF-8");
        return false;
    }
    if (const std::size_t at = text.find('\0'); at != std::string_view::npos) {
        reporter.add(at, "there is a NUL byte here", "delete it");
        return false;
    }
    return true;
}

}  // namespace

LoadResult load(std::string_view yaml, std::string_view file_name) {
    if (yaml.starts_with(byte_order_mark)) yaml.remove_prefix(byte_order_mark.size());
    auto compiled = std::make_shared<Compiled>();
    Reporter reporter{yaml.substr(0, max_file_size), file_name};
    if (!readable(yaml, reporter)) return {std::nullopt, reporter.take()};

    compiled->source = yaml;
    compiled->file = file_name;
    const yaml::Node root = yaml::parse(compiled->source, reporter);
    RuleReader{compiled->source, *compiled, reporter}.read_file(root);
    if (!reporter.empty()) return {std::nullopt, reporter.take()};

    compiled->finish();
    return {RuleSet{std::move(compiled)}, {}};
}

}  // namespace rapport::rules
