#pragma once

// Whose an account is, by proof: the only thing, beside a human, that links accounts (design section 2.8).
// Pure.
//
// Proof is that both accounts have the same e-mail, each verified by its own platform; or that each profile
// names the other with rel=me (microformats.org/wiki/rel-me: a link counts only if it is returned), seen by
// us or verified by the platform. Anything less links nothing and is a suggestion (`rapport people suggest`).

#include <string>
#include <string_view>
#include <vector>

#include "bot/people/team.hpp"
#include "bot/store/state.hpp"

namespace rapport {

/// At most so many of `Account::links` are looked at.
inline constexpr std::size_t max_profile_links = 16;

/// "mail:ada@example.org", lower-case; empty if it is no e-mail or one that several people read (info@, ...).
std::string email_claim(std::string_view email);
/// "page:example.org/@ada": without scheme, "www.", fragment and a slash at the end, the host in lower case;
/// empty if it is no http(s) address or names nothing but a host that everybody shares.
std::string page_claim(std::string_view address);

/// All claims of which it must be known who else makes them before `prove` (`Wanted::claims`).
std::vector<std::string> claims_of(const Account& said);

/// Keeps what `said` claims, and links the account with those whose claims prove with it that they are one
/// person's. Links nobody: where a human has said that they are two; where a staffer, the brand or a bot is
/// concerned; where more accounts of one place claim the same; where the platform's terms want the person to
/// agree first. `account` is said.key's. The claims and the persons of who makes them must be loaded.
void prove(State& state, const Team& team, AccountId account, const Account& said, Time at);

/// Somebody says that these two are one person's, or that `account` is not that person's: what was noted of
/// proofs is set right. Call it before un-linking.
void note_linked_by(State& state, AccountId a, AccountId b, std::string_view who, Time at);
void note_unlinked(State& state, AccountId account);
/// The account is forgotten.
void forget_claims(State& state, AccountId account);

}  // namespace rapport
