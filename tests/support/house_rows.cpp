// Every row of every table, as text.

#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <functional>
#include <set>
#include <stdexcept>

#include "support/house.hpp"

namespace rapport::test {

namespace {

void each_row(sqlite3* db, const std::string& sql, const std::function<void(sqlite3_stmt*)>& take) {
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(db, sql.c_str(), -1, &statement, nullptr) != SQLITE_OK)
        throw std::runtime_error(sqlite3_errmsg(db));
    while (sqlite3_step(statement) == SQLITE_ROW) take(statement);
    sqlite3_finalize(statement);
}

/// A key that each store draws by lot, and what is hashed with it.
const std::set<std::string> by_lot{"world.erased_key", "claims.hash", "erased.hash"};

/// The value as SQL would write it; bytes in hexadecimal digits.
std::string written(sqlite3_stmt* row, int column) {
    const auto size = std::size_t(sqlite3_column_bytes(row, column));
    if (sqlite3_column_type(row, column) == SQLITE_BLOB) {
        const auto* bytes = static_cast<const unsigned char*>(sqlite3_column_blob(row, column));
        std::string text;
        for (std::size_t i = 0; i < size; ++i) text += fmt::format("{:02x}", bytes[i]);
        return text;
    }
    const auto* text = sqlite3_column_text(row, column);
    return text ? std::string(reinterpret_cast<const char*>(text), size) : "NULL";
}

}  // namespace

std::vector<std::string> PlainHouse::all_rows() {
    committer_.reset();
    store_.reset();
    std::vector<std::string> rows = rows_of_closed();
    open();
    return rows;
}

std::vector<std::string> PlainHouse::rows_of_closed() {
    sqlite3* db = nullptr;
    if (sqlite3_open_v2("rapport.db", &db, SQLITE_OPEN_READWRITE, disk_.vfs().c_str()) != SQLITE_OK)
        throw std::runtime_error("the disk cannot be read");
    std::vector<std::string> tables;
    std::vector<std::string> rows;
    each_row(db, "PRAGMA locking_mode = EXCLUSIVE", [](sqlite3_stmt*) {});
    each_row(db, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
             [&](sqlite3_stmt* row) { tables.push_back(written(row, 0)); });
    for (const std::string& table : tables)
        each_row(db, "SELECT * FROM " + table, [&](sqlite3_stmt* row) {
            std::string line = table;
            for (int column = 0; column < sqlite3_column_count(row); ++column)
                if (!by_lot.contains(fmt::format("{}.{}", table, sqlite3_column_name(row, column))))
                    line += fmt::format(" {}={}", sqlite3_column_name(row, column), written(row, column));
            rows.push_back(std::move(line));
        });
    sqlite3_close(db);
    std::sort(rows.begin(), rows.end());
    return rows;
}

}  // namespace rapport::test
