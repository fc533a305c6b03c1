#pragma once

#include <boost/asio/awaitable.hpp>
#include <filesystem>
#include <vector>

namespace rapport {

/// Notices when one of a few files was written. Looks once a second: editors replace files in too many ways
/// to follow them all.
class Watch {
public:
    explicit Watch(std::vector<std::filesystem::path> files);
    /// Returns when a file differs from how it was at the last return. Throws only when cancelled.
    boost::asio::awaitable<void> changed();

    /// These as well from now on; those that are watched already stay as they were.
    void also(const std::vector<std::filesystem::path>& files);

private:
    struct Stamp {
        std::filesystem::file_time_type written{};
        std::uintmax_t size = 0;
        bool operator==(const Stamp&) const = default;
    };
    std::vector<Stamp> look() const;
    std::vector<std::filesystem::path> files_;
    std::vector<Stamp> stamps_;
};

}  // namespace rapport
