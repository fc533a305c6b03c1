#include "adapters/web/vouch.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <charconv>

#include "adapters/web/text.hpp"

namespace rapport::web {

std::string vouch_proof(std::string_view secret, std::string_view email, std::string_view until) {
    std::string words{email};
    words.append("\n").append(until);
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
         reinterpret_cast<const unsigned char*>(words.data()), words.size(), digest, &size);
    constexpr std::string_view hex = "0123456789abcdef";
    std::string text;
    for (unsigned i = 0; i < size; ++i) {
        text += hex[digest[i] >> 4];
        text += hex[digest[i] & 0xf];
    }
    return text;
}

std::string vouched_email(const Vouch& vouch, std::string_view secret, Time now) {
    if (secret.empty() || vouch.email.empty()) return {};
    std::int64_t seconds = 0;
    const auto [end, error] =
        std::from_chars(vouch.until.data(), vouch.until.data() + vouch.until.size(), seconds);
    if (error != std::errc{} || end != vouch.until.data() + vouch.until.size()) return {};
    if (std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count() >= seconds) return {};
    const std::string proof = vouch_proof(secret, vouch.email, vouch.until);
    return same_secret(proof, vouch.proof) ? vouch.email : std::string{};
}

}  // namespace rapport::web
