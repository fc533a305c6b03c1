#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/replay/source.hpp"

struct zip;

namespace rapport::replay {

/// A zip file, read only, nothing ever unpacked to disk. Sizes are limited by what really comes out of the
/// decompressor, not by what the archive says of itself.
class ZipArchive {
public:
    struct Entry {
        std::string name{};  ///< Valid UTF-8, relative, with '/' between parts, without "..".
        std::uint64_t index = 0;
        std::uint64_t size = 0;  ///< Unpacked, as declared.
    };

    /// Opens and checks the table of contents: paths, sizes, encryption. Folders are left out of `entries`.
    static Result<ZipArchive> open(const std::filesystem::path& path, const Options& options);

    const std::vector<Entry>& entries() const noexcept { return entries_; }

    /// Unpacks one entry into `into` (what was there is gone). Fails on a wrong checksum or size.
    Result<> read(const Entry& entry, std::string& into) const;

private:
    struct Discard {
        void operator()(zip* archive) const noexcept;
    };
    explicit ZipArchive(std::filesystem::path path) : path_(std::move(path)) {}
    Result<> list(const Options& options);

    std::filesystem::path path_;
    std::unique_ptr<zip, Discard> archive_;
    std::vector<Entry> entries_;
};

}  // namespace rapport::replay
