#pragma once

// Contacts of a CSV file within a replay. The file tells no time and has no saved place, so both are given
// here, and in such a way that a replay gives the same result each time and goes on after a kill.

#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>

#include "adapters/replay/source.hpp"

namespace rapport {

/// When contacts are stated, and from which on.
struct StatedContacts {
    Time seen{};                 ///< Where simulated time stands then. It never moves beyond the messages.
    Time at{};                   ///< What becomes ContactStated::at.
    std::string cursor_name{};   ///< Under it the store keeps how many of them it has.
    std::string cursor_start{};  ///< What a cursor of this very file begins with.
    std::uint64_t done = 0;      ///< How many the store has already.

    /// Gives the event its time and its place; `number`: the how manieth of the file it is, from 1.
    void stamp(Event& event, std::uint64_t number) const;
};

/// The moment of the first message in the first of `files` that is not contacts; nothing if there is none.
/// An Error: that file cannot be read, or its first record cannot.
Result<std::optional<Time>> first_moment(std::span<const std::filesystem::path> files,
                                         const replay::Options& how);

/// How the contacts of `file` are stated before `next` (if messages follow), after `latest` (what was
/// replayed so far; the epoch if nothing). `cursors`: what the store knows. Of a file whose content has
/// changed everything is stated again.
Result<StatedContacts> state_contacts(const std::filesystem::path& file, const std::string& realm,
                                      std::optional<Time> next, Time latest,
                                      const std::map<std::string, std::string>& cursors);

}  // namespace rapport
