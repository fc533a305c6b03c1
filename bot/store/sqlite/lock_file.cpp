#include "bot/store/sqlite/lock_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace rapport::sqlite {
namespace {

std::string holder(int file) {
    char text[32] = {};
    const ssize_t size = ::pread(file, text, sizeof text - 1, 0);
    std::string pid{text, std::size_t(size > 0 ? size : 0)};
    pid.erase(pid.find_last_not_of("\n ") + 1);
    return pid.empty() ? "unknown" : pid;
}

}  // namespace

LockFile::~LockFile() {
    if (file_ < 0) return;
    // Not removed: between unlink and close another process could lock a file that nobody else will see.
    if (::ftruncate(file_, 0) != 0) errno = 0;
    ::close(file_);
}

Result<LockFile> LockFile::take(const std::string& database) {
    const std::string path = database + ".lock";
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0)
        return Error{
            ErrorKind::transient,
            fmt::format("Could not write {}: {}. Let this user write in that folder, or start Rapport with "
                        "another path.",
                        path, std::strerror(errno))};
    LockFile lock{file};
    if (::flock(file, LOCK_EX | LOCK_NB) != 0) {
        const std::string pid = holder(file);
        ::close(std::exchange(lock.file_, -1));
        return Error{
            ErrorKind::transient,
            fmt::format("{} is in use by another Rapport (pid {}). Stop that one first, or give this one "
                        "another path.",
                        database, pid)};
    }
    const std::string pid = fmt::format("{}\n", ::getpid());
    // The pid is for people; a full disk must not keep the lock from holding.
    if (::ftruncate(file, 0) != 0 || ::pwrite(file, pid.data(), pid.size(), 0) < 0) errno = 0;
    return lock;
}

}  // namespace rapport::sqlite
