#include <sys/ioctl.h>
#include <unistd.h>

#include <iostream>

#include "bot/cli/cli.hpp"

namespace {

int columns_of_terminal() {
    winsize size{};
    return ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

}  // namespace

int main(int argc, char** argv) {
    const bool on_terminal = ::isatty(STDERR_FILENO) == 1;
    rapport::cli::Terminal terminal{std::cout,   std::cerr,
                                    std::cin,    on_terminal && ::isatty(STDIN_FILENO) == 1,
                                    on_terminal, columns_of_terminal()};
    const int code = rapport::cli::run({argv + 1, argv + argc}, terminal);
    std::cout.flush();
    if (std::cout) return code;
    std::cerr << "The output could not be written.\n";
    return code == 0 ? 1 : code;
}
