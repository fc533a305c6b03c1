#include "bot/topics/example.hpp"

#include <fmt/format.h>

#include <boost/json/parse.hpp>

namespace rapport::topics {

namespace {

namespace json = boost::json;

Error wrong_line(std::string_view file, std::size_t line, std::string_view what) {
    return {ErrorKind::rejected, fmt::format("{}:{}: {}.", file, line, what)};
}

std::string text_in(const json::object& object, std::string_view key) {
    const json::value* found = object.if_contains(key);
    return found && found->is_string() ? std::string(found->get_string()) : std::string{};
}

/// Gives each line's object to `take`, which answers what is wrong with it, or nothing.
template <class Take>
Result<> each_line(std::istream& in, std::string_view file, Take take) {
    std::size_t number = 0;
    for (std::string line; std::getline(in, line);) {
        ++number;
        if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
        boost::system::error_code error;
        const json::value value = json::parse(line, error);
        if (error || !value.is_object()) return wrong_line(file, number, "this is no JSON object");
        if (number > most_examples) return wrong_line(file, number, "there are more lines than fit");
        const std::string_view wrong = take(value.get_object());
        if (!wrong.empty()) return wrong_line(file, number, wrong);
    }
    if (in.bad()) return Error{ErrorKind::rejected, fmt::format("{} could not be read to its end.", file)};
    return {};
}

}  // namespace

Result<std::vector<Example>> read_examples(std::istream& in, std::string_view file) {
    std::vector<Example> examples;
    const Result<> read = each_line(in, file, [&](const json::object& object) -> std::string_view {
        Example example{text_in(object, "text"), text_in(object, "topic")};
        if (example.text.empty() || example.topic.empty()) return "an example needs \"text\" and \"topic\"";
        examples.push_back(std::move(example));
        return {};
    });
    if (!read) return read.error();
    return examples;
}

Result<std::vector<std::string>> read_texts(std::istream& in, std::string_view file) {
    std::vector<std::string> texts;
    const Result<> read = each_line(in, file, [&](const json::object& object) -> std::string_view {
        std::string text = text_in(object, "text");
        if (!text.empty()) texts.push_back(std::move(text));
        return {};
    });
    if (!read) return read.error();
    return texts;
}

}  // namespace rapport::topics
