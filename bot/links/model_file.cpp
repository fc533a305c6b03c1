#include <fmt/format.h>

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "bot/links/model.hpp"
#include "bot/links/packed.hpp"
#include "bot/links/shipped.hpp"

namespace rapport::links {

namespace {

namespace json = boost::json;

constexpr std::string_view model_kind = "links 1";
constexpr double largest = std::numeric_limits<std::int16_t>::max();
constexpr std::size_t most_parts = 16, most_words = 100'000;

Error no_such_model(std::string_view what) {
    return {
        ErrorKind::rejected,
        fmt::format("the model of links cannot be used: {}. Make it again with \"rapport train\".", what)};
}

std::vector<float> numbers_of(const Part& part) {
    std::vector<float> all;
    for (const Inner& row : part.rows) all.insert(all.end(), row.begin(), row.end());
    all.insert(all.end(), part.bias.begin(), part.bias.end());
    all.insert(all.end(), part.out.begin(), part.out.end());
    return all;
}

std::string part_text(const Part& part) {
    const std::vector<float> numbers = numbers_of(part);
    double most = 1e-6;
    for (const float number : numbers) most = std::max(most, std::abs(double(number)));
    std::vector<std::int16_t> steps;
    steps.reserve(numbers.size());
    for (const float number : numbers)
        steps.push_back(std::int16_t(std::lround(double(number) / most * largest)));
    return fmt::format("    {{\"largest\": {:.9g}, \"weights\": \"{}\"}}", most, packed(steps));
}

std::string_view string_at(const json::object& object, std::string_view key) {
    const json::value* found = object.if_contains(key);
    return found && found->is_string() ? std::string_view{found->get_string()} : std::string_view{};
}

std::optional<double> number_at(const json::object& object, std::string_view key) {
    const json::value* found = object.if_contains(key);
    boost::system::error_code bad;
    const double number = found ? found->to_number<double>(bad) : 0;
    return found && !bad && std::isfinite(number) && number >= 0 ? std::optional{number} : std::nullopt;
}

std::optional<Vocabulary> vocabulary_in(const json::object& object) {
    const json::value* words = object.if_contains("words");
    const auto messages = number_at(object, "messages");
    if (!words || !words->is_object() || !messages || *messages > 1e9) return std::nullopt;
    if (words->get_object().size() > most_words) return std::nullopt;
    std::vector<Vocabulary::Word> all;
    const auto learned = number_at(object, "learned_words");
    if (!learned) return std::nullopt;
    for (const auto& [text, _] : words->get_object()) {
        const auto count = number_at(words->get_object(), text);
        if (!count || *count > *messages) return std::nullopt;
        all.push_back({std::string{text}, std::uint32_t(*count), double(all.size()) < *learned});
    }
    if (*learned > double(all.size())) return std::nullopt;
    return Vocabulary{std::move(all), std::uint32_t(*messages)};
}

std::optional<Part> part_in(const json::value& value, std::size_t rows) {
    if (!value.is_object()) return std::nullopt;
    const auto most = number_at(value.get_object(), "largest");
    const auto steps = unpacked(string_at(value.get_object(), "weights"));
    if (!most || *most > 1e6 || !steps || steps->size() != (rows + 2) * width) return std::nullopt;
    Part part;
    part.rows.resize(rows);
    const auto inner = [&](std::size_t row) {
        Inner numbers{};
        for (std::size_t i = 0; i < width; ++i)
            numbers[i] = float(double((*steps)[row * width + i]) / largest * *most);
        return numbers;
    };
    for (std::size_t row = 0; row < rows; ++row) part.rows[row] = inner(row);
    part.bias = inner(rows);
    part.out = inner(rows + 1);
    return part;
}

}  // namespace

std::string to_json(const Model& model) {
    // The learned words first, in the order of their rows.
    std::vector<Vocabulary::Word> words(model.vocabulary.words().begin(), model.vocabulary.words().end());
    const auto others = std::stable_partition(words.begin(), words.end(),
                                              [](const Vocabulary::Word& word) { return word.learned; });
    std::string out = fmt::format(
        "{{\n  \"kind\": {},\n  \"provenance\": {},\n  \"messages\": {},\n  \"learned_words\": {},\n"
        "  \"words\": {{",
        json::serialize(json::value(model_kind)), json::serialize(json::value(model.provenance)),
        model.vocabulary.messages(), others - words.begin());
    constexpr std::size_t words_a_line = 8;
    for (std::size_t i = 0; i < words.size(); ++i)
        out += fmt::format("{}{}{}: {}", i == 0 ? "" : ",", i % words_a_line == 0 ? "\n    " : " ",
                           json::serialize(json::value(words[i].text)), words[i].messages);
    out += "\n  },\n  \"parts\": [\n";
    for (std::size_t i = 0; i < model.parts.size(); ++i)
        out += part_text(model.parts[i]) + (i + 1 < model.parts.size() ? ",\n" : "\n");
    return out + "  ]\n}\n";
}

Result<Model> from_json(std::string_view text) {
    boost::system::error_code error;
    const json::value value = json::parse(text, error);
    if (error || !value.is_object()) return no_such_model("this is no JSON object");
    const json::object& object = value.get_object();
    if (string_at(object, "kind") != model_kind)
        return no_such_model(fmt::format("its kind is not \"{}\"", model_kind));
    Model model;
    model.provenance = string_at(object, "provenance");
    auto vocabulary = vocabulary_in(object);
    if (!vocabulary) return no_such_model("its words are missing or wrong");
    model.vocabulary = std::move(*vocabulary);
    const json::value* parts = object.if_contains("parts");
    if (!parts || !parts->is_array() || parts->get_array().empty() || parts->get_array().size() > most_parts)
        return no_such_model("it has no parts, or too many");
    for (const json::value& one : parts->get_array()) {
        auto part = part_in(one, std::size_t(row_count(model.vocabulary)));
        if (!part)
            return no_such_model("a part's weights are missing, damaged, or not as many as its words need");
        model.parts.push_back(std::move(*part));
    }
    return model;
}

const Model& shipped_model() {
    static const Model model = [] {
        const Asset* asset = find_asset("links.json");
        auto read = from_json(asset ? asset->content : std::string_view{});
        if (!read) throw std::logic_error(read.error().what);
        return std::move(*read);
    }();
    return model;
}

}  // namespace rapport::links
