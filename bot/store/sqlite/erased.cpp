#include "bot/store/sqlite/erased.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "bot/store/sqlite/row_codec.hpp"

namespace rapport::sqlite {

namespace {

/// The version of the codec is part of what is hashed and may rise: the hashes that are kept would fit
/// nothing any more.
constexpr char first_version = 1;
/// No version of the codec.
constexpr char begins_claim = 0;

std::string keyed_hash(std::string_view secret, std::string_view bytes) {
    unsigned char hash[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    HMAC(EVP_sha256(), secret.data(), int(secret.size()),
         reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), hash, &size);
    return {reinterpret_cast<const char*>(hash), size};
}

}  // namespace

std::string erased_hash(std::string_view secret, const AccountKey& key) {
    std::string bytes;
    Encoder{bytes}(key);  // with lengths, so that no two keys give the same bytes
    bytes[0] = first_version;
    return keyed_hash(secret, bytes);
}

std::string claim_hash(std::string_view secret, std::string_view claim) {
    return keyed_hash(secret, begins_claim + std::string(claim));
}

}  // namespace rapport::sqlite
