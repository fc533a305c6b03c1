#include "bot/reading/stem.hpp"

#include <algorithm>
#include <array>

#include "bot/reading/scan.hpp"

namespace rapport::reading {

namespace {

/// The longest that fits goes.
constexpr std::array<std::string_view, 19> endings{
    "izations", "ization", "ations", "ation", "ities", "ungen", "ings", "ity", "ing", "ers",
    "ies",      "ung",     "ed",     "er",    "es",    "en",    "e",    "s",   "y"};

struct Stems {
    std::set<std::string, std::less<>>* into;
    bool together = false;  ///< There are words of a script that has no blanks.

    void word(const Word& word) {
        if (runs_together(word.script)) together = true;
        into->emplace(word.script == Script::latin && !word.digit ? stem(word.folded) : word.folded);
    }
    void mark(Sort) {}
    void emoji(char32_t) {}
    void link(std::size_t) {}
    void separator(char) {}
};

}  // namespace

std::string_view stem(std::string_view folded) {
    for (bool cut = true; cut;) {
        cut = false;
        for (const std::string_view ending : endings) {
            // "apis" is "api" and no other word, but "notes" must not become "not".
            const std::size_t shortest = ending == "s" ? 3 : 4;
            if (!folded.ends_with(ending) || folded.size() < ending.size() + shortest) continue;
            folded.remove_suffix(ending.size());
            cut = true;
            break;
        }
    }
    return folded;
}

std::set<std::string, std::less<>> stems_of(std::string_view text) {
    std::set<std::string, std::less<>> stems;
    Stems sink{&stems};
    Scanner{text, sink}.run();
    return stems;
}

bool is_about(std::string_view text, const std::set<std::string, std::less<>>& stems,
              std::string_view topic) {
    std::set<std::string, std::less<>> wanted;
    Stems sink{&wanted};
    Scanner{topic, sink}.run();
    if (sink.together) return text.find(topic) != std::string_view::npos;
    return !wanted.empty() && std::all_of(wanted.begin(), wanted.end(),
                                          [&](const std::string& word) { return stems.contains(word); });
}

}  // namespace rapport::reading
