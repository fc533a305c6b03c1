# The house and its arrows (CONTRIBUTING.md, "The map"): bot -> adapters, bot -> rules, and no other.
#
# Includes are written from the root ("adapters/event.hpp"). Each of the three houses gets an include root of its
# own that holds just itself, so a target that may not see another house does not even find its headers.
foreach(house rules adapters bot)
  file(MAKE_DIRECTORY ${PROJECT_BINARY_DIR}/roots/${house})
  file(CREATE_LINK ${PROJECT_SOURCE_DIR}/${house} ${PROJECT_BINARY_DIR}/roots/${house}/${house} SYMBOLIC)
  add_library(rapport_see_${house} INTERFACE)
  target_include_directories(rapport_see_${house} INTERFACE ${PROJECT_BINARY_DIR}/roots/${house})
endforeach()

# For the few libraries whose loops are most of what a message costs. In a Debug build they are optimised a little, so that
# the sanitizers' run does not spend its time there; precompiled headers are not, so they do without.
function(rapport_optimise name)
  target_compile_options(${name} PRIVATE $<$<CONFIG:Release>:-O3> $<$<CONFIG:Debug>:-O1>)
  if(CMAKE_BUILD_TYPE STREQUAL "Debug")
    set_target_properties(${name} PROPERTIES DISABLE_PRECOMPILE_HEADERS ON)
  endif()
endfunction()

# rapport_library(NAME HOUSE [ASIO] [HEAVY] [LINK target...] [PRIVATE target...]): one static library of the .cpp files
# of the current folder. ASIO: its files wait for something (all of adapters/ does), so Asio is precompiled for them.
# HEAVY: its files take much memory to compile with sanitizers.
function(rapport_library name house)
  cmake_parse_arguments(PARSE_ARGV 2 arg "ASIO;HEAVY" "" "LINK;PRIVATE")
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
  add_library(${name} STATIC ${sources})
  target_link_libraries(${name} PUBLIC rapport_options rapport_see_${house} ${arg_LINK} PRIVATE ${arg_PRIVATE})
  if(arg_ASIO OR house STREQUAL "adapters")
    rapport_precompile(${name} asio)
  else()
    rapport_precompile(${name} std)
  endif()
  if(arg_HEAVY AND RAPPORT_SANITIZE)
    set_target_properties(${name} PROPERTIES JOB_POOL_COMPILE heavy)
  endif()
endfunction()
