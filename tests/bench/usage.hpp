#pragma once

#include <cstdint>

namespace rapport::bench {

/// CPU time of this process so far, user and system, all threads; in microseconds.
double process_cpu();
/// CPU time of this thread so far, in microseconds.
double thread_cpu();
/// Memory of this process that is resident now, in MB (10^6 bytes).
double resident_mb();
/// Bytes that malloc has given out and not got back, in MB.
double allocated_mb();

/// Adds up the CPU time of this thread between `start` and `stop`.
class Stopwatch {
public:
    void start() { started_ = thread_cpu(); }
    void stop() { total_ += thread_cpu() - started_; }
    /// Microseconds.
    double total() const { return total_; }

private:
    double started_ = 0;
    double total_ = 0;
};

}  // namespace rapport::bench
