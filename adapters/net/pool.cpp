#include "adapters/net/pool.hpp"

#include <algorithm>
#include <list>
#include <utility>

#include "adapters/net/dial.hpp"
#include "adapters/net/exchange.hpp"
#include "adapters/net/with_timeout.hpp"

namespace rapport::net {
namespace asio = boost::asio;

namespace {

using Outcome = boost::system::result<Response, Unanswered>;
using Clock = std::chrono::steady_clock;

/// An idle connection. Its own deadline closes it when it has rested too long.
struct Resting {
    std::string place{};
    std::shared_ptr<AnyStream> stream{};
};

std::string place_of(const Url& url) {
    return (url.secure ? "https://" : "http://") + url.host + ":" + url.port;
}

/// What is left of a limit that counts from the beginning of the call.
class Budget {
public:
    explicit Budget(std::optional<std::chrono::milliseconds> limit) : began_(Clock::now()), limit_(limit) {}
    std::chrono::milliseconds of(std::chrono::milliseconds most) const {
        if (!limit_) return most;
        const auto gone = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - began_);
        return std::clamp(*limit_ - gone, std::chrono::milliseconds{0}, most);
    }

private:
    Clock::time_point began_;
    std::optional<std::chrono::milliseconds> limit_;
};

}  // namespace

struct Pool::Impl {
    ClientOptions options;
    PoolLimits limits;
    std::list<Resting> resting{};  ///< The one that rested longest first.

    void drop_dead() {
        resting.remove_if([](const Resting& it) { return it.stream->expired() || !it.stream->quiet(); });
    }

    /// The connection to that place that was used last, if one is kept and alive as far as one can see.
    std::shared_ptr<AnyStream> take(const std::string& place) {
        drop_dead();
        const auto found = std::find_if(resting.rbegin(), resting.rend(),
                                        [&](const Resting& it) { return it.place == place; });
        if (found == resting.rend()) return nullptr;
        std::shared_ptr<AnyStream> stream = std::move(found->stream);
        resting.erase(std::next(found).base());
        stream->expires_never();
        return stream;
    }

    void keep(std::string place, std::shared_ptr<AnyStream> stream) {
        drop_dead();
        stream->expires_after(limits.idle);
        resting.push_back({place, std::move(stream)});
        const auto same = [&](const Resting& it) { return it.place == place; };
        const auto count = std::count_if(resting.begin(), resting.end(), same);
        if (static_cast<std::size_t>(count) > limits.per_host) {
            resting.erase(std::find_if(resting.begin(), resting.end(), same));
        }
        if (resting.size() > limits.in_all) resting.pop_front();
    }

    asio::awaitable<Outcome> exchange_over(std::shared_ptr<AnyStream> stream, const Url& url, Request request,
                                           const Budget& budget, Exchange& exchange) {
        exchange = Exchange{.body = options.body, .keep_alive = true};
        Result<Response> response =
            co_await with_timeout(talk(stream, std::move(request), url, exchange), budget.of(options.answer),
                                  "waiting for " + url.authority);
        if (response && exchange.reusable) {
            keep(place_of(url), std::move(stream));
        } else {
            stream->close();
        }
        if (!response) co_return Unanswered{response.error(), exchange.maybe_received};
        co_return std::move(*response);
    }
};

Pool::Pool(ClientOptions options, PoolLimits limits)
    : impl_(std::make_unique<Impl>(Impl{.options = options, .limits = limits})) {}
Pool::~Pool() = default;

asio::awaitable<Outcome> Pool::send(std::string url, Request request, Send how) {
    const Result<Url> parsed = parse_url(url);
    if (!parsed) co_return Unanswered{parsed.error(), false};
    if (parsed->websocket) {
        const Error wrong{ErrorKind::rejected, "\"" + url + "\" is a WebSocket's address"};
        co_return Unanswered{wrong, false};
    }
    const Budget budget{how.limit};
    Exchange exchange;
    std::shared_ptr<AnyStream> kept = impl_->take(place_of(*parsed));
    if (kept) {
        Outcome outcome = co_await impl_->exchange_over(std::move(kept), *parsed, request, budget, exchange);
        if (outcome || exchange.answered) co_return outcome;
        // The kept connection was dead. Once more on a new one, if that cannot do it twice.
        const bool time_left = budget.of(impl_->options.answer).count() > 0;
        if (!time_left || (exchange.maybe_received && !how.repeatable)) co_return outcome;
    }
    Opened stream = co_await dial(*parsed, impl_->options.tls, budget.of(impl_->options.connect));
    if (!stream) co_return Unanswered{stream.error(), false};
    Outcome outcome =
        co_await impl_->exchange_over(std::move(*stream), *parsed, std::move(request), budget, exchange);
    co_return outcome;
}

std::size_t Pool::idle() const noexcept {
    impl_->drop_dead();
    return impl_->resting.size();
}

}  // namespace rapport::net
