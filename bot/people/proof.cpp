#include "bot/people/proof.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "bot/people/directory.hpp"

namespace rapport {

namespace {

/// Longer ones are none (RFC 5321, section 4.5.3.1.3; addresses of profiles are much shorter).
constexpr std::size_t longest_email = 254;
constexpr std::size_t longest_address = 500;

/// Read by several people (RFC 2142, and what companies use).
constexpr std::array<std::string_view, 18> shared_mailboxes = {
    "abuse", "admin",     "billing", "contact",    "dev",      "hello",   "help",    "info", "jobs",
    "mail",  "marketing", "office",  "postmaster", "security", "service", "support", "team", "webmaster"};

/// Where linking an account with one elsewhere needs the person's own word, by the platform's terms: X
/// (Developer Policy, "Off-X matching"), Discord (Developer Policy, on profiles of its users). A human who
/// has that word links them.
constexpr std::array<std::string_view, 2> needs_their_word = {"discord", "x"};

template <class List, class Value>
bool has(const List& list, const Value& value) {
    return std::find(list.begin(), list.end(), value) != list.end();
}

std::string lower(std::string_view text) {
    std::string low{text};
    for (char& c : low)
        if (c >= 'A' && c <= 'Z') c = char(c - 'A' + 'a');
    return low;
}

bool is_plain(std::string_view text) {
    return std::none_of(text.begin(), text.end(),
                        [](char c) { return static_cast<unsigned char>(c) <= ' ' || c == 127; });
}

const std::vector<Claimant>& claimants(const State& state, const std::string& claim) {
    const auto at = state.claimants.find(claim);
    if (at == state.claimants.end()) throw NotLoaded("who makes a claim is not loaded");
    return at->second;
}

/// The account claims these and, of that kind, no others.
void state_claims(State& state, AccountId account, ClaimKind kind, std::vector<std::string> claims) {
    for (auto& [claim, all] : state.claimants)
        if (!has(claims, claim)) std::erase(all, Claimant{account, kind});
    for (const std::string& claim : claims) {
        std::vector<Claimant>& all = state.claimants[claim];
        if (!has(all, Claimant{account, kind}) && all.size() < max_claimants) all.push_back({account, kind});
    }
    state.added.claims.push_back({account, kind, std::move(claims)});
}

/// One of which there is one: what is known already is not written again.
void state_one(State& state, AccountId account, ClaimKind kind, std::string claim) {
    if (claim.empty() || has(claimants(state, claim), Claimant{account, kind})) return;
    state_claims(state, account, kind, {std::move(claim)});
}

struct NamedPage {
    std::string claim{};
    bool verified = false;
};

std::vector<NamedPage> named_pages(const Account& said) {
    std::vector<NamedPage> pages;
    if (!said.links) return pages;
    const std::size_t count = std::min(said.links->size(), max_profile_links);
    for (std::size_t i = 0; i < count; ++i) {
        const ProfileLink& link = (*said.links)[i];
        if (std::string claim = page_claim(link.address); !claim.empty())
            pages.push_back({std::move(claim), link.verified});
    }
    return pages;
}

/// Whether more than one account of some place claims it in that way: then it says nothing of whose it is.
bool is_shared(const State& state, const std::vector<Claimant>& all, ClaimKind kind) {
    if (all.size() >= max_claimants) return true;
    std::vector<std::pair<std::string_view, std::string_view>> places;
    for (const Claimant& one : all) {
        if (one.kind != kind) continue;
        const AccountKey& key = state.accounts.at(one.account).key;
        const std::pair<std::string_view, std::string_view> place{key.platform, key.realm};
        if (has(places, place)) return true;
        places.push_back(place);
    }
    return false;
}

/// Looks for accounts of which it is proven that they are the same person's.
class Proving {
public:
    Proving(State& state, const Team& team, AccountId account, Time at)
        : state_(state), team_(team), account_(account), at_(at) {}

