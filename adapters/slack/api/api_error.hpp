#pragma once

#include <boost/system/result.hpp>
#include <string>
#include <vector>

#include "adapters/net/error.hpp"

namespace rapport::slack {

/// Why a call to Slack came to nothing. `kind` says what a caller may do, `what` is for people: the method,
/// what it means, and where in Slack to mend it. Never holds a token.
struct ApiError : Error {
    ApiError() = default;
    ApiError(ErrorKind error_kind, std::string words, std::chrono::milliseconds wait = {})
        : Error(error_kind, std::move(words), wait) {}
    /// A failure from below, before Slack could say anything.
    explicit ApiError(Error error) : Error(std::move(error)) {}

    std::string code{};      ///< Slack's own word ("channel_not_found"); empty if Slack did not give one.
    std::string needed{};    ///< With missing_scope: the scope that is missing.
    std::string provided{};  ///< With missing_scope: the scopes that the token has.
    std::vector<std::string> messages{};  ///< response_metadata.messages: which part of the request is wrong.
    unsigned status = 0;                  ///< HTTP status; 0 if no answer came.
    /// The request went out and nobody knows whether Slack carried it out: a lost answer, a 5xx, or a page
    /// instead of JSON after a call that must not be repeated. Look before doing it again (`find_posted`).
    bool unknown_outcome = false;
};

template <class T = void>
using ApiResult = boost::system::result<T, ApiError>;

/// What Slack's error `error.code` to `method` means, what to do and where: fills `error.kind` and
/// `error.what` from the other members. (docs.slack.dev: each method's "Errors" and "Common errors".)
void put_into_words(ApiError& error, const std::string& method);

}  // namespace rapport::slack
