#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "adapters/net/error.hpp"

struct gzFile_s;  // NOLINT(readability-identifier-naming): zlib calls it so

namespace rapport::replay {

/// Reads a plain or gzip-packed file line by line in bounded memory, however long a line is.
class LineReader {
public:
    struct Line {
        std::string_view text{};   ///< Without its end (LF or CRLF). Valid until the next call of `next`.
        std::uint64_t length = 0;  ///< In bytes, also where `text` is not kept.
        bool too_long = false;     ///< Longer than the limit: `text` is empty.
    };

    /// `max_line` in bytes. A file whose name ends in .gz must be gzip.
    static Result<LineReader> open(const std::filesystem::path& path, std::size_t max_line);

    /// The next line; nothing at the end. A last line without an end counts, unless the file breaks off
    /// inside its compression: then that half line is not given out, but an Error.
    Result<std::optional<Line>> next();

    std::uint64_t bytes_total() const noexcept { return bytes_total_; }
    /// Bytes of the file as it lies on disk that were taken in so far.
    std::uint64_t bytes_read() const noexcept;

private:
    struct Closer {
        void operator()(gzFile_s* file) const noexcept;
    };

    LineReader(std::filesystem::path path, std::size_t max_line)
        : path_(std::move(path)), max_line_(max_line) {}
    /// Makes room and reads on. False at the end.
    Result<bool> refill();
    Error read_error() const;
    Line take(std::size_t end, std::size_t next_begin);

    std::filesystem::path path_;
    std::size_t max_line_;
    std::unique_ptr<gzFile_s, Closer> file_;
    std::uint64_t bytes_total_ = 0;
    std::vector<char> buffer_;
    std::size_t begin_ = 0;      ///< Of the current line in `buffer_`.
    std::size_t scan_ = 0;       ///< No line end between `begin_` and here.
    std::size_t end_ = 0;        ///< Of what is in `buffer_`.
    std::uint64_t dropped_ = 0;  ///< Bytes of the current line that were too many to keep.
    bool at_end_ = false;
};

}  // namespace rapport::replay
