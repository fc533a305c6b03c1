// The yardstick: the shortest program for the plain job that we could write. One thread, one connection,
// blocking calls; WebSocket frames and JSON by hand; persons cached; SQLite with a transaction for all that
// one read brought. It has no reconnects, no conversations, no ties, no life of an alert: it is not a
// product.

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/evp.h>
#include <sqlite3.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <cstdio>
#include <cstring>
#include <stdexcept>
#include <unordered_map>

#include "bench/bench.hpp"
#include "bench/json_scan.hpp"
#include "bench/usage.hpp"

namespace rapport::bench {

namespace {

struct Plain {
    std::string envelope{}, channel{}, user{}, ts{}, text{}, thread{};
};

/// False: not an envelope with a message.
bool decode(std::string_view json, Plain& out) {
    JsonScan scan{json};
    const auto event = [&](std::string_view name) {
        if (name == "channel") return scan.string(out.channel);
        if (name == "user") return scan.string(out.user);
        if (name == "ts") return scan.string(out.ts);
        if (name == "text") return scan.string(out.text);
        if (name == "thread_ts") return scan.string(out.thread);
        scan.skip();
    };
    const auto payload = [&](std::string_view name) { name == "event" ? scan.object(event) : scan.skip(); };
    out.thread.clear();
    scan.object([&](std::string_view name) {
        if (name == "envelope_id") return scan.string(out.envelope);
        name == "payload" ? scan.object(payload) : scan.skip();
    });
    return scan.at_end() && !out.ts.empty();
}

/// Ten conditions on what there is; only the first raises alerts.
int check(const Plain& said, std::int64_t messages) {
    const std::string_view text{said.text};
    const auto has = [&](std::string_view words) { return text.find(words) != text.npos; };
    if (has(alarm_text)) return 1;
    if (has("journalist")) return 2;
    if (has("my lawyer")) return 3;
    if (has("Acme") && text.ends_with('?')) return 4;
    if (messages == 1 && said.channel == "help-newcomers") return 5;
    if (text.size() > 2000 && messages > 100) return 6;
    if (said.user == "U0BRAND001") return 7;
    if (!said.thread.empty() && has("press enquiry")) return 8;
    if (messages > 1000 && has("cancel")) return 9;
    if (said.channel == "C0URGENT" && text.ends_with('!')) return 10;
    return 0;
}

class Database {
public:
    explicit Database(const std::string& path) {
        ok(sqlite3_open_v2(path.c_str(), &handle_,
                           SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr));
        run(R"(PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -65536;
            PRAGMA wal_autocheckpoint = 8192;
            CREATE TABLE person (id INTEGER PRIMARY KEY, native TEXT, messages INTEGER, last INTEGER) STRICT;
            CREATE TABLE message (id INTEGER PRIMARY KEY, channel TEXT, ts TEXT, person INTEGER, thread TEXT,
                                  text TEXT) STRICT;
            CREATE UNIQUE INDEX message_key ON message (ts, channel);
            CREATE TABLE alert (id INTEGER PRIMARY KEY, message INTEGER, rule INTEGER) STRICT;)");
        message_ =
            prepare("INSERT OR IGNORE INTO message (channel, ts, person, thread, text) VALUES (?,?,?,?,?)");
        person_ = prepare("INSERT OR REPLACE INTO person (id, native, messages, last) VALUES (?,?,?,?)");
        alert_ = prepare("INSERT INTO alert (message, rule) VALUES (?,?)");
        begin_ = prepare("BEGIN IMMEDIATE");
        commit_ = prepare("COMMIT");
    }
    ~Database() {
        for (sqlite3_stmt* one : {message_, person_, alert_, begin_, commit_}) sqlite3_finalize(one);
        sqlite3_close_v2(handle_);
    }
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    void begin() { step(begin_); }
    void commit() {
        for (Person* one : changed_) save(*one);
        changed_.clear();
        step(commit_);
    }

