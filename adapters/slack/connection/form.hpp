#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rapport::slack {

using FormFields = std::vector<std::pair<std::string, std::string>>;

/// Decodes application/x-www-form-urlencoded (WHATWG URL standard, section 5.1). Nothing if a '%' is not
/// followed by two hexadecimal digits.
std::optional<FormFields> decode_form(std::string_view body);

/// The first field of that name, or null. Lives as long as `fields`.
const std::string* form_field(const FormFields& fields, std::string_view name);

}  // namespace rapport::slack
