#pragma once

// One rule in the text of rules.yaml: found, read, replaced, with every other line and comment left as it is.
// Pure.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/rule_set.hpp"

namespace rapport::office {

/// The lines of one rule in a file, its own comments included; not those before it, nor those after it.
struct RuleBlock {
    std::size_t begin = 0;  ///< Bytes.
    std::size_t end = 0;
    int line = 1;            ///< Of its first line, from 1.
    std::size_t indent = 0;  ///< Blanks before the dash.
};

/// The block of the rule called `name`; nothing if there is none, or if it does not stand on lines of its own
/// as
/// "- name: ...".
std::optional<RuleBlock> find_block(const rules::RuleSet& rules, std::string_view name);

/// The block's text without its indent, as people edit it.
std::string block_text(std::string_view file, const RuleBlock& block);

/// The file with `text` (a rule as `block_text` gives it) in place of the rule `old_name`, or at its end.
/// Nothing if it does not fit into this file (a list in brackets).
std::optional<std::string> with_rule(const rules::RuleSet& rules, std::string_view old_name,
                                     std::string_view text);

/// A rule's text with `key` set to `value` (as YAML writes it on one line); an empty value takes the key out.
std::string with_key(std::string_view rule, std::string_view key, std::string_view value);

/// What YAML writes for a text: in quotes if it needs them.
std::string yaml_text(std::string_view text);

}  // namespace rapport::office
