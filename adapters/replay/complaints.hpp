#pragma once

#include <string>
#include <string_view>

#include "adapters/replay/source.hpp"

namespace rapport::replay {

/// Decides what becomes of a bad record: an Error that stops the reader, or a report and onwards.
class Complaints {
public:
    Complaints(std::string file, const Options& options, Tally& tally)
        : file_(std::move(file)), options_(options), tally_(tally) {}

    /// `unit` is what a record is called here ("line", "message"); `inside` a file within the archive, or
    /// empty.
    Result<> record(std::string_view inside, std::string_view unit, std::uint64_t line, std::string what);

    /// While quiet, bad records are only counted: they were reported when they were read the first time.
    void set_quiet(bool quiet) noexcept { quiet_ = quiet; }

private:
    std::string file_;
    const Options& options_;
    Tally& tally_;
    bool quiet_ = false;
};

/// A refusal of the whole file: "FILE: WHAT".
Error file_error(const std::filesystem::path& path, std::string_view what);

/// Reads a cursor of ours: a decimal number. Empty means 0.
Result<std::uint64_t> parse_cursor(std::string_view cursor, const std::filesystem::path& path);

/// The refusal of a cursor that lies beyond the file's end.
Error cursor_beyond(const std::filesystem::path& path, std::uint64_t cursor, std::uint64_t records,
                    std::string_view unit);

/// The refusal of a cursor at a place where this file has no event.
Error cursor_amiss(const std::filesystem::path& path, std::uint64_t cursor);

}  // namespace rapport::replay
