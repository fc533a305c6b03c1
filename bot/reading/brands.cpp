#include "bot/reading/brands.hpp"

#include <algorithm>

namespace rapport::reading {

namespace {

/// Collects the hashes of the first words of a text.
struct HashSink {
    std::vector<std::uint64_t> hashes{};
    bool unspaced = false;
    void word(const Word& word) {
        hashes.push_back(word.hash);
        unspaced = unspaced || runs_together(word.script);
    }
    void mark(Sort) {}
    void emoji(char32_t) {}
    void link(std::size_t) {}
    void separator(char) {}
};

}  // namespace

Brands::Brands(const std::vector<std::string>& names) {
    for (const std::string& name : names) {
        HashSink sink;
        Scanner<HashSink>{name, sink}.run();
        if (sink.unspaced) {
            unspaced_.push_back(name);
        } else if (!sink.hashes.empty()) {
            filter_ |= std::uint64_t{1} << (sink.hashes.front() & 63U);
            names_.push_back(std::move(sink.hashes));
        }
    }
}

bool Brands::begins_at(std::string_view text, const Word& word) const {
    for (const std::vector<std::uint64_t>& name : names_) {
        if (name.front() != word.hash) continue;
        if (name.size() == 1) return true;
        // A few words are all that is needed: names are at most 64 bytes, and what hides between is not much
        // more.
        HashSink sink;
        Scanner<HashSink>{text.substr(word.end, 256), sink}.run();
        if (sink.hashes.size() + 1 >= name.size() &&
            std::equal(name.begin() + 1, name.end(), sink.hashes.begin())) {
            return true;
        }
    }
    return false;
}

bool Brands::inside(std::string_view text) const {
    return std::any_of(unspaced_.begin(), unspaced_.end(),
                       [&](const std::string& name) { return text.find(name) != std::string_view::npos; });
}

}  // namespace rapport::reading