    void by_email(const std::string& claim) {
        each(claim, ClaimKind::email, ClaimKind::email, "the same verified e-mail");
    }
    /// `own`: the claim to the account's own page; may be empty.
    void by_named(const NamedPage& page, const std::string& own) {
        if (page.verified) {
            each(page.claim, ClaimKind::page, ClaimKind::page, by_platform);
        } else if (!own.empty()) {
            const std::vector<Claimant>& back = claimants(state_, own);
            for (const Claimant& other : found(page.claim, ClaimKind::page, ClaimKind::page))
                if (has(back, Claimant{other.account, ClaimKind::names}))
                    link(other.account, "each profile names the other (rel=me)");
        }
    }
    /// Who names the account's own page, as their platform has verified.
    void by_own(const std::string& own) { each(own, ClaimKind::verified, ClaimKind::page, by_platform); }

private:
    static constexpr std::string_view by_platform =
        "one profile names the other, and the platform has verified the way back (rel=me)";

    /// Others who make the claim in that way, unless it is shared.
    std::vector<Claimant> found(const std::string& claim, ClaimKind theirs, ClaimKind shared) const {
        const std::vector<Claimant>& all = claimants(state_, claim);
        if (is_shared(state_, all, shared)) return {};
        std::vector<Claimant> others;
        for (const Claimant& one : all)
            if (one.kind == theirs && one.account != account_) others.push_back(one);
        return others;
    }
    void each(const std::string& claim, ClaimKind theirs, ClaimKind shared, std::string_view how) {
        for (const Claimant& other : found(claim, theirs, shared)) link(other.account, how);
    }

    bool may_be_linked(AccountId id) const {
        const AccountRow& row = state_.accounts.at(id);
        return !row.bot && !has(needs_their_word, row.key.platform) && !team_.is_brand(row.key) &&
               !team_.staffer_of(row.key, at_);
    }
    bool all_may(const std::vector<AccountId>& accounts) const {
        return std::all_of(accounts.begin(), accounts.end(), [&](AccountId id) { return may_be_linked(id); });
    }
    bool kept_apart(const std::vector<AccountId>& some, const std::vector<AccountId>& others) const {
        for (const AccountId a : some)
            for (const AccountId b : others)
                if (has(state_.accounts.at(a).apart, b) || has(state_.accounts.at(b).apart, a)) return true;
        return false;
    }

    void link(AccountId other, std::string_view how) {
        const std::vector<AccountId> mine = state_.accounts_of_person(account_);
        const std::vector<AccountId> theirs = state_.accounts_of_person(other);
        if (mine != theirs && (!all_may(mine) || !all_may(theirs) || kept_apart(mine, theirs))) return;
        const std::vector<Bond>& bonds = state_.accounts.at(account_).bonds;
        const auto known = [&](const Bond& bond) { return bond.with == other && bond.proven; };
        if (std::any_of(bonds.begin(), bonds.end(), known)) return;
        if (bonds.size() >= max_bonds || state_.accounts.at(other).bonds.size() >= max_bonds) return;
        state_.accounts.edit(account_).bonds.push_back({other, std::string(how), true, at_});
        state_.accounts.edit(other).bonds.push_back({account_, std::string(how), true, at_});
        link_accounts(state_, account_, other);
    }

