#include "adapters/slack/connection/signature.hpp"

#include <openssl/crypto.h>

#include <algorithm>
#include <charconv>

#include "adapters/net/hmac.hpp"

namespace rapport::slack {
namespace {

constexpr std::string_view stamp_header = "X-Slack-Request-Timestamp";
constexpr std::string_view signature_header = "X-Slack-Signature";
constexpr std::size_t longest_stamp = 12;

/// The one header of that name; none if it is missing or there are several.
std::optional<std::string_view> only(const net::Request& request, std::string_view name) {
    std::optional<std::string_view> found;
    for (const net::Header& header : request.headers) {
        if (!net::same_word(header.name, name)) continue;
        if (found) return std::nullopt;
        found = header.value;
    }
    return found;
}

std::optional<std::chrono::seconds> read_stamp(std::string_view text) {
    const bool digits = std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (text.empty() || text.size() > longest_stamp || !digits) return std::nullopt;
    std::int64_t seconds = 0;
    std::from_chars(text.data(), text.data() + text.size(), seconds);
    return std::chrono::seconds{seconds};
}

}  // namespace

std::string sign(std::string_view secret, std::string_view timestamp, std::string_view body) {
    std::string base = "v0:";
    base.append(timestamp).append(":").append(body);
    return "v0=" + net::hmac_sha256_hex(secret, base);
}

bool has_signature(const net::Request& request) noexcept {
    return !request.header(signature_header).empty() || !request.header(stamp_header).empty();
}

Signature check_signature(const net::Request& request, std::string_view secret, Time now,
                          std::chrono::seconds age) {
    Signature signature;
    const auto stamp = only(request, stamp_header);
    const auto given = only(request, signature_header);
    if (!stamp || !given || secret.empty()) return signature;
    const auto at = read_stamp(*stamp);
    if (!at) return signature;
    const std::string ours = sign(secret, *stamp, request.body);
    signature.valid =
        given->size() == ours.size() && CRYPTO_memcmp(given->data(), ours.data(), ours.size()) == 0;
    if (!signature.valid) return signature;
    signature.skew = std::chrono::floor<std::chrono::seconds>(now.time_since_epoch()) - *at;
    signature.recent = std::chrono::abs(signature.skew) <= age;
    return signature;
}

}  // namespace rapport::slack
