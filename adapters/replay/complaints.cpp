#include "adapters/replay/complaints.hpp"

#include <fmt/format.h>

#include <charconv>

namespace rapport::replay {

Result<> Complaints::record(std::string_view inside, std::string_view unit, std::uint64_t line,
                            std::string what) {
    ++tally_.problems;
    if (quiet_) return {};
    Problem problem{inside.empty() ? file_ : fmt::format("{}: {}", file_, inside), line, std::move(what)};
    if (options_.lenient) {
        if (options_.on_problem) options_.on_problem(problem);
        return {};
    }
    const std::string place = line == 0 ? "" : fmt::format(", {} {}", unit, line);
    return Error{ErrorKind::rejected, fmt::format("{}{}: {}. Mend it, or leave it out with --keep-going.",
                                                  problem.file, place, problem.what)};
}

Error file_error(const std::filesystem::path& path, std::string_view what) {
    return Error{ErrorKind::rejected, fmt::format("{}: {}", path.string(), what)};
}

Result<std::uint64_t> parse_cursor(std::string_view cursor, const std::filesystem::path& path) {
    std::uint64_t number = 0;
    if (cursor.empty()) return number;
    const auto [end, failure] = std::from_chars(cursor.data(), cursor.data() + cursor.size(), number);
    if (failure != std::errc{} || end != cursor.data() + cursor.size())
        return file_error(path, fmt::format("the saved place \"{}\" is not a number. Start over with a fresh "
                                            "database, or give the file another --realm.",
                                            cursor.substr(0, 40)));
    return number;
}

Error cursor_beyond(const std::filesystem::path& path, std::uint64_t cursor, std::uint64_t records,
                    std::string_view unit) {
    return file_error(path,
                      fmt::format("it was read up to {0} {1} before, and now has only {2}: this is not the "
                                  "file that was replayed then. Give this one another --realm.",
                                  unit, cursor, records));
}

Error cursor_amiss(const std::filesystem::path& path, std::uint64_t cursor) {
    return file_error(path,
                      fmt::format("at the saved place {} it has no message: this is not the file that was "
                                  "replayed before. Give this one another --realm.",
                                  cursor));
}

}  // namespace rapport::replay
