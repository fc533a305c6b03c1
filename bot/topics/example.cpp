#include "bot/topics/example.hpp"

#include "bot/models/json_lines.hpp"

namespace rapport::topics {

using boost::json::object;
using models::text_at;

Result<std::vector<Example>> read_examples(std::istream& in, std::string_view file) {
    std::vector<Example> examples;
    const Result<> read =
        models::each_object(in, file, most_examples, [&](const object& line) -> std::string {
            Example example{text_at(line, "text"), text_at(line, "topic")};
            if (example.text.empty() || example.topic.empty())
                return "an example needs \"text\" and \"topic\"";
            examples.push_back(std::move(example));
            return {};
        });
    if (!read) return read.error();
    return examples;
}

Result<std::vector<std::string>> read_texts(std::istream& in, std::string_view file) {
    std::vector<std::string> texts;
    const Result<> read =
        models::each_object(in, file, most_examples, [&](const object& line) -> std::string {
            std::string text = text_at(line, "text");
            if (!text.empty()) texts.push_back(std::move(text));
            return {};
        });
    if (!read) return read.error();
    return texts;
}

}  // namespace rapport::topics
