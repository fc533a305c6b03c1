#include "bot/links/words.hpp"

#include <algorithm>
#include <utility>

namespace rapport::links {

namespace {

constexpr std::size_t longest_word = 24;
/// A text is read so far, in bytes: what matters stands at its beginning.
constexpr std::size_t longest_text = 4000;
/// Words rarer than this tell what a text is about.
constexpr float telling_rarity = 3;
/// Names of authors that are rarer words than this are taken for names.
constexpr float name_rarity = 4;
/// Of what stands for itself.
constexpr float number_rarity = 7;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || is_digit(c) || static_cast<unsigned char>(c) >= 128;
}
bool in_word(char c) {
    return is_letter(c) || c == '\'' || c == '_';
}
bool in_name(char c) {
    return is_letter(c) || std::string_view{"[]\\^{}|_-`."}.find(c) != std::string_view::npos;
}
bool is_space(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

template <class T>
void keep_sorted(std::vector<T>& all, std::size_t most) {
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    if (all.size() > most) all.resize(most);
}

/// Takes tokens off the front of a text.
class Tokenizer {
public:
    explicit Tokenizer(std::string_view text) : text_(text) {}

    std::vector<Token> all() {
        std::vector<Token> tokens;
        while (at_ < text_.size()) {
            const char c = text_[at_];
            if (is_space(c))
                ++at_;
            else if (text_.substr(at_).starts_with("http://") || text_.substr(at_).starts_with("https://"))
                tokens.push_back(address());
            else if (in_word(c))
                tokens.push_back(word());
            else
                mark(tokens);
        }
        return tokens;
    }

private:
    template <class Belongs>
    std::string_view run(Belongs belongs) {
        const std::size_t begin = at_;
        while (at_ < text_.size() && belongs(text_[at_])) ++at_;
        return text_.substr(begin, at_ - begin);
    }
    Token address() {
        return {"<url>", hash_of(run([](char c) { return !is_space(c); }))};
    }
    Token word() {
        const std::string_view found = run(in_word);
        if (!std::all_of(found.begin(), found.end(), is_digit))
            return {std::string{found.substr(0, longest_word)}, 0};
        return {"0", found.size() >= 3 ? hash_of(found) : 0};
    }
    void mark(std::vector<Token>& tokens) {
        const char c = text_[at_];
        const std::size_t count = run([c](char other) { return other == c; }).size();
        if (std::string_view{":;="}.find(c) != std::string_view::npos && at_ < text_.size()) {
            if (std::string_view{")dp-"}.find(text_[at_]) != std::string_view::npos) {
                tokens.push_back({":)", 0});
                ++at_;
                return;
            }
            if (text_[at_] == '(' || text_[at_] == '/') {
                tokens.push_back({":(", 0});
                ++at_;
                return;
            }
        }
        if (std::string_view{"?!:;=/.^+,"}.find(c) != std::string_view::npos)
            tokens.push_back({std::string(count > 1 ? 2 : 1, c), 0});
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

bool asks(std::string_view word) {
    constexpr std::string_view words[] = {"what",    "how", "why",   "where", "when", "who",
                                          "which",   "can", "does",  "is",    "are",  "anyone",
                                          "anybody", "do",  "could", "did",   "has"};
    return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

/// A name as it stands in a text, and what follows it.
struct Written {
    std::string_view name{};
    std::string_view rest{};
    /// "ana: ..." or "ana, ...", and no address ("http://").
    bool followed_by_colon_or_comma() const {
        if (rest.empty() || (rest[0] != ':' && rest[0] != ',') || rest.starts_with("://")) return false;
        return rest.size() == 1 || rest[1] == ' ' || rest[0] == ':';
    }
};

AuthorSlot author_called(std::string_view name, const Authors& authors) {
    const AuthorSlot found = authors.find(hash_of(name));
    if (found != nobody) return found;
    const std::size_t end = name.find_last_not_of(".-");
    if (end == std::string_view::npos || end + 1 == name.size()) return nobody;
    return authors.find(hash_of(name.substr(0, end + 1)));
}

/// `first`: nothing that could be a name stands before it.
void read_name(Words& words, const Written& written, bool first, const Vocabulary& vocabulary,
               const Authors& authors) {
    const AuthorSlot author = author_called(written.name, authors);
    const bool called = first && written.followed_by_colon_or_comma();
    if (author == nobody) {
        if (called && written.rest[0] == ':') words.addresses_unknown = true;
        return;
    }
    const bool plainly_a_name = written.name.size() >= 3 && !vocabulary.everyday(hash_of(written.name));
    if (!called && !plainly_a_name) return;
    if (first) words.addressed = author;
    if (!words.names(author) && words.named_count < int(Words::most_named))
        words.named[std::size_t(words.named_count++)] = author;
}

void read_names(Words& words, std::string_view text, const Vocabulary& vocabulary, const Authors& authors) {
    constexpr int most_looked_at = 60;
    int looked_at = 0;
    for (std::size_t at = 0; at < text.size() && looked_at < most_looked_at;) {
        if (!in_name(text[at])) {
            ++at;
            continue;
        }
        std::size_t end = at;
        while (end < text.size() && in_name(text[end])) ++end;
        read_name(words, {text.substr(at, end - at), text.substr(end)}, looked_at++ == 0, vocabulary,
                  authors);
        at = end;
    }
}

}  // namespace

std::vector<Token> tokens_of(std::string_view text_in_lower_case) {
    return Tokenizer{text_in_lower_case}.all();
}

bool Words::names(AuthorSlot author) const {
    return std::find(named.begin(), named.begin() + named_count, author) != named.begin() + named_count;
}

Words read_words(std::string_view text, const Vocabulary& vocabulary, const Authors& authors) {
    const std::string lower = in_lower_case(text.substr(0, longest_text));
    Words words;
    read_names(words, lower, vocabulary, authors);
    const std::vector<Token> tokens = tokens_of(lower);
    words.has_question_mark = lower.find('?') != std::string::npos;
    words.begins_like_question =
        std::any_of(tokens.begin(), tokens.begin() + std::ptrdiff_t(std::min<std::size_t>(4, tokens.size())),
                    [](const Token& token) { return asks(token.text); });
    words.length = step(std::int64_t(tokens.size()), {2, 4, 7, 12, 20, 40});
    bool first = true;
    for (const Token& token : tokens) {
        if (token.itself != 0) {
            words.numbers.push_back(token.itself);
            words.telling.push_back({token.itself, number_rarity});
        }
        if (token.only_a_mark()) continue;
        const std::uint32_t word = hash_of(token.text);
        const float rarity = vocabulary.rarity(word);
        const bool was_first = std::exchange(first, false);
        if (rarity > name_rarity && authors.find(word) != nobody) continue;
        if (const auto learned = vocabulary.learned(word)) words.learned.push_back(*learned);
        if (const auto learned = was_first ? vocabulary.learned_first(word) : std::nullopt)
            words.learned.push_back(*learned);
        if (rarity > telling_rarity && token.text.size() > 1 && token.text != "<url>")
            words.telling.push_back({word, rarity});
    }
    keep_sorted(words.learned, Words::most_learned);
    keep_sorted(words.telling, Words::most_telling);
    keep_sorted(words.numbers, Words::most_numbers);
    return words;
}

}  // namespace rapport::links
