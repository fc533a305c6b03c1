#include "bot/cli/declare.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <cstdlib>

namespace rapport::cli {

std::string examples(const std::string& lines) {
    return "Examples:\n" + lines;
}

CLI::Validator whole_number(std::int64_t least, std::int64_t most, const std::string& what) {
    return CLI::Validator{
        [=](const std::string& given) -> std::string {
            std::int64_t number = 0;
            const char* end = given.data() + given.size();
            const auto read = std::from_chars(given.data(), end, number);
            if (read.ec == std::errc{} && read.ptr == end && number >= least && number <= most) return {};
            return fmt::format("\"{}\" is not {}", given, what);
        },
        ""};
}

CLI::Validator how_fast() {
    return CLI::Validator{[](const std::string& given) -> std::string {
                              char* end = nullptr;
                              const double times = std::strtod(given.c_str(), &end);
                              if (!given.empty() && *end == 0 && std::isfinite(times) && times >= 0)
                                  return {};
                              return fmt::format("\"{}\" is not a number from 0, such as 60 or 0.5", given);
                          },
                          ""};
}

CLI::Validator yes_or_no() {
    return CLI::Validator{[](const std::string& given) -> std::string {
                              if (given == "yes" || given == "no") return {};
                              return fmt::format("\"{}\" is neither yes nor no", given);
                          },
                          ""};
}

}  // namespace rapport::cli
