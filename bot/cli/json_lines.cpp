#include "bot/cli/json_lines.hpp"

#include <boost/json/serialize.hpp>

namespace rapport::cli {

std::string with_fields(const std::string& line, boost::json::object object, boost::json::object fields) {
    bool there = false;
    for (const auto& field : fields) there = object.erase(field.key()) > 0 || there;
    const std::size_t end = line.rfind('}');
    if (there || object.empty() || end == std::string::npos) {
        for (auto& field : fields) object.insert_or_assign(field.key(), std::move(field.value()));
        return boost::json::serialize(object);
    }
    return line.substr(0, line.find_last_not_of(" \t\r\n", end - 1) + 1) + "," +
           boost::json::serialize(fields).substr(1);
}

}  // namespace rapport::cli
