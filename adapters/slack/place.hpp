#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/slack/slack.hpp"

namespace rapport::slack {

/// Where a card stands in Slack for one addressee, and what of it: kept in the notebook, so that it is edited
/// in place after a restart as well.
struct Place {
    Id channel{};
    Id ts{};                     ///< Empty: not posted yet.
    std::uint32_t revision = 0;  ///< Of the card that is shown, or (`pending`) may be.
    Time last_line{};            ///< Time of the last line of its history that stands in the thread,
    std::uint32_t at_last = 0;   ///< and how many lines of that very time do.
    /// Something was sent whose outcome is not known: "card", or "thread" with the id under which to look for
    /// it.
    std::string pending{};
    std::string pending_id{};
    Time pending_line{};  ///< With `pending`: `last_line` and `at_last` once it has arrived.
    std::uint32_t pending_at = 0;
    Id since{};  ///< Not sent before that.
    /// A letter's picture: the file that is uploaded, and may have been shown at `file_at`; and whether it is
    /// shown, or the letter stands without it for good.
    Id file{};
    Time file_at{};
    bool picture_settled = false;
    Time at{};  ///< When this was noted.

    bool operator==(const Place&) const = default;
};

std::string to_note(const Place& place);
/// Nothing if it is not one of ours.
std::optional<Place> place_of_note(std::string_view note);

/// The lines that do not stand in the thread yet.
std::vector<HistoryLine> new_lines(const std::vector<HistoryLine>& history, const Place& place);
/// All of `history` is on its way into the thread (`Place::pending_line`, `pending_at`) ...
void note_lines(const std::vector<HistoryLine>& history, Place& place);
/// ... and has arrived.
void lines_arrived(Place& place);

}  // namespace rapport::slack
