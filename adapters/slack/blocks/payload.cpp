#include "adapters/slack/blocks/payload.hpp"

#include "adapters/slack/blocks/names.hpp"

namespace rapport::slack::blocks {
namespace json = boost::json;

namespace {

std::string enterprise_of(const json::object& payload) {
    for (const std::string& id : {id_at(payload, "enterprise"), text_at(payload, "enterprise_id"),
                                  text_at(object_at(payload, "team"), "enterprise_id")})
        if (!id.empty()) return id;
    return {};
}

std::string joined(const json::array& all, const auto& each_one) {
    std::string out;
    for (const json::value& one : all) {
        const std::string value = each_one(one);
        if (value.empty()) continue;
        if (!out.empty()) out += ',';
        out += value;
    }
    return out;
}

std::string words_of_user(std::string_view id, const Installation& installation, const Lookups& lookups) {
    return id.empty() ? std::string{} : words_for(account_for(Id{id}, installation, lookups));
}

}  // namespace

const json::object& object_at(const json::object& in, std::string_view key) {
    static const json::object none;
    const json::value* found = in.if_contains(key);
    const json::object* object = found ? found->if_object() : nullptr;
    return object ? *object : none;
}

const json::array& array_at(const json::object& in, std::string_view key) {
    static const json::array none;
    const json::value* found = in.if_contains(key);
    const json::array* array = found ? found->if_array() : nullptr;
    return array ? *array : none;
}

std::string text_at(const json::object& in, std::string_view key) {
    const json::value* found = in.if_contains(key);
    const json::string* text = found ? found->if_string() : nullptr;
    return text ? std::string{text->data(), text->size()} : std::string{};
}

bool flag_at(const json::object& in, std::string_view key) {
    const json::value* found = in.if_contains(key);
    return found && ((found->is_bool() && found->get_bool()) || text_at(in, key) == "true");
}

std::string id_at(const json::object& in, std::string_view key) {
    std::string id = text_at(in, key);
    return id.empty() ? text_at(object_at(in, key), "id") : id;
}

AccountKey account_for(const Id& user, const Installation& installation, const Lookups& lookups) {
    std::string realm = lookups.home ? lookups.home(user) : std::string{};
    if (realm.empty()) realm = installation.realm();
    return {"slack", std::move(realm), user};
}

AccountKey presser(const json::object& payload, const Installation& installation, const Lookups& lookups) {
    const json::object& user = object_at(payload, "user");
    Id id = id_at(payload, "user");
    if (id.empty()) id = text_at(payload, "user_id");
    std::string home = text_at(user, "team_id");
    if (home.empty()) home = id_at(payload, "team");
    if (home.empty()) home = text_at(payload, "team_id");
    if (home.empty()) return account_for(id, installation, lookups);
    const bool same_organisation =
        !installation.enterprise.empty() && enterprise_of(payload) == installation.enterprise;
    if (home == installation.team || home == installation.enterprise ||
        (installation.whole_organisation && same_organisation))
        return {"slack", installation.realm(), id};
    return {"slack", home, id};
}

std::string value_of(const json::object& element, const Installation& installation, const Lookups& lookups) {
    const auto option = [](const json::value& one) {
        const json::object* object = one.if_object();
        return object ? read_option_value(text_at(*object, "value")) : std::string{};
    };
    const auto user = [&](const json::value& one) {
        const json::string* id = one.if_string();
        return id ? words_of_user(*id, installation, lookups) : std::string{};
    };
    if (const json::value* chosen = element.if_contains("selected_option")) return option(*chosen);
    if (const json::array& all = array_at(element, "selected_options"); !all.empty())
        return joined(all, option);
    if (const json::value* chosen = element.if_contains("selected_user")) return user(*chosen);
    if (const json::array& all = array_at(element, "selected_users"); !all.empty()) return joined(all, user);
    for (const std::string_view key :
         {"selected_conversation", "selected_channel", "selected_date", "selected_time", "value"})
        if (std::string value = text_at(element, key); !value.empty()) return value;
    return {};
}

std::map<std::string, std::string> values_of(const json::object& view, const Installation& installation,
                                             const Lookups& lookups) {
    std::map<std::string, std::string> values;
    std::map<std::string, std::string> times;
    for (const auto& [block_id, actions] : object_at(object_at(view, "state"), "values")) {
        const auto field = read_field_block(block_id);
        const json::object* elements = actions.if_object();
        if (!field || !elements || elements->empty()) continue;
        const json::object* element = elements->begin()->value().if_object();
        std::string value = element ? value_of(*element, installation, lookups) : std::string{};
        if (field->part == FieldPart::time)
            times[field->field] = std::move(value);
        else
            values[field->field] = std::move(value);
    }
    for (auto& [field, time] : times) {
        std::string& whole = values[field];
        if (!whole.empty() && !time.empty()) whole += ' ';
        whole += time;
    }
    return values;
}

}  // namespace rapport::slack::blocks
