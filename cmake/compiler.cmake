# Which compilers may build Rapport, and how they are called.
#
# g++ 12.2 (Debian 12) miscompiles ordinary coroutine code without a warning: double frees, switch
# statements that take no branch. So it is refused here rather than found out at night.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  message(FATAL_ERROR
    "Rapport cannot be built with g++ ${CMAKE_CXX_COMPILER_VERSION}: it miscompiles coroutines.\n"
    "Install clang 19 and configure again:\n"
    "  apt-get install clang-19 lld-19\n"
    "  cmake --preset release        (or -DCMAKE_CXX_COMPILER=clang++-19)")
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 18)
  message(FATAL_ERROR
    "Rapport needs clang 18 or newer (this is ${CMAKE_CXX_COMPILER_VERSION}): before that, coroutines that move "
    "between threads read freed memory.\n"
    "Install clang 19 and configure again:\n"
    "  apt-get install clang-19 lld-19\n"
    "  cmake --preset release        (or -DCMAKE_CXX_COMPILER=clang++-19)")
endif()

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "Release or Debug" FORCE)
endif()
# Line tables only: stack traces stay readable, builds take a third less time.
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -g1")
set(CMAKE_CXX_FLAGS_DEBUG "-O0 -g1")

add_library(rapport_options INTERFACE)
target_compile_options(rapport_options INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor)
# For all of them, as some package asks for it and precompiled headers fit only files with the same setting.
target_compile_options(rapport_options INTERFACE -pthread)
target_link_options(rapport_options INTERFACE -pthread)
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  # libstdc++ 12's own std::stable_sort calls what C++17 deprecates, and clang reports it at our call.
  target_compile_options(rapport_options INTERFACE -Wno-deprecated-declarations)
endif()
target_compile_features(rapport_options INTERFACE cxx_std_20)
if(RAPPORT_WERROR)
  target_compile_options(rapport_options INTERFACE -Werror)
endif()
if(RAPPORT_SANITIZE)
  add_compile_options(-fsanitize=${RAPPORT_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${RAPPORT_SANITIZE})
  # The files that hold Beast take 1.8 GB each to compile this way, so only one of them at a time.
  set_property(GLOBAL PROPERTY JOB_POOLS heavy=1)
  # Nobody edits and rebuilds with sanitizers all day: the files of a target are compiled together, in a third of
  # the time. So names in the anonymous namespaces of one target must differ.
  set(CMAKE_UNITY_BUILD ON)
  set(CMAKE_UNITY_BUILD_BATCH_SIZE 12)
endif()

# lld links the largest test program in 0.4 s, bfd in 1.7 s. clang finds the one beside it; g++ wants plain `ld.lld`.
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  string(REGEX MATCH "^[0-9]+" clang_major "${CMAKE_CXX_COMPILER_VERSION}")
  find_program(RAPPORT_LLD NAMES ld.lld-${clang_major} ld.lld)
else()
  find_program(RAPPORT_LLD NAMES ld.lld)
endif()
if(RAPPORT_LLD)
  add_link_options(-fuse-ld=lld)
endif()

find_program(RAPPORT_CCACHE ccache)
if(RAPPORT_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER
      ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
      ${RAPPORT_CCACHE})
  if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    add_compile_options("SHELL:-Xclang -fno-pch-timestamp")
  endif()
endif()
