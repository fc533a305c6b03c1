#include "bot/heads/asking.hpp"

#include <string>

#include "bot/heads/company.hpp"
#include "support/catch.hpp"

using namespace rapport::heads;

namespace {

bool has(std::string_view text, Sign sign) {
    static const Asking asking;
    return asking.signs_of(text, 0)[std::size_t(sign)] != 0;
}

}  // namespace

TEST_CASE("what speaks for an answer, and what against it") {
    CHECK(has("Is there a limit?", Sign::question_mark));
    CHECK(has("how do I change the limit", Sign::asks));
    CHECK(!has("how do I change the limit?", Sign::asks));
    CHECK(has("thanks a lot", Sign::thanks));
    CHECK(has("thanks, is that new?", Sign::thanks_and_asks));
    for (const char* text :
         {"I'll try that", "makes sense", "never mind", "got it", "One moment.", "that worked"})
        CHECK(has(text, Sign::settles));
    CHECK(!has("that never worked for us", Sign::settles));
    CHECK(has("it doesn't start", Sign::trouble));
    for (const char* text : {"ok cool", "perfect", "ok.."}) CHECK(has(text, Sign::says_little));
    for (const char* text : {"yes", "no", "yes, nice"}) CHECK(!has(text, Sign::says_little));
    for (const char* text : {":)", ":D", "", "(y)", "@ada"}) CHECK(has(text, Sign::no_words));
    CHECK(has("see `main`", Sign::concrete));
    CHECK(has("4242424242424242", Sign::concrete));
}

TEST_CASE("weights for signs are learnt, and stay near common sense without examples") {
    const Asking asking;
    const auto score = [&](const AskingWeights& weights, std::string_view text) {
        return asking_score(weights, asking.signs_of(text, 0));
    };
    const AskingWeights none = fit_asking({}, {});
    CHECK(score(none, "how do I change the limit?") > 0.9F);
    CHECK(score(none, "ok, thanks!") < 0.1F);
    // In this world who asks is never answered.
    const std::vector<Signs> examples(20, asking.signs_of("is it true?", 0));
    const AskingWeights other = fit_asking(examples, std::vector<float>(20, 0));
    CHECK(score(other, "is it true?") < 0.5F);
}

TEST_CASE("who is asked by some and answers many helps") {
    Company company;
    const auto hear = [&](std::string_view who, std::string_view text, bool asks) {
        return company.hear("help", who, text, asks);
    };
    CHECK(!hear("ada", "hello all", false).helper);
    for (const char* who : {"omar", "lena", "rui"}) {
        hear(who, "@ada may I ask something?", true);
        hear("ada", std::string{who} + ": yes", false);
    }
    CHECK(hear("ada", "that is how it works", false).helper);
    CHECK(!hear("omar", "I see", false).helper);
    CHECK(!company.hear("elsewhere", "ada", "that is how it works", false).helper);
    CHECK(weighed(0.9F, {.helper = true}, false, false) < 0.5F);
    CHECK(weighed(0.9F, {.helper = true}, true, false) == 0.9F);
}

TEST_CASE("what answers a question is wanted, unless it closes the talk") {
    Company company;
    company.hear("help", "omar", "it fails", false);
    company.hear("help", "ada", "Omar: which version?", true);
    const Standing standing = company.hear("help", "omar", "ada 2.1", false);
    CHECK(standing.was_asked);
    CHECK(standing.addresses);
    CHECK(weighed(0.3F, standing, false, false) >= 0.5F);
    CHECK(weighed(0.3F, standing, false, true) == 0.3F);
    for (int i = 0; i < 20; ++i) company.hear("help", "lena", "something else", false);
    CHECK(!company.hear("help", "omar", "hm", false).was_asked);
}

TEST_CASE("what has no author and no channel is heard as well, and there is no end of channels") {
    Company company;
    CHECK(!company.hear("", "", "", false).helper);
    for (std::size_t i = 0; i < Company::channels_kept + 10; ++i)
        company.hear(std::to_string(i), "ada", "@omar hello", true);
    CHECK(company.hear("5000", "omar", "hi", false).was_asked == false);
    CHECK(company.hear(std::to_string(Company::channels_kept), "omar", "hi", false).was_asked);
    CHECK(!company.hear("0", "omar", "hi", false).was_asked);  // long forgotten
}
