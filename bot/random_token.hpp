#pragma once

#include <fmt/format.h>

#include <cstdint>
#include <random>
#include <string>

namespace rapport {

/// 128 random bits in hexadecimal, from the system.
inline std::string random_token() {
    std::random_device device;
    std::string token;
    for (int i = 0; i < 4; ++i) token += fmt::format("{:08x}", std::uint32_t(device()));
    return token;
}

}  // namespace rapport