    /// The rule that raised an alert about it; 0: none, or heard before.
    int take(const Plain& said) {
        const auto [at, is_new] = persons_.try_emplace(said.user);
        Person& person = at->second;
        if (is_new) {
            person.id = std::int64_t(persons_.size());
            person.native = &at->first;
        }
        text(message_, 1, said.channel);
        text(message_, 2, said.ts);
        sqlite3_bind_int64(message_, 3, person.id);
        text(message_, 4, said.thread);
        text(message_, 5, said.text);
        step(message_);
        if (sqlite3_changes(handle_) == 0) return 0;
        ++messages_;
        ++person.messages;
        person.last = messages_;
        if (!std::exchange(person.changed, true)) changed_.push_back(&person);
        const int rule = check(said, person.messages);
        if (rule == 0) return 0;
        sqlite3_bind_int64(alert_, 1, sqlite3_last_insert_rowid(handle_));
        sqlite3_bind_int64(alert_, 2, rule);
        step(alert_);
        ++alerts_;
        return rule;
    }

    std::int64_t messages() const { return messages_; }
    std::int64_t alerts() const { return alerts_; }
    std::size_t persons() const { return persons_.size(); }

private:
    struct Person {
        std::int64_t id = 0, messages = 0, last = 0;
        const std::string* native = nullptr;
        bool changed = false;
    };
    void ok(int code) const {
        if (code != SQLITE_OK) throw std::runtime_error(sqlite3_errmsg(handle_));
    }
    void run(const char* sql) { ok(sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr)); }
    sqlite3_stmt* prepare(const char* sql) {
        sqlite3_stmt* statement = nullptr;
        ok(sqlite3_prepare_v3(handle_, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr));
        return statement;
    }
    void step(sqlite3_stmt* statement) {
        const int code = sqlite3_step(statement);
        sqlite3_reset(statement);
        if (code != SQLITE_DONE) throw std::runtime_error(sqlite3_errmsg(handle_));
    }
    static void text(sqlite3_stmt* statement, int at, const std::string& value) {
        sqlite3_bind_text(statement, at, value.data(), int(value.size()), SQLITE_STATIC);
    }
    void save(Person& person) {
        person.changed = false;
        sqlite3_bind_int64(person_, 1, person.id);
        text(person_, 2, *person.native);
        sqlite3_bind_int64(person_, 3, person.messages);
        sqlite3_bind_int64(person_, 4, person.last);
        step(person_);
    }

    sqlite3* handle_ = nullptr;
    sqlite3_stmt *message_, *person_, *alert_, *begin_, *commit_;
    std::unordered_map<std::string, Person> persons_{};
    std::vector<Person*> changed_{};
    std::int64_t messages_ = 0;
    std::int64_t alerts_ = 0;
};

/// A connected socket that speaks just enough WebSocket: unfragmented text frames, and the end.
class Wire {
public:
    Wire() : listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)), in_(1U << 20) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        must(::bind(listener_, reinterpret_cast<sockaddr*>(&address), size), "bind");
        must(::listen(listener_, 1), "listen");
        must(::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size), "getsockname");
        fmt::print("{}\n", ntohs(address.sin_port));
        std::fflush(stdout);
        socket_ = int(must(::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC), "accept"));
        const int on = 1;
        ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        upgrade();
    }
    ~Wire() {
        ::close(socket_);
        ::close(listener_);
    }
    Wire(const Wire&) = delete;
    Wire& operator=(const Wire&) = delete;

    /// Reads once and hands over each complete message; false at the end.
    template <class Take>
    bool read(Take take) {
        if (!fill()) return false;
        char* at = in_.data();
        char* const end = at + filled_;
        while (end - at >= 8) {
            std::size_t size = std::size_t(at[1] & 0x7f);
            char* body = at + 2;
            if (size == 126) {
                size = std::size_t(std::uint8_t(at[2])) << 8 | std::uint8_t(at[3]);
                body += 2;
            }
            if (size == 127 || (at[1] & 0x80) == 0)
                throw std::runtime_error("a frame that is not expected here");
            if (end - body < std::ptrdiff_t(size + 4)) break;
            if (at[0] == char(0x88)) return false;
            unmask(body, size);
            if (at[0] == char(0x81)) take(std::string_view{body + 4, size});
            at = body + 4 + size;
        }
        filled_ = std::size_t(end - at);
        std::memmove(in_.data(), at, filled_);
        return true;
    }

    void queue(std::string_view text) {
        out_ += char(0x81);
        out_ += char(text.size());
        out_ += text;
    }
    void flush() {
        for (std::size_t at = 0; at < out_.size();)
            at += must(::send(socket_, out_.data() + at, out_.size() - at, MSG_NOSIGNAL), "send");
        out_.clear();
    }

