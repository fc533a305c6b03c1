#pragma once

#include "adapters/slack/connection/lines.hpp"
#include "support/catch.hpp"

namespace rapport::test {

using namespace rapport::slack;
using namespace std::chrono_literals;

using std::chrono::milliseconds;

/// SocketLines with a clock that is turned by hand. Chance is always in the middle.
struct Table {
    explicit Table(LinesConfig config = {}) : lines(config, [this] { return roll; }) {}

    Moment now() const { return {std::chrono::steady_clock::time_point{1h} + at, Time{1'700'000'000s} + at}; }
    /// Turns the clock to each moment that `lines` asks for, and collects what is to be done.
    Effects pass(milliseconds time) {
        Effects all;
        const milliseconds end = at + time;
        for (int turns = 0;; ++turns) {
            REQUIRE(turns < 100'000);  // it must not ask for the same moment for ever
            const auto due = lines.due();
            const auto begin = std::chrono::steady_clock::time_point{1h};
            if (!due || *due - begin > end) break;
            at = std::max(at, std::chrono::ceil<milliseconds>(*due - begin));
            for (Effect& effect : lines.tick(now())) all.push_back(std::move(effect));
            if (answer_pings) answer(all);
        }
        at = end;
        return all;
    }
    void answer(const Effects& effects) {
        for (const Effect& effect : effects) {
            if (const auto* ping = std::get_if<PingLine>(&effect)) lines.pong(ping->line, ping->body, now());
        }
    }
    /// One line from its attempt to hello.
    Effects live(LineId line, Hello hello = {}) {
        lines.opened(line, now());
        return lines.hello(line, hello, now());
    }

    double roll = 0.5;
    bool answer_pings = true;
    milliseconds at{0};
    SocketLines lines;
};

template <class T>
std::vector<T> only(const Effects& effects) {
    std::vector<T> found;
    for (const Effect& effect : effects) {
        if (const auto* it = std::get_if<T>(&effect)) found.push_back(*it);
    }
    return found;
}

template <class T>
bool has(const Effects& effects) {
    return !only<T>(effects).empty();
}

inline Hello told(std::int64_t connections) {
    Hello hello;
    hello.app = "A1";
    hello.connections = connections;
    return hello;
}

inline Table one_live() {
    Table table;
    table.lines.start(table.now());
    table.live(1, told(1));
    return table;
}

}  // namespace rapport::test
