#include "bot/identities/spelling.hpp"

#include <algorithm>

#include "rules/fold.hpp"

namespace rapport::identities {

namespace {

struct Title {
    std::string_view written{};
    std::string_view means{};
};
/// The longer ones first.
constexpr Title titles[] = {{"representative", "rep"},
                            {"congresswoman", "rep"},
                            {"congressman", "rep"},
                            {"official", "real"},
                            {"senator", "sen"},
                            {"real", "real"},
                            {"team", "team"},
                            {"sen", "sen"},
                            {"rep", "rep"},
                            {"the", "the"},
                            {"iam", "im"},
                            {"its", "im"},
                            {"dr", "dr"},
                            {"mr", "mr"},
                            {"hq", "hq"},
                            {"im", "im"},
                            {"us", "us"},
                            {"x", "x"}};
constexpr std::size_t shortest_rest = 3;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
/// Letters of other scripts count as they are.
bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (static_cast<unsigned char>(c) & 0x80U) != 0;
}

std::string only_letters(std::string_view folded) {
    std::string out;
    std::copy_if(folded.begin(), folded.end(), std::back_inserter(out),
                 [](char c) { return is_letter(c) || is_digit(c); });
    return out;
}

/// "AnaLima" -> "Ana Lima"
std::string parted(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool hump =
            i > 0 && text[i] >= 'A' && text[i] <= 'Z' && text[i - 1] >= 'a' && text[i - 1] <= 'z';
        if (hump) out += ' ';
        out += text[i];
    }
    return out;
}

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    std::string word;
    for (const char c : rules::fold(parted(text)) + " ") {
        if (is_letter(c) || is_digit(c)) {
            word += c;
        } else if (!word.empty()) {
            words.push_back(std::exchange(word, {}));
        }
    }
    return words;
}

/// A number, or a key such as YouTube's UC...: nobody has chosen it.
bool is_key(std::string_view handle) {
    constexpr std::size_t shortest_key = 22;
    const bool number = std::all_of(handle.begin(), handle.end(), is_digit);
    return number || (handle.starts_with("uc") && handle.size() >= shortest_key);
}

}  // namespace

std::vector<std::string_view> Spelling::forms() const {
    std::vector<std::string_view> all;
    if (!handle.empty()) all.emplace_back(handle);
    if (!name.empty() && name != handle) all.emplace_back(name);
    return all;
}

Spelling spell(const Account& account) {
    Spelling spelling;
    std::string_view handle = account.handle;
    // "@ana:example.org": where an account lives is not how it is called.
    if (const auto home = handle.find(':'); home != std::string_view::npos) handle = handle.substr(0, home);
    spelling.handle = only_letters(rules::fold(handle));
    if (is_key(spelling.handle)) spelling.handle.clear();
    std::copy_if(spelling.handle.begin(), spelling.handle.end(), std::back_inserter(spelling.digits),
                 is_digit);
    spelling.without_end = spelling.handle;
    while (!spelling.without_end.empty() && is_digit(spelling.without_end.back()))
        spelling.without_end.pop_back();
    if (spelling.without_end.empty()) spelling.without_end = spelling.handle;
    spelling.words = words_of(account.name);
    for (const std::string& word : spelling.words) spelling.name += word;
    return spelling;
}

std::string_view title_of(std::string_view form) {
    for (const Title& title : titles)
        if (form.starts_with(title.written) && form.size() >= title.written.size() + shortest_rest)
            return title.means;
    return {};
}

std::string_view without_title(std::string_view form) {
    for (const Title& title : titles)
        if (form.starts_with(title.written) && form.size() >= title.written.size() + shortest_rest)
            return form.substr(title.written.size());
    return form;
}

std::string_view longest_common(std::string_view a, std::string_view b) {
    std::vector<std::size_t> before(b.size() + 1), now(b.size() + 1);
    std::size_t best = 0, end = 0;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        for (std::size_t j = 1; j <= b.size(); ++j) {
            now[j] = a[i - 1] == b[j - 1] ? before[j - 1] + 1 : 0;
            if (now[j] > best) {
                best = now[j];
                end = i;
            }
        }
        std::swap(before, now);
    }
    return a.substr(end - best, best);
}

}  // namespace rapport::identities
