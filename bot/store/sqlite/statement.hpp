#pragma once

// SQLite with lifetimes: a connection, prepared statements that live as long as it does, a transaction that
// rolls back by itself. Inside this folder a failure is a `SqliteError`; the store's face turns it into a
// `Result`.

#include <sqlite3.h>

#include <concepts>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>

#include "adapters/event.hpp"

namespace rapport::sqlite {

/// What SQLite answered instead of doing it.
class SqliteError : public std::runtime_error {
public:
    SqliteError(int code, const std::string& words) : std::runtime_error(words), code_(code) {}
    /// SQLite's extended result code.
    int code() const noexcept { return code_; }
    /// The same without the extension: SQLITE_FULL, SQLITE_IOERR, ...
    int primary_code() const noexcept { return code_ & 0xff; }

private:
    int code_;
};

/// One connection to one database file. Not thread-safe: one thread at a time.
class Connection {
public:
    /// Throws SqliteError. `vfs` empty: the system's.
    Connection(const std::string& uri, int flags, const std::string& vfs);
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    sqlite3* handle() const noexcept { return handle_; }
    /// Runs statements that give nothing back. Throws SqliteError.
    void execute(const std::string& sql);
    /// The first column of the first row; 0 if there is none. Throws SqliteError.
    std::int64_t number(const std::string& sql);
    /// Throws what the connection says of `code`.
    [[noreturn]] void fail(int code) const;

private:
    sqlite3* handle_ = nullptr;
};

/// A value that is bound as BLOB.
struct Blob {
    std::string_view bytes{};
};

class Statement;

/// A statement that runs. Resets it at the end, so that no read transaction stays open behind one's back.
class Rows {
public:
    explicit Rows(Statement& statement) : statement_(statement) {}
    ~Rows();
    Rows(const Rows&) = delete;
    Rows& operator=(const Rows&) = delete;

    /// Goes to the next row; false after the last one. Throws SqliteError.
    bool next();
    std::int64_t integer(int column) const;
    double real(int column) const;
    /// Valid until `next`.
    std::string_view text(int column) const;
    /// Valid until `next`.
    std::string_view blob(int column) const;
    Time time(int column) const { return Time{std::chrono::milliseconds{integer(column)}}; }
    template <class Id>
    Id id(int column) const {
        return Id(integer(column));
    }
    std::string string(int column) const { return std::string(text(column)); }

private:
    Statement& statement_;
};

/// A prepared statement, prepared at its first use and kept. Must not outlive its connection.
class Statement {
public:
    /// `sql` must be a literal (or live as long as the statement).
    Statement(Connection& connection, const char* sql) : connection_(connection), sql_(sql) {}
    ~Statement() { sqlite3_finalize(handle_); }
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;

    /// Binds ?1, ?2, ... Texts and blobs are not copied: they must live as long as the rows are read.
    template <class... Values>
    [[nodiscard]] Rows with(const Values&... values) {
        prepare();
        int at = 0;
        (bind(++at, values), ...);
        return Rows{*this};
    }
    /// Binds and runs to the end. Returns how many rows were changed.
    template <class... Values>
    int run(const Values&... values) {
        Rows rows = with(values...);
        while (rows.next()) {
        }
        return sqlite3_changes(connection_.handle());
    }

private:
    friend class Rows;
    void prepare();
    void check(int code) const {
        if (code != SQLITE_OK) connection_.fail(code);
    }
    template <class Value>
        requires std::integral<Value> || std::is_enum_v<Value>
    void bind(int at, Value value) {
        check(sqlite3_bind_int64(handle_, at, std::int64_t(value)));
    }
    void bind(int at, double value) { check(sqlite3_bind_double(handle_, at, value)); }
    void bind(int at, Time value) { bind(at, value.time_since_epoch().count()); }
    void bind(int at, std::string_view text) {
        check(
            sqlite3_bind_text(handle_, at, text.data() ? text.data() : "", int(text.size()), SQLITE_STATIC));
    }
    void bind(int at, Blob blob) {
        check(sqlite3_bind_blob(handle_, at, blob.bytes.data() ? blob.bytes.data() : "",
                                int(blob.bytes.size()), SQLITE_STATIC));
    }

    Connection& connection_;
    const char* sql_;
    sqlite3_stmt* handle_ = nullptr;
};

/// All or nothing: rolls back unless committed.
class Transaction {
public:
    explicit Transaction(Connection& connection) : connection_(connection) {
        connection_.execute("BEGIN IMMEDIATE");
    }
    ~Transaction();
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    void commit() {
        connection_.execute("COMMIT");
        committed_ = true;
    }

private:
    Connection& connection_;
    bool committed_ = false;
};

}  // namespace rapport::sqlite
