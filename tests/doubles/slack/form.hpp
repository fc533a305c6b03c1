#pragma once

#include <map>
#include <string>
#include <string_view>

namespace rapport::test::slack {

using Params = std::map<std::string, std::string>;

/// "a=1&b=two+words" as fields; of a field that comes twice, the last.
Params parse_form(std::string_view text);
/// The fields of the query in "/path?a=1".
Params parse_query(std::string_view target);
std::string encode_form(const Params& fields);
std::string percent_encoded(std::string_view text);
/// "user:password" of base64.
std::string from_base64(std::string_view text);

}  // namespace rapport::test::slack
