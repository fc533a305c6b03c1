#include "bot/identities/read_accounts.hpp"

#include <fmt/format.h>

#include <boost/json/parse.hpp>
#include <set>
#include <unordered_map>

namespace rapport::identities {

namespace {

namespace json = boost::json;

Error wrong(std::string_view file, std::size_t line, std::string_view what) {
    return {ErrorKind::rejected, fmt::format("{}:{}: {}.", file, line, what)};
}

std::string text_at(const json::object& object, std::string_view key) {
    const json::value* found = object.if_contains(key);
    return found && found->is_string() ? std::string(found->get_string()) : std::string{};
}

}  // namespace

Result<std::vector<Account>> read_accounts(std::istream& in, std::string_view file) {
    std::vector<Account> accounts;
    std::set<std::string> ids;
    std::size_t number = 0;
    for (std::string line; std::getline(in, line);) {
        ++number;
        if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
        boost::system::error_code error;
        const json::value value = json::parse(line, error);
        if (error || !value.is_object()) return wrong(file, number, "this is no JSON object");
        const json::object& object = value.get_object();
        Account account{text_at(object, "id"), text_at(object, "platform"), text_at(object, "handle"),
                        text_at(object, "name")};
        if (account.id.empty() || account.platform.empty())
            return wrong(file, number, "an account needs \"id\" and \"platform\"");
        if (!ids.insert(account.id).second)
            return wrong(file, number, "the id \"" + account.id + "\" was there before");
        if (accounts.size() >= most_accounts)
            return wrong(file, number, fmt::format("more than {} accounts", most_accounts));
        accounts.push_back(std::move(account));
    }
    if (in.bad()) return Error{ErrorKind::rejected, fmt::format("{} could not be read to its end.", file)};
    return accounts;
}

Result<Links> read_links(std::istream& in, std::string_view file, std::span<const Account> accounts) {
    std::unordered_map<std::string_view, std::size_t> by_id;
    for (std::size_t i = 0; i < accounts.size(); ++i) by_id[accounts[i].id] = i;
    Links links;
    std::size_t number = 0;
    for (std::string line; std::getline(in, line);) {
        ++number;
        if (line.empty()) continue;
        const std::size_t tab = line.find('\t');
        if (tab == std::string::npos) return wrong(file, number, "two ids are needed, with a tab between");
        const std::size_t end = line.find_first_of("\t\r", tab + 1);
        const auto a = by_id.find(std::string_view{line}.substr(0, tab));
        const auto b = by_id.find(
            std::string_view{line}.substr(tab + 1, end == std::string::npos ? end : end - tab - 1));
        if (a == by_id.end() || b == by_id.end() || a == b)
            return wrong(file, number, "this names no two of the accounts");
        links.insert(std::minmax(a->second, b->second));
    }
    return links;
}

}  // namespace rapport::identities
