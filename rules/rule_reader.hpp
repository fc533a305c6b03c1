#pragma once

#include <string_view>

#include "rules/compiled.hpp"
#include "rules/yaml.hpp"

namespace rapport::rules {

/// Reads rules out of a file's tree, one after the other, into a Compiled. Mistakes go to the reporter.
class RuleReader {
public:
    RuleReader(std::string_view source, Compiled& out, Reporter& reporter)
        : source_(source), out_(out), reporter_(reporter) {}

    void read_file(const yaml::Node& root);

private:
    void read_rule(const yaml::Node& node);
    void read_name(const yaml::Node& node, Rule& rule);
    Condition read_when(const yaml::Node& node, Rule& rule);
    void read_ask(const yaml::Node& node, Rule& rule);
    void read_escalate(const yaml::Node& node, Rule& rule);
    void read_tests(const yaml::Node& node, Rule& rule);
    void read_given(const yaml::Node& node, RuleTest& test);
    bool is_list(const yaml::Node& node, std::string_view key);

    std::string_view source_;
    Compiled& out_;
    Reporter& reporter_;
    PatternCache patterns_{};
};

}  // namespace rapport::rules
