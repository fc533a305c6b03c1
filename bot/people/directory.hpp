#pragma once

// Who is who: recognising accounts, linking and un-linking them, and the ties between them. Works on a State
// only.

#include <string_view>

#include "bot/people/person.hpp"

namespace rapport {

/// The account's row after what the platform says of it now; made if it is new. Empty members of `said`
/// change nothing. `at`: first and last seen.
AccountRow& recognise(State& state, const Account& said, Time at);

/// Adds a role unless the account has it. At most 32 roles an account; more are ignored.
void add_role(AccountRow& account, std::string_view role);

/// In which capacity the account speaks at `at`. `role` is what the source said of the author ("staff",
/// "brand", "bot"), used where team.yaml says nothing.
Speaker speaker_of(const AccountRow& account, const Team& team, std::string_view role, Time at);

/// `from` addressed `to`: strengthens the tie between the two accounts, and the tie to staff if one of them
/// is a staffer's. `from_staff` and `to_staff` say which is.
void strengthen(State& state, const PeopleContext& context, AccountId from, AccountId to, bool from_staff,
                bool to_staff, Interaction kind, Time at);

/// Makes one person of the two accounts' persons. False if they are one already. Both persons' accounts must
/// be loaded.
bool link_accounts(State& state, AccountId a, AccountId b);

/// Makes `account` a person of its own again; the rest of the person stays together. False if it is alone.
/// Since every fact is kept by account, everything is then as if the two had never been linked.
bool unlink_account(State& state, AccountId account);

}  // namespace rapport
