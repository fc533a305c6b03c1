#pragma once

#include <optional>
#include <string>
#include <vector>

#include "rules/rule_set.hpp"

namespace rapport::rules {

/// One condition, as written, with the value it saw.
struct Seen {
    enum class Kind { all, any, negation, test };

    Kind kind = Kind::test;
    std::string text{};  ///< As written: "person.role in [champion, customer]".
    bool holds = false;
    std::optional<Fact> fact{};  ///< Of a test.
    Value value{};               ///< Of a test; `std::monostate` if unknown.
    std::vector<Seen> parts{};   ///< Of `all` and `any`: two or more; of `negation`: one; of a test: none.
};

struct Explanation {
    std::string rule{};
    std::string title{};
    bool enabled = true;
    bool holds = false;
    Seen condition{};
};

/// Each condition of the rule with the value it sees in `facts`. Every part is looked at, also those that the
/// outcome does not depend on.
Explanation explain(const RuleSet& rules, RuleId id, const Facts& facts);

/// For people, one line a condition: "✓ person.role in [champion, customer] — it is champion". Ends with a
/// newline.
std::string to_text(const Explanation& explanation);

}  // namespace rapport::rules
