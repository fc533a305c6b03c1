#include "bot/topics/vocabulary.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace rapport::topics {

bool Vocabulary::add(std::string_view spelled, std::string_view name) {
    const Terms terms = terms_of(spelled);
    if (terms.all.empty() || terms.all.size() > most_words || names_.size() >= most_phrases) return false;
    std::uint64_t hash = 0;
    for (const Term& term : terms.all) hash = joined(hash, term.stem);
    names_.emplace(hash, Name{std::string{name}, key_of(name)});
    bool& longer = begins_[terms.all.front().stem];
    longer = longer || terms.all.size() > 1;
    return true;
}

Vocabulary::Match Vocabulary::longest(std::span<const Term> terms) const {
    const auto begins = terms.empty() ? begins_.end() : begins_.find(terms.front().stem);
    if (begins == begins_.end()) return {};
    const std::size_t most = begins->second ? std::min(most_words, terms.size()) : 1;
    Match best;
    std::uint64_t hash = 0;
    for (std::size_t i = 0; i < most; ++i) {
        hash = joined(hash, terms[i].stem);
        if (const auto found = names_.find(hash); found != names_.end()) best = {i + 1, &found->second};
    }
    return best;
}

void add_known_spellings(Vocabulary& to) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 38> spellings{{
        {"subversion", "svn"},
        {"os x", "osx"},
        {"mac os x", "osx"},
        {"mac osx", "osx"},
        {"macosx", "osx"},
        {"mac os", "macos"},
        {"visual studio", "visual studio"},
        {"visualstudio", "visual studio"},
        {"vs2005", "visual studio"},
        {"vs2008", "visual studio"},
        {"vs2010", "visual studio"},
        {"vs2012", "visual studio"},
        {"vs 2005", "visual studio"},
        {"vs 2008", "visual studio"},
        {"vs 2010", "visual studio"},
        {"vs 2012", "visual studio"},
        {"java script", "javascript"},
        {"word press", "wordpress"},
        {"share point", "sharepoint"},
        {"postgres", "postgresql"},
        {"k8s", "kubernetes"},
        {"node js", "node.js"},
        {"nodejs", "node.js"},
        {"vue js", "vue.js"},
        {"next js", "next.js"},
        {"asp net", "asp.net"},
        {"ruby on rails", "ruby on rails"},
        {"regex", "regular expression"},
        {"regexp", "regular expression"},
        {"regular expression", "regular expression"},
        {"sql server", "sql server"},
        {"git hub", "github"},
        {"two factor", "two-factor"},
        {"2fa", "two-factor"},
        {"sign in", "login"},
        {"log in", "login"},
        {"sign on", "login"},
        {"sign up", "signup"},
    }};
    for (const auto& [spelled, name] : spellings) to.add(spelled, name);
}

}  // namespace rapport::topics
