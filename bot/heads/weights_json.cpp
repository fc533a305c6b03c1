// The model as a file.

#include <fmt/format.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <cmath>
#include <optional>
#include <stdexcept>

#include "bot/heads/shipped.hpp"
#include "bot/heads/weights.hpp"
#include "bot/models/base64.hpp"

namespace rapport::heads {

namespace {

namespace json = boost::json;

constexpr std::string_view model_kind = "reading 1";
constexpr std::size_t bytes_a_line = 90;
/// A net larger than that is none of ours.
constexpr std::size_t most_hidden = 256, most_nets = 16;

Error no_model(std::string_view what) {
    return {ErrorKind::rejected,
            fmt::format("the weights of reading cannot be used: {}. Make them again with "
                        "\"rapport train\".",
                        what)};
}

template <class Numbers>
std::string listed(const Numbers& numbers) {
    std::string out = "[";
    for (const float number : numbers) out += fmt::format("{}{:.5g}", out.size() > 1 ? "," : "", number);
    return out + "]";
}

/// Whether `from` is a list of exactly `to.size()` finite numbers; they are in `to` then.
template <class Numbers>
bool take_list(const json::value* from, Numbers&& to) {
    if (!from || !from->is_array() || from->get_array().size() != to.size()) return false;
    for (std::size_t i = 0; i < to.size(); ++i) {
        boost::system::error_code bad;
        const double number = from->get_array()[i].to_number<double>(bad);
        if (bad || !std::isfinite(number)) return false;
        to[i] = static_cast<float>(number);
    }
    return true;
}

std::optional<float> number_in(const json::object& object, std::string_view key) {
    const json::value* found = object.if_contains(key);
    boost::system::error_code bad;
    const double number = found ? found->to_number<double>(bad) : 0;
    if (!found || bad || !std::isfinite(number)) return std::nullopt;
    return static_cast<float>(number);
}

std::optional<Net> net_in(const json::value& value) {
    if (!value.is_object()) return std::nullopt;
    const json::object& object = value.get_object();
    const auto hidden = number_in(object, "hidden");
    if (!hidden || *hidden < 0 || *hidden > float(most_hidden)) return std::nullopt;
    Net net;
    net.inputs = sentiment_inputs;
    net.hidden = static_cast<std::size_t>(*hidden);
    net.inner.resize(net.hidden * net.inputs);
    net.outer.resize(net.hidden);
    net.line.resize(net.inputs);
    const bool good = take_list(object.if_contains("inner"), net.inner) &&
                      take_list(object.if_contains("outer"), net.outer) &&
                      take_list(object.if_contains("line"), net.line);
    return good ? std::optional{std::move(net)} : std::nullopt;
}

bool take_rows(const json::value* from, Weights& weights) {
    if (!from || !from->is_array()) return false;
    std::vector<std::uint8_t> bytes;
    bytes.reserve(bucket_count * head_count);
    for (const json::value& line : from->get_array())
        if (!line.is_string() || bytes.size() > bucket_count * head_count ||
            !models::from_base64(line.get_string(), bytes))
            return false;
    if (bytes.size() != bucket_count * head_count) return false;
    weights.rows.resize(bucket_count);
    for (std::size_t i = 0; i < bytes.size(); ++i)
        weights.rows[i / head_count][i % head_count] = static_cast<std::int8_t>(bytes[i]);
    return true;
}

/// What is wrong with it; empty: nothing.
std::string take_heads(const json::object& object, Weights& weights) {
    const json::value* heads = object.if_contains("heads");
    if (!heads || !heads->is_object()) return "it has no heads";
    for (std::size_t i = 0; i < head_count; ++i) {
        const std::string_view name = name_of(Head(i));
        const json::value* head = heads->get_object().if_contains(name);
        if (!head || !head->is_object()) return fmt::format("there is no head for {}", name);
        const auto unit = number_in(head->get_object(), "unit"),
                   least = number_in(head->get_object(), "least");
        if (!unit || !least || !take_list(head->get_object().if_contains("traits"), weights.traits[i]))
            return fmt::format("the head for {} is incomplete", name);
        weights.units[i] = *unit;
        weights.least[i] = *least;
    }
    return {};
}

}  // namespace

std::string to_json(const Weights& weights) {
    std::string out = fmt::format("{{\n  \"kind\": {},\n  \"provenance\": {},\n  \"heads\": {{\n",
                                  json::serialize(json::value(model_kind)),
                                  json::serialize(json::value(weights.provenance)));
    for (std::size_t i = 0; i < head_count; ++i)
        out += fmt::format("    \"{}\": {{\"unit\": {:.7g}, \"least\": {:.5g}, \"traits\": {}}}{}\n",
                           name_of(Head(i)), weights.units[i], weights.least[i], listed(weights.traits[i]),
                           i + 1 < head_count ? "," : "");
    out += "  },\n  \"asking\": {\n";
    for (std::size_t i = 0; i < sign_count; ++i)
        out += fmt::format("    \"{}\": {:.5g}{}\n", name_of(Sign(i)), weights.asking[i],
                           i + 1 < sign_count ? "," : "");
    out += "  },\n  \"sentiment\": [\n";
    for (std::size_t i = 0; i < weights.sentiment.size(); ++i) {
        const Net& net = weights.sentiment[i];
        out += fmt::format("    {{\"hidden\": {}, \"line\": {}, \"outer\": {}, \"inner\": {}}}{}\n",
                           net.hidden, listed(net.line), listed(net.outer), listed(net.inner),
                           i + 1 < weights.sentiment.size() ? "," : "");
    }
    out += "  ],\n  \"rows\": [\n";
    std::vector<std::uint8_t> bytes;
    for (const auto& row : weights.rows)
        for (const std::int8_t weight : row) bytes.push_back(static_cast<std::uint8_t>(weight));
    for (std::size_t i = 0; i < bytes.size(); i += bytes_a_line) {
        const std::size_t here = std::min(bytes_a_line, bytes.size() - i);
        out += fmt::format("    \"{}\"{}\n", models::to_base64({bytes.data() + i, here}),
                           i + here < bytes.size() ? "," : "");
    }
    return out + "  ]\n}\n";
}

Result<Weights> from_json(std::string_view text) {
    boost::system::error_code error;
    const json::value value = json::parse(text, error);
    if (error || !value.is_object()) return no_model("this is no JSON object");
    const json::object& object = value.get_object();
    const json::value* version = object.if_contains("kind");
    if (!version || !version->is_string() || version->get_string() != model_kind)
        return no_model(fmt::format("its kind is not \"{}\"", model_kind));
    Weights weights;
    if (const std::string wrong = take_heads(object, weights); !wrong.empty()) return no_model(wrong);
    const json::value* asking = object.if_contains("asking");
    if (!asking || !asking->is_object()) return no_model("it says nothing about asking");
    for (std::size_t i = 0; i < sign_count; ++i) {
        const auto weight = number_in(asking->get_object(), name_of(Sign(i)));
        if (!weight) return no_model(fmt::format("there is no weight for {}", name_of(Sign(i))));
        weights.asking[i] = *weight;
    }
    const json::value* nets = object.if_contains("sentiment");
    if (!nets || !nets->is_array() || nets->get_array().empty() || nets->get_array().size() > most_nets)
        return no_model("it has no nets for sentiment");
    for (const json::value& one : nets->get_array()) {
        auto net = net_in(one);
        if (!net) return no_model("a net for sentiment is incomplete");
        weights.sentiment.push_back(std::move(*net));
    }
    if (!take_rows(object.if_contains("rows"), weights)) return no_model("its rows are not all there");
    if (const json::value* from = object.if_contains("provenance"); from && from->is_string())
        weights.provenance = from->get_string();
    return weights;
}

const Weights& shipped_weights() {
    static const Weights weights = [] {
        const Asset* asset = find_asset("reading.json");
        auto read = from_json(asset ? asset->content : std::string_view{});
        if (!read) throw std::logic_error(read.error().what);
        return std::move(*read);
    }();
    return weights;
}

}  // namespace rapport::heads
