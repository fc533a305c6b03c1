#pragma once

// What is written into action ids, block ids, values and private_metadata, and read back from them when
// somebody presses. Slack keeps all of it as it is; people never see it.

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "adapters/slack/blocks/render.hpp"

namespace rapport::slack::blocks {

/// What a press belongs to.
enum class Press {
    card,   ///< A button or menu of a card: an Action, or a form of our own.
    ask,    ///< A button or menu of a page or form: an Ask.
    link,   ///< Opens an address: nothing comes of it.
    field,  ///< A field of a form that asks again when it changes.
    other,
};

struct ActionName {
    Press press = Press::other;
    std::string id{};
};

/// "ask:why", or "ask~2:why" for the second of that name in its block.
std::string action_name(Press press, std::string_view id, int copy = 1);
ActionName read_action_name(std::string_view action_id);

/// Gives each press of a message or view a name of its own.
class ActionNames {
public:
    std::string next(Press press, std::string_view id);

private:
    std::set<std::string> taken_{};
};

/// Whether an id of that length can be carried at all.
bool carried(std::string_view id) noexcept;

/// A card with the revision that was shown.
struct CardRef {
    std::string card{};
    std::uint32_t revision = 0;
};

/// "alert:12|3", a button's value.
std::string card_value(const CardRef& ref);
std::optional<CardRef> read_card_value(std::string_view value);
/// "card:1:alert:12|3": menus have no value of their own, so their block's id says it.
std::string card_block(const CardRef& ref, std::size_t index);
std::optional<CardRef> read_card_block(std::string_view block_id);

/// Which part of a field an input is: a moment is asked for in two.
enum class FieldPart { whole, date, time };
struct FieldBlock {
    FieldPart part = FieldPart::whole;
    std::uint32_t round = 0;
    std::string field{};
};

/// "f0:name", "d0:until", "t0:until". A new round gives every input a new name: else Slack would keep what
/// stood in it before.
std::string field_block(FieldPart part, std::uint32_t round, std::string_view field);
std::optional<FieldBlock> read_field_block(std::string_view block_id);

/// An option's value as Slack takes it, which is not empty; nothing if it is too long for Slack.
std::optional<std::string> option_value(std::string_view value);
std::string read_option_value(std::string_view value);

/// A view's private_metadata.
struct ViewNote {
    FormFor whom = FormFor::office;
    std::uint32_t round = 0;
    CardRef card{};
    std::string extra{};
    std::string context{};
};
std::string view_note(const ViewNote& note);
ViewNote read_view_note(std::string_view private_metadata);

/// callback_ids.
inline constexpr std::string_view form_prefix = "ask:";
inline constexpr std::string_view page_prefix = "page:";
inline constexpr std::string_view home_callback = "home";
inline constexpr std::string_view snooze_callback = "snooze";
inline constexpr std::string_view hand_over_callback = "hand_over";
inline constexpr std::string_view dismiss_callback = "dismiss";
std::string callback(std::string_view prefix, std::string_view id);

/// The snooze menu's last choice, and the buttons that open forms of our own.
inline constexpr std::string_view custom_choice = "custom";
inline constexpr std::string_view snooze_button = "snooze";
inline constexpr std::string_view hand_over_button = "hand_over";
inline constexpr std::string_view dismiss_button = "dismiss";
inline constexpr std::string_view other_choice = "other";  ///< Of *Not needed*: which is asked for.

}  // namespace rapport::slack::blocks
