#include "rules/reference.hpp"

#include <fmt/format.h>

#include <string_view>

#include "rules/vocabulary.hpp"

namespace rapport::rules {
namespace {

std::string type_and_unit(const FactInfo& row) {
    if (row.unit.empty()) return std::string{to_string(row.type)};
    return fmt::format("{}, {}", to_string(row.type), row.unit);
}

std::string quoted(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    return out + '"';
}

std::string quoted_list(std::span<const std::string_view> words) {
    std::string out;
    for (const std::string_view word : words) out += (out.empty() ? "" : ", ") + quoted(word);
    return fmt::format("[{}]", out);
}

/// The JSON Schema of a fact's value in `given`; null stands for unknown.
std::string value_schema(const FactInfo& row) {
    if (!row.allowed.empty()) return fmt::format(R"("enum": {})", quoted_list(row.allowed));
    switch (row.type) {
        case Type::boolean:
            return R"("type": ["boolean", "null"])";
        case Type::number:
            return R"("type": ["number", "null"])";
        case Type::duration:
            return R"("$ref": "#/$defs/duration")";
        case Type::words:
            return R"("type": ["string", "array", "null"], "items": {"type": "string"})";
        default:
            return R"("type": ["string", "number", "null"])";
    }
}

std::string given_schema() {
    std::string out;
    for (const FactInfo& row : vocabulary())
        out += fmt::format("{}\n        {}: {{{}, \"description\": {}}}", out.empty() ? "" : ",",
                           quoted(row.name), value_schema(row), quoted(row.meaning));
    return out;
}

constexpr std::string_view schema_before_given = R"JSON({
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "title": "Rapport rules",
  "type": "object",
  "additionalProperties": false,
  "required": ["rules"],
  "properties": {"rules": {"type": "array", "items": {"$ref": "#/$defs/rule"}}},
  "$defs": {
    "duration": {
      "type": "string",
      "pattern": "^([0-9]+[smhdw] ?)+$",
      "description": "30s, 15m, 2h, 3d, 1w or 1h30m"
    },
    "target": {
      "type": "string",
      "pattern": "^(owner|strongest tie|expert|friend in common|channel|on duty in \\S+|@\\S+)$",
      "description": "owner, strongest tie, expert, friend in common, on duty in GROUP, @name, or channel: the team's channel"
    },
    "rule": {
      "type": "object",
      "additionalProperties": false,
      "required": ["name", "when"],
      "properties": {
        "name": {"type": "string", "pattern": "^[a-z0-9][a-z0-9-]{0,63}$", "description": "Unique in the file"},
        "title": {"type": "string", "description": "What staff read on the card"},
        "when": {"type": "string", "description": "The condition"},
        "after": {"$ref": "#/$defs/duration", "description": "It must still hold then (default: at once)"},
        "ask": {
          "description": "Whom to ask: the first who can (default: owner, strongest tie, channel)",
          "anyOf": [
            {"$ref": "#/$defs/target"},
            {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/target"}}
          ]
        },
        "reply within": {"$ref": "#/$defs/duration", "description": "Of their working time (default: 4h)"},
        "escalate": {
          "type": "array",
          "items": {
            "type": "object",
            "additionalProperties": false,
            "required": ["after", "to"],
            "properties": {"after": {"$ref": "#/$defs/duration"}, "to": {"$ref": "#/$defs/target"}}
          }
        },
        "brand reply": {"enum": ["does not count", "counts"], "description": "Is the brand's reply enough?"},
        "cooldown": {"$ref": "#/$defs/duration", "description": "Until this person's next alert (default: 1d)"},
        "urgency": {"enum": ["normal", "high", "digest"]},
        "enabled": {"type": "boolean"},
        "tests": {"type": "array", "items": {"$ref": "#/$defs/test"}}
      }
    },
    "test": {
      "type": "object",
      "additionalProperties": false,
      "required": ["expect"],
      "properties": {"given": {"$ref": "#/$defs/given"}, "expect": {"enum": ["ask", "silence"]}}
    },
    "given": {
      "type": "object",
      "additionalProperties": false,
      "properties": {)JSON";

constexpr std::string_view schema_after_given = R"JSON(
      }
    }
  }
}
)JSON";

}  // namespace

std::string vocabulary_text() {
    std::string out;
    for (const FactInfo& row : vocabulary()) {
        out += fmt::format("{:<32} {}\n    {}\n", row.name, type_and_unit(row), row.meaning);
        if (!row.allowed.empty()) out += fmt::format("    One of: {}\n", fmt::join(row.allowed, ", "));
        out += fmt::format("    e.g. {}\n", row.example);
    }
    return out;
}

std::string vocabulary_markdown() {
    std::string out = "| fact | type | meaning | example |\n| --- | --- | --- | --- |\n";
    for (const FactInfo& row : vocabulary()) {
        const std::string words =
            row.allowed.empty() ? "" : fmt::format(" One of: {}.", fmt::join(row.allowed, ", "));
        out += fmt::format("| `{}` | {} | {}{} | `{}` |\n", row.name, type_and_unit(row), row.meaning, words,
                           row.example);
    }
    return out;
}

std::string json_schema() {
    return std::string{schema_before_given} + given_schema() + std::string{schema_after_given};
}

}  // namespace rapport::rules
