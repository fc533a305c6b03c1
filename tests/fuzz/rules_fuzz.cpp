// libFuzzer target for rules files: clang++-19 -fsanitize=fuzzer,address. Seeds: config/rules.yaml.
#include <cstddef>
#include <cstdint>

#include "fuzz/rules_input.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    rapport::rules::try_rules_input({reinterpret_cast<const char*>(data), size});
    return 0;
}
