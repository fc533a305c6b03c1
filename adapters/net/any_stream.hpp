#pragma once

#include <algorithm>
#include <array>
#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/bind_handler.hpp>
#include <boost/beast/core/role.hpp>
#include <chrono>
#include <memory>
#include <string>
#include <utility>

#include "adapters/net/byte_stream.hpp"

namespace rapport::net {

/// The face of a `ByteStream` that Beast sees: the only stream type it is instantiated with in this program.
/// Adds gathered reads (a large buffer, so that many small frames cost one system call), gathered writes, and
/// a deadline.
class AnyStream {
public:
    using executor_type = boost::asio::any_io_executor;

    explicit AnyStream(std::unique_ptr<ByteStream> stream)
        : core_(std::make_shared<Core>(std::move(stream))) {}

    executor_type get_executor() noexcept { return core_->stream->get_executor(); }

    void close() noexcept {
        core_->deadline.cancel();
        core_->stream->close();
    }

    /// Closes the stream after that time, unless a later call moves the deadline.
    void expires_after(std::chrono::milliseconds limit) {
        core_->deadline.expires_after(limit);
        core_->deadline.async_wait([core = std::weak_ptr<Core>{core_}](error_code ec) {
            const auto alive = core.lock();
            // The deadline may have been moved after this wait was already due.
            if (ec || !alive || alive->deadline.expiry() > std::chrono::steady_clock::now()) return;
            alive->expired = true;
            alive->stream->close();
        });
    }
    void expires_never() { core_->deadline.expires_at(std::chrono::steady_clock::time_point::max()); }
    /// Whether the deadline has closed the stream.
    bool expired() const noexcept { return core_->expired; }

    /// See `ByteStream::quiet`.
    bool quiet() const noexcept { return core_->in_at == core_->in.size() && core_->stream->quiet(); }

    /// While on, writes are only collected; the first write after it sends all. See `WebSocket::Impl::pump`.
    void gather(bool on) noexcept { core_->gathering = on; }
    std::size_t gathered() const noexcept { return core_->out.size(); }

    /// Reads begun so far. One is begun when another has ended: the number grows as long as the other side
    /// speaks.
    std::uint64_t reads() const noexcept { return core_->reads; }

    /// While on, what is there already is read, and what is only gathered is written, without a turn of the
    /// executor: the handler is called before `async_...` returns. Only for callers that can take that; most
    /// cannot.
    void at_once(bool on) noexcept { core_->at_once = on; }

    /// Gives back bytes that were read too far; they are read again first.
    template <class Buffers>
    void unread(const Buffers& buffers) {
        core_->in.resize(boost::asio::buffer_size(buffers));
        boost::asio::buffer_copy(boost::asio::buffer(core_->in), buffers);
        core_->in_at = 0;
    }

    template <class Buffers, class Token>
    auto async_read_some(const Buffers& buffers, Token&& token) {
        return boost::asio::async_initiate<Token, void(error_code, std::size_t)>(
            [](auto handler, std::shared_ptr<Core> core, boost::asio::mutable_buffer into) {
                read(std::move(core), into, std::move(handler));
            },
            token, core_, first<boost::asio::mutable_buffer>(buffers));
    }

    template <class Buffers, class Token>
    auto async_write_some(const Buffers& buffers, Token&& token) {
        return boost::asio::async_initiate<Token, void(error_code, std::size_t)>(
            [](auto handler, std::shared_ptr<Core> core, const Buffers& from) {
                write(std::move(core), from, std::move(handler));
            },
            token, core_, buffers);
    }

    /// Sends what was gathered.
    template <class Handler>
    void flush(Handler done) {
        core_->gathering = false;
        send_all(core_, 0, 0, std::move(done));
    }

private:
    static constexpr std::size_t read_size = 16 * 1024;
    static constexpr std::size_t join_size = 16 * 1024;  ///< Smaller writes are copied together.

    struct Core {
        explicit Core(std::unique_ptr<ByteStream> s)
            : stream(std::move(s)), deadline(stream->get_executor()) {}
        std::unique_ptr<ByteStream> stream;
        boost::asio::steady_timer deadline;
        bool expired = false;
        bool gathering = false;
        bool at_once = false;
        int nested = 0;  ///< Handlers called at once inside one another.
        std::uint64_t reads = 0;
        std::string in{};  ///< Read, from `in_at` on not yet taken.
        std::size_t in_at = 0;
        std::string out{};  ///< Gathered, not yet sent.
    };

    /// Handlers called at once inside one another, before the stack gets a rest.
    static constexpr int most_nested = 16;

