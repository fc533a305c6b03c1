#include "support/faulty_disk.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <atomic>
#include <cstring>
#include <map>
#include <mutex>
#include <new>
#include <stdexcept>
#include <utility>
#include <vector>

namespace rapport::test {
namespace {

constexpr std::size_t sector = 512;

/// A change that was not synced yet.
struct Pending {
    bool truncation = false;
    std::uint64_t offset = 0;  ///< Of a truncation: the new size.
    std::string bytes{};
};

void apply_to(std::string& image, const Pending& change) {
    if (change.truncation) {
        image.resize(change.offset);
        return;
    }
    if (image.size() < change.offset + change.bytes.size()) image.resize(change.offset + change.bytes.size());
    image.replace(change.offset, change.bytes.size(), change.bytes);
}

struct File {
    std::string volatile_image{};
    std::string durable_image{};
    std::vector<Pending> pending{};
    bool durable = false;  ///< Its name survives a crash: it was synced since it was made.
    bool gone = false;     ///< A crash made a new file of it: handles to this one are dead.
};

/// splitmix64: small, and the same everywhere.
class Dice {
public:
    explicit Dice(std::uint64_t seed) : state_(seed) {}
    std::uint64_t roll(std::uint64_t sides) {
        state_ += 0x9e3779b97f4a7c15u;
        std::uint64_t value = state_;
        value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9u;
        value = (value ^ (value >> 27)) * 0x94d049bb133111ebu;
        return (value ^ (value >> 31)) % sides;
    }

private:
    std::uint64_t state_;
};

}  // namespace

class FaultyDisk::Impl {
public:
    explicit Impl(std::uint64_t seed);
    ~Impl() { sqlite3_vfs_unregister(&vfs_); }

    /// Counts an operation that changes the disk and says what happens to it.
    DiskFault next_operation();
    std::uint64_t used() const;
    void crash(CrashKind kind);
    void survive(File& file, CrashKind kind);

