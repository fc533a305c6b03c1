#pragma once

#include <span>

#include "bot/store/sqlite/statement.hpp"

namespace rapport::sqlite {

/// "RAPP" in the file's header: whose database it is (`file` and `PRAGMA application_id` show it).
inline constexpr std::int64_t application_id = 0x52415050;

/// One step of the schema. Released steps never change; a new one is added at the end.
struct Migration {
    const char* what;
    const char* sql;
};

/// All steps so far; a database of version N has had the first N.
std::span<const Migration> migrations();

/// Throws SqliteError with words if the file belongs to another program or to a newer Rapport. Writes
/// nothing.
void check_ownership(Connection& connection, std::size_t known_version);

/// Brings the schema to the last of `steps`, each in a transaction of its own. Throws SqliteError.
void migrate(Connection& connection, std::span<const Migration> steps);

}  // namespace rapport::sqlite
