#include "bot/heads/features.hpp"

#include <algorithm>
#include <set>
#include <string>

#include "support/catch.hpp"

using namespace rapport::heads;

namespace {

Features features_of(std::string_view text) {
    Extractor extractor;
    Features features;
    extractor.extract(text, features);
    return features;
}

float trait(std::string_view text, Trait which) {
    return features_of(text).traits[std::size_t(which)];
}

}  // namespace

TEST_CASE("a text has the same features whatever was read before it") {
    const Features alone = features_of("The export fails, please help!");
    Extractor extractor;
    Features after;
    extractor.extract("something else altogether :)", after);
    extractor.extract("The export fails, please help!", after);
    CHECK(after.buckets == alone.buckets);
    CHECK(after.traits == alone.traits);
}

TEST_CASE("each bucket is there once and exists") {
    const Features features = features_of("again and again and again, and again");
    const std::set<std::uint32_t> different{features.buckets.begin(), features.buckets.end()};
    CHECK(different.size() == features.buckets.size());
    CHECK(*different.rbegin() < bucket_count);
}

TEST_CASE("features stay what the shipped weights were made of") {
    // Other buckets or traits need other weights: `rapport train --only reading`.
    const Features features = features_of("Thanks a lot, it works! But why? See https://example.org :)");
    std::uint64_t sum = 0;
    for (const std::uint32_t bucket : features.buckets) sum = sum * 31 + bucket;
    CHECK(features.buckets.size() == 143);
    CHECK(sum == 17807592709791678533U);
    CHECK(trait_count == 43);
}

TEST_CASE("any bytes have features, and of a very long text only the beginning counts") {
    std::string bytes;
    for (int i = 0; i < 600; ++i) bytes += static_cast<char>(i * 37 % 256);
    CHECK(!features_of(bytes).buckets.empty());
    CHECK(!features_of("").buckets.empty());
    std::string lengthy;
    while (lengthy.size() < longest_read) lengthy += "good words ";
    const Features short_enough = features_of(lengthy.substr(0, longest_read));
    CHECK(features_of(lengthy + "terrible horrible awful").buckets == short_enough.buckets);
}

TEST_CASE("feelings are boosted, turned and weighed") {
    const auto feeling = [](std::string_view text) { return trait(text, Trait::feeling); };
    CHECK(feeling("this is good") > 0);
    CHECK(feeling("this is very good") > feeling("this is good"));
    CHECK(feeling("this is GOOD") > feeling("this is good"));
    CHECK(feeling("this is sooo goood") > feeling("this is good"));
    CHECK(feeling("this is good!!!") > feeling("this is good"));
    CHECK(feeling("this is kinda good") < feeling("this is good"));
    CHECK(feeling("this is not good") < 0);
    CHECK(feeling("good idea, but terrible in practice") < feeling("terrible in practice, but good idea"));
    CHECK(feeling("the table has four legs") == 0);
    CHECK(trait("the table has four legs", Trait::no_feeling) == 1);
}

TEST_CASE("faces are seen, and what only looks like one is not") {
    for (const char* glad :
         {"see you :)", "see you :-)", "see you ;)", "see you :D", "see you <3", "great \U0001F600"})
        CHECK(trait(glad, Trait::faces) > 0);
    for (const char* sad : {"oh no :(", "oh no :-(", "hm :/", "oh \U0001F622"})
        CHECK(trait(sad, Trait::faces) < 0);
    for (const char* none : {"see foo:/bar", "at 1:30", "std::string", "a = (b + c)", "x=3"})
        CHECK(trait(none, Trait::faces) == 0);
}

TEST_CASE("thanks are thanks when somebody is thanked") {
    for (const char* text : {"thank you", "Thanks, that helped", "thx!", "ok tysm"})
        CHECK(trait(text, Trait::thanks) == 1);
    for (const char* text :
         {"thank god it is over", "no thanks", "it broke thanks to the new release", "tank"})
        CHECK(trait(text, Trait::thanks) == 0);
    CHECK(trait("we are so grateful", Trait::appreciates) == 1);
}
