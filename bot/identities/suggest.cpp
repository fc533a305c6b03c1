#include "bot/identities/suggest.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <unordered_map>

namespace rapport::identities {

namespace {

/// A part that so many accounts have says nothing about which of them are one.
constexpr std::size_t most_with_gram = 200;
/// What two must share, and how alike they must be, to be looked at.
constexpr double least_shared = 6, least_cosine = 0.18;

/// Who has which rare part.
using Index = std::unordered_map<Gram, std::vector<std::size_t>>;

Index index_of(std::span<const Profile> profiles, const Rarity& rarity) {
    Index index;
    for (std::size_t i = 0; i < profiles.size(); ++i)
        for (const auto& [form, grams] : profiles[i].forms)
            for (const auto& [gram, weight] : grams.all) {
                if (rarity.forms_with(gram) > most_with_gram) continue;
                std::vector<std::size_t>& all = index[gram];
                if (all.empty() || all.back() != i) all.push_back(i);
            }
    return index;
}

/// Accounts after `i` on other platforms with which it shares most, the most first.
std::vector<std::size_t> partners(std::size_t i, std::span<const Account> accounts, const Profile& profile,
                                  const Index& index) {
    std::unordered_map<std::size_t, double> shared;
    std::map<Gram, double> grams;
    for (const auto& form : profile.forms) grams.insert(form.second.all.begin(), form.second.all.end());
    for (const auto& [gram, weight] : grams) {
        const auto at = index.find(gram);
        if (at == index.end()) continue;
        for (const std::size_t other : at->second)
            if (other > i && accounts[other].platform != accounts[i].platform) shared[other] += weight;
    }
    std::vector<std::pair<double, std::size_t>> order;
    for (const auto& [other, weight] : shared)
        if (weight >= least_shared) order.emplace_back(-weight, other);
    std::sort(order.begin(), order.end());
    if (order.size() > most_compared) order.resize(most_compared);
    std::vector<std::size_t> all;
    all.reserve(order.size());
    for (const auto& one : order) all.push_back(one.second);
    std::sort(all.begin(), all.end());
    return all;
}

/// The best and the second best that an account has on a platform.
struct Rivals {
    double best = -std::numeric_limits<double>::infinity(), second = 0;
    std::size_t who = 0;

    void meet(double value, std::size_t other) {
        if (value > best) {
            second = who == other || best < 0 ? second : best;
            best = value;
            who = other;
        } else {
            second = std::max(second, value);
        }
    }
    /// How far ahead `other` is, or how far behind.
    double margin(double value, std::size_t other) const { return value - (who == other ? second : best); }
};

/// Of each account, by platform.
template <class Value>
std::map<std::pair<std::size_t, std::string_view>, Rivals> rivals_of(std::span<const Pair> pairs,
                                                                     std::span<const Account> accounts,
                                                                     const Value& value) {
    std::map<std::pair<std::size_t, std::string_view>, Rivals> rivals;
    for (const Pair& pair : pairs) {
        const double worth = value(pair);
        rivals[{pair.a, accounts[pair.b].platform}].meet(worth, pair.b);
        rivals[{pair.b, accounts[pair.a].platform}].meet(worth, pair.a);
    }
    return rivals;
}

void add_margins(std::vector<Pair>& pairs, std::span<const Account> accounts) {
    const auto cosine = [](const Pair& pair) { return pair.traits[std::size_t(Trait::cosine)]; };
    const auto rivals = rivals_of(pairs, accounts, cosine);
    for (Pair& pair : pairs) {
        const Rivals& of_a = rivals.at({pair.a, accounts[pair.b].platform});
        const Rivals& of_b = rivals.at({pair.b, accounts[pair.a].platform});
        const double a = of_a.margin(cosine(pair), pair.b), b = of_b.margin(cosine(pair), pair.a);
        pair.traits[std::size_t(Trait::mutual_best)] = of_a.who == pair.b && of_b.who == pair.a ? 1 : 0;
        pair.traits[std::size_t(Trait::least_margin)] = std::min(a, b);
        pair.traits[std::size_t(Trait::most_margin)] = std::max(a, b);
    }
}

}  // namespace

std::vector<Pair> candidates(std::span<const Account> accounts) {
    std::vector<Spelling> spellings;
    spellings.reserve(accounts.size());
    for (const Account& account : accounts) spellings.push_back(spell(account));
    const Rarity rarity{spellings};
    std::vector<Profile> profiles;
    profiles.reserve(accounts.size());
    for (const Spelling& spelling : spellings) profiles.push_back(profile(spelling, rarity));
    const Index index = index_of(profiles, rarity);
    std::vector<Pair> pairs;
    for (std::size_t i = 0; i < accounts.size(); ++i)
        for (const std::size_t other : partners(i, accounts, profiles[i], index)) {
            const Traits traits = compare(profiles[i], profiles[other], rarity);
            if (traits[std::size_t(Trait::cosine)] >= least_cosine) pairs.push_back({i, other, traits});
        }
    add_margins(pairs, accounts);
    return pairs;
}

std::vector<Suggestion> choose(std::span<const Pair> pairs, std::span<const Account> accounts,
                               std::span<const double> confidences, double least_confidence) {
    const auto worth = [&](const Pair& pair) { return confidences[std::size_t(&pair - pairs.data())]; };
    const auto rivals = rivals_of(pairs, accounts, worth);
    std::vector<Suggestion> all;
    for (const Pair& pair : pairs) {
        const bool mutual = rivals.at({pair.a, accounts[pair.b].platform}).who == pair.b &&
                            rivals.at({pair.b, accounts[pair.a].platform}).who == pair.a;
        if (worth(pair) >= least_confidence && mutual)
            all.push_back({pair.a, pair.b, worth(pair), evidence(pair.traits)});
    }
    return all;
}

std::vector<Suggestion> suggest(std::span<const Pair> pairs, std::span<const Account> accounts,
                                const Weights& weights, double least_confidence) {
    std::vector<double> confidences;
    confidences.reserve(pairs.size());
    for (const Pair& pair : pairs) confidences.push_back(confidence(weights, pair.traits));
    return choose(pairs, accounts, confidences, least_confidence);
}

}  // namespace rapport::identities
