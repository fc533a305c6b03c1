#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "rules/reporter.hpp"

namespace rapport::rules::yaml {

enum class Kind { null, scalar, sequence, map };

/// One node of a YAML file with its exact place. Simpler and stricter than YAML::Node: a key stands in a map
/// once, and anchors, aliases and tags are refused, so a small file cannot grow large.
struct Node {
    Kind kind = Kind::null;
    std::size_t offset = 0;     ///< Of its first byte in the source.
    std::string text{};         ///< Of a scalar.
    bool plain = false;         ///< A scalar without quotes.
    std::vector<Node> items{};  ///< Of a sequence; of a map: key, value, key, value.

    bool is_map() const noexcept { return kind == Kind::map; }
    bool is_sequence() const noexcept { return kind == Kind::sequence; }
    bool is_scalar() const noexcept { return kind == Kind::scalar; }
};

/// "a map", "a list", "text", "nothing".
std::string_view describe(const Node& node) noexcept;

/// Reads the first document of `source`, which is valid UTF-8. On a syntax error reports it and returns what
/// was complete before it, so that other mistakes can be told as well.
Node parse(const std::string& source, Reporter& reporter);

/// The place in `source` of byte `offset` of the scalar `node.text`, through folding, quotes and escapes.
std::size_t source_offset(const Node& node, std::string_view source, std::size_t offset) noexcept;

}  // namespace rapport::rules::yaml
