#pragma once

#include <memory>
#include <string>

#include "bot/store/store.hpp"

namespace rapport {

struct SqliteOptions {
    std::string path{};          ///< The database file; its folder must exist or be creatable.
    bool read_only = false;      ///< For the command line beside a running program.
    bool requests_only = false;  ///< Beside a running program, to leave a request for it: saves nothing else.
    bool full_sync = true;       ///< synchronous=FULL; off only for tests and throw-away replays.
    bool exclusive = false;  ///< locking_mode=EXCLUSIVE: no shared memory file; required by `vfs` in tests.
    std::string vfs{};       ///< Name of a registered SQLite VFS; empty: the system's.
    int busy_ms = 5000;      ///< How long to wait for another process's lock.
    std::size_t cache_kib = 65536;  ///< SQLite's page cache.
};

/// Opens or creates the store and brings its schema to today's version. Errors name the file and what to do:
/// not writable, not a Rapport database, made by a newer Rapport, disk full.
Result<std::unique_ptr<Store>> open_sqlite(const SqliteOptions& options);

}  // namespace rapport
