// `rapport people roles` on a company's support channel (data/irc_reply/stripe.jsonl): the customer who
// answers others is found, and is the only one.

#include <boost/json/parse.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "support/catch.hpp"
#include "support/program.hpp"
#include "support/temporary_folder.hpp"

namespace rapport::test {

TEST_CASE("in a support channel the customer who answers others is discovered") {
    const std::filesystem::path channel =
        std::filesystem::path{RAPPORT_SHARED_DIR} / "data/irc_reply/stripe.jsonl";
    if (!std::filesystem::exists(channel)) RAPPORT_SKIP("the shared channels are not here (data/irc_reply)");
    const TemporaryFolder folder;
    const std::filesystem::path config = folder.path() / "config";
    std::filesystem::create_directory(config);
    for (const char* file : {"rapport.yaml", "rules.yaml"})
        std::filesystem::copy_file(std::filesystem::path{RAPPORT_SOURCE_DIR} / "config" / file,
                                   config / file);
    std::ofstream team{config / "team.yaml"};
    team << "brand: {names: [Stripe], accounts: []}\nstaff:\n";
    const std::pair<const char*, const char*> staff[] = {
        {"ada", "karllekko"}, {"bea", "w1zeman1p"}, {"cyd", "hmunoz"}, {"dora", "timebox"},
        {"emil", "koopajah"}, {"fay", "hpar"},      {"gus", "wsw"}};
    for (const auto& [name, account] : staff)
        team << "  " << name << ":\n    full_name: \"" << name << " One\"\n    zone: UTC\n    hours: always\n"
             << "    accounts: [\"replay:stripe:" << account << "\"]\n"
             << (std::string{name} == "ada" ? "    lead: true\n" : "");
    team << "groups: {community: [ada, bea, cyd], support: [dora, emil, fay, gus]}\n";
    team.close();
    const std::string store = (folder.path() / "store.db").string();
    const Ran replayed = run_program(
        folder.path(), {"replay", "-q", "--config", config.string(), "--store", store, channel.string()});
    REQUIRE(replayed.errors == "");
    const Ran ran = run_program(folder.path(), {"people", "roles", "--config", config.string(), "--store",
                                                store, "--role", "helper", "--json"});
    REQUIRE(ran.code == 0);
    const auto helper = boost::json::parse(ran.output).as_object();  // one line: one helper
    CHECK(helper.at("id") == "replay:stripe:InternetJones");
    CHECK(helper.at("score").to_number<double>() >= 5);
}

}  // namespace rapport::test
