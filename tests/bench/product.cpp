// The side of the comparison that is ours: a small adapter for the envelopes, and behind it the real
// pipeline, engine and store.

#include <fmt/format.h>

#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/json/monotonic_resource.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <cstdio>
#include <stdexcept>

#include "adapters/net/server.hpp"
#include "bench/bench.hpp"
#include "bench/usage.hpp"
#include "bench/world.hpp"
#include "bot/pipeline/pipeline.hpp"
#include "bot/store/sqlite/sqlite_store.hpp"

namespace rapport::bench {

namespace asio = boost::asio;
namespace json = boost::json;
using namespace asio::experimental::awaitable_operators;

namespace {

/// What an envelope holds.
struct Envelope {
    std::string id{};
    Event event{};
};

std::string_view text_at(const json::object& object, std::string_view name) {
    const json::value* value = object.if_contains(name);
    return value && value->is_string() ? std::string_view{value->get_string()} : std::string_view{};
}

Time time_of(std::string_view ts) {
    const std::size_t point = ts.find('.');
    return Time{std::chrono::milliseconds{std::stoll(std::string(ts.substr(0, point))) * 1000 +
                                          std::stoll(std::string(ts.substr(point + 1, 3)))}};
}

ChannelKind kind_of(std::string_view type) {
    if (type == "im") return ChannelKind::dm;
    return type == "channel" ? ChannelKind::open : ChannelKind::group;
}

/// Throws if it is not an envelope with a message.
Envelope decode(std::string_view text, Time seen) {
    unsigned char buffer[16 * 1024];
    json::monotonic_resource memory{buffer};
    const json::value value = json::parse(text, &memory);
    const json::object& envelope = value.as_object();
    const json::object& payload = envelope.at("payload").as_object();
    const json::object& said = payload.at("event").as_object();
    const std::string team{text_at(payload, "team_id")};

    Envelope result;
    result.id = text_at(envelope, "envelope_id");
    result.event.seen = seen;
    result.event.source = "bench";
    Message& message = result.event.body.emplace<MessagePosted>().message;
    message.channel.key = {"slack", team, std::string(text_at(said, "channel"))};
    message.channel.kind = kind_of(text_at(said, "channel_type"));
    message.id = text_at(said, "ts");
    message.author.key = {"slack", team, std::string(text_at(said, "user"))};
    message.text = text_at(said, "text");
    message.at = time_of(message.id);
    if (const std::string_view thread = text_at(said, "thread_ts"); thread != message.id)
        message.thread = thread;
    return result;
}

/// Counts what would be shown.
class CountingDesk final : public Desk {
public:
    std::string_view name() const noexcept override { return "count"; }
    bool reaches(const AccountKey&) const noexcept override { return true; }
    asio::awaitable<Result<>> deliver(Outgoing) override {
        ++cards;
        co_return Result<>{};
    }
    std::uint64_t cards = 0;
};

class Product final : public net::HttpHandler {
public:
    explicit Product(const Settings& settings)
        : settings_(settings),
          folder_(settings),
          engine_(make_world(ten_rules)),
          store_(open(folder_)),
          pipeline_(io_.get_executor(), store_thread_, *store_, engine_, options()),
          server_(net::ServerConfig{.port = 0}, *this),
          done_(io_, asio::steady_timer::time_point::max()) {
        pipeline_.add_desk(desk_);
    }

    void run() {
        if (const Result<> taken = server_.listen(io_.get_executor()); !taken)
            throw std::runtime_error(taken.error().what);
        fmt::print("{}\n", server_.port());
        std::fflush(stdout);
        asio::co_spawn(io_, main(), [](std::exception_ptr error) {
            if (error) std::rethrow_exception(error);
        });
        io_.run();
        store_thread_.join();
    }

    // HttpHandler
    asio::awaitable<net::Response> handle(net::Request) override { co_return net::Response{404, {}, {}}; }
    std::optional<net::Response> refuse_upgrade(const net::Request&) override { return std::nullopt; }
    asio::awaitable<void> websocket(net::Request, net::WebSocket& socket) override {
        socket_ = &socket;
        for (;;) {
            Result<std::string> text = co_await socket.read();
            if (!text) break;
            Envelope envelope = decode(*text, wall_clock());
            Acked acked = [this, id = std::move(envelope.id)] { acknowledge(id); };
            if (!pipeline_.try_put(envelope.event, acked))
                co_await pipeline_.put(std::move(envelope.event), std::move(acked));
        }
        socket_ = nullptr;
    }

private:
    PipelineOptions options() {
        PipelineOptions options;
        options.clock = wall_clock;
        options.events.commit_failed = [](const Error& error) { throw std::runtime_error(error.what); };
        options.events.committed = [this](const Committed& committed, std::size_t) {
            ++batches_;
            quarantined_ += committed.quarantined;
        };
        return options;
    }

    static std::unique_ptr<Store> open(const WorkFolder& folder) {
        SqliteOptions options;
        options.path = folder.path() / "rapport.db";
        Result<std::unique_ptr<Store>> opened = open_sqlite(options);
        if (!opened) throw std::runtime_error(opened.error().what);
        return std::move(*opened);
    }

    void acknowledge(const std::string& id) {
        if (socket_) socket_->try_send(R"({"envelope_id":")" + id + R"("})");
        if (++acked_ == settings_.warm_up) {
            cpu_ = process_cpu();
            batches_ = 0;
        }
        if (acked_ == settings_.warm_up + settings_.events) done_.cancel();
    }

    asio::awaitable<void> measured() {
        co_await done_.async_wait(asio::as_tuple(asio::use_awaitable));
        co_await pipeline_.idle();
        report();
        while (socket_) {  // the generator still reads its last answers
            asio::steady_timer pause{io_, std::chrono::milliseconds{5}};
            co_await pause.async_wait(asio::use_awaitable);
        }
    }

    void report() {
        auto counts = store_->counts();
        const json::object figures{
            {"cpu", (process_cpu() - cpu_) / double(settings_.events)},
            {"events a batch", double(settings_.events) / double(batches_)},
            {"resident MB", resident_mb()},
            {"messages", counts->messages},
            {"persons", counts->persons},
            {"alerts", counts->alerts},
            {"cards shown", desk_.cards},
            {"quarantined", quarantined_},
        };
        fmt::print("{}\n", json::serialize(figures));
        std::fflush(stdout);
    }

    asio::awaitable<void> main() { co_await (server_.run() || pipeline_.run() || measured()); }

    const Settings& settings_;
    WorkFolder folder_;
    asio::io_context io_{1};
    asio::thread_pool store_thread_{1};
    Engine engine_;
    std::unique_ptr<Store> store_;
    CountingDesk desk_{};
    Pipeline pipeline_;
    net::Server server_;
    asio::steady_timer done_;
    net::WebSocket* socket_ = nullptr;
    std::uint64_t acked_ = 0;
    std::uint64_t batches_ = 0;
    std::uint64_t quarantined_ = 0;
    double cpu_ = 0;
};

}  // namespace

void serve_product(const Settings& settings) {
    Product{settings}.run();
}

}  // namespace rapport::bench
