#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/thread_pool.hpp>
#include <functional>
#include <memory>

#include "bot/letters/look.hpp"
#include "bot/pipeline/pipeline.hpp"

namespace rapport {

/// What the postman needs of the program around it. All of it outlives the postman.
struct PostmanParts {
    Pipeline& pipeline;
    boost::asio::thread_pool& store_thread;
    Store& store;
    std::function<std::shared_ptr<const World>()> world{};  ///< As it is now.
    std::function<Time()> clock{};
    std::function<void(const std::string&)> log{};  ///< Why a look failed; the next one comes in a minute.
};

/// Looks every minute which letters are due, and puts them into the pipeline. Which, is bot/letters.
class Postman {
public:
    explicit Postman(PostmanParts parts) : parts_(std::move(parts)) {}

    /// Until cancelled.
    boost::asio::awaitable<Result<>> run();
    /// One look at the present moment. What is due is durable when this returns.
    boost::asio::awaitable<void> look();

private:
    PostmanParts parts_;
    letters::Looked looked_{};
};

/// What is due in the store at `now`, as inputs; on the store's thread. Throws StoreUnreadable.
std::vector<Input> letters_due(Store& store, const World& world, Time now, letters::Looked& looked);

}  // namespace rapport
