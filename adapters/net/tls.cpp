#include "adapters/net/tls.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "adapters/net/forward_slot.hpp"

namespace rapport::net {
namespace asio = boost::asio;

struct TlsContext::Impl {
    asio::ssl::context context{asio::ssl::context::tls_client};
};

namespace {

class TlsStream final : public ByteStream {
public:
    TlsStream(asio::ip::tcp::socket socket, asio::ssl::context& context)
        : stream(std::move(socket), context) {}

    asio::any_io_executor get_executor() noexcept override { return stream.get_executor(); }
    void read_some(asio::mutable_buffer into, Handler done) override {
        forward_slot(std::move(done), [&](auto token) { stream.async_read_some(into, std::move(token)); });
    }
    void write_some(asio::const_buffer from, Handler done) override {
        forward_slot(std::move(done), [&](auto token) { stream.async_write_some(from, std::move(token)); });
    }
    void close() noexcept override {
        error_code ignored;
        stream.next_layer().close(ignored);
    }
    /// Even a goodbye or a new session ticket is something sent: such a connection is not used again.
    bool quiet() noexcept override { return quiet_socket(stream.next_layer()); }

    asio::ssl::stream<asio::ip::tcp::socket> stream;
};

std::unique_ptr<TlsContext::Impl> verifying() {
    auto impl = std::make_unique<TlsContext::Impl>();
    impl->context.set_options(asio::ssl::context::default_workarounds | asio::ssl::context::no_tlsv1 |
                              asio::ssl::context::no_tlsv1_1);
    impl->context.set_verify_mode(asio::ssl::verify_peer);
    return impl;
}

}  // namespace

TlsContext::TlsContext(std::unique_ptr<Impl> impl) noexcept : impl_(std::move(impl)) {}
TlsContext::TlsContext(TlsContext&&) noexcept = default;
TlsContext& TlsContext::operator=(TlsContext&&) noexcept = default;
TlsContext::~TlsContext() = default;

Result<TlsContext> TlsContext::system() {
    auto impl = verifying();
    error_code ec;
    impl->context.set_default_verify_paths(ec);
    if (ec) {
        return Error{ErrorKind::rejected, "cannot read this machine's trusted certificates (" + ec.message() +
                                              "): install the package ca-certificates"};
    }
    return TlsContext{std::move(impl)};
}

Result<TlsContext> TlsContext::authorities(const std::string& pem_file) {
    auto impl = verifying();
    error_code ec;
    impl->context.load_verify_file(pem_file, ec);
    if (ec) {
        return Error{ErrorKind::rejected, "cannot read certificates from " + pem_file + ": " + ec.message()};
    }
    return TlsContext{std::move(impl)};
}

asio::awaitable<Result<std::unique_ptr<ByteStream>>> tls_client_stream(asio::ip::tcp::socket socket,
                                                                       TlsContext& context,
                                                                       std::string host) {
    auto tls = std::make_unique<TlsStream>(std::move(socket), context.impl().context);
    error_code numeric;
    asio::ip::make_address(host, numeric);
    // Server name indication is for names only (RFC 6066, section 3).
    if (numeric && SSL_set_tlsext_host_name(tls->stream.native_handle(), host.c_str()) != 1) {
        co_return Error{ErrorKind::rejected, "\"" + host + "\" is not a host name that TLS can ask for"};
    }
    tls->stream.set_verify_callback(asio::ssl::host_name_verification{host});
    const auto [ec] = co_await tls->stream.async_handshake(asio::ssl::stream_base::client,
                                                           asio::as_tuple(asio::use_awaitable));
    if (ec) {
        co_return Error{ErrorKind::transient,
                        "no secure connection to " + host + ": " + ec.message() +
                            " (is its certificate valid, and this machine's clock right?)"};
    }
    Result<std::unique_ptr<ByteStream>> stream{std::move(tls)};
    co_return stream;
}

}  // namespace rapport::net
