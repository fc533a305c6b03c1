#include "adapters/web/text.hpp"

#include <openssl/crypto.h>
#include <openssl/sha.h>

#include <algorithm>
#include <array>

#include "adapters/web/web.hpp"

namespace rapport::web {
namespace {

using Digest = std::array<unsigned char, SHA256_DIGEST_LENGTH>;

Digest sha256(std::string_view text) {
    Digest digest{};
    SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data());
    return digest;
}

bool starts_character(char c) noexcept {
    return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U;
}
bool control(char c) noexcept {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}
bool digit(char c) noexcept {
    return c >= '0' && c <= '9';
}
bool lower(char c) noexcept {
    return c >= 'a' && c <= 'z';
}
bool upper(char c) noexcept {
    return c >= 'A' && c <= 'Z';
}
bool blank(char c) noexcept {
    return c == ' ' || c == '\t' || c == '\n';
}

}  // namespace

std::size_t characters(std::string_view utf8) noexcept {
    return static_cast<std::size_t>(std::count_if(utf8.begin(), utf8.end(), starts_character));
}

std::string clean_text(std::string_view utf8) {
    std::string clean;
    clean.reserve(utf8.size());
    std::copy_if(utf8.begin(), utf8.end(), std::back_inserter(clean),
                 [](char c) { return !control(c) || c == '\n' || c == '\t'; });
    while (!clean.empty() && blank(clean.back())) clean.pop_back();
    const auto start = std::find_if_not(clean.begin(), clean.end(), blank);
    clean.erase(clean.begin(), start);
    return clean;
}

std::string clean_name(std::string_view utf8, std::size_t most) {
    std::string name = clean_text(utf8);
    std::replace_if(name.begin(), name.end(), blank, ' ');
    std::size_t seen = 0;
    const auto end =
        std::find_if(name.begin(), name.end(), [&](char c) { return starts_character(c) && seen++ == most; });
    name.erase(end, name.end());
    return name;
}

bool valid_message_id(std::string_view id) noexcept {
    if (id.size() < 22 || id.size() > 38 || id[13] != '-') return false;
    const auto dash = id.begin() + 13;
    return std::all_of(id.begin(), dash, digit) &&
           std::all_of(dash + 1, id.end(), [](char c) { return digit(c) || lower(c); });
}

bool valid_action_id(std::string_view id) noexcept {
    return id.size() >= 8 && id.size() <= 64 && std::all_of(id.begin(), id.end(), [](char c) {
               return digit(c) || lower(c) || upper(c) || c == '-';
           });
}

bool valid_hex_id(std::string_view id) noexcept {
    return id.size() == 32 &&
           std::all_of(id.begin(), id.end(), [](char c) { return digit(c) || (c >= 'a' && c <= 'f'); });
}

bool same_secret(std::string_view a, std::string_view b) {
    const Digest left = sha256(a);
    const Digest right = sha256(b);
    return CRYPTO_memcmp(left.data(), right.data(), left.size()) == 0;
}

std::string visitor_id(std::string_view secret) {
    constexpr std::string_view digits = "0123456789abcdef";
    const Digest digest = sha256(secret);
    std::string id;
    for (std::size_t i = 0; i < 16; ++i) {
        id += digits[digest[i] >> 4U];
        id += digits[digest[i] & 15U];
    }
    return id;
}

}  // namespace rapport::web
