#include "bench/child.hpp"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <stdexcept>

namespace rapport::bench {

Child::Child(const std::vector<std::string>& arguments) : name_(arguments.at(0)) {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("cannot make a pipe");
    std::string program = "rapport_bench";
    std::vector<char*> argv{program.data()};
    for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
    argv.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    const int failed = posix_spawn(&process_, "/proc/self/exe", &actions, nullptr, argv.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    ::close(ends[1]);
    output_ = ::fdopen(ends[0], "r");
    if (failed != 0) {
        process_ = -1;
        std::fclose(output_);
        throw std::runtime_error("cannot start " + name_);
    }
}

Child::~Child() {
    if (process_ > 0) {
        ::kill(process_, SIGTERM);
        ::waitpid(process_, nullptr, 0);
    }
    std::fclose(output_);
}

std::string Child::line() {
    std::string text;
    for (int c = std::fgetc(output_); c != '\n'; c = std::fgetc(output_)) {
        if (c == EOF) throw std::runtime_error(name_ + " ended early");
        text += char(c);
    }
    return text;
}

double Child::cpu() const {
    clockid_t clock{};
    timespec used{};
    if (::clock_getcpuclockid(process_, &clock) != 0 || ::clock_gettime(clock, &used) != 0)
        throw std::runtime_error("cannot read the CPU time of " + name_);
    return double(used.tv_sec) * 1e6 + double(used.tv_nsec) / 1e3;
}

void Child::ask_to_end() {
    ::kill(process_, SIGTERM);
}

void Child::wait() {
    int status = 0;
    ::waitpid(process_, &status, 0);
    process_ = -1;
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) throw std::runtime_error(name_ + " failed");
}

}  // namespace rapport::bench
