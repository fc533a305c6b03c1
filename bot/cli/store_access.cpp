#include "bot/cli/store_access.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <fstream>
#include <sstream>

#include "bot/config/load.hpp"

namespace rapport::cli {

namespace {

Config must_load_config(const Context& context) {
    const std::filesystem::path path = context.places.rapport_file();
    std::ifstream file{path, std::ios::binary};
    if (!file)
        throw Stop(Exit::failed,
                   fmt::format("{} cannot be read, and so it is not known where the store is. Name the "
                               "folder with --config, or the store with --store.",
                               path.string()));
    std::ostringstream text;
    text << file.rdbuf();
    Loaded<Config> loaded = load_config(text.str(), path.string());
    if (loaded.value) return std::move(*loaded.value);
    std::string words;
    for (const Problem& problem : loaded.problems) words += problem.text() + "\n";
    throw Stop(Exit::failed, words + "Mend it, or name the store with --store.");
}

}  // namespace

std::shared_ptr<const World> must_load_world(const Context& context) {
    LoadedWorld loaded = load_world(context.places);
    if (loaded.world) return std::move(loaded.world);
    throw Stop(Exit::failed, fmt::format("{}", fmt::join(loaded.problems, "\n")));
}

std::string store_file(const Context& context) {
    if (context.places.store) return context.places.store->string();
    return store_path(context.places, must_load_config(context));
}

std::unique_ptr<Store> must_open_for_reading(const Context& context) {
    SqliteOptions options;
    options.path = store_file(context);
    options.read_only = true;
    std::error_code ignored;
    if (!std::filesystem::exists(options.path, ignored))
        throw Stop(
            Exit::failed,
            fmt::format(
                "There is no store at {} yet. `rapport serve` makes one; or name another with --store.",
                options.path));
    return must(open_sqlite(options));
}

bool someone_writes(const std::string& path) {
    const int file = ::open((path + ".lock").c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) return false;
    const bool free = ::flock(file, LOCK_SH | LOCK_NB) == 0;
    ::close(file);
    return !free;
}

}  // namespace rapport::cli
