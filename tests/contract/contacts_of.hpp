#pragma once

// Roles for people of a recording, so that the shipped rules have something to say about them.

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "adapters/replay/source.hpp"

namespace rapport::test {

/// Writes contacts of the `count` busiest authors of `recording` to `file`: every third a champion, a
/// customer, a partner, owned by Ada, Bea and Cyd in turn.
inline void write_contacts(const std::filesystem::path& recording, const std::filesystem::path& file,
                           std::size_t count) {
    std::map<std::string, int> messages;
    auto source = replay::open(recording).value();
    while (const auto event = source->next().value())
        ++messages[std::get<MessagePosted>(event->body).message.author.key.id];
    std::vector<std::pair<int, std::string>> busiest;
    for (const auto& [author, many] : messages) busiest.emplace_back(-many, author);
    std::sort(busiest.begin(), busiest.end());
    busiest.resize(std::min(busiest.size(), count));

    constexpr std::array roles{"champion", "customer", "partner"}, owners{"ada", "bea", "cyd"};
    std::ofstream out{file};
    out << "platform,realm,id,handle,roles,owner\n";
    for (std::size_t i = 0; i < busiest.size(); ++i)
        out << "replay," << replay::realm_of(recording) << ',' << busiest[i].second << ','
            << busiest[i].second << ',' << roles[i % 3] << ',' << owners[i / 3 % 3] << '\n';
}

}  // namespace rapport::test
