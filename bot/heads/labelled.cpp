#include "bot/heads/labelled.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json/parse.hpp>

namespace rapport::heads {

namespace {

namespace json = boost::json;

Error bad_line(std::string_view file, std::size_t line, std::string_view what) {
    return {ErrorKind::rejected, fmt::format("{}:{}: {}.", file, line, what)};
}

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
    std::size_t number = 0;
    for (std::string line; std::getline(in, line);) {
        ++number;
        if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
        boost::system::error_code error;
        const json::value value = json::parse(line, error);
        if (error || !value.is_object()) return bad_line(file, number, "this is no JSON object");
        const json::object& object = value.get_object();
        const json::value* text = object.if_contains("text");
        if (!text || !text->is_string()) return bad_line(file, number, "there is no \"text\"");
        Labelled one;
        one.text = text->get_string();
        if (const json::value* author = object.if_contains("author"); author && author->is_string())
            one.author = author->get_string();
        if (!take_labels(object, one) && needs_label) return bad_line(file, number, "there is no label");
        if (all.size() >= most_labelled)
            return bad_line(file, number, fmt::format("more than {} messages", most_labelled));
        all.push_back(std::move(one));
    }
    if (in.bad()) return Error{ErrorKind::rejected, fmt::format("{} could not be read to its end.", file)};
    return all;
}

}  // namespace rapport::heads
