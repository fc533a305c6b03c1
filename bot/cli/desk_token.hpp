#pragma once

#include <optional>
#include <string>

namespace rapport::cli {

/// The desk's token: the first line of `file`, else the environment's RAPPORT_DESK_TOKEN, else none. Never
/// from the command line, which everybody on the machine can read. Stop if the file cannot be read, is empty,
/// or if others may read it.
std::optional<std::string> desk_token(const std::string& file);

/// The environment's RAPPORT_SITE_SECRET; empty if there is none. Stop if it is too short to be a secret.
std::string site_secret();

}  // namespace rapport::cli
