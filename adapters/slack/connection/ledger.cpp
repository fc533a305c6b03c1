#include "adapters/slack/connection/ledger.hpp"

#include <algorithm>
#include <utility>

namespace rapport::slack {

Ledger::Arrival Ledger::arrive(LineId line, const std::string& envelope, Tick now) {
    const auto [place, fresh] = entries_.try_emplace(envelope);
    Entry& entry = place->second;
    if (!fresh && entry.lines.empty()) return Arrival::done;
    if (fresh) entry.since = now;
    if (std::find(entry.lines.begin(), entry.lines.end(), line) == entry.lines.end()) {
        entry.lines.push_back(line);
        ++waiting_[line];
    }
    return fresh ? Arrival::fresh : Arrival::under_way;
}

std::optional<Ledger::Owed> Ledger::acknowledge(const std::string& envelope) {
    const auto found = entries_.find(envelope);
    if (found == entries_.end() || found->second.lines.empty()) return std::nullopt;
    Owed owed;
    owed.lines = std::exchange(found->second.lines, {});
    owed.since = found->second.since;
    settle(owed.lines);
    done_.push_back(envelope);
    if (done_.size() > remembered_) {
        entries_.erase(done_.front());
        done_.pop_front();
    }
    return owed;
}

std::vector<LineId> Ledger::abandon(const std::string& envelope) {
    const auto found = entries_.find(envelope);
    if (found == entries_.end() || found->second.lines.empty()) return {};
    std::vector<LineId> lines = std::move(found->second.lines);
    settle(lines);
    entries_.erase(found);
    return lines;
}

void Ledger::settle(const std::vector<LineId>& lines) {
    for (const LineId line : lines) {
        const auto waiting = waiting_.find(line);
        if (waiting != waiting_.end() && waiting->second > 0) --waiting->second;
    }
}

std::size_t Ledger::under_way(LineId line) const {
    const auto waiting = waiting_.find(line);
    return waiting == waiting_.end() ? 0 : waiting->second;
}

}  // namespace rapport::slack
