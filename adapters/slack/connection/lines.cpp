#include "adapters/slack/connection/lines.hpp"

#include <utility>

namespace rapport::slack {
namespace {

using Tick = std::chrono::steady_clock::time_point;
constexpr std::size_t most_sockets = 2;
constexpr std::size_t pings_remembered = 4;

LinesConfig bounded(LinesConfig config) {
    config.sockets = std::clamp<std::size_t>(config.sockets, 1, most_sockets);
    return config;
}

}  // namespace

SocketLines::SocketLines(LinesConfig config, Roll roll)
    : config_(bounded(config)),
      roll_(std::move(roll)),
      backoff_(config_.times.first_pause, config_.times.longest_pause) {}

Effects SocketLines::start(Moment now) {
    started_ = true;
    stopped_ = false;
    Effects effects;
    fill(now, effects);
    return effects;
}

Effects SocketLines::stop(Moment now) {
    stopped_ = true;
    Effects effects;
    for (const auto& [id, line] : lines_) {
        if (line.state == LineState::closing) continue;
        lost(id, now);
        close(id, effects);
    }
    return effects;
}

Effects SocketLines::tick(Moment now) {
    Effects effects;
    for (const auto& [id, line] : lines_) watch(id, now, effects);
    fill(now, effects);
    return effects;
}

void SocketLines::watch(LineId id, Moment now, Effects& effects) {
    Line& line = *find(id);
    const bool over = now.steady >= line.until;
    switch (line.state) {
        case LineState::connecting:
            if (!over) break;
            ++counts_.failed;
            pause_after_failure(now);
            close(id, effects);
            break;
        case LineState::live:
            if (over) {
                line.leaving = true;
                line.until = no_tick;
            }
            watch_pulse(id, now, effects);
            break;
        case LineState::draining:
            if (over) {
                close(id, effects);
            } else {
                watch_pulse(id, now, effects);
            }
            break;
        case LineState::closing:
            break;
    }
}

void SocketLines::watch_pulse(LineId id, Moment now, Effects& effects) {
    Line& line = *find(id);
    if (line.paused) return;
    if (now.steady - line.pong_at >= config_.times.dead) {
        lost(id, now);
        line.state = LineState::closing;
        effects.emplace_back(DropLine{id});
        return;
    }
    if (now.steady < line.ping_at) return;
    line.ping_at = now.steady + config_.times.ping;
    std::string body = "rapport-" + std::to_string(id) + "-" + std::to_string(++line.pings);
    line.bodies.push_back(body);
    if (line.bodies.size() > pings_remembered) line.bodies.pop_front();
    effects.emplace_back(PingLine{id, std::move(body)});
}

std::optional<Tick> SocketLines::due() const {
    Tick next = no_tick;
    const auto at = [&](Tick tick) { next = std::min(next, tick); };
    bool closing = false;
    bool connecting = false;
    Tick room = lines_.size() < most_lines ? Tick::min() : no_tick;
    for (const auto& [id, line] : lines_) {
        closing = closing || line.state == LineState::closing;
        connecting = connecting || line.state == LineState::connecting;
        if (line.state == LineState::closing) continue;
        at(line.until);
        if (line.state == LineState::draining) {
            room = std::min(room, line.drained_at + config_.times.drain_least);
        }
        if (line.paused || line.state == LineState::connecting) continue;
        at(line.ping_at);
        at(line.pong_at + config_.times.dead);
    }
    const bool must_wait = closing && lines_.size() >= most_lines;
    if (wants_line() && !connecting && !must_wait && room != no_tick) at(std::max(hold_until_, room));
    return next == no_tick ? std::nullopt : std::optional{next};
}

bool SocketLines::wants_line() const {
    if (!started_ || stopped_) return false;
    std::size_t good = 0;
    for (const auto& [id, line] : lines_) {
        good += line.state == LineState::connecting || (line.state == LineState::live && !line.leaving);
    }
    return good < config_.sockets;
}

void SocketLines::fill(Moment now, Effects& effects) {
    if (!wants_line() || count(LineState::connecting) > 0 || now.steady < hold_until_) return;
    if (!make_room(now, effects)) return;
    const LineId id = ++last_id_;
    Line line;
    line.until = now.steady + config_.times.open;
    lines_.emplace(id, std::move(line));
    effects.emplace_back(OpenLine{id});
}

/// Whether another line fits. If not, the draining line that can best be spared is closed, and there will be
/// room when it is gone.
bool SocketLines::make_room(Moment now, Effects& effects) {
    if (lines_.size() < most_lines) return true;
    if (count(LineState::closing) > 0) return false;
    std::optional<LineId> spared;
    for (const auto& [id, line] : lines_) {
        if (line.state != LineState::draining) continue;
        if (now.steady < line.drained_at + config_.times.drain_least) continue;
        if (!spared || line.waiting < lines_.at(*spared).waiting) spared = id;
    }
    if (spared) close(*spared, effects);
    return false;
}

void SocketLines::drain_one_that_leaves(Moment now) {
    if (count(LineState::live) <= config_.sockets) return;
    for (auto& [id, line] : lines_) {
        if (line.state != LineState::live || !line.leaving) continue;
        line.state = LineState::draining;
        line.drained_at = now.steady;
        line.until = now.steady + config_.times.drain;
        ++counts_.refreshed;
        return;
    }
}

void SocketLines::close(LineId id, Effects& effects) {
    find(id)->state = LineState::closing;
    effects.emplace_back(CloseLine{id});
}

void SocketLines::lost(LineId id, Moment now) {
    const Line& line = *find(id);
    if (line.state == LineState::closing) return;
    if (line.state == LineState::connecting) {
        if (stopped_) return;
        ++counts_.failed;
        pause_after_failure(now);
        return;
    }
    if (line.state == LineState::live && !line.leaving && !stopped_) {
        ++counts_.dropped;
        if (now.steady - line.hello_at < config_.times.healthy) pause_after_failure(now);
    }
    const std::size_t up = count(LineState::live) + count(LineState::draining);
    if (up == 1 && !gap_from_) gap_from_ = line.heard;
}

void SocketLines::end_gap(Moment now, Effects& effects) {
    if (!gap_from_) return;
    effects.emplace_back(Missed{*std::exchange(gap_from_, std::nullopt), now.wall,
                                "there was no connection to Slack for a while"});
}

void SocketLines::pause_after_failure(Moment now) {
    const LineTimes& times = config_.times;
    if (now.steady - failed_at_ > 2 * (times.open + times.longest_pause)) backoff_.reset();
    failed_at_ = now.steady;
    hold(now.steady + backoff_.next(roll_()));
}

LineTimes::Span SocketLines::between(LineTimes::Span least, LineTimes::Span most) {
    const auto room = static_cast<double>((most - least).count());
    return least + LineTimes::Span{static_cast<LineTimes::Span::rep>(room * std::clamp(roll_(), 0.0, 1.0))};
}

SocketLines::Line* SocketLines::find(LineId id) {
    const auto found = lines_.find(id);
    return found == lines_.end() ? nullptr : &found->second;
}

std::size_t SocketLines::count(LineState state) const {
    return static_cast<std::size_t>(std::count_if(lines_.begin(), lines_.end(),
                                                  [&](const auto& it) { return it.second.state == state; }));
}

std::optional<LineState> SocketLines::state(LineId id) const {
    const auto found = lines_.find(id);
    return found == lines_.end() ? std::nullopt : std::optional{found->second.state};
}

LineCounts SocketLines::counts() const {
    LineCounts counts = counts_;
    counts.live = count(LineState::live) + count(LineState::draining);
    return counts;
}

}  // namespace rapport::slack
