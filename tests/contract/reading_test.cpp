// `rapport read` and `rapport train --only reading` on labelled messages (data/goemotions and others).

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <sstream>

#include "support/catch.hpp"
#include "support/program.hpp"
#include "support/temporary_folder.hpp"

namespace rapport::test {

namespace {

const std::filesystem::path labelled = std::filesystem::path{RAPPORT_SHARED_DIR} / "data";

using Object = boost::json::object;

std::vector<Object> objects_of(const std::string& text) {
    std::vector<Object> all;
    std::istringstream in{text};
    for (std::string line; std::getline(in, line);) all.push_back(boost::json::parse(line).as_object());
    return all;
}

std::string text_of(const std::filesystem::path& path) {
    std::ifstream file{path};
    return std::string{std::istreambuf_iterator<char>{file}, {}};
}

/// The labels of `file` and what the program says of its texts alone.
struct Told {
    std::vector<Object> gold{}, said{};
    double f1(const std::string& field, const std::function<bool(const Object&)>& truth) const {
        double right = 0, wrong = 0;
        for (std::size_t i = 0; i < gold.size(); ++i) {
            const bool yes = said[i].at(field).as_bool(), is = truth(gold[i]);
            right += yes && is ? 1 : 0;
            wrong += yes != is ? 1 : 0;
        }
        return 2 * right / (2 * right + wrong);
    }
};

Told told(const TemporaryFolder& folder, const std::filesystem::path& file) {
    Told all;
    all.gold = objects_of(text_of(labelled / file));
    std::ofstream texts{folder.path() / "texts.jsonl"};
    for (const Object& one : all.gold)
        texts << boost::json::serialize(Object{{"text", one.at("text")}}) << "\n";
    texts.close();
    const Ran ran = run_program(folder.path(), {"read", (folder.path() / "texts.jsonl").string()});
    CHECK(ran.errors == "");
    REQUIRE(ran.code == 0);
    all.said = objects_of(ran.output);
    REQUIRE(all.said.size() == all.gold.size());
    return all;
}

std::function<bool(const Object&)> any_of(std::vector<std::string> labels) {
    return [labels = std::move(labels)](const Object& one) {
        for (const boost::json::value& label : one.at("labels").as_array())
            for (const std::string& wanted : labels)
                if (label.as_string() == wanted) return true;
        return false;
    };
}

/// The first number after `name` in the line of the table that has `task` and `split`.
double figure(const std::string& table, const std::string& task, const std::string& split,
              const std::string& name) {
    std::istringstream in{table};
    for (std::string line; std::getline(in, line);) {
        const std::size_t at = line.find(name + " ");
        if (line.find(task) == std::string::npos || line.find(split) == std::string::npos ||
            at == std::string::npos)
            continue;
        return std::stod(line.substr(at + name.size()));
    }
    return 0;
}

}  // namespace

TEST_CASE("gratitude and complaints are found in messages that the shipped weights have not seen") {
    if (!std::filesystem::exists(labelled / "goemotions"))
        RAPPORT_SKIP("the shared messages are not here (data/goemotions)");
    const TemporaryFolder folder;
    const Told dev = told(folder, "goemotions/dev.jsonl");
    CHECK(dev.f1("gratitude", any_of({"gratitude"})) >= 0.89);
    CHECK(dev.f1("complaint",
                 any_of({"anger", "annoyance", "disappointment", "disapproval", "disgust", "embarrassment",
                         "fear", "grief", "nervousness", "remorse", "sadness"})) >= 0.63);
}

TEST_CASE("what the weights were made of is read as it is labelled") {
    // Seen while learning: shows that features and weights fit together, not how good they are.
    if (!std::filesystem::exists(labelled / "spam_sms"))
        RAPPORT_SKIP("the shared messages are not here (data/spam_sms)");
    const TemporaryFolder folder;
    const Told spam = told(folder, "spam_sms/sms.jsonl");
    CHECK(spam.f1("spam", [](const Object& one) { return one.at("spam").to_number<int>() == 1; }) >= 0.97);
    const Told support = told(folder, "needs_reply/stripe.jsonl");
    CHECK(support.f1("needs_reply",
                     [](const Object& one) { return one.at("needs_reply").to_number<int>() == 1; }) >= 0.93);
}

TEST_CASE("the shipped weights are those of the data, and good for what they have not seen") {
    if (!std::filesystem::exists(labelled / "goemotions"))
        RAPPORT_SKIP("the shared messages are not here (data/goemotions)");
    if (std::getenv("RAPPORT_TRAIN") == nullptr) RAPPORT_SKIP("RAPPORT_TRAIN=1 learns the reading anew");
    const TemporaryFolder folder;
    const std::filesystem::path models = folder.path() / "models";
    const Ran ran = run_program(folder.path(), {"train", "--data", labelled.string(), "--only", "reading",
                                                "--into", models.string()});
    CHECK(ran.errors == "");
    REQUIRE(ran.code == 0);
    CHECK(text_of(models / "reading.json") ==
          text_of(std::filesystem::path{RAPPORT_SOURCE_DIR} / "config/models/reading.json"));
    const auto& table = ran.output;
    CHECK(figure(table, "gratitude", "goemotions", "F1") >= 0.89);
    CHECK(figure(table, "complaint", "goemotions", "F1") >= 0.64);
    CHECK(figure(table, "complaint", "goemotions", "macro F1") >= 0.76);
    CHECK(figure(table, "spam", "spam_sms", "F1") >= 0.96);
    CHECK(figure(table, "sentiment", "tweets", "Pearson r") >= 0.88);
    CHECK(figure(table, "sentiment", "reviews", "Pearson r") >= 0.70);
    CHECK(figure(table, "sentiment", "technical", "macro F1") >= 0.83);
    CHECK(figure(table, "needs reply", "support channel", "F1") >= 0.93);
    CHECK(figure(table, "needs reply", "support channel", "recall") >= 0.94);
}

}  // namespace rapport::test
