# rapport_embed(TARGET HEADER NAMESPACE file...): builds files into TARGET as the `find_asset` that HEADER declares,
# each with its Content-Type and, as ETag, its SHA-256. Also the script that does the work when it is run with -P.
if(CMAKE_SCRIPT_MODE_FILE)
  set(types html text/html css text/css js text/javascript json application/json svg image/svg+xml)
  set(data "")
  set(table "")
  set(count 0)
  foreach(file IN LISTS FILES)
    get_filename_component(name ${file} NAME)
    get_filename_component(extension ${file} LAST_EXT)
    string(SUBSTRING ${extension} 1 -1 extension)
    list(FIND types ${extension} at)
    if(at EQUAL -1)
      message(FATAL_ERROR "${file}: cmake/embed.cmake knows no Content-Type for .${extension}; add it there")
    endif()
    math(EXPR at "${at} + 1")
    list(GET types ${at} type)
    file(SHA256 ${file} sum)
    string(SUBSTRING ${sum} 0 32 sum)
    file(READ ${file} hex HEX)
    string(LENGTH "${hex}" size)
    math(EXPR size "${size} / 2")
    string(REGEX REPLACE "([0-9a-f][0-9a-f])" "\\\\x\\1" bytes "${hex}")
    string(REGEX REPLACE "((\\\\x..){40})" "\\1\"\n    \"" bytes "${bytes}")
    string(APPEND data "constexpr char file_${count}[] =\n    \"${bytes}\";\n")
    string(APPEND table "    Asset{\"${name}\", \"${type}; charset=utf-8\", \"\\\"${sum}\\\"\", {file_${count}, ${size}}},\n")
    math(EXPR count "${count} + 1")
  endforeach()
  file(WRITE ${OUTPUT} "// Made by cmake/embed.cmake.
#include \"${HEADER}\"

#ifdef __clang__
#pragma clang diagnostic ignored \"-Woverlength-strings\"
#endif

namespace ${NAMESPACE} {
namespace {

${data}
constexpr Asset assets[] = {
${table}};

}  // namespace

const Asset* find_asset(std::string_view name) noexcept {
    for (const Asset& asset : assets) {
        if (asset.name == name) return &asset;
    }
    return nullptr;
}

}  // namespace ${NAMESPACE}
")
  return()
endif()

function(rapport_embed target header namespace)
  set(output ${CMAKE_CURRENT_BINARY_DIR}/${target}_assets.cpp)
  add_custom_command(OUTPUT ${output}
    COMMAND ${CMAKE_COMMAND} -DOUTPUT=${output} -DHEADER=${header} -DNAMESPACE=${namespace} "-DFILES=${ARGN}"
            -P ${PROJECT_SOURCE_DIR}/cmake/embed.cmake
    DEPENDS ${ARGN} ${PROJECT_SOURCE_DIR}/cmake/embed.cmake
    COMMENT "Building the pages into ${target}" VERBATIM)
  target_sources(${target} PRIVATE ${output})
endfunction()
