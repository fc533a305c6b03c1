// `rapport identities suggest` and `rapport train` on accounts that people published as theirs
// (data/identity).

#include <boost/json/parse.hpp>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "support/catch.hpp"
#include "support/program.hpp"
#include "support/temporary_folder.hpp"

namespace rapport::test {

TEST_CASE("of the suggested identities hardly one is wrong, and the shipped weights are those of the data") {
    const std::filesystem::path data = std::filesystem::path{RAPPORT_SHARED_DIR} / "data";
    if (!std::filesystem::exists(data / "identity"))
        RAPPORT_SKIP("the shared accounts are not here (data/identity)");
    const TemporaryFolder folder;
    const Ran trained = run_program(folder.path(), {"train", "--data", data.string(), "--only", "identities",
                                                    "--into", (folder.path() / "models").string()});
    CHECK(trained.errors == "");
    REQUIRE(trained.code == 0);
    const auto contents = [](const std::filesystem::path& path) {
        std::ifstream file{path};
        return std::string{std::istreambuf_iterator<char>{file}, {}};
    };
    CHECK(contents(folder.path() / "models/identities.json") ==
          contents(std::filesystem::path{RAPPORT_SOURCE_DIR} / "config/models/identities.json"));

    std::set<std::pair<std::string, std::string>> links;
    std::ifstream file{data / "identity/links.tsv"};
    for (std::string a, b, source; file >> a >> b >> source;) links.insert(std::minmax(a, b));
    const Ran ran =
        run_program(folder.path(), {"identities", "suggest", (data / "identity/accounts.jsonl").string()});
    REQUIRE(ran.code == 0);
    std::istringstream lines{ran.output};
    double suggested = 0, right = 0;
    for (std::string line; std::getline(lines, line); ++suggested) {
        const auto pair = boost::json::parse(line).as_object();
        const std::string a{pair.at("a").as_string()}, b{pair.at("b").as_string()};
        right += links.contains(std::minmax(a, b)) ? 1 : 0;
    }
    CHECK(right / suggested >= 0.985);
    CHECK(right / double(links.size()) >= 0.70);
}

}  // namespace rapport::test
