#pragma once

#include <memory>
#include <span>

#include "bot/store/sqlite/schema.hpp"
#include "bot/store/sqlite/sqlite_store.hpp"

namespace rapport::sqlite {

/// Makes the folder of the database where it is missing.
Result<> prepare_folder(const std::string& path);

/// A connection that is set up for Rapport, with the schema brought up to `steps` if it may write. Throws
/// SqliteError; a file that is not ours is left as it is.
std::unique_ptr<Connection> connect(const SqliteOptions& options, std::span<const Migration> steps);

}  // namespace rapport::sqlite
