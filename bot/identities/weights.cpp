#include "bot/identities/weights.hpp"

#include <fmt/format.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <cmath>
#include <stdexcept>

#include "bot/identities/shipped.hpp"

namespace rapport::identities {

namespace {

namespace json = boost::json;

constexpr std::string_view kind = "identities 1";

Error no_such_file(std::string_view what) {
    return {ErrorKind::rejected,
            fmt::format("the weights of identities cannot be used: {}. Make them again with "
                        "\"rapport train\".",
                        what)};
}

}  // namespace

double confidence(const Weights& weights, const Traits& traits) {
    double sum = weights.bias;
    for (std::size_t i = 0; i < trait_count; ++i) sum += weights.traits[i] * traits[i];
    return 1 / (1 + std::exp(-sum));
}

std::string to_json(const Weights& weights) {
    std::string out = fmt::format(
        "{{\n  \"kind\": {},\n  \"provenance\": {},\n  \"bias\": {:.6f},\n  \"weights\": {{\n",
        json::serialize(json::value(kind)), json::serialize(json::value(weights.provenance)), weights.bias);
    for (std::size_t i = 0; i < trait_count; ++i)
        out += fmt::format("    \"{}\": {:.6f}{}\n", name_of(Trait(i)), weights.traits[i],
                           i + 1 < trait_count ? "," : "");
    return out + "  }\n}\n";
}

Result<Weights> from_json(std::string_view text) {
    boost::system::error_code error;
    const json::value value = json::parse(text, error);
    if (error || !value.is_object()) return no_such_file("this is no JSON object");
    const json::object& object = value.get_object();
    const json::value* version = object.if_contains("kind");
    if (!version || !version->is_string() || version->get_string() != kind)
        return no_such_file(fmt::format("its kind is not \"{}\"", kind));
    const auto number = [](const json::value* from) {
        boost::system::error_code bad;
        const double found = from ? from->to_number<double>(bad) : 0;
        return from && !bad ? std::optional{found} : std::nullopt;
    };
    Weights weights;
    const auto bias = number(object.if_contains("bias"));
    const json::value* all = object.if_contains("weights");
    if (!bias || !all || !all->is_object()) return no_such_file("it has no bias or no weights");
    weights.bias = *bias;
    for (std::size_t i = 0; i < trait_count; ++i) {
        const auto weight = number(all->get_object().if_contains(name_of(Trait(i))));
        if (!weight) return no_such_file(fmt::format("there is no weight for {}", name_of(Trait(i))));
        weights.traits[i] = *weight;
    }
    if (const json::value* from = object.if_contains("provenance"); from && from->is_string())
        weights.provenance = from->get_string();
    return weights;
}

const Weights& shipped_weights() {
    static const Weights weights = [] {
        const Asset* asset = find_asset("identities.json");
        auto read = from_json(asset ? asset->content : std::string_view{});
        if (!read) throw std::logic_error(read.error().what);
        return std::move(*read);
    }();
    return weights;
}

}  // namespace rapport::identities
