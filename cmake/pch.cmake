# Precompiled headers: a third of the time of a build from nothing. Each set is compiled once and shared:
#
#   std        the standard library and fmt: rules/ and bot/
#   asio       the same, Asio's small headers and JSON: adapters/ and the parts of bot/ that wait for something
#   test, test_asio   the same and Catch2, not optimised, as the tests are (tests/CMakeLists.txt)
#
# What is listed here is found by a file that forgot to include it, so list only what most files use, and no header
# of ours. The preset gcc does without, and shows what was forgotten.
set(pch_std <algorithm> <array> <charconv> <chrono> <cmath> <cstdint> <deque> <functional> <map> <memory> <optional>
  <set> <span> <stdexcept> <string> <string_view> <unordered_map> <utility> <variant> <vector>
  <boost/system/result.hpp> <fmt/format.h>)
set(pch_asio ${pch_std} <boost/asio/any_io_executor.hpp> <boost/asio/as_tuple.hpp> <boost/asio/awaitable.hpp>
  <boost/asio/co_spawn.hpp> <boost/asio/experimental/awaitable_operators.hpp> <boost/asio/io_context.hpp>
  <boost/asio/ip/tcp.hpp> <boost/asio/steady_timer.hpp> <boost/asio/this_coro.hpp> <boost/asio/use_awaitable.hpp>
  <boost/json/parse.hpp> <boost/json/serialize.hpp> <boost/json/value.hpp>)

# rapport_precompiled_set(SET [target...]): compiles the set with what these targets ask for.
function(rapport_precompiled_set set)
  file(CONFIGURE OUTPUT ${PROJECT_BINARY_DIR}/pch/${set}.cpp CONTENT "// Only carries the precompiled headers.\n")
  add_library(rapport_pch_${set} OBJECT ${PROJECT_BINARY_DIR}/pch/${set}.cpp)
  target_link_libraries(rapport_pch_${set} PRIVATE rapport_options fmt::fmt Boost::headers ${ARGN})
  # As rapport_boost defines them for all that link it: the headers must have been read the same way.
  target_compile_definitions(rapport_pch_${set} PRIVATE BOOST_ASIO_NO_DEPRECATED BOOST_ASIO_SEPARATE_COMPILATION
    BOOST_BEAST_SEPARATE_COMPILATION BOOST_JSON_NO_LIB)
  target_precompile_headers(rapport_pch_${set} PRIVATE ${pch_${set}})
endfunction()

# rapport_precompile(TARGET SET): lets the files of TARGET begin with that set.
function(rapport_precompile target set)
  target_precompile_headers(${target} REUSE_FROM rapport_pch_${set})
endfunction()
