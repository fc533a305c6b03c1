#include "bot/store/sqlite/errors.hpp"

#include <fmt/format.h>

namespace rapport::sqlite {

Error in_words(const SqliteError& failure, const std::string& path, const std::string& doing) {
    const auto say = [&](ErrorKind kind, const std::string& what_and_next) {
        return Error{kind, fmt::format("Could not {} {}: {}", doing, path, what_and_next)};
    };
    switch (failure.primary_code()) {
        case SQLITE_FULL:
            return say(
                ErrorKind::transient,
                "the disk is full. Free some space there; nothing is lost, and it will be tried again.");
        case SQLITE_READONLY:
            return say(
                ErrorKind::transient,
                "the file, its folder or its file system is read-only. Let this user write there, or start "
                "Rapport with another path.");
        case SQLITE_CANTOPEN:
            return say(ErrorKind::transient,
                       "it cannot be opened. Check that the folder exists and that this user may read and "
                       "write it.");
        case SQLITE_IOERR:
            return say(ErrorKind::transient,
                       fmt::format("the disk reported an error ({}). Check the disk; it will be tried again.",
                                   failure.what()));
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return say(ErrorKind::transient,
                       "another program holds it locked. Close that program, or try again in a moment.");
        case SQLITE_NOTADB:
            return say(
                ErrorKind::rejected,
                fmt::format("this is not a Rapport database ({}). The file was left as it is; choose another "
                            "path.",
                            failure.what()));
        case SQLITE_CORRUPT:
            return say(
                ErrorKind::rejected,
                fmt::format("the database is damaged ({}). Keep a copy of the file as it is, and restore the "
                            "last backup.",
                            failure.what()));
        case SQLITE_SCHEMA:
            return say(ErrorKind::rejected, failure.what());
        default:
            return say(ErrorKind::rejected,
                       fmt::format("{} (SQLite result {}).", failure.what(), failure.code()));
    }
}

}  // namespace rapport::sqlite
