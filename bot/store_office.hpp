#pragma once

#include <atomic>
#include <boost/asio/thread_pool.hpp>
#include <filesystem>
#include <functional>
#include <memory>

#include "bot/app.hpp"
#include "bot/office/room.hpp"
#include "bot/pipeline/pipeline.hpp"

namespace rapport {

/// What the office needs of the program around it. All of it outlives the office.
struct OfficeParts {
    Pipeline& pipeline;
    boost::asio::thread_pool& store_thread;
    Store& store;
    /// History is gone through here, beside the live work: the path of the store, opened once more for
    /// reading. Empty: on the store's thread, in the store itself (tests).
    std::string store_path{};
    std::filesystem::path rules_file{};
    std::function<std::shared_ptr<const World>()> world{};  ///< As it is now.
    /// Rules or settings changed: reads them again and hands the new World to the pipeline. Returns what is
    /// wrong.
    std::function<boost::asio::awaitable<Result<>>()> reload{};
    std::function<Time()> clock{};
};

/// Answers staff: looks things up on the store's thread, puts what follows into the pipeline and waits until
/// it is durable. What is decided and shown is bot/office.
class StoreOffice final : public Office {
public:
    explicit StoreOffice(OfficeParts parts) : parts_(std::move(parts)) {}
    ~StoreOffice() override;

    boost::asio::awaitable<Answer> ask(Ask ask) override;

private:
    boost::asio::awaitable<Result<>> save(office::SaveRules rules);
    /// Gives up soon when cancelled, or when the office goes.
    boost::asio::awaitable<Result<Backtest>> look_back(office::LookBack what);
    boost::asio::awaitable<Result<Backtest>> in_history(
        std::function<Result<Backtest>(Store&, const BacktestOptions&)> look);
    boost::asio::awaitable<Result<Backtest>> test(office::TestRules rules);
    boost::asio::awaitable<Answer> answer_staff(Ask ask);

    OfficeParts parts_;
    std::atomic<bool> ending_{false};  ///< Read on the history's thread.
    boost::asio::thread_pool history_{1};
};

/// Writes `text` to a new file beside `path` and puts it in its place, so that nobody ever reads half of it.
Result<> replace_file(const std::filesystem::path& path, std::string_view text);

}  // namespace rapport
