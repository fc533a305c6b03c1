#include "bot/heads/features.hpp"

#include <cstring>

#include "bot/heads/noter.hpp"

namespace rapport::heads {

namespace {

/// Whether a pound or euro sign stands in `text`.
bool names_money(std::string_view text) {
    return text.find("\xC2\xA3") != std::string_view::npos ||
           text.find("\xE2\x82\xAC") != std::string_view::npos;
}

}  // namespace

Extractor::Extractor() {
    plain_.reserve(longest_read + 16);
}

void Extractor::extract(std::string_view text, Features& into) {
    text = text.substr(0, longest_read);
    into.buckets.clear();
    Noter noter{text, *this, into};
    reading::Scanner<Noter>{text, noter}.run();
    const bool money = names_money(text);
    noter.finish(money);
    constexpr std::uint64_t money_mark = 0xA3A3, length_mark = 0xBEEF00;
    if (money) take(money_mark, into);
    take(length_mark + std::min<std::size_t>(10, text.size() / 20), into);
    runs_of_characters(text, into);
    for (const std::uint32_t bucket : into.buckets) seen_[bucket >> 6U] = 0;
}

/// Three to five characters with their marks, a blank only at either end; capitals and digits are all alike.
void Extractor::runs_of_characters(std::string_view text, Features& into) {
    plain_.assign(1, ' ');
    for (const char byte : text) {
        const auto code = static_cast<unsigned char>(byte);
        char plain = byte;
        if (byte >= 'A' && byte <= 'Z') plain = static_cast<char>(byte + 32);
        if (byte >= '0' && byte <= '9') plain = '0';
        if (code <= ' ') plain = ' ';
        if (plain != ' ' || plain_.back() != ' ') plain_.push_back(plain);
    }
    if (plain_.back() != ' ') plain_.push_back(' ');
    const std::size_t size = plain_.size();
    plain_.resize(size + 8);
    constexpr std::size_t shortest = 3, longest = 5;
    for (std::size_t i = 0; i + shortest <= size; ++i) {
        std::uint64_t eight = 0;
        std::memcpy(&eight, plain_.data() + i, sizeof eight);
        for (std::size_t length = shortest; length <= longest && i + length <= size; ++length) {
            if (plain_[i + length - 2] == ' ') break;
            const std::uint64_t run = eight & ((std::uint64_t{1} << (8 * length)) - 1);
            take((run + length) * 0xD6E8FEB86659FD93U ^ (run >> 29U), into);
        }
    }
}

}  // namespace rapport::heads
