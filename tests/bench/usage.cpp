#include "bench/usage.hpp"

#include <malloc.h>
#include <sys/resource.h>
#include <unistd.h>

#include <ctime>
#include <fstream>

namespace rapport::bench {

double process_cpu() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto micros = [](const timeval& time) { return double(time.tv_sec) * 1e6 + double(time.tv_usec); };
    return micros(usage.ru_utime) + micros(usage.ru_stime);
}

double thread_cpu() {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return double(time.tv_sec) * 1e6 + double(time.tv_nsec) / 1e3;
}

double resident_mb() {
    std::ifstream file{"/proc/self/statm"};
    double all = 0, resident = 0;
    file >> all >> resident;
    return resident * double(sysconf(_SC_PAGESIZE)) / 1e6;
}

double allocated_mb() {
    const auto info = mallinfo2();
    return double(info.uordblks + info.hblkhd) / 1e6;
}

}  // namespace rapport::bench
