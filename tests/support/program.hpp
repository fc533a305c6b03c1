#pragma once

// The real program as a child process: started, read from, stopped.

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace rapport::test {

/// One run of RAPPORT_BINARY. Killed, if it still runs, when this goes.
class Program {
public:
    explicit Program(const std::vector<std::string>& arguments) {
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
            dup2(pipe_ends[1], STDOUT_FILENO);
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

}  // namespace rapport::test
