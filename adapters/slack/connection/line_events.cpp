// What happens to the lines of Socket Mode, and what follows from it.

#include <utility>

#include "adapters/slack/connection/lines.hpp"

namespace rapport::slack {
namespace {

using Span = LineTimes::Span;
constexpr Span longest_lifetime = std::chrono::hours{24};

std::string seconds(Span span) {
    return std::to_string(std::chrono::duration_cast<std::chrono::seconds>(span).count()) + " s";
}

Alarm crowded(std::int64_t slack_counts, std::size_t ours, Span pause) {
    return {AlarmKind::too_many_connections,
            "Slack says that this app has too many Socket Mode connections (it last counted " +
                std::to_string(slack_counts) + ", " + std::to_string(ours) +
                " of them ours; ten are allowed). Is Rapport running somewhere else with the same app token? "
                "Trying again in " +
                seconds(pause) + "."};
}

Alarm disabled(Span pause) {
    return {
        AlarmKind::switched_off,
        "Socket Mode is off in the app's settings, so nothing from Slack reaches Rapport. Switch it on at "
        "api.slack.com/apps, your app, \"Socket Mode\". Looking again every " +
            seconds(pause) + "."};
}

}  // namespace

Effects SocketLines::opened(LineId id, Moment now) {
    Effects effects;
    Line* line = find(id);
    if (!line) return effects;
    line->socket = true;
    if (line->state == LineState::connecting) {
        line->until = now.steady + config_.times.hello;
    } else {
        effects.emplace_back(CloseLine{id});  // it was given up meanwhile
    }
    return effects;
}

Effects SocketLines::hello(LineId id, const Hello& hello, Moment now) {
    Effects effects;
    Line* line = find(id);
    if (!line || line->state != LineState::connecting) return effects;
    const LineTimes& times = config_.times;
    Span lifetime = hello.lifetime.value_or(times.lifetime);
    if (lifetime <= Span{0} || lifetime > longest_lifetime) lifetime = times.lifetime;
    // A short life (Slack's debug_reconnects) leaves no minute to spare.
    const Span used = std::max(lifetime - between(times.early_least, times.early_most), lifetime / 2);
    line->state = LineState::live;
    line->until = now.steady + used;
    line->hello_at = now.steady;
    line->pong_at = now.steady;
    line->ping_at = now.steady + times.ping;
    line->heard = now.wall;
    ++counts_.opened;
    drain_one_that_leaves(now);
    effects.emplace_back(LineUp{hello.app});
    end_gap(now, effects);
    look_for_ghosts(hello, now, effects);
    fill(now, effects);
    return effects;
}

/// Connections that Slack still counts though nobody is there take their share of clicks with them.
void SocketLines::look_for_ghosts(const Hello& hello, Moment now, Effects& effects) {
    if (!hello.connections) return;
    counts_.slack_counts = *hello.connections;
    const auto ours =
        std::count_if(lines_.begin(), lines_.end(), [](const auto& it) { return it.second.socket; });
    const std::int64_t known = ours + static_cast<std::int64_t>(config_.replicas);
    const std::int64_t ghosts = *hello.connections - known;
    if (ghosts <= 0) {
        ghosts_told_.reset();
        return;
    }
    ++counts_.ghosts;
    const bool news = std::exchange(ghosts_told_, ghosts) != ghosts;
    raise({AlarmKind::ghosts, "Slack counts " + std::to_string(*hello.connections) +
                                  " Socket Mode connections of this app, but only " + std::to_string(known) +
                                  " are known here. Some clicks may go astray until the others are gone. Is "
                                  "Rapport running somewhere else with the same app token, or did it crash "
                                  "a short while ago?"},
          news, now, effects);
}

void SocketLines::raise(Alarm alarm, bool news, Moment now, Effects& effects) {
    const auto [told, first] = told_.try_emplace(alarm.kind, now.steady);
    if (!first && !news && now.steady - told->second < std::chrono::hours{1}) return;
    told->second = now.steady;
    effects.emplace_back(RaiseAlarm{std::move(alarm)});
}

Effects SocketLines::disconnect(LineId id, const std::string& reason, Moment now) {
    Effects effects;
    Line* line = find(id);
    if (!line || line->state == LineState::closing) return effects;
    const bool crowd = reason == "too_many_websockets";
    if (crowd || reason == "link_disabled") {
        const Span pause =
            crowd ? between(config_.times.crowded_least, config_.times.crowded_most) : config_.times.disabled;
        lost(id, now);
        hold(now.steady + pause);
        close(id, effects);
        const auto ours = count(LineState::live) + count(LineState::draining) + 1;
        raise(crowd ? crowded(counts_.slack_counts, ours, pause) : disabled(pause), false, now, effects);
    } else if (line->state == LineState::connecting) {
        lost(id, now);
        close(id, effects);
    } else if (line->state == LineState::live) {
        // "warning", "refresh_requested", and whatever Slack may think of later.
        line->leaving = true;
        line->until = no_tick;
    }
    fill(now, effects);
    return effects;
}

Effects SocketLines::garbage(LineId id, Moment now) {
    Effects effects;
    ++counts_.garbage;
    Line* line = find(id);
    if (!line || line->state == LineState::closing) return effects;
    line->garbage.push_back(now.steady);
    while (now.steady - line->garbage.front() > config_.times.garbage) line->garbage.pop_front();
    if (line->garbage.size() < config_.times.garbage_most) return effects;
    lost(id, now);
    close(id, effects);
    raise({AlarmKind::garbage, "Slack sent " + std::to_string(config_.times.garbage_most) +
                                   " unreadable frames within " + seconds(config_.times.garbage) +
                                   ": opening another connection."},
          false, now, effects);
    fill(now, effects);
    return effects;
}

void SocketLines::heard(LineId id, Moment now) {
    if (Line* line = find(id)) line->heard = now.wall;
}

void SocketLines::pong(LineId id, const std::string& body, Moment now) {
    Line* line = find(id);
    if (!line) return;
    const auto ours = std::find(line->bodies.begin(), line->bodies.end(), body);
    if (ours == line->bodies.end()) return;
    line->bodies.erase(line->bodies.begin(), ours + 1);
    line->pong_at = now.steady;
    line->heard = now.wall;
}

void SocketLines::paused(LineId id) {
    if (Line* line = find(id)) line->paused = true;
}

Effects SocketLines::resumed(LineId id, Moment now) {
    Effects effects;
    Line* line = find(id);
    if (!line) return effects;
    line->paused = false;
    line->pong_at = now.steady;
    line->ping_at = now.steady;
    if (line->state == LineState::live || line->state == LineState::draining) watch_pulse(id, now, effects);
    return effects;
}

void SocketLines::waiting(LineId id, std::size_t deliveries) {
    if (Line* line = find(id)) line->waiting = deliveries;
}

Effects SocketLines::no_address(LineId id, const Error& error, Moment now) {
    Effects effects;
    const bool ours = find(id) && find(id)->state == LineState::connecting;
    if (ours && error.kind == ErrorKind::unauthorized) {
        ++counts_.failed;
        lines_.erase(id);
        effects = stop(now);
        effects.emplace_back(GiveUp{error});
        return effects;
    }
    if (ours && error.kind == ErrorKind::rejected) {
        raise({AlarmKind::refused, "Slack gives no Socket Mode connection: " + error.what}, false, now,
              effects);
        hold(now.steady + config_.times.longest_pause);
    }
    failed(id, error, now);
    fill(now, effects);
    return effects;
}

Effects SocketLines::no_socket(LineId id, const Error& error, Moment now) {
    Effects effects;
    failed(id, error, now);
    fill(now, effects);
    return effects;
}

void SocketLines::failed(LineId id, const Error& error, Moment now) {
    const Line* line = find(id);
    if (!line) return;
    if (line->state == LineState::connecting) {
        ++counts_.failed;
        hold_after(error, now);
    }
    lines_.erase(id);
}

void SocketLines::hold_after(const Error& error, Moment now) {
    if (error.kind == ErrorKind::rate_limited) {
        const Span told = error.retry_after > Span{0} ? error.retry_after : config_.times.limited;
        hold(now.steady + between(told, told + told / 10));
        return;
    }
    pause_after_failure(now);
    hold(now.steady + error.retry_after);
}

Effects SocketLines::closed(LineId id, Moment now) {
    Effects effects;
    if (!find(id)) return effects;
    lost(id, now);
    lines_.erase(id);
    fill(now, effects);
    return effects;
}

}  // namespace rapport::slack
