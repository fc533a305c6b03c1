#include "adapters/console/terminal.hpp"

#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <string>

namespace rapport::console {
namespace {

std::string_view variable(const char* name) {
    const char* value = std::getenv(name);
    return value ? value : "";
}

}  // namespace

Look look_for(const TerminalFacts& facts) {
    Look look;
    if (facts.columns > 0) look.width = facts.columns;
    look.colour = facts.is_terminal && facts.no_color.empty() && facts.term != "dumb" && !facts.term.empty();
    std::string locale{facts.locale};
    std::transform(locale.begin(), locale.end(), locale.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    look.unicode = locale.find("utf-8") != std::string::npos || locale.find("utf8") != std::string::npos;
    return look;
}

Look look_of(int descriptor) {
    TerminalFacts facts;
    facts.is_terminal = ::isatty(descriptor) == 1;
    winsize size{};
    if (facts.is_terminal && ::ioctl(descriptor, TIOCGWINSZ, &size) == 0) facts.columns = size.ws_col;
    facts.no_color = variable("NO_COLOR");
    facts.term = variable("TERM");
    for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"})
        if (facts.locale.empty()) facts.locale = variable(name);
    return look_for(facts);
}

void write_all(int descriptor, std::string_view text) {
    while (!text.empty()) {
        const ssize_t wrote = ::write(descriptor, text.data(), text.size());
        if (wrote > 0) {
            text.remove_prefix(static_cast<std::size_t>(wrote));
        } else if (wrote < 0 && errno == EAGAIN) {
            pollfd wait{descriptor, POLLOUT, 0};
            if (::poll(&wait, 1, 5000) <= 0) return;
        } else if (wrote == 0 || errno != EINTR) {
            return;
        }
    }
}

}  // namespace rapport::console
