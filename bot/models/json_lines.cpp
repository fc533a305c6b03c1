#include "bot/models/json_lines.hpp"

#include <fmt/format.h>

#include <boost/json/parse.hpp>

namespace rapport::models {

namespace json = boost::json;

std::string text_at(const json::object& object, std::string_view key) {
    const json::value* found = object.if_contains(key);
    return found && found->is_string() ? std::string(found->get_string()) : std::string{};
}

Result<> each_object(std::istream& in, std::string_view file, std::size_t most,
                     const std::function<std::string(const json::object&)>& take) {
    std::size_t number = 0, objects = 0;
    const auto wrong = [&](std::string_view what) {
        return Error{ErrorKind::rejected, fmt::format("{}:{}: {}.", file, number, what)};
    };
    for (std::string line; std::getline(in, line);) {
        ++number;
        if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
        boost::system::error_code error;
        const json::value value = json::parse(line, error);
        if (error || !value.is_object()) return wrong("this is no JSON object");
        const std::string mistake = take(value.get_object());
        if (!mistake.empty()) return wrong(mistake);
        if (++objects > most) return wrong(fmt::format("more than {} lines", most));
    }
    if (in.bad()) return Error{ErrorKind::rejected, fmt::format("{} could not be read to its end.", file)};
    return {};
}

}  // namespace rapport::models
