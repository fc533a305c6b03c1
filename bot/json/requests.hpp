#pragma once

// Changes that somebody asks for from outside the running program (`rapport people link`): how they are
// written into the store's table of requests, and how they are answered. Pure.

#include <string>
#include <string_view>

#include "adapters/net/error.hpp"
#include "bot/pipeline/input.hpp"

namespace rapport {

/// The body of a request for `input`, which must be a LinkAccounts, an UnlinkAccount, an EraseAccount or a
/// MarkBot; throws std::invalid_argument for anything else.
std::string request_of_input(const Input& input);

/// The input that `body` asks for, to be decided at `at`. The error is for whoever asked.
Result<Input> input_of_request(std::string_view body, Time at);

/// The answer to a request that was done. Any other answer says in words why it was not.
inline constexpr std::string_view request_done = "done";

}  // namespace rapport
