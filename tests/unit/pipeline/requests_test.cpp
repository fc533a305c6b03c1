#include "bot/json/requests.hpp"

#include "support/catch.hpp"

namespace rapport {

namespace {

const Time now{std::chrono::milliseconds{1'700'000'000'000}};
const AccountKey lena{"matrix", "home", "@lena:\"home\"\n.org"};
const AccountKey other{"web", "site", "v1"};

template <class What>
What there_and_back(What what) {
    const Input input = input_of_request(request_of_input({std::move(what), Time{}}), now).value();
    CHECK(input.at == now);
    return std::get<What>(input.what);
}

std::string refused(std::string_view body) {
    const Result<Input> input = input_of_request(body, now);
    return input ? "taken" : input.error().what;
}

}  // namespace

TEST_CASE("requests come out as they went in") {
    const auto link = there_and_back(LinkAccounts{lena, other, "ada"});
    CHECK(link.a == lena);
    CHECK(link.b == other);
    CHECK(link.by == "ada");
    const auto unlink = there_and_back(UnlinkAccount{lena, "ada"});
    CHECK(unlink.account == lena);
    CHECK(unlink.by == "ada");
    const auto erase = there_and_back(EraseAccount{other, "command line (root)"});
    CHECK(erase.account == other);
    CHECK(erase.by == "command line (root)");
    for (const bool bot : {true, false}) {
        const auto mark = there_and_back(MarkBot{lena, bot, "ada"});
        CHECK(mark.account == lena);
        CHECK(mark.bot == bot);
        CHECK(mark.by == "ada");
    }
}

TEST_CASE("only what may be asked for becomes a request") {
    CHECK_THROWS_AS(request_of_input({Tick{}, now}), std::invalid_argument);
    CHECK_THROWS_AS(request_of_input({Event{}, now}), std::invalid_argument);
}

TEST_CASE("a request that cannot be read is refused with words") {
    CHECK_THAT(refused(""), ContainsSubstring("not a JSON object"));
    CHECK_THAT(refused("[1]"), ContainsSubstring("not a JSON object"));
    CHECK_THAT(refused(R"({"do":"dance"})"), ContainsSubstring("\"dance\" is nothing"));
    CHECK_THAT(refused(R"({"do":"erase","by":"x"})"), ContainsSubstring("\"account\" is not an account"));
    CHECK_THAT(refused(R"({"do":"erase","by":"x","account":{"platform":"","realm":"r","id":"i"}})"),
               ContainsSubstring("no platform"));
    CHECK_THAT(refused(R"({"do":"erase","by":"x","account":{"platform":"p","realm":"r","id":5}})"),
               ContainsSubstring("\"id\" is not a text"));
    CHECK_THAT(refused(R"({"do":"erase","account":{"platform":"p","realm":"r","id":"i"}})"),
               ContainsSubstring("\"by\" is not a text"));
    CHECK_THAT(
        refused(R"({"do":"mark bot","by":"x","bot":"yes","account":{"platform":"p","realm":"r","id":"i"}})"),
        ContainsSubstring("\"bot\" is neither true nor false"));
}

}  // namespace rapport
