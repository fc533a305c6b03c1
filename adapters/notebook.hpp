#pragma once

#include <boost/asio/awaitable.hpp>
#include <map>
#include <optional>
#include <string>

#include "adapters/net/error.hpp"

namespace rapport {

/// What an adapter must remember over a restart: where a card was posted, how far it has read, who installed
/// it. Small values by key; a key begins with the adapter's name ("slack:T1:card:alert:12"). Lives on the
/// io_context's thread; not thread-safe. All calls throw only when cancelled.
class Notebook {
public:
    virtual ~Notebook() = default;
    /// The value; nothing if there is none.
    virtual boost::asio::awaitable<Result<std::optional<std::string>>> read(std::string key) = 0;
    /// All entries whose keys begin with `prefix`.
    virtual boost::asio::awaitable<Result<std::map<std::string, std::string>>> list(std::string prefix) = 0;
    /// Durable when it returns. At most 64 KB a value.
    virtual boost::asio::awaitable<Result<>> write(std::string key, std::string value) = 0;
    virtual boost::asio::awaitable<Result<>> erase(std::string key) = 0;
};

}  // namespace rapport
