#pragma once

#include <boost/asio/awaitable.hpp>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/notebook.hpp"
#include "adapters/slack/slack.hpp"

namespace rapport::slack {

/// Encrypts what must not lie about: AES-256-GCM with a random nonce of 12 bytes.
class Vault {
public:
    /// `keys`: 32 random bytes in Base64 (`openssl rand -base64 32`); several, separated by commas, while
    /// keys are being changed: the first one encrypts, all of them decrypt.
    static Result<Vault> from_keys(std::string_view keys);

    /// "v1.KEY-ID.BASE64". `about` is bound to it: what was sealed about one thing does not open as another.
    Result<std::string> seal(std::string_view plain, std::string_view about) const;
    /// An error if it was altered, is about something else, or the key is not among ours.
    Result<std::string> open(std::string_view sealed, std::string_view about) const;
    /// Whether it was sealed with the first key.
    bool is_current(std::string_view sealed) const;

private:
    struct Key {
        std::string id{};     ///< The first 8 hex digits of the key's SHA-256.
        std::string bytes{};  ///< 32
    };
    std::vector<Key> keys_{};
};

/// One workspace that installed the app.
struct StoredInstallation {
    Installation installation{};
    std::string bot_token{};
    std::string scope{};          ///< Granted, comma-separated.
    std::string refresh_token{};  ///< Empty: the token does not rotate.
    std::optional<Time> expires{};
    std::string installed_by{};  ///< A user's id.
    std::string stopped{};       ///< Not empty: why nothing may be done for it any more, in words.
};

/// Installations in the notebook, encrypted.
class TokenStore {
public:
    /// `notebook` must outlive it.
    TokenStore(Notebook& notebook, Vault vault) : notebook_(notebook), vault_(std::move(vault)) {}

    /// "T1", or "E1" of an organisation-wide install.
    static std::string key_of(const Installation& installation) { return installation.realm(); }

    /// Durable when it returns.
    boost::asio::awaitable<Result<>> save(StoredInstallation installation);
    boost::asio::awaitable<Result<std::optional<StoredInstallation>>> load(std::string key);
    /// All of them, also the stopped ones; what was sealed with an older key is sealed anew. One that cannot
    /// be decrypted is an error that names it.
    boost::asio::awaitable<Result<std::vector<StoredInstallation>>> all();

private:
    Notebook& notebook_;
    Vault vault_;
};

}  // namespace rapport::slack
