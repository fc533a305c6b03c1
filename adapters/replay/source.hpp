#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "adapters/event.hpp"
#include "adapters/net/error.hpp"

namespace rapport::replay {

/// One record of a file that cannot be used, and why.
struct Problem {
    std::string file{};      ///< The file, and for an archive the file within it.
    std::uint64_t line = 0;  ///< From 1; in a Slack export the place in the day file. 0: all of it.
    std::string what{};      ///< What is wrong, in words: "`ts` is missing".
};

/// What a reader has come across so far.
struct Tally {
    std::uint64_t records = 0;   ///< Lines, rows or export messages consumed, whatever became of them.
    std::uint64_t messages = 0;  ///< Records that became a message.
    std::uint64_t events = 0;    ///< Events handed out; a message with reactions gives several.
    std::uint64_t notices = 0;   ///< Joins, parts, topics, tombstones: known, and passed over on purpose.
    std::uint64_t problems = 0;  ///< Records passed over because something is wrong with them.
};

/// How to read. Everything has a limit: a hostile file costs bounded memory.
struct Options {
    std::string realm{};   ///< Empty: the file's name without folder and extensions. Slack: its team id wins.
    bool lenient = false;  ///< Report a bad record and go on, instead of stopping there.
    std::function<void(const Problem&)> on_problem{};  ///< Called for each bad record when `lenient`.
    Time now{};                                        ///< When contacts of a CSV file are stated.
    std::size_t max_line = 1024 * 1024;                ///< The longest line or row, in bytes.
    std::uint64_t max_file =
        64ull * 1024 * 1024;  ///< The largest file inside an archive, or CSV file, in bytes.
    std::uint64_t max_total = 16ull * 1024 * 1024 * 1024;  ///< All files of an archive together, unpacked.
};

/// A file as a stream of events. Pull-style, blocking, not thread-safe; holds the file open while it lives.
class EventSource {
public:
    virtual ~EventSource() = default;

    /// The next event; nothing at the end. An Error names the file, the line, what is wrong and what to do,
    /// and every later call gives the same Error.
    virtual Result<std::optional<Event>> next() = 0;

    /// Goes on after the event that carried `cursor`, as if all up to it had been read by `next`. To be
    /// called before the first `next`. Fails if the file is shorter than that or `cursor` is not one of ours.
    virtual Result<> skip_to(std::string_view cursor) = 0;

    /// The Event::cursor_name of all events; empty if this kind of file is simply read again.
    virtual std::string_view cursor_name() const noexcept = 0;

    /// For a progress bar: bytes on disk (in an archive: unpacked) and how many of them were read.
    virtual std::uint64_t bytes_total() const noexcept = 0;
    virtual std::uint64_t bytes_read() const noexcept = 0;

    virtual const Tally& tally() const noexcept = 0;
};

/// Opens a file by its name's ending, or by its first bytes if the ending says nothing: JSON Lines (.jsonl,
/// .ndjson, also .gz), a Slack export (.zip), contacts (.csv).
Result<std::unique_ptr<EventSource>> open(const std::filesystem::path& path, const Options& options = {});

/// `/x/ubuntu_irc.jsonl.gz` -> `ubuntu_irc`: only endings that say a format are taken off.
std::string realm_of(const std::filesystem::path& path);

}  // namespace rapport::replay
