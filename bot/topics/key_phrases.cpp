#include "bot/topics/key_phrases.hpp"

#include <algorithm>
#include <cmath>
#include <span>

#include "bot/reading/code_points.hpp"

namespace rapport::topics {

namespace {

constexpr std::size_t most_candidates = 64;
constexpr double levels = most_level;

double as_number(bool holds) {
    return holds ? 1 : 0;
}

/// 0 to 1: a word of one text in 4,096 or fewer has 0, one of every text 1.
double by_logarithm(double rate) {
    constexpr double halvings = 12;
    return rate > 0 ? std::clamp(1 + std::log2(rate) / halvings, 0.0, 1.0) : 0;
}

/// Where a candidate stands, and its words.
struct Place {
    std::span<const Term> terms;
    bool first = false, last = false, led_in = false;
};

Traits traits_of(const Place& place, const Weights& weights, const Usage* usage) {
    Traits traits{};
    const auto at = [&](Trait trait) -> double& { return traits[std::size_t(trait)]; };
    const auto raise = [&](Trait trait, bool holds) { at(trait) = std::max(at(trait), as_number(holds)); };
    double rate = 1;
    at(Trait::common) = at(Trait::untold) = 1;
    for (const Term& term : place.terms) {
        const auto found = weights.words.find(short_hash(term.stem));
        const Known known = found == weights.words.end() ? Known{} : found->second;
        at(Trait::common) = std::min(at(Trait::common), known.common / levels);
        at(Trait::telling) = std::max(at(Trait::telling), known.telling / levels);
        if (known.told) at(Trait::untold) = 0;
        if (usage) rate = std::min(rate, usage->rate(term.stem));
        raise(Trait::capital, term.capital);
        raise(Trait::shouted, term.shouted);
        raise(Trait::mixed, term.mixed);
        raise(Trait::digit, term.digit);
    }
    constexpr std::size_t tiny = 3, lengthy = 7;
    const std::size_t letters = place.terms.back().end - place.terms.front().begin;
    at(Trait::rare) = as_number(at(Trait::common) == 0);
    at(Trait::first) = as_number(place.first);
    at(Trait::last) = as_number(place.last);
    at(Trait::led_in) = as_number(place.led_in);
    at(Trait::tiny) = as_number(letters <= tiny);
    at(Trait::lengthy) = as_number(letters >= lengthy);
    at(Trait::several_words) = as_number(place.terms.size() > 1);
    if (usage) {
        at(Trait::usage) = by_logarithm(rate);
        at(Trait::unusual) = std::max(0.0, by_logarithm(rate) - at(Trait::common));
    }
    return traits;
}

double sum_of(const Traits& weights, const Traits& traits) {
    double sum = 0;
    for (std::size_t i = 0; i < trait_count; ++i) sum += weights[i] * traits[i];
    return sum;
}

}  // namespace

void Usage::add(std::string_view text) {
    const Terms terms = terms_of(text);
    std::vector<std::uint64_t> stems;
    for (const Term& term : terms.all)
        if (term.fits) stems.push_back(term.stem);
    std::sort(stems.begin(), stems.end());
    stems.erase(std::unique(stems.begin(), stems.end()), stems.end());
    for (const std::uint64_t stem : stems) ++counts_[stem];
    ++texts_;
    if (counts_.size() <= most_words) return;
    texts_ /= 2;
    for (auto& [stem, count] : counts_) count /= 2;
    std::erase_if(counts_, [](const auto& one) { return one.second == 0; });
}

double Usage::rate(std::uint64_t stem) const {
    const auto found = counts_.find(stem);
    return found == counts_.end() ? 0 : std::min(1.0, found->second / texts_);
}

KeyPhrases::KeyPhrases(const Weights& weights, const Vocabulary* team) : weights_(weights), team_(team) {
    add_known_spellings(book_);
    for (const std::string& pair : weights.pairs) book_.add(pair);
}

std::vector<Candidate> KeyPhrases::candidates(std::string_view text, const Usage* usage) const {
    if (usage && !usage->tells()) usage = nullptr;
    const Terms terms = terms_of(text);
    const std::span<const Term> all{terms.all};
    std::vector<Candidate> found;
    std::size_t words = 1;
    for (std::size_t i = 0; i < all.size() && found.size() < most_candidates; i += words) {
        Vocabulary::Match match = team_ ? team_->longest(all.subspan(i)) : Vocabulary::Match{};
        const bool team = match.words > 0;
        if (!team) match = book_.longest(all.subspan(i));
        words = std::max<std::size_t>(match.words, 1);
        if (match.words == 0 && !all[i].fits) continue;
        const std::uint64_t key = match.name ? match.name->key : joined(0, all[i].stem);
        const auto before =
            std::find_if(found.begin(), found.end(), [&](const Candidate& one) { return one.key == key; });
        if (before != found.end()) {
            before->traits[std::size_t(Trait::repeated)] = 1;
            continue;
        }
        const Place place{all.subspan(i, words), i == 0, i + words == all.size(),
                          i > 0 && all[i - 1].leads_in};
        found.push_back(
            {key, match.name, all[i].begin, all[i + words - 1].end, team, traits_of(place, weights_, usage)});
    }
    return found;
}

std::vector<Phrase> KeyPhrases::find(std::string_view text, std::size_t most, const Usage* usage) const {
    const std::vector<Candidate> all = candidates(text, usage);
    const Traits& weights = usage && usage->tells() ? weights_.among : weights_.alone;
    std::vector<std::pair<double, const Candidate*>> ranked;
    double total = 0;
    for (const Candidate& one : all) {
        constexpr double most_sum = 300;  // and still a number
        ranked.emplace_back(std::exp(std::min(sum_of(weights, one.traits), most_sum)), &one);
        total += ranked.back().first;
    }
    std::stable_sort(ranked.begin(), ranked.end(), [](const auto& a, const auto& b) {
        return a.second->team != b.second->team ? a.second->team : a.first > b.first;
    });
    if (ranked.size() > most) ranked.resize(most);
    std::vector<Phrase> phrases;
    phrases.reserve(ranked.size());
    for (const auto& [part, one] : ranked)
        phrases.push_back({one->name ? one->name->text
                                     : reading::lower_case(text.substr(one->begin, one->end - one->begin)),
                           one->team ? 1 : part / total, one->key});
    return phrases;
}

std::vector<std::string> key_phrases(std::string_view text, std::size_t most) {
    static const KeyPhrases shipped{shipped_weights()};
    std::vector<std::string> texts;
    for (Phrase& phrase : shipped.find(text, most)) texts.push_back(std::move(phrase.text));
    return texts;
}

}  // namespace rapport::topics
