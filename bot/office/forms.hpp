#pragma once

// Forms about people and about oneself.

#include "bot/office/room.hpp"

namespace rapport::office {

Form away_form(Room& room);
Form hours_form(Room& room);
Form account_form();
Form person_form(Room& room, AccountId account);
/// Asks whether the two are one person.
Form link_form(const AccountRow& a, const AccountRow& b);
/// Asks whether the person is to be forgotten, which cannot be undone.
Form forget_form(Room& room, const AccountRow& account);

/// A submitted form of these; nothing if it is none of them. Mistakes come back at their fields.
std::optional<Reply> form_submitted(Room& room, const Ask& ask);

/// "away until ...", as a command or from the form. `field` is where a mistake is shown; empty: on a page.
Reply set_away(Room& room, const Ask& ask, std::string_view when, const std::string& field);
Reply set_hours(Room& room, const Ask& ask, std::string_view words, std::string_view zone,
                const std::string& field);
Reply add_account(Room& room, const Ask& ask, std::string_view account, const std::string& field);

/// The one input that the ask leads to; `part` tells several of one ask apart.
template <class What>
Input change(const Room& room, const Ask& ask, What what, int part = 0) {
    return {StaffChange{ask.id + (part > 0 ? "/" + std::to_string(part) : ""), room.by.name, std::move(what)},
            room.now};
}

}  // namespace rapport::office
