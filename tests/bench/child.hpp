#pragma once

#include <sys/types.h>

#include <cstdio>
#include <string>
#include <vector>

namespace rapport::bench {

/// Another process of this program, whose standard output we read. Ended, if it still runs, and waited for by
/// the destructor.
class Child {
public:
    /// Throws if it cannot be started.
    explicit Child(const std::vector<std::string>& arguments);
    ~Child();
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;

    /// The next line that it prints, without its end. Throws if none comes.
    std::string line();
    /// CPU time that it has used so far, user and system, all threads; in microseconds.
    double cpu() const;
    /// Sends it SIGTERM.
    void ask_to_end();
    /// Waits until it ends. Throws unless it ends with 0.
    void wait();

private:
    std::string name_;
    pid_t process_ = -1;
    std::FILE* output_ = nullptr;
};

}  // namespace rapport::bench
