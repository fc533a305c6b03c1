#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/thread_pool.hpp>
#include <functional>
#include <memory>

#include "bot/letters/due.hpp"
#include "bot/pipeline/pipeline.hpp"

namespace rapport {

/// Looks once a minute which letters are due, and gives them to the pipeline, which decides each once and
/// brings it to the desks.
class Postman {
public:
    /// All outlive it. `world` is asked anew each time; `clock` is the program's.
    Postman(Pipeline& pipeline, boost::asio::thread_pool& store_thread, Store& store,
            std::function<std::shared_ptr<const World>()> world, Time (*clock)());

    /// Until cancelled. What goes wrong is told to `tell`, and tried again a minute later.
    boost::asio::awaitable<Result<>> run(std::function<void(const std::string&)> tell);

private:
    Result<std::vector<SendLetter>> look(const World& world, Time now);

    Pipeline& pipeline_;
    boost::asio::thread_pool& store_thread_;
    Store& store_;
    std::function<std::shared_ptr<const World>()> world_;
    Time (*clock_)();
    letters::Looked looked_{};  ///< Touched on the store's thread alone.
};

}  // namespace rapport
