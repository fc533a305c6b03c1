#pragma once

// One header for Catch2 2 (Debian 12) and 3 (Debian 13).
#if __has_include(<catch2/catch_test_macros.hpp>)
#include <catch2/catch_approx.hpp>
#include <catch2/catch_message.hpp>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators_all.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
using Catch::Approx;
using Catch::Matchers::ContainsSubstring;
#else
#include <catch2/catch.hpp>
/// Catch2 3's name for what Catch2 2 calls Contains.
inline auto ContainsSubstring(const std::string& text) {
    return Catch::Matchers::Contains(text);
}
#endif

#include <iostream>

#include <boost/system/result.hpp>

namespace Catch {
/// Lets CHECK(result) compile for any result: a failure is shown by its words.
template <class T, class E>
struct StringMaker<boost::system::result<T, E>> {
    static std::string convert(const boost::system::result<T, E>& result) {
        if (result.has_value()) return "a value";
        if constexpr (requires { result.error().what; }) return "the error \"" + result.error().what + "\"";
        return "an error";
    }
};
}  // namespace Catch

/// Ends a test that truly cannot run here, with the reason that `./test` prints.
#define RAPPORT_SKIP(reason)                          \
    do {                                              \
        std::cout << "SKIPPED: " << (reason) << '\n'; \
        return;                                       \
    } while (false)
