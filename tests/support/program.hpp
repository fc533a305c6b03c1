#pragma once

// The real program as a child process: started, read from, stopped.

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace rapport::test {

/// How a Program is started, besides its arguments.
struct Surroundings {
    /// Where its standard error goes; empty: where ours goes.
    std::filesystem::path errors{};
    /// Where its standard output goes; empty: to `line_with` and `rest`.
    std::filesystem::path output{};
    /// In the child before the program starts: other limits, another user. Only what is safe after a fork.
    std::function<void()> prepare{};
};

/// One run of RAPPORT_BINARY. Killed, if it still runs, when this goes.
class Program {
public:
    explicit Program(const std::vector<std::string>& arguments, const Surroundings& around = {}) {
        std::array<int, 2> pipe_ends{};
        if (pipe2(pipe_ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
        std::vector<std::string> words{RAPPORT_BINARY};
        words.insert(words.end(), arguments.begin(), arguments.end());
        std::vector<char*> argv;
        for (std::string& word : words) argv.push_back(word.data());
        argv.push_back(nullptr);
        child_ = fork();
        if (child_ == 0) {
            const int nothing = open("/dev/null", O_RDONLY);
            dup2(nothing, STDIN_FILENO);
            dup2(around.output.empty() ? pipe_ends[1] : to_file(around.output), STDOUT_FILENO);
            if (!around.errors.empty()) dup2(to_file(around.errors), STDERR_FILENO);
            if (around.prepare) around.prepare();
            execv(argv[0], argv.data());
            _exit(127);
        }
        close(pipe_ends[1]);
        output_ = pipe_ends[0];
        if (child_ < 0) throw std::runtime_error("no child");
    }
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;
    ~Program() {
        if (child_ > 0) stop(SIGKILL);
        close(output_);
    }

    /// Reads its standard output until a line holds `words`; returns that line. Throws if it ends before.
    std::string line_with(const std::string& words) {
        for (;;) {
            for (std::size_t end = read_.find('\n'); end != std::string::npos; end = read_.find('\n')) {
                const std::string line = read_.substr(0, end);
                read_.erase(0, end + 1);
                if (line.find(words) != std::string::npos) return line;
            }
            if (!read_more()) throw std::runtime_error("it ended before it said: " + words);
        }
    }
    /// All that is still to come of its standard output.
    std::string rest() {
        while (read_more()) {
        }
        return std::exchange(read_, {});
    }

    /// Whether it has ended; it is not waited for.
    bool ended() const {
        siginfo_t what{};
        return waitid(P_PID, id_t(child_), &what, WEXITED | WNOHANG | WNOWAIT) == 0 && what.si_pid != 0;
    }

    /// Sends the signal (none: 0) and waits for its end. Its exit code; minus the signal that killed it.
    int stop(int signal = SIGTERM) {
        if (signal != 0) kill(child_, signal);
        int status = 0;
        while (waitpid(child_, &status, 0) < 0 && errno == EINTR) {
        }
        child_ = -1;
        return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
    }

private:
    static int to_file(const std::filesystem::path& path) {
        return open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    }
    bool read_more() {
        std::array<char, 65536> buffer{};
        const ssize_t count = read(output_, buffer.data(), buffer.size());
        if (count > 0) read_.append(buffer.data(), std::size_t(count));
        return count > 0;
    }

    pid_t child_ = -1;
    int output_ = -1;
    std::string read_{};
};

/// Everything in a file; empty if there is none.
inline std::string content_of(const std::filesystem::path& path) {
    std::ifstream file{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
}

/// What a Program that ran to its end left behind.
struct Ran {
    int code = 0;  ///< Minus the signal that killed it.
    std::string output{};
    std::string errors{};
};

/// Runs it to its end. `around.errors` is chosen here, in `folder`.
inline Ran run_program(const std::filesystem::path& folder, const std::vector<std::string>& arguments,
                       Surroundings around = {}) {
    around.errors = folder / "stderr";
    Program program{arguments, around};
    Ran ran;
    ran.output = program.rest();
    ran.code = program.stop(0);
    ran.errors = content_of(around.errors);
    return ran;
}

/// Waits until `holds` or `program` has ended or a minute is gone; whether it holds.
inline bool wait_until(const Program& program, const std::function<bool()>& holds) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::minutes{1};
    while (!holds()) {
        if (program.ended() || std::chrono::steady_clock::now() > end) return holds();
        std::this_thread::sleep_for(std::chrono::milliseconds{2});
    }
    return true;
}

}  // namespace rapport::test
