#include "adapters/replay/slack_text.hpp"

#include <algorithm>
#include <boost/json/value.hpp>

namespace rapport::replay {
namespace {

namespace json = boost::json;

constexpr int max_depth = 16;

/// One pass, so that "&amp;lt;" becomes "&lt;" and not "<".
void append_unescaped(std::string& out, std::string_view text) {
    while (!text.empty()) {
        const auto at = std::min(text.find('&'), text.size());
        out += text.substr(0, at);
        text.remove_prefix(at);
        if (text.empty()) return;
        const auto take = [&](std::string_view entity, char meant) {
            if (!text.starts_with(entity)) return false;
            out += meant;
            text.remove_prefix(entity.size());
            return true;
        };
        if (take("&amp;", '&') || take("&lt;", '<') || take("&gt;", '>')) continue;
        out += '&';
        text.remove_prefix(1);
    }
}

/// What stands between '<' and '>', split at the first '|'.
struct Token {
    std::string_view target;
    std::string_view label;
};

Token split(std::string_view inner) {
    const auto bar = inner.find('|');
    if (bar == std::string_view::npos) return {inner, {}};
    return {inner.substr(0, bar), inner.substr(bar + 1)};
}

void append_user(PlainText& out, const Token& token, const SlackDirectory& directory) {
    const std::string_view id = token.target.substr(1);
    const Account account = directory.account(id);
    if (std::find(out.mentions.begin(), out.mentions.end(), account.key) == out.mentions.end())
        out.mentions.push_back(account.key);
    out.text += '@';
    if (directory.users.contains(std::string{id}) || token.label.empty())
        out.text += directory.name_of(id);
    else
        append_unescaped(out.text, token.label);
}

void append_channel(PlainText& out, const Token& token, const SlackDirectory& directory) {
    out.text += '#';
    if (!token.label.empty()) return append_unescaped(out.text, token.label);
    const auto known = directory.channel_names.find(token.target.substr(1));
    out.text +=
        known == directory.channel_names.end() ? token.target.substr(1) : std::string_view{known->second};
}

/// `<!here>`, `<!subteam^S1|@group>`, `<!date^...|fallback>`.
void append_special(PlainText& out, const Token& token) {
    const std::string_view what = token.target.substr(1);
    if (what.starts_with("subteam^")) {
        if (token.label.empty()) {
            out.text += "@group";
            return;
        }
        if (token.label.front() != '@') out.text += '@';
        return append_unescaped(out.text, token.label);
    }
    if (!token.label.empty() && what.find('^') != std::string_view::npos)
        return append_unescaped(out.text, token.label);
    out.text += '@';
    out.text += what.substr(0, what.find('^'));
}

void append_link(PlainText& out, const Token& token) {
    if (!token.label.empty()) return append_unescaped(out.text, token.label);
    std::string_view target = token.target;
    if (target.starts_with("mailto:")) target.remove_prefix(7);
    append_unescaped(out.text, target);
}

std::string_view text_member(const json::object& object, std::string_view key) {
    const json::value* value = object.if_contains(key);
    const json::string* text = value ? value->if_string() : nullptr;
    return text ? std::string_view{text->data(), text->size()} : std::string_view{};
}

void append_escaped(std::string& out, std::string_view text) {
    for (const char c : text) {
        if (c == '&')
            out += "&amp;";
        else if (c == '<')
            out += "&lt;";
        else if (c == '>')
            out += "&gt;";
        else
            out += c;
    }
}

/// One element of rich text, without what it contains. Only "text" is plain; the rest comes as ids.
void append_element(std::string& out, const json::object& element, std::string_view type) {
    if (type == "text")
        append_escaped(out, text_member(element, "text"));
    else if (type == "user")
        out.append("<@").append(text_member(element, "user_id")).append(">");
    else if (type == "channel")
        out.append("<#").append(text_member(element, "channel_id")).append(">");
    else if (type == "broadcast")
        out.append("<!").append(text_member(element, "range")).append(">");
    else if (type == "emoji")
        out.append(":").append(text_member(element, "name")).append(":");
    else if (type == "link") {
        const std::string_view label = text_member(element, "text");
        append_escaped(out, label.empty() ? text_member(element, "url") : label);
    }
}

void walk(std::string& out, const json::value& value, int depth) {
    if (depth > max_depth || out.size() > max_text) return;
    if (const json::array* list = value.if_array()) {
        for (const json::value& entry : *list) walk(out, entry, depth + 1);
        return;
    }
    const json::object* object = value.if_object();
    if (!object) return;
    const std::string_view type = text_member(*object, "type");
    if (type == "section" || type == "header") {
        if (const json::value* text = object->if_contains("text")) walk(out, *text, depth + 1);
        out += '\n';
    } else if (type == "mrkdwn") {
        out += text_member(*object, "text");
    } else if (type == "plain_text") {
        append_escaped(out, text_member(*object, "text"));
    } else if (const json::value* elements = object->if_contains("elements")) {
        walk(out, *elements, depth + 1);
        if (type.starts_with("rich_text_")) out += '\n';
    } else {
        append_element(out, *object, type);
    }
}

}  // namespace

PlainText plain_text(std::string_view slack, const SlackDirectory& directory) {
    PlainText out;
    while (!slack.empty()) {
        const auto open = std::min(slack.find('<'), slack.size());
        append_unescaped(out.text, slack.substr(0, open));
        slack.remove_prefix(open);
        if (slack.empty()) break;
        const auto close = slack.find('>');
        const std::string_view inner = close == std::string_view::npos ? "" : slack.substr(1, close - 1);
        if (inner.empty()) {  // Not mark-up: a stray bracket stays what it is.
            out.text += '<';
            slack.remove_prefix(1);
            continue;
        }
        const Token token = split(inner);
        if (token.target.size() > 1 && token.target[0] == '@')
            append_user(out, token, directory);
        else if (token.target.size() > 1 && token.target[0] == '#')
            append_channel(out, token, directory);
        else if (token.target.size() > 1 && token.target[0] == '!')
            append_special(out, token);
        else
            append_link(out, token);
        slack.remove_prefix(close + 1);
    }
    return out;
}

std::string text_of_blocks(const json::value& blocks) {
    std::string out;
    walk(out, blocks, 0);
    while (!out.empty() && out.back() == '\n') out.pop_back();
    return out;
}

}  // namespace rapport::replay
