#include "bot/cli/desk_token.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>

#include "bot/cli/context.hpp"

namespace rapport::cli {

std::optional<std::string> desk_token(const std::string& file) {
    if (file.empty()) {
        const char* token = std::getenv("RAPPORT_DESK_TOKEN");
        if (!token || !*token) return std::nullopt;
        return token;
    }
    struct stat about{};
    if (::stat(file.c_str(), &about) != 0)
        throw Stop(Exit::failed, fmt::format("{} cannot be read ({}).", file, std::strerror(errno)));
    if ((about.st_mode & 077) != 0)
        throw Stop(Exit::failed,
                   fmt::format("Others can read {}, so it is no secret. Run `chmod 600 {}`.", file, file));
    std::string token;
    std::getline(std::ifstream{file}, token);
    if (token.empty()) throw Stop(Exit::failed, fmt::format("{} holds no token in its first line.", file));
    return token;
}

}  // namespace rapport::cli
