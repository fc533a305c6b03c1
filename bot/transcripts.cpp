#include "bot/transcripts.hpp"

#include <algorithm>

#include "bot/pipeline/store_thread.hpp"

namespace rapport {

namespace asio = boost::asio;

namespace {

web::Who who(Speaker speaker) {
    switch (speaker) {
        case Speaker::staff:
            return web::Who::staff;
        case Speaker::brand:
            return web::Who::brand;
        case Speaker::person:
        case Speaker::bot:
            return web::Who::visitor;
    }
    return web::Who::visitor;
}

web::Line line_of(const MessageRow& message, const AccountRow& author) {
    web::Line line;
    line.id = message.native;
    line.author = author.key;
    line.name = author.name;
    line.who = who(message.speaker);
    line.text = message.text;
    line.at = message.at;
    line.edited = message.edited;
    line.deleted = message.deleted;
    return line;
}

/// What the visitor of that channel called themselves when they last said something; empty if that is long
/// ago.
std::string visitor_name(Store& store, const ChannelKey& channel) {
    const Result<std::vector<TranscriptLine>> lines = store.transcript(channel, "", 50);
    if (!lines) return {};
    const auto theirs = std::find_if(lines->rbegin(), lines->rend(), [](const TranscriptLine& line) {
        return who(line.message.speaker) == web::Who::visitor;
    });
    return theirs == lines->rend() ? std::string{} : theirs->author.name;
}

}  // namespace

asio::awaitable<Result<std::vector<web::Line>>> StoreTranscripts::lines(ChannelKey channel,
                                                                        std::string after_id,
                                                                        std::size_t limit) {
    auto ask = [&] { return store_.transcript(channel, after_id, limit); };
    const Result<std::vector<TranscriptLine>> found = co_await on_store_thread(thread_, ask);
    if (!found) co_return found.error();
    std::vector<web::Line> lines;
    for (const TranscriptLine& line : *found) lines.push_back(line_of(line.message, line.author));
    co_return lines;
}

asio::awaitable<Result<std::vector<web::ConversationSummary>>> StoreTranscripts::recent(std::size_t limit) {
    auto ask = [&] { return store_.recent_conversations("web", limit); };
    const Result<std::vector<ConversationLine>> found = co_await on_store_thread(thread_, ask);
    if (!found) co_return found.error();
    std::vector<web::ConversationSummary> summaries;
    for (const ConversationLine& one : *found) {
        web::ConversationSummary summary;
        summary.channel = one.channel.key;
        summary.last = line_of(one.last, one.author);
        if (summary.last.who == web::Who::visitor) {
            summary.name = summary.last.name;
        } else {
            auto look = [&] { return visitor_name(store_, summary.channel); };
            summary.name = co_await on_store_thread(thread_, look);
        }
        summaries.push_back(std::move(summary));
    }
    co_return summaries;
}

}  // namespace rapport
