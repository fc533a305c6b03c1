#include "bot/json/requests.hpp"

#include <fmt/format.h>

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <stdexcept>

namespace rapport {

namespace {

namespace json = boost::json;

json::object to_json(const AccountKey& key) {
    return {{"platform", key.platform}, {"realm", key.realm}, {"id", key.id}};
}

struct Write {
    json::object operator()(const LinkAccounts& link) const {
        return {{"do", "link"}, {"a", to_json(link.a)}, {"b", to_json(link.b)}, {"by", link.by}};
    }
    json::object operator()(const UnlinkAccount& unlink) const {
        return {{"do", "unlink"}, {"account", to_json(unlink.account)}, {"by", unlink.by}};
    }
    json::object operator()(const EraseAccount& erase) const {
        return {{"do", "erase"}, {"account", to_json(erase.account)}, {"by", erase.by}};
    }
    json::object operator()(const MarkBot& mark) const {
        return {{"do", "mark bot"}, {"account", to_json(mark.account)}, {"bot", mark.bot}, {"by", mark.by}};
    }
    template <class Other>
    json::object operator()(const Other&) const {
        throw std::invalid_argument("this input cannot be asked for from outside");
    }
};

std::string text(const json::object& object, std::string_view key) {
    const json::value* value = object.if_contains(key);
    const json::string* string = value ? value->if_string() : nullptr;
    if (!string) throw std::invalid_argument(fmt::format("\"{}\" is not a text", key));
    return std::string(std::string_view{*string});
}

bool yes_or_no(const json::object& object, std::string_view key) {
    const json::value* value = object.if_contains(key);
    const bool* yes = value ? value->if_bool() : nullptr;
    if (!yes) throw std::invalid_argument(fmt::format("\"{}\" is neither true nor false", key));
    return *yes;
}

AccountKey account(const json::object& object, std::string_view key) {
    const json::value* value = object.if_contains(key);
    const json::object* parts = value ? value->if_object() : nullptr;
    if (!parts) throw std::invalid_argument(fmt::format("\"{}\" is not an account", key));
    AccountKey result{text(*parts, "platform"), text(*parts, "realm"), text(*parts, "id")};
    if (result.platform.empty() || result.id.empty())
        throw std::invalid_argument(fmt::format("\"{}\" has no platform or no id", key));
    return result;
}

Input read(const json::object& object, Time at) {
    const std::string what = text(object, "do");
    if (what == "link")
        return {LinkAccounts{account(object, "a"), account(object, "b"), text(object, "by")}, at};
    if (what == "unlink") return {UnlinkAccount{account(object, "account"), text(object, "by")}, at};
    if (what == "erase") return {EraseAccount{account(object, "account"), text(object, "by")}, at};
    if (what == "mark bot")
        return {MarkBot{account(object, "account"), yes_or_no(object, "bot"), text(object, "by")}, at};
    throw std::invalid_argument(fmt::format("\"{}\" is nothing that this Rapport can do", what));
}

}  // namespace

std::string request_of_input(const Input& input) {
    return json::serialize(std::visit(Write{}, input.what));
}

Result<Input> input_of_request(std::string_view body, Time at) {
    boost::system::error_code error;
    const json::value value = json::parse(body, error);
    if (error || !value.is_object())
        return Error{
            ErrorKind::rejected,
            "The request is not a JSON object. Are this program and the running one of the same version?"};
    try {
        return read(value.get_object(), at);
    } catch (const std::invalid_argument& bad) {
        return Error{
            ErrorKind::rejected,
            fmt::format("The request cannot be read: {}. Are this program and the running one of the same "
                        "version?",
                        bad.what())};
    }
}

}  // namespace rapport
