// `rapport network` against values that networkx computed (data/centrality).

#include <boost/json/parse.hpp>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "support/catch.hpp"
#include "support/program.hpp"
#include "support/temporary_folder.hpp"

namespace rapport::test {

namespace {

const std::filesystem::path centrality = std::filesystem::path{RAPPORT_SHARED_DIR} / "data/centrality";

std::vector<std::string> cells(const std::string& line) {
    std::vector<std::string> all;
    std::istringstream in{line};
    for (std::string cell; std::getline(in, cell, '\t');) all.push_back(cell);
    return all;
}

}  // namespace

TEST_CASE("the values of real networks are those of the reference, within a millionth") {
    if (!std::filesystem::exists(centrality))
        RAPPORT_SKIP("the shared networks are not here (data/centrality)");
    const TemporaryFolder folder;
    std::size_t files = 0;
    for (const auto& entry : std::filesystem::directory_iterator{centrality}) {
        const std::string name = entry.path().filename().string();
        if (!name.ends_with(".edges.tsv")) continue;
        CAPTURE(name);
        ++files;
        const Ran ran = run_program(folder.path(), {"network", entry.path().string(), "--json"});
        CHECK(ran.errors == "");
        REQUIRE(ran.code == 0);
        const boost::json::value all = boost::json::parse(ran.output);
        const boost::json::object& nodes = all.at("nodes").as_object();
        std::ifstream reference{centrality / (name.substr(0, name.size() - 10) + ".ref.tsv")};
        std::vector<std::string> columns;
        std::size_t compared = 0;
        double worst = 0;
        for (std::string line; std::getline(reference, line);) {
            if (line.starts_with('#')) continue;
            const std::vector<std::string> row = cells(line);
            if (columns.empty()) {
                columns = row;
                continue;
            }
            const boost::json::object& values = nodes.at(row.at(0)).as_object();
            for (std::size_t i = 1; i < row.size(); ++i) {
                if (columns[i] == "label" || row[i].empty()) continue;
                ++compared;
                worst =
                    std::max(worst, std::abs(values.at(columns[i]).to_number<double>() - std::stod(row[i])));
            }
        }
        CHECK(compared >= 5 * nodes.size());  // for the largest file two columns are empty
        CHECK(worst < 1e-6);
    }
    CHECK(files >= 4);
}

}  // namespace rapport::test
