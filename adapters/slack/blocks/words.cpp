// Slack's text to the words of an Ask.

#include <algorithm>

#include "adapters/slack/blocks/interaction.hpp"
#include "adapters/slack/blocks/payload.hpp"

namespace rapport::slack {

namespace {

/// Undoes Slack's three escapes, once.
void add_unescaped(std::string& out, std::string_view text) {
    static constexpr std::pair<std::string_view, char> escapes[] = {
        {"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}};
    while (!text.empty()) {
        const auto found = std::find_if(std::begin(escapes), std::end(escapes),
                                        [&](const auto& each) { return text.starts_with(each.first); });
        const bool escaped = found != std::end(escapes);
        out += escaped ? found->second : text.front();
        text.remove_prefix(escaped ? found->first.size() : 1);
    }
}

/// What stands between `<` and `>`, as a person would say it.
std::string token_words(std::string_view token, const Installation& installation, const Lookups& lookups) {
    const std::size_t bar = token.find('|');
    const std::string_view target = token.substr(0, bar);
    const std::string_view label = bar == std::string_view::npos ? std::string_view{} : token.substr(bar + 1);
    std::string out;
    if (target.starts_with('@')) {
        out = "@" + words_for(blocks::account_for(Id{target.substr(1)}, installation, lookups));
    } else if (target.starts_with('#')) {
        out = "#";
        add_unescaped(out, label.empty() ? target.substr(1) : label);
    } else if (target.starts_with('!')) {
        if (label.empty()) out = "@";
        add_unescaped(out, label.empty() ? target.substr(1, target.find('^') - 1) : label);
    } else if (target.starts_with("mailto:")) {
        add_unescaped(out, target.substr(7));
    } else {
        add_unescaped(out, target);
    }
    return out;
}

bool is_id(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
               c == '_';
    });
}

}  // namespace

std::string words_of(std::string_view text, const Installation& installation, const Lookups& lookups) {
    std::string out;
    while (!text.empty()) {
        const std::size_t open = text.find('<');
        const std::size_t close = open == std::string_view::npos ? open : text.find('>', open);
        if (close == std::string_view::npos) break;
        add_unescaped(out, text.substr(0, open));
        out += token_words(text.substr(open + 1, close - open - 1), installation, lookups);
        text.remove_prefix(close + 1);
    }
    add_unescaped(out, text);
    return out;
}

std::string words_for(const AccountKey& account) {
    return account.platform + ":" + account.realm + ":" + account.id;
}

std::optional<AccountKey> account_of(std::string_view words) {
    const std::size_t first = words.find(':');
    const std::size_t second = first == std::string_view::npos ? first : words.find(':', first + 1);
    if (second == std::string_view::npos || words.substr(0, first) != "slack") return std::nullopt;
    const std::string_view realm = words.substr(first + 1, second - first - 1);
    const std::string_view id = words.substr(second + 1);
    if (!is_id(realm) || !is_id(id) || id.size() > 40) return std::nullopt;
    return AccountKey{"slack", std::string{realm}, std::string{id}};
}

}  // namespace rapport::slack
