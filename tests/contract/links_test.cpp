// `rapport link-messages` and `rapport train` on annotated channels (data/irc_reply).
//
// The shipped model has seen these files, so what it finds there shows only that the way through the program
// is whole. How good it is on what it has not seen, a model that learned from the other files shows here.

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "bot/links/measure.hpp"
#include "bot/links/read_message.hpp"
#include "bot/links/train.hpp"
#include "support/catch.hpp"
#include "support/program.hpp"
#include "support/temporary_folder.hpp"

namespace rapport::test {

namespace {

const std::filesystem::path irc_reply = std::filesystem::path{RAPPORT_SHARED_DIR} / "data/irc_reply";

std::vector<links::Dialogue> annotated(const std::string& file) {
    links::ReadMarked read{file};
    std::ifstream in{irc_reply / file};
    for (std::string line; std::getline(in, line);) REQUIRE(read.add(line));
    return read.done();
}

/// The dialogue with the links that the program wrote.
links::Found links_in(const std::string& output, const links::Dialogue& dialogue) {
    std::map<std::string, std::size_t> by_id;
    for (std::size_t i = 0; i < dialogue.lines.size(); ++i) by_id[dialogue.lines[i].message.id] = i;
    links::Found found;
    std::istringstream lines{output};
    for (std::string line; std::getline(lines, line);) {
        const auto object = boost::json::parse(line).as_object();
        const auto& parents = object.at("parents").as_array();
        REQUIRE(parents.size() == 1);
        found.push_back(by_id.at(boost::json::serialize(parents.front())));
    }
    return found;
}

}  // namespace

TEST_CASE("a support channel's messages are linked by the program") {
    if (!std::filesystem::exists(irc_reply))
        RAPPORT_SKIP("the shared channels are not here (data/irc_reply)");
    const TemporaryFolder folder;
    const Ran ran = run_program(folder.path(), {"link-messages", (irc_reply / "stripe.jsonl").string()});
    CHECK(ran.errors == "");
    REQUIRE(ran.code == 0);
    const auto dialogues = annotated("stripe.jsonl");
    const links::Found found = links_in(ran.output, dialogues[0]);
    REQUIRE(found.size() == dialogues[0].lines.size());
    CHECK(links::measure(dialogues[0], found).links.f() >= 0.80);
    CHECK(found == links::find_links(dialogues[0], links::shipped_model()));
}

TEST_CASE("links in channels that were not learned from are better than the message before") {
    if (!std::filesystem::exists(irc_reply))
        RAPPORT_SKIP("the shared channels are not here (data/irc_reply)");
    links::Training settings;
    settings.parts = 1;
    settings.copies = 1;
    const links::Model model = links::train(annotated("ubuntu_dev.jsonl"), settings);
    links::Measured measured;
    std::size_t before = 0;
    for (const char* file : {"stripe.jsonl", "rust.jsonl"}) {
        const auto dialogues = annotated(file);
        measured += links::measure(dialogues, model);
        for (const links::Dialogue& one : dialogues)
            for (std::size_t i = 1; i < one.lines.size(); ++i)
                before +=
                    std::count(one.lines[i].parents.begin(), one.lines[i].parents.end(), i - 1) > 0 ? 1 : 0;
    }
    // Ten days teach this much; the shipped model learns from 163.
    CHECK(measured.links.f() >= 0.70);
    CHECK(measured.exact.f() >= 0.25);
    CHECK(measured.links.right > before * 5 / 4);
}

TEST_CASE("the shipped links are those of the data") {
    if (!std::filesystem::exists(irc_reply))
        RAPPORT_SKIP("the shared channels are not here (data/irc_reply)");
    if (std::getenv("RAPPORT_TRAIN") == nullptr)
        RAPPORT_SKIP("it takes minutes: RAPPORT_TRAIN=1 asks for it");
    const TemporaryFolder folder;
    const Ran trained =
        run_program(folder.path(), {"train", "--only", "links", "--data", irc_reply.parent_path().string(),
                                    "--into", (folder.path() / "models").string()});
    CHECK(trained.errors == "");
    REQUIRE(trained.code == 0);
    CHECK(content_of(folder.path() / "models/links.json") ==
          content_of(std::filesystem::path{RAPPORT_SOURCE_DIR} / "config/models/links.json"));
}

}  // namespace rapport::test
