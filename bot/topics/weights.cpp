#include "bot/topics/weights.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <stdexcept>

#include "bot/models/base64.hpp"
#include "bot/topics/shipped.hpp"

namespace rapport::topics {

namespace {

namespace json = boost::json;

constexpr std::string_view kind = "topics 1";

constexpr std::array<std::string_view, trait_count> trait_names{
    "telling", "untold", "common", "rare",    "capital",  "shouted",       "mixed", "digit",  "first",
    "last",    "led_in", "tiny",   "lengthy", "repeated", "several_words", "usage", "unusual"};

/// A word is six bytes: four of its hash, how common it is, and 0 or one more than how telling.
constexpr std::size_t hash_bytes = 4, word_bytes = 6, words_a_line = 12;

Error unusable(std::string_view what) {
    return {ErrorKind::rejected,
            fmt::format("the weights of topics cannot be used: {}. Make them again with \"rapport train\".",
                        what)};
}

std::string packed(const Weights& weights, std::span<const std::uint32_t> hashes) {
    std::vector<std::uint8_t> bytes;
    for (const std::uint32_t hash : hashes) {
        const Known& known = weights.words.at(hash);
        for (unsigned i = 0; i < hash_bytes; ++i) bytes.push_back(std::uint8_t(hash >> (8 * i)));
        bytes.push_back(known.common);
        bytes.push_back(known.told ? std::uint8_t(known.telling + 1) : std::uint8_t{0});
    }
    return models::to_base64(bytes);
}

bool unpack(std::string_view line, Weights& into) {
    std::vector<std::uint8_t> bytes;
    if (!models::from_base64(line, bytes) || bytes.size() % word_bytes != 0) return false;
    for (std::size_t at = 0; at < bytes.size(); at += word_bytes) {
        std::uint32_t hash = 0;
        for (unsigned i = 0; i < hash_bytes; ++i) hash |= std::uint32_t{bytes[at + i]} << (8 * i);
        const unsigned common = bytes[at + hash_bytes], told = bytes[at + hash_bytes + 1];
        if (common > most_level || told > most_level + 1) return false;
        into.words[hash] = {std::uint8_t(common), std::uint8_t(told > 0 ? told - 1 : 0), told > 0};
    }
    return true;
}

std::string traits_json(std::string_view name, const Traits& traits) {
    std::string out = fmt::format("  \"{}\": {{\n", name);
    for (std::size_t i = 0; i < trait_count; ++i)
        out +=
            fmt::format("    \"{}\": {:.4f}{}\n", trait_names[i], traits[i], i + 1 < trait_count ? "," : "");
    return out + "  },\n";
}

bool read_traits(const json::object& object, std::string_view name, Traits& into) {
    const json::value* all = object.if_contains(name);
    if (!all || !all->is_object()) return false;
    for (std::size_t i = 0; i < trait_count; ++i) {
        const json::value* one = all->get_object().if_contains(trait_names[i]);
        boost::system::error_code bad;
        if (one) into[i] = one->to_number<double>(bad);
        if (!one || bad) return false;
    }
    return true;
}

const json::array* array_in(const json::object& object, std::string_view name) {
    const json::value* found = object.if_contains(name);
    return found && found->is_array() ? &found->get_array() : nullptr;
}

}  // namespace

std::string_view name_of(Trait trait) {
    return trait_names[std::size_t(trait)];
}

std::string to_json(const Weights& weights) {
    std::string out =
        fmt::format("{{\n  \"kind\": {},\n  \"provenance\": {},\n", json::serialize(json::value(kind)),
                    json::serialize(json::value(weights.provenance)));
    out += traits_json("alone", weights.alone) + traits_json("among", weights.among) + "  \"pairs\": [";
    for (std::size_t i = 0; i < weights.pairs.size(); ++i)
        out += (i > 0 ? ",\n    " : "\n    ") + json::serialize(json::value(weights.pairs[i]));
    out += "\n  ],\n  \"words\": [";
    std::vector<std::uint32_t> hashes;
    hashes.reserve(weights.words.size());
    for (const auto& [hash, known] : weights.words) hashes.push_back(hash);
    std::sort(hashes.begin(), hashes.end());
    for (std::size_t i = 0; i < hashes.size(); i += words_a_line) {
        const std::size_t count = std::min(words_a_line, hashes.size() - i);
        out += fmt::format("{}\n    \"{}\"", i > 0 ? "," : "",
                           packed(weights, std::span<const std::uint32_t>{hashes}.subspan(i, count)));
    }
    return out + "\n  ]\n}\n";
}

Result<Weights> from_json(std::string_view text) {
    boost::system::error_code error;
    const json::value value = json::parse(text, error);
    if (error || !value.is_object()) return unusable("this is no JSON object");
    const json::object& object = value.get_object();
    const json::value* version = object.if_contains("kind");
    if (!version || !version->is_string() || version->get_string() != kind)
        return unusable(fmt::format("its kind is not \"{}\"", kind));
    Weights weights;
    if (!read_traits(object, "alone", weights.alone) || !read_traits(object, "among", weights.among))
        return unusable("a weight is missing");
    const json::array *pairs = array_in(object, "pairs"), *words = array_in(object, "words");
    if (!pairs || !words) return unusable("it has no pairs or no words");
    for (const json::value& pair : *pairs) {
        if (!pair.is_string()) return unusable("a pair is no text");
        weights.pairs.emplace_back(pair.get_string());
    }
    for (const json::value& line : *words)
        if (!line.is_string() || !unpack(line.get_string(), weights))
            return unusable("the words are not packed as they should be");
    if (const json::value* from = object.if_contains("provenance"); from && from->is_string())
        weights.provenance = from->get_string();
    return weights;
}

const Weights& shipped_weights() {
    static const Weights weights = [] {
        const Asset* asset = find_asset("topics.json");
        auto read = from_json(asset ? asset->content : std::string_view{});
        if (!read) throw std::logic_error(read.error().what);
        return std::move(*read);
    }();
    return weights;
}

}  // namespace rapport::topics
