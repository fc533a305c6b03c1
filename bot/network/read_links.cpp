#include "bot/network/read_links.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <string>

namespace rapport::network {

namespace {

/// Takes what stands before the next tab.
std::string_view cut(std::string_view& rest) {
    const std::size_t tab = std::min(rest.find('\t'), rest.size());
    const std::string_view cell = rest.substr(0, tab);
    rest.remove_prefix(std::min(tab + 1, rest.size()));
    return cell;
}

/// What is wrong with the line; empty: nothing, and `link` is filled.
std::string wrong_with(std::string_view line, Link& link) {
    std::string_view rest = line;
    const std::string_view from = cut(rest), to = cut(rest), weight = cut(rest);
    if (from.empty() || to.empty()) return "two names belong here, with a tab between them";
    if (from.size() > max_node_name || to.size() > max_node_name)
        return fmt::format("a name has more than {} bytes", max_node_name);
    link = {std::string(from), std::string(to), 1};
    if (weight.empty()) return {};
    const auto [end, error] = std::from_chars(weight.data(), weight.data() + weight.size(), link.weight);
    const bool whole = error == std::errc{} && end == weight.data() + weight.size();
    if (!whole || !std::isfinite(link.weight) || link.weight <= 0)
        return "the weight, behind the second tab, is a number above zero";
    return {};
}

}  // namespace

Result<ReadLinks> read_links(std::istream& in, std::string_view file) {
    ReadLinks read;
    std::size_t number = 0;
    for (std::string line; std::getline(in, line);) {
        ++number;
        if (line.ends_with('\r')) line.pop_back();
        if (line.starts_with('#') && read.links.empty() && line.find("undirected") != std::string::npos)
            read.directed = false;
        if (line.empty() || line.starts_with('#')) continue;
        Link link;
        if (const std::string wrong = wrong_with(line, link); !wrong.empty())
            return Error{ErrorKind::rejected, fmt::format("{}:{}: {}.", file, number, wrong)};
        if (read.links.size() >= max_links)
            return Error{ErrorKind::rejected,
                         fmt::format("{} has more than {} links. Leave out the weakest.", file, max_links)};
        read.links.push_back(std::move(link));
    }
    if (in.bad()) return Error{ErrorKind::rejected, fmt::format("{} could not be read to its end.", file)};
    return read;
}

}  // namespace rapport::network
