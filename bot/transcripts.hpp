#pragma once

#include <boost/asio/thread_pool.hpp>

#include "adapters/web/web.hpp"
#include "bot/store/store.hpp"

namespace rapport {

/// What the website asks of the store, asked on the store's thread.
class StoreTranscripts final : public web::Transcripts {
public:
    /// Both outlive it.
    StoreTranscripts(boost::asio::thread_pool& thread, Store& store) : thread_(thread), store_(store) {}

    boost::asio::awaitable<Result<std::vector<web::Line>>> lines(ChannelKey channel, std::string after_id,
                                                                 std::size_t limit) override;
    boost::asio::awaitable<Result<std::vector<web::ConversationSummary>>> recent(std::size_t limit) override;

private:
    boost::asio::thread_pool& thread_;
    Store& store_;
};

}  // namespace rapport
