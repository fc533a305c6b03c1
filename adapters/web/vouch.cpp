#include "adapters/web/vouch.hpp"

#include <charconv>

#include "adapters/net/hmac.hpp"
#include "adapters/web/text.hpp"

namespace rapport::web {

std::string vouch_proof(std::string_view secret, std::string_view email, std::string_view until) {
    std::string words{email};
    words.append("\n").append(until);
    return net::hmac_sha256_hex(secret, words);
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
