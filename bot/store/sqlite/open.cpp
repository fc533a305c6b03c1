#include "bot/store/sqlite/open.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <filesystem>

namespace rapport::sqlite {
namespace {

/// The log is copied back into the database after so many pages (32 MB): pages that are written again and
/// again, like those of busy people, are then copied once for many transactions.
constexpr int checkpoint_pages = 8192;

/// `path` as an SQLite URI, for `immutable`.
std::string uri(const std::string& path, bool immutable) {
    std::string text = "file:";
    for (const char c : path) {
        if (c == '%' || c == '?' || c == '#') {
            text += fmt::format("%{:02X}", unsigned(static_cast<unsigned char>(c)));
        } else {
            text += c;
        }
    }
    return immutable ? text + "?immutable=1" : text;
}

/// A new database holds what people said: for this user only. SQLite gives its side files the same mode.
void create_private(const std::string& path) {
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file >= 0) ::close(file);
}

/// Beside a read-only folder SQLite cannot make the shared memory that a log needs. Without a log there is
/// none to share, and the file can be read as it stands.
bool must_be_immutable(const SqliteOptions& options) {
    if (!options.read_only || !options.vfs.empty()) return false;
    std::error_code ignored;
    const std::string folder = std::filesystem::absolute(options.path, ignored).parent_path();
    return ::access(folder.c_str(), W_OK) != 0 && !std::filesystem::exists(options.path + "-wal", ignored);
}

int flags_of(const SqliteOptions& options) {
    int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI;
    if (options.read_only) return flags | SQLITE_OPEN_READONLY;
    flags |= SQLITE_OPEN_READWRITE;
    return options.requests_only ? flags : flags | SQLITE_OPEN_CREATE;
}

}  // namespace

Result<> prepare_folder(const std::string& path) {
    const std::filesystem::path folder = std::filesystem::path(path).parent_path();
    if (folder.empty()) return {};
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (!error) return {};
    return Error{
        ErrorKind::transient,
        fmt::format("Could not make the folder {} for the database: {}. Make it by hand, or start Rapport "
                    "with another path.",
                    folder.string(), error.message())};
}

std::unique_ptr<Connection> connect(const SqliteOptions& options, std::span<const Migration> steps) {
    const bool writes = !options.read_only && !options.requests_only;
    if (writes && options.vfs.empty()) create_private(options.path);
    auto connection = std::make_unique<Connection>(uri(options.path, must_be_immutable(options)),
                                                   flags_of(options), options.vfs);
    // First: before anything reads the file, or the log would already want shared memory.
    if (options.exclusive) connection->execute("PRAGMA locking_mode = EXCLUSIVE");
    connection->execute(
        fmt::format("PRAGMA busy_timeout = {}; PRAGMA temp_store = MEMORY; PRAGMA foreign_keys = OFF; PRAGMA "
                    "secure_delete = ON; "
                    "PRAGMA cache_size = -{}",
                    options.busy_ms, options.cache_kib));
    check_ownership(*connection, steps.size());  // reads only: what is not ours stays as it is
    if (writes) {
        if (sqlite3_db_readonly(connection->handle(), "main") == 1)
            throw SqliteError(SQLITE_READONLY, "the file is read-only");
        connection->execute("PRAGMA journal_mode = WAL");
        connection->execute(
            fmt::format("PRAGMA synchronous = {}; PRAGMA wal_autocheckpoint = {}; "
                        "PRAGMA journal_size_limit = {}",
                        options.full_sync ? "FULL" : "OFF", checkpoint_pages, 64 << 20));
        migrate(*connection, steps);
    } else if (connection->number("PRAGMA user_version") != std::int64_t(steps.size())) {
        throw SqliteError(SQLITE_SCHEMA,
                          "it has the schema of an older Rapport. Start `rapport serve` on it once: that "
                          "brings it up to date.");
    }
    return connection;
}

}  // namespace rapport::sqlite
