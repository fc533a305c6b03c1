#pragma once

#include <algorithm>
#include <boost/asio/post.hpp>
#include <map>
#include <string>
#include <vector>

#include "adapters/web/web.hpp"
#include "unit/net/loop.hpp"

namespace rapport::test {

/// Stands for the program behind the website: takes events, keeps what was said, and acknowledges at once or,
/// with `hold`, when told to.
class FakeHouse : public Inbox, public web::Transcripts {
public:
    bool try_put(Event& event, Acked& acked) override {
        if (full) return false;
        keep(event);
        events.push_back(std::move(event));
        held.push_back(std::move(acked));
        if (!hold) release();
        return true;
    }
    awaitable<void> put(Event event, Acked acked) override {
        ++waits;
        co_await until([&] { return !full; });
        try_put(event, acked);
    }
    /// Says of everything taken so far that it is durable.
    void release() {
        auto now = std::move(held);
        held.clear();
        for (Acked& acked : now) {
            if (executor) asio::post(executor, std::move(acked));
        }
    }

    awaitable<Result<std::vector<web::Line>>> lines(ChannelKey channel, std::string after,
                                                    std::size_t limit) override {
        if (broken) co_return Error{ErrorKind::transient, "the store is resting"};
        const std::vector<web::Line>& all = said[channel.id];
        auto from =
            std::find_if(all.begin(), all.end(), [&](const web::Line& line) { return line.id == after; });
        from = from == all.end() ? all.begin() : from + 1;
        if (static_cast<std::size_t>(all.end() - from) > limit)
            from = all.end() - static_cast<std::ptrdiff_t>(limit);
        co_return std::vector<web::Line>{from, all.end()};
    }
    awaitable<Result<std::vector<web::ConversationSummary>>> recent(std::size_t) override {
        std::vector<web::ConversationSummary> found;
        for (const auto& [visitor, all] : said) {
            if (!all.empty()) found.push_back({{"web", "site", visitor}, names[visitor], all.back()});
        }
        co_return found;
    }

    std::vector<Message> messages() const {
        return of<Message>([](const MessagePosted& posted) { return posted.message; });
    }
    std::vector<Action> actions() const {
        return of<Action>([](const Action& action) { return action; });
    }

    asio::any_io_executor executor{};
    bool hold = false;
    bool full = false;
    bool broken = false;
    int waits = 0;
    std::vector<Event> events{};
    std::vector<Acked> held{};
    std::map<std::string, std::vector<web::Line>> said{};
    std::map<std::string, std::string> names{};

private:
    template <class T, class Take>
    std::vector<T> of(Take take) const {
        std::vector<T> found;
        for (const Event& event : events) {
            std::visit(
                [&](const auto& body) {
                    if constexpr (std::is_invocable_v<Take, decltype(body)>) found.push_back(take(body));
                },
                event.body);
        }
        return found;
    }

    void keep(const Event& event) {
        if (const auto* changed = std::get_if<AccountChanged>(&event.body)) {
            names[changed->account.key.id] = changed->account.name;
        }
        const auto* posted = std::get_if<MessagePosted>(&event.body);
        if (posted == nullptr) return;
        const Message& message = posted->message;
        std::vector<web::Line>& all = said[message.channel.key.id];
        const bool copy =
            std::any_of(all.begin(), all.end(), [&](const web::Line& line) { return line.id == message.id; });
        if (copy) return;
        const web::Who who = message.role == "staff"   ? web::Who::staff
                             : message.role == "brand" ? web::Who::brand
                                                       : web::Who::visitor;
        if (who == web::Who::visitor) names[message.channel.key.id] = message.author.name;
        all.push_back({message.id, message.author.key, message.author.name, who, message.text, message.at});
    }
};

inline web::Config test_config(std::uint16_t port = 0) {
    web::Config config;
    config.port = port;
    config.brand_name = "Kestrel Books";
    config.token = "0123456789abcdef0123456789abcdef";
    config.site_secret = "what the shop and its chat share";
    config.roster = {{"ada", "Ada Lovelace"}, {"bea", "Bea Okafor"}};
    return config;
}

}  // namespace rapport::test
