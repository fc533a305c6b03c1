#pragma once

// What staff press, submit and write to us, as Slack delivers it, to Action or Ask. Pure. Nothing is checked
// against the roster here (docs.slack.dev, "Handling user interaction", "Slash commands", "Shortcuts").

#include <boost/json/object.hpp>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "adapters/event.hpp"
#include "adapters/office.hpp"
#include "adapters/slack/blocks/render.hpp"
#include "adapters/slack/slack.hpp"

namespace rapport::slack {

/// Where it was pressed.
enum class Surface { nowhere, message, modal, home };

/// All that is needed to answer an interaction. Ids are empty where Slack sent none.
struct Reply {
    Id trigger{};                ///< trigger_id: opens one view, within three seconds of the press.
    std::string response_url{};  ///< Unchecked: its host is to be compared with the allowed ones first.
    Surface from = Surface::nowhere;
    Id view{}, hash{}, root_view{}, previous_view{};
    std::string callback{};  ///< callback_id of the view or shortcut; the command's name.
    Id channel{}, message{}, thread{};
    bool ephemeral = false;  ///< The message is seen by one person only and cannot be updated by chat.update.
    Id user{};               ///< Who pressed, as Slack names them here.
    std::uint32_t round = 0;  ///< Of the form in `view`; form_view gets the next one when it is shown again.
    std::uint32_t revision = 0;  ///< Of the card as it stood where it was pressed.
    std::string extra{};         ///< FormState::extra of the view.
    /// Fields of the submitted view with their input blocks, in order.
    std::vector<std::pair<std::string, std::string>> fields{};

    /// How many views are open on top of one another, this one included. Slack takes three.
    int views_open() const noexcept;
};

/// An external menu asks for its options.
struct OptionsRequest {
    std::string action{}, block{}, typed{};
};

/// A view was closed without being submitted.
struct Closed {
    bool all = false;  ///< The whole stack.
};

/// Nothing is to be done but to acknowledge.
struct Ignored {
    std::string why{};
};

/// OwnForm: open it, if who pressed is on the team.
using Meaning = std::variant<Ignored, Action, Ask, OwnForm, OptionsRequest, Closed>;

/// One payload may hold several presses.
struct Interaction {
    Reply reply{};
    std::vector<Meaning> meanings{};  ///< At least one.
};

/// What is known of the world around a payload. Both may be empty.
struct Lookups {
    /// The realm under which that user is kept; empty if it is not known: then Installation::realm().
    std::function<std::string(const Id& user)> home{};
    /// A message of that channel as an event would hold it.
    std::function<std::optional<Message>(const boost::json::object& message, const Id& channel)> message{};
};

/// In which workspace the app that gets this payload is installed. In views of Slack Connect `team` is the
/// other side's, and in organisation-wide installs it is null.
struct InstalledIn {
    Id team{};        ///< "T...", or empty.
    Id enterprise{};  ///< "E...", only if it may be an organisation-wide install.
};
InstalledIn installed_in(const boost::json::object& payload);

/// Any interactive payload: block_actions, view_submission, view_closed, shortcut, message_action,
/// block_suggestion. The same payload gives the same ids. `received` is what `at` will be. Never throws for
/// what stands in the payload.
Interaction understand_interaction(const boost::json::object& payload, const Installation& installation,
                                   const Lookups& lookups, Time received);

/// The form fields of a slash command: Ask::words.
Interaction understand_command(const boost::json::object& fields, const Installation& installation,
                               const Lookups& lookups, Time received);

/// Slack's text as Ask::text: mentions become "@slack:REALM:U1", channels "#name", links their address, and
/// `&amp; &lt; &gt;` are undone after that.
std::string words_of(std::string_view slack_text, const Installation& installation, const Lookups& lookups);

/// "slack:T1:U1", the words for an account in forms and Ask::text, to its parts; nothing for anything else.
std::optional<AccountKey> account_of(std::string_view words);
std::string words_for(const AccountKey& account);

// --------------------------------------------------------------------------------- what goes back in the ack

/// The acknowledgement of a submitted view: nothing (it closes), or a response_action. Errors stand at the
/// fields of the view that was submitted; what names none of them stands at the first.
std::optional<boost::json::object> submission_ack(const Answer& answer, const Reply& reply);
/// Closes the whole stack of views.
boost::json::object clear_ack();
/// Puts a view on top.
boost::json::object push_ack(boost::json::object view);
/// Shows another view in the same place.
boost::json::object update_ack(boost::json::object view);
/// Options for an external menu.
boost::json::object options_ack(const std::vector<Option>& options);

}  // namespace rapport::slack
