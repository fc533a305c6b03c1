#pragma once

// Rules seen, made and changed in forms: a builder of rows, a text mode beside it, tried on history before it
// is saved (scenarios 38 to 40).

#include "bot/office/room.hpp"

namespace rapport::office {

/// A change that is filled into a form already; empty members change nothing.
struct FilledIn {
    std::string condition{};  ///< Added with `and`.
    std::string after{};      ///< "30m".
};
/// The form for the rule `name`, or for a new one (empty). As text if its condition does not fit into rows.
Answer rule_form(Room& room, const std::string& name, const FilledIn& change = {});
/// How the rule does: what became of its alerts, and what would have been better (pages_record.cpp).
Reply show_rule(Room& room, const std::string& name);
/// A new rule about messages like this one.
Form rule_form_like(Room& room, const Message& message);
/// What comes of a rule form: "rule" and "rule_text" submitted, changed, or one of their buttons pressed.
Reply rule_submitted(Room& room, const Ask& ask, bool text_mode);
Answer rule_changed(const Ask& ask);
Reply rule_button(Room& room, const Ask& ask, const std::string& what);
/// On or off.
Reply switch_rule(Room& room, const std::string& name, bool on);
/// The stored rules (as they stand) tried on history beside no rule of that name.
Reply test_rule(Room& room, const std::string& name);

}  // namespace rapport::office
