#include "bot/store/sqlite/erased.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "bot/store/sqlite/row_codec.hpp"

namespace rapport::sqlite {

namespace {

/// The version of the codec is part of what is hashed and may rise: the hashes that are kept would fit
/// nothing any more.
constexpr char first_version = 1;

}  // namespace

std::string erased_hash(std::string_view secret, const AccountKey& key) {
    std::string bytes;
    Encoder{bytes}(key);  // with lengths, so that no two keys give the same bytes
    bytes[0] = first_version;
    unsigned char hash[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    HMAC(EVP_sha256(), secret.data(), int(secret.size()),
         reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), hash, &size);
    return {reinterpret_cast<const char*>(hash), size};
}

}  // namespace rapport::sqlite