    State& state_;
    const Team& team_;
    AccountId account_;
    Time at_;
};

void keep_apart(AccountRow& row, AccountId other) {
    if (has(row.apart, other)) return;
    if (row.apart.size() >= max_bonds) row.apart.erase(row.apart.begin());
    row.apart.push_back(other);
}

}  // namespace

std::string email_claim(std::string_view email) {
    const std::size_t at = email.rfind('@');
    if (at == std::string_view::npos || at == 0 || email.size() > longest_email || !is_plain(email))
        return {};
    const std::string low = lower(email);
    const std::string_view domain = std::string_view{low}.substr(at + 1);
    if (domain.find('.') == std::string_view::npos) return {};
    if (has(shared_mailboxes, std::string_view{low}.substr(0, at))) return {};
    return "mail:" + low;
}

std::string page_claim(std::string_view address) {
    if (address.size() > longest_address || !is_plain(address)) return {};
    for (const std::string_view scheme : {"https://", "http://"}) {
        if (!lower(address.substr(0, scheme.size())).starts_with(scheme)) continue;
        address.remove_prefix(scheme.size());
        address = address.substr(0, address.find('#'));
        while (address.ends_with('/')) address.remove_suffix(1);
        const std::size_t path = std::min(address.find_first_of("/?"), address.size());
        std::string host = lower(address.substr(0, path));
        if (host.starts_with("www.")) host.erase(0, 4);
        if (host.find('.') == std::string::npos || host.find('@') != std::string::npos) return {};
        return fmt::format("page:{}{}", host, address.substr(path));
    }
    return {};
}

std::vector<std::string> claims_of(const Account& said) {
    std::vector<std::string> claims;
    if (std::string mail = email_claim(said.email); !mail.empty()) claims.push_back(std::move(mail));
    if (std::string page = page_claim(said.page); !page.empty()) claims.push_back(std::move(page));
    for (NamedPage& page : named_pages(said)) claims.push_back(std::move(page.claim));
    return claims;
}

void prove(State& state, const Team& team, AccountId account, const Account& said, Time at) {
    const std::string mail = email_claim(said.email);
    const std::string own = page_claim(said.page);
    const std::vector<NamedPage> named = named_pages(said);
    state_one(state, account, ClaimKind::email, mail);
    state_one(state, account, ClaimKind::page, own);
    if (said.links)
        for (const bool verified : {false, true}) {
            std::vector<std::string> claims;
            for (const NamedPage& page : named)
                if (page.verified == verified && !has(claims, page.claim)) claims.push_back(page.claim);
            state_claims(state, account, verified ? ClaimKind::verified : ClaimKind::names,
                         std::move(claims));
        }
    Proving proving{state, team, account, at};
    if (!mail.empty()) proving.by_email(mail);
    for (const NamedPage& page : named) proving.by_named(page, own);
    if (!own.empty()) proving.by_own(own);
}

void note_linked_by(State& state, AccountId a, AccountId b, std::string_view who, Time at) {
    const std::string how = who.empty() ? "linked by hand" : fmt::format("linked by {}", who);
    const std::vector<AccountId> all = state.accounts_of_person(a);
    for (const AccountId one : all)  // a human's word takes back another's
        for (const AccountId other : all)
            if (has(state.accounts.at(one).apart, other)) std::erase(state.accounts.edit(one).apart, other);
    if (state.accounts.at(a).bonds.size() >= max_bonds || state.accounts.at(b).bonds.size() >= max_bonds)
        return;
    state.accounts.edit(a).bonds.push_back({b, how, false, at});
    state.accounts.edit(b).bonds.push_back({a, how, false, at});
}

void note_unlinked(State& state, AccountId account) {
    for (const AccountId other : state.accounts_of_person(account)) {
        if (other == account) continue;
        const auto between = [](AccountId with) {
            return [with](const Bond& bond) { return bond.with == with; };
        };
        const std::vector<Bond>& bonds = state.accounts.at(account).bonds;
        if (std::none_of(bonds.begin(), bonds.end(), between(other))) continue;
        const bool proven = std::any_of(bonds.begin(), bonds.end(),
                                        [&](const Bond& bond) { return bond.with == other && bond.proven; });
        AccountRow& mine = state.accounts.edit(account);
        AccountRow& theirs = state.accounts.edit(other);
        std::erase_if(mine.bonds, between(other));
        std::erase_if(theirs.bonds, between(account));
        if (!proven) continue;
        keep_apart(mine, other);
        keep_apart(theirs, account);
    }
}

void forget_claims(State& state, AccountId account) {
    for (auto& [claim, all] : state.claimants)
        std::erase_if(all, [&](const Claimant& one) { return one.account == account; });
    for (const AccountId other : state.accounts_of_person(account))
        if (other != account)
            std::erase_if(state.accounts.edit(other).bonds,
                          [&](const Bond& bond) { return bond.with == account; });
}

}  // namespace rapport
