#include "adapters/replay/line_reader.hpp"

#include <fmt/format.h>
#include <zlib.h>

#include <cerrno>
#include <cstring>

#include "adapters/replay/complaints.hpp"

namespace rapport::replay {
namespace {

constexpr std::size_t chunk = 128 * 1024;

}  // namespace

void LineReader::Closer::operator()(gzFile_s* file) const noexcept {
    gzclose(file);
}

Result<LineReader> LineReader::open(const std::filesystem::path& path, std::size_t max_line) {
    LineReader reader{path, max_line};
    std::error_code failure;
    if (std::filesystem::is_directory(path, failure))
        return file_error(path, "this is a folder. Name the file in it that is to be read.");
    errno = 0;
    reader.file_.reset(gzopen(path.c_str(), "rbe"));
    if (!reader.file_)
        return file_error(path, fmt::format("cannot be opened ({}). Check the name and the permissions.",
                                            std::strerror(errno == 0 ? ENOMEM : errno)));
    gzbuffer(reader.file_.get(), chunk);
    reader.buffer_.resize(chunk);
    const auto size = std::filesystem::file_size(path, failure);
    reader.bytes_total_ = failure ? 0 : size;
    if (path.extension() == ".gz" && gzdirect(reader.file_.get()) != 0)
        return file_error(path, "its name ends in .gz, but it is not gzip. Rename it, or fetch it again.");
    return reader;
}

std::uint64_t LineReader::bytes_read() const noexcept {
    const auto offset = gzoffset(file_.get());
    return offset < 0 ? 0 : static_cast<std::uint64_t>(offset);
}

Error LineReader::read_error() const {
    int code = Z_OK;
    const char* words = gzerror(file_.get(), &code);
    if (code == Z_BUF_ERROR)
        return file_error(path_,
                          "the file breaks off in the middle of its compressed data. What came before was "
                          "read; fetch the whole file again and replay it: it goes on from there.");
    if (code == Z_ERRNO)
        return Error{ErrorKind::transient,
                     fmt::format("{}: reading failed ({}). Check the disk and try again.", path_.string(),
                                 std::strerror(errno))};
    return file_error(path_,
                      fmt::format("its compressed data is damaged ({}). Fetch the file again.", words));
}

Result<bool> LineReader::refill() {
    if (at_end_) return false;
    if (end_ - begin_ > max_line_ + 1) {  // One more for the CR of a CRLF.
        dropped_ += end_ - begin_;
        begin_ = end_;
    }
    if (begin_ > 0) {
        std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
        end_ -= begin_;
        begin_ = 0;
    }
    scan_ = end_;
    if (buffer_.size() < end_ + chunk) buffer_.resize(end_ + chunk);
    const int got = gzread(file_.get(), buffer_.data() + end_, chunk);
    int code = Z_OK;
    if (got <= 0) gzerror(file_.get(), &code);
    if (got < 0 || code != Z_OK) return read_error();
    at_end_ = got == 0;
    end_ += static_cast<std::size_t>(got);
    return got > 0;
}

LineReader::Line LineReader::take(std::size_t end, std::size_t next_begin) {
    Line line{{buffer_.data() + begin_, end - begin_}, dropped_ + (end - begin_), false};
    if (!line.text.empty() && line.text.back() == '\r') line.text.remove_suffix(1);
    if (dropped_ > 0 || line.text.size() > max_line_) {
        line.text = {};
        line.too_long = true;
    }
    begin_ = scan_ = next_begin;
    dropped_ = 0;
    return line;
}

Result<std::optional<LineReader::Line>> LineReader::next() {
    for (;;) {
        if (const void* found = std::memchr(buffer_.data() + scan_, '\n', end_ - scan_)) {
            const auto at = static_cast<std::size_t>(static_cast<const char*>(found) - buffer_.data());
            return std::optional{take(at, at + 1)};
        }
        scan_ = end_;
        const Result<bool> more = refill();
        if (!more) return more.error();
        if (!*more) break;
    }
    if (begin_ == end_ && dropped_ == 0) return std::optional<Line>{};
    return std::optional{take(end_, end_)};
}

}  // namespace rapport::replay
