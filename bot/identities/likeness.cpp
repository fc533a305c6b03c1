#include "bot/identities/likeness.hpp"

#include <algorithm>

#include "adapters/nearest.hpp"

namespace rapport::identities {

namespace {

constexpr std::array<std::string_view, trait_count> names{
    "cosine",           "cosine_squared",    "shared",         "same_form",      "same_handle", "same_long",
    "same_short",       "same_name",         "same_full_name", "one_edit",       "two_edits",   "many_edits",
    "same_rest",        "same_long_rest",    "one_titled",     "other_title",    "rest_inside", "rest_length",
    "common_of_longer", "common_of_shorter", "common_tells",   "name_is_handle", "initial",     "surname",
    "first_name",       "other_name",        "both_named",     "both_handles",   "often_so",    "same_digits",
    "other_digits",     "mutual_best",       "least_margin",   "most_margin"};

constexpr std::size_t long_form = 6, short_form = 4, most_length = 12, telling = 4;

/// 0 to 1, where `most` and more is 1.
double part_of(double value, double most) {
    return std::min(value, most) / most;
}
double flag(bool holds) {
    return holds ? 1 : 0;
}

bool contains(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

class Comparing {
public:
    Comparing(const Profile& a, const Profile& b, const Rarity& rarity) : a_(a), b_(b), rarity_(rarity) {}

    Traits traits() {
        for (const auto& [form, grams] : a_.forms)
            for (const auto& [other, other_grams] : b_.forms)
                if (const Likeness one = identities::compare(grams, other_grams); one.cosine > best_.cosine) {
                    best_ = one;
                    form_ = form;
                    other_ = other;
                }
        if (best_.cosine == 0) return traits_;
        forms();
        rests();
        names_against_handles(*a_.spelling, *b_.spelling);
        names_against_handles(*b_.spelling, *a_.spelling);
        wholes();
        return traits_;
    }

private:
    double& at(Trait trait) { return traits_[std::size_t(trait)]; }
    void raise(Trait trait, double value) { at(trait) = std::max(at(trait), value); }

    void forms() {
        constexpr double most_shared = 40;
        at(Trait::cosine) = best_.cosine;
        at(Trait::cosine_squared) = best_.cosine * best_.cosine;
        at(Trait::shared) = part_of(best_.shared, most_shared);
        const bool same = form_ == other_;
        at(Trait::same_form) = flag(same);
        at(Trait::same_long) = flag(same && form_.size() >= long_form);
        at(Trait::same_short) = flag(same && form_.size() <= short_form);
        const std::size_t edited = edit_distance(form_, other_);
        at(Trait::one_edit) = flag(edited == 1);
        at(Trait::two_edits) = flag(edited == 2);
        at(Trait::many_edits) = flag(edited > 3);
        at(Trait::often_so) = part_of(double(rarity_.same(form_) + rarity_.same(other_)), most_length);
    }

    void rests() {
        constexpr double most_told = 20;
        const std::string_view mine = without_title(form_), theirs = without_title(other_);
        at(Trait::same_rest) = flag(mine == theirs);
        at(Trait::same_long_rest) = flag(mine == theirs && mine.size() >= long_form);
        const std::string_view title = title_of(form_), other = title_of(other_);
        at(Trait::one_titled) = flag(title.empty() != other.empty());
        at(Trait::other_title) = flag(!title.empty() && !other.empty() && title != other);
        at(Trait::rest_inside) = flag(contains(other_, mine) || contains(form_, theirs));
        at(Trait::rest_length) = part_of(double(std::min(mine.size(), theirs.size())), most_length);
        const std::string_view common = longest_common(form_, other_);
        at(Trait::common_of_longer) = double(common.size()) / double(std::max(form_.size(), other_.size()));
        at(Trait::common_of_shorter) = double(common.size()) / double(std::min(form_.size(), other_.size()));
        at(Trait::common_tells) = part_of(rarity_.information(common), most_told);
    }

    void names_against_handles(const Spelling& named, const Spelling& handled) {
        if (named.words.size() < 2 || handled.without_end.empty()) return;
        constexpr double mostly = 0.7, partly = 0.5;
        const std::string& first = named.words.front();
        const std::string& last = named.words.back();
        const std::string& handle = handled.without_end;
        if (handle == named.name || handle == first + last || handle == last + first)
            raise(Trait::name_is_handle, 1);
        else if (contains(handle, first) && contains(handle, last))
            raise(Trait::name_is_handle, mostly);
        if (handle == first.substr(0, 1) + last || handle == last + first[0] || handle == first + last[0] ||
            handle == last.substr(0, 1) + first)
            raise(Trait::initial, 1);
        const auto is_or_holds = [&](const std::string& word) {
            return handle == word ? 1.0 : word.size() >= telling && contains(handle, word) ? partly : 0.0;
        };
        raise(Trait::surname, is_or_holds(last));
        raise(Trait::first_name, is_or_holds(first));
    }

    void wholes() {
        const Spelling &a = *a_.spelling, &b = *b_.spelling;
        const bool named = !a.name.empty() && !b.name.empty();
        at(Trait::same_handle) = flag(!a.handle.empty() && a.handle == b.handle);
        at(Trait::same_name) = flag(named && a.name == b.name);
        at(Trait::same_full_name) = flag(named && a.name == b.name && a.words.size() > 1);
        at(Trait::other_name) = flag(named && a.name != b.name &&
                                     std::find_first_of(a.words.begin(), a.words.end(), b.words.begin(),
                                                        b.words.end()) == a.words.end());
        at(Trait::both_named) = flag(named);
        at(Trait::both_handles) = flag(!a.handle.empty() && !b.handle.empty());
        at(Trait::same_digits) = flag(!a.digits.empty() && a.digits == b.digits);
        at(Trait::other_digits) = flag(a.digits != b.digits);
    }

    const Profile& a_;
    const Profile& b_;
    const Rarity& rarity_;
    Likeness best_{};
    std::string_view form_{}, other_{};
    Traits traits_{};
};

}  // namespace

std::string_view name_of(Trait trait) {
    return names[std::size_t(trait)];
}

Profile profile(const Spelling& spelling, const Rarity& rarity) {
    Profile profile{&spelling, {}};
    for (const std::string_view form : spelling.forms()) profile.forms.emplace_back(form, rarity.grams(form));
    return profile;
}

Traits compare(const Profile& a, const Profile& b, const Rarity& rarity) {
    return Comparing{a, b, rarity}.traits();
}

std::vector<std::string> evidence(const Traits& traits) {
    constexpr std::pair<Trait, std::string_view> words[] = {
        {Trait::same_handle, "the same handle"},
        {Trait::same_full_name, "the same full name"},
        {Trait::name_is_handle, "one's name is the other's handle"},
        {Trait::same_form, "spelled the same"},
        {Trait::same_rest, "the same but for a title"},
        {Trait::initial, "an initial and the surname"},
        {Trait::surname, "the surname in the handle"},
        {Trait::one_edit, "one letter apart"},
        {Trait::two_edits, "two letters apart"},
        {Trait::first_name, "the first name in the handle"},
        {Trait::rest_inside, "one's handle is within the other's"}};
    constexpr std::size_t most = 3;
    std::vector<std::string> all;
    for (const auto& [trait, text] : words)
        if (all.size() < most && traits[std::size_t(trait)] > 0) all.emplace_back(text);
    if (all.empty()) all.emplace_back("spelled alike, in a way that is rare here");
    return all;
}

}  // namespace rapport::identities
