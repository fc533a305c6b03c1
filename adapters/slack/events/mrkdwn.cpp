#include <fmt/format.h>

#include <algorithm>

#include "adapters/slack/events/fields.hpp"
#include "adapters/slack/events/writer.hpp"

namespace rapport::slack::events {
namespace {

/// "a|b" -> "a" and "b".
struct Halves {
    std::string_view first{};
    std::string_view label{};
};

Halves halves(std::string_view inner) noexcept {
    const std::size_t bar = inner.find('|');
    if (bar == std::string_view::npos) return {inner, {}};
    return {inner.substr(0, bar), inner.substr(bar + 1)};
}

void note(std::vector<Id>& ids, const Id& id) {
    if (std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(id);
}

std::string asked(const std::function<std::string(const Id&)>& names, const Id& id) {
    return names ? names(id) : std::string{};
}

std::string_view without(std::string_view text, char first) noexcept {
    if (text.starts_with(first)) text.remove_prefix(1);
    return text;
}

/// "https://example.org/" and "example.org" are shown alike.
std::string_view bare(std::string_view address) noexcept {
    for (const std::string_view scheme : {"https://", "http://", "mailto:", "tel:"})
        if (address.starts_with(scheme)) address.remove_prefix(scheme.size());
    if (address.ends_with('/')) address.remove_suffix(1);
    return address;
}

}  // namespace

void Writer::unescaped(std::string_view text) {
    struct Entity {
        std::string_view name;
        char character;
    };
    constexpr Entity entities[] = {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}};
    while (!text.empty()) {
        const std::size_t at = std::min(text.find('&'), text.size());
        out_.text += text.substr(0, at);
        text.remove_prefix(at);
        if (text.empty()) return;
        const auto* entity = std::find_if(std::begin(entities), std::end(entities),
                                          [&](const Entity& one) { return text.starts_with(one.name); });
        const bool found = entity != std::end(entities);
        out_.text += found ? entity->character : '&';
        text.remove_prefix(found ? entity->name.size() : 1);
    }
}

void Writer::mrkdwn(std::string_view text) {
    while (!text.empty()) {
        const std::size_t open = std::min(text.find('<'), text.size());
        unescaped(text.substr(0, open));
        text.remove_prefix(open);
        if (text.empty()) return;
        const std::size_t close = text.find_first_of("<>", 1);
        if (close == std::string_view::npos || text[close] == '<' || close == 1) {
            out_.text += '<';
            text.remove_prefix(1);
            continue;
        }
        token(text.substr(1, close - 1));
        text.remove_prefix(close + 1);
    }
}

void Writer::token(std::string_view inner) {
    const Halves parts = halves(inner);
    const std::string_view id = parts.first.substr(1);
    if (inner.front() == '@' && valid_id(id)) return user(Id{id}, parts.label);
    if (inner.front() == '#' && valid_id(id)) return channel(Id{id}, parts.label);
    if (inner.front() == '!') return special(inner.substr(1));
    link(parts.first, parts.label);
}

void Writer::special(std::string_view inner) {
    constexpr std::string_view subteam = "subteam^";
    const Halves parts = halves(inner);
    if (parts.first == "here" || parts.first == "channel" || parts.first == "everyone")
        return broadcast(parts.first);
    if (parts.first.starts_with(subteam) && valid_id(parts.first.substr(subteam.size())))
        return group(Id{parts.first.substr(subteam.size())}, parts.label);
    unescaped(parts.label.empty() ? parts.first : parts.label);
}

void Writer::user(const Id& id, std::string_view label) {
    note(out_.users, id);
    const std::string name = asked(names_.user, id);
    out_.text += '@';
    if (!name.empty())
        raw(name);
    else
        unescaped(label.empty() ? std::string_view{id} : without(label, '@'));
}

void Writer::group(const Id& id, std::string_view label) {
    note(out_.groups, id);
    const std::string name = asked(names_.group, id);
    out_.text += '@';
    if (!name.empty())
        raw(name);
    else
        unescaped(label.empty() ? std::string_view{id} : without(label, '@'));
}

void Writer::channel(const Id& id, std::string_view label) {
    note(out_.channels, id);
    const std::string name = asked(names_.channel, id);
    out_.text += '#';
    if (!name.empty())
        raw(name);
    else
        unescaped(label.empty() ? std::string_view{id} : without(label, '#'));
}

void Writer::broadcast(std::string_view range) {
    out_.everyone = true;
    out_.text += '@';
    unescaped(range);
}

void Writer::link(std::string_view address, std::string_view label) {
    const bool web = address.starts_with("http:") || address.starts_with("https:");
    const std::string_view shown = web ? address : bare(address);
    if (label.empty() || bare(label) == bare(address)) return unescaped(label.empty() ? shown : label);
    unescaped(label);
    raw(" (");
    unescaped(shown);
    raw(")");
}

void Writer::new_line() {
    if (!out_.text.empty() && out_.text.back() != '\n') out_.text += '\n';
}

std::string Writer::take_from(std::size_t from) {
    std::string taken = out_.text.substr(from);
    out_.text.resize(from);
    return taken;
}

Plain Writer::finished() {
    out_.text = visible(out_.text);
    return std::move(out_);
}

Plain from_mrkdwn(std::string_view mrkdwn, const Names& names) {
    Writer writer{names};
    writer.mrkdwn(mrkdwn);
    return writer.finished();
}

}  // namespace rapport::slack::events
