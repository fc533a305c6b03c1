#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <stdlib.h>
#include <unistd.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>
#include <cstdio>
#include <filesystem>
#include <string>

#include "adapters/net/client.hpp"
#include "support/catch.hpp"
#include "unit/net/loop.hpp"

using namespace rapport;
using namespace rapport::test;
namespace fs = std::filesystem;

namespace {

/// A certificate for that name, signed by itself, with its key, in a folder that goes with this object.
struct Identity {
    explicit Identity(const std::string& subject_alternative_name) {
        std::string pattern = (fs::temp_directory_path() / "rapport-tls-XXXXXX").string();
        folder = mkdtemp(pattern.data());
        EVP_PKEY* pair = EVP_EC_gen("P-256");
        X509* made = X509_new();
        X509_set_version(made, 2);
        ASN1_INTEGER_set(X509_get_serialNumber(made), 1);
        X509_gmtime_adj(X509_getm_notBefore(made), -60);
        X509_gmtime_adj(X509_getm_notAfter(made), 3600);
        X509_set_pubkey(made, pair);
        X509_NAME* name = X509_get_subject_name(made);
        X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>("test"),
                                   -1, -1, 0);
        X509_set_issuer_name(made, name);
        X509_EXTENSION* names =
            X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, subject_alternative_name.c_str());
        X509_add_ext(made, names, -1);
        X509_sign(made, pair, EVP_sha256());
        write(certificate(), [&](FILE* file) { PEM_write_X509(file, made); });
        write(key(),
              [&](FILE* file) { PEM_write_PrivateKey(file, pair, nullptr, nullptr, 0, nullptr, nullptr); });
        X509_EXTENSION_free(names);
        X509_free(made);
        EVP_PKEY_free(pair);
    }
    ~Identity() {
        std::error_code ignored;
        fs::remove_all(folder, ignored);
    }
    Identity(const Identity&) = delete;
    Identity& operator=(const Identity&) = delete;

    std::string certificate() const { return (folder / "certificate.pem").string(); }
    std::string key() const { return (folder / "key.pem").string(); }

    fs::path folder{};

private:
    template <class Write>
    static void write(const std::string& path, Write how) {
        FILE* file = fopen(path.c_str(), "w");
        how(file);
        fclose(file);
    }
};

/// Answers every connection that shakes hands with the same few words.
awaitable<void> serve(asio::ip::tcp::acceptor& acceptor, asio::ssl::context& context) {
    constexpr auto tuple = asio::as_tuple(asio::use_awaitable);
    for (;;) {
        asio::ip::tcp::socket socket = co_await acceptor.async_accept(asio::use_awaitable);
        asio::ssl::stream<asio::ip::tcp::socket> stream{std::move(socket), context};
        const auto [refused] = co_await stream.async_handshake(asio::ssl::stream_base::server, tuple);
        if (refused) continue;
        std::string request(4096, '\0');
        auto room = asio::buffer(request);
        const auto [ec, n] = co_await stream.async_read_some(room, tuple);
        if (ec || n == 0) continue;
        const std::string answer = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecret";
        const auto [unsent, sent] = co_await asio::async_write(stream, asio::buffer(answer), tuple);
        if (unsent || sent != answer.size()) throw std::runtime_error("the TLS server could not answer");
    }
}

template <class Body>
void with_tls_server(const std::string& name, Body body) {
    const Identity identity{name};
    asio::ssl::context context{asio::ssl::context::tls_server};
    context.use_certificate_chain_file(identity.certificate());
    context.use_private_key_file(identity.key(), asio::ssl::context::pem);
    run([](asio::ssl::context& server, const Identity& who, Body b) -> awaitable<void> {
        asio::ip::tcp::acceptor acceptor{co_await asio::this_coro::executor,
                                         {asio::ip::address_v4::loopback(), 0}};
        const std::string port = std::to_string(acceptor.local_endpoint().port());
        co_await beside(serve(acceptor, server), b(who, port));
    }(context, identity, std::move(body)));
}

awaitable<Result<net::Response>> get(std::string url, net::TlsContext& trust) {
    net::ClientOptions options;
    options.tls = &trust;
    options.connect = 5s;
    co_return co_await net::fetch(url, {}, options);
}

}  // namespace

TEST_CASE("a TLS server that is who it says is talked to, by name and by address") {
    with_tls_server("DNS:localhost,IP:127.0.0.1",
                    [](const Identity& who, std::string port) -> awaitable<void> {
                        Result<net::TlsContext> trust = net::TlsContext::authorities(who.certificate());
                        REQUIRE(trust);
                        for (const char* host : {"127.0.0.1", "localhost"}) {
                            const Result<net::Response> response =
                                co_await get("https://" + std::string{host} + ":" + port, *trust);
                            REQUIRE(response);
                            CHECK(response->body == "secret");
                        }
                    });
}

TEST_CASE("a TLS server with another name, or that nobody vouches for, gets not one byte") {
    with_tls_server("DNS:elsewhere.example", [](const Identity& who, std::string port) -> awaitable<void> {
        Result<net::TlsContext> trust = net::TlsContext::authorities(who.certificate());
        REQUIRE(trust);
        const Result<net::Response> other_name = co_await get("https://127.0.0.1:" + port, *trust);
        REQUIRE_FALSE(other_name);
        CHECK_THAT(other_name.error().what, ContainsSubstring("no secure connection to 127.0.0.1"));
    });
    with_tls_server("IP:127.0.0.1", [](const Identity&, std::string port) -> awaitable<void> {
        const Identity stranger{"IP:127.0.0.1"};
        Result<net::TlsContext> trust = net::TlsContext::authorities(stranger.certificate());
        REQUIRE(trust);
        const Result<net::Response> unknown = co_await get("https://127.0.0.1:" + port, *trust);
        CHECK_FALSE(unknown);
    });
    CHECK_FALSE(net::TlsContext::authorities("/nonexistent.pem"));
}
