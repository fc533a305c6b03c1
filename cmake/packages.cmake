# What Rapport is built on. All of it comes from Debian 12's or 13's own packages (cmake/prepare.sh names them).
find_package(Boost 1.81 CONFIG REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(SQLite3 3.40 REQUIRED)
find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
find_package(fmt REQUIRED)
find_package(yaml-cpp REQUIRED)
find_package(date REQUIRED)
find_package(CLI11 REQUIRED)
pkg_check_modules(RE2 REQUIRED IMPORTED_TARGET re2)
pkg_check_modules(UTF8PROC REQUIRED IMPORTED_TARGET libutf8proc)
pkg_check_modules(LIBZIP REQUIRED IMPORTED_TARGET libzip)
# Of what pkg-config names, only the part that reads; the others bring a database along.
pkg_check_modules(LIBICAL REQUIRED libical>=3.0)
add_library(libical::ical INTERFACE IMPORTED)
target_include_directories(libical::ical INTERFACE ${LIBICAL_INCLUDE_DIRS})
target_link_libraries(libical::ical INTERFACE ical)
pkg_check_modules(PLPLOT REQUIRED IMPORTED_TARGET plplot)

# yaml-cpp 0.7 (Debian 12) exports `yaml-cpp`, 0.8 `yaml-cpp::yaml-cpp`. Everybody here links the latter.
if(NOT TARGET yaml-cpp::yaml-cpp)
  add_library(yaml-cpp::yaml-cpp ALIAS yaml-cpp)
endif()

include(cmake/pch.cmake)
rapport_precompiled_set(std)
rapport_precompiled_set(asio)
