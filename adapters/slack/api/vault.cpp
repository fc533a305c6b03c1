#include <openssl/evp.h>
#include <openssl/rand.h>
#include <openssl/sha.h>

#include <array>
#include <memory>

#include "adapters/net/base64.hpp"
#include "adapters/slack/api/token_store.hpp"

namespace rapport::slack {
namespace {

constexpr std::size_t key_size = 32;
constexpr std::size_t nonce_size = 12;
constexpr std::size_t tag_size = 16;
constexpr std::string_view version = "v1";
/// A notebook takes 64 KB; nothing that is sealed comes near.
constexpr std::size_t most = 48 * 1024;

using Cipher = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;

Cipher new_cipher() {
    return {EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free};
}

const unsigned char* bytes(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* bytes(std::string& text) {
    return reinterpret_cast<unsigned char*>(text.data());
}

std::string id_of(std::string_view key) {
    static constexpr std::string_view hex = "0123456789abcdef";
    std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
    SHA256(bytes(key), key.size(), digest.data());
    std::string id;
    for (std::size_t i = 0; i < 4; ++i) {
        id += hex[digest[i] >> 4];
        id += hex[digest[i] & 15];
    }
    return id;
}

Error unreadable(std::string_view about, const std::string& why) {
    return {ErrorKind::rejected,
            "what is kept at \"" + std::string{about} + "\" cannot be decrypted: " + why};
}

/// "v1.ID.BASE64" in its parts.
struct Sealed {
    std::string_view key{};
    std::string_view base64{};
};

std::optional<Sealed> split(std::string_view sealed) {
    const auto first = sealed.find('.');
    const auto second = first == std::string_view::npos ? first : sealed.find('.', first + 1);
    if (second == std::string_view::npos || sealed.substr(0, first) != version) return std::nullopt;
    return Sealed{sealed.substr(first + 1, second - first - 1), sealed.substr(second + 1)};
}

}  // namespace

Result<Vault> Vault::from_keys(std::string_view keys) {
    Vault vault;
    const Error wrong{
        ErrorKind::rejected,
        "the key for Slack's tokens must be 32 random bytes in Base64. Make one with \"openssl rand "
        "-base64 32\"; while changing keys, put the new one first and the old one behind a comma"};
    while (!keys.empty()) {
        const auto comma = keys.find(',');
        const std::optional<std::string> key = net::from_base64(keys.substr(0, comma));
        if (!key || key->size() != key_size) return wrong;
        vault.keys_.push_back({id_of(*key), *key});
        keys = comma == std::string_view::npos ? std::string_view{} : keys.substr(comma + 1);
    }
    if (vault.keys_.empty()) return wrong;
    return vault;
}

Result<std::string> Vault::seal(std::string_view plain, std::string_view about) const {
    const Error failed{ErrorKind::transient, "encrypting \"" + std::string{about} + "\" failed"};
    if (plain.size() > most)
        return Error{ErrorKind::rejected, "\"" + std::string{about} + "\" is too long to be kept"};
    std::string nonce(nonce_size, '\0');
    if (RAND_bytes(bytes(nonce), static_cast<int>(nonce.size())) != 1) return failed;
    const Key& key = keys_.front();
    const Cipher cipher = new_cipher();
    std::string text(plain.size(), '\0');
    std::string tag(tag_size, '\0');
    int length = 0;
    const bool done = cipher &&
                      EVP_EncryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr,
                                         bytes(std::string_view{key.bytes}), bytes(nonce)) == 1 &&
                      EVP_EncryptUpdate(cipher.get(), nullptr, &length, bytes(about),
                                        static_cast<int>(about.size())) == 1 &&
                      EVP_EncryptUpdate(cipher.get(), bytes(text), &length, bytes(plain),
                                        static_cast<int>(plain.size())) == 1 &&
                      EVP_EncryptFinal_ex(cipher.get(), bytes(text) + length, &length) == 1 &&
                      EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_GET_TAG, tag_size, tag.data()) == 1;
    if (!done) return failed;
    return std::string{version} + "." + key.id + "." + net::base64(nonce + tag + text);
}

Result<std::string> Vault::open(std::string_view sealed, std::string_view about) const {
    const std::optional<Sealed> parts = split(sealed);
    const std::optional<std::string> whole = parts ? net::from_base64(parts->base64) : std::nullopt;
    if (!whole || whole->size() < nonce_size + tag_size) return unreadable(about, "it is damaged");
    const Key* key = nullptr;
    for (const Key& it : keys_) {
        if (it.id == parts->key) key = &it;
    }
    if (!key) {
        return unreadable(about, "it needs the key " + std::string{parts->key} +
                                     ", which is not among those given. Add that key, behind a comma");
    }
    const std::string_view nonce = std::string_view{*whole}.substr(0, nonce_size);
    std::string tag = whole->substr(nonce_size, tag_size);
    const std::string_view text = std::string_view{*whole}.substr(nonce_size + tag_size);
    const Cipher cipher = new_cipher();
    std::string plain(text.size(), '\0');
    int length = 0;
    const bool done = cipher &&
                      EVP_DecryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr,
                                         bytes(std::string_view{key->bytes}), bytes(nonce)) == 1 &&
                      EVP_DecryptUpdate(cipher.get(), nullptr, &length, bytes(about),
                                        static_cast<int>(about.size())) == 1 &&
                      EVP_DecryptUpdate(cipher.get(), bytes(plain), &length, bytes(text),
                                        static_cast<int>(text.size())) == 1 &&
                      EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_SET_TAG, tag_size, tag.data()) == 1 &&
                      EVP_DecryptFinal_ex(cipher.get(), bytes(plain) + length, &length) == 1;
    if (!done) return unreadable(about, "it was altered, or belongs somewhere else");
    return plain;
}

bool Vault::is_current(std::string_view sealed) const {
    const std::optional<Sealed> parts = split(sealed);
    return parts && parts->key == keys_.front().id;
}

}  // namespace rapport::slack
