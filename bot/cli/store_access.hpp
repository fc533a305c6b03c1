#pragma once

// How commands get at the files and the store, with words for a person when they cannot.

#include <memory>
#include <string>

#include "bot/alerts/world.hpp"
#include "bot/cli/context.hpp"
#include "bot/store/store.hpp"

namespace rapport::cli {

/// The three files. Stop with all their mistakes if there are any.
std::shared_ptr<const World> must_load_world(const Context& context);

/// Path of the store, by --store or by rapport.yaml. Stop if rapport.yaml is needed and cannot be read.
std::string store_file(const Context& context);

/// Opens the store at `store_file` for reading; beside a running Rapport as well. Stop if there is none.
std::unique_ptr<Store> must_open_for_reading(const Context& context);

/// Whether a running program holds the store at `path` for writing.
bool someone_writes(const std::string& path);

}  // namespace rapport::cli
