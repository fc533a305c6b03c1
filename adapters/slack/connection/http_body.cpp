#include "adapters/slack/connection/http_body.hpp"

#include <utility>

#include "adapters/slack/connection/form.hpp"
#include "adapters/slack/connection/signature.hpp"

namespace rapport::slack {
namespace json = boost::json;
namespace {

constexpr std::size_t longest_ssl_check = 4096;

/// "application/json" out of "Application/JSON; charset=utf-8".
std::string_view media_type(const net::Request& request) {
    std::string_view type = request.header("Content-Type");
    type = type.substr(0, type.find(';'));
    while (!type.empty() && (type.back() == ' ' || type.back() == '\t')) type.remove_suffix(1);
    return type;
}

bool is_form(const net::Request& request) {
    return net::same_word(media_type(request), "application/x-www-form-urlencoded");
}

bool is_ssl_check(const FormFields& fields) {
    const std::string* check = form_field(fields, "ssl_check");
    return check && *check == "1";
}

HttpBody read_interaction(const std::string& text) {
    std::optional<json::value> value = parse_json(text);
    if (!value || !value->is_object()) return Malformed{"a form whose payload is no JSON object"};
    HttpPost post;
    post.kind = DeliveryKind::interaction;
    post.payload = std::move(value->get_object());
    const std::string_view type = text_of(post.payload, "type");
    post.takes_payload = type == "view_submission" || type == "block_suggestion";
    return post;
}

HttpBody read_form(const net::Request& request) {
    const std::optional<FormFields> fields = decode_form(request.body);
    if (!fields) return Malformed{"a form that cannot be decoded"};
    if (is_ssl_check(*fields)) return SslCheck{};
    if (const std::string* payload = form_field(*fields, "payload")) return read_interaction(*payload);
    if (!form_field(*fields, "command")) return Malformed{"a form with neither a payload nor a command"};
    HttpPost post;
    post.kind = DeliveryKind::command;
    post.takes_payload = true;
    for (const auto& [name, value] : *fields) post.payload.emplace(name, value);
    return post;
}

HttpBody read_json(const net::Request& request, Time now) {
    std::optional<json::value> value = parse_json(request.body);
    if (!value || !value->is_object()) return Malformed{"a body that is no JSON object"};
    json::object& body = value->get_object();
    if (const auto blackout = held_back(body, now)) return *blackout;
    const std::string type{text_of(body, "type")};
    if (type == "url_verification") {
        const std::string_view word = text_of(body, "challenge");
        if (word.empty()) return Malformed{"a url_verification without a challenge"};
        return Challenge{std::string{word}};
    }
    if (type != "event_callback")
        return Malformed{"a body of the unknown type \"" + type.substr(0, 80) + "\""};
    HttpPost post;
    post.payload = std::move(body);
    return post;
}

}  // namespace

HttpBody read_body(const net::Request& request, Time now) {
    if (is_form(request)) return read_form(request);
    if (net::same_word(media_type(request), "application/json")) return read_json(request, now);
    return Malformed{"a body of the media type \"" + std::string{media_type(request).substr(0, 80)} + "\""};
}

bool is_unsigned_ssl_check(const net::Request& request) {
    if (has_signature(request) || !is_form(request) || request.body.size() > longest_ssl_check) return false;
    const std::optional<FormFields> fields = decode_form(request.body);
    return fields && is_ssl_check(*fields);
}

}  // namespace rapport::slack
