#include "bot/cli/files.hpp"

#include <fmt/format.h>

#include "bot/cli/context.hpp"

namespace rapport::cli {

std::ifstream opened(const std::filesystem::path& path) {
    std::ifstream file{path};
    if (!file)
        throw Stop(Exit::failed,
                   fmt::format("{} cannot be opened. Is it there, and may you read it?", path.string()));
    return file;
}

}  // namespace rapport::cli
