// What a batch loads is enough, and how events fall into batches changes nothing.

#include "support/catch.hpp"
#include "support/house.hpp"
#include "unit/pipeline/random_world.hpp"
#include "unit/pipeline/workbench.hpp"

using namespace rapport;
using namespace rapport::test;

namespace {

std::string first_difference(const std::string& a, const std::string& b) {
    std::size_t at = 0;
    while (at < a.size() && at < b.size() && a[at] == b[at]) ++at;
    if (at == a.size() && at == b.size()) return "";
    const auto line = [&](const std::string& text) {
        const std::size_t from = text.rfind('\n', at == 0 ? 0 : at - 1) + 1;
        return text.substr(from, text.find('\n', at) - from);
    };
    return line(a) + "\n  instead of\n" + line(b);
}

}  // namespace

TEST_CASE("everything that is decided on has been loaded, with nothing kept from batch to batch") {
    for (std::uint32_t seed = 1; seed <= 25; ++seed) {
        const auto inputs = random_inputs(seed, 400, true);
        Workbench bench{seed % 3 == 0 ? 25U : 1U};
        const std::size_t size = 1 + seed % 9;
        const std::size_t quarantined = bench.commit_all(inputs, size);
        const auto rows = bench.store->quarantined(1);
        INFO("seed " << seed
                     << (rows->empty() ? "" : ": " + rows->front().what + ": " + rows->front().error));
        REQUIRE(quarantined == 0);
    }
}

TEST_CASE("the same events in batches of 1, 7 and 100 leave the same bytes, kept in memory or not") {
    for (std::uint32_t seed = 100; seed < 112; ++seed) {
        const auto inputs = random_inputs(seed, 400, false);
        Workbench one{1}, seven{25}, hundred{200'000}, all{200'000};
        one.commit_all(inputs, 1);
        seven.commit_all(inputs, 7);
        hundred.commit_all(inputs, 100);
        all.commit_all(inputs, inputs.size());
        INFO("seed " << seed);
        const std::string expected = dump(*one.store);
        REQUIRE(expected.find("\"state\"") != std::string::npos);  // there are alerts at all
        REQUIRE(first_difference(expected, dump(*seven.store)) == "");
        REQUIRE(first_difference(expected, dump(*hundred.store)) == "");
        REQUIRE(first_difference(expected, dump(*all.store)) == "");
    }
}

TEST_CASE("who connects whom is the same however events fall into batches, kept in memory or not") {
    constexpr std::string_view connecting = R"(
rules:
  - name: friends-talk
    title: Friends of a friend talk
    when: conversation.connected_by != "" and message.length > 3
    ask: [friend in common, channel]
    cooldown: 0s
)";
    std::size_t connected = 0;
    for (std::uint32_t seed = 300; seed < 308; ++seed) {
        const auto inputs = random_inputs(seed, 600, false);
        Workbench one{1, connecting}, seven{25, connecting}, hundred{200'000, connecting};
        one.commit_all(inputs, 1);
        seven.commit_all(inputs, 7);
        hundred.commit_all(inputs, 100);
        INFO("seed " << seed);
        const std::string expected = dump(*one.store);
        REQUIRE(first_difference(expected, dump(*seven.store)) == "");
        REQUIRE(first_difference(expected, dump(*hundred.store)) == "");
        connected += expected.find("knows a friend of two who talk here") != std::string::npos;
    }
    REQUIRE(connected > 0);  // there are such alerts
}

TEST_CASE("who is in a long conversation is known, kept in memory or not") {
    const Time monday = moment("2026-03-02 10:00");
    std::vector<Input> inputs;
    const auto say = [&](std::string who, std::string text) {
        const auto number = inputs.size();
        Event event = said(who, text, "m" + std::to_string(number), monday + std::chrono::seconds{number});
        if (number > 0) std::get<MessagePosted>(event.body).message.thread = "m0";
        inputs.push_back(input_of(std::move(event)));
    };
    for (int i = 0; i < 12; ++i) say("p" + std::to_string(i), "hello");
    say("ada", "good morning");
    for (int i = 0; i < 40; ++i)
        say("p" + std::to_string(i % 5), "hello");  // she is in no short memory any more
    // Others talk elsewhere, so that what is not asked for is forgotten.
    for (int i = 0; i < 6; ++i) {
        Event event = said("q" + std::to_string(i), "hello", "x", monday + std::chrono::minutes{5 + i});
        std::get<MessagePosted>(event.body).message.channel.key.id = "other" + std::to_string(i);
        inputs.push_back(input_of(std::move(event)));
    }
    say("new", "Does it speak IPv6?");
    Workbench forgetful{1}, mindful{200'000};
    forgetful.commit_all(inputs, 1);
    mindful.commit_all(inputs, 1);
    CHECK(mindful.store->alerts(false, AlertId::none, 10)->size() == 1);  // ada is there
    CHECK(first_difference(dump(*mindful.store), dump(*forgetful.store)) == "");
}

TEST_CASE("a restart between any two batches changes nothing") {
    const auto inputs = random_inputs(77, 300, false);
    Workbench steady, restarted;
    steady.commit_all(inputs, 10);
    for (std::size_t from = 0; from < inputs.size(); from += 10) {
        REQUIRE(restarted.commit(
            {inputs.begin() + std::ptrdiff_t(from), inputs.begin() + std::ptrdiff_t(from) + 10}));
        restarted.reopen();
    }
    CHECK(first_difference(dump(*steady.store), dump(*restarted.store)) == "");
}
