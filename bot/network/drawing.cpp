#include "bot/network/drawing.hpp"

#include <fmt/format.h>
#include <fmt/ostream.h>

#include <algorithm>

namespace rapport::network {

namespace {

/// For the text of an element, or an attribute in double quotes.
std::string in_xml(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '&')
            out += "&amp;";
        else if (c == '<')
            out += "&lt;";
        else if (c == '>')
            out += "&gt;";
        else if (c == '"')
            out += "&quot;";
        else if (static_cast<unsigned char>(c) >= ' ')
            out += c;
    }
    return out;
}

/// A quoted identifier of DOT, in which only the quote and a backslash mean something.
std::string in_dot(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        if (static_cast<unsigned char>(c) >= ' ') out += c;
    }
    return out + "\"";
}

constexpr std::string_view graphml_head = R"(<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
  <key id="name" for="node" attr.name="name" attr.type="string"/>
  <key id="staff" for="node" attr.name="staff" attr.type="boolean"/>
  <key id="community" for="node" attr.name="community" attr.type="int"/>
  <key id="messages" for="edge" attr.name="messages" attr.type="int"/>
  <key id="lift" for="edge" attr.name="lift" attr.type="double"/>
  <key id="closeness" for="edge" attr.name="closeness" attr.type="double"/>
  <key id="topics" for="edge" attr.name="topics" attr.type="string"/>
  <graph edgedefault="directed">
)";

}  // namespace

std::string topics_text(const Exchange& exchange) {
    std::string text;
    for (std::size_t i = 0; i < std::min(most_topics_drawn, exchange.topics.size()); ++i)
        text += (i > 0 ? ", " : "") + exchange.topics[i].first;
    return text;
}

void write_graphml(std::ostream& out, std::span<const Drawn> people, std::span<const Exchange> exchanges) {
    out << graphml_head;
    for (const Drawn& one : people)
        fmt::print(out,
                   "    <node id=\"{}\"><data key=\"name\">{}</data><data key=\"staff\">{}</data>"
                   "<data key=\"community\">{}</data></node>\n",
                   in_xml(one.who.id), in_xml(one.who.name), one.who.staff, one.community);
    for (const Exchange& one : exchanges)
        fmt::print(out,
                   "    <edge source=\"{}\" target=\"{}\"><data key=\"messages\">{}</data>"
                   "<data key=\"lift\">{:.4f}</data><data key=\"closeness\">{:.4f}</data>"
                   "<data key=\"topics\">{}</data></edge>\n",
                   in_xml(people[one.from].who.id), in_xml(people[one.to].who.id), one.messages, one.lift,
                   one.closeness, in_xml(topics_text(one)));
    out << "  </graph>\n</graphml>\n";
}

void write_dot(std::ostream& out, std::span<const Drawn> people, std::span<const Exchange> exchanges) {
    out << "digraph talk {\n";
    for (const Drawn& one : people)
        fmt::print(out, "  {} [label={}, community={}{}];\n", in_dot(one.who.id), in_dot(one.who.name),
                   one.community, one.who.staff ? ", shape=box" : "");
    for (const Exchange& one : exchanges)
        fmt::print(out, "  {} -> {} [weight={}, lift={:.4f}, closeness={:.4f}, label={}];\n",
                   in_dot(people[one.from].who.id), in_dot(people[one.to].who.id), one.messages, one.lift,
                   one.closeness, in_dot(topics_text(one)));
    out << "}\n";
}

}  // namespace rapport::network
