#include "adapters/slack/check/scopes.hpp"

#include <array>
#include <set>

namespace rapport::slack {

namespace {

constexpr std::array scopes{
    Scope{"app_mentions:read", "notice when somebody mentions it"},
    Scope{"channels:history", "hear what is said in public channels"},
    Scope{"channels:read", "know its public channels"},
    Scope{"chat:write", "show alerts to staff"},
    Scope{"commands", "take /rapport and shortcuts"},
    Scope{"dnd:read", "see who does not want to be disturbed"},
    Scope{"files:write", "show staff pictures, such as the week's report"},
    Scope{"groups:history", "hear what is said in private channels it is in"},
    Scope{"groups:read", "know its private channels"},
    Scope{"im:history", "read what staff write to it"},
    Scope{"im:read", "know its direct messages"},
    Scope{"im:write", "write to staff in direct messages"},
    Scope{"mpim:history", "hear what is said in group messages it is in"},
    Scope{"mpim:read", "know its group messages"},
    Scope{"reactions:read", "see reactions"},
    Scope{"team:read", "know the workspace's name"},
    Scope{"usergroups:read", "know who is in a user group"},
    Scope{"users:read", "know people's names, and who is a guest or a bot"},
    Scope{"users:read.email", "know one person's accounts by a verified e-mail", true},
};

}  // namespace

std::span<const Scope> wanted_scopes() {
    return scopes;
}

std::vector<Scope> missing_scopes(std::string_view granted) {
    std::set<std::string_view> has;
    while (!granted.empty()) {
        const std::size_t comma = granted.find(',');
        std::string_view word = granted.substr(0, comma);
        granted = comma == std::string_view::npos ? std::string_view{} : granted.substr(comma + 1);
        while (word.starts_with(' ')) word.remove_prefix(1);
        while (word.ends_with(' ')) word.remove_suffix(1);
        has.insert(word);
    }
    std::vector<Scope> missing;
    for (const Scope& scope : scopes) {
        if (!scope.optional && !has.contains(scope.name)) missing.push_back(scope);
    }
    return missing;
}

}  // namespace rapport::slack
