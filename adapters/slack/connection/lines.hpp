#pragma once

#include <algorithm>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "adapters/net/backoff.hpp"
#include "adapters/net/error.hpp"
#include "adapters/slack/connection/moment.hpp"
#include "adapters/slack/slack.hpp"

// The decisions of Socket Mode, without a socket: which connections ("lines") to open, watch, drain and
// close. Rules are those of docs.slack.dev, "Using Socket Mode", where not said otherwise.

namespace rapport::slack {

using LineId = std::uint64_t;
/// Of something that will not happen by itself.
inline constexpr auto no_tick = std::chrono::steady_clock::time_point::max();

/// All spans of time in Socket Mode. The defaults are what is right for Slack.
struct LineTimes {
    using Span = std::chrono::milliseconds;
    Span open{60'000};           ///< From asking for an address to an open WebSocket.
    Span hello{15'000};          ///< From the open WebSocket to Slack's hello.
    Span ping{10'000};           ///< Between two pings.
    Span dead{20'000};           ///< Without a matching pong: the line is dead, whatever TCP says.
    Span drain{30'000};          ///< How long a line that was replaced is still read.
    Span drain_least{2'000};     ///< The same, if its place is needed.
    Span lifetime{3'600'000};    ///< If hello does not tell.
    Span early_least{60'000};    ///< A line is replaced this much before its end ...
    Span early_most{180'000};    ///< ... or up to this much, at random.
    Span crowded_least{60'000};  ///< Pause after too_many_websockets ...
    Span crowded_most{180'000};  ///< ... or up to this much, at random.
    Span disabled{300'000};      ///< Between looks whether Socket Mode was switched on again.
    Span first_pause{1'000};     ///< Back-off: 1, 2, 4 ... 60 s.
    Span longest_pause{60'000};
    Span limited{30'000};  ///< After 429 without Retry-After.
    Span healthy{10'000};  ///< A line that lived this long may be replaced at once when it breaks.
    Span garbage{10'000};  ///< `garbage_most` unreadable frames within this: another line.
    std::size_t garbage_most = 5;
};

/// More are never open at once, replacements and draining ones included.
inline constexpr std::size_t most_lines = 3;

struct LinesConfig {
    std::size_t sockets = 1;   ///< Live at once, 1 to 2 (more is taken as 2).
    std::size_t replicas = 0;  ///< SocketLines that other processes of ours hold: Slack counts them as well.
    LineTimes times{};
};

/// What an operator should hear of.
enum class AlarmKind { too_many_connections, ghosts, switched_off, garbage, refused };
struct Alarm {
    AlarmKind kind{};
    std::string words{};
};

enum class LineState { connecting, live, draining, closing };

// ---- what to do
struct OpenLine {
    LineId line = 0;
};
struct PingLine {
    LineId line = 0;
    std::string body{};
};
/// Say goodbye with code 1000, wait a second for the answer, drop TCP. A line still dialling is given up.
struct CloseLine {
    LineId line = 0;
};
/// Cut it without a word: nobody is there.
struct DropLine {
    LineId line = 0;
};
struct RaiseAlarm {
    Alarm alarm{};
};
/// From then on until then there was no line.
struct Missed {
    Time from{};
    Time until{};
    std::string why{};
};
struct LineUp {
    Id app{};
};
/// Nothing more can be done: a person must mend something.
struct GiveUp {
    Error error{};
};
using Effect = std::variant<OpenLine, PingLine, CloseLine, DropLine, RaiseAlarm, Missed, LineUp, GiveUp>;
using Effects = std::vector<Effect>;

/// What hello says; all of it is optional.
struct Hello {
    Id app{};
    std::optional<std::int64_t> connections{};            ///< num_connections, over all processes.
    std::optional<std::chrono::milliseconds> lifetime{};  ///< approximate_connection_time.
};

struct LineCounts {
    std::uint64_t opened = 0;     ///< SocketLines that said hello.
    std::uint64_t refreshed = 0;  ///< SocketLines replaced in good time.
    std::uint64_t dropped = 0;    ///< SocketLines lost: closed by the other side unasked, dead, or given up.
    std::uint64_t failed = 0;     ///< Attempts that came to no hello.
    std::uint64_t ghosts = 0;     ///< Times that Slack counted more lines than we have.
    std::uint64_t garbage = 0;    ///< Frames that were no JSON object.
    std::int64_t slack_counts = 0;  ///< The last num_connections.
    std::size_t live = 0;           ///< Live now, or draining.
};

/// Pure: the clock and chance are passed in, and what is to be done comes back. One attempt to open a line is
/// under way at a time. Each call returns what to do now; `due` tells when to call `tick` next.
class SocketLines {
public:
    using Roll = std::function<double()>;
    SocketLines(LinesConfig config, Roll roll);

    Effects start(Moment now);
    Effects tick(Moment now);
    /// Closes all; nothing is opened any more.
    Effects stop(Moment now);
    /// When `tick` has something to do, at the latest; empty if never.
    std::optional<std::chrono::steady_clock::time_point> due() const;

    // ---- what happened to a line
    /// No address was given. Unauthorized ends everything; all else is tried again for ever.
    Effects no_address(LineId line, const Error& error, Moment now);
    /// There is an address, but no WebSocket.
    Effects no_socket(LineId line, const Error& error, Moment now);
    Effects opened(LineId line, Moment now);
    Effects hello(LineId line, const Hello& hello, Moment now);
    /// `reason` is Slack's.
    Effects disconnect(LineId line, const std::string& reason, Moment now);
    /// A frame that was no JSON object.
    Effects garbage(LineId line, Moment now);
    /// A good frame.
    void heard(LineId line, Moment now);
    void pong(LineId line, const std::string& body, Moment now);
    /// Nobody reads it for now, so that pongs cannot be seen ...
    void paused(LineId line);
    /// ... and now somebody does again.
    Effects resumed(LineId line, Moment now);
    /// Deliveries that are not acknowledged yet: a line with none is the first to go when a place is needed.
    void waiting(LineId line, std::size_t deliveries);
    /// The line is gone, whoever ended it.
    Effects closed(LineId line, Moment now);

    std::optional<LineState> state(LineId line) const;
    std::size_t open() const noexcept { return lines_.size(); }
    LineCounts counts() const;
    bool stopped() const noexcept { return stopped_; }

private:
    using Tick = std::chrono::steady_clock::time_point;
    struct Line {
        LineState state = LineState::connecting;
        bool socket = false;   ///< The WebSocket is open.
        bool leaving = false;  ///< Live, but to be replaced.
        bool paused = false;
        Tick until{};  ///< connecting: given up; live: replaced; draining: closed.
        Tick hello_at{};
        Tick drained_at{};  ///< Since when it is draining.
        Tick ping_at{};
        Tick pong_at{};  ///< The last matching pong.
        std::uint64_t pings = 0;
        std::deque<std::string> bodies{};  ///< Of pings not answered yet, the newest last.
        std::deque<Tick> garbage{};
        std::size_t waiting = 0;
        Time heard{};
    };

    Line* find(LineId line);
    /// Uniform between two spans.
    LineTimes::Span between(LineTimes::Span least, LineTimes::Span most);
    /// No line is opened before.
    void hold(Tick until) { hold_until_ = std::max(hold_until_, until); }
    void pause_after_failure(Moment now);
    void hold_after(const Error& error, Moment now);
    /// An attempt has ended without a line.
    void failed(LineId line, const Error& error, Moment now);
    /// What follows from a line that is of no use any more, before it is closed or forgotten.
    void lost(LineId line, Moment now);
    void close(LineId line, Effects& effects);
    void watch(LineId line, Moment now, Effects& effects);
    void watch_pulse(LineId line, Moment now, Effects& effects);
    void drain_one_that_leaves(Moment now);
    void end_gap(Moment now, Effects& effects);
    /// The same alarm at most once an hour, unless there is `news`.
    void raise(Alarm alarm, bool news, Moment now, Effects& effects);
    void look_for_ghosts(const Hello& hello, Moment now, Effects& effects);
    /// Opens a line if one is wanted, allowed and possible.
    void fill(Moment now, Effects& effects);
    bool wants_line() const;
    bool make_room(Moment now, Effects& effects);
    std::size_t count(LineState state) const;

    LinesConfig config_;
    Roll roll_;
    net::Backoff backoff_;
    std::map<LineId, Line> lines_{};
    LineId last_id_ = 0;
    bool started_ = false;
    bool stopped_ = false;
    Tick hold_until_{};               ///< No line is opened before.
    std::optional<Time> gap_from_{};  ///< Since then there is no line.
    Tick failed_at_{};                ///< The last failure: long ago means that the back-off starts afresh.
    std::optional<std::int64_t> ghosts_told_{};
    std::map<AlarmKind, Tick> told_{};
    LineCounts counts_{};
};

}  // namespace rapport::slack
