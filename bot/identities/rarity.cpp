#include "bot/identities/rarity.hpp"

#include <algorithm>
#include <cmath>
#include <string>

namespace rapport::identities {

namespace {

constexpr std::size_t gram_size = 3;

Gram gram_at(std::string_view text, std::size_t at) {
    Gram gram = 0;
    for (std::size_t i = 0; i < gram_size; ++i) gram = gram << 8U | static_cast<unsigned char>(text[at + i]);
    return gram;
}

std::vector<Gram> grams_of(std::string_view text) {
    std::vector<Gram> all;
    for (std::size_t i = 0; i + gram_size <= text.size(); ++i) all.push_back(gram_at(text, i));
    return all;
}

std::vector<Gram> distinct(std::string_view form) {
    std::vector<Gram> all = grams_of("\x01" + std::string(form) + "\x02");
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    return all;
}

}  // namespace

Rarity::Rarity(std::span<const Spelling> spellings) {
    for (const Spelling& spelling : spellings)
        for (const std::string_view form : spelling.forms()) {
            ++total_;
            ++forms_[form];
            for (const Gram gram : distinct(form)) ++counts_[gram];
        }
}

double Rarity::weight(Gram gram) const {
    return std::log((double(total_) + 1) / (double(forms_with(gram)) + 0.5));
}

std::size_t Rarity::forms_with(Gram gram) const {
    const auto at = counts_.find(gram);
    return at == counts_.end() ? 0 : at->second;
}

Grams Rarity::grams(std::string_view form) const {
    Grams grams;
    double squares = 0;
    for (const Gram gram : distinct(form)) {
        const double heavy = weight(gram);
        grams.all.emplace_back(gram, heavy);
        squares += heavy * heavy;
    }
    grams.length = std::sqrt(squares);
    return grams;
}

double Rarity::information(std::string_view part) const {
    double sum = 0;
    for (const Gram gram : grams_of(part)) sum += weight(gram);
    return sum / gram_size;
}

std::size_t Rarity::same(std::string_view form) const {
    const auto at = forms_.find(form);
    return at == forms_.end() ? 0 : at->second;
}

Likeness compare(const Grams& a, const Grams& b) {
    Likeness likeness;
    double product = 0;
    for (auto i = a.all.begin(), j = b.all.begin(); i != a.all.end() && j != b.all.end();) {
        if (i->first < j->first) {
            ++i;
        } else if (j->first < i->first) {
            ++j;
        } else {
            likeness.shared += i->second;
            product += i->second * j->second;
            ++i;
            ++j;
        }
    }
    if (product > 0) likeness.cosine = product / (a.length * b.length);
    return likeness;
}

}  // namespace rapport::identities
