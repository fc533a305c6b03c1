// `rapport ties` on annotated channels, and on what `rapport link-messages` finds in whole ones
// (data/irc_reply).

#include <boost/json/parse.hpp>
#include <filesystem>
#include <fstream>
#include <numeric>
#include <vector>

#include "support/catch.hpp"
#include "support/program.hpp"
#include "support/temporary_folder.hpp"

namespace rapport::test {

namespace {

namespace json = boost::json;

const std::filesystem::path answers_data = std::filesystem::path{RAPPORT_SHARED_DIR} / "data/irc_reply";

/// By how much closeness tells those who talk from those who do not better than plain activity does: of those
/// who know each other, and of any two. Nothing where there is nobody to be told apart, or nothing to gain.
std::vector<double> gains(const std::filesystem::path& folder, const std::filesystem::path& file,
                          const char* share) {
    const Ran ran = run_program(folder, {"ties", "--json", "--share", share, file.string()});
    CHECK(ran.errors == "");
    REQUIRE(ran.code == 0);
    const json::object all = json::parse(ran.output).as_object();
    std::vector<double> found;
    for (const char* pairs : {"known", "all"}) {
        const json::object& areas = all.at(pairs).as_object();
        const double activity = areas.at("degree_product").to_number<double>();
        if (areas.at("talked") == 0 || areas.at("did_not") == 0 || activity == 1) continue;
        found.push_back(areas.at("closeness").to_number<double>() - activity);
    }
    return found;
}

}  // namespace

TEST_CASE("closeness foretells who talks better than plain activity: annotated answers") {
    if (!std::filesystem::exists(answers_data))
        RAPPORT_SKIP("the shared channels are not here (data/irc_reply)");
    const TemporaryFolder folder;
    for (const char* name : {"stripe.jsonl", "rust.jsonl", "mediawiki.jsonl", "ubuntu-meeting.jsonl",
                             "ubuntu_dev.jsonl", "ubuntu_train.jsonl.gz"})
        for (const double gain : gains(folder.path(), answers_data / name, "0.7")) CHECK(gain > 0);
}

TEST_CASE("closeness foretells who talks better than plain activity: answers that were found") {
    if (!std::filesystem::exists(answers_data))
        RAPPORT_SKIP("the shared channels are not here (data/irc_reply)");
    const TemporaryFolder folder;
    std::vector<double> elsewhere;
    for (const char* name : {"stripe.jsonl", "rust.jsonl", "mediawiki.jsonl", "ubuntu-meeting.jsonl"}) {
        const Ran linked = run_program(folder.path(), {"link-messages", (answers_data / name).string()});
        REQUIRE(linked.code == 0);
        std::ofstream{folder.path() / name} << linked.output;
        for (const double gain : gains(folder.path(), folder.path() / name, "0.7")) CHECK(gain > 0);
        // Elsewhere in these small files a few people decide; there it may be a little worse, not on the
        // whole.
        for (const char* share : {"0.5", "0.6", "0.8"})
            for (const double gain : gains(folder.path(), folder.path() / name, share)) {
                CHECK(gain > -0.03);
                elsewhere.push_back(gain);
            }
    }
    CHECK(std::accumulate(elsewhere.begin(), elsewhere.end(), 0.0) / double(elsewhere.size()) > 0.08);
}

}  // namespace rapport::test
