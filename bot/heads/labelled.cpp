#include "bot/heads/labelled.hpp"

#include <algorithm>

#include "bot/models/json_lines.hpp"

namespace rapport::heads {

namespace {

namespace json = boost::json;

/// Whether there was any label.
bool take_labels(const json::object& object, Labelled& into) {
    bool any = false;
    for (const char* key : {"needs_reply", "spam", "intent"})
        if (const json::value* found = object.if_contains(key); found && found->is_number()) {
            into.yes = found->to_number<double>() != 0;
            any = true;
        }
    if (const json::value* gold = object.if_contains("gold"); gold && gold->is_number()) {
        into.gold = gold->to_number<double>();
        any = true;
    }
    if (const json::value* label = object.if_contains("label"); label && label->is_string()) {
        into.label = label->get_string();
        any = true;
    }
    if (const json::value* labels = object.if_contains("labels"); labels && labels->is_array()) {
        for (const json::value& one : labels->get_array())
            if (one.is_string()) into.labels.emplace_back(one.get_string());
        any = true;
    }
    return any;
}

}  // namespace

bool Labelled::is(std::string_view any_label) const {
    return std::find(labels.begin(), labels.end(), any_label) != labels.end();
}

Result<std::vector<Labelled>> read_labelled(std::istream& in, std::string_view file, bool needs_label) {
    std::vector<Labelled> all;
    const Result<> read =
        models::each_object(in, file, most_labelled, [&](const json::object& object) -> std::string {
            const json::value* text = object.if_contains("text");
            if (!text || !text->is_string()) return "there is no \"text\"";
            Labelled one;
            one.text = text->get_string();
            one.author = models::text_at(object, "author");
            if (!take_labels(object, one) && needs_label) return "there is no label";
            all.push_back(std::move(one));
            return {};
        });
    if (!read) return read.error();
    return all;
}

}  // namespace rapport::heads
