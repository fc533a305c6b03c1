#pragma once

#include <boost/json/object.hpp>
#include <string>

#include "adapters/net/http.hpp"
#include "adapters/net/pool.hpp"
#include "adapters/slack/api/api_error.hpp"

namespace rapport::slack {

/// Reads the answer to `method`: the HTTP status first, then the JSON, then `ok`. `repeatable`: see Method;
/// what may have been done without our knowing is `unknown_outcome` for all others. Pure.
ApiResult<boost::json::object> read_answer(const std::string& method, bool repeatable,
                                           const net::Response& response);

/// Reads the answer to a post to a response_url, which may be "ok", JSON, or a page. Pure.
ApiResult<boost::json::object> read_answer_of_response_url(const net::Response& response);

/// Reads the answer to the bytes of a file that were posted to an upload's address: the status is all that
/// counts. Pure.
ApiResult<boost::json::object> read_answer_of_upload(const net::Response& response);

/// No answer came.
ApiError no_answer(const std::string& method, bool repeatable, const net::Unanswered& why);

}  // namespace rapport::slack