    /// Calls the handler of something that needs no waiting.
    template <class Handler>
    static void complete(const std::shared_ptr<Core>& core, Handler handler, std::size_t n) {
        if (!core->at_once || core->nested >= most_nested) {
            boost::asio::post(core->stream->get_executor(),
                              boost::beast::bind_front_handler(std::move(handler), error_code{}, n));
            return;
        }
        ++core->nested;
        std::move(handler)(error_code{}, n);
        --core->nested;
    }

    template <class Handler>
    static void read(std::shared_ptr<Core> core, boost::asio::mutable_buffer into, Handler handler) {
        ++core->reads;
        if (core->in_at < core->in.size()) {
            const std::size_t n = take(*core, into);
            complete(core, std::move(handler), n);
            return;
        }
        if (into.size() >= read_size || into.size() == 0) {
            core->stream->read_some(into, std::move(handler));
            return;
        }
        core->in.resize(read_size);
        const auto slot = boost::asio::get_associated_cancellation_slot(handler);
        const boost::asio::mutable_buffer room{core->in.data(), core->in.size()};
        auto& stream = *core->stream;
        stream.read_some(room, boost::asio::bind_cancellation_slot(
                                   slot, [core = std::move(core), into, handler = std::move(handler)](
                                             error_code ec, std::size_t n) mutable {
                                       core->in.resize(n);
                                       core->in_at = 0;
                                       const std::size_t taken = take(*core, into);
                                       std::move(handler)(ec, taken);
                                   }));
    }

    static std::size_t take(Core& core, boost::asio::mutable_buffer into) {
        const std::size_t n = std::min(into.size(), core.in.size() - core.in_at);
        std::copy_n(core.in.data() + core.in_at, n, static_cast<char*>(into.data()));
        core.in_at += n;
        return n;
    }

    template <class Buffers, class Handler>
    static void write(std::shared_ptr<Core> core, const Buffers& from, Handler handler) {
        const std::size_t total = boost::asio::buffer_size(from);
        const auto only = first<boost::asio::const_buffer>(from);
        const bool direct =
            core->out.empty() && !core->gathering && (only.size() == total || total > join_size);
        if (direct) {
            core->stream->write_some(only, std::move(handler));
            return;
        }
        const std::size_t before = core->out.size();
        core->out.resize(before + total);
        boost::asio::buffer_copy(boost::asio::buffer(core->out.data() + before, total), from);
        if (core->gathering) {
            complete(core, std::move(handler), total);
            return;
        }
        send_all(std::move(core), 0, total, std::move(handler));
    }

    /// Writes all of `out` and reports `total`, the part of it that the caller asked for.
    template <class Handler>
    static void send_all(std::shared_ptr<Core> core, std::size_t at, std::size_t total, Handler handler) {
        if (at == core->out.size()) {
            core->out.clear();
            std::move(handler)(error_code{}, total);
            return;
        }
        const auto slot = boost::asio::get_associated_cancellation_slot(handler);
        const boost::asio::const_buffer rest{core->out.data() + at, core->out.size() - at};
        auto& stream = *core->stream;
        stream.write_some(rest, boost::asio::bind_cancellation_slot(
                                    slot, [core = std::move(core), at, total, handler = std::move(handler)](
                                              error_code ec, std::size_t n) mutable {
                                        if (ec) return std::move(handler)(ec, 0);
                                        send_all(std::move(core), at + n, total, std::move(handler));
                                    }));
    }

    template <class Buffer, class Buffers>
    static Buffer first(const Buffers& buffers) {
        const auto end = boost::asio::buffer_sequence_end(buffers);
        for (auto it = boost::asio::buffer_sequence_begin(buffers); it != end; ++it) {
            if (const Buffer buffer{*it}; buffer.size() != 0) return buffer;
        }
        return {};
    }

    std::shared_ptr<Core> core_;
};

/// How Beast cuts a connection whose time is over.
inline void beast_close_socket(AnyStream& stream) {
    stream.close();
}

/// How Beast ends a WebSocket's connection after the closing handshake.
template <class Handler>
void async_teardown(boost::beast::role_type, AnyStream& stream, Handler&& handler) {
    stream.flush([stream, handler = std::forward<Handler>(handler)](error_code, std::size_t) mutable {
        stream.close();
        const auto executor = stream.get_executor();
        boost::asio::post(executor, boost::beast::bind_front_handler(std::move(handler), error_code{}));
    });
}
inline void teardown(boost::beast::role_type, AnyStream& stream, error_code& ec) {
    stream.close();
    ec = {};
}

}  // namespace rapport::net
