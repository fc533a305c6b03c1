#include "adapters/slack/events/fields.hpp"

#include <algorithm>
#include <charconv>

namespace rapport::slack::events {
namespace {

constexpr std::size_t longest_id = 64;

bool id_character(char c) noexcept {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' ||
           c == '-' || c == '.';
}

}  // namespace

std::string_view text(const json::object& object, std::string_view name) noexcept {
    const json::value* value = object.if_contains(name);
    const json::string* string = value == nullptr ? nullptr : value->if_string();
    return string == nullptr ? std::string_view{} : std::string_view{string->data(), string->size()};
}

bool flag(const json::object& object, std::string_view name) noexcept {
    const json::value* value = object.if_contains(name);
    if (value == nullptr) return false;
    return value->is_bool() ? value->get_bool() : text(object, name) == "true";
}

std::optional<std::int64_t> number(const json::object& object, std::string_view name) noexcept {
    const json::value* value = object.if_contains(name);
    if (value == nullptr) return std::nullopt;
    if (const std::int64_t* whole = value->if_int64()) return *whole;
    const std::string_view digits = text(object, name);
    std::int64_t parsed = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), parsed);
    if (digits.empty() || error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
    return parsed;
}

const json::object* object_in(const json::object& object, std::string_view name) noexcept {
    const json::value* value = object.if_contains(name);
    return value == nullptr ? nullptr : value->if_object();
}

const json::array* array_in(const json::object& object, std::string_view name) noexcept {
    const json::value* value = object.if_contains(name);
    return value == nullptr ? nullptr : value->if_array();
}

bool valid_id(std::string_view id) noexcept {
    return !id.empty() && id.size() <= longest_id && std::all_of(id.begin(), id.end(), id_character);
}

Id id_of(const json::value& value) {
    if (const json::object* object = value.if_object()) {
        const json::value* inner = object->if_contains("id");
        return inner != nullptr && inner->is_string() ? id_of(*inner) : Id{};
    }
    const json::string* string = value.if_string();
    if (string == nullptr || !valid_id({string->data(), string->size()})) return {};
    return {string->data(), string->size()};
}

Id id_in(const json::object& object, std::string_view name) {
    const json::value* value = object.if_contains(name);
    return value == nullptr ? Id{} : id_of(*value);
}

}  // namespace rapport::slack::events
