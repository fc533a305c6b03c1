#include "bot/identities/read_accounts.hpp"

#include <fmt/format.h>

#include <set>
#include <unordered_map>

#include "bot/models/json_lines.hpp"

namespace rapport::identities {

namespace {

Error wrong(std::string_view file, std::size_t line, std::string_view what) {
    return {ErrorKind::rejected, fmt::format("{}:{}: {}.", file, line, what)};
}

}  // namespace

Result<std::vector<Account>> read_accounts(std::istream& in, std::string_view file) {
    using models::text_at;
    std::vector<Account> accounts;
    std::set<std::string> ids;
    const Result<> read =
        models::each_object(in, file, most_accounts, [&](const boost::json::object& object) -> std::string {
            Account account{text_at(object, "id"), text_at(object, "platform"), text_at(object, "handle"),
                            text_at(object, "name")};
            if (account.id.empty() || account.platform.empty())
                return "an account needs \"id\" and \"platform\"";
            if (!ids.insert(account.id).second) return "the id \"" + account.id + "\" was there before";
            accounts.push_back(std::move(account));
            return {};
        });
    if (!read) return read.error();
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
