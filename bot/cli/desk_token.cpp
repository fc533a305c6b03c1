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

std::string site_secret() {
    constexpr std::size_t shortest = 16;
    const char* secret = std::getenv("RAPPORT_SITE_SECRET");
    if (!secret || !*secret) return {};
    if (std::strlen(secret) < shortest)
        throw Stop(Exit::failed,
                   fmt::format("RAPPORT_SITE_SECRET is too short to be a secret: it needs {} characters "
                               "or more. `openssl rand -hex 32` makes one.",
                               shortest));
    return secret;
}

}  // namespace rapport::cli
