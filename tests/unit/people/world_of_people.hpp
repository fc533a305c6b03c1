#pragma once

#include <string>
#include <utility>
#include <vector>

#include "bot/people/directory.hpp"

namespace rapport::test {

/// A small team, the default configuration and an empty state in which nobody is known yet.
struct WorldOfPeople {
    Config config{};
    Team team{{staffer("ada"), staffer("bea"), staffer("cyd")}, {}, {{"chat", "home", "brand"}}, {"Acme"}};
    PeopleContext context{team, config};
    State state{};

    static Staffer staffer(const std::string& name) {
        Staffer one;
        one.name = name;
        one.full_name = name + " of the team";
        one.accounts = {{"chat", "home", name}, {"mail", "home", name}};
        return one;
    }

    /// The account of that name, made if it is new.
    AccountRow& account(const std::string& name, const std::string& platform = "chat", Time at = Time{}) {
        Account said;
        said.key = {platform, "home", name};
        if (!state.account_ids.find(said.key)) state.account_ids.set(said.key, AccountId::none);
        return recognise(state, said, at);
    }
    AccountId id(const std::string& name, const std::string& platform = "chat") {
        return account(name, platform).id;
    }

    /// `from` addresses `to`.
    void talk(AccountId from, AccountId to, Interaction kind, Time at) {
        const auto staff = [&](AccountId one) {
            return team.staffer_of(state.accounts.at(one).key, at) != nullptr;
        };
        strengthen(state, context, from, to, staff(from), staff(to), kind, at);
    }
    PersonView view(AccountId of, Time now) { return view_person(state, context, of, now); }
};

/// The histogram as it must be: counted anew over all ties of all accounts.
inline CommunityRow recount(const State& state, AccountId last) {
    CommunityRow fresh;
    for (std::int64_t id = 1; id <= std::int64_t(last); ++id)
        if (const AccountRow* row = state.accounts.find(AccountId(id)))
            for (const StaffTie& tie : row->ties)
                if (const double sum = mutual_strength(tie.deep_out, tie.deep_in); sum > 0)
                    ++fresh.ties[community_bucket(sum)];
    return fresh;
}

}  // namespace rapport::test