private:
    static std::size_t must(ssize_t result, const char* what) {
        if (result < 0) throw std::runtime_error(fmt::format("{}: {}", what, std::strerror(errno)));
        return std::size_t(result);
    }
    bool fill() {
        const std::size_t size = must(::recv(socket_, in_.data() + filled_, in_.size() - filled_, 0), "recv");
        filled_ += size;
        return size > 0;
    }
    static void unmask(char* body, std::size_t size) {
        std::uint32_t key = 0;
        std::memcpy(&key, body, 4);
        const std::uint64_t wide = std::uint64_t(key) << 32 | key;
        char* at = body + 4;
        for (; size >= 8; size -= 8, at += 8) {
            std::uint64_t bytes = 0;
            std::memcpy(&bytes, at, 8);
            bytes ^= wide;
            std::memcpy(at, &bytes, 8);
        }
        for (std::size_t i = 0; i < size; ++i) at[i] = char(at[i] ^ body[i % 4]);
    }
    void upgrade() {
        std::string_view head;
        do {
            if (!fill()) throw std::runtime_error("no request came");
            head = {in_.data(), filled_};
        } while (head.find("\r\n\r\n") == head.npos);
        constexpr std::string_view name = "Sec-WebSocket-Key: ";
        const std::size_t from = head.find(name) + name.size();
        std::string key{head.substr(from, head.find('\r', from) - from)};
        key += "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
        std::array<unsigned char, EVP_MAX_MD_SIZE> hash{};
        std::array<unsigned char, 64> base64{};
        EVP_Digest(key.data(), key.size(), hash.data(), nullptr, EVP_sha1(), nullptr);
        EVP_EncodeBlock(base64.data(), hash.data(), 20);
        out_ = fmt::format(
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            "Sec-WebSocket-Accept: {}\r\n\r\n",
            reinterpret_cast<const char*>(base64.data()));
        flush();
        filled_ = 0;
    }

    int listener_;
    int socket_ = -1;
    std::vector<char> in_;
    std::size_t filled_ = 0;
    std::string out_{};
};

}  // namespace

void serve_shortest(const Settings& settings) {
    const WorkFolder folder{settings};
    Database database{folder.path() / "shortest.db"};
    std::FILE* const channel = std::fopen("/dev/null", "w");  // where alerts are posted
    Wire wire;
    Plain said;
    std::uint64_t answered = 0, batches = 0;
    double cpu = 0;
    const auto take = [&](std::string_view json) {
        if (!decode(json, said)) throw std::runtime_error("not an envelope");
        if (const int rule = database.take(said))
            std::fprintf(channel, "rule %d: %s in %s: %s\n", rule, said.user.c_str(), said.channel.c_str(),
                         said.text.c_str());
        wire.queue(R"({"envelope_id":")" + said.envelope + R"("})");
        ++answered;
    };
    bool more = true;
    while (more) {
        const std::uint64_t before = answered;
        database.begin();
        more = wire.read(take);
        database.commit();
        wire.flush();
        std::fflush(channel);
        ++batches;
        if (before < settings.warm_up && answered >= settings.warm_up) {
            cpu = process_cpu();
            batches = 0;
        }
        if (before < settings.warm_up + settings.events && answered >= settings.warm_up + settings.events) {
            const boost::json::object figures{
                {"cpu", (process_cpu() - cpu) / double(settings.events)},
                {"events a batch", double(settings.events) / double(batches)},
                {"resident MB", resident_mb()},
                {"messages", database.messages()},
                {"persons", database.persons()},
                {"alerts", database.alerts()},
            };
            fmt::print("{}\n", boost::json::serialize(figures));
            std::fflush(stdout);
        }
    }
    std::fclose(channel);
}

}  // namespace rapport::bench
