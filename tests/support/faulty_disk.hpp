#pragma once

// A disk in memory for SQLite, for simulated worlds: it forgets what was not synced when it crashes, it tears
// writes, it fails on demand. Each one is an SQLite VFS of its own, so thousands can live side by side.

#include <cstdint>
#include <memory>
#include <string>

namespace rapport::test {

/// What an operation that changes the disk answers.
enum class DiskFault {
    none,
    io_error,  ///< SQLITE_IOERR_...: nothing of it is done.
    full,      ///< SQLITE_FULL: nothing of it is done. A sync answers io_error instead, as real disks do.
    dead,      ///< The machine stops here: this and everything after it fails until `crash`.
};

/// What is left of writes that were not synced.
enum class CrashKind {
    lose_all,     ///< None of them.
    keep_prefix,  ///< The first ones, in order; the last kept one may be torn.
    keep_any,     ///< Any of them, each torn into 512-byte sectors.
};

/// One world, one thread, but for `crash` and whatever looks: those may come from another while a store
/// writes. Every store on it must be closed before it is destroyed. After `crash` the old handles answer with
/// I/O errors until they are closed; new ones see what survived.
class FaultyDisk {
public:
    /// The same seed makes the same choices.
    explicit FaultyDisk(std::uint64_t seed = 1);
    ~FaultyDisk();
    FaultyDisk(const FaultyDisk&) = delete;
    FaultyDisk& operator=(const FaultyDisk&) = delete;

    /// For SqliteOptions::vfs; unique in the process. Use with `exclusive = true`: there is no shared memory.
    const std::string& vfs() const noexcept;

    /// Operations so far that change the disk: writes, truncations, syncs, deletions.
    std::uint64_t operations() const noexcept;
    /// The `count` operations after the next `after` ones answer `fault`. One plan at a time; `none` drops
    /// it.
    void plan(DiskFault fault, std::uint64_t after = 0, std::uint64_t count = 1);
    /// Every operation fails with a chance of one in `one_in`, by the seed; 0: never.
    void fail_sometimes(DiskFault fault, std::uint32_t one_in);
    /// Whether a planned or random fault has happened since the last `crash` or `plan`.
    bool faulted() const noexcept;
    /// All files together cannot grow beyond `bytes`; 0: no limit.
    void limit(std::uint64_t bytes);

    /// The power fails. Works again at once, with what survived.
    void crash(CrashKind kind);
    /// The same with the kind chosen by the seed.
    void crash();

    /// Bytes of all files as programs see them.
    std::uint64_t used() const noexcept;
    /// Contents of a file as programs see it; empty if there is none.
    std::string contents(const std::string& path) const;
    void put(const std::string& path, std::string contents);

    class Impl;

private:
    std::unique_ptr<Impl> impl_;
};

}  // namespace rapport::test
