#pragma once

#include <boost/asio/thread_pool.hpp>

#include "adapters/notebook.hpp"
#include "bot/store/store.hpp"

namespace rapport {

/// What adapters remember, kept in the store, on the store's thread.
class StoreNotebook final : public Notebook {
public:
    /// Both outlive it.
    StoreNotebook(boost::asio::thread_pool& thread, Store& store) : thread_(thread), store_(store) {}

    boost::asio::awaitable<Result<std::optional<std::string>>> read(std::string key) override;
    boost::asio::awaitable<Result<std::map<std::string, std::string>>> list(std::string prefix) override;
    boost::asio::awaitable<Result<>> write(std::string key, std::string value) override;
    boost::asio::awaitable<Result<>> erase(std::string key) override;

private:
    boost::asio::thread_pool& thread_;
    Store& store_;
};

}  // namespace rapport
