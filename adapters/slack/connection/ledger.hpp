#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "adapters/slack/connection/lines.hpp"

namespace rapport::slack {

/// Which envelopes were seen, and on which lines an acknowledgement is owed. Slack may deliver an envelope
/// twice, on another line too; it is given on once.
class Ledger {
public:
    using Tick = std::chrono::steady_clock::time_point;
    /// `remembered`: so many acknowledged envelopes; the oldest is forgotten first.
    explicit Ledger(std::size_t remembered = 20'000) : remembered_(remembered) {}

    enum class Arrival {
        fresh,      ///< To be given on.
        under_way,  ///< Given on, not yet acknowledged: this line will get the acknowledgement too.
        done,       ///< Acknowledged before: to be acknowledged again, and nothing else.
    };
    Arrival arrive(LineId line, const std::string& envelope, Tick now);

    struct Owed {
        std::vector<LineId> lines{};  ///< Each gets the acknowledgement once. Some may be gone.
        Tick since{};                 ///< When it came first.
    };
    /// The envelope is durable. Nothing if it is not under way.
    std::optional<Owed> acknowledge(const std::string& envelope);

    /// It was given up without an acknowledgement: if Slack delivers it again, it is fresh. Returns the lines
    /// that waited for it.
    std::vector<LineId> abandon(const std::string& envelope);

    /// Envelopes of that line without an acknowledgement.
    std::size_t under_way(LineId line) const;
    void line_gone(LineId line) { waiting_.erase(line); }
    std::size_t size() const noexcept { return entries_.size(); }

private:
    struct Entry {
        std::vector<LineId> lines{};  ///< Empty: acknowledged.
        Tick since{};
    };
    void settle(const std::vector<LineId>& lines);

    std::size_t remembered_;
    std::unordered_map<std::string, Entry> entries_{};
    std::deque<std::string> done_{};  ///< The oldest first.
    std::unordered_map<LineId, std::size_t> waiting_{};
};

}  // namespace rapport::slack