    /// A test may cut the disk off while a store's own thread writes to it. Held by each operation, from
    /// outside.
    mutable std::mutex door;
    std::map<std::string, std::shared_ptr<File>> files;
    Dice dice;
    std::string name;
    std::uint64_t operations = 0;
    std::uint64_t plan_from = 0, plan_until = 0;
    DiskFault planned = DiskFault::none, random = DiskFault::none;
    std::uint32_t one_in = 0;
    bool dead = false;
    bool faulted = false;
    std::uint64_t limit = 0;

private:
    sqlite3_vfs vfs_{};
};

DiskFault FaultyDisk::Impl::next_operation() {
    const std::uint64_t number = operations++;
    DiskFault fault = DiskFault::none;
    if (planned != DiskFault::none && number >= plan_from && number < plan_until) fault = planned;
    if (fault == DiskFault::none && one_in != 0 && dice.roll(one_in) == 0) fault = random;
    if (fault == DiskFault::dead) dead = true;
    if (dead) fault = DiskFault::dead;
    faulted |= fault != DiskFault::none;
    return fault;
}

std::uint64_t FaultyDisk::Impl::used() const {
    std::uint64_t all = 0;
    for (const auto& [path, file] : files) all += file->volatile_image.size();
    return all;
}

void FaultyDisk::Impl::survive(File& file, CrashKind kind) {
    std::size_t kept = kind == CrashKind::lose_all ? 0 : file.pending.size();
    if (kind == CrashKind::keep_prefix) kept = dice.roll(file.pending.size() + 1);
    for (std::size_t i = 0; i < kept; ++i) {
        Pending& change = file.pending[i];
        const bool may_tear = kind == CrashKind::keep_any || i + 1 == kept;
        if (change.truncation || !may_tear) {
            if (kind == CrashKind::keep_any && dice.roll(2) == 0) continue;
            apply_to(file.durable_image, change);
            continue;
        }
        for (std::size_t at = 0; at < change.bytes.size(); at += sector) {
            if (dice.roll(4) == 0) continue;
            apply_to(file.durable_image, {false, change.offset + at, change.bytes.substr(at, sector)});
        }
    }
}

void FaultyDisk::Impl::crash(CrashKind kind) {
    for (auto at = files.begin(); at != files.end();) {
        std::shared_ptr<File> old = std::exchange(at->second, std::make_shared<File>());
        old->gone = true;
        if (!old->durable && (kind == CrashKind::lose_all || dice.roll(2) == 0)) {
            at = files.erase(at);
            continue;
        }
        survive(*old, kind);
        at->second->volatile_image = at->second->durable_image = std::move(old->durable_image);
        at->second->durable = true;
        ++at;
    }
    dead = faulted = false;
    planned = DiskFault::none;
}

namespace {

using Disk = FaultyDisk::Impl;

struct Handle {
    sqlite3_file base;  ///< First: SQLite sees this.
    Disk* disk;
    std::shared_ptr<File> file;
    std::string delete_at_close;
};

Handle& handle(sqlite3_file* file) {
    return *reinterpret_cast<Handle*>(file);
}

Disk& disk(sqlite3_vfs* vfs) {
    return *static_cast<Disk*>(vfs->pAppData);
}

int answer(DiskFault fault, int io_error) {
    if (fault == DiskFault::none) return SQLITE_OK;
    return fault == DiskFault::full && io_error != SQLITE_IOERR_FSYNC ? SQLITE_FULL : io_error;
}

int close_file(sqlite3_file* file) {
    Handle& self = handle(file);
    const std::scoped_lock lock{self.disk->door};
    if (!self.delete_at_close.empty() && !self.file->gone) self.disk->files.erase(self.delete_at_close);
    self.~Handle();
    return SQLITE_OK;
}

int read_file(sqlite3_file* file, void* into, int amount, sqlite3_int64 offset) {
    Handle& self = handle(file);
    const std::scoped_lock lock{self.disk->door};
    if (self.file->gone || self.disk->dead) return SQLITE_IOERR_READ;
    const std::string& image = self.file->volatile_image;
    const std::size_t start = std::min(image.size(), std::size_t(offset));
    const std::size_t there = std::min(image.size() - start, std::size_t(amount));
    std::memcpy(into, image.data() + start, there);
    if (there == std::size_t(amount)) return SQLITE_OK;
    std::memset(static_cast<char*>(into) + there, 0, std::size_t(amount) - there);
    return SQLITE_IOERR_SHORT_READ;
}

int change(Handle& self, Pending pending, int io_error) {
    const std::scoped_lock lock{self.disk->door};
    if (self.file->gone) return io_error;
    if (const int code = answer(self.disk->next_operation(), io_error); code != SQLITE_OK) return code;
    const std::uint64_t end = pending.offset + pending.bytes.size();
    const std::uint64_t size = self.file->volatile_image.size();
    if (self.disk->limit != 0 && end > size && self.disk->used() + end - size > self.disk->limit) {
        self.disk->faulted = true;
        return SQLITE_FULL;
    }
    apply_to(self.file->volatile_image, pending);
    self.file->pending.push_back(std::move(pending));
    return SQLITE_OK;
}

int write_file(sqlite3_file* file, const void* from, int amount, sqlite3_int64 offset) {
    return change(
        handle(file),
        {false, std::uint64_t(offset), std::string(static_cast<const char*>(from), std::size_t(amount))},
        SQLITE_IOERR_WRITE);
}

int truncate_file(sqlite3_file* file, sqlite3_int64 size) {
    return change(handle(file), {true, std::uint64_t(size), {}}, SQLITE_IOERR_TRUNCATE);
}

int sync_file(sqlite3_file* file, int) {
    Handle& self = handle(file);
    const std::scoped_lock lock{self.disk->door};
    if (self.file->gone) return SQLITE_IOERR_FSYNC;
    if (const int code = answer(self.disk->next_operation(), SQLITE_IOERR_FSYNC); code != SQLITE_OK)
        return code;
    for (const Pending& pending : self.file->pending) apply_to(self.file->durable_image, pending);
    self.file->pending.clear();
    self.file->durable = true;
    return SQLITE_OK;
}

int file_size(sqlite3_file* file, sqlite3_int64* size) {
    const Handle& self = handle(file);
    const std::scoped_lock lock{self.disk->door};
    if (self.file->gone) return SQLITE_IOERR_FSTAT;
    *size = sqlite3_int64(self.file->volatile_image.size());
    return SQLITE_OK;
}

int lock_file(sqlite3_file*, int) {
    return SQLITE_OK;
}

int is_reserved(sqlite3_file*, int* reserved) {
    *reserved = 0;
    return SQLITE_OK;
}

int file_control(sqlite3_file*, int, void*) {
    return SQLITE_NOTFOUND;
}

int sector_size(sqlite3_file*) {
    return int(sector);
}

// As SQLite assumes of real disks: a torn write leaves the bytes around it alone.
int characteristics(sqlite3_file*) {
    return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

const sqlite3_io_methods methods = {
    1,         close_file, read_file,   write_file,   truncate_file, sync_file,       file_size,
    lock_file, lock_file,  is_reserved, file_control, sector_size,   characteristics, nullptr,
    nullptr,   nullptr,    nullptr,     nullptr,      nullptr};

int open_file(sqlite3_vfs* vfs, const char* path, sqlite3_file* file, int flags, int* out_flags) {
    file->pMethods = nullptr;
    Disk& self = disk(vfs);
    const std::scoped_lock lock{self.door};
    if (self.dead) return SQLITE_CANTOPEN;
    const std::string name = path ? path : "temporary-" + std::to_string(self.operations);
    auto at = self.files.find(name);
    if (at == self.files.end()) {
        if (!(flags & SQLITE_OPEN_CREATE)) return SQLITE_CANTOPEN;
        at = self.files.emplace(name, std::make_shared<File>()).first;
    }
    const bool temporary = !path || (flags & SQLITE_OPEN_DELETEONCLOSE);
    new (file) Handle{{&methods}, &self, at->second, temporary ? name : std::string{}};
    if (out_flags) *out_flags = flags;
    return SQLITE_OK;
}

int delete_file(sqlite3_vfs* vfs, const char* path, int) {
    Disk& self = disk(vfs);
    const std::scoped_lock lock{self.door};
    if (const int code = answer(self.next_operation(), SQLITE_IOERR_DELETE); code != SQLITE_OK) return code;
    return self.files.erase(path) == 1 ? SQLITE_OK : SQLITE_IOERR_DELETE_NOENT;
}

int access_file(sqlite3_vfs* vfs, const char* path, int, int* there) {
    const Disk& self = disk(vfs);
    const std::scoped_lock lock{self.door};
    *there = self.files.contains(path);
    return SQLITE_OK;
}

int full_path(sqlite3_vfs*, const char* path, int size, char* out) {
    sqlite3_snprintf(size, out, "%s", path);
    return SQLITE_OK;
}

int randomness(sqlite3_vfs* vfs, int size, char* out) {
    Disk& self = disk(vfs);
    const std::scoped_lock lock{self.door};
    for (int i = 0; i < size; ++i) out[i] = char(self.dice.roll(256));
    return size;
}

int sleep_never(sqlite3_vfs*, int microseconds) {
    return microseconds;
}

// SQLite asks the time only for CURRENT_TIMESTAMP and the like, which the store does not use.
int no_time(sqlite3_vfs*, double* days) {
    *days = 2440587.5;
    return SQLITE_OK;
}

int no_error(sqlite3_vfs*, int, char*) {
    return 0;
}

}  // namespace

FaultyDisk::Impl::Impl(std::uint64_t seed) : dice(seed) {
    static std::atomic<std::uint64_t> count = 0;
    name = "faulty-" + std::to_string(++count);
    vfs_.iVersion = 1;
    vfs_.szOsFile = sizeof(Handle);
    vfs_.mxPathname = 512;
    vfs_.zName = name.c_str();
    vfs_.pAppData = this;
    vfs_.xOpen = open_file;
    vfs_.xDelete = delete_file;
    vfs_.xAccess = access_file;
    vfs_.xFullPathname = full_path;
    vfs_.xRandomness = randomness;
    vfs_.xSleep = sleep_never;
    vfs_.xCurrentTime = no_time;
    vfs_.xGetLastError = no_error;
    if (sqlite3_vfs_register(&vfs_, 0) != SQLITE_OK) throw std::runtime_error("SQLite took no faulty disk");
}

FaultyDisk::FaultyDisk(std::uint64_t seed) : impl_(std::make_unique<Impl>(seed)) {}
FaultyDisk::~FaultyDisk() = default;

const std::string& FaultyDisk::vfs() const noexcept {
    return impl_->name;
}
std::uint64_t FaultyDisk::operations() const noexcept {
    const std::scoped_lock lock{impl_->door};
    return impl_->operations;
}

void FaultyDisk::plan(DiskFault fault, std::uint64_t after, std::uint64_t count) {
    const std::scoped_lock lock{impl_->door};
    impl_->planned = fault;
    impl_->plan_from = impl_->operations + after;
    impl_->plan_until = impl_->plan_from + count;
    impl_->faulted = false;
}

void FaultyDisk::fail_sometimes(DiskFault fault, std::uint32_t one_in) {
    const std::scoped_lock lock{impl_->door};
    impl_->random = fault;
    impl_->one_in = one_in;
}

bool FaultyDisk::faulted() const noexcept {
    const std::scoped_lock lock{impl_->door};
    return impl_->faulted;
}
void FaultyDisk::limit(std::uint64_t bytes) {
    const std::scoped_lock lock{impl_->door};
    impl_->limit = bytes;
}
void FaultyDisk::crash(CrashKind kind) {
    const std::scoped_lock lock{impl_->door};
    impl_->crash(kind);
}
void FaultyDisk::crash() {
    const std::scoped_lock lock{impl_->door};
    impl_->crash(CrashKind(impl_->dice.roll(3)));
}
std::uint64_t FaultyDisk::used() const noexcept {
    const std::scoped_lock lock{impl_->door};
    return impl_->used();
}

std::string FaultyDisk::contents(const std::string& path) const {
    const std::scoped_lock lock{impl_->door};
    const auto at = impl_->files.find(path);
    return at == impl_->files.end() ? std::string{} : at->second->volatile_image;
}

void FaultyDisk::put(const std::string& path, std::string contents) {
    auto file = std::make_shared<File>();
    file->volatile_image = file->durable_image = std::move(contents);
    file->durable = true;
    const std::scoped_lock lock{impl_->door};
    impl_->files[path] = std::move(file);
}

}  // namespace rapport::test
