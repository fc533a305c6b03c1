#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <string>
#include <string_view>

namespace rapport::slack {

/// Members of what came from outside: empty where they are missing or of another type. Views and pointers
/// live as long as `from`.
inline std::string text_in(const boost::json::object& from, std::string_view name) {
    const boost::json::value* value = from.if_contains(name);
    return value && value->is_string() ? std::string{value->get_string()} : std::string{};
}
inline bool true_in(const boost::json::object& from, std::string_view name) {
    const boost::json::value* value = from.if_contains(name);
    return value && value->is_bool() && value->get_bool();
}
inline const boost::json::object* object_in(const boost::json::object& from, std::string_view name) {
    const boost::json::value* value = from.if_contains(name);
    return value ? value->if_object() : nullptr;
}
inline const boost::json::array* array_in(const boost::json::object& from, std::string_view name) {
    const boost::json::value* value = from.if_contains(name);
    return value ? value->if_array() : nullptr;
}

}  // namespace rapport::slack
