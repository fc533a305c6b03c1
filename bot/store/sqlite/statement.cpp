#include "bot/store/sqlite/statement.hpp"

namespace rapport::sqlite {

Connection::Connection(const std::string& uri, int flags, const std::string& vfs) {
    const int code = sqlite3_open_v2(uri.c_str(), &handle_, flags, vfs.empty() ? nullptr : vfs.c_str());
    if (code == SQLITE_OK) {
        sqlite3_extended_result_codes(handle_, 1);
        return;
    }
    const int extended = handle_ ? sqlite3_extended_errcode(handle_) : code;
    const std::string words = handle_ ? sqlite3_errmsg(handle_) : sqlite3_errstr(code);
    sqlite3_close_v2(handle_);
    throw SqliteError(extended, words);
}

Connection::~Connection() {
    sqlite3_close_v2(handle_);
}

void Connection::execute(const std::string& sql) {
    const int code = sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) fail(code);
}

std::int64_t Connection::number(const std::string& sql) {
    Statement statement{*this, sql.c_str()};
    Rows rows = statement.with();
    return rows.next() ? rows.integer(0) : 0;
}

void Connection::fail(int code) const {
    throw SqliteError(code, sqlite3_errmsg(handle_));
}

Rows::~Rows() {
    sqlite3_reset(statement_.handle_);
}

bool Rows::next() {
    const int code = sqlite3_step(statement_.handle_);
    if (code == SQLITE_ROW) return true;
    if (code != SQLITE_DONE) statement_.connection_.fail(code);
    return false;
}

std::int64_t Rows::integer(int column) const {
    return sqlite3_column_int64(statement_.handle_, column);
}

double Rows::real(int column) const {
    return sqlite3_column_double(statement_.handle_, column);
}

std::string_view Rows::text(int column) const {
    const unsigned char* bytes = sqlite3_column_text(statement_.handle_, column);
    if (!bytes) return {};
    return {reinterpret_cast<const char*>(bytes),
            std::size_t(sqlite3_column_bytes(statement_.handle_, column))};
}

std::string_view Rows::blob(int column) const {
    const void* bytes = sqlite3_column_blob(statement_.handle_, column);
    if (!bytes) return {};
    return {static_cast<const char*>(bytes), std::size_t(sqlite3_column_bytes(statement_.handle_, column))};
}

void Statement::prepare() {
    if (handle_) return;
    check(sqlite3_prepare_v3(connection_.handle(), sql_, -1, SQLITE_PREPARE_PERSISTENT, &handle_, nullptr));
}

Transaction::~Transaction() {
    if (committed_ || sqlite3_get_autocommit(connection_.handle()))
        return;  // SQLite may have rolled back itself
    sqlite3_exec(connection_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
}

}  // namespace rapport::sqlite
