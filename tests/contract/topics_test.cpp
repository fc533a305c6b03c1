// `rapport train`, `topics` and `read` on titles whose topic is known (data/topics_so).

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "bot/topics/measure.hpp"
#include "support/catch.hpp"
#include "support/program.hpp"
#include "support/temporary_folder.hpp"

namespace rapport::test {

namespace {

namespace json = boost::json;

const std::filesystem::path topics_data = std::filesystem::path{RAPPORT_SHARED_DIR} / "data";

std::string contents_of(const std::filesystem::path& path) {
    std::ifstream file{path};
    return std::string{std::istreambuf_iterator<char>{file}, {}};
}

/// The figures of a deal: what stands in its row after the number.
std::vector<std::vector<double>> deals_in(const std::string& output) {
    std::vector<std::vector<double>> deals;
    std::istringstream lines{output};
    for (std::string line; std::getline(lines, line);) {
        std::istringstream numbers{line};
        std::vector<double> row;
        for (double number = 0; numbers >> number;) row.push_back(number);
        if (row.size() == 6) deals.push_back(row);
    }
    return deals;
}

}  // namespace

TEST_CASE("topics of titles that were not seen: the tag among three phrases, by examples, by groups") {
    if (!std::filesystem::exists(topics_data / "topics_so"))
        RAPPORT_SKIP("the shared titles are not here (data/topics_so)");
    if (std::getenv("RAPPORT_SLOW")) RAPPORT_SKIP("with a sanitizer, training takes many minutes");
    const TemporaryFolder folder;
    const Ran trained = run_program(folder.path(), {"train", "--data", topics_data.string(), "--only",
                                                    "topics", "--into", (folder.path() / "models").string()});
    CHECK(trained.errors == "");
    REQUIRE(trained.code == 0);
    CHECK(contents_of(folder.path() / "models/topics.json") ==
          contents_of(std::filesystem::path{RAPPORT_SOURCE_DIR} / "config/models/topics.json"));
    const auto deals = deals_in(trained.output);
    REQUIRE(deals.size() == 3);
    double by_examples = 0;
    for (const auto& deal : deals) {
        CHECK(deal[1] >= 0.70);
        CHECK(deal[1] > deal[2]);
        CHECK(deal[3] >= 0.88);
        CHECK(deal[4] >= 0.70);
        by_examples += deal[3] / 3;
    }
    CHECK(by_examples >= 0.89);
}

TEST_CASE("the commands say the same of real titles: every line back, its topic among the phrases") {
    if (!std::filesystem::exists(topics_data / "topics_so"))
        RAPPORT_SKIP("the shared titles are not here (data/topics_so)");
    const TemporaryFolder folder;
    std::ifstream file{topics_data / "topics_so/titles.jsonl"};
    std::ofstream some{folder.path() / "titles.jsonl"};
    std::string line;
    for (int i = 0; i < 2000 && std::getline(file, line); ++i) some << line << "\n";
    some.close();
    for (const char* command : {"topics", "read"}) {
        CAPTURE(command);
        const Ran ran = run_program(folder.path(), {command, (folder.path() / "titles.jsonl").string()});
        REQUIRE(ran.code == 0);
        std::istringstream lines{ran.output};
        double all = 0, right = 0;
        for (; std::getline(lines, line); ++all) {
            const json::object title = json::parse(line).as_object();
            const auto& phrases = title.at("topics").as_array();
            const auto key = topics::key_of(std::string{title.at("topic").as_string()});
            for (std::size_t i = 0; i < std::min<std::size_t>(3, phrases.size()); ++i)
                right += topics::key_of(std::string{phrases[i].as_string()}) == key ? 1 : 0;
        }
        CHECK(all == 2000);
        CHECK(right / all >= 0.68);
    }
}

}  // namespace rapport::test
