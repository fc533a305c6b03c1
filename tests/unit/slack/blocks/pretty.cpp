#include "unit/slack/blocks/pretty.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

namespace rapport::slack::test {
namespace json = boost::json;

namespace {

constexpr std::size_t width = 100;

void print(std::string& out, const json::value& value, std::size_t indent) {
    const std::string line = json::serialize(value);
    if ((!value.is_array() && !value.is_object()) || line.size() + indent <= width) {
        out += line;
        return;
    }
    const std::string inner(indent + 2, ' ');
    bool first = true;
    const auto comma = [&] {
        out += first ? "\n" : ",\n";
        first = false;
    };
    out += value.is_array() ? '[' : '{';
    if (const json::array* all = value.if_array())
        for (const json::value& each : *all) {
            comma();
            out += inner;
            print(out, each, indent + 2);
        }
    if (const json::object* object = value.if_object())
        for (const auto& [key, member] : *object) {
            comma();
            out += inner + json::serialize(json::value(key)) + ": ";
            print(out, member, indent + 2);
        }
    out += '\n' + std::string(indent, ' ') + (value.is_array() ? ']' : '}');
}

void words(std::string& out, const json::value& value) {
    if (const json::array* all = value.if_array())
        for (const json::value& each : *all) words(out, each);
    const json::object* object = value.if_object();
    if (!object) return;
    for (const auto& [key, member] : *object) {
        if (member.is_string() && (key == "text" || key == "alt_text" || key == "fallback"))
            out += std::string{member.get_string()} + '\n';
        else
            words(out, member);
    }
}

}  // namespace

std::string pretty(const json::value& value) {
    std::string out;
    print(out, value, 0);
    return out + '\n';
}

std::string visible_words(const json::value& value) {
    std::string out;
    words(out, value);
    return out;
}

}  // namespace rapport::slack::test
