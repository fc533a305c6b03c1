#pragma once

#include <string>
#include <utility>

#include "adapters/net/error.hpp"

namespace rapport::sqlite {

/// Says that this process writes to a database. Held until destroyed; the system takes it back if the process
/// dies.
class LockFile {
public:
    LockFile() = default;
    ~LockFile();
    LockFile(LockFile&& other) noexcept : file_(std::exchange(other.file_, -1)) {}
    LockFile& operator=(LockFile&& other) noexcept {
        std::swap(file_, other.file_);
        return *this;
    }

    /// Locks `<database>.lock`, which stays behind as an empty reminder. The error names the process that has
    /// it.
    static Result<LockFile> take(const std::string& database);

private:
    explicit LockFile(int file) : file_(file) {}
    int file_ = -1;
};

}  // namespace rapport::sqlite
