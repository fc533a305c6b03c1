#pragma once

// What staff see in Slack. Each function is pure and makes JSON that Slack accepts, whatever stands in the
// card, page or form: texts are cut with "…" or split, what is too much is counted in a last line, people's
// words are never mark-up (docs.slack.dev, "Block Kit reference" and "Formatting message text").

#include <boost/json/object.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/event.hpp"
#include "adapters/office.hpp"
#include "adapters/slack/slack.hpp"

namespace rapport::slack {

// ------------------------------------------------------------------------------------------------- messages

/// How a card is shown at one place.
struct CardLook {
    std::vector<Id> ask{};  ///< Users to mention in the message's text, so that Slack notifies them.
};

/// {text, blocks, metadata}: arguments of chat.postMessage and chat.update. `text` is what notifications and
/// screen readers get. `metadata` holds the card's id and nothing else: any app may read it.
boost::json::object card_message(const Card& card, const CardLook& look = {});

/// A block that calls these users by name: Slack shows a message's blocks and not its text, so that is where
/// people see who is meant.
boost::json::object mention_block(const std::vector<Id>& users);

/// The event_type of a card's metadata.
inline constexpr std::string_view card_event_type = "rapport_alert";

/// {text, blocks}: lines of a card's history for its thread, oldest first. With more than one, each bears its
/// time in the reader's own zone.
boost::json::object history_message(const std::vector<HistoryLine>& lines);

/// {text, blocks}: what became of it, for the thread, once the card is done or closed.
boost::json::object outcome_message(const Card& card);

/// {text}: a short word to one person.
boost::json::object notice_message(std::string_view words);

/// {text, blocks}: a page as an ephemeral or direct message.
boost::json::object page_message(const Page& page);

// ---------------------------------------------------------------------------------------------------- views

/// Who is to hear of a form that is submitted.
enum class FormFor {
    office,  ///< Comes back as an Ask.
    card,    ///< Comes back as an Action on Form::card with `button` = Form::id.
};

/// What a view carries through Slack in its private_metadata besides the form's own words.
struct FormState {
    FormFor whom = FormFor::office;
    std::uint32_t round = 0;  ///< Counts a form that is shown again in the same view: see Reply::round.
    std::string extra{};      ///< The adapter's own; one line, at most 400 bytes.
};

/// A modal. A field whose text is longer than Slack's input takes is shown to read only, so that nobody
/// submits half of it. Menus hold 100 options; more are counted in a note.
boost::json::object form_view(const Form& form, const FormState& state = {});

/// A page as a modal.
boost::json::object page_view(const Page& page);

/// A page as somebody's App Home.
boost::json::object home_view(const Page& page);

/// What is opened at once, before it is known what to show: a trigger lasts three seconds.
boost::json::object loading_view(std::string_view title);

/// Says what went wrong, in a modal.
boost::json::object error_view(std::string_view title, std::string_view words);

/// A form of the adapter's own, where a menu on the card is not enough.
struct OwnForm {
    enum class Kind { snooze, hand_over, dismiss };
    Kind kind = Kind::snooze;
    AccountKey by{};  ///< Who pressed. To be checked against the roster before anything is opened.
    std::string card{};
    std::uint32_t revision = 0;
};

/// The modal for it. `extra` comes back as Reply::extra; one line, at most 400 bytes. `date` ("2026-11-23")
/// and `time` ("09:00") are what the pickers begin with, in the staffer's zone; empty: nothing.
boost::json::object own_form_view(const OwnForm& form, std::string_view extra = {},
                                  std::string_view date = {}, std::string_view time = {});

}  // namespace rapport::slack
